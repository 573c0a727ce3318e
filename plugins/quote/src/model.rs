//! The trained models: which words are cues, and which words are their source and content.

use std::path::Path;

use copydesk_core::{Lexicon, hash_lowered};
use copydesk_learn::artefact::Section;
use copydesk_learn::memo::new_owner;
use copydesk_learn::{Artefact, ArtefactError, BloomFilter, Classes, Column, ModelError, Rows, Transitions};

use crate::role_scores::Lengths;
use crate::viterbi::Steps;

/// The kind of the model file.
pub const KIND: &str = "quote";
/// The section of the weights that decide whether a word is a cue: a column (`learn::rows`), its bias in a section of its own.
pub const CUE: &str = "cue";
/// The section of the weights of roles: rows, with one weight per role.
pub const ROLES: &str = "roles";
/// The section of the weights of transitions between roles, 32-bit integers in units of the scale of [`ROLES`].
pub const STEPS: &str = "roles.steps";
/// The section of the weights that decide whether an attribution is a quote: a column, its bias in a section of its own.
pub const VERDICT: &str = "verdict";
/// The section of the words that can be the main word of a cue although they are not verbs: 64-bit hashes.
pub const HEADS: &str = "heads";
/// The section of the verbs that are never the main word of a cue: 64-bit hashes.
pub const NEVER: &str = "never";

/// The section of the bias of a column: the score of yes minus that of no without any feature, a 32-bit float.
pub fn bias_section(column: &str) -> String {
    format!("{column}.bias")
}

/// The labels of the elements around a cue.
pub mod role {
    /// Neither source nor content.
    pub const OTHER: u8 = 0;
    /// The first element of the source.
    pub const SOURCE_FIRST: u8 = 1;
    /// Another element of the source.
    pub const SOURCE: u8 = 2;
    /// The first element of a stretch of content.
    pub const CONTENT_FIRST: u8 = 3;
    /// Another element of content.
    pub const CONTENT: u8 = 4;
    /// The number of labels.
    pub const COUNT: usize = 5;
}

/// Which role may follow which: a stretch begins with its first element.
pub fn transitions() -> Transitions {
    let starts = |label: usize| !matches!(label as u8, role::SOURCE | role::CONTENT);
    let allows = |from: usize, to: usize| match to as u8 {
        role::SOURCE => matches!(from as u8, role::SOURCE_FIRST | role::SOURCE),
        role::CONTENT => matches!(from as u8, role::CONTENT_FIRST | role::CONTENT),
        _ => true,
    };
    Transitions::new(role::COUNT, starts, |_| true, allows)
}

/// Auxiliary verbs; in "is expected" the cue's main word is the other one.
const AUXILIARIES: &str =
    "is are was were be been being am 's 're 'm has have had having 've do does did doing done";

/// Which words can be the main word of a cue.
#[derive(Clone, Debug, Default)]
pub struct CueHeads {
    words: Lexicon<bool>,
    /// Excludes most words before the table is searched.
    known: BloomFilter,
}

impl CueHeads {
    /// From the words that can be one although they are not verbs, and the verbs that never are.
    pub fn new(heads: &[u64], never: &[u64]) -> Self {
        let mut all = Self::default();
        heads.iter().for_each(|word| all.insert(*word, true));
        never.iter().for_each(|word| all.insert(*word, false));
        AUXILIARIES.split(' ').for_each(|word| all.insert(hash_lowered(word), false));
        all
    }

    fn insert(&mut self, word: u64, can_be: bool) {
        self.words.insert(word, can_be);
        self.known.insert(word);
    }

    fn read(heads: &Section, never: &Section) -> Result<Self, ArtefactError> {
        let hashes = |section: &Section| {
            let (hashes, rest) = section.as_chunks::<8>();
            let hashes = hashes.iter().map(|hash| u64::from_le_bytes(*hash)).collect::<Vec<_>>();
            rest.is_empty()
                .then_some(hashes)
                .ok_or_else(|| ArtefactError::damaged("the table of cues is cut off"))
        };
        Ok(Self::new(&hashes(heads)?, &hashes(never)?))
    }

    /// Whether a word can be one, given whether it is a verb.
    #[inline(always)]
    pub(crate) fn can_be(&self, word: u64, verb: bool) -> bool {
        if self.known.may_hold(word) { self.words.get(word).copied().unwrap_or(verb) } else { verb }
    }
}

/// A binary classifier.
pub(crate) struct Decision {
    column: Column,
    bias: f32,
}

impl Decision {
    fn read(model: &Artefact, name: &str) -> Result<Self, ArtefactError> {
        let bias = model.section(&bias_section(name))?.f32s().unwrap_or_default();
        let [bias] = bias[..] else { return Err(ArtefactError::damaged("expected one bias")) };
        Ok(Self { column: Column::read(&model.section(name)?)?, bias })
    }

    /// The sum of the weights of features.
    #[inline(always)]
    pub(crate) fn sum(&self, features: &[u64]) -> i32 {
        self.column.sum(features)
    }

    /// The probability of yes for a sum of weights.
    #[inline(always)]
    pub(crate) fn probability_of(&self, sum: i32) -> f32 {
        1.0 / (1.0 + (-(sum as f32 * self.column.scale() + self.bias)).exp())
    }

    /// The probability of yes.
    pub(crate) fn probability(&self, features: &[u64]) -> f32 {
        self.probability_of(self.sum(features))
    }

    /// A sum whose probability is certainly less than `least`, and so is that of any lower one.
    pub(crate) fn floor(&self, least: f32) -> i32 {
        // Much more than the error of single precision.
        const MARGIN: f32 = 0.01;
        if self.column.scale() <= 0.0 {
            return i32::MIN;
        }
        ((((least / (1.0 - least)).ln() - MARGIN - self.bias) / self.column.scale()).floor() - 1.0) as i32
    }
}

/// The models of the stage.
pub(crate) struct Model {
    /// No other model of this process has the same, nor 0: what a thread has summed holds for one model.
    pub(crate) number: u64,
    pub(crate) cue: Decision,
    pub(crate) roles: Rows,
    pub(crate) lengths: Lengths,
    pub(crate) steps: Steps,
    pub(crate) verdict: Decision,
    pub(crate) heads: CueHeads,
    pub(crate) classes: Classes,
}

impl Model {
    /// The model of a file, or the built-in one.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, ModelError> {
        copydesk_learn::model::load(KIND, file, include_bytes!("../data/quote.bin"), Self::read)
    }

    /// Reads the sections.
    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let roles = Rows::read(&model.section(ROLES)?)?;
        Ok(Self {
            number: new_owner(),
            cue: Decision::read(model, CUE)?,
            lengths: Lengths::new(&roles),
            roles,
            verdict: Decision::read(model, VERDICT)?,
            steps: Steps::of(&transitions().read_scores(&model.section(STEPS)?)?),
            heads: CueHeads::read(&model.section(HEADS)?, &model.section(NEVER)?)?,
            classes: Classes::built_in()?,
        })
    }
}
