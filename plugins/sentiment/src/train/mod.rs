//! Trains the network: polarity of sentences and towards targets, from annotated texts.

mod backward;
mod distill;
mod example;
mod examples;
mod folds;
mod learn;
mod net;
mod pools;
mod settings;

use std::panic::resume_unwind;

use copydesk_core::{Document, Source};
use copydesk_learn::{ArtefactError, ArtefactWriter};

use crate::encoder::{self, Learned};
use crate::lexicon;
use crate::model::{DOMAINS, KIND, Model};
use crate::shape::{LABELS, WIDTH};
use crate::vocabulary::WORDS;
use example::{Example, Rows};
use examples::Reader;

pub use examples::{About, Annotated, WordVectors};
pub use folds::Held;
pub use settings::Settings;

/// Trains the model of stances.
pub mod stance {
    pub use crate::stances::features::Group;
    pub use crate::stances::training::{HeldOut, TrainOptions, Trainer};
}

/// The weight of a finance headline's tone, relative to a rated sentence.
const HEADLINE: f32 = 0.25;

/// Training data.
pub struct Data {
    /// General news.
    pub general: Vec<Annotated>,
    /// Financial news.
    pub finance: Vec<Annotated>,
    /// Word vectors.
    pub vectors: WordVectors,
}

/// Trains a model; returns the bytes of its file.
pub fn train(data: &Data, settings: Settings) -> Result<Vec<u8>, ArtefactError> {
    let Prepared { reader, rows, rated, unrated } = prepared(data, settings)?;
    let (rated, unrated) = (chosen(&rated, |_| true), chosen(&unrated, |_| true));
    let net = distill::distilled(&rows, &rated, &unrated, settings);
    let mut model = ArtefactWriter::new(KIND);
    let words = WORDS as usize + reader.hashes().len();
    let mut vectors = vec![0f32; words * WIDTH];
    for (row, vector) in vectors.chunks_exact_mut(WIDTH).enumerate() {
        net.vector(&rows, row, vector);
    }
    let (filters, bias) = (&net.filters, &net.bias);
    encoder::write(&mut model, &Learned { hashes: reader.hashes(), vectors: &vectors, filters, bias });
    for (domain, name) in DOMAINS.iter().enumerate() {
        Model::write(&mut model, name, &net.heads[domain], &net.scores[domain]);
    }
    Ok(model.finish())
}

/// Cross-validation over groups: trains `folds` times, each time holding out one part, and scores the held-out examples.
pub fn cross_validate(data: &Data, settings: Settings, folds: u32) -> Result<Held, ArtefactError> {
    let Prepared { rows, rated, unrated, .. } = prepared(data, settings)?;
    let mut held = Held::default();
    let judged = |fold: u32| {
        let out = |example: &&Example| example.group != u32::MAX && example.group % folds == fold;
        let kept = |example: &&Example| !out(example);
        let net = distill::distilled(&rows, &chosen(&rated, kept), &chosen(&unrated, kept), settings);
        let answered = rated.iter().filter(out).map(|example| (example, net.answer(&rows, example)));
        answered.collect::<Vec<_>>()
    };
    let parts: Vec<_> = std::thread::scope(|scope| {
        let judged = &judged;
        let started: Vec<_> = (0..folds).map(|fold| scope.spawn(move || judged(fold))).collect();
        let join = |part: std::thread::ScopedJoinHandle<'_, _>| part.join();
        started.into_iter().map(|part| join(part).unwrap_or_else(|panic| resume_unwind(panic))).collect()
    });
    for (part, answered) in parts.into_iter().enumerate() {
        answered.into_iter().for_each(|(example, answer)| held.add(example, answer, part));
    }
    Ok(held)
}

fn chosen(examples: &[Example], which: impl Fn(&&Example) -> bool) -> Vec<&Example> {
    examples.iter().filter(which).collect()
}

/// Examples made from the training data.
struct Prepared {
    reader: Reader,
    rows: Rows,
    rated: Vec<Example>,
    /// Whole sentences of general news for which only the polarity towards a target is annotated.
    unrated: Vec<Example>,
}

fn prepared(data: &Data, settings: Settings) -> Result<Prepared, ArtefactError> {
    let mut reader = Reader::new(&data.vectors)?;
    let mut examples: Vec<Example> = Vec::new();
    let weighed = [1.0, settings.neutral, settings.positive];
    for (domain, (annotated, importance)) in
        [(&data.general, weighed), (&data.finance, [1.0; LABELS])].into_iter().enumerate()
    {
        examples.extend(annotated.iter().map(|annotated| reader.read(annotated, domain, importance)));
    }
    examples.extend(headlines(&data.finance, &mut reader));
    examples.extend(lexicon_examples(settings.lexicon, &mut reader)?);
    let rows = reader.rows(&data.vectors);
    let targets = data.general.iter().filter(|annotated| matches!(annotated.about, About::Target(..)));
    let unrated = targets.map(|annotated| reader.read_whole(annotated, 0.0, 0, 1.0)).collect();
    Ok(Prepared { reader, rows, rated: examples, unrated })
}

/// Examples from the lexicon: a word alone, and after a negator or an intensifier. Most words are too rare in annotated sentences.
fn lexicon_examples(importance: f32, reader: &mut Reader) -> Result<Vec<Example>, ArtefactError> {
    const BEFORE: [(&str, f32); 6] =
        [("", 1.0), ("not ", -0.6), ("never ", -0.6), ("very ", 1.3), ("no ", -0.5), ("hardly ", -0.5)];
    let mut found = Vec::new();
    if importance == 0.0 {
        return Ok(found);
    }
    let valences = lexicon::valences().map_err(|error| ArtefactError::damaged(error.to_string()))?;
    for (place, (term, valence)) in valences.into_iter().enumerate() {
        // One modifier per word, in turn, so that no word counts six times.
        for at in [0, 1 + place % (BEFORE.len() - 1)] {
            let (before, share) = BEFORE[at];
            let text = format!("{before}{term}");
            let Ok(document) = Document::new(Source { id: "", text: &text, ..Source::default() }) else {
                continue;
            };
            let score = (valence * share).clamp(-4.0, 4.0);
            // This group is never held out: lexicon entries are not test data.
            let annotated = Annotated { document, about: About::Whole(score), group: u32::MAX };
            for domain in 0..DOMAINS.len() {
                found.push(reader.read_whole(&annotated, score, domain, importance));
            }
        }
    }
    Ok(found)
}

/// The polarity of headlines: the mean over their targets.
fn headlines(finance: &[Annotated], reader: &mut Reader) -> Vec<Example> {
    use copydesk_core::layers::Label;
    let tone = |annotated: &Annotated| match annotated.about {
        About::Target(_, Label::Positive) => 1.5,
        About::Target(_, Label::Negative) => -1.5,
        About::Target(_, Label::Neutral) => 0.0,
        About::Whole(score) => score,
    };
    let same = |a: &Annotated, b: &Annotated| a.document.view().text() == b.document.view().text();
    let mut found = Vec::new();
    for texts in finance.chunk_by(same) {
        let score = texts.iter().map(tone).sum::<f32>() / texts.len() as f32;
        if let Some(first) = texts.first() {
            found.push(reader.read_whole(first, score, 1, HEADLINE));
        }
    }
    found
}
