//! Dates relative to the day of publication: "last year", "this week", "next Tuesday".

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use jiff::ToSpan;

use crate::item::{Content, Item, RelativeTo};
use crate::origin;
use crate::parse::dates::{calendar_units, dated, nearest, one_span};
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, words};
use crate::when::{Step, When};

/// "last year", "this week", "next Tuesday", "last July", "this morning".
pub(crate) fn deictic(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let (count, noun) = pointer(scope, at)?;
    let past = noun > at + 1;
    let noun = noun + usize::from(is_named_year(scope, noun));
    // "the next quarter-century"
    if scope.is(noun + 1, words::HYPHEN) && scope.glued(noun + 1) && scope.is(noun + 2, words::CENTURY) {
        return None;
    }
    if let Some(item) = one_span::one_span(scope, at, noun, count) {
        return Some(item);
    }
    // "next 6th of April", "this 5/12": the date itself, moved to the matching year.
    if scope.token(noun).is_some_and(|token| token.has(token_flag::DIGIT)) {
        return nearest::dated_deictic(scope, at, noun, count);
    }
    let when = match when(scope, at, noun, count, past)? {
        // "this weekend" early in a week, in a sentence about the past.
        When::Weekend(year, week) if count == 0 && tense::looks_back(scope, noun) => {
            match When::offset(scope.today, -1, Step::Week) {
                When::Week(year, week) => When::Weekend(year, week),
                _ => When::Weekend(year, week),
            }
        }
        when => when,
    };
    let the = scope.is(at.wrapping_sub(1), words::THE)
        && scope.is_any(at, &[words::PREVIOUS, words::CURRENT, words::COMING]);
    let first = at - usize::from(the);
    let mut item = dated::date_item(scope, first, noun + 1, when, origin::RELATIVE);
    // "compared with £5.3m the previous year": the one before the year that the text names.
    if scope.is(at, words::PREVIOUS) && first < at && scope.is(noun, words::YEAR) && noun == at + 1 {
        item.relative_to = Some(RelativeTo::Shift(-1));
    }
    Some(weekday_in(scope, item).unwrap_or(item))
}

/// The offset in units that the words at a token give, and the token of the unit.
fn pointer(scope: &Scope<'_>, at: usize) -> Option<(i32, usize)> {
    let singular = || scope.has(at + 1, role::SPAN) && !scope.text(at + 1).ends_with('s');
    let last = scope.is_any(at, &[words::LAST, words::PREVIOUS])
        || scope.is(at, hash_lowered("latest"))
            && (scope.is(at + 1, words::QUARTER)
                || scope.is_any(at + 1, &[hash_lowered("fiscal"), hash_lowered("financial")]))
        || scope.is(at, words::PAST) && (singular() || scope.is(at + 1, hash_lowered("fortnight")));
    if last {
        return Some((-1, at + 1));
    }
    if scope.is_any(at, &[words::NEXT, words::COMING]) || scope.is(at, words::FOLLOWING) && singular() {
        return Some((1, at + 1));
    }
    if !scope.is_any(at, &[words::THIS, words::CURRENT]) {
        return None;
    }
    // "this past Sunday", "this coming Sunday"
    Some(match scope.hash(at + 1) {
        words::PAST => (-1, at + 2),
        words::COMING => (1, at + 2),
        _ => (0, at + 1),
    })
}

/// "last fiscal year": the calendar year with its name.
fn is_named_year(scope: &Scope<'_>, noun: usize) -> bool {
    const NAMES: [u64; 4] =
        [hash_lowered("fiscal"), hash_lowered("financial"), hash_lowered("school"), hash_lowered("academic")];
    scope.is_any(noun, &NAMES) && scope.is(noun + 1, words::YEAR)
}

/// The date of a unit this many units away; `past` if "past" or "coming" stands between the two.
fn when(scope: &Scope<'_>, at: usize, noun: usize, count: i32, past: bool) -> Option<When> {
    const PARTS_OF_DAY: [u64; 4] =
        [hash_lowered("morning"), hash_lowered("afternoon"), hash_lowered("evening"), hash_lowered("night")];
    let entry = scope.entry(noun);
    let number = entry.calendar as i8;
    if entry.is(role::WEEKDAY) {
        return Some(if past {
            nearest::nearest_weekday(scope, number, count)
        } else {
            nearest::weekday_from(scope, number, count)
        });
    }
    if entry.is(role::MONTH)
        && (scope.is_capitalized(noun) || scope.text(noun).len() > 3 && !scope.is(noun, words::MARCH))
    {
        return Some(nearest::month_from(scope, number, count));
    }
    if entry.is(role::SEASON) {
        return Some(nearest::season_from(scope, number, count));
    }
    if entry.is(role::SPAN) && entry.calendar == 2 {
        return Some(match When::offset(scope.today, count, Step::Week) {
            When::Week(year, week) => When::Weekend(year, week),
            other => other,
        });
    }
    if scope.is_any(noun, &PARTS_OF_DAY) {
        return (count <= 0).then(|| When::offset(scope.today, count, Step::Day));
    }
    let step = calendar_units::step(scope, noun)?;
    // "this day", "last day" and plurals mean something else.
    let other = step == Step::Day || scope.text(noun).ends_with('s');
    // "the last week of May", "last month of the year"
    let of = scope.is(noun + 1, words::OF) && scope.is(at.wrapping_sub(1), words::THE);
    (!other && !of).then(|| When::offset(scope.today, count, step))
}

/// "the year", "the month", "this week", "next week".
pub(crate) fn running(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.is_any(at, &[words::THE, hash_lowered("my"), hash_lowered("our")]) {
        let step = calendar_units::step(scope, at + 1).filter(|step| *step != Step::Day)?;
        if scope.text(at + 1).ends_with('s') || scope.is(at + 2, words::OF) {
            return None;
        }
        return Some(dated::date_item(
            scope,
            at,
            at + 2,
            When::offset(scope.today, 0, step),
            origin::RUNNING,
        ));
    }
    deictic(scope, at)
}

/// "next week Wednesday", "next week on Tuesday"; `week` is the item of the week.
pub(crate) fn weekday_in(scope: &Scope<'_>, week: Item) -> Option<Item> {
    let Content::Time(when @ When::Week(..)) = week.content else { return None };
    let next = week.end + usize::from(scope.is(week.end, words::ON));
    let entry = scope.entry(next);
    if !entry.is(role::WEEKDAY) {
        return None;
    }
    let day = when.days()?.0.checked_add((i64::from(entry.calendar) - 1).days()).ok()?;
    Some(dated::date_item(scope, week.first, next + 1, When::Day(day), origin::WEEKDAY))
}
