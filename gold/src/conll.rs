//! CoNLL columns: one token per line, its label in the last column, blank lines between sentences.

use serde_json::{Value, json};

/// A document as JSON, with the offsets of its names. `-DOCSTART-` begins a document; in a file without, every sentence is
/// one. Labels may be IOB1, IOB2, IOBES or BILOU.
pub(super) fn read(text: &str, file: &str) -> Vec<Value> {
    let documents = text.lines().any(|line| line.starts_with("-DOCSTART-"));
    let mut all = Vec::new();
    let mut builder = Builder::default();
    for line in text.lines() {
        let line = line.trim_end();
        if line.starts_with("-DOCSTART-") {
            builder.finish(file, &mut all);
        } else if line.is_empty() {
            builder.end_sentence();
            if !documents {
                builder.finish(file, &mut all);
            }
        } else if !line.starts_with("# ") {
            let mut columns = line.split([' ', '\t']).filter(|column| !column.is_empty());
            let token = columns.next().unwrap_or("");
            builder.token(token, columns.next_back().unwrap_or("O"));
        }
    }
    builder.finish(file, &mut all);
    all
}

/// Whether a file looks like columns.
pub(super) fn looks_like(text: &str) -> bool {
    let mut lines =
        text.lines().map(str::trim_end).filter(|line| !line.is_empty() && !line.starts_with("# "));
    let labelled = |line: &str| {
        line.starts_with("-DOCSTART-")
            || line
                .split([' ', '\t'])
                .next_back()
                .is_some_and(|label| label == "O" || label.get(1..2) == Some("-"))
    };
    let first = lines.next().is_some_and(labelled);
    first && lines.take(20).all(labelled)
}

#[derive(Default)]
struct Builder {
    text: String,
    /// Code points of `text`.
    length: usize,
    names: Vec<(usize, usize, String)>,
    open: Option<(usize, String)>,
    glue: bool,
    in_quotes: bool,
    sentence: bool,
}

impl Builder {
    fn token(&mut self, token: &str, label: &str) {
        let (prefix, kind) = label.split_once('-').unwrap_or((label, ""));
        let continues = self.open.as_ref().is_some_and(|(_, open)| open == kind)
            && matches!(prefix, "I" | "E" | "L" | "M");
        if !continues {
            self.close();
        }
        self.space_before(token);
        let start = self.length;
        self.push(token);
        if !kind.is_empty() && !continues {
            self.open = Some((start, kind.to_owned()));
        }
        if matches!(prefix, "E" | "L" | "S" | "U") {
            self.close();
        }
    }

    /// Puts the space back that the tokens had before, as running text has it.
    fn space_before(&mut self, token: &str) {
        let closes = matches!(token, "," | "." | ";" | ":" | "?" | "!" | ")" | "]" | "%" | "''" | "...")
            || token.starts_with('\'') && token.len() > 1
            || token == "n't"
            || token == "\"" && self.in_quotes;
        if self.sentence && !closes && !self.glue {
            self.push_raw(" ");
        }
        self.glue = matches!(token, "(" | "[" | "$" | "``" | "#") || token == "\"" && !self.in_quotes;
        if token == "\"" {
            self.in_quotes = !self.in_quotes;
        }
        self.sentence = true;
    }

    fn push(&mut self, token: &str) {
        // Treebanks write brackets and quotation marks in letters.
        let token = match token {
            "-LRB-" => "(",
            "-RRB-" => ")",
            "``" | "''" => "\"",
            token => token,
        };
        self.push_raw(token);
    }

    fn push_raw(&mut self, text: &str) {
        self.text.push_str(text);
        self.length += text.chars().count();
    }

    fn close(&mut self) {
        if let Some((start, kind)) = self.open.take() {
            self.names.push((start, self.length, kind));
        }
    }

    fn end_sentence(&mut self) {
        self.close();
        if self.sentence {
            self.push_raw("\n\n");
        }
        (self.glue, self.in_quotes, self.sentence) = (false, false, false);
    }

    fn finish(&mut self, file: &str, into: &mut Vec<Value>) {
        self.end_sentence();
        if !self.text.trim().is_empty() {
            let names: Vec<Value> = self
                .names
                .iter()
                .map(|(start, end, label)| json!({"start": start, "end": end, "label": label}))
                .collect();
            into.push(
                json!({"id": format!("{file}#{}", into.len() + 1), "text": self.text, "entities": names}),
            );
        }
        *self = Self::default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_become_text_with_names() {
        let iob = "-DOCSTART- O\n\nMarit B-PER\nHoekstra I-PER\n's O\n\" O\nOpera B-ORG\nNord I-ORG\n\" O\n( O\nOslo I-LOC\n) O\n. O\n\nParis B-LOC\n\n-DOCSTART- O\n\nx O\n";
        assert!(looks_like(iob) && !looks_like("A text of words.\nO\n"));
        let read = read(iob, "f");
        assert_eq!(read[0]["text"], "Marit Hoekstra's \"Opera Nord\" (Oslo).\n\nParis\n\n");
        let text = read[0]["text"].as_str().unwrap_or("");
        let names: Vec<&str> = read[0]["entities"].as_array().map_or(Vec::new(), |names| {
            names
                .iter()
                .map(|n| {
                    &text[n["start"].as_u64().unwrap_or(0) as usize..n["end"].as_u64().unwrap_or(0) as usize]
                })
                .collect()
        });
        assert_eq!(names, ["Marit Hoekstra", "Opera Nord", "Oslo", "Paris"]);
        assert_eq!(read.len(), 2);
    }
}
