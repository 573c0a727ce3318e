//! Fills the vocabulary from the tables under `data/`.

use copydesk_core::hash_lower;
use copydesk_core::layers::Bound;

use crate::sentence::frequency::FREQUENCIES;
use crate::sentence::holidays::Holiday;
use crate::sentence::keys::{phrase_hash, rows};
use crate::sentence::lists::list;
use crate::sentence::multiples::MULTIPLES;
use crate::sentence::vocabulary::{Vocabulary, role};

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
        if roles & role::STARTS != 0 {
            self.note_beginning(hash);
        }
    }

    /// Numbers in words and the parts of the calendar.
    pub(super) fn numbers(&mut self) {
        let (mut cardinals, mut ordinals) = (Vec::new(), Vec::new());
        for [name, words, ..] in rows(include_str!("../../../data/numbers.tsv")) {
            let (roles, of_calendar) = match name {
                "cardinal" => (role::CARDINAL, false),
                "scale" => (role::SCALE, false),
                "letter_scale" => (role::LETTER_SCALE, false),
                "many" => (role::MANY, false),
                "ordinal" => (role::ORDINAL, false),
                "fraction" => (role::FRACTION, false),
                "age" | "alone" => (role::STARTS_ALONE, false),
                "month" => (role::MONTH, true),
                "weekday" => (role::WEEKDAY, true),
                "season" => (role::SEASON, true),
                "clock" => (role::CLOCK, true),
                "span" => (role::SPAN, true),
                _ => (role::RELATIVE, false),
            };
            for word in words.split(' ') {
                let (word, value) = word
                    .split_once('=')
                    .map_or((word, None), |(word, value)| (word, value.parse::<u8>().ok()));
                match (roles, value) {
                    (role::CARDINAL, Some(value)) => cardinals.push((word, value)),
                    (role::ORDINAL, Some(value)) => ordinals.push((word, value)),
                    _ => {}
                }
                let (value, calendar) = if of_calendar { (None, value) } else { (value, None) };
                self.add(word, roles, value, calendar);
            }
        }
        self.joined_numbers(&cardinals, &ordinals);
        for word in MULTIPLES.iter().map(|(word, ..)| word).chain(FREQUENCIES.iter().map(|(word, _)| word)) {
            self.add(word, role::STARTS_ALONE, None, None);
        }
        self.add("a", role::FUNCTION, None, None);
    }

    /// "twentyfive", "twentyfifth", and the parts that ordinals name: "fifteenths".
    fn joined_numbers(&mut self, cardinals: &[(&str, u8)], ordinals: &[(&str, u8)]) {
        for (tens, value) in cardinals.iter().filter(|(_, value)| *value >= 20) {
            for (table, roles) in [(cardinals, role::CARDINAL), (ordinals, role::ORDINAL)] {
                for (unit, more) in table.iter().filter(|(_, more)| (1..10).contains(more)) {
                    self.add(&[*tens, *unit].concat(), roles, Some(value + more), None);
                }
            }
        }
        for (word, value) in ordinals.iter().filter(|(_, value)| *value > 10) {
            self.add(&format!("{word}s"), role::FRACTION, Some(*value), None);
        }
    }

    pub(super) fn holidays(&mut self) {
        for [day, names, ..] in rows(include_str!("../../../data/holidays.tsv")) {
            let Some(day) = Holiday::parse(day) else { continue };
            for name in names.split(';') {
                self.holidays.insert(phrase_hash(name), day);
                let first = name.split(' ').next().unwrap_or(name);
                self.add(first, role::HOLIDAY, None, None);
            }
        }
    }

    /// The words that begin units and currencies.
    pub(super) fn units(&mut self) {
        for hash in self.units.starts() {
            self.add_hash(hash, role::UNIT);
        }
        for hash in self.units.openers() {
            self.add_hash(hash, role::PREFIX);
            self.note_beginning(hash);
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
