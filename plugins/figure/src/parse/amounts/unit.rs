//! Units and currencies next to a number.

use copydesk_core::hash_lowered;
use copydesk_core::{Case, Decimal};

use crate::item::Per;
use crate::lex::calendar_number;
use crate::lex::numeral::Numeral;
use crate::parse::amounts::per;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, noun, words};

/// The inch mark.
const INCH: u64 = hash_lowered("\"");

/// Words after pounds of weight.
const OF_WEIGHT: [u64; 4] =
    [words::OF, hash_lowered("heavier"), hash_lowered("lighter"), hash_lowered("bag")];

/// Verbs before pounds of weight that a person gains or loses.
const LOSING: [&str; 7] = ["lost", "lose", "gained", "gain", "shed", "losing", "gaining"];

/// Words after "in" if it means inches.
const DIMENSIONS: [&str; 7] = ["thick", "wide", "long", "tall", "deep", "high", "diameter"];

/// Units whose names are ordinary nouns after a number in words: "two bar stools".
const UNIT_OR_NOUN: [&str; 4] = ["bar", "stone", "cord", "erg"];

/// Beginnings of words that a text about temperature has.
const HEAT: [&str; 11] =
    ["temperature", "heat", "cool", "freez", "boil", "melt", "thermo", "warm", "supercond", "°", "Celsius"];

/// "Sales doubled to 6m", "a city of 2m": whether the m means millions rather than metres, by the topic of the sentence.
fn is_of_millions(scope: &Scope<'_>, numeral: &Numeral) -> bool {
    const REACH: usize = 24;
    let at = numeral.end - 1;
    let near = || {
        (at.saturating_sub(REACH).max(scope.start)..(at + REACH).min(scope.end)).filter(|near| *near != at)
    };
    // "helped 3m people … reach 5m"
    let beside = || {
        near().any(|near| {
            scope.text(near).ends_with('m')
                && marks::is_digits(scope, near)
                && (noun::plural_noun(scope, near + 1).is_some() && scope.is_lower_word(near + 1)
                    || scope.has(near.wrapping_sub(1), role::PREFIX))
        })
    };
    !near().any(|near| scope.listed(near, list::IN_METRES))
        && (near().any(|near| scope.listed(near, list::IN_MILLIONS)) || beside())
}

/// Decides what the letter in "5m" or "4K" means: m is million before a noun or by the topic, else metre; k, M, B and T are scales; K may
/// be kelvins.
pub(crate) fn decide_letter(scope: &Scope<'_>, numeral: &mut Numeral) {
    let Some(power) = numeral.letter else { return };
    // "cooled to 4 K", "a surface of 5,800 K"
    if power == 3 && scope.text(numeral.end - 1).ends_with('K') && is_about_heat(scope, numeral.end) {
        (numeral.letter, numeral.unit) = (None, Some(crate::parse::amounts::amount::KELVIN));
        return;
    }
    let next = numeral.end;
    let noun = numeral.unit.is_some_and(|unit| unit.code == "m")
        && scope.is_lower_word(next)
        && noun::plural_noun(scope, next).is_some();
    let millions = || numeral.unit.is_some_and(|unit| unit.code == "m") && is_of_millions(scope, numeral);
    if numeral.unit.is_none() || noun || power == 9 || power == 3 || millions() {
        numeral.letter_as_scale();
    }
    numeral.letter = None;
}

/// The unit after a number.
pub(crate) fn unit_after(scope: &Scope<'_>, at: usize, numeral: &Numeral) -> Option<After> {
    let glued_hyphen = scope.is(at, words::HYPHEN) && scope.glued(at);
    // "10 -year" and "10- year" are careless writings of the same.
    let hyphen = glued_hyphen && (scope.glued(at + 1) || scope.has(at + 1, role::SPAN));
    let first = at + usize::from(hyphen);
    if is_inch_mark(scope, at, numeral) {
        let unit = scope.vocabulary.inch()?;
        return Some(After { unit, end: at + 1, hyphen: false, per: None });
    }
    if !scope.has(first, role::UNIT) {
        let (unit, end) = unit_in_brackets(scope, at, numeral)?;
        return Some(After { unit, end, hyphen, per: None });
    }
    let (unit, end) = scope.longest_unit(first)?;
    if end == first + 1 {
        if !stands_alone(scope, first, unit, numeral, hyphen) {
            return None;
        }
        // "one second-half goal", "two quarter-finals".
        if scope.is(end, words::HYPHEN)
            && scope.glued(end)
            && unit.measures == Measures::Time
            && !scope.is(end + 1, words::OLD)
            && !scope.is_any(end + 1, &[words::A, hash_lowered("per")])
        {
            return Some(After { unit, end, hyphen, per: None });
        }
    }
    let name = Name { at, first, end, hyphen };
    let unit = by_context(scope, name, unit, numeral);
    if let Some((unit, end)) = scale_of_degrees(scope, unit, end) {
        return Some(After { unit, end, hyphen, per: None });
    }
    let (per, end) = per::per(scope, unit, end).map_or((None, end), |(per, end)| (Some(per), end));
    Some(After { unit, end, hyphen, per })
}

/// The mark of inches: 9", if it cannot close a quotation.
fn is_inch_mark(scope: &Scope<'_>, at: usize, numeral: &Numeral) -> bool {
    scope.is(at, INCH)
        && scope.glued(at)
        && !numeral.spelled
        && !(1..60)
            .any(|near| marks::is_quote(scope, at.wrapping_sub(near)) || marks::is_quote(scope, at + near))
}

/// A unit in brackets, "20 [kg]", and the token after them.
fn unit_in_brackets(scope: &Scope<'_>, at: usize, numeral: &Numeral) -> Option<(Unit, usize)> {
    let open = matches!(scope.text(at), "[" | "{" | "<") && scope.has(at + 1, role::UNIT) && !numeral.spelled;
    let (unit, end) = open.then(|| scope.longest_unit(at + 1)).flatten()?;
    let closed = matches!(scope.text(end), "]" | "}" | ">") && unit.measures == Measures::Quantity;
    closed.then_some((unit, end + 1))
}

/// Where the name of a unit is.
#[derive(Clone, Copy)]
struct Name {
    /// The token after the number.
    at: usize,
    /// The first token of the name.
    first: usize,
    /// The token after the name.
    end: usize,
    /// Whether a hyphen joins it to the number.
    hyphen: bool,
}

/// The unit that a name with several meanings has in its sentence: pounds of weight or money, farads or degrees Fahrenheit, degrees of
/// an angle or of temperature, "c" for Celsius.
fn by_context(scope: &Scope<'_>, name: Name, mut unit: Unit, numeral: &Numeral) -> Unit {
    let Name { at, first, end, .. } = name;
    let text = scope.text(first);
    if unit.code == "GBP" && text.len() > 4 && end == first + 1 && is_weight(scope, name, numeral) {
        unit = scope.vocabulary.pound_of_weight();
    }
    if unit.code == "degF" && text == "F" && is_about_capacitors(scope, at) {
        unit = scope.vocabulary.farad().unwrap_or(unit);
    }
    if is_degree(unit) && is_angle(scope, at, end) {
        unit = Unit { code: "deg", ..unit };
    }
    // "a temperature of 10 c"
    if end == first + 1 && text == "c" && is_about_heat(scope, at) {
        unit = scope.vocabulary.celsius().unwrap_or(unit);
    }
    unit
}

/// Whether pounds are a weight: "a 20-pound turkey", "40 pounds of rice", "weighed 180 pounds", "lost 30 pounds".
fn is_weight(scope: &Scope<'_>, name: Name, numeral: &Numeral) -> bool {
    name.hyphen
        || (numeral.scale == 0 || numeral.upper.is_some()) && scope.is_any(name.end, &OF_WEIGHT)
        || (1..9).any(|back| {
            let word = scope.text(name.at.wrapping_sub(back));
            word.starts_with("weigh")
                || numeral.scale == 0
                    && back < 4
                    && numeral.value <= Decimal::from(500)
                    && LOSING.contains(&word)
        })
}

/// Whether a capacitor or its capacity is near: "a capacitor of 4.7 F".
fn is_about_capacitors(scope: &Scope<'_>, at: usize) -> bool {
    (1..16).any(|near| {
        [at.wrapping_sub(near), at + near]
            .into_iter()
            .any(|at| scope.text(at).to_lowercase().contains("capaci"))
    })
}

/// Whether a unit is the degree without a scale.
fn is_degree(unit: Unit) -> bool {
    unit.code.is_empty() && unit.name == "degree"
}

/// "−40° on the Fahrenheit scale": the degree of the scale named after degrees, and the token after it.
fn scale_of_degrees(scope: &Scope<'_>, unit: Unit, end: usize) -> Option<(Unit, usize)> {
    let named = is_degree(unit)
        && scope.is(end, words::ON)
        && scope.is(end + 1, words::THE)
        && scope.is(end + 3, hash_lowered("scale"));
    let (scale, stop) = named.then(|| scope.longest_unit(end + 2)).flatten()?;
    (matches!(scale.code, "Cel" | "degF" | "K") && stop == end + 3).then_some((scale, end + 4))
}

/// Whether the words around a number are about temperature.
fn is_about_heat(scope: &Scope<'_>, at: usize) -> bool {
    let near = (2..14).map(|back| at.wrapping_sub(back)).chain(at..at + 5);
    near.into_iter().any(|at| HEAT.iter().any(|stem| scope.text(at).starts_with(stem)))
}

/// Whether degrees are those of an angle: "a 45 degree angle", "turn it 60°", "36 degrees north".
fn is_angle(scope: &Scope<'_>, at: usize, end: usize) -> bool {
    scope.listed(end, list::ANGLE_AFTER)
        || (2..5).any(|back| scope.listed(at.wrapping_sub(back), list::ANGLE_BEFORE))
}

/// Whether one token is a unit there: symbols and codes often mean something else.
fn stands_alone(scope: &Scope<'_>, at: usize, unit: Unit, numeral: &Numeral, hyphen: bool) -> bool {
    let text = scope.text(at);
    if scope.is_word(at) && text.len() == 1 {
        return is_letter_unit(scope, at, unit, numeral);
    }
    if scope.is(at, words::IN) {
        return in_means_inches(scope, at, numeral);
    }
    // "the 2014 day of mourning": a length of time is in the plural, or has a hyphen.
    let singular =
        unit.measures == Measures::Time && scope.has(at, role::SPAN) && !hyphen && !text.ends_with('s');
    if singular && calendar_number::year_at(scope, at.wrapping_sub(1)).is_some() {
        return false;
    }
    // "5 am", "3 pm" are times; 2.123 pm is a length.
    if matches!(text, "am" | "pm") {
        return numeral.value.exponent() < -2;
    }
    if is_word_like_code(scope, at, unit, hyphen) || is_other_name(scope, at, unit, numeral) {
        return false;
    }
    // "5,000 won"; but "the 45 won by …".
    if text == "won" {
        return numeral.scale > 0
            || !numeral.plain && !numeral.spelled && numeral.value >= Decimal::from(1000);
    }
    !is_other_noun(scope, at, numeral, hyphen)
}

/// Whether a single letter is a unit: "40 W", "0.5 R", but not "14.7C/ per security", "5 C Street".
fn is_letter_unit(scope: &Scope<'_>, at: usize, unit: Unit, numeral: &Numeral) -> bool {
    let text = scope.text(at);
    let capital = text.bytes().all(|byte| byte.is_ascii_uppercase());
    // "15 A", "0.5 R": letters that are more often names need an exact number.
    let exact = numeral.value.exponent() < 0;
    let usual = "WVCFL".contains(text) || "mgltshLpc".contains(text);
    let rate = scope.is(at + 1, words::SLASH) && scope.glued(at + 1);
    let known = !matches!(unit.code, "USD" | "EUR") && (usual || (exact || rate) && capital);
    // "14.7C/ per security" is money.
    let torn = rate && !scope.glued(at + 2);
    let named = capital
        && (scope.token(at + 1).is_some_and(|next| next.case() == Case::Title)
            || scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1) && scope.is_number(at + 2));
    known && !(numeral.spelled || torn || named)
}

/// Whether "in" means inches: if a dimension follows ("2 in wide") or the measure ends there, but not "2 in the race".
fn in_means_inches(scope: &Scope<'_>, at: usize, numeral: &Numeral) -> bool {
    let dimension = DIMENSIONS.contains(&scope.text(at + 1));
    let ends = scope.token(at + 1).is_none() || scope.is_any(at + 1, &[words::CLOSE]) && numeral.plain;
    let stop = scope.is(at + 1, words::DOT)
        && (scope.token(at + 2).is_none() || scope.glued(at + 1) && scope.is_lower_word(at + 2));
    dimension || (ends || stop) && !numeral.spelled && !scope.has(at.wrapping_sub(2), role::UP | role::DOWN)
}

/// A currency code that is also a word, and is not in capitals: "try", "rub", "ron".
fn is_word_like_code(scope: &Scope<'_>, at: usize, unit: Unit, hyphen: bool) -> bool {
    let text = scope.text(at);
    let is_code = scope.is_word(at)
        && text.len() <= 3
        && unit.measures == Measures::Money
        && text.is_ascii()
        && scope.has(at, role::PREFIX)
        && !(scope.vocabulary.written_code(text).is_some_and(|(_, sure)| sure) || text == "le");
    is_code
        && (text.len() < 3 || scope.listed(at, list::CODE_WORD))
        && (!scope.glued(at) || hyphen)
        && scope.token(at).is_some_and(|token| token.case() != Case::Upper)
}

/// Whether a symbol or a name of money is something else: "two grand slams", "half a dozen HP clerks", "''the top 400''",
/// "8 Rand Paul", "two nickel plants".
fn is_other_name(scope: &Scope<'_>, at: usize, unit: Unit, numeral: &Numeral) -> bool {
    let text = scope.text(at);
    if scope.is(at, hash_lowered("grand")) && scope.is_word(at + 1) && !scope.has(at + 1, role::FUNCTION) {
        return true;
    }
    // "half a dozen HP clerks": names after words.
    let name = numeral.spelled
        && unit.measures == Measures::Quantity
        && text.len() <= 3
        && text.bytes().all(|byte| byte.is_ascii_uppercase());
    // ''the top 400'' closes a quotation.
    let closes =
        text == "''" && (numeral.spelled || (1..60).any(|back| scope.text(at.wrapping_sub(back)) == "''"));
    // "8 Rand Paul", "half of Oz's advice"
    let titled = scope.token(at).is_some_and(|token| token.case() == Case::Title)
        && (unit.measures == Measures::Money && scope.is_capitalized(at + 1) && !scope.glued(at + 1)
            || text == "Oz");
    let metal = text == "nickel" && scope.is_lower_word(at + 1) && !scope.has(at + 1, role::FUNCTION);
    name || closes || titled || metal
}

/// A unit's name that is more often an ordinary noun: "1 bar", "two bar stools", "a 12 stone house", but not
/// "weighs 12 stone 5".
fn is_other_noun(scope: &Scope<'_>, at: usize, numeral: &Numeral, hyphen: bool) -> bool {
    let text = scope.text(at);
    let spelled = numeral.spelled && UNIT_OR_NOUN.contains(&text) && !marks::is_end(scope, at + 1);
    let singular = matches!(text, "bar" | "Stone" | "Bar") && !hyphen;
    let built =
        text == "stone" && !hyphen && scope.is_lower_word(at + 1) && !scope.has(at + 1, role::FUNCTION);
    spelled || singular || built
}

/// A unit after a number.
#[derive(Clone, Copy)]
pub(crate) struct After {
    pub(crate) unit: Unit,
    /// The token after it.
    pub(crate) end: usize,
    /// Whether a hyphen joins them: "20-year".
    pub(crate) hyphen: bool,
    pub(crate) per: Option<Per>,
}
