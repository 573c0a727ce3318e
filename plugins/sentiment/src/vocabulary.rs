//! Maps words to rows of the model.

use copydesk_core::Lexicon;
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

/// Rows of word forms, with the lexicon's entry of each.
pub(crate) struct Vocabulary {
    rows: Lexicon<u32>,
    words: Vec<Word>,
    classes: Classes,
}

impl Vocabulary {
    /// The words with these hashes have rows in this order.
    pub(crate) fn new(hashes: impl Iterator<Item = u64>, lexicon: &Lexicon<Word>, classes: Classes) -> Self {
        let room = hashes.size_hint().0;
        let mut words = Vec::with_capacity(WORDS as usize + room);
        words.resize(WORDS as usize, Word::default());
        let mut found = Self { rows: Lexicon::with_capacity(room), words, classes };
        for hash in hashes {
            found.rows.insert(hash, found.words.len() as u32);
            found.words.push(lexicon.get(hash).copied().unwrap_or_default());
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
        self.rows.get(hash).map_or_else(Word::default, |row| self.word(*row))
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
            Some(row) => *row,
            None => match self.class(hash) {
                0 => special::UNKNOWN,
                class => special::CLASSES + u32::from(class) - 1,
            },
        }
    }
}
