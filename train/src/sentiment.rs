//! Trains the target models of the sentiment stage.

use std::fmt;
use std::path::PathBuf;

use copydesk_core::Document;
use copydesk_eval::read_gold;
use copydesk_sentiment::train::{AnnotatedTarget, Settings, train};

use crate::TrainError;

/// What was learned from.
#[derive(Clone, Copy, Debug, Default)]
pub struct SentimentReport {
    /// Targets in general news.
    pub general: usize,
    /// Targets in financial news.
    pub finance: usize,
}

impl fmt::Display for SentimentReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} targets in general news, {} in financial news", self.general, self.finance)
    }
}

/// Learns from files of texts with a target and its label: a model for general news, and one for financial news.
pub fn sentiment(
    general: &[PathBuf],
    finance: &[PathBuf],
    settings: Settings,
) -> Result<(Vec<u8>, SentimentReport), TrainError> {
    let (general, finance) = (read(general)?, read(finance)?);
    let report = SentimentReport { general: general.len(), finance: finance.len() };
    Ok((train(&general, &finance, settings)?, report))
}

fn read(files: &[PathBuf]) -> Result<Vec<AnnotatedTarget>, TrainError> {
    let mut targets = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let (Some(label), Some(target)) = (gold.label(), gold.target.first()) else { continue };
            let document = Document::new(gold.source())
                .map_err(|_| TrainError::Source(file.clone(), format!("{}: too long", gold.id)))?;
            targets.push(AnnotatedTarget { document, target: *target, label });
        }
    }
    if targets.is_empty() {
        return Err(TrainError::Nothing("targets (JSON lines with `target` and `label`)"));
    }
    Ok(targets)
}
