//! What several figures form together: ranges of dates, two bounds, units that neighbours share.

pub(crate) mod bounds;
pub(crate) mod joined;
pub(crate) mod joined_days;
pub(crate) mod periods;
pub(crate) mod shared;
pub(crate) mod stretches;

use crate::item::Item;
use crate::sentence::scope::Scope;

/// Joins figures of a sentence, starting with index `from`.
pub(crate) fn join(scope: &Scope<'_>, items: &mut Vec<Item>, from: usize) {
    joined::join_dates(scope, items, from);
    bounds::join_bounds(scope, items, from);
    shared::share_units(scope, items, from);
    for at in from + 1..items.len() {
        shared::share_currency(scope, items, at);
        shared::elided_unit(scope, items, from, at);
        shared::points_of_percent(scope, items, at);
        shared::noun_after_size(scope, items, at - 1);
    }
}

/// Puts a new item at a place of a list, or else the one that is at another place, unless it is there already.
fn place(items: &mut [Item], place: usize, new: Option<Item>, at: usize) {
    let Some(item) = new.or_else(|| items.get(at).filter(|_| at != place).copied()) else { return };
    if let Some(slot) = items.get_mut(place) {
        *slot = item;
    }
}
