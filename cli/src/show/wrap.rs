//! Wraps lines to the width of the terminal.

use textwrap::{Options, WordSplitter};

/// The minimum width, in columns.
const NARROWEST: usize = 20;

/// The indentation of continued notes: two spaces, a label of seven letters, and a space.
const BELOW_LABEL: usize = 10;

/// Wraps the lines of a text between words at `width` columns; longer words are not split. Continued notes are indented. Styles
/// have no width.
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
    fn notes_are_indented_and_styles_have_no_width() {
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
