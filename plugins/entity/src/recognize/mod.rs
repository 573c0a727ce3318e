//! The recogniser: a linear chain over spans of names, learned from annotated texts.

mod clusterings;
pub(crate) mod context;
pub(crate) mod evidence;
mod facts;
pub(crate) mod form;
mod forms;
mod hints;
pub(crate) mod kinds;
mod model;
mod prepare;
mod recall;

pub(crate) use clusterings::Clusterings;
pub(crate) use forms::Forms;
pub(crate) use hints::{Hint, Hints};
pub(crate) use model::{Found, Recognizer};
pub(crate) use prepare::Prepared;

pub use model::{CONTEXTS, FORMS, KIND, TRANSITIONS};
