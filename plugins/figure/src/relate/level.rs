//! A level and its baseline: "$9 billion, up from $8 billion", "fell from 60 percent to 45 percent".

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Item, after};
use crate::relate::levels::is_level;
use crate::relate::{cues, levels};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, words};

/// "$9 billion, up from $8 billion", "500 in May, compared with 420": a level with its baseline.
pub(crate) fn compared(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    const CUES: [u64; 6] =
        [words::FROM, words::AGAINST, words::VERSUS, words::TO, hash_lowered("vs"), hash_lowered("with")];
    let Some(&old) = items.get(at) else { return };
    let Content::Number(baseline) = old.content else { return };
    if !(scope.is_any(old.first.wrapping_sub(1), &CUES) || levels::comes_from(scope, &old))
        || old.is_time()
        || old.direction.is_some()
        || old.kind == FigureKind::Ordinal
    {
        return;
    }
    let cue = levels::lead_of(scope, &old).unwrap_or(old.first.wrapping_sub(1));
    let before = cue.wrapping_sub(1);
    let (entry, up_down) = (scope.entry(before), scope.is(cue, words::FROM));
    let direction_of_cue = entry.way().filter(|_| up_down);
    let held = scope.is_any(cue, &[words::AGAINST, words::VERSUS, hash_lowered("vs")])
        || scope.is(cue, hash_lowered("with")) && scope.is(before, words::COMPARED)
        || scope.is(cue, words::TO) && scope.is(before, words::COMPARED);
    if direction_of_cue.is_none() && !held {
        return;
    }
    let start = if direction_of_cue.is_some() || scope.is(before, words::COMPARED) { before } else { cue };
    // The level before it, its date between.
    let Some(place) =
        (from..at).rev().take(3).find(|place| items.get(*place).is_some_and(|item| !item.is_time()))
    else {
        return;
    };
    let Some(&level) = items.get(place) else { return };
    let Content::Number(value) = level.content else { return };
    let last = (place + 1..at).rev().filter_map(|time| items.get(time)).map(|time| time.end).next();
    let gap = last.unwrap_or(0).max(after(&level))..start;
    let comma = |at: usize| scope.is_any(at, &[words::COMMA, words::OPEN, words::EM_DASH]);
    // "38 percent of capacity, down from"
    let stuff = scope.is(gap.start, words::OF)
        && gap.len() <= 6
        && (gap.start..gap.end.wrapping_sub(1))
            .all(|at| scope.is_word(at) && !scope.has(at, role::VERB | role::BREAK));
    let near = gap.len() <= 1 && gap.clone().all(comma) || stuff && comma(gap.end.wrapping_sub(1));
    let fits = is_level(&Item { direction: None, ..level })
        && level.counted == old.counted
        && (level.per == old.per || old.per.is_none())
        && near;
    if !fits || value == baseline {
        return;
    }
    // "51 percent versus 38 percent" compares two things; a change has its date.
    let near = |time: &&Item| time.is_time() && time.first <= after(&old) + 3;
    let period = items.get(at + 1).filter(near).map(|_| at + 1);
    if direction_of_cue.is_none() && period.is_none() {
        return;
    }
    let rose = value > baseline;
    let direction = direction_of_cue.unwrap_or(if rose { Direction::Up } else { Direction::Down });
    if let Some(item) = items.get_mut(place) {
        (item.direction, item.baseline_value) = (Some(direction), Some(baseline));
        item.baseline_period = period;
        let amount = value.plus(baseline.negate());
        item.amount = amount.map(|amount| if amount < Decimal::ZERO { amount.negate() } else { amount });
        item.amount_derived = item.amount.is_some();
        item.contradicts = (direction == Direction::Up) != rose;
    }
}

/// "fell from 60 percent to 45 percent", "rose to $9 billion from $8 billion": the new level, with the old one as its baseline.
pub(crate) fn level(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    let Some(&item) = items.get(at) else { return };
    // "from 9,200 to just 312"
    let hedge = |at: usize| scope.has(at, role::ADVERB | role::BOUND) && !scope.is(at, words::TO);
    let before = (1..4).map(|back| item.first.wrapping_sub(back)).find(|at| !hedge(*at));
    let before = before.unwrap_or(item.first.wrapping_sub(1));
    compared(scope, items, from, at);
    if item.direction.is_some() || item.is_time() || !scope.is(before, words::TO) {
        return;
    }
    let old = |other: &Item| other.counted == item.counted && levels::comes_from(scope, other);
    // "from 60 percent in May to 45 percent", "from $9 at 5pm on Friday to $8": dates may be between.
    let dated = |place: usize, end: usize| {
        end == before
            || place + 1 < at
                && items.get(place + 1..at).is_some_and(|times| {
                    times.iter().all(Item::is_time) && times.last().is_some_and(|time| time.end == before)
                })
    };
    let earlier = (from..at)
        .rev()
        .take(4)
        .filter_map(|place| items.get(place).map(|other| (place, other)))
        .find(|(place, other)| old(other) && dated(*place, after(other)))
        .map(|(_, other)| other);
    let later = items.get(at + 1..).unwrap_or_default().iter().take(3).find(|other| {
        // "to $12 million, or 8 cents a share, from $30 million"; "to 3.1% of GDP in 2021 from 4.2%"
        let gap = after(&item)..other.first;
        let or = gap.len() <= 10 && scope.is(gap.start, words::COMMA) && scope.is(gap.start + 1, words::OR);
        let plain = gap.len() <= 7
            && gap.clone().all(|at| {
                (scope.is_word(at) || marks::is_digits(scope, at))
                    && !scope.has(at, role::VERB | role::BREAK | role::REPORT)
            });
        old(other) && (gap.len() <= 4 || or || plain)
    });
    let (Some(other), verb_after) = (match earlier {
        Some(other) => (Some(other), other.first.wrapping_sub(1)),
        None => (later, before),
    }) else {
        return;
    };
    let Content::Number(baseline) = other.content else { return };
    // "went from €3 to €4": only the levels give the direction.
    let compared = match item.content {
        Content::Number(value) if scope.listed(verb_after.wrapping_sub(1), list::WENT) => {
            match value.cmp(&baseline) {
                std::cmp::Ordering::Greater => Some(Direction::Up),
                std::cmp::Ordering::Less => Some(Direction::Down),
                std::cmp::Ordering::Equal => None,
            }
        }
        _ => None,
    };
    let Some(direction) = cues::mover_before(scope, verb_after).or(compared) else { return };
    let near = items.iter().enumerate().skip(at.saturating_sub(3).max(from)).take(8);
    let period = near.into_iter().find(|(place, time)| {
        time.is_time() && *place != at && time.first >= after(other) && time.first <= after(other) + 1
    });
    let period = period.map(|(place, _)| place);
    if let Some(item) = items.get_mut(at) {
        (item.direction, item.baseline_value) = (Some(direction), Some(baseline));
        item.baseline_period = period;
        if let Content::Number(value) = item.content {
            let amount = value.plus(baseline.negate());
            item.amount = amount.map(|amount| if amount < Decimal::ZERO { amount.negate() } else { amount });
            item.amount_derived = item.amount.is_some();
            // "rose from 60 to 45".
            let place = |number: Decimal| number.exponent() >= 0 && number <= Decimal::from(300);
            // A team that rises from 41 to 20 has a better place.
            let places = item.is_bare() && place(value) && place(baseline);
            item.contradicts =
                (direction == Direction::Up) == (value < baseline) && value != baseline && !places;
        }
    }
}

/// "The yield rose to 4.2%": a level has the direction of the verb that leads to it, if no change is given with it.
pub(crate) fn reached(scope: &Scope<'_>, items: &mut [Item], at: usize) {
    let Some(item) = items.get_mut(at) else { return };
    let level = item.direction.is_none()
        && matches!(item.content, Content::Number(_))
        && matches!(
            item.kind,
            FigureKind::Money | FigureKind::Percent | FigureKind::Quantity | FigureKind::Count
        )
        && scope.is(item.lead.wrapping_sub(1), words::TO);
    if !level {
        return;
    }
    let verb = (2..=4).map(|back| item.lead.wrapping_sub(back));
    let verb = verb
        .take_while(|at| scope.is_word(*at) && !scope.has(*at, role::BREAK))
        .find(|at| scope.has(*at, role::UP | role::DOWN) && scope.has(*at, role::VERB));
    item.direction = verb.and_then(|verb| scope.entry(verb).way());
}
