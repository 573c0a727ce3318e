//! The words of a document as the tables know them, and by what two names are compared.

pub(crate) mod keys;
pub(crate) mod letters;
mod reader;

pub(crate) use reader::Reader;
