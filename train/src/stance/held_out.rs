//! Predictions for pairs that were held out, and the calibration of probabilities by them.

use std::fmt;

use copydesk_learn::linear::softmax;

use super::pairs::{NONE, OUTCOMES};

/// The logits and the right outcome of each pair that was held out.
#[derive(Clone, Debug, Default)]
pub struct HeldOutPairs {
    pub(super) scores: Vec<([f32; OUTCOMES], usize)>,
}

/// Converts logits to calibrated probabilities.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    /// Divides the logits.
    pub(super) temperature: f32,
    /// Added to the logit of no opinion first.
    pub(super) none: f32,
}

impl Scale {
    fn probabilities(self, scores: &[f32; OUTCOMES]) -> [f32; OUTCOMES] {
        let mut scaled = *scores;
        scaled[NONE] += self.none;
        scaled.iter_mut().for_each(|score| *score /= self.temperature);
        softmax(&mut scaled);
        scaled
    }
}

impl HeldOutPairs {
    /// The scale with the highest likelihood of the right outcomes.
    pub(super) fn scale(&self) -> Scale {
        let loss = |scale: &Scale| -> f32 {
            let of = |(scores, right): &([f32; OUTCOMES], usize)| {
                -scale.probabilities(scores)[*right].max(1e-9).ln()
            };
            self.scores.iter().map(of).sum()
        };
        let temperatures = (10..50).map(|step| step as f32 / 20.0);
        let scales = temperatures.flat_map(|temperature| {
            (-10..20).map(move |step| Scale { temperature, none: step as f32 / 10.0 })
        });
        let scored = scales.map(|scale| (loss(&scale), scale));
        let best = scored.min_by(|a, b| a.0.total_cmp(&b.0));
        best.map_or(Scale { temperature: 1.0, none: 0.0 }, |(_, scale)| scale)
    }
}

impl fmt::Display for HeldOutPairs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scale = self.scale();
        writeln!(f, "{} pairs held out; by least confidence:", self.scores.len())?;
        for cut in [0.0, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8] {
            let (mut right, mut found, mut gold, mut same) = (0, 0, 0, 0);
            let mut by = [[0usize; 3]; OUTCOMES];
            for (scores, wanted) in &self.scores {
                let scores = scale.probabilities(scores);
                let best = (0..NONE).max_by(|a, b| scores[*a].total_cmp(&scores[*b])).unwrap_or(NONE);
                let got = if scores[best] >= cut && (cut > 0.0 || scores[best] >= scores[NONE]) {
                    best
                } else {
                    NONE
                };
                right += usize::from(got != NONE && got == *wanted);
                found += usize::from(got != NONE);
                gold += usize::from(*wanted != NONE);
                same += usize::from(got == *wanted);
                by[got][0] += usize::from(got == *wanted);
                by[got][1] += 1;
                by[*wanted][2] += 1;
            }
            let share = |part: usize, all: usize| 100.0 * part as f32 / all.max(1) as f32;
            let f1 =
                by.iter().map(|[right, found, gold]| 200.0 * *right as f32 / (found + gold).max(1) as f32);
            writeln!(
                f,
                "  {cut:.2}  P {:5.1}  R {:5.1}  micro {:5.1}  macro-F1 {:5.1}",
                share(right, found),
                share(right, gold),
                share(same, self.scores.len()),
                f1.sum::<f32>() / OUTCOMES as f32
            )?;
        }
        Ok(())
    }
}
