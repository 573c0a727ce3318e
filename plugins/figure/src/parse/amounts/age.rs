//! Ages: "Ana Bello, 39, is …", "aged 14, 15 and 17", "aged 5 weeks", "in her 40s", "the octogenarian", "sixty-something".

use copydesk_core::layers::{Bound, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item};
use crate::lex::numeral::Numeral;
use crate::origin;
use crate::sentence::forms::plural;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::words;

pub(crate) const YEARS_OF_AGE: Unit =
    Unit { measures: Measures::Age, code: "a", name: "year of age", si: None };

/// Ages in units other than years, as the table of units names them.
const OTHER_AGES: [Unit; 3] = [
    Unit { measures: Measures::Age, code: "mo", name: "month of age", si: None },
    Unit { measures: Measures::Age, code: "wk", name: "week of age", si: None },
    Unit { measures: Measures::Age, code: "d", name: "day of age", si: None },
];

/// "18 years or older": the age that the length of time at the token is.
pub(crate) fn age_of_bounded(scope: &Scope<'_>, end: usize, unit: Unit) -> Option<Unit> {
    let older =
        scope.is_any(end, &[words::OR, words::AND]) && matches!(scope.text(end + 1), "older" | "younger");
    (older && unit.measures == Measures::Time && unit.code == "a").then_some(YEARS_OF_AGE)
}

/// Whether the words before a number show that it is an age: "aged", "at the age of".
pub(crate) fn is_aged(scope: &Scope<'_>, before: usize) -> bool {
    scope.is_any(before, &[words::AGED, words::AGE])
        || scope.is(before, words::OF) && scope.is(before.wrapping_sub(1), words::AGE)
}

/// "aged 5 weeks", "at the age of 18 months": the unit of the age that the length of time at the token is.
pub(crate) fn age_of_length(scope: &Scope<'_>, first: usize, unit: Unit) -> Option<Unit> {
    if unit.measures != Measures::Time || !is_aged(scope, first.wrapping_sub(1)) {
        return None;
    }
    OTHER_AGES.into_iter().chain([YEARS_OF_AGE]).find(|age| age.code == unit.code)
}

/// "the octogenarian", "a sixty-something actor", "twentysomethings": this many years and at most nine more.
pub(crate) fn age_word(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let entry = scope.entry(at);
    let tens = i32::from(entry.value);
    if entry.is(role::STARTS_ALONE) && tens > 0 {
        return Some(tens_of_age(scope, at, at + 1, tens));
    }
    let hyphen = scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.glued(at + 2);
    let some = matches!(scope.text(at + 2), "something" | "somethings");
    (hyphen && some && tens % 10 == 0 && (20..100).contains(&tens))
        .then(|| tens_of_age(scope, at, at + 3, tens))
}

fn tens_of_age(scope: &Scope<'_>, first: usize, end: usize, tens: i32) -> Item {
    let (low, high) = (Decimal::from(tens), Decimal::from(tens + 9));
    let content = Content::Range(low, high);
    let span = scope.span(first, end);
    let mut item = Item::new(first, end, span, FigureKind::Quantity, content, origin::AGE_IN_TENS);
    item.set_unit(YEARS_OF_AGE);
    item
}

/// "in her 40s", "in their late twenties": an age within ten years.
pub(crate) fn age_in_tens(scope: &Scope<'_>, at: usize, from: i16) -> Option<Item> {
    let early = [words::EARLY, words::MID, words::LATE, words::HYPHEN];
    let mut owner = at.wrapping_sub(1);
    while owner.wrapping_add(3) > at && scope.is_any(owner, &early) {
        owner = owner.wrapping_sub(1);
    }
    const OWNERS: [&str; 5] = ["his", "her", "their", "my", "your"];
    if !OWNERS.contains(&scope.text(owner)) || !scope.is(owner.wrapping_sub(1), words::IN) || from < 10 {
        return None;
    }
    Some(tens_of_age(scope, at, at + 1, i32::from(from)))
}

/// "Ana Bello, 39, is …": a person's age.
pub(crate) fn is_age(scope: &Scope<'_>, item: &Item, numeral: &Numeral) -> bool {
    let comma = item.first.wrapping_sub(1);
    let plausible = numeral.plain
        && !numeral.spelled
        && numeral.value <= Decimal::from(110)
        && numeral.value >= Decimal::from(1);
    // "aged five"
    let possible = plausible
        || numeral.spelled
            && numeral.scale == 0
            && numeral.value <= Decimal::from(110)
            && numeral.value >= Decimal::from(1);
    let closed = scope.is(item.end, words::COMMA) || scope.is(item.end, words::DOT);
    // "Kovac, 33, ran", "Kovac, 46 - a baker": one name, inside a sentence.
    let dashed = closed || scope.is_dash(item.end) && !scope.glued(item.end);
    let single = numeral.value >= Decimal::from(10)
        && scope.is_lower_word(comma.wrapping_sub(2))
        && (!scope.has(comma.wrapping_sub(2), role::MONTH_CLUE)
            || closed && scope.is_any(item.end + 1, &[words::A, words::AN, words::OF, hash_lowered("who")]))
        && (scope.is_lower_word(item.end + 1) || !closed)
        && !scope.is_any(item.end + 1, &[words::AND, words::OR])
        && !plural(scope.text(item.end + 1));
    let wai = scope.is(comma.wrapping_sub(2), words::HYPHEN)
        && scope.glued(comma.wrapping_sub(1))
        && scope.is_capitalized(comma.wrapping_sub(3));
    let named = scope.is_capitalized(comma.wrapping_sub(1)) && !scope.has(comma.wrapping_sub(1), role::MONTH);
    // "who is 70", "people under 30"
    let ends = !scope.is_word(item.end) || scope.has(item.end, role::FUNCTION | role::BREAK);
    let clause = scope.is_any(comma, &[words::IS, hash_lowered("was")])
        && scope.is(comma.wrapping_sub(1), hash_lowered("who"))
        && numeral.value >= Decimal::from(10);
    let people = scope
        .is_any(comma, &[hash_lowered("under"), words::OVER, hash_lowered("below"), hash_lowered("above")])
        && scope.listed(comma.wrapping_sub(1), list::PEOPLE)
        && numeral.value <= Decimal::from(100);
    plausible
        && dashed
        && scope.is(comma, words::COMMA)
        && named
        && (closed && (scope.is_capitalized(comma.wrapping_sub(2)) || comma.wrapping_sub(1) == scope.start) || single)
        || plausible && closed && scope.is(comma, words::COMMA) && wai
        || plausible && ends && (clause || people)
        // "aged 51 and 44"
        || possible && is_listed_age(scope, comma)
        // "The suspect, 34, was held"
        || plausible
            && (numeral.value >= Decimal::from(10) || is_child(scope, comma.wrapping_sub(1)))
            && closed
            && is_suspect(scope, comma, item.end)
        || possible && scope.is(comma, words::TURNED)
        || is_aged(scope, comma)
            && numeral.scale == 0
            && numeral.value >= Decimal::from(1)
            && numeral.value <= Decimal::from(110)
        || possible && (is_person_of(scope, comma) || is_older_than(scope, comma))
        // "She died at 91."
        || plausible && ends && numeral.value >= Decimal::from(10) && is_life(scope, comma)
}

/// "a man of 52"
fn is_person_of(scope: &Scope<'_>, of: usize) -> bool {
    const PERSON: [&str; 8] = ["man", "woman", "boy", "girl", "child", "widow", "widower", "bachelor"];
    scope.is(of, words::OF)
        && PERSON.contains(&scope.text(of.wrapping_sub(1)))
        && (2..=4).any(|back| scope.is_any(of.wrapping_sub(back), &[words::A, words::AN]))
}

/// "children younger than five"
fn is_older_than(scope: &Scope<'_>, than: usize) -> bool {
    scope.is(than, words::THAN) && matches!(scope.text(than.wrapping_sub(1)), "older" | "younger")
}

/// "died at 91", "retired at 62"
fn is_life(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at, words::AT)
        && matches!(
            scope.text(at.wrapping_sub(1)),
            "died" | "dies" | "dead" | "retired" | "retires" | "married"
        )
}

/// "over-65s", "the under-21s": people by a bound of their age; the token is the number with its plural.
pub(crate) fn aged_group(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let hyphen = at.wrapping_sub(1);
    if !scope.is(hyphen, words::HYPHEN) || !scope.glued(hyphen) || !scope.glued(at) {
        return None;
    }
    let bound = match scope.text(hyphen.wrapping_sub(1)) {
        "over" | "Over" => Bound::MoreThan,
        "under" | "Under" => Bound::LessThan,
        _ => return None,
    };
    let digits = scope.text(at).strip_suffix('s').filter(|digits| matches!(digits.len(), 1 | 2))?;
    let age: i32 = digits.parse().ok()?;
    let content = Content::Number(Decimal::from(age));
    let span = scope.span(at - 2, at + 1);
    let mut item = Item::new(at - 2, at + 1, span, FigureKind::Quantity, content, origin::AGED_GROUP);
    item.set_unit(YEARS_OF_AGE);
    item.bound = Some(bound);
    Some(item)
}

/// "aged 14, 15 and 17", "aged 51 and 44": the words that join an age to the one before.
fn is_listed_age(scope: &Scope<'_>, joint: usize) -> bool {
    let mut at = joint;
    for _ in 0..5 {
        if !scope.is_any(at, &[words::AND, words::COMMA]) || !scope.is_number(at.wrapping_sub(1)) {
            return false;
        }
        at = at.wrapping_sub(2);
        if scope.is_any(at, &[words::AGED, words::AGES]) {
            return true;
        }
    }
    false
}

/// Whether a word names somebody whose age may be less than ten.
fn is_child(scope: &Scope<'_>, at: usize) -> bool {
    matches!(
        scope.text(at),
        "boy" | "girl" | "child" | "toddler" | "son" | "daughter" | "baby" | "pupil" | "infant"
    )
}

/// "The suspect, 34, was": a noun with its article before a comma, and a verb after the next one.
fn is_suspect(scope: &Scope<'_>, comma: usize, end: usize) -> bool {
    let noun = comma.wrapping_sub(1);
    let determined = (1..=3).map(|back| noun.wrapping_sub(back)).take_while(|at| scope.is_word(*at));
    let determined = determined.into_iter().any(|at| scope.listed(at, list::DETERMINER));
    let verb = end + 1;
    scope.is(comma, words::COMMA)
        && scope.is(end, words::COMMA)
        && determined
        && scope.is_lower_word(noun)
        && !plural(scope.text(noun))
        && !scope.has(noun, role::FUNCTION | role::SPAN | role::MONTH | role::UNIT)
        && scope.is_lower_word(verb)
        && (scope.has(verb, role::VERB | role::REPORT)
            || scope.listed(verb, list::FINITE | list::PAST) && !plural(scope.text(verb)))
}
