//! How well held-out examples are judged.

use std::fmt;

use crate::model::DOMAINS;
use crate::options::Options;
use crate::score::Score;
use crate::shape::{CALLED, LABELS, NEGATIVE, POSITIVE};
use crate::train::example::{Example, Task};

/// Held-out examples with their answers.
#[derive(Clone, Debug, Default)]
pub struct Held {
    /// Domain, right label, lead of good over bad.
    targets: Vec<(usize, usize, f32)>,
    /// Domain, right score, score.
    scores: Vec<(usize, f32, f32)>,
}

impl Held {
    pub(crate) fn add(&mut self, example: &Example, answer: [f32; LABELS]) {
        match example.task {
            Task::Target(label) => {
                self.targets.push((example.domain, label, answer[POSITIVE] - answer[NEGATIVE]));
            }
            Task::Score(score) => self.scores.push((example.domain, score, answer[0])),
        }
    }

    /// Macro-F1 of labels that a threshold makes of leads. With `news`, labels are weighed as if a third were negative, half
    /// neutral and a sixth positive.
    fn targets(&self, domain: usize, threshold: f32, news: bool) -> f64 {
        const NEWS: [f64; LABELS] = [0.33, 0.5, 0.17];
        let own = self.targets.iter().filter(|target| target.0 == domain);
        let mut counts = confusion(own.map(|(_, label, lead)| (*label, called(*lead, threshold))));
        if news {
            for (row, share) in counts.iter_mut().zip(NEWS) {
                let all = row.iter().sum::<f64>().max(1.0);
                row.iter_mut().for_each(|count| *count *= share / all);
            }
        }
        macro_f1(&counts)
    }

    /// Macro-F1 of the labels that the stage gives by default.
    fn labelled(&self, domain: usize) -> f64 {
        let threshold = Options::default().threshold as f32;
        let own = self.scores.iter().filter(|score| score.0 == domain);
        macro_f1(&confusion(
            own.map(|(_, right, score)| (called(*right, CALLED), called(Score::of(*score).value, threshold))),
        ))
    }

    fn sentences(&self, domain: usize, threshold: f32, shift: f32) -> f64 {
        let own = self.scores.iter().filter(|score| score.0 == domain);
        macro_f1(&confusion(
            own.map(|(_, right, score)| (called(*right, CALLED), called(*score + shift, threshold))),
        ))
    }

    fn correlation(&self, domain: usize) -> f64 {
        let pairs: Vec<(f64, f64)> = self
            .scores
            .iter()
            .filter(|score| score.0 == domain)
            .map(|(_, right, score)| (f64::from(*right), f64::from(*score)))
            .collect();
        let count = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
        sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (domain, name) in DOMAINS.iter().enumerate() {
            let count = self.targets.iter().filter(|target| target.0 == domain).count();
            if count > 0 {
                writeln!(f, "{name}: {count} targets, macro-F1 by threshold (brought to half neutral):")?;
                for threshold in [0.15, 0.2, 0.25, 0.3, 0.35] {
                    let [all, news] = [false, true].map(|news| 100.0 * self.targets(domain, threshold, news));
                    write!(f, "  {threshold}: {all:.1} ({news:.1})")?;
                }
                writeln!(f)?;
            }
            let count = self.scores.iter().filter(|score| score.0 == domain).count();
            if count > 0 {
                writeln!(
                    f,
                    "{name}: {count} texts, r {:.3}, macro-F1 {:.1}; by threshold:",
                    self.correlation(domain),
                    100.0 * self.labelled(domain)
                )?;
                for shift in [-0.1, -0.05, 0.0, 0.05, 0.1] {
                    write!(f, "  moved by {shift}:")?;
                    for threshold in [0.2, 0.25, 0.3, 0.35, 0.4] {
                        write!(f, "  {threshold}: {:.1}", 100.0 * self.sentences(domain, threshold, shift))?;
                    }
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}

fn called(score: f32, threshold: f32) -> usize {
    1 + usize::from(score >= threshold) - usize::from(score <= -threshold)
}

fn confusion(pairs: impl Iterator<Item = (usize, usize)>) -> [[f64; LABELS]; LABELS] {
    let mut counts = [[0.0; LABELS]; LABELS];
    pairs.for_each(|(right, found)| counts[right][found] += 1.0);
    counts
}

fn macro_f1(counts: &[[f64; LABELS]; LABELS]) -> f64 {
    let score = |label: usize| {
        let right: f64 = counts[label].iter().sum();
        let found: f64 = counts.iter().map(|row| row[label]).sum();
        if right + found == 0.0 { 0.0 } else { 2.0 * counts[label][label] / (right + found) }
    };
    (0..LABELS).map(score).sum::<f64>() / LABELS as f64
}
