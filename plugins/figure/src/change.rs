//! What changed, from what, by how much: where a text gives two of before, after and change, the third is computed, and where it
//! gives all three they are held against one another.

use copydesk_core::layers::{Bound, Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::scope::Scope;
use crate::sum::HUNDREDTHS;
use crate::words;

/// Tokens between a figure and what it is related to, at most.
const REACH: usize = 14;

/// Digits of a quotient: more than any text gives.
const DIGITS: u32 = 10;

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
        if let Some(of) = of.filter(|of| *of == at + 1 && absolute)
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
        let (item, next) = (items.get(at)?, items.get(at + 1)?);
        let gap = behind(item)..next.first;
        let led = self.is_any(gap.start, &[words::TO, words::AT])
            && gap.len() <= 5
            && gap.clone().all(|at| self.is_word(at) && !self.is_any(at, &[words::AND, words::FROM]));
        (is_level(next) && (led || gap.len() == 1 && self.is(gap.start, words::TO))).then_some(at + 1)
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
        let fits = is_level(previous)
            && (item.kind == FigureKind::Percent || item.counted == previous.counted)
            && gap.len() <= 9
            && joined
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
            self.is(other.first.wrapping_sub(1), words::FROM).then_some(*other)
        };
        let near = |place: usize| place <= items.len();
        [of.wrapping_sub(1), of + 1, change + 1, of + 2]
            .into_iter()
            .filter(|place| near(*place))
            .find_map(old)
    }

    /// The period behind "than", "from", "compared with".
    fn baseline_period(&self, items: &[Item], at: usize) -> Option<usize> {
        const THAN: [u64; 9] = [
            hash_lowered("ahead"),
            words::THAN,
            words::FROM,
            words::COMPARED,
            words::VERSUS,
            words::AGAINST,
            words::OVER,
            words::ON,
            words::SINCE,
        ];
        let item = items.get(at)?;
        let ahead = items.get(at + 1..)?.iter().take(3).position(|other| {
            other.is_time()
                && other.first >= item.end
                && other.first - item.end <= REACH
                && (item.end..other.first).any(|at| {
                    self.is_any(at, &THAN)
                        && (!self.is(at, words::SINCE) || !self.is_record(item.end, at))
                        && (!self.is(at, words::ON)
                            || other.echo.is_some()
                            || self.is(other.first, words::LAST))
                })
                || other.is_time() && other.echo.is_some() && other.first.saturating_sub(item.end) <= 2
        })?;
        Some(at + 1 + ahead)
    }

    /// "5.2%, the lowest since May": a record has no baseline there.
    fn is_record(&self, from: usize, since: usize) -> bool {
        (from..since).any(|at| {
            self.is_any(at, &[words::FIRST, hash_lowered("best"), hash_lowered("worst"), words::COMMA])
                || self.is_lower_word(at) && self.text(at).ends_with("est") && self.text(at).len() > 5
        })
    }

    /// "fell from 60 percent to 45 percent", "rose to $9 billion from $8 billion": the new level, with the old one as its baseline.
    pub(crate) fn level(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        let before = item.first.wrapping_sub(1);
        if item.direction.is_some() || item.is_time() || !self.is(before, words::TO) {
            return;
        }
        let old =
            |other: &Item| other.counted == item.counted && self.is(other.first.wrapping_sub(1), words::FROM);
        // "from 60 percent in May to 45 percent": a date may stand between.
        let dated = |end: usize| {
            end == before
                || items.get(at.wrapping_sub(1)).is_some_and(|time| time.is_time() && time.end == before)
        };
        let earlier = (from..at)
            .rev()
            .take(2)
            .filter_map(|place| items.get(place))
            .find(|other| old(other) && dated(behind(other)));
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
                item.contradicts = (direction == Direction::Up) == (value < baseline) && value != baseline;
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

fn is_percent(item: &Item) -> bool {
    matches!(item.counted, Counted::Unit(unit) if unit.code == "%")
}

/// A change told as a part of what was before: "3%", "a fifth".
fn is_share(item: &Item) -> bool {
    is_percent(item) || item.kind == FigureKind::Ratio && matches!(item.rule, "fraction" | "ratio")
}

/// How large a part, in percent.
fn share(item: &Item) -> Option<Decimal> {
    number(item)?.scale(if is_percent(item) { 0 } else { 2 })
}

fn number(item: &Item) -> Option<Decimal> {
    let Content::Number(number) = item.content else { return None };
    Some(if number < Decimal::ZERO { number.negate() } else { number })
}

/// An absolute change in the unit of the level: the 18 sen of RM23.50 are 0.18.
fn amount_in(change: &Item, level: &Item) -> Option<Decimal> {
    let amount = number(change)?;
    match (change.counted, level.counted) {
        (Counted::Unit(part), Counted::Unit(whole))
            if HUNDREDTHS.contains(&part.name) && !HUNDREDTHS.contains(&whole.name) =>
        {
            amount.scale(-2)
        }
        (Counted::Unit(points), Counted::Unit(level))
            if matches!(points.code, "pp" | "bp") && level.code == "%" =>
        {
            amount.scale(if points.code == "bp" { -2 } else { 0 })
        }
        (a, b) => (a == b).then_some(amount),
    }
}

/// The level from which a change led to this one.
fn before(change: &Item, level: &Item, direction: Direction) -> Option<Decimal> {
    let value = number(level)?;
    let down = direction == Direction::Down;
    if change.rule == "multiple" {
        return value.divided_by(number(change)?, DIGITS);
    }
    if is_share(change) && (!is_percent(level) || !is_percent(change)) {
        let share = share(change)?.scale(-2)?;
        let factor = Decimal::from(1).plus(if down { share.negate() } else { share })?;
        return if factor <= Decimal::ZERO { None } else { value.divided_by(factor, DIGITS) };
    }
    let amount = amount_in(change, level)?;
    value.plus(if down { amount } else { amount.negate() })
}

/// Whether before, after and change agree within what their digits can mean.
fn fits(change: &Item, level: &Item, old: &Item, direction: Direction) -> bool {
    let (Some(given), Some(new), Some(before)) = (number(change), number(level), number(old)) else {
        return true;
    };
    // Half of the last place that the text writes: of "5 billion" half a billion, of "1,050" a half.
    let slack = |item: &Item, value: Decimal| 0.5 * 10f64.powi(value.exponent().min(item.scale));
    let (new_f, old_f) = (new.to_f64(), before.to_f64());
    if old_f == 0.0 || (direction == Direction::Up) != (new_f >= old_f) {
        return old_f == new_f;
    }
    if change.rule == "multiple" {
        let times = new_f / old_f / given.to_f64();
        return match change.bound {
            Some(Bound::MoreThan | Bound::AtLeast) => times > 0.98,
            Some(Bound::LessThan | Bound::AtMost) => times < 1.02,
            Some(Bound::About) => (0.75..1.34).contains(&times),
            None => (0.85..1.18).contains(&times),
        };
    }
    let (slack_new, slack_old) = (slack(level, new), slack(old, before));
    if is_share(change) && (!is_percent(level) || !is_percent(change)) {
        let given = share(change).unwrap_or(given);
        // "by a third" is no more exact than words are.
        let rounding = if is_percent(change) { slack(change, given) } else { 2.0 };
        let computed = ((new_f - old_f) / old_f * 100.0).abs();
        let room = rounding + (slack_new / new_f.abs() + slack_old / old_f.abs()) * (100.0 + computed);
        return (computed - given.to_f64()).abs() <= room + 1e-9;
    }
    let Some(amount) = amount_in(change, level) else { return true };
    let room = 0.5 * 10f64.powi(amount.exponent().min(0)) + slack_new + slack_old;
    ((new_f - old_f).abs() - amount.to_f64()).abs() <= room + 1e-9
}
