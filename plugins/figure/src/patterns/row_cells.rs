//! How the build script lays out the built-in rows: a line each, with cells separated by tabs. First the texts, then the names of the flags
//! that are set, then the patterns.

/// The keys of a row that have a text; an empty one is none.
pub(crate) const TEXTS: [&str; 9] =
    ["name", "gives", "value", "rule", "with", "needs", "after", "not_before", "before"];
/// The keys of a row that are true or false.
pub(crate) const FLAGS: [&str; 5] = ["apart", "glued", "alone", "future", "common"];
/// Between two patterns of a row.
pub(crate) const BETWEEN: &str = "\u{1f}";
