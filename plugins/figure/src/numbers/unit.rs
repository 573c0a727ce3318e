//! Units and currencies beside a number.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, Decimal};

use crate::item::Per;
use crate::lists::list;
use crate::numbers::numeral::Numeral;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, role};
use crate::words;

/// The mark of inches.
const INCH: u64 = hash_lowered("\"");

impl Scope<'_> {
    /// The m of "5m": million before a noun, else metre; k, M, B, T are scales.
    /// "Sales doubled to 6m", "a city of 2m": whether the m is millions and no metres, by what the sentence is about.
    fn is_of_millions(&self, numeral: &Numeral) -> bool {
        const REACH: usize = 24;
        let at = numeral.end - 1;
        let near = || {
            (at.saturating_sub(REACH).max(self.start)..(at + REACH).min(self.end)).filter(|near| *near != at)
        };
        // "helped 3m people … reach 5m"
        let beside = || {
            near().any(|near| {
                self.text(near).ends_with('m')
                    && self.is_digits(near)
                    && (self.plural_noun(near + 1).is_some() && self.is_lower_word(near + 1)
                        || self.has(near.wrapping_sub(1), role::PREFIX))
            })
        };
        !near().any(|near| self.listed(near, list::IN_METRES))
            && (near().any(|near| self.listed(near, list::IN_MILLIONS)) || beside())
    }

    pub(crate) fn decide_letter(&self, numeral: &mut Numeral) {
        let Some(power) = numeral.letter else { return };
        // "cooled to 4 K", "a surface of 5,800 K"
        if power == 3 && self.text(numeral.end - 1).ends_with('K') && self.is_about_heat(numeral.end) {
            (numeral.letter, numeral.unit) = (None, Some(crate::numbers::amount::KELVIN));
            return;
        }
        let next = numeral.end;
        let noun = numeral.unit.is_some_and(|unit| unit.code == "m")
            && self.is_lower_word(next)
            && self.plural_noun(next).is_some();
        let millions = || numeral.unit.is_some_and(|unit| unit.code == "m") && self.is_of_millions(numeral);
        if numeral.unit.is_none() || noun || power == 9 || power == 3 || millions() {
            numeral.letter_as_scale();
        }
        numeral.letter = None;
    }

    /// The unit after a number.
    pub(crate) fn unit_behind(&self, at: usize, numeral: &Numeral) -> Option<Behind> {
        let glued_hyphen = self.is(at, words::HYPHEN) && self.glued(at);
        // "10 -year" and "10- year" are careless writings of the same.
        let hyphen = glued_hyphen && (self.glued(at + 1) || self.has(at + 1, role::SPAN));
        let first = at + usize::from(hyphen);
        // 9": inches, where it can close no quotation.
        if self.is(at, INCH)
            && self.glued(at)
            && !numeral.spelled
            && !(1..60).any(|near| self.is_quote(at.wrapping_sub(near)) || self.is_quote(at + near))
        {
            let unit = self.vocabulary.inch()?;
            return Some(Behind { unit, end: at + 1, hyphen: false, per: None });
        }
        if !self.has(first, role::UNIT) {
            // "20 [kg]"
            let open =
                matches!(self.text(at), "[" | "{" | "<") && self.has(at + 1, role::UNIT) && !numeral.spelled;
            let (unit, end) = open.then(|| self.longest_unit(at + 1)).flatten()?;
            let closed = matches!(self.text(end), "]" | "}" | ">") && unit.measures == Measures::Quantity;
            return closed.then_some(Behind { unit, end: end + 1, hyphen, per: None });
        }
        let (mut unit, end) = self.longest_unit(first)?;
        let text = self.text(first);
        if end == first + 1 {
            if !self.stands_alone(first, unit, numeral, hyphen) {
                return None;
            }
            // "one second-half goal", "two quarter-finals".
            if self.is(end, words::HYPHEN)
                && self.glued(end)
                && unit.measures == Measures::Time
                && !self.is(end + 1, words::OLD)
                && !self.is_any(end + 1, &[words::A, hash_lowered("per")])
            {
                return Some(Behind { unit, end, hyphen, per: None });
            }
        }
        if unit.code == "GBP" && text.len() > 4 && end == first + 1 {
            let heavy = hyphen
                || (numeral.scale == 0 || numeral.upper.is_some())
                    && self.is_any(
                        end,
                        &[words::OF, hash_lowered("heavier"), hash_lowered("lighter"), hash_lowered("bag")],
                    )
                || (1..9).any(|back| {
                    let word = self.text(at.wrapping_sub(back));
                    word.starts_with("weigh")
                        || numeral.scale == 0
                            && back < 4
                            && numeral.value <= Decimal::from(500)
                            && matches!(
                                word,
                                "lost" | "lose" | "gained" | "gain" | "shed" | "losing" | "gaining"
                            )
                });
            if heavy {
                unit = self.vocabulary.pound_of_weight();
            }
        }
        // "a capacitor of 4.7 F"
        if unit.code == "degF"
            && text == "F"
            && (1..16).any(|near| {
                [at.wrapping_sub(near), at + near]
                    .into_iter()
                    .any(|at| self.text(at).to_lowercase().contains("capaci"))
            })
        {
            unit = self.vocabulary.farad().unwrap_or(unit);
        }
        if unit.code.is_empty() && unit.name == "degree" && self.is_angle(at, end) {
            unit = Unit { code: "deg", ..unit };
        }
        // "a temperature of 10 c"
        if end == first + 1 && text == "c" && self.is_about_heat(at) {
            unit = self.vocabulary.celsius().unwrap_or(unit);
        }
        // "−40° on the Fahrenheit scale"
        if unit.code.is_empty()
            && unit.name == "degree"
            && self.is(end, words::ON)
            && self.is(end + 1, words::THE)
            && self.is(end + 3, hash_lowered("scale"))
            && let Some((scale, stop)) = self.longest_unit(end + 2)
            && matches!(scale.code, "Cel" | "degF" | "K")
            && stop == end + 3
        {
            return Some(Behind { unit: scale, end: end + 4, hyphen, per: None });
        }
        let (per, end) = self.per(unit, end).map_or((None, end), |(per, end)| (Some(per), end));
        Some(Behind { unit, end, hyphen, per })
    }

    /// Whether a quotation mark is at a token.
    pub(crate) fn is_quote(&self, at: usize) -> bool {
        self.doc.tokens().get(at).is_some_and(|token| token.has(token_flag::QUOTE_MARK))
    }

    /// Whether the words before a number are about how warm something is.
    fn is_about_heat(&self, at: usize) -> bool {
        const STEMS: [&str; 11] = [
            "temperature",
            "heat",
            "cool",
            "freez",
            "boil",
            "melt",
            "thermo",
            "warm",
            "supercond",
            "°",
            "Celsius",
        ];
        let near = (2..14).map(|back| at.wrapping_sub(back)).chain(at..at + 5);
        near.into_iter().any(|at| STEMS.iter().any(|stem| self.text(at).starts_with(stem)))
    }

    /// Whether degrees are those of an angle: "a 45 degree angle", "turn it 60°", "36 degrees north".
    fn is_angle(&self, at: usize, end: usize) -> bool {
        self.listed(end, list::ANGLE_BEHIND)
            || (2..5).any(|back| self.listed(at.wrapping_sub(back), list::ANGLE_BEFORE))
    }

    /// Whether one token is a unit there: symbols and codes are often something else.
    fn stands_alone(&self, at: usize, unit: Unit, numeral: &Numeral, hyphen: bool) -> bool {
        let text = self.text(at);
        let word = self.is_word(at);
        let glued = self.glued(at) && !hyphen;
        if word && text.len() == 1 {
            let capital = text.bytes().all(|byte| byte.is_ascii_uppercase());
            // "15 A", "0.5 R": letters that more often name something need an exact number.
            let exact = numeral.value.exponent() < 0;
            let usual = "WVCFL".contains(text) || "mgltshLpc".contains(text);
            let rate = self.is(at + 1, words::SLASH) && self.glued(at + 1);
            let known = !matches!(unit.code, "USD" | "EUR") && (usual || (exact || rate) && capital);
            // "14.7C/ per security" is money.
            let torn = self.is(at + 1, words::SLASH) && self.glued(at + 1) && !self.glued(at + 2);
            let named = capital
                && (self.token(at + 1).is_some_and(|next| next.case() == Case::Title)
                    || self.is(at + 1, words::HYPHEN) && self.glued(at + 1) && self.is_number(at + 2));
            return known && !(numeral.spelled || torn || named);
        }
        // "2 in the race": a preposition, unless a measure ends there.
        if self.is(at, words::IN) {
            let shape =
                ["thick", "wide", "long", "tall", "deep", "high", "diameter"].contains(&self.text(at + 1));
            let ends = self.token(at + 1).is_none() || self.is_any(at + 1, &[words::CLOSE]) && numeral.plain;
            let stop = self.is(at + 1, words::DOT)
                && (self.token(at + 2).is_none() || self.glued(at + 1) && self.is_lower_word(at + 2));
            return shape
                || (ends || stop)
                    && !numeral.spelled
                    && !self.has(at.wrapping_sub(2), role::UP | role::DOWN);
        }
        // "the 2014 day of mourning": a length of time is in the plural, or has a hyphen.
        let singular =
            unit.measures == Measures::Time && self.has(at, role::SPAN) && !hyphen && !text.ends_with('s');
        if singular && self.year_at(at.wrapping_sub(1)).is_some() {
            return false;
        }
        // "5 am", "3 pm" are times; 2.123 pm is a length.
        if matches!(text, "am" | "pm") {
            return numeral.value.exponent() < -2;
        }
        // "try", "rub", "ron": codes only in capitals.
        let is_code = word
            && text.len() <= 3
            && unit.measures == Measures::Money
            && text.is_ascii()
            && self.has(at, role::PREFIX)
            && !(self.vocabulary.written_code(text).is_some_and(|(_, sure)| sure) || text == "le");
        if is_code
            && (text.len() < 3 || self.listed(at, list::CODE_WORD))
            && !glued
            && self.token(at).is_some_and(|token| token.case() != Case::Upper)
        {
            return false;
        }
        // "two grand slams"
        if self.is(at, hash_lowered("grand")) && self.is_word(at + 1) && !self.has(at + 1, role::FUNCTION) {
            return false;
        }
        // "half a dozen HP clerks": names after words.
        let name = numeral.spelled
            && unit.measures == Measures::Quantity
            && text.len() <= 3
            && text.bytes().all(|byte| byte.is_ascii_uppercase());
        // ''the top 400'' closes what was quoted.
        let closes =
            text == "''" && (numeral.spelled || (1..60).any(|back| self.text(at.wrapping_sub(back)) == "''"));
        // "8 Rand Paul", "half of Oz's advice"
        let titled = self.token(at).is_some_and(|token| token.case() == Case::Title)
            && (unit.measures == Measures::Money && self.is_capitalized(at + 1) && !self.glued(at + 1)
                || text == "Oz");
        // "two nickel plants"
        let metal = text == "nickel" && self.is_lower_word(at + 1) && !self.has(at + 1, role::FUNCTION);
        if name || closes || titled || metal {
            return false;
        }
        // "5,000 won"; but "the 45 won by …".
        if text == "won" {
            return numeral.scale > 0
                || !numeral.plain && !numeral.spelled && numeral.value >= Decimal::from(1000);
        }
        // "1 bar", "two feet": words that are more often something else than a unit.
        let spelled =
            numeral.spelled && matches!(text, "bar" | "stone" | "cord" | "erg") && !self.is_end(at + 1);
        let singular = matches!(text, "bar" | "Stone" | "Bar") && !hyphen;
        // "weighs 12 stone 5", "a 12 stone house"
        let built =
            text == "stone" && !hyphen && self.is_lower_word(at + 1) && !self.has(at + 1, role::FUNCTION);
        !(spelled || singular || built)
    }
}

/// A unit after a number.
#[derive(Clone, Copy)]
pub(crate) struct Behind {
    pub(crate) unit: Unit,
    /// The token after it.
    pub(crate) end: usize,
    /// Whether a hyphen joins them: "20-year".
    pub(crate) hyphen: bool,
    pub(crate) per: Option<Per>,
}
