//! Trains the network of the sentiment stage.

use std::fmt;
use std::path::{Path, PathBuf};

use copydesk_core::Document;
use copydesk_eval::{GoldDocument, read_gold};
use copydesk_learn::feature::mix;
use copydesk_sentiment::train::{About, Annotated, Data, Held, Settings, WordVectors, cross_validate, train};

use crate::classes::token_hash;
use crate::{TrainError, read_vectors};

/// Training data: files of texts with a target and its label, or with a score from -4 to 4.
#[derive(Clone, Debug)]
pub struct SentimentSources {
    /// General news.
    pub general: Vec<PathBuf>,
    /// Financial news.
    pub finance: Vec<PathBuf>,
    /// Word vectors.
    pub vectors: PathBuf,
}

/// The training data, for the summary.
#[derive(Clone, Copy, Debug, Default)]
pub struct SentimentReport {
    /// Texts of general news.
    pub general: usize,
    /// Texts of financial news.
    pub finance: usize,
}

impl fmt::Display for SentimentReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} texts of general news, {} of financial news", self.general, self.finance)
    }
}

/// Learns a model.
pub fn sentiment(
    sources: &SentimentSources,
    settings: Settings,
) -> Result<(Vec<u8>, SentimentReport), TrainError> {
    let data = read(sources)?;
    let report = SentimentReport { general: data.general.len(), finance: data.finance.len() };
    Ok((train(&data, settings)?, report))
}

/// Tells how well texts are judged that were held out, a part at a time.
pub fn sentiment_folds(
    sources: &SentimentSources,
    settings: Settings,
    folds: u32,
) -> Result<Held, TrainError> {
    Ok(cross_validate(&read(sources)?, settings, folds)?)
}

fn read(sources: &SentimentSources) -> Result<Data, TrainError> {
    let vectors = read_vectors(&sources.vectors)?;
    let (mut hashes, mut values) = (Vec::new(), Vec::new());
    for (word, vector) in vectors.words.iter().zip(vectors.values.chunks_exact(vectors.width)) {
        if let Some(hash) = token_hash(word) {
            hashes.push(hash);
            values.extend_from_slice(vector);
        }
    }
    Ok(Data {
        general: annotated(&sources.general)?,
        finance: annotated(&sources.finance)?,
        vectors: WordVectors { hashes, width: vectors.width, values },
    })
}

fn annotated(files: &[PathBuf]) -> Result<Vec<Annotated>, TrainError> {
    let mut found = Vec::new();
    for file in files {
        for gold in read_gold(file)? {
            let about = match (gold.label(), gold.target.first(), gold.score()) {
                (Some(label), Some(target), _) => About::Target(*target, label),
                (_, None, Some(score)) => About::Whole(score as f32),
                _ => continue,
            };
            let document = Document::new(gold.source()).map_err(|_| too_long(file, &gold))?;
            found.push(Annotated { document, about, group: group(&gold) });
        }
    }
    if found.is_empty() {
        return Err(TrainError::Nothing("texts (JSON lines with `target` and `label`, or with `score`)"));
    }
    Ok(found)
}

fn too_long(file: &Path, gold: &GoldDocument) -> TrainError {
    TrainError::Source(file.to_owned(), format!("{}: too long", gold.id))
}

/// Texts from one article fall into one group: those whose ids begin with the same name and number ("set_12_…", "12_3"), else
/// those that are the same.
fn group(gold: &GoldDocument) -> u32 {
    let mut end = 0;
    for (place, part) in gold.id.split('_').enumerate() {
        end += part.len() + usize::from(place > 0);
        if !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
    }
    let key = gold.id.get(..end).filter(|key| key.len() < gold.id.len()).unwrap_or(&gold.text);
    let hash = key.bytes().fold(0, |hash, byte| mix(hash, u64::from(byte)));
    (hash >> 33) as u32
}
