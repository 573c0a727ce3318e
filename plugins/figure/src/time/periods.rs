//! The period of each figure, and periods that follow from others: "the same period last year".

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use jiff::ToSpan;

use crate::item::{Content, Item, RelativeTo};
use crate::meaning::change::behind;
use crate::scope::Scope;
use crate::time::same_period::{shifted, year_of};
use crate::time::when::{Step, When};
use crate::words;

/// What is between a figure and its period.
const BEFORE: [u64; 7] =
    [words::IN, words::FOR, words::DURING, words::BY, words::BETWEEN, words::AT, words::OVER];

/// Tokens between a figure and what it is related to, at most.
const REACH: usize = 14;

impl Scope<'_> {
    /// "the same period last year": the last period before it, moved.
    pub(crate) fn resolve_relative(&self, items: &mut [Item], at: usize) {
        let Some(Item { relative_to: Some(relative_to), first, .. }) = items.get(at).copied() else { return };
        if let RelativeTo::Moved { months, days } = relative_to {
            let day = items.get(..at).unwrap_or_default().iter().rev().take(16).find_map(|item| {
                match item.content {
                    Content::Time(When::Day(day)) if item.relative_to.is_none() => Some(day),
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
        // What was given long ago is no longer in the reader's mind.
        let near = |anchor: &Item| first <= anchor.end + 120;
        let anchor = items.get(..at).unwrap_or_default().iter().rev().take(16).find(|item| {
            item.is_time() && is_stretch(&item.content) && item.relative_to.is_none() && near(item)
        });
        let Some((content, year)) =
            anchor.and_then(|anchor| Some((anchor.content, year_of(anchor.content)?)))
        else {
            return;
        };
        let by = match relative_to {
            RelativeTo::Shift(by) => by,
            RelativeTo::Year(to) => to - year,
            RelativeTo::Moved { .. } => return,
        };
        if let (Some(content), Some(item)) = (shifted(content, by), items.get_mut(at)) {
            item.content = content;
            item.kind =
                if matches!(content, Content::Between(..)) { FigureKind::Period } else { FigureKind::Date };
        }
    }

    /// The period of each figure: the last one given before it in the sentence, or the next one after "in".
    pub(crate) fn periods(&self, items: &mut [Item], from: usize) {
        let spans_time = |item: &Item| {
            let unplaced = matches!(
                item.content,
                Content::Time(When::Week(..) | When::AnyMonth(_) | When::AnyQuarter(_) | When::Offset(..))
            );
            item.is_time() && (unplaced || is_stretch(&item.content))
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
                if !taken(items, at) && item.relative_to.is_none() && !since {
                    last = Some(at);
                }
                continue;
            }
            if item.is_time() || item.kind == FigureKind::Ordinal {
                continue;
            }
            let old = self.is_old_level(items, from, at);
            // "12% in 2015", "9% last week", "8,400 at the end of 2021": directly after.
            let next = items.get(at + 1).filter(|next| {
                let gap = next.first.checked_sub(behind(&item));
                spans_time(next)
                    && (next.relative_to.is_none() || old)
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
                        // "1.4 million as of 2008"
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
                    && other.relative_to.is_none()
                    && other.first >= item.end
                    && other.first - item.end <= REACH
                    && (self.is_any(other.first.wrapping_sub(1), &[words::IN, words::FOR, words::DURING])
                        || other.rule == "relative"
                            && !(item.end..other.first).any(|at| self.is(at, words::COMMA)))
            });
            let ahead = ahead.map(|ahead| at + 1 + ahead).filter(|at| !taken(items, *at));
            // "The tram, which opened in 2019, is": a clause with "which" keeps its dates and figures to itself.
            let last = last.filter(|last| {
                !items
                    .get(*last)
                    .is_some_and(|time: &Item| time.first < item.first && self.is_cut_off(time, &item))
            });
            let ahead = ahead
                .filter(|ahead| !items.get(*ahead).is_some_and(|time: &Item| self.is_cut_off(&item, time)));
            if let Some(item) = items.get_mut(at) {
                item.period = last.or(ahead);
            }
        }
    }
}

/// Whether it is a stretch of the calendar: some year, a part of one, or what lies between two.
fn is_stretch(content: &Content) -> bool {
    use When::{Half, Month, Quarter, Season, Year};
    matches!(
        content,
        Content::Between(..) | Content::Time(Year(_) | Half(..) | Quarter(..) | Month(..) | Season(..))
    )
}
