//! Numbers with sign, currency and unit.

use copydesk_core::layers::FigureKind;
use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item, Per};
use crate::numbers::numeral::Numeral;
use crate::numbers::sum::{GRAND, Lengths};
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

pub(crate) const ZERO: u64 = hash_lowered("zero");

pub(crate) const KELVIN: Unit = Unit { measures: Measures::Quantity, code: "K", name: "kelvin", si: None };

/// The sign of percentages.
pub(crate) const PERCENT_SIGN: u64 = hash_lowered("%");

/// The sign of powers.
const CARET: u64 = hash_lowered("^");

/// A number with its unit, before ranges and nouns.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) numeral: Numeral,
    pub(crate) unit: Option<Unit>,
    /// The unit precedes the number.
    pub(crate) prefixed: bool,
    pub(crate) negative: bool,
    /// A hyphen precedes the unit: "20-year".
    pub(crate) hyphen: bool,
    /// "a barrel" of "58 dollars a barrel".
    pub(crate) per: Option<Per>,
    /// A length of time given in several units.
    pub(crate) lengths: Option<Lengths>,
}

impl Amount {
    pub(crate) fn value(&self) -> Decimal {
        if self.negative { self.numeral.value.negate() } else { self.numeral.value }
    }
}

impl Scope<'_> {
    /// "$(3.4) billion", "(12.4)%": a loss as accounts write it, sign and unit outside of the brackets.
    fn bracketed_loss(&self, at: usize) -> Option<Amount> {
        let signed = self.has(at, role::PREFIX) && self.is(at + 1, words::OPEN) && self.glued(at + 1);
        let open = at + usize::from(signed);
        let number = open + 1;
        let bracketed = self.is(open, words::OPEN)
            && self.is_number(number)
            && self.is(number + 1, words::CLOSE)
            && self.glued(number)
            && self.glued(number + 1);
        if !bracketed {
            return None;
        }
        let mut numeral = self.numeral(number).filter(|numeral| numeral.end == number + 1)?;
        numeral.end = number + 2;
        self.scales(&mut numeral)?;
        numeral.plain = false;
        let (unit, end) = if signed {
            let unit = self.vocabulary.prefix(join(0, self.hash(at))).filter(|_| !self.is_word(at))?;
            (Some(unit), numeral.end)
        } else if numeral.scale > 0 {
            (None, numeral.end)
        } else {
            // Only the sign of percent touches its bracket: "(12.4)%".
            let behind = self.is(numeral.end, PERCENT_SIGN) && self.glued(numeral.end);
            (Some(self.vocabulary.percent().filter(|_| behind)?), numeral.end + 1)
        };
        Some(Amount {
            first: at,
            end,
            numeral,
            unit,
            prefixed: signed,
            negative: true,
            hyphen: false,
            per: None,
            lengths: None,
        })
    }

    /// Sign, currency, number, unit.
    pub(crate) fn amount(&self, at: usize) -> Option<Amount> {
        let mut start = at;
        let mut negative = false;
        if self.is(at, words::MINUS)
            && self.is(at.wrapping_sub(1), words::OR)
            && self.is(at.wrapping_sub(2), words::PLUS)
        {
            return None;
        }
        if self.is_any(at, &[words::MINUS, words::NEGATIVE]) {
            start += 1 + usize::from(self.is(at + 1, words::HYPHEN) && self.glued(at + 1));
            negative = true;
        } else if self.is_any(at, &[words::HYPHEN, words::MINUS_SIGN, words::EN_DASH]) {
            // "- 5" with a blank only where nothing else is in the text.
            let lone = at == self.start
                && self.start == 0
                && self.end <= at + 5
                && self.end == self.doc.tokens().len();
            // "+/-3 percentage points"
            if self.is(at.wrapping_sub(1), words::SLASH) && self.is(at.wrapping_sub(2), words::PLUS_SIGN) {
                return None;
            }
            // "75 -300mm" is a careless range.
            if !(self.glued(at + 1) || lone)
                || !self.glued(at)
                    && self.is_number(at.wrapping_sub(1))
                    && !self.is(at + 2, hash_lowered("%"))
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
        if let Some(amount) = self.bracketed_loss(at) {
            return Some(amount);
        }
        if let Some((unit, mut numeral)) = self.with_prefix(start) {
            numeral.letter_as_scale();
            let unit = match self.country_behind(unit, numeral.end) {
                Some(told) => {
                    numeral.end += 1;
                    told
                }
                None => unit,
            };
            let (per, end) =
                self.per(unit, numeral.end).map_or((None, numeral.end), |(per, end)| (Some(per), end));
            // "Net income was ($99.99)."
            let negative = negative || self.is_loss(at, end);
            return Some(Amount {
                first: at,
                end,
                numeral,
                unit: Some(unit),
                prefixed: true,
                negative,
                hyphen: false,
                per,
                lengths: None,
            });
        }
        if let Some(amount) = self.feet_and_inches(at, start) {
            return Some(amount);
        }
        let mut numeral = self.fraction(start).or_else(|| self.numeral(start))?;
        self.uncertainty(&mut numeral);
        self.mixed_words(&mut numeral);
        self.decide_letter(&mut numeral);
        let mut amount = Amount {
            first: at,
            end: numeral.end,
            numeral,
            unit: numeral.unit,
            prefixed: false,
            negative,
            hyphen: false,
            per: None,
            lengths: None,
        };
        // "14.7C/ per security" is money of some sort.
        if self.is(numeral.end, words::SLASH)
            && !self.glued(numeral.end + 1)
            && amount.unit.is_some_and(|unit| unit.code == "Cel")
        {
            amount.unit = None;
        }
        // "120 MEUR"
        if amount.unit.is_none()
            && let Some((unit, power)) = self.scaled_code(numeral.end)
        {
            amount.numeral.value = numeral.value.scale(power)?;
            (amount.numeral.scale, amount.numeral.plain) = (power, false);
            (amount.unit, amount.end) = (Some(unit), numeral.end + 1);
            return Some(amount);
        }
        if let Some(unit) = amount.unit {
            // "4km^2".
            if self.is(numeral.end, CARET)
                && let Some((unit, end)) = self.raised(start, numeral.end)
            {
                (amount.unit, amount.end) = (Some(unit), end);
            }
            // "100km/h", "$4/kg": the unit goes on after the token.
            if let Some((per, end)) = self.per(unit, numeral.end) {
                (amount.per, amount.end) = (Some(per), end);
            }
        } else {
            // "third of gallon", "six and a quarter of days".
            let mut of = usize::from(
                numeral.spelled
                    && numeral.value.exponent() < 0
                    && self.is(numeral.end, words::OF)
                    && self.has(numeral.end + 1, role::UNIT),
            );
            // "three-quarters of a percentage point", "half of one percent"
            if (numeral.fraction || numeral.value < Decimal::from(1) && numeral.value.exponent() < 0)
                && self.is(numeral.end, words::OF)
                && (self.is_any(numeral.end + 1, &[words::A, words::AN, words::ONE])
                    || self.text(numeral.end + 1) == "1")
                && self.has(numeral.end + 2, role::UNIT)
            {
                of = 2;
            }
            // "40 or more kilograms", "5+ years"
            let bounded = self.behind_bound(numeral.end);
            // "one full percentage point"
            let whole = (self.is_whole(numeral.end) && self.has(numeral.end + 1, role::UNIT))
                .then(|| self.unit_behind(numeral.end + 1, &numeral))
                .flatten()
                .filter(|behind| behind.unit.measures == Measures::Percent);
            let behind = if whole.is_some() {
                whole
            } else if of == 0 && bounded > numeral.end {
                self.unit_behind(bounded, &numeral)
            } else {
                self.unit_behind(numeral.end + of, &numeral).or_else(|| self.time_behind_word(&numeral))
            };
            if let Some(behind) = behind
                && (of == 0
                    || matches!(
                        behind.unit.measures,
                        Measures::Quantity | Measures::Time | Measures::Percent
                    ))
            {
                (amount.unit, amount.end, amount.hyphen) = (Some(behind.unit), behind.end, behind.hyphen);
                amount.per = behind.per;
                // "75 USD million"
                let scale = self.entry(amount.end);
                if behind.unit.measures == Measures::Money
                    && scale.is(role::SCALE)
                    && numeral.scale == 0
                    && self.is_word(amount.end)
                {
                    amount.numeral.value = numeral.value.scale(i32::from(scale.value))?;
                    amount.numeral.scale = i32::from(scale.value);
                    amount.end += 1;
                }
            }
        }
        // "7 degrees below zero", "15 below zero"
        let bare = amount.unit.is_none() && numeral.scale == 0 && !numeral.fraction;
        let zero = self.is(amount.end, hash_lowered("below")) && self.is(amount.end + 1, ZERO);
        if bare && zero {
            amount.unit = self.vocabulary.degree();
        }
        let degrees = amount.unit.is_some_and(|unit| unit.name.starts_with("degree"));
        if degrees
            && self.is(amount.end, hash_lowered("below"))
            && self.is_any(amount.end + 1, &[hash_lowered("zero"), hash_lowered("freezing")])
        {
            amount.negative |= self.is(amount.end + 1, hash_lowered("zero"));
            amount.end += 2;
        }
        // "20 grand"
        if let Some(unit) = amount.unit.filter(|unit| unit.name == "grand") {
            amount.numeral.value = amount.numeral.value.scale(3)?;
            amount.unit = Some(Unit { name: GRAND, ..unit });
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
            item.set_unit(
                self.age_of_length(first, unit).or_else(|| self.age_of_bounded(end, unit)).unwrap_or(unit),
            );
            if let Some(lengths) = amount.lengths {
                item.content = Content::Lengths(lengths);
            }
            item.per = amount.per.or_else(|| self.per_behind_stuff(unit, end));
            // "four times a week"
            if unit.measures == Measures::Times && item.per.is_some() {
                (item.counted, item.kind) = (Counted::Unit(unit), FigureKind::Quantity);
            }
            return Some(item);
        }
        if numeral.fraction {
            return self.fraction_item(first, end, amount.value());
        }
        // "thousands of dollars", "dozens of kilometres".
        if numeral.upper.is_some() && self.is(end, words::OF) {
            // "thousands of $14-an-hour jobs"
            if let Some(behind) = self.unit_behind(end + 1, &numeral).filter(|_| self.is_word(end + 1)) {
                (item.end, item.span) = (behind.end, self.span(first, behind.end));
                item.set_unit(behind.unit);
                item.per = behind.per;
            } else if let Some(noun) = self.plural_noun(end + 1) {
                item.counted = Counted::Noun(noun);
            }
            return Some(item);
        }
        self.count(item, &numeral, amount.negative)
    }
}
