//! What training needs from the stage: the inputs of its models, and the format of the model files.
//!
//! The input of the network is a sequence of rows of a vocabulary and a few rule-based features ([`Input`]), which [`Reader`] computes.
//! [`shape`] has the sizes of its layers. The features of the model of stances are in [`stance`].

pub mod stance;

use std::ops::Range;

use copydesk_core::{Document, Lexicon, Span, StageError};
use copydesk_learn::{ArtefactError, Classes};

use crate::attitudes::Attitudes;
use crate::domain::Finance;
use crate::events::Events;
use crate::hits::Hits;
use crate::lexicon;
use crate::reading::{Forms, Reading, Tables};
use crate::score::Score;
use crate::terms::Terms;
use crate::turns::Turns;
use crate::vocabulary::{Vocabulary, special};
use crate::{numbers, targets};

pub use crate::encoder::{BIAS, FILTERS, HASHES, SCALES, VECTORS};
pub use crate::model::{DOMAINS, KIND, score_section, target_section};

/// The sizes of the network.
pub mod shape {
    pub use crate::shape::*;
}

/// The row of the first word class; those before it are for targets, names, numbers, marks and unknown words.
pub const FIRST_CLASS: usize = special::CLASSES as usize;
/// The row of the first word.
pub const FIRST_WORD: usize = crate::vocabulary::WORDS as usize;

/// Longer texts are truncated to this many tokens.
const LONGEST: usize = 120;

/// The input of the network for a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The row of each token; a target is one token, whatever its words.
    pub rows: Vec<u32>,
    /// The position of the target; `None` for the polarity of the whole sentence.
    pub target: Option<usize>,
    /// The positions of the target's clause.
    pub clause: Range<usize>,
    /// Rule-based features: [`shape::NUMBERS`] for a target, [`shape::SENTENCE_NUMBERS`] for a whole sentence.
    pub numbers: Vec<f32>,
}

/// Computes the inputs of the network.
pub struct Reader {
    vocabulary: Vocabulary,
    terms: Terms,
    attitudes: Attitudes,
    turns: Turns,
    finance: Finance,
    events: Events,
    words: Vec<u64>,
}

impl Reader {
    /// A reader whose vocabulary has these words, by their hashes, and those of the lexicon.
    pub fn new(words: impl IntoIterator<Item = u64>) -> Result<Self, ArtefactError> {
        let failed = |error: StageError| ArtefactError::damaged(error.to_string());
        let mut all: Vec<u64> = Vec::new();
        let mut known: Lexicon<()> = Lexicon::default();
        for hash in words.into_iter().chain(lexicon::forms().map_err(failed)?) {
            if !known.contains(hash) {
                known.insert(hash, ());
                all.push(hash);
            }
        }
        let mut terms = Terms::built_in().map_err(failed)?;
        let mut vocabulary = Vocabulary::new(all.clone(), lexicon::lexicon(), Classes::built_in()?);
        terms.give_rows(&mut vocabulary);
        let attitudes = Attitudes::built_in().map_err(failed)?;
        let turns = Turns::built_in().map_err(failed)?;
        let events = Events::built_in().map_err(failed)?;
        Ok(Self { vocabulary, terms, attitudes, turns, finance: Finance::built_in(), events, words: all })
    }

    fn tables(&self) -> Tables<'_> {
        Tables {
            vocabulary: &self.vocabulary,
            terms: &self.terms,
            attitudes: &self.attitudes,
            turns: &self.turns,
            finance: &self.finance,
            events: &self.events,
        }
    }

    /// The hashes of the words that have rows, in their order from [`FIRST_WORD`] on.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// The number of rows: the words, then the terms of several words.
    pub fn rows(&self) -> usize {
        self.vocabulary.len()
    }

    /// The row of the finest class of a word, if it has one.
    pub fn class_row(&self, word: u64) -> Option<usize> {
        usize::from(self.vocabulary.class(word)).checked_sub(1).map(|class| FIRST_CLASS + class)
    }

    /// The lexicon features of a row.
    pub fn cues(&self, row: u32) -> [f32; shape::CUES] {
        self.vocabulary.cues(row)
    }

    /// The input for a target: its sentence, or the part of it around the target.
    pub fn target(&self, document: &Document, target: Span) -> Input {
        let doc = document.view();
        let reading = Reading::of(&doc, self.tables(), &mut Forms::default());
        let found = Hits::read(&doc, &reading, &self.vocabulary);
        let first = doc.token_at(target.start());
        let sentence = doc.tokens().get(first).and_then(|token| doc.sentences().get(token.sentence()));
        let sentence = sentence.map_or(0..0, |sentence| sentence.tokens());
        let found = found.of_sentence(sentence.clone());
        let place = targets::place(&doc, sentence, found, target);
        let window = place.window();
        let numbers = numbers::of_target(&doc, found, &self.attitudes, &place).to_vec();
        let mut rows: Vec<u32> = reading.rows[window.start..place.target.start].to_vec();
        let at = rows.len();
        rows.push(special::TARGET);
        rows.extend(&reading.rows[place.target.end..window.end]);
        let within = |token: usize| {
            if token <= place.target.start {
                token.max(window.start) - window.start
            } else {
                token.clamp(place.target.end, window.end) - place.target.end + at + 1
            }
        };
        let clause = within(place.clause.start)..within(place.clause.end);
        Input { rows, target: Some(at), clause, numbers }
    }

    /// The input for a whole text, which should be one sentence.
    pub fn whole(&self, document: &Document) -> Input {
        let doc = document.view();
        let reading = Reading::of(&doc, self.tables(), &mut Forms::default());
        let found = Hits::read(&doc, &reading, &self.vocabulary);
        let tokens = 0..doc.tokens().len().min(LONGEST);
        let numbers = numbers::of_sentence(found.of_sentence(tokens.clone()), tokens.clone(), |_| true);
        Input { rows: reading.rows[tokens].to_vec(), target: None, clause: 0..0, numbers: numbers.to_vec() }
    }
}

/// The words of the lexicon with a valence, and their valences.
pub fn valences() -> Result<Vec<(&'static str, f32)>, StageError> {
    lexicon::valences()
}

/// The polarity, from -1 to 1, that the stage emits for a sentence with this output of the network.
pub fn polarity(rating: f32) -> f32 {
    Score::of(rating).value
}
