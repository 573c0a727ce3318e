//! Stand-off annotations of the brat tool: a text and beside it a file of spans.

use std::path::Path;

use serde_json::{Value, json};

/// A document from its text and its `.ann` file. Spans in several pieces reach from the first to the last; lines that are not
/// spans (relations, notes) are skipped.
pub(super) fn read(text: &str, annotations: &str, id: &str) -> Result<Value, String> {
    let mut names = Vec::new();
    for (number, line) in annotations.lines().enumerate().filter(|(_, line)| line.starts_with('T')) {
        let wrong = || format!("line {}: no label and offsets", number + 1);
        let middle = line.split('\t').nth(1).ok_or_else(wrong)?;
        let (label, offsets) = middle.split_once(' ').ok_or_else(wrong)?;
        let mut numbers = offsets.split([' ', ';']).filter_map(|number| number.parse::<usize>().ok());
        let start = numbers.next().ok_or_else(wrong)?;
        let end = numbers.next_back().ok_or_else(wrong)?;
        names.push(json!({"start": start, "end": end, "label": label}));
    }
    names.sort_by_key(|name| name["start"].as_u64());
    Ok(json!({"id": id, "text": text, "entities": names}))
}

/// The text beside an `.ann` file.
pub(super) fn text_of(annotations: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(annotations.with_extension("txt"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_read_and_the_rest_left() {
        let read = read(
            "Olaf Berg left.",
            "T1\tPerson 0 9\tOlaf Berg\nR1\tx Arg1:T1\nT2\tOther 0 4;10 14\tOlaf left\n",
            "a",
        )
        .expect("spans");
        assert_eq!(read["entities"][0], json!({"start": 0, "end": 9, "label": "Person"}));
        assert_eq!(read["entities"][1]["end"], 14);
        assert!(super::read("x", "T1\tPerson\tx", "a").is_err());
    }
}
