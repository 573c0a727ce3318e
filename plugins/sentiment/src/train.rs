//! Learns the polarity towards targets from annotated ones.

use copydesk_core::layers::Label;
use copydesk_core::{Document, Span};
use copydesk_learn::train::{Examples, LogisticOptions, logistic};
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes};

use crate::features::{Side, WINDOW, Words, numbers};
use crate::hits::Hits;
use crate::lexicon;
use crate::model::{KIND, LABELS, Model, NEGATIVE, NEUTRAL, POSITIVE, number, share};
use crate::targets;

/// A target in a text and how the text speaks of it.
pub struct AnnotatedTarget {
    /// The document, segmented.
    pub document: Document,
    /// The target.
    pub target: Span,
    /// How it is spoken of.
    pub label: Label,
}

/// How to learn.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// How often the targets are seen.
    pub epochs: usize,
    /// The most bytes that the weights of a domain may take.
    pub bytes: usize,
    /// How much a neutral target of general news counts.
    pub neutral: f32,
    /// How much weights are kept small.
    pub l2: f32,
    /// And kept few.
    pub l1: f32,
    /// The size of steps.
    pub rate: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self { epochs: 10, bytes: 1_900_000, neutral: 1.5, l2: 1e-3, l1: 1e-5, rate: 0.01 }
    }
}

/// Learns a model for general news and one for financial news; gives the bytes of their file.
pub fn train(
    general: &[AnnotatedTarget],
    finance: &[AnnotatedTarget],
    settings: Settings,
) -> Result<Vec<u8>, ArtefactError> {
    let mut model = ArtefactWriter::new(KIND);
    for (domain, targets, neutral) in [("general", general, settings.neutral), ("finance", finance, 1.0)] {
        let mut examples = examples(targets, neutral)?;
        examples.drop_rare(2);
        let Settings { epochs, l1, l2, rate, .. } = settings;
        let learned = logistic(&examples, LABELS, LogisticOptions { epochs, rate, l1, l2, seed: 1 });
        Model::write(&mut model, domain, &learned, settings.bytes);
    }
    Ok(model.finish())
}

fn examples(annotated: &[AnnotatedTarget], neutral: f32) -> Result<Examples, ArtefactError> {
    let classes = Classes::built_in()?;
    let lexicon = lexicon::lexicon().map_err(|error| ArtefactError::damaged(error.to_string()))?;
    let mut examples = Examples::default();
    let mut words = Words::default();
    let mut features: Vec<(u64, f32)> = Vec::new();
    for AnnotatedTarget { document, target, label } in annotated {
        let doc = document.view();
        let found = Hits::read(&doc, &lexicon);
        let (first, end) = targets::tokens(&doc, *target);
        words.read(&doc, targets::sentence(&doc, first, end), &classes);
        let tokens = words.tokens();
        let from = first.saturating_sub(WINDOW).max(tokens.start);
        let to = end.saturating_add(WINDOW).min(tokens.end).max(end);
        let share = share(to - from);
        features.clear();
        let places = (from..first).map(|at| (at, Side::Left)).chain((end..to).map(|at| (at, Side::Right)));
        for (at, side) in places {
            words.token(at, side, |feature| features.push((feature, share)));
        }
        words.near(&found, first, end, |_| true, |feature| features.push((feature, 1.0)));
        let numbers =
            numbers(&words, &doc, &found, (first, end), |_| true, |feature| features.push((feature, 1.0)));
        features.extend(numbers.iter().enumerate().map(|(place, value)| (number(place), *value)));
        let (label, importance) = match label {
            Label::Negative => (NEGATIVE, 1.0),
            Label::Neutral => (NEUTRAL, neutral),
            Label::Positive => (POSITIVE, 1.0),
        };
        examples.push(features.iter().copied(), label as u8, importance);
    }
    Ok(examples)
}
