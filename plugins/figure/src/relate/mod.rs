//! What figures say: their bounds, the direction of a change and its baseline, what they measure and when.

pub(crate) mod apposition;
pub(crate) mod arithmetic;
pub(crate) mod aside;
pub(crate) mod beside;
pub(crate) mod change;
pub(crate) mod clauses;
pub(crate) mod cues;
pub(crate) mod direction;
pub(crate) mod inherited;
pub(crate) mod lead;
pub(crate) mod level;
pub(crate) mod levels;
pub(crate) mod measure;
pub(crate) mod measure_front;
pub(crate) mod moved;
pub(crate) mod noun_list;
pub(crate) mod period;
pub(crate) mod phrases;
pub(crate) mod relations;
pub(crate) mod subject;

use crate::item::Item;
use crate::join::periods;
use crate::sentence::scope::Scope;

/// Relates the figures of a sentence, starting with index `from`.
pub(crate) fn relate(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    if items.len() == from {
        return;
    }
    relations::read_cues(scope, items, from);
    for at in from..items.len() {
        periods::resolve_relative(items, at);
    }
    for at in from..items.len() {
        change::change(scope, items, from, at);
        level::level(scope, items, from, at);
    }
    period::periods(scope, items, from);
    for at in from..items.len() {
        measure::measure(scope, items, from, at);
    }
    for at in from..items.len() {
        level::reached(scope, items, at);
    }
}
