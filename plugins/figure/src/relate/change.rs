//! What changed, from what level, by how much: if a text gives two of before, after and change, the third is computed; if it
//! gives all three, they are checked against one another.

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item;
use crate::item::{Content, Item};
use crate::parse::amounts::ordinal;
use crate::relate::arithmetic::{amount_in, before, fits, is_share, number};
use crate::relate::{beside, levels};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{tense, verbs, words};
use crate::when::When;

/// The maximum number of tokens between a figure and a related one.
const REACH: usize = 14;

/// Finds the level that changed, and the one that it is compared with.
pub(crate) fn change(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    let Some(&item) = items.get(at) else { return };
    let Some(direction) = item.direction else { return };
    // A level that was given together with its change.
    if item.amount.is_some() {
        return;
    }
    let of = level_after(scope, items, at).or_else(|| level_before(scope, items, from, at));
    let level = of.and_then(|of| items.get(of)).copied();
    let value = level.and_then(|level| before(&item, &level, direction));
    let given = of.and_then(|of| old_level(scope, items, of, at));
    let contradicts = match (level, given) {
        (Some(level), Some(old)) => !fits(&item, &level, &old, direction),
        _ => false,
    };
    let period = baseline_period(scope, items, at);
    if let Some(item) = items.get_mut(at) {
        item.of = of;
        let given = given.as_ref().and_then(number);
        item.baseline_value = given.or(value);
        item.baseline_derived = given.is_none() && value.is_some();
        item.baseline_period = period;
        item.contradicts = contradicts;
    }
    // "rose 18 sen to RM23.50": the level has the change too.
    let absolute = !is_share(&item);
    if let Some(of) = of.filter(|of| *of > at && absolute)
        && let Some(level) = items.get_mut(of)
    {
        level.direction = Some(direction);
        let given = given.as_ref().and_then(number);
        level.baseline_value = given.or(value);
        level.baseline_derived = given.is_none() && value.is_some();
        let stated = amount_in(&item, level);
        level.amount = stated.or_else(|| {
            let amount = number(level)?.plus(level.baseline_value?.negate())?;
            Some(if amount < Decimal::ZERO { amount.negate() } else { amount })
        });
        level.amount_derived = stated.is_none() && level.amount.is_some();
        level.contradicts = contradicts;
    }
}

/// "rose 3% to $5 billion", "fell 2 percent to end at 8,000".
fn level_after(scope: &Scope<'_>, items: &[Item], at: usize) -> Option<usize> {
    let item = items.get(at)?;
    let mut last = item;
    for place in at + 1..at + 5 {
        let next = items.get(place)?;
        // "up $1.20 from a year ago to $4.30", "gained 25.3 points, or 0.6 percent, to 4,155".
        let beside = next.direction.is_some()
            && next.direction == item.direction
            && next.amount.is_none()
            && beside::is_beside(scope, last, next);
        if next.is_time() || beside {
            last = next;
            continue;
        }
        let gap = item::after(last)..next.first;
        let led = gap.clone().take(6).find(|at| {
            scope.is_any(*at, &[words::TO, words::AT]) && !scope.listed(at.wrapping_sub(1), list::HELD_TO)
        })?;
        let near = gap.end - led <= 5
            && (led + 1..gap.end).all(|at| {
                scope.is_word(at)
                    && !scope.is_any(at, &[words::AND, words::FROM])
                    && !scope.has(at, role::BREAK)
            });
        // "so far", "against the dollar", a comma.
        let passed = (gap.start..led).all(|at| {
            scope.is(at, words::COMMA) || scope.is_word(at) && !scope.has(at, role::BREAK | role::VERB)
        });
        // "a 9.1 per cent rise in May, Velden at 5.6 per cent": the level of another subject.
        let other = (gap.start..led).any(|at| scope.is(at, words::COMMA) && scope.is_capitalized(at + 1));
        // "cut emissions by 5 percent to 15 percent": a range, or the resulting level?
        let open = scope.is(item.lead.wrapping_sub(1), words::BY)
            && is_share(item)
            && is_share(next)
            && gap.len() == 1
            && place == at + 1;
        let level = levels::is_level(next) || next.amount.is_some() && is_share(item);
        return (level && near && passed && !other && !open).then_some(place);
    }
    None
}

/// "$2.8 billion, which is 40% more", "$5 billion, up 3%", "$5 billion (up 3%)".
fn level_before(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> Option<usize> {
    let item = items.get(at)?;
    // A date between the level and its change: "$5 billion in May, up 3%".
    let place =
        (from..at).rev().take(2).find(|place| items.get(*place).is_some_and(|item| !item.is_time()))?;
    let previous = items.get(place)?;
    let gap = item::after(previous)..item.first;
    let joined = gap.clone().any(|at| scope.is_any(at, &[words::COMMA, words::OPEN, words::EM_DASH]));
    // "Timber orders of $6 billion were 20% higher than in 2019"
    let of = scope.is(previous.lead.wrapping_sub(1), words::OF)
        && gap.len() == 1
        && matches!(scope.text(gap.start), "was" | "were" | "is" | "are")
        && scope.is(item.end + 1, words::THAN);
    // "4% of the company, whose shares rose 3%"
    let another = gap
        .clone()
        .any(|at| scope.is_any(at, &[hash_lowered("whose"), hash_lowered("who"), hash_lowered("where")]));
    // "exports, worth €104 billion in 2021, fell 6%": the level is mentioned in passing.
    let worth = previous.lead.wrapping_sub(1);
    let aside = scope.listed(worth, list::WORTH) && scope.is(worth.wrapping_sub(1), words::COMMA);
    let joined = (joined || of) && !another && !aside;
    // "saves $70 billion, reduces emissions by 25 per cent": the change has an object of its own.
    let other = gap.clone().any(|at| verbs::moves_object(scope, at) && at + 1 < item.first)
        && scope.is(item.first.wrapping_sub(1), words::BY);
    let fits = (levels::is_level(previous) || previous.amount.is_some() && is_share(item))
        && (item.kind == FigureKind::Percent
            || item.counted == previous.counted
            || in_hundredths(item, previous))
        && gap.len() <= 9
        && joined
        && !other
        && gap.clone().all(|at| !scope.is_any(at, &[words::AND, words::SEMICOLON, words::BUT, words::WHILE]));
    fits.then_some(place)
}

/// The level before, if the text gives it beside the one after: "to $5 billion from $4 billion".
fn old_level(scope: &Scope<'_>, items: &[Item], of: usize, change: usize) -> Option<Item> {
    let level = items.get(of)?;
    let old = |place: usize| {
        let other = items
            .get(place)
            .filter(|other| place != of && place != change && other.counted == level.counted)?;
        number(other)?;
        levels::comes_from(scope, other).then_some(*other)
    };
    let near = |place: usize| place <= items.len();
    [of.wrapping_sub(1), of + 1, change + 1, of + 2].into_iter().filter(|place| near(*place)).find_map(old)
}

/// The period after "than", "from", "compared with".
fn baseline_period(scope: &Scope<'_>, items: &[Item], at: usize) -> Option<usize> {
    let item = items.get(at)?;
    let ahead = items.get(at + 1..)?.iter().take(3).position(|other| {
        other.is_time()
            && other.first >= item.end
            && other.first - item.end <= REACH
            && (item.end..other.first).filter(|at| at + 1 < other.first || !begins_then(scope, other)).any(
                |at| {
                    scope.listed(at, list::AGAINST)
                        && (!scope.is(at, words::SINCE) || !is_record(scope, item.end, at))
                        && (!scope.is_any(at, &[hash_lowered("above"), hash_lowered("below")])
                            || at == item::after(item) && !is_norm(scope, at + 1, other.first))
                        && (!scope.is(at, words::ON)
                        || other.relative_to.is_some()
                        || scope.is(other.first, words::LAST)
                        // "a 4% rise on 2021"
                        || scope.has(at.wrapping_sub(1), role::UP | role::DOWN)
                            && at + 1 == other.first)
                },
            )
            || other.is_time() && other.relative_to.is_some() && other.first.saturating_sub(item.end) <= 2
    })?;
    Some(at + 1 + ahead)
}

/// "will raise the tax by 20 cents from January": the date from which something to come applies. "Will cut emissions by half from
/// 1990 levels" compares with that year.
pub(crate) fn begins_then(scope: &Scope<'_>, time: &Item) -> bool {
    let from = time.first.wrapping_sub(1);
    scope.is(from, words::FROM)
        && !matches!(time.content, Content::Time(When::Year(_)))
        && !matches!(scope.text(item::after(time)), "level" | "levels")
        && tense::is_future(scope, from)
}

/// "below average in May", "above the forecast for June": the date does not make it a baseline.
fn is_norm(scope: &Scope<'_>, from: usize, end: usize) -> bool {
    (from..end).any(|at| scope.listed(at, list::NORM))
}

/// "5.2%, the lowest since May": a record has no baseline there.
fn is_record(scope: &Scope<'_>, from: usize, since: usize) -> bool {
    (from..since).any(|at| {
        scope.is_any(at, &[words::FIRST, hash_lowered("best"), hash_lowered("worst"), words::COMMA])
            || ordinal::is_superlative(scope, at)
    })
}

/// "$94.60, down 80 cents".
fn in_hundredths(change: &Item, level: &Item) -> bool {
    change.kind == FigureKind::Money && level.kind == FigureKind::Money && amount_in(change, level).is_some()
}
