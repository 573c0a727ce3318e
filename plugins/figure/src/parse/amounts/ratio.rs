//! Parts of a whole: "two thirds", "one in five", "12 of 27".

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Counted, Item};
use crate::lex::divisor::DIGITS;
use crate::lex::number;
use crate::origin;
use crate::origin::Origin;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{noun, words};

fn part(
    scope: &Scope<'_>,
    first: usize,
    end: usize,
    over: Decimal,
    under: Decimal,
    origin: Origin,
) -> Option<Item> {
    let value = over.divided_by(under, DIGITS)?;
    let mut item =
        Item::new(first, end, scope.span(first, end), FigureKind::Ratio, Content::Number(value), origin);
    // Of what: "two thirds of the sales", "one in five children".
    let whole = if scope.is(end, words::OF) {
        noun::whole_noun(scope, end + 1)
    } else {
        noun::counted_noun(scope, end, false)
    };
    if let Some(noun) = whole {
        item.counted = Counted::Noun(noun);
    }
    Some(item)
}

/// A fraction, and what it is of.
pub(crate) fn fraction_item(scope: &Scope<'_>, first: usize, end: usize, value: Decimal) -> Option<Item> {
    part(scope, first, end, value, Decimal::from(1), origin::FRACTION)
}

/// "one in five", "12 of 27", "nine out of ten", after the first number.
pub(crate) fn ratio_after(scope: &Scope<'_>, first: usize, end: usize, over: Decimal) -> Option<Item> {
    let under_at = if scope.is(end, words::OUT) && scope.is(end + 1, words::OF) {
        end + 2
    } else if scope.is_any(end, &[words::OF, words::IN]) {
        end + 1
    } else {
        return None;
    };
    let the = scope.is(end, words::OF) && scope.is(under_at, words::THE) && over < Decimal::from(10_000);
    let every = usize::from(scope.is(under_at, words::EVERY) || the);
    let under = number::numeral(scope, under_at + every)?;
    let after = under.end;
    let year = under.plain && under.value >= Decimal::from(1000);
    // "one of the two parties" is not a share.
    if the && over == Decimal::from(1) {
        return None;
    }
    if under.value <= over
        || year
        || under.unit.is_some()
        || the && (under.scale > 0 || over.exponent() < 0)
        || under.upper.is_some()
        || over <= Decimal::ZERO
    {
        return None;
    }
    // "2 in 10 days" counts days; "one in five children" does not.
    if scope.is(end, words::IN)
        && (scope.has(after, role::UNIT | role::SPAN) && !scope.is(after, words::IN)
            || over > Decimal::from(99)
            || under.value > Decimal::from(1_000_000))
    {
        return None;
    }
    // "target 3 of the 21 targets": a label.
    let one = scope.text(first.wrapping_sub(1));
    if the
        && one.len() > 2
        && scope.text(after).strip_suffix('s').is_some_and(|noun| noun.eq_ignore_ascii_case(one))
    {
        return None;
    }
    let mut item = part(scope, first, after, over, under.value, origin::RATIO)?;
    item.part_whole = Some((over, under.value));
    Some(item)
}
