//! What changed, from what, by how much: where a text gives two of before, after and change, the third is computed, and where it
//! gives all three they are held against one another.

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::arithmetic::{amount_in, before, fits, is_share, number};
use crate::item::{Content, Counted, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Tokens between a figure and what it is related to, at most.
const REACH: usize = 14;

impl Scope<'_> {
    /// What a change is of, and what it is compared with.
    pub(crate) fn change(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        let Some(direction) = item.direction else { return };
        // A level that its change was told with.
        if item.amount.is_some() {
            return;
        }
        let of = self.level_after(items, at).or_else(|| self.level_in_front(items, from, at));
        let level = of.and_then(|of| items.get(of)).copied();
        let value = level.and_then(|level| before(&item, &level, direction));
        let given = of.and_then(|of| self.old_level(items, of, at));
        let contradicts = match (level, given) {
            (Some(level), Some(old)) => !fits(&item, &level, &old, direction),
            _ => false,
        };
        let period = self.baseline_period(items, at);
        if let Some(item) = items.get_mut(at) {
            item.of = of;
            let given = given.as_ref().and_then(number);
            item.baseline_value = given.or(value);
            item.baseline_period = period;
            item.contradicts = contradicts;
        }
        // "rose 18 sen to RM23.50": the level has the change too.
        let absolute = !is_share(&item);
        if let Some(of) = of.filter(|of| *of > at && absolute)
            && let Some(level) = items.get_mut(of)
        {
            level.direction = Some(direction);
            level.baseline_value = given.as_ref().and_then(number).or(value);
            level.amount = amount_in(&item, level).or_else(|| {
                let amount = number(level)?.plus(level.baseline_value?.negate())?;
                Some(if amount < Decimal::ZERO { amount.negate() } else { amount })
            });
            level.contradicts = contradicts;
        }
    }

    /// "rose 3% to $5 billion", "fell 2 percent to end at 8,000".
    fn level_after(&self, items: &[Item], at: usize) -> Option<usize> {
        let item = items.get(at)?;
        let mut last = item;
        for place in at + 1..at + 5 {
            let next = items.get(place)?;
            // "up $1.20 from a year ago to $4.30", "gained 25.3 points, or 0.6 percent, to 4,155".
            let beside = next.direction.is_some()
                && next.direction == item.direction
                && next.amount.is_none()
                && self.is_beside(last, next);
            if next.is_time() || beside {
                last = next;
                continue;
            }
            let gap = behind(last)..next.first;
            let led = gap.clone().take(6).find(|at| {
                self.is_any(*at, &[words::TO, words::AT]) && !self.listed(at.wrapping_sub(1), list::HELD_TO)
            })?;
            let near = gap.end - led <= 5
                && (led + 1..gap.end).all(|at| {
                    self.is_word(at)
                        && !self.is_any(at, &[words::AND, words::FROM])
                        && !self.has(at, role::BREAK)
                });
            // "so far", "against the dollar", a comma.
            let passed = (gap.start..led).all(|at| {
                self.is(at, words::COMMA) || self.is_word(at) && !self.has(at, role::BREAK | role::VERB)
            });
            let level = is_level(next) || next.amount.is_some() && is_share(item);
            return (level && near && passed).then_some(place);
        }
        None
    }

    /// "$2.8 billion, which is 40% more", "$5 billion, up 3%", "$5 billion (up 3%)".
    fn level_in_front(&self, items: &[Item], from: usize, at: usize) -> Option<usize> {
        let item = items.get(at)?;
        // A date between the level and its change: "$5 billion in May, up 3%".
        let place =
            (from..at).rev().take(2).find(|place| items.get(*place).is_some_and(|item| !item.is_time()))?;
        let previous = items.get(place)?;
        let gap = behind(previous)..item.first;
        let joined = gap.clone().any(|at| self.is_any(at, &[words::COMMA, words::OPEN, words::EM_DASH]));
        // "saves $70 billion, reduces emissions by 25 per cent": the change has an object of its own.
        let other = gap.clone().any(|at| self.moves_object(at) && at + 1 < item.first)
            && self.is(item.first.wrapping_sub(1), words::BY);
        let fits = (is_level(previous) || previous.amount.is_some() && is_share(item))
            && (item.kind == FigureKind::Percent || item.counted == previous.counted)
            && gap.len() <= 9
            && joined
            && !other
            && gap
                .clone()
                .all(|at| !self.is_any(at, &[words::AND, words::SEMICOLON, words::BUT, words::WHILE]));
        fits.then_some(place)
    }

    /// The level before, if the text gives it beside the one after: "to $5 billion from $4 billion".
    fn old_level(&self, items: &[Item], of: usize, change: usize) -> Option<Item> {
        let level = items.get(of)?;
        let old = |place: usize| {
            let other = items
                .get(place)
                .filter(|other| place != of && place != change && other.counted == level.counted)?;
            number(other)?;
            self.comes_from(other).then_some(*other)
        };
        let near = |place: usize| place <= items.len();
        [of.wrapping_sub(1), of + 1, change + 1, of + 2]
            .into_iter()
            .filter(|place| near(*place))
            .find_map(old)
    }

    /// The period behind "than", "from", "compared with".
    fn baseline_period(&self, items: &[Item], at: usize) -> Option<usize> {
        let item = items.get(at)?;
        let ahead = items.get(at + 1..)?.iter().take(3).position(|other| {
            other.is_time()
                && other.first >= item.end
                && other.first - item.end <= REACH
                && (item.end..other.first).any(|at| {
                    self.listed(at, list::AGAINST)
                        && (!self.is(at, words::SINCE) || !self.is_record(item.end, at))
                        && (!self.is_any(at, &[hash_lowered("above"), hash_lowered("below")])
                            || at == behind(item) && !self.is_norm(at + 1, other.first))
                        && (!self.is(at, words::ON)
                            || other.echo.is_some()
                            || self.is(other.first, words::LAST))
                })
                || other.is_time() && other.echo.is_some() && other.first.saturating_sub(item.end) <= 2
        })?;
        Some(at + 1 + ahead)
    }

    /// "below average in May", "above the forecast for June": what the date tells is no baseline.
    fn is_norm(&self, from: usize, end: usize) -> bool {
        (from..end).any(|at| self.listed(at, list::NORM))
    }

    /// "5.2%, the lowest since May": a record has no baseline there.
    fn is_record(&self, from: usize, since: usize) -> bool {
        (from..since).any(|at| {
            self.is_any(at, &[words::FIRST, hash_lowered("best"), hash_lowered("worst"), words::COMMA])
                || self.is_superlative(at)
        })
    }

    /// Whether "from" leads to a figure: "from 8", "from about 8", "from an initial 8", "from a record high of 8".
    pub(crate) fn comes_from(&self, item: &Item) -> bool {
        self.lead_of(item).is_some()
    }

    /// The "from" that leads to a figure.
    fn lead_of(&self, item: &Item) -> Option<usize> {
        for back in 1..6 {
            let at = item.first.wrapping_sub(back);
            if self.is(at, words::FROM) {
                return Some(at);
            }
            if !(self.listed(at, list::OLD_LEVEL) || self.has(at, role::BOUND)) {
                return None;
            }
        }
        None
    }

    /// "$9 billion, up from $8 billion", "500 in May, compared with 420": a level with the one that it is held against.
    fn compared(&self, items: &mut [Item], from: usize, at: usize) {
        const CUES: [u64; 6] =
            [words::FROM, words::AGAINST, words::VERSUS, words::TO, hash_lowered("vs"), hash_lowered("with")];
        let Some(&old) = items.get(at) else { return };
        let Content::Number(baseline) = old.content else { return };
        if !(self.is_any(old.first.wrapping_sub(1), &CUES) || self.comes_from(&old))
            || old.is_time()
            || old.direction.is_some()
            || old.kind == FigureKind::Ordinal
        {
            return;
        }
        let cue = self.lead_of(&old).unwrap_or(old.first.wrapping_sub(1));
        let before = cue.wrapping_sub(1);
        let (entry, up_down) = (self.entry(before), self.is(cue, words::FROM));
        let told = match (entry.is(role::UP), entry.is(role::DOWN)) {
            (true, false) if up_down => Some(Direction::Up),
            (false, true) if up_down => Some(Direction::Down),
            _ => None,
        };
        let held = self.is_any(cue, &[words::AGAINST, words::VERSUS, hash_lowered("vs")])
            || self.is(cue, hash_lowered("with")) && self.is(before, words::COMPARED)
            || self.is(cue, words::TO) && self.is(before, words::COMPARED);
        if told.is_none() && !held {
            return;
        }
        let start = if told.is_some() || self.is(before, words::COMPARED) { before } else { cue };
        // The level in front, its date between.
        let Some(place) =
            (from..at).rev().take(3).find(|place| items.get(*place).is_some_and(|item| !item.is_time()))
        else {
            return;
        };
        let Some(&level) = items.get(place) else { return };
        let Content::Number(value) = level.content else { return };
        let last = (place + 1..at).rev().filter_map(|time| items.get(time)).map(|time| time.end).next();
        let gap = last.unwrap_or(0).max(behind(&level))..start;
        let comma = |at: usize| self.is_any(at, &[words::COMMA, words::OPEN, words::EM_DASH]);
        // "38 percent of capacity, down from"
        let stuff = self.is(gap.start, words::OF)
            && gap.len() <= 6
            && (gap.start..gap.end.wrapping_sub(1))
                .all(|at| self.is_word(at) && !self.has(at, role::VERB | role::BREAK));
        let near = gap.len() <= 1 && gap.clone().all(comma) || stuff && comma(gap.end.wrapping_sub(1));
        let fits = is_level(&Item { direction: None, ..level })
            && level.counted == old.counted
            && level.per == old.per
            && near;
        if !fits || value == baseline {
            return;
        }
        // "51 percent versus 38 percent" holds two things against one another; a change has its date.
        let near = |time: &&Item| time.is_time() && time.first <= behind(&old) + 3;
        let period = items.get(at + 1).filter(near).map(|_| at + 1);
        if told.is_none() && period.is_none() {
            return;
        }
        let rose = value > baseline;
        let direction = told.unwrap_or(if rose { Direction::Up } else { Direction::Down });
        if let Some(item) = items.get_mut(place) {
            (item.direction, item.baseline_value) = (Some(direction), Some(baseline));
            item.baseline_period = period;
            let amount = value.plus(baseline.negate());
            item.amount = amount.map(|amount| if amount < Decimal::ZERO { amount.negate() } else { amount });
            item.contradicts = (direction == Direction::Up) != rose;
        }
    }

    /// "fell from 60 percent to 45 percent", "rose to $9 billion from $8 billion": the new level, with the old one as its baseline.
    pub(crate) fn level(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        let before = item.first.wrapping_sub(1);
        self.compared(items, from, at);
        if item.direction.is_some() || item.is_time() || !self.is(before, words::TO) {
            return;
        }
        let old = |other: &Item| other.counted == item.counted && self.comes_from(other);
        // "from 60 percent in May to 45 percent", "from $9 at 5pm on Friday to $8": dates may stand between.
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
            .find(|(place, other)| old(other) && dated(*place, behind(other)))
            .map(|(_, other)| other);
        let later = items
            .get(at + 1..)
            .unwrap_or_default()
            .iter()
            .take(2)
            .find(|other| old(other) && other.first <= behind(&item) + 4);
        let (Some(other), verb_behind) = (match earlier {
            Some(other) => (Some(other), other.first.wrapping_sub(1)),
            None => (later, before),
        }) else {
            return;
        };
        let Content::Number(baseline) = other.content else { return };
        let Some(direction) = self.mover_before(verb_behind) else { return };
        let near = items.iter().enumerate().skip(at.saturating_sub(3).max(from)).take(8);
        let period = near.into_iter().find(|(place, time)| {
            time.is_time() && *place != at && time.first >= behind(other) && time.first <= behind(other) + 1
        });
        let period = period.map(|(place, _)| place);
        if let Some(item) = items.get_mut(at) {
            (item.direction, item.baseline_value) = (Some(direction), Some(baseline));
            item.baseline_period = period;
            if let Content::Number(value) = item.content {
                let amount = value.plus(baseline.negate());
                item.amount =
                    amount.map(|amount| if amount < Decimal::ZERO { amount.negate() } else { amount });
                // "rose from 60 to 45".
                let place = |number: Decimal| number.exponent() >= 0 && number <= Decimal::from(300);
                // A team that rises from 41 to 20 has a better place.
                let places = item.is_bare() && place(value) && place(baseline);
                item.contradicts =
                    (direction == Direction::Up) == (value < baseline) && value != baseline && !places;
            }
        }
    }
}

/// The token behind a figure, its counted noun included.
pub(crate) fn behind(item: &Item) -> usize {
    match item.counted {
        Counted::Noun(noun) if noun >= item.end => noun + 1,
        _ => item.end,
    }
}

fn is_level(item: &Item) -> bool {
    matches!(item.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count)
        && item.direction.is_none()
        && matches!(item.content, Content::Number(_))
        || item.kind == FigureKind::Percent
            && item.direction.is_none()
            && matches!(item.content, Content::Number(_))
}
