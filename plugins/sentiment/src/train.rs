//! Learns the polarity towards targets from annotated ones.

use copydesk_core::layers::Label;
use copydesk_core::{Document, Span};
use copydesk_learn::train::{Examples, LogisticOptions, logistic};
use copydesk_learn::{ArtefactError, ArtefactWriter, Classes};

use crate::features::{Side, Words, numbers};
use crate::hits::Hits;
use crate::lexicon;
use crate::model::{KIND, LABELS, Model, NEGATIVE, NEUTRAL, POSITIVE, number, share, window};
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
    /// How much a positive one does.
    pub positive: f32,
    /// How much what was learned for financial news counts in general news.
    pub other: f32,
    /// How much weights are kept small.
    pub l2: f32,
    /// And kept few.
    pub l1: f32,
    /// The size of steps.
    pub rate: f32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            epochs: 10,
            bytes: 1_900_000,
            neutral: 2.0,
            positive: 1.5,
            other: 0.15,
            l2: 1e-3,
            l1: 1e-5,
            rate: 0.01,
        }
    }
}

/// Learns a model for general news and one for financial news; gives the bytes of their file.
pub fn train(
    general: &[AnnotatedTarget],
    finance: &[AnnotatedTarget],
    settings: Settings,
) -> Result<Vec<u8>, ArtefactError> {
    let mut model = ArtefactWriter::new(KIND);
    let Settings { epochs, l1, l2, rate, neutral, positive, other, .. } = settings;
    let classes = Classes::built_in()?;
    let weighed = [1.0, neutral, positive];
    let general: [(&[AnnotatedTarget], _); 2] =
        [(general, weighed), (finance, weighed.map(|weight| weight * other))];
    let own: [(&[AnnotatedTarget], _); 1] = [(finance, [1.0; LABELS])];
    for (domain, parts) in [("general", &general[..]), ("finance", &own[..])] {
        let mut examples = Examples::default();
        for (targets, importance) in parts.iter().filter(|(_, importance)| importance[0] > 0.0) {
            add(targets, importance, &classes, &mut examples)?;
        }
        examples.drop_rare(2);
        let learned = logistic(&examples, LABELS, LogisticOptions { epochs, rate, l1, l2, seed: 1 });
        Model::write(&mut model, domain, &learned, settings.bytes);
    }
    Ok(model.finish())
}

/// Adds targets; `importance` says how much a target of each label counts.
fn add(
    annotated: &[AnnotatedTarget],
    importance: &[f32; LABELS],
    classes: &Classes,
    examples: &mut Examples,
) -> Result<(), ArtefactError> {
    let lexicon = lexicon::lexicon().map_err(|error| ArtefactError::damaged(error.to_string()))?;
    let mut words = Words::default();
    let mut features: Vec<(u64, f32)> = Vec::new();
    for AnnotatedTarget { document, target, label } in annotated {
        let doc = document.view();
        let found = Hits::read(&doc, &lexicon);
        let (first, end) = targets::tokens(&doc, *target);
        words.read(&doc, targets::sentence(&doc, first, end), classes);
        let tokens = words.tokens();
        let (from, to) = window(&tokens, first, end);
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
        let label = match label {
            Label::Negative => NEGATIVE,
            Label::Neutral => NEUTRAL,
            Label::Positive => POSITIVE,
        };
        examples.push(features.iter().copied(), label as u8, importance[label]);
    }
    Ok(())
}
