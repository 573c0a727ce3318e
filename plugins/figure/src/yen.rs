//! The sign ¥ is that of the yen and of the yuan: the places that the document names tell which is likelier.

use copydesk_core::{DocumentView, hash_lowered};

use crate::item::{Counted, Item};
use crate::vocabulary::Unit;

const CHINA: [u64; 10] = [
    hash_lowered("china"),
    hash_lowered("chinese"),
    hash_lowered("beijing"),
    hash_lowered("shanghai"),
    hash_lowered("shenzhen"),
    hash_lowered("guangzhou"),
    hash_lowered("yuan"),
    hash_lowered("renminbi"),
    hash_lowered("rmb"),
    hash_lowered("hangzhou"),
];

const JAPAN: [u64; 8] = [
    hash_lowered("japan"),
    hash_lowered("japanese"),
    hash_lowered("tokyo"),
    hash_lowered("osaka"),
    hash_lowered("nikkei"),
    hash_lowered("yen"),
    hash_lowered("kyoto"),
    hash_lowered("nagoya"),
];

/// Reads ¥ as the yuan where the document names China more often than Japan; either way the reading is less sure.
pub(crate) fn decide(doc: &DocumentView<'_>, yuan: Option<Unit>, items: &mut [Item]) {
    let signed = |item: &Item| {
        matches!(item.counted, Counted::Unit(unit) if unit.code == "JPY")
            && (item.first..item.end)
                .any(|at| doc.tokens().get(at).is_some_and(|token| doc.slice(token.span()) == "¥"))
    };
    // Counted once, and only where a ¥ stands.
    let mut chinese = None;
    for item in items.iter_mut().filter(|item| signed(item)) {
        let count = |words: &[u64]| doc.tokens().iter().filter(|token| words.contains(&token.hash())).count();
        let is_chinese = *chinese.get_or_insert_with(|| count(&CHINA) > count(&JAPAN));
        item.confidence = 0.75;
        if let Some(yuan) = yuan.filter(|_| is_chinese) {
            item.counted = Counted::Unit(yuan);
            item.rule = "yuan-sign";
        }
    }
}
