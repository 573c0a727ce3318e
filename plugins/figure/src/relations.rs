//! How the figures of a sentence belong together: shared units, what changed, against what, in which period, and what is measured.

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use jiff::ToSpan;

use crate::change::behind;
use crate::item::{Content, Counted, Echo, Item};
use crate::relative::{shifted, year_of};
use crate::scope::Scope;
use crate::vocabulary::Measures;
use crate::when::{Step, When};
use crate::words;

/// What stands between a figure and its period.
const BEFORE: [u64; 7] =
    [words::IN, words::FOR, words::DURING, words::BY, words::BETWEEN, words::AT, words::OVER];

/// Tokens between a figure and what it is related to, at most.
const REACH: usize = 14;

impl Scope<'_> {
    /// Relates the figures from place `from` on: those of this sentence.
    pub(crate) fn relate(&self, items: &mut [Item], from: usize) {
        self.share_units(items, from);
        for at in from + 1..items.len() {
            self.share_currency(items, at);
            self.elided_unit(items, from, at);
            self.noun_behind_size(items, at - 1);
        }
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
            // "3.5 x 7 cm", "10 by 15 metres".
            let crossed = gap.len() == 1
                && self.is_any(gap.start, &[hash_lowered("x"), hash_lowered("×"), words::BY])
                && right.kind == FigureKind::Quantity;
            let listed = listed || crossed;
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

    /// "$300 million and 1.7 million": a sign in front holds for the next number of its size too.
    fn share_currency(&self, items: &mut [Item], at: usize) {
        let (left, right) = items.split_at_mut(at);
        let (Some(left), Some(right)) = (left.last(), right.first_mut()) else { return };
        let gap = left.end..right.first;
        let listed = (1..=2).contains(&gap.len())
            && gap.clone().all(|at| self.is_any(at, &[words::AND, words::COMMA, words::OR]));
        if listed
            && left.rule == "currency"
            && left.per.is_none()
            && left.scale > 0
            && right.is_bare()
            && right.scale >= left.scale - 3
            && right.scale > 0
            && let Counted::Unit(unit) = left.counted
        {
            right.set_unit(unit);
            (right.rule, right.confidence) = ("shared-unit", 0.75);
        }
    }

    /// "eight million 250ml bottles", "two 500 MW reactors": the noun behind the size is what the first number counts.
    fn noun_behind_size(&self, items: &mut [Item], at: usize) {
        let (Some(item), Some(size)) = (items.get(at), items.get(at + 1)) else { return };
        let sized = item.is_bare() && size.first == item.end && size.kind == FigureKind::Quantity;
        if !sized {
            return;
        }
        if let Some(noun) = self.plural_noun(size.end)
            && let Some(item) = items.get_mut(at)
        {
            item.counted = Counted::Noun(noun);
        }
    }

    /// "3.9 million headsets, up from 2.4 million", "460 vans, compared with 63": the unit of the figure that is compared.
    fn elided_unit(&self, items: &mut [Item], from: usize, at: usize) {
        const BEFORE: [u64; 8] = [
            words::FROM,
            words::TO,
            words::THAN,
            words::VERSUS,
            words::AGAINST,
            hash_lowered("with"),
            hash_lowered("including"),
            hash_lowered("vs"),
        ];
        let Some(&item) = items.get(at) else { return };
        if !item.is_bare() || !matches!(item.content, Content::Number(_)) {
            return;
        }
        if self.unit_of_converted(items, from, at) {
            return;
        }
        if !self.is_any(item.first.wrapping_sub(1), &BEFORE) {
            self.unit_of_dated(items, from, at);
            return;
        }
        // "fewer than 300" compares with nothing that was told.
        const MORE: [&str; 4] = ["more", "less", "fewer", "rather"];
        let before = item.first.wrapping_sub(1);
        if self.is(before, words::THAN) && MORE.contains(&self.text(before.wrapping_sub(1))) {
            return;
        }
        let with = self.is(item.first.wrapping_sub(1), hash_lowered("with"));
        if with && !self.is(item.first.wrapping_sub(2), words::COMPARED) {
            return;
        }
        let other = (from..at).rev().take(6).filter_map(|place| items.get(place)).find(|other| {
            matches!(other.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count)
                && other.counted != Counted::Nothing
                && other.per.is_none()
        });
        // "to" alone leads to many things; it needs the same size or a count before.
        let Some(&other) = other else { return };
        let (Content::Number(a), Content::Number(b)) = (item.content, other.content) else { return };
        let ratio = a.to_f64().abs().max(1e-9) / b.to_f64().abs().max(1e-9);
        if self.is(item.first.wrapping_sub(1), words::TO) && !(0.2..5.0).contains(&ratio) {
            return;
        }
        if let Some(item) = items.get_mut(at) {
            match other.counted {
                Counted::Unit(unit) => item.set_unit(unit),
                counted => item.counted = counted,
            }
            item.rule = "elided-unit";
            item.confidence = 0.75;
        }
    }

    /// "2.4 million yen ($22,000) and 2.1 million ($20,000)": the currency that was converted before.
    fn unit_of_converted(&self, items: &mut [Item], from: usize, at: usize) -> bool {
        let bracketed = |first: &Item, second: &Item| {
            second.kind == FigureKind::Money
                && second.first == first.end + 1
                && self.is(first.end, words::OPEN)
        };
        let (Some(item), Some(next)) = (items.get(at), items.get(at + 1)) else { return false };
        if !bracketed(item, next) {
            return false;
        }
        let told =
            items.get(from..at).unwrap_or_default().windows(2).rev().take(4).find_map(|pair| match pair {
                [first, second] if bracketed(first, second) && second.counted == next.counted => {
                    match first.counted {
                        Counted::Unit(unit) if unit.measures == Measures::Money => Some(unit),
                        _ => None,
                    }
                }
                _ => None,
            });
        if let (Some(unit), Some(item)) = (told, items.get_mut(at)) {
            item.set_unit(unit);
            (item.rule, item.confidence) = ("elided-unit", 0.75);
        }
        told.is_some()
    }

    /// "2.4 percent in 2018 and 2.1 last year": figures of one series, each with its date.
    fn unit_of_dated(&self, items: &mut [Item], from: usize, at: usize) {
        let dated = |place: usize| {
            let (Some(item), Some(next)) = (items.get(place), items.get(place + 1)) else { return false };
            let gap = next.first.wrapping_sub(behind(item));
            next.is_time() && (gap == 0 || gap == 1 && self.is_any(behind(item), &[words::IN, words::FOR]))
        };
        let Some(before) = at.checked_sub(2).filter(|before| *before >= from) else { return };
        let (Some(&item), Some(&other), Some(time)) =
            (items.get(at), items.get(before), items.get(before + 1))
        else {
            return;
        };
        let joined = item.first.wrapping_sub(time.end);
        let listed = (1..=2).contains(&joined)
            && (time.end..item.first).all(|at| self.is_any(at, &[words::AND, words::COMMA, words::BUT]));
        if !(listed && dated(at) && time.is_time()) || other.counted == Counted::Nothing {
            return;
        }
        if let Some(item) = items.get_mut(at) {
            match other.counted {
                Counted::Unit(unit) => item.set_unit(unit),
                counted => item.counted = counted,
            }
            item.per = other.per;
            item.rule = "elided-unit";
            item.confidence = 0.7;
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
            if item.rule != "multiple" {
                item.direction = self.direction_of(item, first);
            }
            let Some(previous) = left.get(from..).and_then(<[Item]>::last) else { continue };
            if item.direction.is_none() && previous.direction.is_some() && self.is_beside(previous, item) {
                item.direction = previous.direction;
            }
            if item.bound.is_none() && self.converts(previous, item) {
                item.bound = previous.bound;
            }
            if self.converts(previous, item)
                && self.is(item.end, words::CLOSE)
                && item.per.is_none()
                && previous.per.is_none()
                && let Counted::Unit(unit) = item.counted
                && let Some((per, _)) = self.per(unit, item.end + 1)
            {
                // "C$6 (US$4.46) per share", "9 billion shekels ($2.4 billion) a year".
                item.per = Some(per);
                if let Some(previous) = left.last_mut() {
                    previous.per = Some(per);
                }
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
        if let Echo::Moved { months, days } = echo {
            let day = items.get(..at).unwrap_or_default().iter().rev().take(16).find_map(|item| {
                match item.content {
                    Content::Time(When::Day(day)) if item.echo.is_none() => Some(day),
                    _ => None,
                }
            });
            if let (Some(day), Some(item)) = (day, items.get_mut(at))
                && let Ok(moved) = day.checked_add(months.months().days(days))
            {
                item.content = Content::Time(When::Day(moved));
            } else if items.get(..at).unwrap_or_default().iter().rev().take(16).any(Item::is_time)
                && let Some(item) = items.get_mut(at)
            {
                // Counted from some other event of the story, not from the day of publication.
                let when = if months == 0 {
                    When::Offset(days, Step::Day)
                } else {
                    When::Offset(months, Step::Month)
                };
                item.content = Content::Time(when);
            }
            return;
        }
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
            Echo::Moved { .. } => return,
        };
        if let (Some(content), Some(item)) = (shifted(content, by), items.get_mut(at)) {
            item.content = content;
            item.kind =
                if matches!(content, Content::Between(..)) { FigureKind::Period } else { FigureKind::Date };
        }
    }

    /// Whether a figure is what another one is compared with: "up from 8", "compared with 1.4%", "than the $3 million".
    pub(crate) fn is_old_level(&self, items: &[Item], from: usize, at: usize) -> bool {
        let Some(item) = items.get(at) else { return false };
        let before = item.first.wrapping_sub(1);
        let before = before.wrapping_sub(usize::from(self.is(before, words::THE)));
        let held = self
            .is_any(before, &[words::FROM, words::THAN, words::AGAINST, words::VERSUS, hash_lowered("vs")])
            || self.is_any(before, &[hash_lowered("with"), words::TO])
                && self.is_any(before.wrapping_sub(1), &[words::COMPARED, hash_lowered("compares")]);
        // "more than 700" compares with nothing that was told.
        if !held || self.is(before, words::THAN) && item.bound.is_some() {
            return false;
        }
        let level = items.get(from..at).unwrap_or_default().iter().rev().take(4);
        let behind = items.get(at + 1..).unwrap_or_default().iter().take(3);
        let mut same = level.chain(behind).filter(|level| !level.is_time());
        same.any(|level| level.counted == item.counted && level.per.is_some() == item.per.is_some())
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
                let since = self.is(item.first.wrapping_sub(1), words::SINCE);
                if !taken(items, at) && item.echo.is_none() && !since {
                    last = Some(at);
                }
                continue;
            }
            if item.is_time() || item.kind == FigureKind::Ordinal {
                continue;
            }
            let old = self.is_old_level(items, from, at);
            // "12% in 2015", "9% last week", "8,400 at the end of 2021": right behind.
            let next = items.get(at + 1).filter(|next| {
                let gap = next.first.checked_sub(behind(&item));
                spans_time(next)
                    && (next.echo.is_none() || old)
                    && match gap {
                        Some(0) if old => true,
                        Some(0) => next.rule == "relative",
                        Some(1) => self.is_any(behind(&item), &BEFORE),
                        Some(2)
                            if self.is_any(
                                behind(&item),
                                &[words::AND, words::COMMA, words::BUT, words::WHILE],
                            ) =>
                        {
                            false
                        }
                        // "2.3 million as of 2008"
                        Some(2) if self.is(behind(&item), hash_lowered("as")) => {
                            self.is(behind(&item) + 1, words::OF)
                        }
                        Some(2) => {
                            self.is_any(behind(&item) + 1, &BEFORE) || self.is(behind(&item) + 1, words::THE)
                        }
                        Some(3) => next.rule == "relative" && self.is(behind(&item), words::ON),
                        _ => false,
                    }
            });
            if next.is_some() {
                if let Some(item) = items.get_mut(at) {
                    item.period = Some(at + 1);
                }
                continue;
            }
            if item.kind == FigureKind::Duration || old {
                continue;
            }
            let ahead = items.get(at + 1..).unwrap_or_default().iter().take(3).position(|other| {
                spans_time(other)
                    && other.echo.is_none()
                    && other.first >= item.end
                    && other.first - item.end <= REACH
                    && (self.is_any(other.first.wrapping_sub(1), &[words::IN, words::FOR, words::DURING])
                        || other.rule == "relative"
                            && !(item.end..other.first).any(|at| self.is(at, words::COMMA)))
            });
            let ahead = ahead.map(|ahead| at + 1 + ahead).filter(|at| !taken(items, *at));
            if let Some(item) = items.get_mut(at) {
                item.period = last.or(ahead);
            }
        }
    }
}
