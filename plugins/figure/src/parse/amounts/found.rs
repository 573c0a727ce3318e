//! What begins at a token: an amount, a count, a ratio, a rank, or a number that does not count.

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Found, Item};
use crate::lex::power;
use crate::origin;
use crate::parse::amounts::amount::{Amount, KELVIN, ZERO};
use crate::parse::amounts::{
    age, article, fraction, interval, labels, multiple, often, ordinal, range, ratio, reading, sum,
};
use crate::registry;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{forms, words};

/// The figure of a number that begins at a token.
pub(crate) fn figure(scope: &Scope<'_>, at: usize) -> Option<Found> {
    if let Some(item) = interval::interval(scope, at).or_else(|| age::aged_group(scope, at)) {
        return Some(Found::Item(item));
    }
    if let Some(skip) = no_figure(scope, at) {
        return Some(skip);
    }
    if let Some(item) = word_alone(scope, at) {
        return Some(Found::Item(item));
    }
    // "twenty-fifth", "one hundred and twelfth": the words before are not a number of their own.
    if scope.is_word(at)
        && scope.has(at, role::CARDINAL)
        && let Some(found) = ordinal::ordinal(scope, at)
        && fraction::fraction(scope, at).is_none()
    {
        return Some(found);
    }
    if let Some(item) = absolute_zero(scope, at)
        .or_else(|| sum::glued_lengths(scope, at))
        .or_else(|| fraction::part_of_point(scope, at))
    {
        return Some(Found::Item(item));
    }
    let article = scope.is_any(at, &[words::A, words::AN])
        && (scope.has(at + 1, role::UNIT) || forms::is_whole(scope, at + 1));
    let low =
        reading::amount(scope, at).or_else(|| article.then(|| article::article_unit(scope, at)).flatten());
    match low {
        Some(low) => of_amount(scope, sum::summed(scope, low)),
        None => ordinal::ordinal(scope, at),
    }
}

/// A number that is part of a name ("F-16"), or is none: too large, or divided by zero.
fn no_figure(scope: &Scope<'_>, at: usize) -> Option<Found> {
    if let Some(end) = labels::part_of_name(scope, at) {
        return Some(Found::Skip(end, registry::PART_OF_NAME));
    }
    if let Some(end) = power::beyond_numbers(scope, at) {
        return Some(Found::Skip(end, registry::NO_NUMBER));
    }
    // "1/0"
    let by_zero = scope.is(at + 1, words::SLASH)
        && scope.glued(at + 1)
        && scope.glued(at + 2)
        && scope.small(at + 2) == Some(0)
        && scope.small(at).is_some();
    by_zero.then_some(Found::Skip(at + 3, registry::NO_NUMBER))
}

/// A word that is a figure without a number: "doubled", "twice a day", "annually", "octogenarian", "thirty-something".
fn word_alone(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if scope.has(at, role::STARTS_ALONE)
        && let Some(item) = often::times_a(scope, at)
            .or_else(|| multiple::multiple(scope, at))
            .or_else(|| often::adverb_set(scope, at))
            .or_else(|| age::age_word(scope, at))
    {
        return Some(item);
    }
    if scope.is(at + 1, words::HYPHEN) && scope.is_word(at) { age::age_word(scope, at) } else { None }
}

/// The temperature "absolute zero"; `at` is its second word.
fn absolute_zero(scope: &Scope<'_>, at: usize) -> Option<Item> {
    if !(scope.is(at, ZERO) && scope.is(at.wrapping_sub(1), hash_lowered("absolute"))) {
        return None;
    }
    let first = at - 1;
    let zero = Content::Number(Decimal::ZERO);
    let span = scope.span(first, at + 1);
    let mut item = Item::new(first, at + 1, span, FigureKind::Quantity, zero, origin::ABSOLUTE_ZERO);
    item.counted = Counted::Unit(KELVIN);
    Some(item)
}

/// What an amount begins or is: a ratio, a chain of digits, a range, a single figure, or a number that counts nothing.
fn of_amount(scope: &Scope<'_>, low: Amount) -> Option<Found> {
    if low.unit.is_none()
        && !low.negative
        && !low.numeral.fraction
        && let Some(item) = ratio::ratio_after(scope, low.first, low.end, low.numeral.value)
    {
        return Some(Found::Item(item));
    }
    if let Some(end) = labels::chain_of_digits(scope, &low) {
        return Some(Found::Skip(end, registry::CHAIN));
    }
    let item = range::range(scope, low).or_else(|| reading::single(scope, low));
    let labelled = scope.has(low.first.wrapping_sub(1), role::LABEL);
    // "pages 12 to 17"
    if let Some(item) = &item
        && item.is_bare()
        && matches!(item.content, Content::Range(..))
        && labelled
    {
        return Some(Found::Skip(item.end, registry::LABEL));
    }
    // "3-5 Harbour Road": neither a range nor two numbers.
    let address = item.is_none_or(|item| item.is_bare() && item.end == low.end)
        && scope.is_dash(low.end)
        && scope.glued(low.end)
        && scope.is_number(low.end + 1)
        && scope.is_capitalized(low.end + 2);
    if address {
        return Some(Found::Skip(low.end + 2, registry::STREET));
    }
    let rule = if labelled { registry::LABEL } else { registry::COUNTS_NOTHING };
    Some(item.map_or(Found::Skip(low.end, rule), Found::Item))
}
