//! Levels: figures that say how much there is, not how much it changed.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

pub(crate) fn is_level(item: &Item) -> bool {
    matches!(item.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count)
        && item.direction.is_none()
        && matches!(item.content, Content::Number(_))
        || item.kind == FigureKind::Percent
            && item.direction.is_none()
            && matches!(item.content, Content::Number(_))
}

/// Whether a figure is the baseline of another one: "up from 8", "compared with 1.4%", "than the $3 million".
pub(crate) fn is_old_level(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> bool {
    let Some(item) = items.get(at) else { return false };
    let before = item.first.wrapping_sub(1);
    let before = before.wrapping_sub(usize::from(scope.is(before, words::THE)));
    let held = scope
        .is_any(before, &[words::FROM, words::THAN, words::AGAINST, words::VERSUS, hash_lowered("vs")])
        || scope.is_any(before, &[hash_lowered("with"), words::TO])
            && scope.is_any(before.wrapping_sub(1), &[words::COMPARED, hash_lowered("compares")]);
    // "more than 700" is not a comparison with an earlier figure.
    if !held || scope.is(before, words::THAN) && item.bound.is_some() {
        return false;
    }
    let level = items.get(from..at).unwrap_or_default().iter().rev().take(4);
    let after = items.get(at + 1..).unwrap_or_default().iter().take(3);
    let mut same = level.chain(after).filter(|level| !level.is_time());
    same.any(|level| level.counted == item.counted && level.per.is_some() == item.per.is_some())
}

/// Whether "from" leads to a figure: "from 8", "from about 8", "from an initial 8", "from a record high of 8".
pub(crate) fn comes_from(scope: &Scope<'_>, item: &Item) -> bool {
    lead_of(scope, item).is_some()
}

/// The "from" that leads to a figure.
pub(crate) fn lead_of(scope: &Scope<'_>, item: &Item) -> Option<usize> {
    for back in 1..6 {
        let at = item.first.wrapping_sub(back);
        if scope.is(at, words::FROM) {
            return Some(at);
        }
        if !(scope.listed(at, list::OLD_LEVEL) || scope.has(at, role::BOUND)) {
            return None;
        }
    }
    None
}
