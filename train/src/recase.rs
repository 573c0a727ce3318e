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

/// Of so many documents one is copied.
const ONE_OF: u64 = 12;

/// Of a hundred sentences of a copy, how many are written in each way; the rest stay.
const SHARES: [(Style, u64); 3] = [(Style::Capitals, 50), (Style::Title, 15), (Style::Small, 25)];

/// Letters of a word that has a capital in a title.
const LONG: usize = 4;

/// The text of a document with most of its sentences written in another way, each letter at its place in bytes; nothing for
/// most documents. `number` tells the document: the same number gives the same text.
pub(crate) fn recased(doc: &DocumentView<'_>, number: usize) -> Option<String> {
    let var = |n: &str, d: u64| std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let shares = [(Style::Capitals, var("CAPS", 50)), (Style::Title, var("TITLE", 15)), (Style::Small, var("SMALL", 25))];
    let document = mix(number as u64, 0x7ec3);
    if document % var("ONE_OF", ONE_OF) != 0 {
        return None;
    }
    let text = doc.text();
    let mut copy = String::with_capacity(text.len());
    for sentence in doc.sentences() {
        let span = sentence.span();
        copy.push_str(&text[copy.len()..span.start() as usize]);
        let mut draw = mix(document, u64::from(span.start())) % 100;
        let style = shares.iter().find(|(_, share)| {
            let taken = draw < *share;
            draw = draw.wrapping_sub(*share);
            taken
        });
        write(doc.slice(span), style.map_or(Style::AsIs, |(style, _)| *style), &mut copy);
    }
    copy.push_str(&text[copy.len()..]);
    Some(copy)
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
