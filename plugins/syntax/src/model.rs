//! The trained model: words with one tag, and weights for all others.

use std::path::Path;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::{Lexicon, Token};
use copydesk_learn::{Artefact, ArtefactError, Classes, Weights};

use crate::features::shape;

/// The kind of the model file.
pub(crate) const KIND: &str = "syntax";
/// Its sections: weights, and words with their tag.
pub(crate) const WEIGHTS: &str = "weights";
pub(crate) const WORDS: &str = "words";
/// Bytes of a word with its tag.
pub(crate) const WORD: usize = 9;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The file cannot be read.
    #[error("cannot read the model {0}: {1}")]
    Read(String, std::io::Error),
    /// The file is no model of this kind.
    #[error("the model {0}: {1}")]
    Artefact(String, ArtefactError),
}

/// A model of the tagger.
pub struct Model {
    weights: Weights,
    words: Lexicon<PartOfSpeech>,
    pub(crate) classes: Classes,
}

impl Model {
    /// The model that is part of the program.
    pub fn built_in() -> Result<Self, ModelError> {
        let read = || Self::read(&Artefact::from_static(KIND, include_bytes!("../data/syntax.bin"))?);
        read().map_err(|error| ModelError::Artefact("built in".to_owned(), error))
    }

    /// A model from a file.
    pub fn open(path: &Path) -> Result<Self, ModelError> {
        let shown = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| ModelError::Read(shown(), error))?;
        let read = || Self::read(&Artefact::from_vec(KIND, bytes)?);
        read().map_err(|error| ModelError::Artefact(shown(), error))
    }

    /// Reads the sections.
    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let section = model.section(WORDS)?;
        let (rows, rest) = section.as_chunks::<WORD>();
        if !rest.is_empty() {
            return Err(ArtefactError::damaged("the table of words is cut off"));
        }
        let mut words = Lexicon::default();
        for row in rows {
            let mut hash = [0; 8];
            hash.copy_from_slice(&row[..8]);
            let tag = PartOfSpeech::from_byte(row[8])
                .ok_or_else(|| ArtefactError::damaged("a word has a tag that is none"))?;
            words.insert(u64::from_le_bytes(hash), tag);
        }
        Ok(Self { weights: Weights::read(&model.section(WEIGHTS)?)?, words, classes: Classes::built_in()? })
    }

    /// The tag of a word that has but one.
    #[inline]
    pub(crate) fn fixed(&self, token: &Token) -> Option<PartOfSpeech> {
        self.words.get(word_key(token)).copied()
    }

    /// The best tag by the weights of these features.
    #[inline]
    pub(crate) fn best(&self, features: &[u64]) -> PartOfSpeech {
        let mut scores = [0i16; PartOfSpeech::COUNT];
        features.iter().for_each(|feature| self.weights.add(*feature, &mut scores));
        let mut best = 0;
        for (tag, score) in scores.iter().enumerate() {
            if *score > scores[best] {
                best = tag;
            }
        }
        PartOfSpeech::ALL[best]
    }
}

/// A word as the table knows it: "May" and "may" are two.
#[inline]
pub(crate) fn word_key(token: &Token) -> u64 {
    // Only the case: what else the shape tells depends on the word's place.
    copydesk_learn::feature::mix(token.hash(), shape(token) & 7)
}
