//! What single words and phrases can mean in a figure: one look-up per token.

mod load;

use copydesk_core::layers::{Bound, Direction};
use copydesk_core::{Lexicon, hash_lower};

use crate::sentence::holidays::Holiday;
use crate::sentence::keys;
use crate::sentence::table::Table;
use crate::sentence::units::{Measures, Unit};

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
    /// Day, week, month, quarter, year …, singular or plural; `calendar` is the index that `data/numbers.tsv` gives it.
    pub(crate) const SPAN: u32 = 1 << 6;
    /// Begins a unit that follows its number.
    pub(crate) const UNIT: u32 = 1 << 7;
    /// Begins a currency sign or code that precedes its number.
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
    /// May be between a cue of change and the number.
    pub(crate) const ADVERB: u32 = 1 << 16;
    pub(crate) const FUTURE: u32 = 1 << 17;
    pub(crate) const REPORT: u32 = 1 << 18;
    /// "section", "page": the number after it is a label.
    pub(crate) const LABEL: u32 = 1 << 19;
    /// A plural without s, or a noun that is counted in the singular.
    pub(crate) const COLLECTIVE: u32 = 1 << 20;
    pub(crate) const MONTH_CLUE: u32 = 1 << 21;
    pub(crate) const STREET: u32 = 1 << 22;
    pub(crate) const MAKER: u32 = 1 << 23;
    /// "earlier", "tomorrow" and other words that begin a relative date.
    pub(crate) const RELATIVE: u32 = 1 << 24;
    pub(crate) const SEASON: u32 = 1 << 25;
    /// A scale only as a letter after digits: "5k".
    pub(crate) const LETTER_SCALE: u32 = 1 << 26;
    /// "thousands", "dozens"; `value` is a power of ten, or 0 for dozens.
    pub(crate) const MANY: u32 = 1 << 27;
    /// A time of day: "noon".
    pub(crate) const CLOCK: u32 = 1 << 28;
    /// "a share", "per head": denominators of prices.
    pub(crate) const EACH: u32 = 1 << 29;

    /// Begins a holiday's name.
    pub(crate) const HOLIDAY: u32 = 1 << 31;
    /// Begins a figure, and is nothing else; `value` is the decade of an age ("octogenarian"), else 0.
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

/// The number of bits for words that begin something.
const BEGINNINGS: usize = 1 << 14;

/// The approximate numbers of words, and of words of lists.
const WORDS: usize = 4000;
const LISTED: usize = 2000;

/// What one word can mean.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Entry {
    /// Bits of [`role`].
    pub(crate) roles: u32,
    /// A cardinal, an ordinal, a denominator or a power of ten.
    pub(crate) value: u8,
    /// A month, weekday (Monday is 1), season, span of time or hour.
    pub(crate) calendar: u8,
    /// Where the patterns are that begin with it, from 1 on; 0 if none does.
    pub(crate) rows: u16,
}

impl Entry {
    pub(crate) const fn is(self, roles: u32) -> bool {
        self.roles & roles != 0
    }

    /// Up or down, if the word means one of the two.
    pub(crate) const fn way(self) -> Option<Direction> {
        match (self.is(role::UP), self.is(role::DOWN)) {
            (true, false) => Some(Direction::Up),
            (false, true) => Some(Direction::Down),
            _ => None,
        }
    }
}

/// All tables, looked up by hash.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    words: Lexicon<Entry>,
    /// A bit for each word that begins a figure or a pattern, by a part of its hash; few other words have theirs set.
    beginnings: Vec<u64>,
    /// Units and currencies.
    units: Table,
    /// Bounds before a number.
    bounds: Lexicon<Bound>,
    /// Bounds after a number.
    bounds_after: Lexicon<Bound>,
    holidays: Lexicon<Holiday>,
    /// Abbreviations of time zones: minutes ahead of UTC, none where one has several meanings.
    zones: Lexicon<Option<i16>>,
    /// Bits of [`list`]: words of the lists that are rarely needed.
    lists: Lexicon<u64>,
}

impl Vocabulary {
    /// Reads the tables, with the built-in units or those that are given.
    pub(crate) fn new(units: Option<Table>) -> Self {
        let mut vocabulary = Self {
            words: Lexicon::with_capacity(WORDS),
            beginnings: vec![0; BEGINNINGS / 64],
            units: units.or_else(Table::built_in).unwrap_or_default(),
            bounds: Lexicon::default(),
            bounds_after: Lexicon::default(),
            holidays: Lexicon::default(),
            zones: Lexicon::default(),
            lists: Lexicon::with_capacity(LISTED),
        };
        vocabulary.numbers();
        vocabulary.holidays();
        for [zone, minutes, ..] in keys::rows(include_str!("../../data/zones.tsv")) {
            vocabulary.zones.insert(hash_lower(zone), minutes.parse().ok());
        }
        vocabulary.units();
        vocabulary.cues();
        vocabulary
    }

    /// Stores where the patterns are that begin with a word.
    pub(crate) fn begins_rows(&mut self, hash: u64, rows: u16) {
        let mut entry = self.words.get(hash).copied().unwrap_or_default();
        entry.rows = rows;
        self.words.insert(hash, entry);
        self.note_beginning(hash);
    }

    /// Notes that a figure or a pattern may begin with a word.
    fn note_beginning(&mut self, hash: u64) {
        let bit = hash as usize % BEGINNINGS;
        self.beginnings[bit / 64] |= 1 << (bit % 64);
    }

    /// Whether a figure or a pattern may begin with a word: no for most words.
    #[inline]
    pub(crate) fn may_begin(&self, hash: u64) -> bool {
        let bit = hash as usize % BEGINNINGS;
        self.beginnings[bit / 64] >> (bit % 64) & 1 != 0
    }

    /// What the word of a hash can mean.
    #[inline]
    pub(crate) fn entry(&self, hash: u64) -> Entry {
        self.words.get(hash).copied().unwrap_or_default()
    }

    /// The unit after a number: by the hash of its words, or by its last one with its capitals.
    pub(crate) fn unit(&self, phrase: u64, exact: u64, careless: bool) -> Option<Unit> {
        self.units.unit(phrase, exact, careless)
    }

    /// The currency of a code with its capitals ("Rs"), and whether any number after it is enough.
    pub(crate) fn written_code(&self, code: &str) -> Option<(Unit, bool)> {
        self.units.written(keys::hash_exact(code))
    }

    /// Whether one of some [`list`]s has the word of a hash.
    pub(crate) fn listed(&self, hash: u64, lists: u64) -> bool {
        self.lists.get(hash).is_some_and(|bits| bits & lists != 0)
    }

    /// The unit of the mark ".
    pub(crate) fn inch(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("inch"), 0, false)
    }

    /// The degree whose kind only the text shows.
    pub(crate) fn degree(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("degree"), 0, false)
    }

    /// The unit of a capacitor.
    pub(crate) fn farad(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("farad"), 0, false)
    }

    /// The unit of percentages.
    pub(crate) fn percent(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("percent"), 0, false)
    }

    /// The unit of supersonic speed.
    pub(crate) fn mach(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("mach"), 0, false)
    }

    /// The percentage point.
    pub(crate) fn point(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("percentage point"), 0, false)
    }

    /// The usual degree.
    pub(crate) fn celsius(&self) -> Option<Unit> {
        self.unit(keys::phrase_hash("celsius"), 0, false)
    }

    /// The pound as a weight.
    pub(crate) fn pound_of_weight(&self) -> Unit {
        let weight = Unit { measures: Measures::Quantity, code: "lb", name: "pound", si: None };
        self.unit(keys::phrase_hash("lb"), 0, false).unwrap_or(weight)
    }

    /// The currency before a number, by the hash of its phrase.
    pub(crate) fn prefix(&self, phrase: u64) -> Option<Unit> {
        self.units.prefix(phrase)
    }

    /// The minutes that a time zone is ahead of UTC, if its abbreviation has one meaning.
    pub(crate) fn zone(&self, hash: u64) -> Option<Option<i16>> {
        self.zones.get(hash).copied()
    }

    /// The holiday of a phrase.
    pub(crate) fn holiday(&self, phrase: u64) -> Option<Holiday> {
        self.holidays.get(phrase).copied()
    }

    /// The bound that a phrase before a number sets.
    pub(crate) fn bound(&self, phrase: u64) -> Option<Bound> {
        self.bounds.get(phrase).copied()
    }

    /// The bound that a phrase after a number sets.
    pub(crate) fn bound_after(&self, phrase: u64) -> Option<Bound> {
        self.bounds_after.get(phrase).copied()
    }
}
