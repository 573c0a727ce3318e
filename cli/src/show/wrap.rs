//! Lines broken for a narrow terminal.

use textwrap::{Options, WordSplitter};

/// Lines are never broken for fewer columns.
const NARROWEST: usize = 20;

/// Notes go on below their text: behind two blanks, a label of seven letters, and a blank.
const BELOW_LABEL: usize = 10;

/// Breaks the lines of a text between words before `width` columns; a word that is longer stays whole. What a note says goes on
/// below its beginning. Styles take no columns.
pub(super) fn wrap(text: &str, width: usize) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    for line in text.lines() {
        let indent = if line.starts_with("  ") { " ".repeat(BELOW_LABEL) } else { String::new() };
        let options = Options::new(width.max(NARROWEST))
            .subsequent_indent(&indent)
            .break_words(false)
            .word_splitter(WordSplitter::NoHyphenation);
        for part in textwrap::wrap(line, options) {
            out.push_str(&part);
            out.push('\n');
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_go_on_below_their_text_and_styles_take_no_columns() {
        let text = "Anna Holm said that the bridge was closed.\n  \u{1b}[35mquote  \u{1b}[0m Anna Holm (say): the bridge was closed\n\n";
        let wrapped = wrap(text, 30);
        assert_eq!(
            wrapped,
            "Anna Holm said that the bridge\nwas closed.\n  \u{1b}[35mquote  \u{1b}[0m Anna Holm (say): the\n          bridge was closed\n\n"
        );
        assert_eq!(wrap(text, 200), text);
    }

    #[test]
    fn long_words_and_wide_letters() {
        let word = "x".repeat(60);
        assert_eq!(wrap(&format!("a {word} b"), 30), format!("a\n{word}\nb\n"));
        assert_eq!(wrap(&"橋 ".repeat(12), 1), format!("{}\n{}\n", ["橋"; 7].join(" "), ["橋"; 5].join(" ")));
    }
}
