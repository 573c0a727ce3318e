//! Maps words to rows of the model.

use copydesk_learn::Classes;

use crate::lexicon::{Word, role};
use crate::shape::CUES;

/// Special rows.
pub(crate) mod special {
    /// The target, whatever its words.
    pub(crate) const TARGET: u32 = 0;
    /// A capitalised word within a sentence: the identity of names must not influence polarity.
    pub(crate) const NAME: u32 = 1;
    pub(crate) const NUMBER: u32 = 2;
    pub(crate) const QUOTE_MARK: u32 = 3;
    pub(crate) const UNKNOWN: u32 = 4;
    /// The rows of word classes begin here.
    pub(crate) const CLASSES: u32 = 5;
}

/// The rows of word classes end here, those of words begin.
pub(crate) const WORDS: u32 = special::CLASSES + copydesk_learn::classes::MAX as u32;

/// The number of terms for which there is space before memory is moved.
const TERMS: usize = 1000;

/// Rows of word forms, with the lexicon's entry of each.
pub(crate) struct Vocabulary {
    rows: WordRows,
    words: Vec<Word>,
    classes: Classes,
}

/// The rows of words by their hashes.
struct WordRows {
    hashes: Vec<u64>,
    /// For a part of the hash the index of a word in `hashes`, from 1 on; 0 for none. At most half of them are used. A table of hashes
    /// and rows would be more than three times as large, and take as much longer to fill.
    slots: Vec<u32>,
}

impl WordRows {
    fn new(hashes: Vec<u64>) -> Self {
        let mut rows = Self { slots: vec![0; (2 * hashes.len()).next_power_of_two()], hashes };
        for (number, hash) in (1..).zip(&rows.hashes) {
            let slot = slot(&rows.hashes, &rows.slots, *hash);
            rows.slots[slot] = number;
        }
        rows
    }

    #[inline]
    fn get(&self, hash: u64) -> Option<u32> {
        let number = self.slots[slot(&self.hashes, &self.slots, hash)];
        (number > 0).then(|| WORDS + number - 1)
    }
}

/// The slot of `hash`, or the free slot for it.
#[inline]
fn slot(hashes: &[u64], slots: &[u32], hash: u64) -> usize {
    let mask = slots.len() - 1;
    let mut at = hash as usize & mask;
    while let Some(number) = (slots[at] as usize).checked_sub(1)
        && hashes[number] != hash
    {
        at = (at + 1) & mask;
    }
    at
}

impl Vocabulary {
    /// The words with these hashes have rows in this order.
    pub(crate) fn new(
        hashes: Vec<u64>,
        lexicon: impl Iterator<Item = (u64, Word)>,
        classes: Classes,
    ) -> Self {
        let rows = WORDS as usize + hashes.len();
        let mut words = Vec::with_capacity(rows + TERMS);
        words.resize(rows, Word::default());
        let mut found = Self { rows: WordRows::new(hashes), words, classes };
        for (hash, word) in lexicon {
            if let Some(row) = found.rows.get(hash) {
                found.words[row as usize] = word;
            }
        }
        found
    }

    /// The number of rows.
    pub(crate) fn len(&self) -> usize {
        self.words.len()
    }

    /// The finest class of a word, from 1; 0 where it has none.
    pub(crate) fn class(&self, hash: u64) -> u16 {
        self.classes.of(hash)[copydesk_learn::classes::GRAINS - 1]
    }

    /// The classes of a word at every granularity.
    pub(crate) fn classes_of(&self, hash: u64) -> copydesk_learn::WordClasses {
        self.classes.of(hash)
    }

    /// Assigns a term a row.
    pub(crate) fn add_term(&mut self, word: Word) -> u32 {
        self.words.push(word);
        self.words.len() as u32 - 1
    }

    /// The lexicon's entry of a row.
    #[inline]
    pub(crate) fn word(&self, row: u32) -> Word {
        self.words.get(row as usize).copied().unwrap_or_default()
    }

    /// The lexicon's entry of a form.
    #[inline]
    pub(crate) fn word_of(&self, hash: u64) -> Word {
        self.rows.get(hash).map_or_else(Word::default, |row| self.word(row))
    }

    /// The lexicon's entry as features of the network.
    pub(crate) fn cues(&self, row: u32) -> [f32; CUES] {
        let word = self.word(row);
        let is = |role: u16| f32::from(word.is(role));
        [
            word.valence.max(0.0) / 2.0,
            (-word.valence).max(0.0) / 2.0,
            is(role::VALENCE),
            is(role::NEGATOR),
            is(role::INTENSIFIER),
            is(role::DAMPENER),
            is(role::SHIFTER),
            is(role::CONTRAST),
            is(role::BOUNDARY),
        ]
    }

    /// The row of a form: its own, or that of its word class.
    pub(crate) fn row(&self, hash: u64) -> u32 {
        match self.rows.get(hash) {
            Some(row) => row,
            None => match self.class(hash) {
                0 => special::UNKNOWN,
                class => special::CLASSES + u32::from(class) - 1,
            },
        }
    }
}
