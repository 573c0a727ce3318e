//! Classes of words in a pattern: numbers, units of time, lengths of time and dates, read token by token.

use copydesk_core::hash_lowered;

use crate::item::{Content, Item};
use crate::lex::{calendar_number, number};
use crate::origin;
use crate::parse::dates::{ago, calendar, dated, day, deictic, month, year};
use crate::patterns::Patterns;
use crate::patterns::matcher::Captures;
use crate::patterns::syntax::Words;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::words;
use crate::when::{Step, When};

const FORTNIGHT: u64 = hash_lowered("fortnight");

const FORTNIGHTS: u64 = hash_lowered("fortnights");

/// The number of units that "a few" and "several" are read as.
const SEVERAL: i32 = 3;

/// What a class of words matched, as far as it is stored; a date is read again for the figure.
pub(crate) enum Seen {
    Count(i32, bool),
    Small(u8),
    Year(Option<i16>),
    Words,
}

impl Seen {
    /// Stores what was matched from a token on.
    pub(crate) fn store(&self, class: Words, at: usize, captures: &mut Captures) {
        match (class, self) {
            (Words::Hour, Self::Small(hour)) => captures.hour = i8::try_from(*hour).ok(),
            (Words::Minutes, Self::Small(minute)) => captures.minute = i8::try_from(*minute).ok(),
            (Words::Nth, Self::Small(nth)) => captures.nth = Some(*nth),
            (Words::Nth2, Self::Small(nth)) => captures.nth2 = Some(*nth),
            (_, Self::Small(unit)) => captures.unit = Some(*unit),
            (_, Self::Count(count, exact)) => captures.count = Some((*count, *exact)),
            (_, Self::Year(year)) => (captures.year, captures.inner) = (*year, Some((class, at))),
            (Words::Units, Self::Words) => captures.units = Some(at),
            (Words::Length | Words::NumberLength | Words::ALength, Self::Words) => captures.length = Some(at),
            (_, Self::Words) => captures.inner = Some((class, at)),
        }
    }
}

/// A sentence in which classes of words are read, and the patterns of dates inside a match.
#[derive(Clone, Copy)]
pub(crate) struct WordsAt<'w> {
    pub(crate) scope: &'w Scope<'w>,
    pub(crate) inside: Option<&'w Patterns>,
}

impl WordsAt<'_> {
    /// The token after the words of a class that begin at a token, and what they mean.
    pub(crate) fn read(self, class: Words, at: usize) -> Option<(usize, Seen)> {
        let scope = self.scope;
        Some(match class {
            Words::Count => {
                let (count, exact, end) = count(scope, at)?;
                (end, Seen::Count(count, exact))
            }
            Words::Nth | Words::Nth2 => {
                let (nth, end) = nth(scope, at)?;
                (end, Seen::Small(nth))
            }
            Words::Hour => {
                let hour = small_number(scope, at).filter(|hour| *hour <= 24)?;
                (at + 1, Seen::Small(hour))
            }
            Words::Few => {
                let minutes = small_number(scope, at).filter(|minutes| (1..30).contains(minutes))?;
                (at + 1, Seen::Count(i32::from(minutes), true))
            }
            Words::Minutes => {
                let (minute, end) = spoken_minutes(scope, at)?;
                (end, Seen::Small(minute))
            }
            Words::Unit => {
                let entry = scope.entry(at);
                let week_end = entry.calendar == 1 && scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1);
                let named = entry.is(role::SPAN) && (1..=5).contains(&entry.calendar);
                let one = named && !scope.text(at).ends_with('s') && !week_end;
                one.then_some((at + 1, Seen::Small(entry.calendar)))?
            }
            Words::Units => (units(scope, at)?.1, Seen::Words),
            Words::Length | Words::NumberLength | Words::ALength => {
                let article = scope.is_any(at, &[words::A, words::AN, words::HALF, words::COUPLE]);
                let fits = class == Words::Length || article == (class == Words::ALength);
                // "a" is frequent, and a unit seldom follows it.
                let unit =
                    |at: usize| scope.has(at, role::SPAN) || scope.is_any(at, &[words::COUPLE, FORTNIGHT]);
                if scope.is_any(at, &[words::A, words::AN]) && !unit(at + 1) {
                    return None;
                }
                if !fits || !ago::may_begin_length(scope, at) {
                    return None;
                }
                (ago::length(scope, at)?.end, Seen::Words)
            }
            Words::InYear => {
                let (year, end) = year::year_of(scope, at)?;
                (end, Seen::Year(year))
            }
            Words::Named | Words::Date | Words::Pointed | Words::This | Words::InMonth | Words::Whole => {
                (self.date(class, at)?.end, Seen::Words)
            }
        })
    }

    /// The date that the words of a class are.
    pub(crate) fn date(self, class: Words, at: usize) -> Option<Item> {
        let scope = self.scope;
        match class {
            Words::Named => calendar::calendar(scope, at).or_else(|| self.inside?.date_inside(scope, at)),
            Words::Date => self
                .date(Words::Named, at)
                .or_else(|| named_day(scope, at))
                .filter(|item| matches!(item.content, Content::Time(_))),
            Words::Pointed => deictic::deictic(scope, at),
            Words::This => deictic::running(scope, at),
            Words::InMonth => month::in_month(scope, at),
            Words::Whole => year::whole(scope, at),
            _ => None,
        }
    }
}

/// "tomorrow", in "two weeks after tomorrow".
fn named_day(scope: &Scope<'_>, at: usize) -> Option<Item> {
    const DAYS: [(u64, i32); 3] =
        [(hash_lowered("yesterday"), -1), (hash_lowered("today"), 0), (hash_lowered("tomorrow"), 1)];
    let (_, days) = DAYS.iter().find(|(word, _)| scope.is(at, *word))?;
    let when = When::offset(scope.today, *days, Step::Day);
    Some(dated::date_item(scope, at, at + 1, when, origin::RELATIVE_DAY))
}

/// The unit in the plural that begins at a token, and the token after it.
pub(crate) fn units(scope: &Scope<'_>, at: usize) -> Option<(Unit, usize)> {
    let text = scope.text(at);
    if !(text.ends_with('s') && text.len() > 1 || text.eq_ignore_ascii_case("fortnight")) {
        return None;
    }
    scope.longest_unit(at).filter(|(unit, _)| unit.measures == Measures::Time)
}

/// The value of an ordinal up to 31, and the next token.
fn nth(scope: &Scope<'_>, at: usize) -> Option<(u8, usize)> {
    if let Some(value) = calendar_number::ordinal_value(scope, at) {
        return Some((value, at + 1));
    }
    // "twenty-third"; most numbers in words are followed by none.
    if !(1..=3).any(|ahead| scope.has(at + ahead, role::ORDINAL)) {
        return None;
    }
    // Digits alone are no ordinal.
    let (day, end) = day::day_words(scope, at, false).filter(|_| !scope.is_number(at))?;
    Some((u8::try_from(day).ok()?, end))
}

/// A number of one token, in digits or as a word.
fn small_number(scope: &Scope<'_>, at: usize) -> Option<u8> {
    let entry = scope.entry(at);
    let word = scope.is_word(at) && entry.is(role::CARDINAL);
    if word { Some(entry.value) } else { u8::try_from(scope.small(at)?).ok() }
}

/// "thirty", "forty-five", "oh five" after an hour, and the next token.
fn spoken_minutes(scope: &Scope<'_>, at: usize) -> Option<(u8, usize)> {
    let word = |at: usize| {
        Some(scope.entry(at))
            .filter(|entry| entry.is(role::CARDINAL) && scope.is_word(at))
            .map(|entry| entry.value)
    };
    if scope.is(at, hash_lowered("oh")) {
        return word(at + 1).filter(|minute| (1..10).contains(minute)).map(|minute| (minute, at + 2));
    }
    let minute = word(at).filter(|minute| (5..60).contains(minute))?;
    let hyphen = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let one = word(at + 1 + hyphen).filter(|one| minute >= 20 && minute % 10 == 0 && (1..10).contains(one));
    match one {
        Some(one) => Some((minute + one, at + 2 + hyphen)),
        None => (hyphen == 0).then_some((minute, at + 1)),
    }
}

/// A number of units, whether the text gives it, and the next token.
fn count(scope: &Scope<'_>, at: usize) -> Option<(i32, bool, usize)> {
    if scope.is_any(at, &[words::FEW, hash_lowered("several")]) {
        return Some((SEVERAL, false, at + 1));
    }
    if scope.is(at, words::COUPLE) {
        return Some((2, true, at + 1 + usize::from(scope.is(at + 1, words::OF))));
    }
    let number = scope.is_number(at) || scope.has(at, role::CARDINAL);
    // Most numbers are not followed by a unit of time.
    let timed = |at: usize| scope.has(at, role::SPAN | role::WEEKDAY) || scope.is(at, FORTNIGHTS);
    if !number || !(1..6).any(|ahead| timed(at + ahead)) {
        return None;
    }
    let numeral = number::numeral(scope, at)?;
    let power = u32::try_from(numeral.value.exponent()).ok()?;
    let count = numeral.value.mantissa().checked_mul(10i64.checked_pow(power)?)?;
    Some((i32::try_from(count).ok()?, true, numeral.end))
}
