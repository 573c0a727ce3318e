//! Copies of texts in capitals or in small letters, so that a model does not lean on case alone.

use copydesk_core::DocumentView;
use copydesk_learn::feature::mix;

/// Of so many documents one is copied.
const ONE_OF: u64 = 12;

/// Of a hundred sentences of a copy, so many are in capitals, and so many more in small letters; the rest stay.
const CAPITALS: u64 = 60;
const SMALL: u64 = 25;

/// The text of a document, the same places in bytes, with most of its sentences in capitals or in small letters; nothing
/// for most documents. `number` tells the document; the same number gives the same text.
pub(crate) fn recased(doc: &DocumentView<'_>, number: usize) -> Option<String> {
    let var = |n: &str, d: u64| std::env::var(n).ok().and_then(|v| v.parse().ok()).unwrap_or(d);
    let (one_of, capitals, small) = (var("ONE_OF", ONE_OF), var("CAPS", CAPITALS), var("SMALL", SMALL));
    let draw = mix(number as u64, 0x7ec3) >> 20;
    if one_of == 0 || draw % one_of != 0 {
        return None;
    }
    let text = doc.text();
    let mut copy = String::with_capacity(text.len());
    let mut done = 0;
    for (place, sentence) in doc.sentences().iter().enumerate() {
        let span = sentence.span();
        let (start, end) = (span.start() as usize, span.end() as usize);
        copy.push_str(&text[done..start]);
        let own = &text[start..end];
        match (mix(draw, place as u64) >> 20) % 100 {
            draw if draw < capitals => copy.extend(own.chars().map(|letter| same_size(letter, letter.to_uppercase()))),
            draw if draw < capitals + small => copy.extend(own.chars().map(|letter| same_size(letter, letter.to_lowercase()))),
            _ => copy.push_str(own),
        }
        done = end;
    }
    copy.push_str(&text[done..]);
    Some(copy)
}

/// The letter in the other case, where that is one letter of as many bytes.
fn same_size(letter: char, mut other: impl Iterator<Item = char>) -> char {
    match (other.next(), other.next()) {
        (Some(other), None) if other.len_utf8() == letter.len_utf8() => other,
        _ => letter,
    }
}
