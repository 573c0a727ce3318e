//! Cross-validation: how well held-out examples are predicted.

use std::fmt;

use super::example::{Example, Task};
use copydesk_sentiment::Options;
use copydesk_sentiment::examples::shape::{LABELS, NEGATIVE, POSITIVE};
use copydesk_sentiment::examples::{self, DOMAINS};

/// Held-out examples with their predictions.
#[derive(Clone, Debug, Default)]
pub struct CrossValidation {
    /// Domain, right label, probability of positive less that of negative.
    targets: Vec<(usize, usize, f32)>,
    scores: Vec<Scored>,
}

/// A held-out text with its rating and the predicted one.
#[derive(Clone, Copy, Debug)]
struct Scored {
    domain: usize,
    right: f32,
    found: f32,
    /// The fold that it was held out in.
    part: usize,
}

/// Annotators' ratings of at least this size are counted as positive or negative.
pub(super) const CALLED: f32 = 0.5;

/// Turns scores into labels: a shift, and the threshold for the shifted score.
type Cut = (f32, f32);

impl CrossValidation {
    /// Adds an example that was held out in fold `part`.
    pub(super) fn add(&mut self, example: &Example, answer: [f32; LABELS], part: usize) {
        match example.task {
            Task::Target(label) => {
                self.targets.push((example.domain, label, answer[POSITIVE] - answer[NEGATIVE]));
            }
            Task::Score(right) => {
                let (domain, found) = (example.domain, answer[0]);
                self.scores.push(Scored { domain, right, found, part });
            }
        }
    }

    /// Macro-F1 of targets' labels at a threshold. With `news`, labels are reweighted as if a third were negative, half
    /// neutral and a sixth positive.
    fn targets(&self, domain: usize, threshold: f32, news: bool) -> f64 {
        const NEWS: [f64; LABELS] = [0.33, 0.5, 0.17];
        let own = self.targets.iter().filter(|target| target.0 == domain);
        let mut counts =
            confusion(own.map(|(_, label, difference)| (*label, called(*difference, threshold))));
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
        let label = |score: &Scored| called(examples::polarity(score.found), threshold);
        macro_f1(&confusion(self.of(domain).map(|score| (called(score.right, CALLED), label(score)))))
    }

    /// Texts of a domain.
    fn of(&self, domain: usize) -> impl Iterator<Item = &Scored> {
        self.scores.iter().filter(move |score| score.domain == domain)
    }

    /// Macro-F1 where each fold uses the cut that is best on all other folds, so that no cut is chosen on the data it is scored on.
    fn chosen_elsewhere(&self, domain: usize) -> f64 {
        let parts = self.of(domain).map(|score| score.part + 1).max().unwrap_or(0);
        let cuts: Vec<Cut> = (0..=20)
            .flat_map(|moved| {
                (0..=20).map(move |from| (moved as f32 / 100.0 - 0.1, 0.2 + from as f32 / 100.0))
            })
            .collect();
        let best = |part: usize| -> Cut {
            let worth = |cut: &Cut| cut_f1(self.of(domain).filter(|score| score.part != part), |_| *cut);
            let better = |a: (f64, Cut), b: (f64, Cut)| if b.0 > a.0 { b } else { a };
            cuts.iter().map(|cut| (worth(cut), *cut)).fold((-1.0, (0.0, CALLED)), better).1
        };
        let chosen: Vec<Cut> = (0..parts).map(best).collect();
        cut_f1(self.of(domain), |score| chosen[score.part])
    }

    fn correlation(&self, domain: usize) -> f64 {
        let pairs: Vec<(f64, f64)> =
            self.of(domain).map(|score| (f64::from(score.right), f64::from(score.found))).collect();
        let count = pairs.len() as f64;
        let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
        let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
        let sum = |of: &dyn Fn(f64, f64) -> f64| pairs.iter().map(|(a, b)| of(a - x, b - y)).sum::<f64>();
        sum(&|a, b| a * b) / (sum(&|a, _| a * a) * sum(&|_, b| b * b)).sqrt()
    }
}

impl fmt::Display for CrossValidation {
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
            let count = self.of(domain).count();
            if count > 0 {
                writeln!(
                    f,
                    "{name}: {count} texts, r {:.3}, macro-F1 {:.1}; by thresholds chosen on the other parts {:.1}; by threshold:",
                    self.correlation(domain),
                    100.0 * self.labelled(domain),
                    100.0 * self.chosen_elsewhere(domain)
                )?;
                for shift in [-0.1, -0.05, 0.0, 0.05, 0.1] {
                    write!(f, "  moved by {shift}:")?;
                    for threshold in [0.2, 0.25, 0.3, 0.35, 0.4] {
                        write!(
                            f,
                            "  {threshold}: {:.1}",
                            100.0 * cut_f1(self.of(domain), |_| (shift, threshold))
                        )?;
                    }
                    writeln!(f)?;
                }
            }
        }
        Ok(())
    }
}

/// Macro-F1 of the labels at the cut that `cut` chooses for each text.
fn cut_f1<'s>(scores: impl Iterator<Item = &'s Scored>, cut: impl Fn(&Scored) -> Cut) -> f64 {
    let label = |score: &Scored| {
        let (moved, from) = cut(score);
        called(score.found + moved, from)
    };
    macro_f1(&confusion(scores.map(|score| (called(score.right, CALLED), label(score)))))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_are_those_of_the_other_parts() {
        // Predictions are right except for a shift that all folds share.
        let score = |at: usize| {
            let right = [-2.0f32, 0.0, 2.0][at % 3];
            Scored { domain: 0, right, found: right / 4.0 - 0.05, part: at % 5 }
        };
        let mut held = CrossValidation { targets: Vec::new(), scores: (0..150).map(score).collect() };
        assert!((held.chosen_elsewhere(0) - 1.0).abs() < 1e-9);
        // A cut that only one fold would need is not chosen for it.
        for own in held.scores.iter_mut().filter(|score| score.part == 2) {
            own.found = -own.found;
        }
        assert!(held.chosen_elsewhere(0) < 0.9);
    }
}
