//! The words of a document with their table entries, and the keys by which names are compared.

pub(crate) mod keys;
pub(crate) mod letters;
mod reader;
mod sieve;

pub(crate) use reader::{Entry, Reader};
pub(crate) use sieve::Sieve;
