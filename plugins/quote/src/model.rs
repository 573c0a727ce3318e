//! The trained models: which words are cues, and what their source and content are.

use std::path::Path;

use copydesk_core::Lexicon;
use copydesk_learn::{Artefact, ArtefactError, Classes, Linear, Transitions, Weights};

/// The kind of the model file.
pub(crate) const KIND: &str = "quote";
/// Its sections.
pub(crate) const CUE: &str = "cue";
pub(crate) const ROLES: &str = "roles";
pub(crate) const STEPS: &str = "roles.steps";
pub(crate) const VERDICT: &str = "verdict";
pub(crate) const HEADS: &str = "heads";

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

/// The models of the stage.
pub(crate) struct Model {
    pub(crate) cue: Linear,
    pub(crate) roles: Weights,
    pub(crate) steps: Transitions,
    pub(crate) verdict: Linear,
    /// Words other than verbs that can be a cue.
    pub(crate) heads: Lexicon<()>,
    pub(crate) classes: Classes,
}

impl Model {
    /// The model that is part of the program.
    pub(crate) fn built_in() -> Result<Self, ModelError> {
        let read = || Self::read(&Artefact::from_static(KIND, include_bytes!("../data/quote.bin"))?);
        read().map_err(|error| ModelError::Artefact("built in".to_owned(), error))
    }

    /// A model from a file.
    pub(crate) fn open(path: &Path) -> Result<Self, ModelError> {
        let shown = || path.display().to_string();
        let bytes = std::fs::read(path).map_err(|error| ModelError::Read(shown(), error))?;
        let read = || Self::read(&Artefact::from_vec(KIND, bytes)?);
        read().map_err(|error| ModelError::Artefact(shown(), error))
    }

    /// Reads the sections.
    pub(crate) fn read(model: &Artefact) -> Result<Self, ArtefactError> {
        let cue = Linear::read(model, CUE)?;
        let roles = Weights::read(&model.section(ROLES)?)?;
        let verdict = Linear::read(model, VERDICT)?;
        if cue.labels() != 2 || verdict.labels() != 2 || roles.labels() != role::COUNT {
            return Err(ArtefactError::damaged("another number of labels"));
        }
        let heads = model.section(HEADS)?;
        let (hashes, rest) = heads.as_chunks::<8>();
        if !rest.is_empty() {
            return Err(ArtefactError::damaged("the table of cues is cut off"));
        }
        let mut lexicon = Lexicon::default();
        hashes.iter().for_each(|hash| lexicon.insert(u64::from_le_bytes(*hash), ()));
        Ok(Self {
            cue,
            roles,
            verdict,
            steps: transitions().read_scores(&model.section(STEPS)?)?,
            heads: lexicon,
            classes: Classes::built_in()?,
        })
    }
}
