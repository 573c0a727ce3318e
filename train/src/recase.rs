//! Copies of texts with other capitals, so that a model does not lean on them where they tell nothing.

use copydesk_core::DocumentView;
use copydesk_learn::feature::mix;

/// How a sentence is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Style {
    AsIs,
    /// As many headlines are.
    Capitals,
    /// As other headlines are: every longer word has a capital.
    Title,
    /// As many messages are.
    Small,
}

/// Of a hundred sentences of a copy, how many are written in each way; the rest stay.
const SHARES: [(Style, u64); 3] = [(Style::Capitals, 50), (Style::Title, 15), (Style::Small, 25)];

/// Letters of a word that has a capital in a title.
const LONG: usize = 4;

/// The text of a document with most of its sentences written in another way, each letter at its place in bytes; of
/// `one_of` documents one gives a copy, where that is 0 none. `number` tells the document: the same number gives the same
/// text.
pub(crate) fn recased(doc: &DocumentView<'_>, number: usize, one_of: usize) -> Option<String> {
    let document = mix(number as u64, 0x7ec3);
    if document.checked_rem(one_of as u64) != Some(0) {
        return None;
    }
    let text = doc.text();
    let mut copy = String::with_capacity(text.len());
    for sentence in doc.sentences() {
        let span = sentence.span();
        copy.push_str(&text[copy.len()..span.start() as usize]);
        write(doc.slice(span), style(mix(document, u64::from(span.start())) % 100), &mut copy);
    }
    copy.push_str(&text[copy.len()..]);
    Some(copy)
}

/// The way that a number below a hundred draws.
fn style(draw: u64) -> Style {
    let mut below = 0;
    for (style, share) in SHARES {
        below += share;
        if draw < below {
            return style;
        }
    }
    Style::AsIs
}

fn write(sentence: &str, style: Style, into: &mut String) {
    match style {
        Style::AsIs => into.push_str(sentence),
        Style::Capitals => into.extend(sentence.chars().map(upper)),
        Style::Small => into.extend(sentence.chars().map(lower)),
        Style::Title => {
            for word in sentence.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
                let mut letters = word.chars();
                let long = word.chars().filter(|letter| letter.is_alphanumeric()).count() >= LONG;
                into.extend(letters.next().map(|first| if long { upper(first) } else { first }));
                into.push_str(letters.as_str());
            }
        }
    }
}

fn upper(letter: char) -> char {
    same_size(letter, letter.to_uppercase())
}

fn lower(letter: char) -> char {
    same_size(letter, letter.to_lowercase())
}

/// The letter in the other case, where that is one letter of as many bytes.
fn same_size(letter: char, mut other: impl Iterator<Item = char>) -> char {
    match (other.next(), other.next()) {
        (Some(other), None) if other.len_utf8() == letter.len_utf8() => other,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::*;

    const TEXT: &str =
        "Zoë Straße met the council in Łódź. İzmir was glad. It rained on Tuesday. Nobody spoke of it.";

    fn copies(one_of: usize) -> Vec<String> {
        let document = Document::new(Source { text: TEXT, ..Source::default() }).expect("short enough");
        (0..200).filter_map(|number| recased(&document.view(), number, one_of)).collect()
    }

    #[test]
    fn every_letter_stays_at_its_place() {
        let copies = copies(1);
        assert_eq!(copies.len(), 200);
        let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
        assert!(copies.iter().all(|copy| places(copy) == places(TEXT)));
        let plain = |text: &str| text.to_lowercase();
        assert!(copies.iter().all(|copy| plain(copy) == plain(TEXT)));
    }

    #[test]
    fn every_way_of_writing_occurs() {
        let copies = copies(1);
        for sentence in [
            "It rained on Tuesday.",
            "IT RAINED ON TUESDAY.",
            "It Rained on Tuesday.",
            "it rained on tuesday.",
        ] {
            assert!(copies.iter().any(|copy| copy.contains(sentence)), "{sentence}");
        }
    }

    #[test]
    fn so_many_are_copied() {
        assert!(copies(0).is_empty());
        assert!((10..40).contains(&copies(10).len()));
        assert_eq!(copies(10), copies(10));
    }
}
