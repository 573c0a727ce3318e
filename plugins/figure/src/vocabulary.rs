//! What single words and phrases can mean in a figure: one look-up a token.

use copydesk_core::layers::Bound;
use copydesk_core::{Lexicon, hash_lower};

use crate::holiday::Holiday;
use crate::lists::list;
use crate::multiple::MULTIPLES;
use crate::number_words::{
    CARDINALS, FRACTIONS, LETTER_SCALES, MANY, MONTHS, ORDINALS, RELATIVES, SCALES, SEASONS, WEEKDAYS,
};
use crate::table::{BUILT_IN, Si, Table, hash_exact};

/// What a unit measures.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Measures {
    Money,
    Percent,
    Quantity,
    /// A length of time; the code is a UCUM one, perhaps with a factor in front ("10.a").
    Time,
    /// Years of a life.
    Age,
    /// "four times".
    Times,
}

/// A unit or a currency, as the tables list it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Unit {
    pub(crate) measures: Measures,
    pub(crate) code: &'static str,
    pub(crate) name: &'static str,
    /// What it is in SI units.
    pub(crate) si: Option<Si>,
}

/// Bits of [`Entry::roles`].
pub(crate) mod role {
    pub(crate) const CARDINAL: u32 = 1;
    /// `value` is a power of ten.
    pub(crate) const SCALE: u32 = 1 << 1;
    pub(crate) const ORDINAL: u32 = 1 << 2;
    /// `value` is the denominator.
    pub(crate) const FRACTION: u32 = 1 << 3;
    pub(crate) const MONTH: u32 = 1 << 4;
    pub(crate) const WEEKDAY: u32 = 1 << 5;
    /// Day, week, month, quarter, year …, singular or plural; `value` is the place in [`SPANS`](super::SPANS).
    pub(crate) const SPAN: u32 = 1 << 6;
    /// Begins a unit that stands behind its number.
    pub(crate) const UNIT: u32 = 1 << 7;
    /// Begins a currency sign or code that stands before its number.
    pub(crate) const PREFIX: u32 = 1 << 8;
    /// Begins or ends a phrase of the bounds.
    pub(crate) const BOUND: u32 = 1 << 9;
    pub(crate) const UP: u32 = 1 << 10;
    pub(crate) const DOWN: u32 = 1 << 11;
    pub(crate) const FLAT: u32 = 1 << 12;
    /// A verb between what is measured and the figure.
    pub(crate) const VERB: u32 = 1 << 13;
    pub(crate) const FUNCTION: u32 = 1 << 14;
    /// Begins a clause.
    pub(crate) const BREAK: u32 = 1 << 15;
    /// May stand between a cue of change and the number.
    pub(crate) const ADVERB: u32 = 1 << 16;
    pub(crate) const FUTURE: u32 = 1 << 17;
    pub(crate) const REPORT: u32 = 1 << 18;
    /// "section", "page": what follows is a number's name.
    pub(crate) const LABEL: u32 = 1 << 19;
    /// A plural without s, or a noun that is counted without one.
    pub(crate) const COLLECTIVE: u32 = 1 << 20;
    pub(crate) const MONTH_CLUE: u32 = 1 << 21;
    pub(crate) const STREET: u32 = 1 << 22;
    pub(crate) const MAKER: u32 = 1 << 23;
    /// "earlier", "tomorrow" and whatever else begins a relative date.
    pub(crate) const RELATIVE: u32 = 1 << 24;
    pub(crate) const SEASON: u32 = 1 << 25;
    /// A scale only as a letter behind digits: "5k".
    pub(crate) const LETTER_SCALE: u32 = 1 << 26;
    /// "thousands", "dozens"; `value` is a power of ten, or 0 for dozens.
    pub(crate) const MANY: u32 = 1 << 27;
    /// A time of day: "noon".
    pub(crate) const CLOCK: u32 = 1 << 28;
    /// "a share", "per head": what prices are told for.
    pub(crate) const EACH: u32 = 1 << 29;

    /// Begins a holiday's name.
    pub(crate) const HOLIDAY: u32 = 1 << 31;
    /// Begins a figure, and is nothing else.
    pub(crate) const STARTS_ALONE: u32 = 1 << 30;

    /// Roles that begin a figure that has no digit.
    pub(crate) const STARTS: u32 = CARDINAL
        | SCALE
        | ORDINAL
        | FRACTION
        | MONTH
        | WEEKDAY
        | RELATIVE
        | SEASON
        | MANY
        | PREFIX
        | CLOCK
        | STARTS_ALONE
        | HOLIDAY;
}

/// Spans of time by their place in [`Entry::value`].
pub(crate) const SPANS: [&str; 12] = [
    "day", "week", "weekend", "month", "quarter", "year", "decade", "century", "hour", "minute", "second",
    "night",
];

/// What one word can mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Bits of [`role`].
    pub(crate) roles: u32,
    /// A cardinal, an ordinal, a denominator or a power of ten.
    pub(crate) value: u8,
    /// A month, weekday (Monday is 1), season, span of time or hour.
    pub(crate) calendar: u8,
}

impl Entry {
    pub(crate) const fn is(self, roles: u32) -> bool {
        self.roles & roles != 0
    }
}

/// All tables, looked up by hash.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Lexicon<Entry>,
    /// Units behind a number.
    units: Table,
    /// Currencies before a number, by the hash of their words.
    prefixes: Lexicon<Unit>,
    /// Bounds before a number.
    bounds: Lexicon<Bound>,
    /// Bounds behind a number.
    bounds_behind: Lexicon<Bound>,
    holidays: Lexicon<Holiday>,
    /// Currency codes with small letters, as they are written; whether any number behind is enough.
    written: Lexicon<bool>,
    /// Bits of [`list`]: words of the lists that are rarely asked.
    lists: Lexicon<u64>,
}

/// Adds a word to the hash of a phrase.
pub(crate) const fn join(phrase: u64, word: u64) -> u64 {
    phrase.rotate_left(7).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
}

pub(crate) fn phrase_hash(phrase: &str) -> u64 {
    phrase.split(' ').fold(0, |hash, word| join(hash, hash_lower(word)))
}

impl Vocabulary {
    /// Reads the tables.
    pub(crate) fn new(units: Option<Table>) -> Self {
        let mut vocabulary = Self {
            words: Lexicon::default(),
            units: units.unwrap_or_else(|| BUILT_IN.clone()),
            prefixes: Lexicon::default(),
            bounds: Lexicon::default(),
            bounds_behind: Lexicon::default(),
            holidays: Lexicon::default(),
            written: Lexicon::default(),
            lists: Lexicon::default(),
        };
        vocabulary.numbers();
        vocabulary.calendar();
        vocabulary.units();
        vocabulary.currencies();
        vocabulary.cues();
        vocabulary
    }

    /// Keeps the words of a list that is rarely asked.
    fn list(&mut self, name: &str, words: &str) {
        let bit = list::NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bit)| *bit);
        debug_assert!(bit != 0, "{name} is no list");
        for word in words.split(' ') {
            let hash = hash_lower(word);
            let bits = self.lists.get(hash).copied().unwrap_or(0);
            self.lists.insert(hash, bits | bit);
        }
    }

    fn add_hash(&mut self, hash: u64, roles: u32) {
        let mut entry = self.words.get(hash).copied().unwrap_or_default();
        entry.roles |= roles;
        self.words.insert(hash, entry);
    }

    fn add(&mut self, word: &str, roles: u32, value: Option<u8>, calendar: Option<u8>) {
        let hash = hash_lower(word);
        let mut entry = self.words.get(hash).copied().unwrap_or_default();
        entry.roles |= roles;
        entry.value = value.unwrap_or(entry.value);
        entry.calendar = calendar.unwrap_or(entry.calendar);
        self.words.insert(hash, entry);
    }

    fn numbers(&mut self) {
        for (table, roles) in [
            (CARDINALS, role::CARDINAL),
            (SCALES, role::SCALE),
            (LETTER_SCALES, role::LETTER_SCALE),
            (MANY, role::MANY),
            (ORDINALS, role::ORDINAL),
            (FRACTIONS, role::FRACTION),
        ] {
            for &(word, value) in table {
                self.add(word, roles, Some(value), None);
            }
        }
        // "twentyfive", "twentyfifth", and the parts that ordinals name: "fifteenths".
        let units = || CARDINALS.iter().filter(|(_, value)| (1..10).contains(value));
        for &(tens, value) in CARDINALS.iter().filter(|(_, value)| *value >= 20) {
            for &(unit, more) in units() {
                self.add(&[tens, unit].concat(), role::CARDINAL, Some(value + more), None);
            }
            for &(unit, more) in ORDINALS.iter().filter(|(_, more)| *more < 10) {
                self.add(&[tens, unit].concat(), role::ORDINAL, Some(value + more), None);
            }
        }
        for &(word, value) in ORDINALS.iter().filter(|(_, value)| *value > 10) {
            self.add(&format!("{word}s"), role::FRACTION, Some(value), None);
        }
        self.add("dozen", role::CARDINAL, Some(12), None);
        for (word, ..) in MULTIPLES {
            self.add(word, role::STARTS_ALONE, None, None);
        }
        self.add("couple", role::STARTS_ALONE, None, None);
        self.add("pair", role::STARTS_ALONE, None, None);
        self.add("negative", role::STARTS_ALONE, None, None);
        self.add("a", role::FUNCTION, None, None);
    }

    fn calendar(&mut self) {
        for (table, roles) in [(MONTHS, role::MONTH), (WEEKDAYS, role::WEEKDAY)] {
            for (number, forms) in (1u8..).zip(table) {
                for form in *forms {
                    self.add(form, roles, None, Some(number));
                }
            }
        }
        for (number, form) in (1u8..).zip(SEASONS) {
            self.add(form, role::SEASON, None, Some(number - u8::from(number > 3)));
        }
        for form in RELATIVES {
            self.add(form, role::RELATIVE, None, None);
        }
        for (number, form) in (0u8..).zip(SPANS) {
            self.add(form, role::SPAN, None, Some(number));
            self.add(&format!("{form}s"), role::SPAN, None, Some(number));
        }
        self.add("centuries", role::SPAN, None, Some(7));
        for [day, names, ..] in rows(include_str!("../data/holidays.tsv")) {
            let Some(day) = Holiday::parse(day) else { continue };
            for name in names.split(';') {
                self.holidays.insert(phrase_hash(name), day);
                let first = name.split(' ').next().unwrap_or(name);
                self.add(first, role::HOLIDAY, None, None);
            }
        }
        for (form, hour) in [("noon", 12), ("midday", 12), ("midnight", 0)] {
            self.add(form, role::CLOCK, None, Some(hour));
        }
    }

    fn units(&mut self) {
        for hash in std::mem::take(&mut self.units.starts) {
            self.add_hash(hash, role::UNIT);
        }
    }

    fn currencies(&mut self) {
        for [code, name, before, behind, ..] in rows(include_str!("../data/currencies.tsv")) {
            let unit = Unit { measures: Measures::Money, code, name, si: None };
            self.behind(unit, behind);
            // Ounces of gold are a weight more often than money.
            if !code.is_empty() && !name.contains(" of ") {
                self.behind(unit, &format!("{name}+"));
            }
            // "aud$ 15": a code before the sign.
            let dollars = name.ends_with("dollar") || name.ends_with("peso");
            let coded =
                if dollars && !code.is_empty() { format!("{code} $").to_lowercase() } else { String::new() };
            for form in before.split(';').chain([coded.as_str()]).filter(|form| !form.is_empty()) {
                let written = form.strip_prefix(['=', '?']);
                let phrase = written.unwrap_or(form);
                if written.is_some() {
                    self.written.insert(hash_exact(phrase), form.starts_with('='));
                }
                self.prefixes.insert(phrase_hash(phrase), unit);
                let first = phrase.split(' ').next().unwrap_or(phrase);
                self.add(first, role::PREFIX, None, None);
                // ISO codes and signs also stand behind: "5 million USD", "5 €".
                if written.is_none() && !form.contains(' ') {
                    self.code_behind(unit, form);
                }
            }
        }
    }

    /// Lists the forms of a unit that stand behind a number.
    fn behind(&mut self, unit: Unit, forms: &str) {
        for form in forms.split(';').filter(|form| !form.is_empty()) {
            for plural in ["", "s"] {
                let form = form.replacen('+', plural, 1);
                self.units.words.insert(phrase_hash(&form), unit);
                let first = form.split(' ').next().unwrap_or(&form);
                self.add(first, role::UNIT, None, None);
            }
        }
    }

    /// Lists a code that also stands behind a number; "kgs" in small letters are kilograms.
    fn code_behind(&mut self, unit: Unit, code: &str) {
        if self.units.words.contains(phrase_hash(code)) {
            let symbol = join(0, hash_exact(&code.to_uppercase()));
            if !self.units.symbols.contains(symbol) {
                self.units.symbols.insert(symbol, unit);
            }
        } else {
            self.behind(unit, code);
        }
    }

    fn cues(&mut self) {
        for [name, words, ..] in rows(include_str!("../data/words.tsv")) {
            let role = match name {
                "up" => role::UP,
                "down" => role::DOWN,
                "flat" => role::FLAT,
                "verb" => role::VERB,
                "function" => role::FUNCTION,
                "break" => role::BREAK,
                "adverb" => role::ADVERB,
                "future" => role::FUTURE,
                "report" => role::REPORT,
                "label" => role::LABEL,
                "collective" => role::COLLECTIVE,
                "month_clue" => role::MONTH_CLUE,
                "street" => role::STREET,
                "maker" => role::MAKER,
                "each" => role::EACH,
                _ => {
                    self.list(name, words);
                    continue;
                }
            };
            for word in words.split(' ') {
                self.add(word, role, None, None);
            }
        }
        for [name, phrases, ..] in rows(include_str!("../data/phrases.tsv")) {
            let (name, behind) = name.strip_prefix("after_").map_or((name, false), |name| (name, true));
            let Some(bound) = Bound::from_word(name) else { continue };
            for phrase in phrases.split(';') {
                let table = if behind { &mut self.bounds_behind } else { &mut self.bounds };
                table.insert(phrase_hash(phrase), bound);
                let edge = if behind { phrase.split(' ').next() } else { phrase.split(' ').next_back() };
                self.add(edge.unwrap_or(phrase), role::BOUND, None, None);
            }
        }
    }

    /// What the word of a hash can mean.
    #[inline]
    pub(crate) fn entry(&self, hash: u64) -> Entry {
        self.words.get(hash).copied().unwrap_or_default()
    }

    /// The unit behind a number: by the hash of its words, or the last of them as it is written.
    pub(crate) fn unit(&self, phrase: u64, exact: u64, careless: bool) -> Option<Unit> {
        let table = &self.units;
        table
            .symbols
            .get(exact)
            .or_else(|| table.words.get(phrase))
            .or_else(|| if careless { table.careless.get(phrase) } else { None })
            .copied()
    }

    /// Whether a code is listed as it is written ("Rs"), and whether any number behind it is enough.
    pub(crate) fn written_code(&self, code: &str) -> Option<bool> {
        self.written.get(hash_exact(code)).copied()
    }

    /// Whether one of some [`list`]s has the word of a hash.
    pub(crate) fn listed(&self, hash: u64, lists: u64) -> bool {
        self.lists.get(hash).is_some_and(|bits| bits & lists != 0)
    }

    /// The unit of the mark ".
    pub(crate) fn inch(&self) -> Option<Unit> {
        self.unit(phrase_hash("inch"), 0, false)
    }

    /// The degree of which only the text tells what sort it is.
    pub(crate) fn degree(&self) -> Option<Unit> {
        self.unit(phrase_hash("degree"), 0, false)
    }

    /// The unit of a capacitor.
    pub(crate) fn farad(&self) -> Option<Unit> {
        self.unit(phrase_hash("farad"), 0, false)
    }

    /// The point of percentages.
    pub(crate) fn point(&self) -> Option<Unit> {
        self.unit(phrase_hash("percentage point"), 0, false)
    }

    /// The usual degree.
    pub(crate) fn celsius(&self) -> Option<Unit> {
        self.unit(phrase_hash("celsius"), 0, false)
    }

    /// The pound that weighs.
    pub(crate) fn pound_of_weight(&self) -> Unit {
        let weight = Unit { measures: Measures::Quantity, code: "lb", name: "pound", si: None };
        self.unit(phrase_hash("lb"), 0, false).unwrap_or(weight)
    }

    /// The currency before a number, by the hash of its phrase.
    pub(crate) fn prefix(&self, phrase: u64) -> Option<Unit> {
        self.prefixes.get(phrase).copied()
    }

    /// The holiday of a phrase.
    pub(crate) fn holiday(&self, phrase: u64) -> Option<Holiday> {
        self.holidays.get(phrase).copied()
    }

    /// The bound that a phrase before a number sets.
    pub(crate) fn bound(&self, phrase: u64) -> Option<Bound> {
        self.bounds.get(phrase).copied()
    }

    /// The bound that a phrase behind a number sets.
    pub(crate) fn bound_behind(&self, phrase: u64) -> Option<Bound> {
        self.bounds_behind.get(phrase).copied()
    }
}

/// The rows of a tab-separated table, comments left out, short rows filled up.
pub(crate) fn rows(table: &'static str) -> impl Iterator<Item = [&'static str; 6]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(|line| {
        let mut cells = line.split('\t');
        std::array::from_fn(|_| cells.next().unwrap_or(""))
    })
}
