//! Fills the vocabulary from the tables under `data/`.

use copydesk_core::hash_lower;
use copydesk_core::layers::Bound;

use crate::sentence::frequency::FREQUENCIES;
use crate::sentence::holidays::Holiday;
use crate::sentence::keys::{hash_exact, join, phrase_hash, rows};
use crate::sentence::lists::list;
use crate::sentence::multiples::MULTIPLES;
use crate::sentence::number_words::{
    AGE_WORDS, CARDINALS, FRACTIONS, LETTER_SCALES, MANY, MONTHS, ORDINALS, RELATIVES, SCALES, SEASONS,
    WEEKDAYS,
};
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::{SPANS, Vocabulary, role};

impl Vocabulary {
    /// Adds the words of a list that is rarely needed.
    pub(super) fn list(&mut self, name: &str, words: &str) {
        let bit = list::NAMES.iter().find(|(known, _)| *known == name).map_or(0, |(_, bit)| *bit);
        debug_assert!(bit != 0, "{name} is not a list");
        for word in words.split(' ') {
            let hash = hash_lower(word);
            let bits = self.lists.get(hash).copied().unwrap_or(0);
            self.lists.insert(hash, bits | bit);
        }
    }

    pub(super) fn add_hash(&mut self, hash: u64, roles: u32) {
        let mut entry = self.words.get(hash).copied().unwrap_or_default();
        entry.roles |= roles;
        self.words.insert(hash, entry);
    }

    pub(super) fn add(&mut self, word: &str, roles: u32, value: Option<u8>, calendar: Option<u8>) {
        let hash = hash_lower(word);
        let mut entry = self.words.get(hash).copied().unwrap_or_default();
        entry.roles |= roles;
        entry.value = value.unwrap_or(entry.value);
        entry.calendar = calendar.unwrap_or(entry.calendar);
        self.words.insert(hash, entry);
    }

    pub(super) fn numbers(&mut self) {
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
        for (word, _) in FREQUENCIES {
            self.add(word, role::STARTS_ALONE, None, None);
        }
        for (word, _) in AGE_WORDS {
            self.add(word, role::STARTS_ALONE, None, None);
        }
        for word in ["once", "twice", "thrice"] {
            self.add(word, role::STARTS_ALONE, None, None);
        }
        self.add("point", role::STARTS_ALONE, None, None);
        self.add("couple", role::STARTS_ALONE, None, None);
        self.add("pair", role::STARTS_ALONE, None, None);
        self.add("negative", role::STARTS_ALONE, None, None);
        self.add("a", role::FUNCTION, None, None);
    }

    pub(super) fn calendar(&mut self) {
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
        for [day, names, ..] in rows(include_str!("../../../data/holidays.tsv")) {
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

    pub(super) fn units(&mut self) {
        for hash in std::mem::take(&mut self.units.starts) {
            self.add_hash(hash, role::UNIT);
        }
    }

    pub(super) fn currencies(&mut self) {
        for [code, name, before, after, ..] in rows(include_str!("../../../data/currencies.tsv")) {
            let unit = Unit { measures: Measures::Money, code, name, si: None };
            self.after(unit, after);
            // Ounces of gold are a weight more often than money.
            if !code.is_empty() && !name.contains(" of ") {
                self.after(unit, &format!("{name}+"));
            }
            // "MEUR 120", "kUSD 60": millions and thousands in the code.
            for scale in ["m", "k"] {
                if code.len() == 3 {
                    self.add(&[scale, code].concat(), role::PREFIX, None, None);
                }
            }
            // "aud$ 15": a code before the sign.
            let dollars = name.ends_with("dollar") || name.ends_with("peso");
            let coded =
                if dollars && !code.is_empty() { format!("{code} $").to_lowercase() } else { String::new() };
            for form in before.split(';').chain([coded.as_str()]).filter(|form| !form.is_empty()) {
                // Codes with small letters: only in exactly this case.
                if let Some(written) = form.strip_prefix(['=', '?']) {
                    self.written.insert(hash_exact(written), (unit, form.starts_with('=')));
                    self.add(written, role::PREFIX, None, None);
                    continue;
                }
                self.prefixes.insert(phrase_hash(form), unit);
                self.add(form.split(' ').next().unwrap_or(form), role::PREFIX, None, None);
                // ISO codes and signs also follow: "5 million USD", "5 €".
                if !form.contains(' ') {
                    self.code_after(unit, form);
                }
            }
        }
    }

    /// Lists the forms of a unit that follow a number.
    pub(super) fn after(&mut self, unit: Unit, forms: &str) {
        for form in forms.split(';').filter(|form| !form.is_empty()) {
            let (before, after) = form.split_once('+').unwrap_or((form, ""));
            // Without a `+` there is no plural.
            let plurals: &[&str] = if before.len() < form.len() { &["", "s"] } else { &[""] };
            for plural in plurals {
                let form = [before, plural, after].concat();
                self.units.add_words(phrase_hash(&form), unit);
                let first = form.split(' ').next().unwrap_or(&form);
                self.add(first, role::UNIT, None, None);
            }
        }
    }

    /// Lists a code that also follows a number; "kgs" in small letters are kilograms.
    pub(super) fn code_after(&mut self, unit: Unit, code: &str) {
        if self.units.has_words(phrase_hash(code)) {
            let symbol = join(0, hash_exact(&code.to_uppercase()));
            self.units.add_symbol(symbol, unit);
        } else {
            self.after(unit, code);
        }
    }

    pub(super) fn cues(&mut self) {
        for [name, words, ..] in rows(include_str!("../../../data/words.tsv")) {
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
        for [name, phrases, ..] in rows(include_str!("../../../data/phrases.tsv")) {
            let (name, after) = name.strip_prefix("after_").map_or((name, false), |name| (name, true));
            let Some(bound) = Bound::from_word(name) else { continue };
            for phrase in phrases.split(';') {
                let table = if after { &mut self.bounds_after } else { &mut self.bounds };
                table.insert(phrase_hash(phrase), bound);
                let edge = if after { phrase.split(' ').next() } else { phrase.split(' ').next_back() };
                self.add(edge.unwrap_or(phrase), role::BOUND, None, None);
            }
        }
    }
}
