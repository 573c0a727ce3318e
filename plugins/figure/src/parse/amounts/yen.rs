//! The sign ¥ is used for the yen and the yuan: the places that the document names decide which is more likely.

use copydesk_core::DocumentView;

use crate::item::{Counted, Item};
use crate::origin;
use crate::sentence::keys::phrase_hash;
use crate::sentence::lists::list;
use crate::sentence::vocabulary::Vocabulary;

/// Reads ¥ as the yuan if the document names China more often than Japan; in both cases with less confidence.
pub(crate) fn decide(doc: &DocumentView<'_>, vocabulary: &Vocabulary, items: &mut [Item]) {
    let signed = |item: &Item| {
        matches!(item.counted, Counted::Unit(unit) if unit.code == "JPY")
            && (item.first..item.end)
                .any(|at| doc.tokens().get(at).is_some_and(|token| doc.slice(token.span()) == "¥"))
    };
    // Counted once, and only if there is a ¥.
    let mut chinese = None;
    for item in items.iter_mut().filter(|item| signed(item)) {
        let count =
            |words: u64| doc.tokens().iter().filter(|token| vocabulary.listed(token.hash(), words)).count();
        let is_chinese = *chinese.get_or_insert_with(|| count(list::CHINA) > count(list::JAPAN));
        item.confidence = 0.75;
        if let Some(yuan) = vocabulary.prefix(phrase_hash("cny")).filter(|_| is_chinese) {
            item.counted = Counted::Unit(yuan);
            item.origin = origin::YUAN_SIGN;
        }
    }
}
