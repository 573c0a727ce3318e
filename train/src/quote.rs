//! Trains the attribution models of the quote stage.

use std::fmt;
use std::path::PathBuf;

use copydesk_eval::read_gold;
use copydesk_quote::train::{Settings, train};
use copydesk_syntax::{Model, Tagger};

use crate::TrainError;
use crate::attributed::annotated;

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
pub fn quote(files: &[PathBuf], settings: Settings) -> Result<(Vec<u8>, QuoteReport), TrainError> {
    let tagger = Tagger::new(Model::load(None)?);
    let mut report = QuoteReport::default();
    let mut documents = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let document = annotated(&gold, &tagger)
                .ok_or_else(|| TrainError::Source(file.clone(), format!("{}: too long", gold.id)))?;
            report.documents += 1;
            report.attributions += document.attributions.len();
            documents.push(document);
        }
    }
    if report.attributions == 0 {
        return Err(TrainError::Nothing("quotes (JSON lines with `quotes`: source, cue, content)"));
    }
    Ok((train(&documents, settings)?, report))
}
