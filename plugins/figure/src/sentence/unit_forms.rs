//! The forms of units and currencies: makes the tables that `table` reads.
//!
//! `data/units.tsv` lists about two hundred units; prefixes and powers make several thousand forms of them. The build script makes the
//! tables of the built-in ones, so that a run does not; with units of the user's own they are made at the start of a run.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_core::{Decimal, FixedLexicon, hash_lower};

use crate::sentence::keys::{hash_exact, join, phrase_hash, rows};
use crate::sentence::units::{Measures, PARTS, Si, TEXT, UNIT, Unit};

/// Units and currencies by the hash of their words; symbols by a hash that distinguishes capitals from small letters.
#[derive(Default)]
pub(crate) struct Forms {
    /// Each once, however many forms it has.
    units: Vec<Unit>,
    words: BTreeMap<u64, u16>,
    symbols: BTreeMap<u64, u16>,
    /// Symbols in any case, asked last: "20 kw".
    careless: BTreeMap<u64, u16>,
    /// Currencies before a number.
    prefixes: BTreeMap<u64, u16>,
    /// Currency codes with small letters, case-sensitive; whether any number after it is enough.
    written: BTreeMap<u64, (u16, bool)>,
    /// Hashes of the words that begin a unit after a number.
    starts: BTreeSet<u64>,
    /// Hashes of the words that begin a currency before a number.
    openers: BTreeSet<u64>,
    /// Whether a form that is already listed is replaced.
    pub(crate) overwrite: bool,
    /// Whether symbols may be listed in any case: not those with rare prefixes, whose capitals mean something else ("FA").
    any_case: bool,
}

/// An SI prefix: name, symbol, power of ten.
type Prefix = (&'static str, &'static str, i32);

const PREFIXES: [Prefix; 21] = [
    ("kilo", "k", 3),
    ("mega", "M", 6),
    ("giga", "G", 9),
    ("tera", "T", 12),
    ("peta", "P", 15),
    ("exa", "E", 18),
    ("zetta", "Z", 21),
    ("yotta", "Y", 24),
    ("centi", "c", -2),
    ("milli", "m", -3),
    ("micro", "u", -6),
    ("nano", "n", -9),
    ("pico", "p", -12),
    ("femto", "f", -15),
    ("atto", "a", -18),
    ("zepto", "z", -21),
    ("yocto", "y", -24),
    ("deci", "d", -1),
    ("deca", "da", 1),
    ("deka", "da", 1),
    ("hecto", "h", 2),
];

/// Prefixed symbols that are also words or other signs ("a" of the century, "as", "am" of the morning).
const NO_SYMBOLS: [&str; 16] =
    ["am", "pm", "as", "at", "dam", "has", "mat", "fat", "pat", "ca", "da", "war", "sf", "ma", "pa", "mal"];

/// The quantity that units of a kind measure.
pub(crate) fn measures(kind: &str) -> Measures {
    match kind {
        "percent" => Measures::Percent,
        "duration" => Measures::Time,
        "age" => Measures::Age,
        "times" => Measures::Times,
        "money" => Measures::Money,
        _ => Measures::Quantity,
    }
}

/// Keeps a text for the life of the process: tables are made once, and there are few.
fn keep(text: String) -> &'static str {
    Box::leak(text.into_boxed_str())
}

pub(crate) fn parse_si(text: &'static str) -> Option<Si> {
    let (factor, unit) = text.split_once(' ')?;
    Some(Si { factor: Decimal::parse(factor)?, unit }).filter(|si| !si.unit.is_empty())
}

impl Forms {
    /// The built-in units, without the currencies.
    pub(crate) fn of_units() -> Self {
        let mut forms = Self::default();
        for [kind, code, name, list, si, prefixes] in rows(include_str!("../../data/units.tsv")) {
            forms.add(measures(kind), code, name, list, si, prefixes);
        }
        forms
    }

    /// Lists a unit under words.
    fn add_words(&mut self, phrase: u64, unit: Unit) {
        let number = self.number(unit);
        self.words.insert(phrase, number);
    }

    /// Lists a unit under a symbol that is not taken.
    fn add_symbol(&mut self, symbol: u64, unit: Unit) {
        if !self.symbols.contains_key(&symbol) {
            let number = self.number(unit);
            self.symbols.insert(symbol, number);
        }
    }

    /// The index of a unit; the forms of one are added one after another.
    fn number(&mut self, unit: Unit) -> u16 {
        if self.units.last() != Some(&unit) {
            self.units.push(unit);
        }
        u16::try_from(self.units.len() - 1).unwrap_or(u16::MAX)
    }

    /// Adds a unit with all its forms, prefixes and powers.
    pub(crate) fn add(
        &mut self,
        measures: Measures,
        code: &'static str,
        name: &'static str,
        forms: &'static str,
        si: &'static str,
        prefixes: &str,
    ) {
        let si = parse_si(si);
        let unit = Unit { measures, code, name, si };
        self.any_case = true;
        self.list(unit, forms);
        let powers = matches!(prefixes, "length" | "square");
        if powers {
            self.powers(unit, forms);
        }
        let count = match prefixes {
            "all" | "length" => PREFIXES.len(),
            "up" => 8,
            _ => 0,
        };
        for &prefix in PREFIXES.iter().take(count) {
            self.any_case = matches!(prefix.2, 3 | 6 | 9 | 12 | -2 | -3);
            let (unit, forms) = prefixed(unit, forms, prefix);
            self.list(unit, forms);
            if powers {
                self.powers(unit, forms);
            }
        }
    }

    /// Square and cubic forms of a length.
    fn powers(&mut self, unit: Unit, forms: &'static str) {
        /// Digit, words before, signs after, word after, power.
        type Power = (&'static str, [&'static str; 3], [&'static str; 3], &'static str, usize);
        const POWERS: [Power; 2] = [
            ("2", ["square ", "sq ", "sq. "], ["2", "^2", "²"], "squared", 2),
            ("3", ["cubic ", "cu ", "cu. "], ["3", "^3", "³"], "cubed", 3),
        ];
        for (digit, before, after, past, power) in POWERS {
            let mut list = String::new();
            for form in forms.split(';') {
                let symbol = form.strip_prefix('=');
                for word in before {
                    // "sq mm" does not mean square megametres.
                    let mark = if symbol.is_some() { "=" } else { "" };
                    list.extend([word, mark, symbol.unwrap_or(form), ";"]);
                }
                list.extend([symbol.unwrap_or(form), " ", past, ";"]);
                // "4km2", "4 m²"; but "2 in 2" is not an area.
                if let Some(symbol) = symbol {
                    for sign in after {
                        list.extend(["=", symbol, sign, ";"]);
                    }
                    list.extend(["=", symbol, " ^ ", digit, ";"]);
                    list.extend(["sq", symbol, ";"].into_iter().filter(|_| digit == "2"));
                }
            }
            let si = unit.si.and_then(|si| {
                let factor = (1..power).try_fold(si.factor, |product, _| product.times(si.factor));
                Some(Si { factor: factor?, unit: if power == 2 { "m2" } else { "m3" } })
            });
            let word = before.first().copied().unwrap_or("");
            let powered = Unit {
                measures: unit.measures,
                code: keep(format!("{}{digit}", unit.code)),
                name: keep(format!("{word}{}", unit.name)),
                si,
            };
            self.list(powered, keep(list));
        }
    }

    /// Lists a unit under its forms, except those that are already listed.
    fn list(&mut self, unit: Unit, forms: &str) {
        for form in forms.split(';').filter(|form| !form.is_empty()) {
            match form.split_once('+') {
                None => self.form(unit, form),
                Some((before, after)) => {
                    for plural in ["", "s"] {
                        self.form(unit, &[before, plural, after].concat());
                    }
                }
            }
        }
    }

    fn form(&mut self, unit: Unit, form: &str) {
        let mut hash = 0;
        let mut words = form.split(' ').peekable();
        if let Some(first) = words.peek() {
            self.starts.insert(hash_lower(first.trim_start_matches('=')));
        }
        while let Some(word) = words.next() {
            let symbol = word.strip_prefix('=');
            match (symbol, words.peek()) {
                (Some(symbol), None) => {
                    // "El", "Pm", "Ys" look like words, and nobody writes exalitres.
                    let word = !self.any_case
                        && matches!(
                            symbol.as_bytes(),
                            [b'E' | b'Z' | b'Y' | b'P' | b'y' | b'z' | b'h', b'a'..=b'z']
                        );
                    if word && symbol != "hl" {
                        return;
                    }
                    let exact = join(hash, hash_exact(symbol));
                    if self.overwrite || !self.symbols.contains_key(&exact) {
                        let number = self.number(unit);
                        self.symbols.insert(exact, number);
                    }
                    // "20 kw", "5 ghz": careless writing of symbols of more than one letter.
                    let careless = join(hash, hash_lower(symbol));
                    let long = symbol.len() > 1
                        && self.any_case
                        && !NO_SYMBOLS.iter().any(|other| other.eq_ignore_ascii_case(symbol));
                    if long && hash == 0 && !self.careless.contains_key(&careless) {
                        let number = self.number(unit);
                        self.careless.insert(careless, number);
                    }
                    return;
                }
                (symbol, _) => hash = join(hash, hash_lower(symbol.unwrap_or(word))),
            }
        }
        if self.overwrite || !self.words.contains_key(&hash) {
            self.add_words(hash, unit);
        }
    }
}

/// The currencies.
impl Forms {
    /// Adds the built-in currencies, after all units.
    pub(crate) fn currencies(&mut self) {
        for [code, name, before, after, ..] in rows(include_str!("../../data/currencies.tsv")) {
            let unit = Unit { measures: Measures::Money, code, name, si: None };
            self.after(unit, after);
            // Ounces of gold are a weight more often than money.
            if !code.is_empty() && !name.contains(" of ") {
                self.after(unit, &format!("{name}+"));
            }
            // "MEUR 120", "kUSD 60": millions and thousands in the code.
            if code.len() == 3 {
                self.openers.extend(["m", "k"].map(|scale| hash_lower(&[scale, code].concat())));
            }
            // "aud$ 15": a code before the sign.
            let dollars = name.ends_with("dollar") || name.ends_with("peso");
            let coded =
                if dollars && !code.is_empty() { format!("{code} $").to_lowercase() } else { String::new() };
            for form in before.split(';').chain([coded.as_str()]).filter(|form| !form.is_empty()) {
                self.before(unit, form);
            }
        }
    }

    /// Lists a form of a currency that precedes a number.
    fn before(&mut self, unit: Unit, form: &str) {
        let number = self.number(unit);
        // Codes with small letters: only in exactly this case.
        if let Some(written) = form.strip_prefix(['=', '?']) {
            self.written.insert(hash_exact(written), (number, form.starts_with('=')));
            self.openers.insert(hash_lower(written));
            return;
        }
        self.prefixes.insert(phrase_hash(form), number);
        self.openers.insert(hash_lower(form.split(' ').next().unwrap_or(form)));
        // ISO codes and signs also follow: "5 million USD", "5 €".
        if !form.contains(' ') {
            self.code_after(unit, form);
        }
    }

    /// Lists the forms of a unit that follow a number.
    fn after(&mut self, unit: Unit, forms: &str) {
        for form in forms.split(';').filter(|form| !form.is_empty()) {
            let (before, after) = form.split_once('+').unwrap_or((form, ""));
            // Without a `+` there is no plural.
            let plurals: &[&str] = if before.len() < form.len() { &["", "s"] } else { &[""] };
            for plural in plurals {
                let form = [before, plural, after].concat();
                self.add_words(phrase_hash(&form), unit);
                self.starts.insert(hash_lower(form.split(' ').next().unwrap_or(&form)));
            }
        }
    }

    /// Lists a code that also follows a number; "kgs" in small letters are kilograms.
    fn code_after(&mut self, unit: Unit, code: &str) {
        if self.words.contains_key(&phrase_hash(code)) {
            self.add_symbol(join(0, hash_exact(&code.to_uppercase())), unit);
        } else {
            self.after(unit, code);
        }
    }
}

/// The layout.
impl Forms {
    /// The tables as `table` reads them: its parts in order, the length of each before it.
    pub(crate) fn laid_out(&self) -> Vec<u8> {
        let mut texts = Texts::default();
        let units = self.units.iter().flat_map(|unit| texts.record(unit)).collect();
        let hashes =
            |hashes: &BTreeSet<u64>| hashes.iter().flat_map(|hash| hash.to_le_bytes()).collect::<Vec<_>>();
        let numbers = |numbers: &BTreeMap<u64, u16>| map(numbers, |number| number.to_le_bytes());
        let written = |(number, sure): &(u16, bool)| {
            let [low, high] = number.to_le_bytes();
            [low, high, u8::from(*sure)]
        };
        let parts: [Vec<u8>; PARTS] = [
            units,
            texts.all.into_bytes(),
            numbers(&self.words),
            numbers(&self.symbols),
            numbers(&self.careless),
            numbers(&self.prefixes),
            map(&self.written, written),
            hashes(&self.starts),
            hashes(&self.openers),
        ];
        parts
            .iter()
            .flat_map(|part| (part.len() as u32).to_le_bytes().into_iter().chain(part.iter().copied()))
            .collect()
    }
}

fn map<V, const N: usize>(values: &BTreeMap<u64, V>, bytes: impl Fn(&V) -> [u8; N]) -> Vec<u8> {
    let pairs: Vec<_> = values.iter().map(|(hash, value)| (*hash, bytes(value))).collect();
    FixedLexicon::lay_out(&pairs)
}

/// The codes and names of units, each once.
#[derive(Default)]
struct Texts {
    all: String,
    places: BTreeMap<&'static str, [u8; TEXT]>,
}

impl Texts {
    /// The record of a unit.
    fn record(&mut self, unit: &Unit) -> [u8; UNIT] {
        let mut record = [0; UNIT];
        let (texts, rest) = record.split_at_mut(3 * TEXT);
        let places = texts.as_chunks_mut::<TEXT>().0;
        for (place, text) in places.iter_mut().zip([unit.code, unit.name, unit.si.map_or("", |si| si.unit)]) {
            *place = self.place(text);
        }
        let factor = unit.si.map_or(Decimal::ZERO, |si| si.factor);
        rest[..8].copy_from_slice(&factor.mantissa().to_le_bytes());
        rest[8] = (factor.exponent() as i8).cast_unsigned();
        rest[9] = unit.measures as u8;
        record
    }

    /// The start of a text and its end.
    fn place(&mut self, text: &'static str) -> [u8; TEXT] {
        *self.places.entry(text).or_insert_with(|| {
            let start = self.all.len() as u32;
            self.all.push_str(text);
            let mut place = [0; TEXT];
            place[..4].copy_from_slice(&start.to_le_bytes());
            place[4..].copy_from_slice(&(self.all.len() as u32).to_le_bytes());
            place
        })
    }
}

/// A unit with an SI prefix, and its forms.
fn prefixed(unit: Unit, forms: &str, (name, symbol, power): Prefix) -> (Unit, &'static str) {
    let mut list = String::new();
    for form in forms.split(';') {
        match form.strip_prefix('=') {
            Some(short) => {
                list.extend(["=", symbol, short, ";"]);
                if symbol == "u" {
                    list.extend(["=μ", short, ";=µ", short, ";"]);
                }
            }
            // Prefixes precede the unit's own name, not before "deg" or "ltr".
            None if form.len() > 3 && (!form.contains(' ') || form.starts_with("watt ")) => {
                list.extend([name, form, ";"])
            }
            None => {}
        }
    }
    let code = if unit.code.is_empty() { "" } else { keep(format!("{symbol}{}", unit.code)) };
    let si = unit.si.and_then(|si| Some(Si { factor: si.factor.scale(power)?, ..si }));
    let unit = Unit { measures: unit.measures, code, name: keep(format!("{name}{}", unit.name)), si };
    (unit, keep(list))
}
