//! The built-in patterns, of `data/patterns.toml` and `dates.toml`, without what only tests read.

use toml::{Table, Value};

use crate::row_cells::{BETWEEN, FLAGS, TEXTS};

/// The rows of a file, one a line, as `Row::built_in` reads them.
pub(crate) fn rows(file: &str) -> String {
    let table: Table = file.parse().unwrap_or_else(|error| panic!("data: {error}"));
    let rows = table.get("pattern").and_then(Value::as_array).expect("rows");
    rows.iter().map(|row| line(row.as_table().expect("a row")) + "\n").collect()
}

fn line(row: &Table) -> String {
    let text = |key: &str| row.get(key).map_or("", |value| value.as_str().expect("a text"));
    let reads = row.get("reads").and_then(Value::as_array).expect("patterns");
    let reads: Vec<&str> = reads.iter().map(|reads| reads.as_str().expect("a pattern")).collect();
    let set = |key: &&&str| row.get(**key).and_then(Value::as_bool) == Some(true);
    let flags: Vec<&str> = FLAGS.iter().filter(set).copied().collect();
    let cells = TEXTS.map(text).into_iter().map(str::to_owned);
    let cells: Vec<String> = cells.chain([flags.join(" "), reads.join(BETWEEN)]).collect();
    assert!(cells.iter().all(|cell| !cell.contains(['\t', '\n'])), "{cells:?}");
    cells.join("\t")
}
