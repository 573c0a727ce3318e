//! The reference page of the tables.

use std::fmt::Write;

use super::column::Table;
use super::define::{TABLES, custom};

const HEAD: &str = "\
# Tables

<!-- Generated: `cargo run --release -- schema tables --markdown > docs/tables.md`. -->

`copydesk run` and `copydesk export` write results as tables: CSV, Parquet, or one SQLite file with all of them. The columns are the
same in all formats. A layer that no stage of the pipeline provides has no table; `copydesk corpus` adds `people` and `quotations`.

- `doc` and the other columns of a key identify a row. Ids of other rows (`entity`, `quote`, `figure`, `speaker_entity`, …) are unique
  only within a `doc`: join on both.
- Offsets have the unit in `documents.offset_unit`. They refer to the text, or where `place` is `title` to the title: the tables include
  annotations of a title that the text does not begin with. Ids that begin with `h` (`he1`, `hq1`) belong to such a title.
- Numbers have double precision; the text of each figure is in the same row.
- Input fields that pass through are columns of `documents`, after `language`, if they have plain values in the first hundred documents.
  All others are in `fields`, as is a field with the name of another column.
- An empty cell means that the value is unknown or does not apply.
";

/// All tables with their columns, in Markdown.
pub fn reference() -> String {
    let mut page = HEAD.to_owned();
    for table in TABLES.iter() {
        describe(&mut page, &table.name, table);
    }
    describe(&mut page, "Layers of other stages", &custom("layer"));
    page
}

fn describe(page: &mut String, heading: &str, table: &Table) {
    // Writing to memory cannot fail.
    let _ = write!(page, "\n## {heading}\n\n{}", table.about);
    if heading != table.name {
        page.push_str(" The table has the name of the layer.");
    }
    let key: Vec<String> = table.key.iter().map(|column| format!("`{column}`")).collect();
    let _ = write!(page, " Key: {}.\n\n| column | type | |\n|---|---|---|\n", key.join(", "));
    for column in table.all_columns() {
        let empty = if column.nullable { ", may be empty" } else { "" };
        let refers = column.refers.map(|table| format!(" (→ `{table}`)")).unwrap_or_default();
        let about = column.about.replace('|', "\\|") + &refers;
        let _ = writeln!(page, "| `{}` | {}{empty} | {about} |", column.name, column.kind.as_str());
    }
}
