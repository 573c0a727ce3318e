//! What figures say: what bounds them, which way they went and from what, and what they measure.

pub(crate) mod apposition;
pub(crate) mod arithmetic;
pub(crate) mod aside;
pub(crate) mod beside;
pub(crate) mod change;
pub(crate) mod cues;
pub(crate) mod direction;
pub(crate) mod inherited;
pub(crate) mod lead;
pub(crate) mod level;
pub(crate) mod measure;
pub(crate) mod measure_front;
pub(crate) mod moved;
pub(crate) mod noun_list;
pub(crate) mod relations;
pub(crate) mod subject;
pub(crate) mod verbs;
