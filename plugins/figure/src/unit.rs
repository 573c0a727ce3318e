//! Units and currencies beside a number.

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;
use copydesk_core::{Case, Decimal, TokenKind, hash_lower};

use crate::item::Per;
use crate::lists::list;
use crate::numeral::Numeral;
use crate::scope::Scope;
use crate::vocabulary::{Measures, Unit, join, role};
use crate::words;

/// The mark of inches.
const INCH: u64 = hash_lowered("\"");

/// The sign of dollars and pesos.
const DOLLAR: u64 = hash_lowered("$");

/// The sign of pounds.
const POUND: u64 = hash_lowered("£");

impl Scope<'_> {
    /// A currency sign or code and the number behind it.
    pub(crate) fn with_prefix(&self, at: usize) -> Option<(Unit, Numeral)> {
        let token = self.token(at)?;
        if token.kind() == TokenKind::Word && token.has(token_flag::DIGIT) {
            return self.code_in_word(at, "");
        }
        if !self.has(at, role::PREFIX) {
            return None;
        }
        let text = self.text(at);
        // "Rs", "RM", "USD"; but "a" and "all" are words.
        let code = text.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
        let (unit, mut next) = self.longest(at, |phrase| self.vocabulary.prefix(phrase))?;
        let signed = code && next > at + 1 && self.is_any(next - 1, &[DOLLAR, POUND, hash_lowered("=")]);
        let letter = text.len() == 1 && code && token.case() != Case::Lower;
        // "usd 5": a code in small letters, where it is no word.
        let small = text.len() == 3
            && unit.code.eq_ignore_ascii_case(text)
            && token.case() == Case::Lower
            && self.is_number(at + 1)
            && !self.listed(at, list::CODE_WORD);
        let written = self.vocabulary.written_code(text);
        // "hk $", "aud$" in any case; "all", "top" alone are words.
        let shy = code
            && token.case() != Case::Upper
            && written.is_none()
            && !(letter || small || text.len() > 4 && self.is_number(at + 1));
        // "a $5 million deal" is no Australian one, "plan B $5 million" none of the Bahamas; "c $" is what careless texts
        // write for Canada's. "A $5 million deal": the letter of "A$5" touches its sign.
        let apart = letter && !matches!(text, "C" | "R" | "S") && !self.glued(at + 1);
        let article = apart || shy && matches!(text.as_bytes(), [b'a'..=b'z']) && text != "c";
        if shy && !signed || article {
            return None;
        }
        if code && next == at + 1 && text.len() < 2 {
            return None;
        }
        // "Rs. 500" where the full stop stands alone; "$-5" is left to the sign.
        if self.is(next, words::DOT) && code {
            next += 1;
        }
        // "$US41,250,000": the letters belong to the currency.
        let behind = self.token(next)?;
        if behind.kind() == TokenKind::Word && behind.has(token_flag::DIGIT) && self.glued(next) {
            return self.code_in_word(next, text);
        }
        if self.is(next, words::HYPHEN) && self.glued(next + 1) && self.is_number(next + 1) {
            // "$-99.99"
            let mut numeral = self.numeral(next + 1)?;
            numeral.value = numeral.value.negate();
            return Some((unit, numeral));
        }
        let numeral = match behind.kind() {
            TokenKind::Number | TokenKind::Mixed => self.numeral_in(next, behind.span().start() as usize)?,
            TokenKind::Word if behind.case() == Case::Lower => self.numeral(next)?,
            _ => return None,
        };
        // "SR 520" is a road, "SR 520 million" an amount.
        (written != Some(false) || large(&numeral)).then_some((unit, numeral))
    }

    /// A code and digits in one word: "RM17", "US41" behind "$".
    pub(crate) fn code_in_word(&self, at: usize, sign: &str) -> Option<(Unit, Numeral)> {
        let text = self.text(at);
        let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
        let code = text.get(..letters)?;
        let written = self.vocabulary.written_code(code);
        if code.is_empty() || code.bytes().any(|byte| byte.is_ascii_lowercase()) && written.is_none() {
            return None;
        }
        let offset = self.token(at)?.span().start() as usize + letters;
        // "R1.2 million", "N500,000": one letter of rands, nairas and pesos, where the number is no name's.
        if let ("R" | "N" | "P", "") = (code, sign) {
            let numeral = self.numeral_in(at, offset)?;
            let code = match code {
                "R" => "zar",
                "N" => "ngn",
                _ => "php",
            };
            let unit = self.vocabulary.prefix(join(0, hash_lower(code)))?;
            return large(&numeral).then_some((unit, numeral));
        }
        let phrase = if sign.is_empty() { hash_lower(code) } else { hash_lower(&[sign, code].concat()) };
        let unit = self.vocabulary.prefix(join(0, phrase))?;
        let numeral = self.numeral_in(at, offset)?;
        (written != Some(false) || large(&numeral)).then_some((unit, numeral))
    }

    /// The m of "5m": million before a noun, else metre; k, M, B, T are scales.
    pub(crate) fn decide_letter(&self, numeral: &mut Numeral) {
        let Some(power) = numeral.letter else { return };
        // "cooled to 4 K", "a surface of 5,800 K"
        if power == 3 && self.text(numeral.end - 1) == "K" && self.is_about_heat(numeral.end) {
            (numeral.letter, numeral.unit) = (None, Some(crate::amount::KELVIN));
            return;
        }
        let next = numeral.end;
        let noun = numeral.unit.is_some_and(|unit| unit.code == "m")
            && self.is_lower_word(next)
            && self.plural_noun(next).is_some();
        if numeral.unit.is_none() || noun || power == 9 || power == 3 {
            numeral.letter_as_scale();
        }
        numeral.letter = None;
    }

    /// The unit behind a number.
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
                || numeral.scale == 0
                    && self.is_any(
                        end,
                        &[words::OF, hash_lowered("heavier"), hash_lowered("lighter"), hash_lowered("bag")],
                    )
                || (1..9).any(|back| {
                    let word = self.text(at.wrapping_sub(back));
                    word.starts_with("weigh") || word == "lost"
                });
            if heavy {
                unit = self.vocabulary.pound_of_weight();
            }
        }
        // "a capacitor of 2.5 F"
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

    /// Whether a quotation mark stands at a token.
    fn is_quote(&self, at: usize) -> bool {
        self.doc.tokens().get(at).is_some_and(|token| token.has(token_flag::QUOTE_MARK))
    }

    /// "MEUR", "kUSD": millions and thousands of a currency in one code.
    pub(crate) fn scaled_code(&self, at: usize) -> Option<(Unit, i32)> {
        let text = self.text(at);
        let code = text
            .get(1..)
            .filter(|code| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
        let power = match text.as_bytes().first()? {
            b'M' => 6,
            b'k' | b'K' | b'T' => 3,
            _ => return None,
        };
        let unit = self.vocabulary.prefix(join(0, hash_lower(code))).filter(|unit| unit.code == code)?;
        Some((unit, power))
    }

    /// Whether the words in front of a number are about how warm something is.
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

    /// Whether degrees are those of an angle: "a 45 degree angle", "rotate 90°", "36 degrees north".
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
            let torn = self.is(at + 1, words::SLASH) && !self.glued(at + 2);
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
            && !(self.vocabulary.written_code(text) == Some(true) || text == "le");
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
        // "5,000 won"; but "the 45 won by …".
        if text == "won" {
            return numeral.scale > 0
                || !numeral.plain && !numeral.spelled && numeral.value >= Decimal::from(1000);
        }
        // "1 bar", "two feet": words that are more often something else than a unit.
        let spelled = numeral.spelled && matches!(text, "bar" | "stone" | "cord" | "erg");
        let singular = matches!(text, "bar" | "Stone" | "Bar") && !hyphen;
        // "weighs 12 stone 5", "a 12 stone house"
        let built =
            text == "stone" && !hyphen && self.is_lower_word(at + 1) && !self.has(at + 1, role::FUNCTION);
        !(spelled || singular || built)
    }

    /// "120 grams of carbon dioxide per kilometre": what a unit of something is counted by.
    pub(crate) fn per_behind_stuff(&self, unit: Unit, at: usize) -> Option<Per> {
        if !self.is(at, words::OF) || unit.measures != Measures::Quantity {
            return None;
        }
        let per = (at + 2..at + 4).find(|at| self.is(*at, hash_lowered("per")))?;
        let stuff = (at + 1..per).all(|at| self.is_word(at) && !self.has(at, role::FUNCTION));
        stuff.then(|| self.per(unit, per)).flatten().map(|(per, _)| per)
    }

    /// What a unit is counted by: "per barrel", "a month", "/h", "-a-day".
    pub(crate) fn per(&self, unit: Unit, at: usize) -> Option<(Per, usize)> {
        const EACH: [u64; 3] = [words::EACH, words::EVERY, hash_lowered("per")];
        let slash = self.is(at, words::SLASH) && self.glued(at) && self.glued(at + 1);
        let hyphen = usize::from(self.is(at, words::HYPHEN) && self.glued(at) && self.glued(at + 1));
        let per = at + hyphen;
        let article = self.is_any(per, &[words::A, words::AN]);
        if !(slash || article || EACH.contains(&self.hash(per))) || unit.measures == Measures::Age {
            return None;
        }
        let mut next = per + 1;
        if hyphen > 0 {
            if !(self.is(next, words::HYPHEN) && self.glued(next)) {
                return None;
            }
            next += 1;
        }
        if let Some((by, end)) = self.longest_unit(next) {
            let text = self.text(next);
            let time = by.measures == Measures::Time;
            let plural = text.ends_with('s') && text.len() > 2;
            let fits = !plural
                && (time
                    || by.measures == Measures::Quantity
                    || by.code == "GBP" && unit.measures == Measures::Money)
                && (unit.measures != Measures::Time || time || slash);
            // "5% a year earlier", "$5 a second later".
            let told = self.is_any(
                end,
                &[
                    words::EARLIER,
                    words::AGO,
                    words::LATER,
                    words::BEFORE,
                    hash_lowered("after"),
                    words::FROM,
                    words::OLD,
                ],
            ) || article && self.is(end, words::HYPHEN) && self.glued(end);
            let symbol = text.len() <= 2 && !slash && hash_lowered("per") != self.hash(per);
            if fits && !told && !symbol {
                let pound = by.code == "GBP";
                return Some((Per::Unit(if pound { self.vocabulary.pound_of_weight() } else { by }), end));
            }
            return None;
        }
        let each = self.has(next, role::EACH);
        let any =
            self.is(per, hash_lowered("per")) && self.is_lower_word(next) && !self.has(next, role::FUNCTION);
        let money = matches!(unit.measures, Measures::Money);
        (each && (money || !article) || any && !slash && self.text(next) != "cent")
            .then_some((Per::Noun(next), next + 1))
    }
}

/// Whether a number is one that only money has behind one or two letters: "R1.2 million", "N500,000".
fn large(numeral: &Numeral) -> bool {
    numeral.scale > 3 || !numeral.plain && numeral.value >= Decimal::from(1000)
}

/// A unit behind a number.
#[derive(Clone, Copy)]
pub(crate) struct Behind {
    pub(crate) unit: Unit,
    /// The token behind it.
    pub(crate) end: usize,
    /// Whether a hyphen joins them: "20-year".
    pub(crate) hyphen: bool,
    pub(crate) per: Option<Per>,
}
