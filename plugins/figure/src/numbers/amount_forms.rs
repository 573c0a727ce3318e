//! Forms of an amount beside sign, number and unit: heights, tolerances, powers, mixed numbers.

use copydesk_core::segment::token_flag;
use copydesk_core::{Decimal, hash_lowered};

use crate::lists::list;
use crate::numbers::amount::Amount;
use crate::numbers::numeral::Numeral;
use crate::numbers::table::hash_exact;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

impl Scope<'_> {
    /// "fifteen more minutes", "five consecutive years": a length of time after a word that says how.
    pub(crate) fn time_behind_word(&self, numeral: &Numeral) -> Option<crate::numbers::unit::Behind> {
        let word = numeral.end;
        if !self.listed(word, list::LASTING) || !self.has(word + 1, role::SPAN) {
            return None;
        }
        self.unit_behind(word + 1, numeral).filter(|behind| behind.unit.measures == Measures::Time)
    }

    /// "-foot-2", "foot 2", "-foot-2-inch" after the feet of a height: the inches, and the next token.
    fn inches_behind(&self, at: usize) -> Option<(u32, usize)> {
        let hyphen = |at: usize| self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1);
        let joined = hyphen(at);
        let foot = at + usize::from(joined);
        let number = foot + 1 + usize::from(hyphen(foot + 1));
        if !matches!(self.text(foot), "foot" | "ft" | "feet") || joined != hyphen(foot + 1) {
            return None;
        }
        let inches = self.few(number).filter(|inches| *inches < 12)?;
        let unit = number + 1 + usize::from(hyphen(number + 1));
        if matches!(self.text(unit), "inch" | "inches" | "in") && (unit > number + 1) == joined {
            return Some((inches, unit + 1));
        }
        // "a 6 foot 2 metre" is nobody's height.
        let closed = joined
            || !self.is_word(number + 1)
            || self.is_number(number)
                && self.has(number + 1, role::FUNCTION | role::BREAK)
                && !self.is(number + 1, words::OF);
        closed.then_some((inches, number + 1))
    }

    /// A whole number of one token, in digits or as a word.
    fn few(&self, at: usize) -> Option<u32> {
        let spelled = self.has(at, role::CARDINAL) && self.is_word(at);
        self.small(at).or_else(|| spelled.then(|| u32::from(self.entry(at).value)))
    }

    /// 6'3", "6-foot-3", "five foot seven": a height, in inches.
    pub(crate) fn feet_and_inches(&self, first: usize, at: usize) -> Option<Amount> {
        const FEET: [&str; 3] = ["'", "’", "′"];
        const INCHES: [&str; 4] = ["\"", "”", "″", "''"];
        let glued = (at + 1..at + 4).all(|at| self.glued(at));
        let marks = glued && FEET.contains(&self.text(at + 1)) && INCHES.contains(&self.text(at + 3));
        let (inches, end) = if marks {
            (self.small(at + 2)?, at + 4)
        } else if self.is(at + 1, words::HYPHEN) || matches!(self.text(at + 1), "foot" | "ft" | "feet") {
            self.inches_behind(at + 1)?
        } else {
            return None;
        };
        let feet = self.few(at).filter(|feet| (1..=9).contains(feet) && inches < 12)?;
        let value = Decimal::from((feet * 12 + inches) as i32);
        let numeral = Numeral { plain: false, ..crate::numbers::numeral::bare(value, end) };
        Some(Amount {
            first,
            end,
            numeral,
            unit: self.vocabulary.inch(),
            prefixed: false,
            negative: false,
            hyphen: false,
            per: None,
            lengths: None,
        })
    }

    /// Whether brackets are a bookkeeper's minus: alone after a verb, where they can hold no conversion.
    pub(crate) fn is_loss(&self, at: usize, end: usize) -> bool {
        let open = at.wrapping_sub(1);
        self.is(open, words::OPEN)
            && self.is(end, words::CLOSE)
            && self.has(open.wrapping_sub(1), role::VERB)
            && !self.is_word(end + 1)
    }

    /// "9.8 ± 0.1", "+/- 0.1": what the number may be off is left out of its value.
    pub(crate) fn uncertainty(&self, numeral: &mut Numeral) {
        let at = numeral.end;
        let sign = if self.is(at, hash_lowered("±")) {
            1
        } else if self.is(at, words::PLUS_SIGN)
            && self.is(at + 1, words::SLASH)
            && self.is(at + 2, words::HYPHEN)
        {
            3
        } else {
            return;
        };
        if self.token(at + sign).is_some_and(|token| token.has(token_flag::DIGIT))
            && let Some(more) = self.numeral(at + sign)
        {
            (numeral.end, numeral.plain) = (more.end, false);
        }
    }

    /// The square or cube of a unit glued to a number: "4km^2".
    pub(crate) fn raised(&self, at: usize, caret: usize) -> Option<(Unit, usize)> {
        let power = self.text(caret + 1).chars().next().filter(|power| matches!(power, '2' | '3'))?;
        let text = self.text(at);
        let digits = text.bytes().take_while(|byte| !byte.is_ascii_alphabetic()).count();
        let symbol = format!("{}{power}", text.get(digits..)?);
        let unit = self.vocabulary.unit(0, join(0, hash_exact(&symbol)), false)?;
        Some((unit, caret + 2))
    }

    /// "20 and three fifths", "5 and a half", "1 point 5" after digits.
    pub(crate) fn mixed_words(&self, numeral: &mut Numeral) {
        // "3 million and a quarter", "5.2 billion and a half" with nothing but a unit after.
        if numeral.scale >= 3 && !numeral.fraction && self.is(numeral.end, words::AND) {
            if let Some((part, end)) = self.part_of_one(numeral.end + 1)
                && (self.is_end(end) || self.has(end, role::UNIT))
                && let Some(value) = part.scale(numeral.scale).and_then(|part| numeral.value.plus(part))
            {
                (numeral.value, numeral.end) = (value, end);
            }
            return;
        }
        if numeral.fraction || numeral.spelled || !numeral.plain {
            return;
        }
        let part = if self.is(numeral.end, hash_lowered("point")) {
            self.point(numeral.end + 1)
        } else if self.is(numeral.end, words::AND) && self.is_number(numeral.end + 1) {
            // "2 and 1/2 cups"
            self.fraction(numeral.end + 1).map(|part| (part.value, part.end))
        } else if self.is(numeral.end, words::AND) {
            self.part_of_one(numeral.end + 1)
        } else {
            None
        };
        if let Some((part, end)) = part
            && let Some(value) = numeral.value.plus(part)
        {
            (numeral.value, numeral.end, numeral.plain) = (value, end, false);
            let _ = self.scales(numeral);
        }
    }
}
