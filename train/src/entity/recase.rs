//! Copies of texts in other letter case, so that a model does not rely on capitals alone.

use copydesk_core::DocumentView;
use copydesk_gold::LetterCase;
use copydesk_learn::feature::mix;

/// Of a hundred sentences of a copy, how many are written in each letter case; the rest are unchanged.
const SHARES: [(LetterCase, u64); 3] =
    [(LetterCase::Capitals, 50), (LetterCase::Title, 15), (LetterCase::Small, 25)];

/// The text of a document with most of its sentences in another letter case, byte offsets unchanged; one in
/// `one_of` documents gives a copy, or none if that is 0. `number` identifies the document: the same number gives the same
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
        let own = doc.slice(span);
        match letter_case(mix(document, u64::from(span.start())) % 100) {
            Some(case) => case.write(own, &mut copy),
            None => copy.push_str(own),
        }
    }
    copy.push_str(&text[copy.len()..]);
    Some(copy)
}

/// The letter case for a number below a hundred; `None` if the sentence is unchanged.
fn letter_case(draw: u64) -> Option<LetterCase> {
    let mut below = 0;
    SHARES.into_iter().find_map(|(case, share)| {
        below += share;
        (draw < below).then_some(case)
    })
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
