//! A sentence as the rules read it: its tokens, what its words can mean, and the shapes of its phrases.

pub(crate) mod bounded;
pub(crate) mod forms;
pub(crate) mod frequency;
pub(crate) mod holidays;
pub(crate) mod keys;
pub(crate) mod lists;
pub(crate) mod marks;
pub(crate) mod multiples;
pub(crate) mod noun;
pub(crate) mod own_units;
pub(crate) mod phrase;
pub(crate) mod scope;
pub(crate) mod table;
pub(crate) mod tense;
pub(crate) mod unit_forms;
pub(crate) mod units;
pub(crate) mod verbs;
pub(crate) mod vocabulary;
pub(crate) mod words;
