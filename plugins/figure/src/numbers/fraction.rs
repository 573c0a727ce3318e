//! Fractions as words and digits: "two thirds", "five thirty-seconds", "half a mile", "3/4", "1 over 3".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::lists::list;
use crate::numbers::numeral::{Numeral, bare};
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Digits of a quotient that has no end.
pub(crate) const DIGITS: u32 = 15;

impl Scope<'_> {
    /// A fraction that begins at a token, without what it is of.
    pub(crate) fn fraction(&self, at: usize) -> Option<Numeral> {
        let entry = self.entry(at);
        let spelled = |value: Decimal, end: usize| Numeral {
            spelled: true,
            plain: false,
            fraction: true,
            ..bare(value, end)
        };
        if self.is_word(at) && entry.is(role::CARDINAL) {
            let (value, end) = self.counted_parts(at)?;
            // "two ninths of a million", "three quarters billion".
            let of = if self.is(end, words::OF) && self.is_any(end + 1, &[words::A, words::AN, words::ONE]) {
                2
            } else {
                0
            };
            let scale = self.entry(end + of);
            if scale.is(role::SCALE) && self.is_word(end + of) {
                let value = value.scale(i32::from(scale.value))?;
                return Some(Numeral {
                    spelled: true,
                    plain: false,
                    scale: i32::from(scale.value),
                    ..bare(value, end + of + 1)
                });
            }
            return Some(spelled(value, end));
        }
        if self.is_any(at, &[words::A, words::AN]) && self.has(at + 1, role::FRACTION) {
            // "a third of", "a quarter litre"; "a third man" is one in a row.
            let behind = at + 2;
            // "a quarter-mile"
            let joined = usize::from(self.is(behind, words::HYPHEN) && self.glued(behind));
            let year = self.small(at + 3).is_some_and(|year| year > 1000);
            let of = self.is(behind, words::OF) && !year;
            // "fell by a third to 80"
            let by = self.is(at.wrapping_sub(1), words::BY)
                // "down a fifth on 2019"
                || self.has(at.wrapping_sub(1), role::UP | role::DOWN) && self.is_any(behind, &[words::ON, words::FROM])
                || self.is_any(
                    at.wrapping_sub(1),
                    &[hash_lowered("nearly"), hash_lowered("almost"), hash_lowered("about")],
                ) && self.is(at.wrapping_sub(2), words::BY);
            let unit = by && (!self.is_word(behind) || self.has(behind, role::FUNCTION))
                || self.has(at + 1, role::FRACTION)
                    && self.is_any(at + 1, &[words::HALF, words::QUARTER])
                    && self.unit_of(behind + joined)
                    && !(joined > 0
                        && self.has(behind + 1, role::SPAN)
                        && !self.is(behind + 1, words::CENTURY));
            // "a quarter of a million", "a quarter million"
            let million = of && self.is_any(behind + 1, &[words::A, words::ONE]);
            let scaled = behind + if million { 2 } else { 0 };
            let scale = self.entry(scaled);
            let under = Decimal::from(i32::from(self.entry(at + 1).value));
            if scale.is(role::SCALE)
                && self.is_word(scaled)
                && (million || self.is_any(at + 1, &[words::HALF, words::QUARTER]))
            {
                let power = i32::from(scale.value);
                let value = Decimal::from(1).scale(power)?.divided_by(under, DIGITS)?;
                return Some(Numeral {
                    spelled: true,
                    plain: false,
                    scale: power,
                    ..bare(value, scaled + 1)
                });
            }
            if !(of || unit || self.is_compared(behind) || self.is_end(behind)) {
                return None;
            }
            return Some(spelled(Decimal::from(1).divided_by(under, DIGITS)?, behind));
        }
        if self.is(at, words::HALF) {
            let scale = at + 1 + usize::from(self.is_any(at + 1, &[words::A, words::AN]));
            if self.has(scale, role::SCALE) || self.is(scale, words::DOZEN) {
                return None;
            }
            return self.half(at).map(|end| spelled(Decimal::new(5, -1).unwrap_or_default(), end));
        }
        // "quarter of an hour", "quarter of a million"
        if self.is(at, words::QUARTER)
            && self.is(at + 1, words::OF)
            && self.is_any(at + 2, &[words::A, words::AN])
            && self.has(at + 3, role::UNIT | role::SCALE)
            && !self.has(at.wrapping_sub(1), role::ORDINAL | role::RELATIVE)
            && !self.is_any(at.wrapping_sub(1), &[words::THE, words::A])
        {
            let scale = self.entry(at + 3);
            let power = if scale.is(role::SCALE) { i32::from(scale.value) } else { 0 };
            let value = Decimal::new(25, -2)?.scale(power)?;
            return Some(if power > 0 {
                Numeral { spelled: true, plain: false, scale: power, ..bare(value, at + 4) }
            } else {
                spelled(value, at + 1)
            });
        }
        // "quarter-litre", "third of gallon".
        if self.is_word(at) && entry.is(role::FRACTION) && entry.value > 2 && at == self.start {
            let joint = usize::from(self.is(at + 1, words::OF) || self.is(at + 1, words::HYPHEN));
            let fits = joint > 0 && self.unit_of(at + 1 + joint)
                || entry.value == 4 && self.is_end(at + 1) && self.is(at, words::QUARTER);
            return fits
                .then(|| Decimal::from(1).divided_by(Decimal::from(i32::from(entry.value)), DIGITS))
                .flatten()
                .map(|value| spelled(value, at + 1));
        }
        if self.is(at + 1, words::OVER) && at == self.start && self.is_number(at) {
            let under =
                self.numeral(at + 2).filter(|under| self.is_end(under.end) && under.unit.is_none())?;
            let value = Decimal::from(self.small(at)? as i32).divided_by(under.value, DIGITS)?;
            return Some(Numeral { plain: false, fraction: true, ..bare(value, under.end) });
        }
        // "3 quarters of an hour"
        if let Some(over) = self.small(at)
            && self.has(at + 1, role::FRACTION)
            && self.is_word(at + 1)
            && self.is(at + 2, words::OF)
            && (!self.has(at + 1, role::SPAN) || self.is_any(at + 3, &[words::A, words::AN]))
            && let under = i64::from(self.entry(at + 1).value)
            && under >= 2
            && i64::from(over) < under
            && self.agrees(i64::from(over), at + 2)
        {
            let value = Decimal::new(i64::from(over), 0)?.divided_by(Decimal::new(under, 0)?, DIGITS)?;
            return Some(spelled(value, at + 2));
        }
        let (over, under) = (self.small(at)?, self.small(at + 2)?);
        let slash = self.is(at + 1, words::SLASH) && self.glued(at + 1) && self.glued(at + 2);
        let more = self.is(at + 3, words::SLASH) && self.glued(at + 3);
        let whole = self.is_end(at + 3) && at == self.start;
        if !slash || more || self.is(at.wrapping_sub(1), words::SLASH) || under == 0 {
            return None;
        }
        if !whole && (over >= under || under > 100) {
            return None;
        }
        let value = Decimal::from(over as i32).divided_by(Decimal::from(under as i32), DIGITS)?;
        Some(Numeral { plain: false, fraction: true, ..bare(value, at + 3) })
    }

    /// "a fifth lower than", "a third more than": a part that something differs by.
    fn is_compared(&self, at: usize) -> bool {
        self.is(at + 1, words::THAN)
            && (self.has(at, role::UP | role::DOWN)
                || self.is_any(at, &[words::MORE, words::LESS, hash_lowered("fewer")]))
    }

    /// "a quarter-point cut", "a half-point hike": parts of a percentage point, as central banks move rates.
    pub(crate) fn part_of_point(&self, at: usize) -> Option<Item> {
        let value = match self.hash(at) {
            words::HALF => Decimal::new(5, -1)?,
            words::QUARTER => Decimal::new(25, -2)?,
            _ => return None,
        };
        let joined = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        // "by half a point", "a quarter of a point"
        let of = usize::from(self.is(at, words::QUARTER) && self.is(at + 1, words::OF));
        if joined == 0 && self.is(at + 1 + of, words::A) && self.is(at + 2 + of, hash_lowered("point")) {
            return self.part_of_rate(at, at + 3 + of, value);
        }
        let point = at + 1 + joined;
        const MOVES: [&str; 6] = ["move", "moves", "adjustment", "change", "tightening", "easing"];
        let moved = self.has(point + 1, role::UP | role::DOWN) || MOVES.contains(&self.text(point + 1));
        if !self.is(point, hash_lowered("point")) || !moved {
            return None;
        }
        let span = self.span(at, point + 1);
        let mut item =
            Item::new(at, point + 1, span, FigureKind::Percent, Content::Number(value), "part-of-point");
        item.counted = Counted::Unit(self.vocabulary.point()?);
        Some(item)
    }

    /// A part of a percentage point, where the sentence is about rates or percentages: points of games are whole.
    fn part_of_rate(&self, at: usize, end: usize, value: Decimal) -> Option<Item> {
        let rate = |at: usize| {
            matches!(
                self.text(at),
                "rate" | "rates" | "percent" | "%" | "cent" | "pct" | "yield" | "inflation"
            )
        };
        if !(1..14).any(|near| rate(at.wrapping_sub(near)) || rate(end + near)) {
            return None;
        }
        let span = self.span(at, end);
        let mut item = Item::new(at, end, span, FigureKind::Percent, Content::Number(value), "part-of-point");
        item.counted = Counted::Unit(self.vocabulary.point()?);
        Some(item)
    }

    /// Whether nothing but punctuation follows in the sentence.
    pub(crate) fn is_end(&self, at: usize) -> bool {
        const STOPS: [u64; 3] = [words::DOT, hash_lowered("!"), hash_lowered("?")];
        self.token(at).is_none() || self.is_any(at, &STOPS) && self.token(at + 1).is_none()
    }

    /// Whether a unit's name is at a token, long enough to be sure.
    fn unit_of(&self, at: usize) -> bool {
        self.has(at, role::UNIT)
            && (self.text(at).len() > 2 || self.is_any(at, &[hash_lowered("kg"), hash_lowered("km")]))
    }

    /// "half", where it is one of something: "half the", "half of", "half a mile", "half litre", "half-hour".
    fn half(&self, at: usize) -> Option<usize> {
        let previous = at.wrapping_sub(1);
        let second = self.has(previous, role::ORDINAL)
            || self.is_any(
                previous,
                &[
                    words::THE,
                    words::AND,
                    words::LAST,
                    words::HYPHEN,
                    words::TOP,
                    words::BOTTOM,
                    words::OTHER,
                ],
            );
        let article = self.is_any(at + 1, &[words::A, words::AN]) && self.unit_of(at + 2);
        let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
        let unit = self.unit_of(at + 1 + hyphen)
            && !(hyphen > 0 && self.has(at + 2, role::SPAN) && self.entry(at + 2).calendar > 9);
        if article {
            return Some(at + 2);
        }
        if unit {
            return Some(at + 1);
        }
        let people = self.is(previous, hash_lowered("than")) && self.has(at + 1, role::COLLECTIVE);
        // "by half", "by almost half", "by more than half"
        let lead = (0..3)
            .map(|back| previous.wrapping_sub(back))
            .find(|at| self.is(*at, words::BY) || !self.has(*at, role::ADVERB | role::BOUND));
        let by = lead.is_some_and(|at| self.is(at, words::BY))
            && (!self.is_word(at + 1) || self.has(at + 1, role::FUNCTION));
        // "roughly half", "less than half"
        let bounded = !self.is_word(at + 1) && self.is_bounded(at);
        (!second && (self.listed(at + 1, list::HALF_OF) || people || by || bounded)).then_some(at + 1)
    }
}
