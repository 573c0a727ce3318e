//! What begins at a token: an amount, a count, a ratio, a rank, or a number that does not count.

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Found, Item};
use crate::lex::power;
use crate::origin;
use crate::parse::amounts::amount::{KELVIN, ZERO};
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
    if let Some(end) = labels::part_of_name(scope, at) {
        return Some(Found::Skip(end, registry::PART_OF_NAME));
    }
    if let Some(end) = power::beyond_numbers(scope, at) {
        return Some(Found::Skip(end, registry::NO_NUMBER));
    }
    // "1/0" is not a number.
    if scope.is(at + 1, words::SLASH)
        && scope.glued(at + 1)
        && scope.glued(at + 2)
        && scope.small(at + 2) == Some(0)
        && scope.small(at).is_some()
    {
        return Some(Found::Skip(at + 3, registry::NO_NUMBER));
    }
    if scope.has(at, role::STARTS_ALONE)
        && let Some(item) = often::times_a(scope, at)
            .or_else(|| multiple::multiple(scope, at))
            .or_else(|| often::adverb_set(scope, at))
            .or_else(|| age::age_word(scope, at))
    {
        return Some(Found::Item(item));
    }
    if scope.is(at + 1, words::HYPHEN)
        && scope.is_word(at)
        && let Some(item) = age::age_word(scope, at)
    {
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
    if scope.is(at, ZERO) && scope.is(at.wrapping_sub(1), hash_lowered("absolute")) {
        let first = at - 1;
        let zero = Content::Number(Decimal::ZERO);
        let mut item = Item::new(
            first,
            at + 1,
            scope.span(first, at + 1),
            FigureKind::Quantity,
            zero,
            origin::ABSOLUTE_ZERO,
        );
        item.counted = Counted::Unit(KELVIN);
        return Some(Found::Item(item));
    }
    if let Some(item) = sum::glued_lengths(scope, at) {
        return Some(Found::Item(item));
    }
    if let Some(item) = fraction::part_of_point(scope, at) {
        return Some(Found::Item(item));
    }
    let article = scope.is_any(at, &[words::A, words::AN])
        && (scope.has(at + 1, role::UNIT) || forms::is_whole(scope, at + 1));
    let low =
        reading::amount(scope, at).or_else(|| article.then(|| article::article_unit(scope, at)).flatten());
    let Some(low) = low else { return ordinal::ordinal(scope, at) };
    let low = sum::summed(scope, low);
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
    // "pages 12 to 17"
    if let Some(item) = &item
        && item.is_bare()
        && matches!(item.content, Content::Range(..))
        && scope.has(low.first.wrapping_sub(1), role::LABEL)
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
    let labelled = scope.has(low.first.wrapping_sub(1), role::LABEL);
    let rule = if labelled { registry::LABEL } else { registry::COUNTS_NOTHING };
    Some(item.map_or(Found::Skip(low.end, rule), Found::Item))
}
