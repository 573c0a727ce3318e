//! The period of each figure: the date that its own clause gives, or none.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Item, after};
use crate::origin::Form;
use crate::relate::clauses::Clauses;
use crate::relate::phrases::{Kind, Phrases};
use crate::relate::{change, levels};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// Words between a figure and its period.
const BEFORE: [u64; 7] =
    [words::IN, words::FOR, words::DURING, words::BY, words::BETWEEN, words::AT, words::OVER];

/// Words of a clause that is about the day of publication.
const PRESENT: [u64; 4] =
    [words::NOW, hash_lowered("currently"), hash_lowered("today"), hash_lowered("nowadays")];

/// The maximum number of tokens between a figure and a period after it.
const REACH: usize = 14;

/// Sets the periods of the figures from index `from` on, those of this sentence, to the dates that their clauses give.
pub(crate) fn periods(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    let here = items.get(from..).unwrap_or_default();
    if !here.iter().any(spans_time) || here.iter().all(Item::is_time) {
        return;
    }
    let phrases = Phrases::of(scope, items, from);
    let clauses = Clauses::of(&phrases);
    for at in from..items.len() {
        let Some(item) = items.get(at) else { break };
        if item.is_time() || item.kind == FigureKind::Ordinal {
            continue;
        }
        let period = period_after(scope, items, from, at).or_else(|| {
            let sentence = Sentence { scope, phrases: &phrases, clauses: &clauses, items, from };
            sentence.period(at)
        });
        if let Some(item) = items.get_mut(at) {
            item.period = period;
        }
    }
}

/// "12% in 2015", "9% last week", "8,400 at the end of 2021", "1.4 million as of 2008": a date directly after the figure.
fn period_after(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> Option<usize> {
    let item = items.get(at)?;
    let next = items.get(at + 1).filter(|next| spans_time(next))?;
    let old = levels::is_old_level(scope, items, from, at);
    let end = after(item);
    let applies = match next.first.checked_sub(end)? {
        0 => old || next.origin.form == Form::Relative,
        1 => scope.is_any(end, &BEFORE),
        2 if scope.is_any(end, &[words::AND, words::COMMA, words::BUT, words::WHILE]) => false,
        2 if scope.is(end, hash_lowered("as")) => scope.is(end + 1, words::OF),
        2 => scope.is_any(end + 1, &BEFORE) || scope.is(end + 1, words::THE),
        3 => next.origin.form == Form::Relative && scope.is(end, words::ON),
        _ => false,
    };
    (applies && (next.relative_to.is_none() || old)).then_some(at + 1)
}

/// A sentence with its figures, in which periods are found.
struct Sentence<'a> {
    scope: &'a Scope<'a>,
    phrases: &'a Phrases<'a>,
    clauses: &'a Clauses,
    items: &'a [Item],
    /// The index of the sentence's first figure.
    from: usize,
}

impl Sentence<'_> {
    /// The period of a figure that no date follows directly.
    fn period(&self, at: usize) -> Option<usize> {
        let item = self.items.get(at)?;
        // "the two countries": a number that identifies its noun was not counted in that period.
        let definite =
            item.kind == FigureKind::Count && self.scope.listed(item.first.wrapping_sub(1), list::DEFINITE);
        if item.kind == FigureKind::Duration
            || definite
            || levels::is_old_level(self.scope, self.items, self.from, at)
        {
            return None;
        }
        let here = self.phrases.place_of(item.first);
        let fits = |place: &usize| self.fits(*place);
        let own = |place: &usize| {
            self.items
                .get(*place)
                .is_some_and(|time| self.clauses.together(self.phrases.place_of(time.first), here))
        };
        let before = (self.from..at).rev().find(|place| fits(place) && own(place));
        before.or_else(|| self.ahead(item, at).filter(own)).or_else(|| self.opening_date(here))
    }

    /// Whether a figure is a date that can be the period of others.
    fn fits(&self, place: usize) -> bool {
        self.items.get(place).is_some_and(|time| {
            spans_time(time)
                && time.relative_to.is_none()
                && !self.is_led_away(time)
                && !self.is_baseline(place)
        })
    }

    /// "unchanged since the 1990s", "the market of the 1980s", "the three months to June": a date that a preposition ties to something
    /// else.
    fn is_led_away(&self, time: &Item) -> bool {
        let before = time.first.wrapping_sub(1);
        let leader = before.wrapping_sub(usize::from(self.scope.is(before, words::THE)));
        let ends_duration = || {
            let items = self.items.get(self.from..).unwrap_or_default();
            items.iter().any(|item| item.kind == FigureKind::Duration && item.end == leader)
        };
        // "a debt of $6 billion, due in 2027"
        let is_due =
            matches!(self.scope.text(before.wrapping_sub(1)), "due" | "maturing" | "matures" | "mature");
        is_due
            || self.scope.is_any(leader, &[words::SINCE, words::OF])
            || self.scope.is(leader, words::TO) && ends_duration()
    }

    /// Whether the date is the baseline of a change.
    fn is_baseline(&self, place: usize) -> bool {
        let first = place.saturating_sub(3).max(self.from);
        self.items.iter().skip(first).take(3).any(|item| item.baseline_period == Some(place))
    }

    /// "rose 3 percent to $5 billion in May": a date after the figure, after a preposition or relative to the day of publication.
    fn ahead(&self, item: &Item, at: usize) -> Option<usize> {
        (at + 1..self.items.len()).take(3).find(|place| {
            self.items.get(*place).is_some_and(|time| {
                let led =
                    self.scope.is_any(time.first.wrapping_sub(1), &[words::IN, words::FOR, words::DURING]);
                let plain = time.origin.form == Form::Relative
                    && !(item.end..time.first).any(|at| self.scope.is(at, words::COMMA));
                let starts = change::begins_then(self.scope, time);
                // "to three points from nine in August": the date of the level before.
                let of_level_before =
                    !starts && (item.end..time.first).any(|at| self.scope.is(at, words::FROM));
                self.fits(*place)
                    && time.first >= item.end
                    && time.first - item.end <= REACH
                    && (led || plain || starts)
                    && !of_level_before
            })
        })
    }

    /// "In May, exports rose 3% and imports fell 2%": a date before the sentence's subject applies to its main clauses, unless one says
    /// "now".
    fn opening_date(&self, here: usize) -> Option<usize> {
        if !self.clauses.is_main(here) || self.says_now(here) {
            return None;
        }
        for place in 0..5 {
            match self.phrases.kind(place) {
                Kind::Time(time) => return Some(time).filter(|time| self.fits(*time)),
                // A quotation mark is among the others.
                Kind::Preposition | Kind::Adverb | Kind::Other => {}
                _ => return None,
            }
        }
        None
    }

    /// Whether the clause of a phrase is about the present.
    fn says_now(&self, here: usize) -> bool {
        (0..self.phrases.len()).filter(|place| self.clauses.together(*place, here)).any(|place| {
            self.phrases.get(place).is_some_and(|phrase| self.scope.is_any(phrase.first, &PRESENT))
        })
    }
}

/// Whether a figure is a stretch of the calendar that something can happen in.
fn spans_time(item: &Item) -> bool {
    use When::{AnyMonth, AnyQuarter, Half, Month, Offset, Quarter, Season, Week, Year};
    item.is_time()
        && matches!(
            item.content,
            Content::Between(..)
                | Content::Time(
                    Year(_)
                        | Half(..)
                        | Quarter(..)
                        | Month(..)
                        | Season(..)
                        | Week(..)
                        | AnyMonth(_)
                        | AnyQuarter(_)
                        | Offset(..)
                )
        )
}
