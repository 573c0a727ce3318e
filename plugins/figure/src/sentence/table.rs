//! The table of units: names, symbols, prefixes, squares and cubes, and their SI values.
//!
//! `data/units.tsv` lists about two hundred; prefixes and powers make several thousand forms of them, once in the life of the process.

use std::sync::LazyLock;

use copydesk_core::{Decimal, Lexicon, hash_lower};

use crate::sentence::keys;
use crate::sentence::keys::{join, rows};
use crate::sentence::units::{Measures, Si, Unit};

/// Units by the hash of their words; symbols by a hash that distinguishes capitals from small letters.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Each once, however many forms it has.
    units: Vec<Unit>,
    words: Lexicon<u16>,
    symbols: Lexicon<u16>,
    /// Symbols in any case, asked last: "20 kw".
    careless: Lexicon<u16>,
    /// Hashes of the words that begin a unit.
    pub(crate) starts: Vec<u64>,
    /// The number of units.
    pub(crate) count: usize,
    /// Whether a form that is already listed is replaced.
    pub(crate) overwrite: bool,
    /// Whether symbols may be listed in any case: not those with rare prefixes, whose capitals mean something else ("FA").
    any_case: bool,
}

/// The approximate number of forms in words, as symbols, and as symbols in any case.
const FORMS: [usize; 3] = [5000, 2000, 1000];

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

/// The built-in units.
pub(crate) static BUILT_IN: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table::empty();
    for [kind, code, name, forms, si, prefixes] in rows(include_str!("../../data/units.tsv")) {
        table.add(measures(kind), code, name, forms, si, prefixes);
    }
    table
});

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

impl Table {
    fn empty() -> Self {
        let [words, symbols, careless] = FORMS.map(Lexicon::with_capacity);
        let (units, starts) = (Vec::new(), Vec::with_capacity(FORMS.iter().sum()));
        Self { units, words, symbols, careless, starts, count: 0, overwrite: false, any_case: true }
    }

    /// The unit after a number: by its exact symbol, by words, or by a symbol in any case.
    pub(crate) fn unit(&self, phrase: u64, exact: u64, careless: bool) -> Option<Unit> {
        let number = self
            .symbols
            .get(exact)
            .or_else(|| self.words.get(phrase))
            .or_else(|| if careless { self.careless.get(phrase) } else { None })?;
        self.units.get(usize::from(*number)).copied()
    }

    /// Whether a unit is listed under words.
    pub(crate) fn has_words(&self, phrase: u64) -> bool {
        self.words.contains(phrase)
    }

    /// Lists a unit under words.
    pub(crate) fn add_words(&mut self, phrase: u64, unit: Unit) {
        let number = self.number(unit);
        self.words.insert(phrase, number);
    }

    /// Lists a unit under a symbol that is not taken.
    pub(crate) fn add_symbol(&mut self, symbol: u64, unit: Unit) {
        if !self.symbols.contains(symbol) {
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
        self.count += 1;
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
            self.starts.push(hash_lower(first.trim_start_matches('=')));
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
                    let exact = join(hash, keys::hash_exact(symbol));
                    if self.overwrite || !self.symbols.contains(exact) {
                        let number = self.number(unit);
                        self.symbols.insert(exact, number);
                    }
                    // "20 kw", "5 ghz": careless writing of symbols of more than one letter.
                    let careless = join(hash, hash_lower(symbol));
                    let long = symbol.len() > 1
                        && self.any_case
                        && !NO_SYMBOLS.iter().any(|other| other.eq_ignore_ascii_case(symbol));
                    if long && hash == 0 && !self.careless.contains(careless) {
                        let number = self.number(unit);
                        self.careless.insert(careless, number);
                    }
                    return;
                }
                (symbol, _) => hash = join(hash, hash_lower(symbol.unwrap_or(word))),
            }
        }
        if self.overwrite || !self.words.contains(hash) {
            self.add_words(hash, unit);
        }
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
