//! What training needs of the stage: texts as its models see them, and the form of the model files.
//!
//! The network sees a sentence as rows of a vocabulary and a few numbers that rules find ([`Input`]); [`Reader`] makes both by the
//! code that analyses. [`shape`] has the sizes of its layers. What the model of stances sees is in [`stance`].

pub mod stance;

use std::ops::Range;

use copydesk_core::{Document, Lexicon, Span, StageError};
use copydesk_learn::{ArtefactError, Classes};

use crate::attitudes::Attitudes;
use crate::hits::Hits;
use crate::lexicon::{self, Word};
use crate::score::Score;
use crate::terms::Terms;
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

/// What the network sees of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The row of each token; a target is one token, whatever its words.
    pub rows: Vec<u32>,
    /// The position of the target; none if the sentence is looked at as a whole.
    pub target: Option<usize>,
    /// The positions of the target's clause.
    pub clause: Range<usize>,
    /// Features that rules find: [`shape::NUMBERS`] of a target, [`shape::SENTENCE_NUMBERS`] of a whole sentence.
    pub numbers: Vec<f32>,
}

/// Reads texts as the network sees them.
pub struct Reader {
    vocabulary: Vocabulary,
    terms: Terms,
    attitudes: Attitudes,
    words: Vec<u64>,
}

impl Reader {
    /// A reader whose vocabulary has these words, by their hashes, and those of the lexicon.
    pub fn new(words: impl IntoIterator<Item = u64>) -> Result<Self, ArtefactError> {
        let failed = |error: StageError| ArtefactError::damaged(error.to_string());
        let lexicon: Lexicon<Word> = lexicon::lexicon().map_err(failed)?;
        let mut all: Vec<u64> = Vec::new();
        let mut known: Lexicon<()> = Lexicon::default();
        for hash in words.into_iter().chain(lexicon::forms().map_err(failed)?) {
            if !known.contains(hash) {
                known.insert(hash, ());
                all.push(hash);
            }
        }
        let mut terms = Terms::built_in().map_err(failed)?;
        let mut vocabulary = Vocabulary::new(all.iter().copied(), &lexicon, Classes::built_in()?);
        terms.give_rows(&mut vocabulary);
        let attitudes = Attitudes::built_in().map_err(failed)?;
        Ok(Self { vocabulary, terms, attitudes, words: all })
    }

    /// The hashes of the words that have rows, in their order from [`FIRST_WORD`] on.
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many rows there are: behind those of the words come those of terms of several words.
    pub fn rows(&self) -> usize {
        self.vocabulary.len()
    }

    /// The row of the finest class of a word, if it has one.
    pub fn class_row(&self, word: u64) -> Option<usize> {
        usize::from(self.vocabulary.class(word)).checked_sub(1).map(|class| FIRST_CLASS + class)
    }

    /// What the lexicon says of a row.
    pub fn cues(&self, row: u32) -> [f32; shape::CUES] {
        self.vocabulary.cues(row)
    }

    /// The sentence of a target, around it.
    pub fn target(&self, document: &Document, target: Span) -> Input {
        let doc = document.view();
        let reading = self.vocabulary.read(&doc, &self.terms);
        let found = Hits::read(&doc, &reading, &self.vocabulary, &self.attitudes);
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

    /// A whole text, which should be one sentence.
    pub fn whole(&self, document: &Document) -> Input {
        let doc = document.view();
        let reading = self.vocabulary.read(&doc, &self.terms);
        let found = Hits::read(&doc, &reading, &self.vocabulary, &self.attitudes);
        let tokens = 0..doc.tokens().len().min(LONGEST);
        let numbers = numbers::of_sentence(found.of_sentence(tokens.clone()), tokens.clone(), |_| true);
        Input { rows: reading.rows[tokens].to_vec(), target: None, clause: 0..0, numbers: numbers.to_vec() }
    }
}

/// The words of the lexicon that carry valence, each with how much.
pub fn valences() -> Result<Vec<(&'static str, f32)>, StageError> {
    lexicon::valences()
}

/// The polarity that the stage writes for what the network says of a sentence, from -1 to 1.
pub fn polarity(rating: f32) -> f32 {
    Score::of(rating).value
}
