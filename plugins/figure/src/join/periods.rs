//! Periods that follow from others: "the same period last year".

use copydesk_core::layers::FigureKind;
use jiff::Span;
use jiff::civil::Date;

use crate::item::{Content, Item, RelativeTo};
use crate::parse::dates::same_period::{shifted, year_of};
use crate::when::{Step, When};

/// A day moved by months and days, if the calendar goes so far.
fn moved(day: Date, months: i32, days: i32) -> Option<Date> {
    let span = Span::new().try_months(months).ok()?.try_days(days).ok()?;
    day.checked_add(span).ok()
}

/// "the same period last year": the last period before it, moved.
pub(crate) fn resolve_relative(items: &mut [Item], at: usize) {
    let Some(Item { relative_to: Some(relative_to), first, .. }) = items.get(at).copied() else { return };
    if let RelativeTo::Moved { months, days } = relative_to {
        let day =
            items.get(..at).unwrap_or_default().iter().rev().take(16).find_map(|item| match item.content {
                Content::Time(When::Day(day)) if item.relative_to.is_none() => Some(day),
                _ => None,
            });
        if let (Some(day), Some(item)) = (day, items.get_mut(at))
            && let Some(moved) = moved(day, months, days)
        {
            item.content = Content::Time(When::Day(moved));
        } else if items.get(..at).unwrap_or_default().iter().rev().take(16).any(Item::is_time)
            && let Some(item) = items.get_mut(at)
        {
            // Counted from some other event of the story, not from the day of publication.
            let when =
                if months == 0 { When::Offset(days, Step::Day) } else { When::Offset(months, Step::Month) };
            item.content = Content::Time(when);
        }
        return;
    }
    // A period that was given long ago is not what the text refers to.
    let near = |anchor: &Item| first <= anchor.end + 120;
    let anchor =
        items.get(..at).unwrap_or_default().iter().rev().take(16).find(|item| {
            item.is_time() && is_stretch(&item.content) && item.relative_to.is_none() && near(item)
        });
    let Some((content, year)) = anchor.and_then(|anchor| Some((anchor.content, year_of(anchor.content)?)))
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

/// Whether it is a stretch of the calendar: some year, a part of one, or a time between two dates.
fn is_stretch(content: &Content) -> bool {
    use When::{Half, Month, Quarter, Season, Year};
    matches!(
        content,
        Content::Between(..) | Content::Time(Year(_) | Half(..) | Quarter(..) | Month(..) | Season(..))
    )
}
