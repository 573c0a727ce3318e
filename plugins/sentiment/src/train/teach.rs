//! Several runs teach the last one: it learns from what they say on average of sentences that nobody rated.
//!
//! Their mean is better than each (bagging), and a single network comes close to it (distillation; Hinton et al. 2015).

use crate::train::example::{Example, Rows, Task};
use crate::train::learn::learn;
use crate::train::net::Net;
use crate::train::settings::Settings;

/// Learns from rated examples, and from `unrated` ones by what other runs make of them.
pub(crate) fn taught(rows: &Rows, examples: &[&Example], unrated: &[&Example], settings: Settings) -> Net {
    if settings.teachers == 0 {
        return learn(rows, examples, settings);
    }
    let run = |number: u64| learn(rows, examples, Settings { seed: settings.seed + number, ..settings });
    let teachers: Vec<Net> = (1..=settings.teachers).map(run).collect();
    let rated = unrated.iter().map(|example| {
        let sum: f32 = teachers.iter().map(|teacher| teacher.answer(rows, example)[0]).sum();
        let (task, importance) = (Task::Score(sum / teachers.len() as f32), settings.taught);
        Example { task, importance, ..(*example).clone() }
    });
    let rated: Vec<Example> = rated.collect();
    let all: Vec<&Example> = examples.iter().copied().chain(&rated).collect();
    learn(rows, &all, settings)
}
