//! Tables as Arrow, through the interface supported by pyarrow, Polars, DuckDB and pandas: capsules with C structs, whose data is not
//! copied.

mod capsule;
mod columns;
mod nested;
mod rows;
mod table;

pub(crate) use nested::Nested;
pub(crate) use rows::{Columns, Input};
pub(crate) use table::{Collected, Table};
