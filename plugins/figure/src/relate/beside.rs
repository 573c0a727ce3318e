//! Whether two figures are adjacent: in a list, for several periods, or one in the unit of the other.

use copydesk_core::layers::FigureKind;

use crate::item::{Counted, Item};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::words;

/// Whether only a comma, "or", "and" or a bracket is between two figures.
pub(crate) fn is_beside(scope: &Scope<'_>, previous: &Item, item: &Item) -> bool {
    let from = match previous.counted {
        Counted::Noun(noun) if noun >= previous.end => noun + 1,
        _ => previous.end,
    };
    let near = from < item.first && item.first - from <= 2;
    // "22 percent and 9 percent respectively"
    let each = item.end + usize::from(scope.is(item.end, words::COMMA));
    let both = from + 1 == item.first && scope.is(from, words::AND) && scope.text(each) == "respectively";
    near && (both
        || (from..item.first)
            .all(|at| scope.is_any(at, &[words::COMMA, words::OR, words::OPEN, words::SLASH])))
        || is_series(scope, from..item.first, previous, item)
}

/// "3.5% month-on-month and 1.2% year-on-year": percentages of one measure compared with several periods.
pub(crate) fn is_series(
    scope: &Scope<'_>,
    gap: std::ops::Range<usize>,
    previous: &Item,
    item: &Item,
) -> bool {
    previous.kind == FigureKind::Percent
        && item.kind == FigureKind::Percent
        && (2..=10).contains(&gap.len())
        && gap.clone().any(|at| scope.is_any(at, &[words::AND, words::COMMA]))
        && gap.clone().all(|at| scope.listed(at, list::SERIES))
}

/// Whether a figure gives the one before in another unit: "8 kilometres (5 miles)", "200 hp (149 kW / 203 PS)".
pub(crate) fn converts(scope: &Scope<'_>, previous: &Item, item: &Item) -> bool {
    let gap = item.first.wrapping_sub(previous.end);
    gap == 1
        && scope.is_any(previous.end, &[words::OPEN, words::SLASH])
        && !item.is_time()
        && !previous.is_time()
        && item.kind == previous.kind
}
