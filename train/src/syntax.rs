//! Trains the tagger of the syntax stage.

use std::path::PathBuf;

use copydesk_eval::read_tagged;
use copydesk_syntax::train::{Settings, train};

use crate::TrainError;

/// Learns from tagged files: CoNLL-U, or `word_TAG` with a sentence a line. Gives the model and the number of tagged words.
pub fn syntax(files: &[PathBuf], settings: Settings) -> Result<(Vec<u8>, usize), TrainError> {
    let mut texts = Vec::new();
    for file in files {
        texts.extend(read_tagged(file)?);
    }
    let words = texts.iter().map(|text| text.words.len()).sum();
    Ok((train(&texts, settings)?, words))
}
