//! Years before and after Christ: "44 BC", "AD 79".

use crate::item::Item;
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::when::When;

/// "44 BC", "300 B.C.": ISO 8601 counts the year before the first as 0.
pub(crate) fn before_christ(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !is_before_christ(scope, at + 1) {
        return None;
    }
    let year = i16::try_from(scope.small(at)?).ok().filter(|year| *year > 0)?;
    Some(dated::date_item(scope, at, at + 2, When::Year(1 - year), origin::YEAR))
}

pub(crate) fn is_before_christ(scope: &Scope<'_>, at: usize) -> bool {
    scope.is_capitalized(at) && matches!(scope.text(at).trim_end_matches('.'), "BC" | "BCE" | "B.C" | "B.C.E")
}

/// "AD 79", "79 AD", "476 C.E.": years that are too small to stand alone.
pub(crate) fn after_christ(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let era = |at: usize| {
        scope.is_capitalized(at)
            && matches!(scope.text(at).trim_end_matches('.'), "AD" | "CE" | "A.D" | "C.E")
    };
    let before = at.wrapping_sub(1);
    let (first, end) = if era(at + 1) {
        (at, at + 2)
    } else if era(before) && scope.text(before).starts_with('A') {
        (before, at + 1)
    } else {
        return None;
    };
    let year = i16::try_from(scope.small(at)?).ok().filter(|year| (1..=2100).contains(year))?;
    Some(dated::date_item(scope, first, end, When::Year(year), origin::YEAR))
}
