//! Numbers with what they count: money, percent, quantities, durations, counts.

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;

use crate::item::{Content, Counted, Item};
use crate::numeral::Numeral;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

/// What a rule made of the tokens from some place. An item lives for a moment on the stack, so its size does not matter.
#[expect(clippy::large_enum_variant)]
pub(crate) enum Found {
    Item(Item),
    /// They are no figure; go on behind them.
    Skip(usize),
}

pub(crate) const YEARS_OF_AGE: Unit = Unit { measures: Measures::Age, code: "a", name: "year of age" };

/// A number with its unit, before ranges and nouns.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) numeral: Numeral,
    pub(crate) unit: Option<Unit>,
    /// The unit stands before the number.
    pub(crate) prefixed: bool,
    pub(crate) negative: bool,
    /// A hyphen stands before the unit: "20-year".
    pub(crate) hyphen: bool,
}

impl Amount {
    pub(crate) fn value(&self) -> Decimal {
        if self.negative { self.numeral.value.negate() } else { self.numeral.value }
    }
}

impl Scope<'_> {
    /// The figure of a number that begins at a token.
    pub(crate) fn figure(&self, at: usize) -> Option<Found> {
        if let Some(end) = self.part_of_name(at) {
            return Some(Found::Skip(end));
        }
        if let Some(found) = self.fraction(at) {
            return Some(Found::Item(found));
        }
        let Some(low) = self.amount(at) else { return self.ordinal(at) };
        if low.unit.is_none()
            && !low.negative
            && let Some(item) = self.ratio_behind(low.first, low.end, low.numeral.value)
        {
            return Some(Found::Item(item));
        }
        if let Some(end) = self.chain_of_digits(&low) {
            return Some(Found::Skip(end));
        }
        let item = self.range(low).or_else(|| self.single(low));
        // "3-5 Harbour Road": neither a range nor two numbers.
        let address = item.is_none_or(|item| item.is_bare() && item.end == low.end)
            && self.is_dash(low.end)
            && self.glued(low.end)
            && self.is_number(low.end + 1)
            && self.is_capitalized(low.end + 2);
        if address {
            return Some(Found::Skip(low.end + 2));
        }
        Some(item.map_or(Found::Skip(low.end), Found::Item))
    }

    /// Sign, currency, number, unit.
    pub(crate) fn amount(&self, at: usize) -> Option<Amount> {
        let mut start = at;
        let mut negative = false;
        if self.is(at, words::MINUS) {
            start += 1 + usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
            negative = true;
        } else if self.is_any(at, &[words::HYPHEN, words::MINUS_SIGN, words::EN_DASH]) {
            if !self.glued(at + 1)
                || self.glued(at) && !self.is_any(at.wrapping_sub(1), &[words::OPEN, words::SLASH])
            {
                return None;
            }
            start += 1;
            negative = true;
        } else if self.is(at, words::PLUS_SIGN) && !self.glued(at) && self.glued(at + 1) {
            start += 1;
        }
        if start > at
            && !self.token(start)?.has(token_flag::DIGIT)
            && !self.has(start, role::PREFIX | role::CARDINAL)
        {
            return None;
        }
        if let Some((unit, mut numeral)) = self.with_prefix(start) {
            numeral.letter_as_scale();
            return Some(Amount {
                first: at,
                end: numeral.end,
                numeral,
                unit: Some(unit),
                prefixed: true,
                negative,
                hyphen: false,
            });
        }
        let mut numeral = self.numeral(start)?;
        self.decide_letter(&mut numeral);
        let mut amount = Amount {
            first: at,
            end: numeral.end,
            numeral,
            unit: numeral.unit,
            prefixed: false,
            negative,
            hyphen: false,
        };
        // "100km/h": the unit goes on behind the token.
        if amount.unit.is_some() && self.is(numeral.end, words::SLASH) && self.glued(numeral.end) {
            let start = join(0, self.suffix_hash(start));
            let rate = join(join(start, words::SLASH), self.hash(numeral.end + 1));
            if let Some(unit) = self.vocabulary.unit(rate) {
                (amount.unit, amount.end) = (Some(unit), numeral.end + 2);
            }
        }
        if amount.unit.is_none()
            && let Some((unit, end, hyphen)) =
                self.unit_behind(numeral.end, numeral.spelled, numeral.scale > 0)
        {
            (amount.unit, amount.end, amount.hyphen) = (Some(unit), end, hyphen);
        }
        Some(amount)
    }

    pub(crate) fn single(&self, amount: Amount) -> Option<Item> {
        let Amount { first, end, numeral, .. } = amount;
        let content = match numeral.upper {
            Some(upper) => Content::Range(numeral.value, upper),
            None => Content::Number(amount.value()),
        };
        let mut item = Item::new(first, end, self.span(first, end), FigureKind::Count, content, "number");
        item.scale = numeral.scale;
        if let Some(unit) = amount.unit {
            item.rule = if amount.prefixed { "currency" } else { "unit" };
            item.set_unit(unit);
            return Some(item);
        }
        // "thousands of dollars", "dozens of kilometres".
        if numeral.upper.is_some() && self.is(end, words::OF) {
            if let Some((unit, unit_end, _)) = self.unit_behind(end + 1, true, true) {
                (item.end, item.span) = (unit_end, self.span(first, unit_end));
                item.set_unit(unit);
            } else if let Some(noun) = self.plural_noun(end + 1) {
                item.counted = Counted::Noun(noun);
            }
            return Some(item);
        }
        self.count(item, &numeral, amount.negative)
    }
}
