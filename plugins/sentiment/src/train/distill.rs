//! Distils several networks into one: the student learns the mean predictions of the teachers on unrated sentences, and
//! their probabilities of labels are mixed into the labels of rated targets.
//!
//! An ensemble is better than each of its members (bagging), and a single network can come close to it (Hinton et al. 2015).

use crate::shape::LABELS;
use crate::train::example::{Example, Rows, Task};
use crate::train::learn::learn;
use crate::train::net::Net;
use crate::train::settings::Settings;

/// Trains teachers on the rated examples, then a student on these and on `unrated` ones with the teachers' predictions.
pub(crate) fn distilled(rows: &Rows, examples: &[&Example], unrated: &[&Example], settings: Settings) -> Net {
    if settings.teachers == 0 {
        return learn(rows, examples, settings);
    }
    let run = |number: u64| learn(rows, examples, Settings { seed: settings.seed + number, ..settings });
    let teachers: Vec<Net> = (1..=settings.teachers).map(run).collect();
    let share = 1.0 / teachers.len() as f32;
    let predicted = |example: &Example| {
        let mut mean = [0f32; LABELS];
        for answer in teachers.iter().map(|teacher| teacher.answer(rows, example)) {
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
    learn(rows, &all.iter().collect::<Vec<_>>(), settings)
}
