//! Parts of a whole and places in a row.

use copydesk_core::hash_lowered;
use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, TokenKind};

use crate::amount::Found;
use crate::item::{Content, Counted, Item};
use crate::numeral::read_digits;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Digits of a quotient that has no end.
const DIGITS: u32 = 15;

impl Scope<'_> {
    fn part(
        &self,
        first: usize,
        end: usize,
        over: Decimal,
        under: Decimal,
        rule: &'static str,
    ) -> Option<Item> {
        let value = over.divided_by(under, DIGITS)?;
        let mut item =
            Item::new(first, end, self.span(first, end), FigureKind::Ratio, Content::Number(value), rule);
        // Of what: "two thirds of the sales", "one in five children".
        let whole =
            if self.is(end, words::OF) { self.whole_noun(end + 1) } else { self.counted_noun(end, false) };
        if let Some(noun) = whole {
            item.counted = Counted::Noun(noun);
        }
        Some(item)
    }

    /// "two thirds", "a quarter of", "half the", "3/4".
    pub(crate) fn fraction(&self, at: usize) -> Option<Item> {
        let entry = self.entry(at);
        if entry.is(role::CARDINAL) && self.is_word(at) {
            let hyphen = usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
            let under = self.entry(at + 1 + hyphen);
            let text = self.text(at + 1 + hyphen);
            let plural = text.ends_with('s') && !text.ends_with("ss") || text == "halves";
            if under.is(role::FRACTION)
                && entry.value > 0
                && entry.value < under.value
                && (entry.value > 1) == plural
            {
                // "three quarters" without "of" may be nine months; "one second" is time.
                return self.part(
                    at,
                    at + 2 + hyphen,
                    Decimal::from(i32::from(entry.value)),
                    Decimal::from(i32::from(under.value)),
                    "fraction",
                );
            }
            return None;
        }
        if self.is_any(at, &[words::A, words::AN])
            && self.entry(at + 1).is(role::FRACTION)
            && self.is(at + 2, words::OF)
        {
            let year = self.small(at + 3).is_some_and(|year| year > 1000);
            let under = Decimal::from(i32::from(self.entry(at + 1).value));
            return if year { None } else { self.part(at, at + 2, Decimal::from(1), under, "fraction") };
        }
        if self.is(at, words::HALF) {
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
            const BEHIND: [u64; 12] = [
                words::OF,
                words::THE,
                hash_lowered("its"),
                hash_lowered("their"),
                hash_lowered("his"),
                hash_lowered("her"),
                hash_lowered("our"),
                hash_lowered("all"),
                hash_lowered("those"),
                hash_lowered("these"),
                hash_lowered("that"),
                hash_lowered("are"),
            ];
            return if second || !self.is_any(at + 1, &BEHIND) {
                None
            } else {
                self.part(at, at + 1, Decimal::from(1), Decimal::from(2), "fraction")
            };
        }
        let (over, under) = (self.small(at)?, self.small(at + 2)?);
        let slash = self.is(at + 1, words::SLASH) && self.glued(at + 1) && self.glued(at + 2);
        let more = self.is(at + 3, words::SLASH) && self.glued(at + 3);
        if !slash || more || self.is(at.wrapping_sub(1), words::SLASH) || over >= under || under > 100 {
            return None;
        }
        self.part(at, at + 3, Decimal::from(over as i32), Decimal::from(under as i32), "fraction")
    }

    /// "one in five", "12 of 27", "nine out of ten", behind the first number.
    pub(crate) fn ratio_behind(&self, first: usize, end: usize, over: Decimal) -> Option<Item> {
        let under_at = if self.is(end, words::OUT) && self.is(end + 1, words::OF) {
            end + 2
        } else if self.is_any(end, &[words::OF, words::IN]) {
            end + 1
        } else {
            return None;
        };
        let every = usize::from(self.is(under_at, words::EVERY));
        let under = self.numeral(under_at + every)?;
        let behind = under.end;
        let year = under.plain && under.value >= Decimal::from(1000);
        if under.value <= over
            || year
            || under.unit.is_some()
            || under.upper.is_some()
            || over <= Decimal::ZERO
        {
            return None;
        }
        // "2 in 10 days" counts days; "one in five children" does not.
        if self.is(end, words::IN)
            && (self.has(behind, role::UNIT | role::SPAN)
                || over > Decimal::from(99)
                || under.value > Decimal::from(1_000_000))
        {
            return None;
        }
        self.part(first, behind, over, under.value, "ratio")
    }

    /// "first", "21st", "twenty-first".
    pub(crate) fn ordinal(&self, at: usize) -> Option<Found> {
        let token = self.token(at)?;
        let mut end = at + 1;
        let value = if token.kind() == TokenKind::Mixed {
            let text = self.text(at);
            let (value, stop, _) = read_digits(text, 0)?;
            let suffix = text.get(stop..)?;
            if !["st", "nd", "rd", "th"].iter().any(|ending| suffix.eq_ignore_ascii_case(ending)) {
                return None;
            }
            // "4 West 12th Street"
            if self.has(end, role::STREET) && self.is_capitalized(end) {
                return Some(Found::Skip(end + 1));
            }
            value
        } else {
            let entry = self.entry(at);
            if entry.is(role::CARDINAL)
                && entry.value >= 20
                && self.is(at + 1, words::HYPHEN)
                && self.has(at + 2, role::ORDINAL)
            {
                end = at + 3;
                Decimal::from(i32::from(entry.value) + i32::from(self.entry(at + 2).value))
            } else if entry.is(role::ORDINAL) {
                // "At first", "first, …" tell an order of telling, not a place.
                if !(self.is_lower_word(end) && !self.has(end, role::FUNCTION)
                    || self.is(end, words::OF)
                    || self.is(end, words::HYPHEN) && self.text(end + 1).ends_with("est"))
                    || self.is_any(at.wrapping_sub(1), &[words::AT])
                {
                    return None;
                }
                Decimal::from(i32::from(entry.value))
            } else {
                return None;
            }
        };
        Some(Found::Item(Item::new(
            at,
            end,
            self.span(at, end),
            FigureKind::Ordinal,
            Content::Number(value),
            "ordinal",
        )))
    }
}
