//! Removes lines between the paragraphs of a web page that are not part of the article.

use std::sync::OnceLock;

use super::date;

/// How such a line is recognised.
enum Pattern {
    /// It consists of these words, ignoring case and surrounding characters.
    Whole(&'static str),
    /// It contains these words and is short.
    Has(&'static str),
    /// It begins with these words and a colon or vertical bar.
    Label(&'static str),
    /// It begins with these words and is short.
    Start(&'static str),
    /// It ends with these words, is short, and does not end like a sentence.
    End(&'static str),
}

/// A longer line is a sentence, whatever it begins with.
const SHORT: usize = 110;

fn patterns() -> &'static [Pattern] {
    static PATTERNS: OnceLock<Vec<Pattern>> = OnceLock::new();
    PATTERNS.get_or_init(|| {
        let lines = include_str!("../../data/page_junk.tsv").lines();
        let rows = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'));
        rows.filter_map(|(kind, words)| match kind {
            "whole" => Some(Pattern::Whole(words)),
            "has" => Some(Pattern::Has(words)),
            "label" => Some(Pattern::Label(words)),
            "start" => Some(Pattern::Start(words)),
            "end" => Some(Pattern::End(words)),
            _ => None,
        })
        .collect()
    })
}

/// The paragraphs of a page that belong to its article, separated by empty lines. `titles` are removed from the start of
/// the text.
pub(super) fn without(text: &str, titles: &[&str]) -> String {
    let mut kept: Vec<String> = Vec::new();
    for line in text.lines() {
        let line = line.split_whitespace().collect::<Vec<_>>().join(" ");
        let is_title = kept.is_empty() && titles.iter().any(|title| !title.is_empty() && line == *title);
        if line.is_empty() || is_title || is_junk(&line) || kept.last() == Some(&line) {
            continue;
        }
        kept.push(line);
    }
    kept.join("\n\n")
}

fn is_junk(line: &str) -> bool {
    let bare = line.trim_matches(|letter: char| !letter.is_alphanumeric()).to_lowercase();
    if bare.is_empty() {
        return true;
    }
    let short = bare.chars().count() <= SHORT;
    let sentence = line.ends_with(['.', '!', '?', '"', '”']);
    // A bar of links, a date alone, or a cell of a table with its number.
    let few_words = line.split(' ').count() <= 5 && line.bytes().any(|byte| byte.is_ascii_digit());
    let is_day = || date::read_text(line, Some(true)).is_ok();
    if short && !sentence && (line.contains(" | ") || few_words || is_day()) {
        return true;
    }
    patterns().iter().any(|pattern| match pattern {
        Pattern::Whole(words) => bare == *words,
        Pattern::Has(words) => short && bare.contains(words),
        Pattern::Label(words) => {
            bare.strip_prefix(words).is_some_and(|rest| rest.trim_start().starts_with([':', '|']))
        }
        Pattern::Start(words) => short && begins_with_words(&bare, words),
        Pattern::End(words) => short && !sentence && bare.ends_with(words),
    })
}

fn begins_with_words(line: &str, words: &str) -> bool {
    line.strip_prefix(words).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_are_not_paragraphs_are_left_out() {
        let page = "Town buys bridge\n\nThe town has bought the bridge.\n\nAdvertisement\n\nRead more: Who owns the ferries?\n\n\
                    Read the room, the mayor told them, and then they read the contract line by line until the morning came, word for word.\n\n\
                    Video footage shows the bridge.\n\nHe made no comments.\n\nVideo: the bridge\n\nPrint | Send\n\nShare price 412.5p\n\n8 May 2024\n\nCopyright The Post. All rights reserved.\n\nShare this article\n\n\u{2022}\n\nIt cost 3 million.";
        assert_eq!(
            without(page, &["Town buys bridge"]),
            "The town has bought the bridge.\n\nRead the room, the mayor told them, and then they read the contract line by \
             line until the morning came, word for word.\n\nVideo footage shows the bridge.\n\nHe made no comments.\n\nIt cost 3 million."
        );
    }
}
