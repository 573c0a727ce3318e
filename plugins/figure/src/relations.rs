//! How the figures of a sentence belong together: shared units, what changed, against what, in which period, and what is measured.

use copydesk_core::Decimal;
use copydesk_core::layers::{Direction, FigureKind};

use crate::item::{Content, Counted, Echo, Item};
use crate::relative::{shifted, year_of};
use crate::scope::Scope;
use crate::when::When;
use crate::words;

/// Tokens between a figure and what it is related to, at most.
const REACH: usize = 14;

impl Scope<'_> {
    /// Relates the figures from place `from` on: those of this sentence.
    pub(crate) fn relate(&self, items: &mut [Item], from: usize) {
        self.share_units(items, from);
        self.read_cues(items, from);
        for at in from..items.len() {
            self.echo(items, at);
        }
        for at in from..items.len() {
            self.change(items, from, at);
            self.level(items, from, at);
        }
        self.periods(items, from);
        for at in from..items.len() {
            self.measure(items, from, at);
        }
    }

    /// "3, 5 and 7 percent": the unit behind the last number holds for all.
    pub(crate) fn share_units(&self, items: &mut [Item], from: usize) {
        for at in (from + 1..items.len()).rev() {
            let (left, right) = items.split_at_mut(at);
            let (Some(left), Some(right)) = (left.last_mut(), right.first()) else { continue };
            let gap = left.end..right.first;
            let listed = !gap.is_empty()
                && gap.len() <= 2
                && gap.clone().all(|at| {
                    self.is_any(at, &[words::COMMA, words::AND, words::OR, words::TO, words::HYPHEN])
                });
            // "200 million of the 1.5 billion shekels".
            let whole = gap.len() == 2 && self.is(gap.start, words::OF) && self.is(gap.start + 1, words::THE);
            let listed = listed || whole && left.scale > 0;
            let Content::Number(value) = left.content else { continue };
            if !(listed && left.is_bare())
                || right.is_time()
                || right.kind == FigureKind::Ordinal
                || right.kind == FigureKind::Ratio
            {
                continue;
            }
            // "in 2019, 5 percent" never comes here; "of 300, 5 percent" has a comma alone.
            if gap.len() == 1 && self.is(gap.start, words::COMMA) && right.rule != "shared-unit" {
                continue;
            }
            let scale = if left.scale == 0 && value < Decimal::from(1000) { right.scale } else { 0 };
            if let Some(scaled) = value.scale(scale) {
                left.content = Content::Number(scaled);
                left.scale = scale;
            }
            match right.counted {
                Counted::Unit(unit) => left.set_unit(unit),
                other => left.counted = other,
            }
            left.rule = "shared-unit";
            left.confidence = 0.8;
        }
    }

    pub(crate) fn read_cues(&self, items: &mut [Item], from: usize) {
        for at in from..items.len() {
            let (left, right) = items.split_at_mut(at);
            let Some(item) = right.first_mut() else { continue };
            if item.is_time() || item.kind == FigureKind::Ordinal {
                continue;
            }
            let (bound, first) = self.bound_of(item);
            item.bound = bound;
            item.direction = self.direction_of(item, first);
            let Some(previous) = left.get(from..).and_then(<[Item]>::last) else { continue };
            if item.direction.is_none() && previous.direction.is_some() && self.is_beside(previous, item) {
                item.direction = previous.direction;
            }
            if item.bound.is_none() && self.converts(previous, item) {
                item.bound = previous.bound;
            }
            // "40% more than …" is an increase, not a bound.
            if item.direction.is_some()
                && self.is_any(item.end, &[words::MORE, words::LESS])
                && bound.is_some()
                && first == item.first
            {
                item.bound = None;
            }
        }
    }

    /// "the same period last year": the last period before it, moved.
    pub(crate) fn echo(&self, items: &mut [Item], at: usize) {
        let Some(Item { echo: Some(echo), .. }) = items.get(at).copied() else { return };
        let anchor = items.get(..at).unwrap_or_default().iter().rev().take(16).find(|item| {
            let calendar = matches!(
                item.content,
                Content::Between(..)
                    | Content::Time(
                        When::Year(_)
                            | When::Half(..)
                            | When::Quarter(..)
                            | When::Month(..)
                            | When::Season(..)
                    )
            );
            item.is_time() && calendar && item.echo.is_none()
        });
        let Some((content, year)) =
            anchor.and_then(|anchor| Some((anchor.content, year_of(anchor.content)?)))
        else {
            return;
        };
        let by = match echo {
            Echo::Shift(by) => by,
            Echo::Year(to) => to - year,
        };
        if let (Some(content), Some(item)) = (shifted(content, by), items.get_mut(at)) {
            item.content = content;
            item.kind =
                if matches!(content, Content::Between(..)) { FigureKind::Period } else { FigureKind::Date };
        }
    }

    /// What a change is of, and what it is compared with.
    pub(crate) fn change(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        let Some(direction) = item.direction else { return };
        let level = |other: &Item| {
            matches!(other.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count)
                && other.direction.is_none()
                && matches!(other.content, Content::Number(_))
        };
        // "rose 3% to $5 billion".
        let next = items
            .get(at + 1)
            .filter(|next| level(next) && next.first == item.end + 1 && self.is(item.end, words::TO));
        // "$2.8 billion, which is 40% more", "$5 billion, up 3%".
        let previous = items.get(from..at).and_then(<[Item]>::last).filter(|previous| {
            let from = match previous.counted {
                Counted::Noun(noun) => noun + 1,
                _ => previous.end,
            };
            let gap = from..item.first;
            level(previous)
                && item.kind == FigureKind::Percent
                && !gap.is_empty()
                && gap.len() <= 6
                && self.is_any(gap.start, &[words::COMMA, words::OPEN])
                && gap.clone().all(|at| !self.is(at, words::AND))
        });
        let of = if next.is_some() { Some(at + 1) } else { previous.map(|_| at - 1) };
        let value = of.and_then(|of| items.get(of)).and_then(|level| baseline(item, *level, direction));
        // The period behind "than", "from", "compared with".
        let period = items.get(at + 1..).unwrap_or_default().iter().take(3).position(|other| {
            other.is_time()
                && other.first - item.end <= REACH
                && (item.end..other.first).any(|at| {
                    self.is_any(
                        at,
                        &[
                            words::THAN,
                            words::FROM,
                            words::COMPARED,
                            words::VERSUS,
                            words::AGAINST,
                            words::OVER,
                        ],
                    )
                })
        });
        if let Some(item) = items.get_mut(at) {
            item.of = of;
            item.baseline_value = value;
            item.baseline_period = period.map(|ahead| at + 1 + ahead);
        }
    }

    /// "fell from 60 percent to 45 percent", "rose to $9 billion from $8 billion": the new level, with the old one as its baseline.
    fn level(&self, items: &mut [Item], from: usize, at: usize) {
        let Some(&item) = items.get(at) else { return };
        let before = item.first.wrapping_sub(1);
        if item.direction.is_some() || item.is_time() || !self.is(before, words::TO) {
            return;
        }
        let old =
            |other: &Item| other.counted == item.counted && self.is(other.first.wrapping_sub(1), words::FROM);
        let earlier =
            items.get(from..at).and_then(<[Item]>::last).filter(|other| old(other) && other.end == before);
        let later = items.get(at + 1).filter(|other| old(other) && other.first == item.end + 1);
        let (Some(other), verb_behind) = (match earlier {
            Some(other) => (Some(other), other.first.wrapping_sub(1)),
            None => (later, before),
        }) else {
            return;
        };
        let Content::Number(baseline) = other.content else { return };
        let Some(direction) = self.mover_before(verb_behind) else { return };
        if let Some(item) = items.get_mut(at) {
            (item.direction, item.baseline_value) = (Some(direction), Some(baseline));
        }
    }

    /// The period of each figure: the last one told before it in the sentence, or the next one behind "in".
    pub(crate) fn periods(&self, items: &mut [Item], from: usize) {
        let spans_time = |item: &Item| {
            matches!(
                item.content,
                Content::Between(..)
                    | Content::Time(
                        When::Year(_)
                            | When::Half(..)
                            | When::Quarter(..)
                            | When::Season(..)
                            | When::Month(..)
                            | When::Week(..)
                            | When::AnyMonth(_)
                            | When::AnyQuarter(_)
                            | When::Offset(..)
                    )
            ) && item.is_time()
        };
        let taken = |items: &[Item], at: usize| {
            items
                .iter()
                .skip(at.saturating_sub(3).max(from))
                .take(3)
                .any(|item| item.baseline_period == Some(at))
        };
        let mut last = None;
        for at in from..items.len() {
            let Some(&item) = items.get(at) else { break };
            if spans_time(&item) {
                if !taken(items, at) && item.echo.is_none() {
                    last = Some(at);
                }
                continue;
            }
            if item.is_time() || matches!(item.kind, FigureKind::Ordinal | FigureKind::Duration) {
                continue;
            }
            let ahead = items.get(at + 1..).unwrap_or_default().iter().take(3).position(|other| {
                spans_time(other)
                    && other.echo.is_none()
                    && other.first - item.end <= REACH
                    && self.is_any(other.first.wrapping_sub(1), &[words::IN, words::FOR, words::DURING])
            });
            let ahead = ahead.map(|ahead| at + 1 + ahead).filter(|at| !taken(items, *at));
            if let Some(item) = items.get_mut(at) {
                item.period = last.or(ahead);
            }
        }
    }
}

/// The value from which `item` percent up or down led to `level`.
fn baseline(item: Item, level: Item, direction: Direction) -> Option<Decimal> {
    let (Content::Number(percent), Content::Number(value), FigureKind::Percent) =
        (item.content, level.content, item.kind)
    else {
        return None;
    };
    if !matches!(item.counted, Counted::Unit(unit) if unit.code == "%") {
        return None;
    }
    let magnitude = if percent < Decimal::ZERO { percent.negate() } else { percent };
    let share = magnitude.scale(-2)?;
    let factor = Decimal::from(1).plus(if direction == Direction::Down { share.negate() } else { share })?;
    if factor <= Decimal::ZERO {
        return None;
    }
    // As exact as the words can be: ten digits are more than any of them gives.
    value.divided_by(factor, 10)
}
