//! Trains the models of the quote stage.
//!
//! `annotated` maps annotated attributions to the elements of the stage, `models` trains cues and roles. The verdict is trained on the
//! proposals of models for documents that they were not trained on: each half of the documents is analysed by models of the other half.

mod annotated;
mod models;

use std::fmt;
use std::path::PathBuf;

use crate::algorithms::{Examples, LogisticOptions, logistic};
use copydesk_core::Document;
use copydesk_gold::{GoldAttribution, read_gold};
use copydesk_learn::{ArtefactError, Classes};
use copydesk_quote::examples::{Proposer, overlap};
use copydesk_syntax::{Model, Tagger};

use crate::TrainError;
use crate::tagged::tagged;
use annotated::Annotated;
use models::CueAndRoles;

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub struct QuoteSettings {
    /// Passes over all attributions.
    pub epochs: usize,
    /// The largest size of the weights of cues, in bytes.
    pub cue_bytes: usize,
    /// The largest size of the weights of roles, in bytes.
    pub role_bytes: usize,
    /// The largest size of the weights of the verdict, in bytes.
    pub verdict_bytes: usize,
}

impl Default for QuoteSettings {
    fn default() -> Self {
        Self { epochs: 14, cue_bytes: 400_000, role_bytes: 1_500_000, verdict_bytes: 150_000 }
    }
}

/// The training data, for the summary.
#[derive(Clone, Copy, Debug, Default)]
pub struct QuoteReport {
    /// Documents.
    pub documents: usize,
    /// Attributions.
    pub attributions: usize,
}

impl fmt::Display for QuoteReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} documents, {} attributions", self.documents, self.attributions)
    }
}

/// Trains on files of annotated attributions. Texts without any are negative examples.
pub fn quote(files: &[PathBuf], settings: QuoteSettings) -> Result<(Vec<u8>, QuoteReport), TrainError> {
    let tagger = Tagger::new(Model::load(None)?);
    let mut report = QuoteReport::default();
    let mut documents = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let document = tagged(gold.source(), &tagger)
                .map_err(|reason| TrainError::Source(file.clone(), format!("{}: {reason}", gold.id)))?;
            let attributions: Vec<GoldAttribution> = gold.attributions().collect();
            report.documents += 1;
            report.attributions += attributions.len();
            documents.push((document, attributions));
        }
    }
    if report.attributions == 0 {
        return Err(TrainError::Nothing("quotes (JSON lines with `quotes`: source, cue, content)"));
    }
    Ok((train(&documents, settings)?, report))
}

/// The least overlap of contents (Jaccard) at which a proposed attribution counts as an annotated one.
const FOUND: f32 = 0.3;

/// Trains the models; returns the bytes of their file.
fn train(
    documents: &[(Document, Vec<GoldAttribution>)],
    settings: QuoteSettings,
) -> Result<Vec<u8>, ArtefactError> {
    let classes = Classes::built_in()?;
    let annotated = Annotated::all(documents);
    let mut verdicts = Examples::default();
    for half in 0..2 {
        let (seen, unseen): (Vec<_>, Vec<_>) =
            annotated.iter().enumerate().partition(|(place, _)| place % 2 == half);
        let seen: Vec<_> = seen.into_iter().map(|(_, document)| document).collect();
        let models = CueAndRoles::train(&seen, settings, &classes);
        let mut proposer = Proposer::read(models.write_without_verdict(settings))?;
        for (_, document) in unseen {
            proposer.propose(&document.text, |content, features| {
                let right = document.placed.iter().any(|gold| overlap(&gold.content, content) >= FOUND);
                verdicts.push(features.iter().map(|feature| (*feature, 1.0)), u8::from(right), 1.0);
            });
        }
    }
    verdicts.drop_rare(3);
    let options = LogisticOptions { epochs: 10, l1: 1e-5, l2: 1e-5, rate: 0.1, seed: 1 };
    let verdict = logistic(&verdicts, 2, options);
    let all: Vec<_> = annotated.iter().collect();
    Ok(CueAndRoles::train(&all, settings, &classes).write(&verdict, settings))
}
