//! Trains the network of the sentiment stage: the polarity of sentences and towards targets, from annotated texts.
//!
//! `prepared` makes examples of the annotated texts and of the lexicon, `row_inputs` the network's inputs from word vectors. `net` is
//! the network with its forward pass (over `pools`), `backward` backpropagation, `learn` the training loop, `distill` the training of one
//! network by several. `write` makes the model file, `folds` scores examples that were held out.

mod backward;
mod distill;
mod example;
mod folds;
mod learn;
mod net;
mod pools;
mod prepared;
mod row_inputs;
mod settings;
mod write;

use std::fmt;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};

use copydesk_core::layers::Label;
use copydesk_core::{Document, Span};
use copydesk_gold::{GoldDocument, read_gold};
use copydesk_learn::ArtefactError;
use copydesk_learn::feature::mix;

use crate::classes::token_hash;
use crate::{TrainError, read_vectors};
use example::{Example, NEVER_HELD_OUT};
use prepared::Prepared;

pub use folds::CrossValidation;
pub use settings::SentimentSettings;

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

/// Trains on files of annotated texts; gives the model.
pub fn sentiment(
    sources: &SentimentSources,
    settings: SentimentSettings,
) -> Result<(Vec<u8>, SentimentReport), TrainError> {
    let data = read(sources)?;
    let report = SentimentReport { general: data.general.len(), finance: data.finance.len() };
    Ok((train(&data, settings)?, report))
}

/// Cross-validation over groups of texts: trains `folds` times, each time holding out one part, and scores what was held out.
pub fn sentiment_folds(
    sources: &SentimentSources,
    settings: SentimentSettings,
    folds: u32,
) -> Result<CrossValidation, TrainError> {
    Ok(cross_validate(&read(sources)?, settings, folds)?)
}

/// An annotated text.
struct Annotated {
    document: Document,
    about: About,
    /// Texts of one group (such as an article) are held out together in cross-validation.
    group: u32,
}

/// The annotation.
#[derive(Clone, Copy, Debug)]
enum About {
    /// The polarity towards a target.
    Target(Span, Label),
    /// The polarity of the whole text, -4 to 4.
    Whole(f32),
}

/// Word vectors by the hashes of their words, the most frequent words first.
struct WordVectors {
    hashes: Vec<u64>,
    width: usize,
    /// The vectors, concatenated.
    values: Vec<f32>,
}

/// Training data.
struct Data {
    general: Vec<Annotated>,
    finance: Vec<Annotated>,
    vectors: WordVectors,
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

fn train(data: &Data, settings: SentimentSettings) -> Result<Vec<u8>, ArtefactError> {
    let Prepared { reader, inputs, rated, unrated } = Prepared::new(data, settings)?;
    let (rated, unrated) = (chosen(&rated, |_| true), chosen(&unrated, |_| true));
    let net = distill::distilled(&inputs, &rated, &unrated, settings);
    Ok(write::model(&net, &inputs, reader.words()))
}

fn cross_validate(
    data: &Data,
    settings: SentimentSettings,
    folds: u32,
) -> Result<CrossValidation, ArtefactError> {
    let Prepared { inputs, rated, unrated, .. } = Prepared::new(data, settings)?;
    let mut held_out = CrossValidation::default();
    let judged = |fold: u32| {
        let out = |example: &&Example| example.group != NEVER_HELD_OUT && example.group % folds == fold;
        let kept = |example: &&Example| !out(example);
        let net = distill::distilled(&inputs, &chosen(&rated, kept), &chosen(&unrated, kept), settings);
        let answered = rated.iter().filter(out).map(|example| (example, net.answer(&inputs, example)));
        answered.collect::<Vec<_>>()
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let judged = &judged;
        let started: Vec<_> = (0..folds).map(|fold| scope.spawn(move || judged(fold))).collect();
        let join = |part: std::thread::ScopedJoinHandle<'_, _>| part.join();
        started.into_iter().map(|part| join(part).unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    for (part, answered) in parts.into_iter().enumerate() {
        answered.into_iter().for_each(|(example, answer)| held_out.add(example, answer, part));
    }
    Ok(held_out)
}

fn chosen(examples: &[Example], which: impl Fn(&&Example) -> bool) -> Vec<&Example> {
    examples.iter().filter(which).collect()
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

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use copydesk_sentiment::SentimentStage;
    use serde_json::json;

    use super::*;

    /// Sentences in which a verb says what happens to a firm, and sentences with a score.
    fn corpus() -> (String, String) {
        let verbs = [("praised", "positive"), ("condemned", "negative"), ("mentioned", "neutral")];
        let (mut general, mut finance) = (String::new(), String::new());
        for (place, (verb, label)) in verbs.iter().cycle().take(60).enumerate() {
            let text = format!("The council {verb} Norland in May {place}.");
            let start = text.find("Norland").expect("the target");
            let target = json!({"start": start, "end": start + 7});
            let line =
                json!({"id": format!("set_{place}_0"), "text": text, "target": target, "label": label});
            let rated = json!({"text": text, "score": (place % 3) as f64 - 1.0});
            writeln!(general, "{line}\n{rated}").expect("a line");
            writeln!(finance, "{line}").expect("a line");
        }
        (general, finance)
    }

    #[test]
    fn the_same_texts_give_the_same_model_which_the_stage_can_use() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = |name: &str, text: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        };
        let (general, finance) = corpus();
        let vectors = "praised 1 0.2 0.1\ncondemned -1 0.1 0.3\nmentioned 0.1 -0.2 1\nthe 0 0.5 0.4\n";
        let sources = SentimentSources {
            general: vec![file("general.jsonl", &general)],
            finance: vec![file("finance.jsonl", &finance)],
            vectors: file("vectors.txt", vectors),
        };
        // Without the lexicon there are few examples.
        let settings =
            SentimentSettings { epochs: 2, teachers: 1, lexicon: 0.0, ..SentimentSettings::default() };
        let train = |settings| sentiment(&sources, settings).expect("a model");
        let ((first, report), (second, _)) = (train(settings), train(settings));
        assert!(first == second, "the bytes differ");
        assert_eq!((report.general, report.finance), (120, 60));
        assert!(train(SentimentSettings { seed: 2, ..settings }).0 != first);
        let model = folder.path().join("sentiment.bin");
        std::fs::write(&model, first).expect("a file");
        copydesk_core::build::<SentimentStage>(&json!({"model": model}).to_string()).expect("a stage");
        let held_out = sentiment_folds(&sources, settings, 2).expect("folds").to_string();
        assert!(
            held_out.contains("general: 60 targets") && held_out.contains("general: 60 texts"),
            "{held_out}"
        );
    }

    #[test]
    fn texts_of_one_article_are_one_group() {
        let of = |id: &str| group(&GoldDocument::new(json!({"id": id, "text": "Rain."})).expect("a text"));
        assert_eq!(of("set_12_0"), of("set_12_7"));
        assert_ne!(of("set_12_0"), of("set_13_0"));
    }
}
