//! The reference page of the tables.

use std::fmt::Write;

use super::column::Table;
use super::define::{TABLES, custom};

const HEAD: &str = "\
# Tables

<!-- Generated: `cargo run --release -- schema tables --markdown > docs/tables.md`. -->

`copydesk run` and `copydesk export` write results as tables: CSV, Parquet, or all of them in one SQLite file. They have these
columns in every format. Layers that no stage of the pipeline fills have no table; `copydesk corpus` makes `people` and `quotations`.

- `doc` and the other columns of a key tell each row from all others. Ids of other rows (`entity`, `quote`, `figure`, `speaker_entity`, …)
  are ids within the same `doc`: join on both.
- Offsets count what `documents.offset_unit` says, in the text, or in the title where `place` is `title`: what is found in a title
  that the text does not begin with is in the tables too. Ids that begin with `h` (`he1`, `hq1`) are of such a title.
- Numbers are of double precision; the words of each figure are beside them.
- Fields of the input that pass through are columns of `documents`, after `language`: those that are plain values in the first
  hundred documents. All others are in `fields`. A field called like one of the columns is in `fields` too.
- An empty cell means that it is not known or does not apply.
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
