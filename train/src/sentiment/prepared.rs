//! Makes training examples.

use copydesk_core::layers::Label;
use copydesk_core::{Document, Source};
use copydesk_learn::ArtefactError;
use copydesk_sentiment::examples::shape::{LABELS, NEGATIVE, NEUTRAL, POSITIVE};
use copydesk_sentiment::examples::{DOMAINS, Reader, valences};

use super::example::{Example, NEVER_HELD_OUT, Task};
use super::row_inputs::{FREQUENT, RowInputs};
use super::settings::SentimentSettings;
use super::{About, Annotated, Data};

/// The places of the domains in [`DOMAINS`].
const GENERAL: usize = 0;
const FINANCE: usize = 1;

/// The weight of a finance headline's tone, relative to a rated sentence.
const HEADLINE: f32 = 0.25;

/// Examples made from the training data.
pub(super) struct Prepared {
    pub(super) reader: Reader,
    pub(super) inputs: RowInputs,
    pub(super) rated: Vec<Example>,
    /// Whole sentences of general news for which only the polarity towards a target is annotated.
    pub(super) unrated: Vec<Example>,
}

impl Prepared {
    pub(super) fn new(data: &Data, settings: SentimentSettings) -> Result<Self, ArtefactError> {
        let reader = Reader::new(data.vectors.hashes.iter().take(FREQUENT).copied())?;
        let weighed = [1.0, settings.neutral, settings.positive];
        let general = data.general.iter().map(|annotated| example(&reader, annotated, GENERAL, weighed));
        let finance =
            data.finance.iter().map(|annotated| example(&reader, annotated, FINANCE, [1.0; LABELS]));
        let mut rated: Vec<Example> = general.chain(finance).collect();
        rated.extend(headlines(&data.finance, &reader));
        rated.extend(lexicon_examples(settings.lexicon, &reader)?);
        let inputs = RowInputs::new(&reader, &data.vectors, &rated);
        let targets = data.general.iter().filter(|annotated| matches!(annotated.about, About::Target(..)));
        let unrated =
            targets.map(|own| whole(&reader, &own.document, 0.0, GENERAL, 1.0, own.group)).collect();
        Ok(Self { reader, inputs, rated, unrated })
    }
}

/// The example of an annotated text; `importance` is the weight of a target of each label.
fn example(reader: &Reader, annotated: &Annotated, domain: usize, importance: [f32; LABELS]) -> Example {
    let Annotated { document, about, group } = annotated;
    match *about {
        About::Target(span, label) => {
            let label = match label {
                Label::Negative => NEGATIVE,
                Label::Neutral => NEUTRAL,
                Label::Positive => POSITIVE,
            };
            let mut labels = [0.0; LABELS];
            labels[label] = 1.0;
            Example {
                input: reader.target(document, span),
                task: Task::Target(label),
                labels,
                domain,
                importance: importance[label],
                group: *group,
            }
        }
        About::Whole(score) => whole(reader, document, score, domain, 1.0, *group),
    }
}

/// An example of the polarity of a whole text.
fn whole(
    reader: &Reader,
    document: &Document,
    score: f32,
    domain: usize,
    importance: f32,
    group: u32,
) -> Example {
    let (input, task) = (reader.whole(document), Task::Score(score));
    Example { input, task, labels: [0.0; LABELS], domain, importance, group }
}

/// Examples from the lexicon: a word alone, and after a negator or an intensifier. Most words are too rare in annotated sentences.
fn lexicon_examples(importance: f32, reader: &Reader) -> Result<Vec<Example>, ArtefactError> {
    const BEFORE: [(&str, f32); 6] =
        [("", 1.0), ("not ", -0.6), ("never ", -0.6), ("very ", 1.3), ("no ", -0.5), ("hardly ", -0.5)];
    let mut found = Vec::new();
    if importance == 0.0 {
        return Ok(found);
    }
    let valences = valences().map_err(|error| ArtefactError::damaged(error.to_string()))?;
    for (place, (term, valence)) in valences.into_iter().enumerate() {
        // One modifier per word, in turn, so that no word counts six times.
        for at in [0, 1 + place % (BEFORE.len() - 1)] {
            let (before, share) = BEFORE[at];
            let text = format!("{before}{term}");
            let Ok(document) = Document::new(Source { id: "", text: &text, ..Source::default() }) else {
                continue;
            };
            let score = (valence * share).clamp(-4.0, 4.0);
            for domain in 0..DOMAINS.len() {
                found.push(whole(reader, &document, score, domain, importance, NEVER_HELD_OUT));
            }
        }
    }
    Ok(found)
}

/// The polarity of headlines: the mean over their targets.
fn headlines(finance: &[Annotated], reader: &Reader) -> Vec<Example> {
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
            found.push(whole(reader, &first.document, score, FINANCE, HEADLINE, first.group));
        }
    }
    found
}
