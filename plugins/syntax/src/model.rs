//! The trained model: a table of words with one tag, and weights for all others.

use std::path::Path;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Lexicon, Token};
use copydesk_learn::{Artefact, ArtefactError, Classes, Dense, ModelError};

use crate::features::{Form, history, shape, tag_number};
use crate::scores::{Around, LANES, Scores};

/// The kind of the model file.
pub const KIND: &str = "syntax";
/// The section of the weights (`learn::dense`): a row for each feature, with one weight per tag.
pub const WEIGHTS: &str = "rows";
/// The section of the words with one tag: the key of each in eight bytes, little-endian, and its tag in one.
pub const WORDS: &str = "words";
/// Bytes per word.
const WORD: usize = 9;

/// A model of the tagger.
pub struct Model {
    weights: Dense<LANES>,
    words: Lexicon<PartOfSpeech>,
    pub(crate) classes: Classes,
    edge: Around,
    /// The scores of each pair of previous tags; the nearer tag selects the row.
    histories: Vec<Scores>,
}

impl Model {
    /// The model of a file, or the built-in one.
    pub fn load(file: Option<&Path>) -> Result<Self, ModelError> {
        copydesk_learn::model::load(KIND, file, include_bytes!("../data/syntax.bin"), Self::read)
    }

    /// Reads the sections.
    fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let section = model.section(WORDS)?;
        let (rows, rest) = section.as_chunks::<WORD>();
        if !rest.is_empty() {
            return Err(ArtefactError::damaged("the table of words is cut off"));
        }
        let mut words = Lexicon::with_capacity(rows.len());
        for row in rows {
            let mut hash = [0; 8];
            hash.copy_from_slice(&row[..8]);
            let tag = PartOfSpeech::from_byte(row[8])
                .ok_or_else(|| ArtefactError::damaged("a word has an unknown tag"))?;
            words.insert(u64::from_le_bytes(hash), tag);
        }
        let weights = Dense::read(&model.section(WEIGHTS)?)?;
        let mut model =
            Self { weights, words, classes: Classes::built_in()?, edge: Around::ZERO, histories: Vec::new() };
        model.edge = model.around(&Form::EDGE);
        let tags = || PartOfSpeech::ALL.iter().copied().map(Some).chain([None]);
        model.histories = tags()
            .flat_map(|last| tags().map(move |last_but_one| [last_but_one, last]))
            .map(|before| model.sum(&history(before)))
            .collect();
        Ok(model)
    }

    #[inline(always)]
    fn sum(&self, features: &[u64]) -> Scores {
        let mut scores = Scores::ZERO;
        self.weights.add_all(features, &mut scores);
        scores
    }

    /// The scores of a form as the word that is tagged.
    #[inline(always)]
    pub(crate) fn own(&self, form: &Form) -> Scores {
        self.sum(&form.own())
    }

    /// The scores of a form as previous and as next word.
    #[inline(always)]
    pub(crate) fn around(&self, form: &Form) -> Around {
        Around { before: self.sum(&form.before()), after: self.sum(&form.after()) }
    }

    /// The scores of the edge of the sentence.
    pub(crate) fn edge(&self) -> &Around {
        &self.edge
    }

    /// The scores of the two tags before.
    #[inline(always)]
    pub(crate) fn history(&self, before: [Option<PartOfSpeech>; 2]) -> &Scores {
        let [last_but_one, last] = before.map(tag_number);
        &self.histories[last as usize * (PartOfSpeech::COUNT + 1) + last_but_one as usize]
    }

    /// Adds the scores of a feature.
    #[inline(always)]
    pub(crate) fn add(&self, feature: u64, scores: &mut Scores) {
        self.weights.add(feature, scores);
    }

    /// The tag of a word that has only one.
    #[inline(always)]
    pub(crate) fn fixed(&self, token: &Token) -> Option<PartOfSpeech> {
        self.words.get(word_key(token)).copied()
    }
}

/// The table's key of a word: "May" and "may" differ.
#[inline(always)]
pub(crate) fn word_key(token: &Token) -> u64 {
    // Only the case: the rest of the shape depends on the word's position.
    copydesk_learn::feature::mix(token.hash(), shape(token) & 7)
}
