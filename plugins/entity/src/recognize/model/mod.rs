//! The trained recogniser: a linear chain over spans of names, trained on annotated texts.

mod clusterings;
pub(crate) mod context;
pub(crate) mod evidence;
mod facts;
pub(crate) mod form;
mod forms;
mod hints;
pub(crate) mod kinds;
mod prepare;
mod recall;
mod recognizer;

pub(crate) use clusterings::Clusterings;
pub(crate) use forms::Forms;
pub(crate) use hints::{Hint, Hints};
pub(crate) use prepare::Prepared;
pub(crate) use recognizer::{FoundName, Recognizer};

pub use recognizer::{CONTEXTS, FORMS, KIND, TRANSITIONS};
