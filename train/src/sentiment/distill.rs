//! Distils several networks into one: the student learns the mean predictions of the teachers on unrated sentences, and
//! their probabilities of labels are mixed into the labels of rated targets.
//!
//! An ensemble is better than each of its members (bagging), and a single network can come close to it (Hinton et al. 2015).

use super::example::{Example, Task};
use super::learn::learn;
use super::net::Net;
use super::row_inputs::RowInputs;
use super::settings::SentimentSettings;
use copydesk_sentiment::examples::shape::LABELS;

/// Trains teachers on the rated examples, then a student on these and on `unrated` ones with the teachers' predictions.
pub(super) fn distilled(
    inputs: &RowInputs,
    examples: &[&Example],
    unrated: &[&Example],
    settings: SentimentSettings,
) -> Net {
    if settings.teachers == 0 {
        return learn(inputs, examples, settings);
    }
    let run =
        |number: u64| learn(inputs, examples, SentimentSettings { seed: settings.seed + number, ..settings });
    let teachers: Vec<Net> = (1..=settings.teachers).map(run).collect();
    let share = 1.0 / teachers.len() as f32;
    let predicted = |example: &Example| {
        let mut mean = [0f32; LABELS];
        for answer in teachers.iter().map(|teacher| teacher.answer(inputs, example)) {
            mean.iter_mut().zip(answer).for_each(|(mean, value)| *mean += value * share);
        }
        mean
    };
    let rated = unrated.iter().map(|example| {
        let task = Task::Score(predicted(example)[0]);
        Example { task, importance: settings.distilled, ..(*example).clone() }
    });
    let softened = examples.iter().map(|example| {
        let mut softened = (*example).clone();
        if let Task::Target(_) = example.task {
            for (label, predicted) in softened.labels.iter_mut().zip(predicted(example)) {
                *label += settings.softened * (predicted - *label);
            }
        }
        softened
    });
    let all: Vec<Example> = softened.chain(rated).collect();
    learn(inputs, &all.iter().collect::<Vec<_>>(), settings)
}
