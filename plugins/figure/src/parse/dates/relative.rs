//! Dates relative to the day of publication or to another date of the text, and times of day.

use crate::item::Item;
use crate::parse::dates::{calendar, decade, deictic, sets, weekend};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;

/// A date or period that begins at a token.
pub(crate) fn temporal(scope: &Scope<'_>, at: usize) -> Option<Item> {
    first_of!(calendar::calendar(scope, at), relative(scope, at))
}

fn relative(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !scope.has(at, role::RELATIVE) {
        return None;
    }
    first_of!(
        sets::set(scope, at),
        weekend::weekend(scope, at),
        decade::named_decade(scope, at),
        deictic::deictic(scope, at),
    )
}
