//! The way back: the slopes of all weights, from how far an answer is from what is right.

use copydesk_learn::linear::softmax;

use crate::shape::{CALLED, FEATURES, SCORE_CALLED, WIDTH};
use crate::train::dense::{input_slopes, weight_slopes};
use crate::train::example::{Example, Rows, Task};
use crate::train::net::{DEEP, Net, Pass};
use crate::train::settings::Settings;

/// Room for slopes.
pub(super) struct Back {
    /// Of all weights, added up over the examples of a step.
    pub(super) slopes: Net,
    /// The rows that have a slope.
    pub(super) touched: Vec<usize>,
    pools: Vec<f32>,
    hidden: Vec<f32>,
    inputs: Vec<f32>,
}

impl Back {
    pub(super) fn new(rows: &Rows) -> Self {
        let slopes = Net::empty(rows);
        Self { slopes, touched: Vec::new(), pools: Vec::new(), hidden: Vec::new(), inputs: Vec::new() }
    }

    /// Adds the slopes that an example gives; `scores` is what the network answered.
    pub(super) fn add(
        &mut self,
        net: &Net,
        rows: &Rows,
        example: &Example,
        pass: &Pass,
        scores: [f32; 3],
        settings: &Settings,
    ) {
        self.of_pools(net, example, pass, scores, settings);
        self.hidden.clear();
        self.hidden.resize(pass.hidden.len(), 0.0);
        pass.pools.back(example, &self.pools, &mut self.hidden);
        for (slope, value) in self.hidden.iter_mut().zip(&pass.hidden) {
            if *value <= 0.0 {
                *slope = 0.0;
            }
        }
        self.of_filters(net, pass);
        self.of_rows(rows, example, pass);
    }

    fn of_pools(&mut self, net: &Net, example: &Example, pass: &Pass, scores: [f32; 3], settings: &Settings) {
        let (domain, values) = (example.domain, &pass.pools.values);
        self.pools.clear();
        self.pools.resize(values.len(), 0.0);
        match example.task {
            Task::Target(_) => {
                let mut slope = scores;
                softmax(&mut slope);
                for (slope, right) in slope.iter_mut().zip(example.labels) {
                    *slope = (*slope - right) * example.importance;
                }
                weight_slopes(&slope, values, &mut self.slopes.heads[domain]);
                input_slopes(&slope, &net.heads[domain], &mut self.pools);
            }
            Task::Score(right) => {
                let slope = score_slope(scores[0], right, settings) * example.importance;
                weight_slopes(&[slope], values, &mut self.slopes.scores[domain]);
                input_slopes(&[slope], &net.scores[domain], &mut self.pools);
            }
        }
        self.pools.iter_mut().zip(&pass.keep).for_each(|(slope, keep)| *slope *= keep);
    }

    fn of_filters(&mut self, net: &Net, pass: &Pass) {
        let count = pass.hidden.len() / FEATURES;
        self.inputs.clear();
        self.inputs.resize(count * DEEP, 0.0);
        for (at, slope) in self.hidden.chunks_exact(FEATURES).enumerate() {
            if slope.iter().all(|slope| *slope == 0.0) {
                continue;
            }
            self.slopes.bias.iter_mut().zip(slope).for_each(|(sum, slope)| *sum += slope);
            let size = DEEP * FEATURES;
            let filters = net.filters.chunks_exact(size).zip(self.slopes.filters.chunks_exact_mut(size));
            for (place, (filters, slopes)) in filters.enumerate() {
                let Some(from) = (at + place).checked_sub(1).filter(|from| *from < count) else { continue };
                let own = from * DEEP..(from + 1) * DEEP;
                weight_slopes(slope, &pass.inputs[own.clone()], slopes);
                input_slopes(slope, filters, &mut self.inputs[own]);
            }
        }
    }

    fn of_rows(&mut self, rows: &Rows, example: &Example, pass: &Pass) {
        let inputs = self.inputs.chunks_exact_mut(DEEP).zip(pass.masks.chunks_exact(WIDTH));
        for ((input, mask), row) in inputs.zip(&example.rows) {
            let row = *row as usize;
            let slope = &mut input[..WIDTH];
            slope.iter_mut().zip(mask).for_each(|(slope, mask)| *slope *= mask);
            let given = &rows.vectors[row * rows.given..][..rows.given];
            weight_slopes(slope, given, &mut self.slopes.projection);
            if rows.own[row] {
                let own = &mut self.slopes.own[row * WIDTH..][..WIDTH];
                own.iter_mut().zip(slope.iter()).for_each(|(sum, slope)| *sum += slope);
                self.touched.push(row);
            }
        }
    }
}

/// The slope of a score: of its square distance from the right one, and of the probability of the right label.
fn score_slope(score: f32, right: f32, settings: &Settings) -> f32 {
    let mut slope = (score - right) * settings.score;
    if settings.called > 0.0 {
        const STEEP: f32 = 4.0;
        for side in [-1.0, 1.0] {
            let above = 1.0 / (1.0 + (-STEEP * (score - side * SCORE_CALLED)).exp());
            slope += settings.called * STEEP * (above - f32::from(right > side * CALLED));
        }
    }
    slope
}
