//! The trained models: which words are cues, and what their source and content are.

use std::path::Path;

use copydesk_core::{Lexicon, hash_lowered};
use copydesk_learn::artefact::{ArtefactWriter, Section};
use copydesk_learn::weights::WeightsBuilder;
use copydesk_learn::{Artefact, ArtefactError, Classes, Column, ModelError, Rows, Transitions};

use crate::viterbi::Steps;

/// The kind of the model file.
pub(crate) const KIND: &str = "quote";
/// Its sections.
pub(crate) const CUE: &str = "cue";
pub(crate) const ROLES: &str = "roles";
pub(crate) const STEPS: &str = "roles.steps";
pub(crate) const VERDICT: &str = "verdict";
pub(crate) const HEADS: &str = "heads";
pub(crate) const NEVER: &str = "never";

/// The labels of the elements around a cue.
pub(crate) mod role {
    /// Neither source nor content.
    pub(crate) const OTHER: u8 = 0;
    /// The first element of the source.
    pub(crate) const SOURCE_FIRST: u8 = 1;
    /// Another element of the source.
    pub(crate) const SOURCE: u8 = 2;
    /// The first element of a stretch of content.
    pub(crate) const CONTENT_FIRST: u8 = 3;
    /// Another element of content.
    pub(crate) const CONTENT: u8 = 4;
    /// How many there are.
    pub(crate) const COUNT: usize = 5;
}

/// Which role may follow which: a stretch begins with its first element.
pub(crate) fn transitions() -> Transitions {
    let starts = |label: usize| !matches!(label as u8, role::SOURCE | role::CONTENT);
    let allows = |from: usize, to: usize| match to as u8 {
        role::SOURCE => matches!(from as u8, role::SOURCE_FIRST | role::SOURCE),
        role::CONTENT => matches!(from as u8, role::CONTENT_FIRST | role::CONTENT),
        _ => true,
    };
    Transitions::new(role::COUNT, starts, |_| true, allows)
}

/// Verbs that help others; in "is expected" the cue's main word is the other one.
const AUXILIARIES: &str =
    "is are was were be been being am 's 're 'm has have had having 've do does did doing done";

/// Which words can be the main word of a cue.
#[derive(Clone, Debug, Default)]
pub(crate) struct Heads(Lexicon<bool>);

impl Heads {
    /// From the words that can be one though they are no verbs, and the verbs that never are.
    pub(crate) fn new(heads: &[u64], never: &[u64]) -> Self {
        let mut words = Lexicon::default();
        heads.iter().for_each(|word| words.insert(*word, true));
        never.iter().for_each(|word| words.insert(*word, false));
        AUXILIARIES.split(' ').for_each(|word| words.insert(hash_lowered(word), false));
        Self(words)
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

    /// Whether a word that is a verb, or none, can be one.
    #[inline]
    pub(crate) fn can_be(&self, word: u64, verb: bool) -> bool {
        self.0.get(word).copied().unwrap_or(verb)
    }
}

/// A yes-or-no question.
pub(crate) struct Decision {
    column: Column,
    bias: f32,
}

impl Decision {
    fn read(model: &Artefact, name: &str) -> Result<Self, ArtefactError> {
        let bias = model.section(&format!("{name}.bias"))?.f32s().unwrap_or_default();
        let [bias] = bias[..] else { return Err(ArtefactError::damaged("another number of biases")) };
        Ok(Self { column: Column::read(&model.section(name)?)?, bias })
    }

    /// Writes what was learned for "no" and "yes".
    pub(crate) fn write(
        model: &mut ArtefactWriter,
        name: &str,
        learned: &(WeightsBuilder, Vec<f32>),
        bytes: usize,
    ) {
        let (weights, bias) = learned;
        let lead = bias.get(1).unwrap_or(&0.0) - bias.first().unwrap_or(&0.0);
        model.section(name, Column::write(weights, bytes));
        model.section(&format!("{name}.bias"), lead.to_le_bytes().to_vec());
    }

    /// The probability of yes.
    #[inline]
    pub(crate) fn probability(&self, features: &[u64]) -> f32 {
        let sum = self.column.sum(features);
        1.0 / (1.0 + (-(sum as f32 * self.column.scale() + self.bias)).exp())
    }
}

/// The models of the stage.
pub(crate) struct Model {
    pub(crate) cue: Decision,
    pub(crate) roles: Rows,
    pub(crate) steps: Steps,
    pub(crate) verdict: Decision,
    pub(crate) heads: Heads,
    pub(crate) classes: Classes,
}

impl Model {
    /// The model of a file, or the one that is part of the program.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, ModelError> {
        copydesk_learn::model::load(KIND, file, include_bytes!("../data/quote.bin"), Self::read)
    }

    /// Reads the sections.
    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        Ok(Self {
            cue: Decision::read(model, CUE)?,
            roles: Rows::read(&model.section(ROLES)?)?,
            verdict: Decision::read(model, VERDICT)?,
            steps: Steps::of(&transitions().read_scores(&model.section(STEPS)?)?),
            heads: Heads::read(&model.section(HEADS)?, &model.section(NEVER)?)?,
            classes: Classes::built_in()?,
        })
    }
}
