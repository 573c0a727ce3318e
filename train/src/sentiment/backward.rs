//! Backpropagation: the gradients of the loss with respect to all weights.

use copydesk_learn::linear::softmax;

use super::example::{Example, Task};
use super::folds::CALLED;
use super::net::{DEEP, Net, Pass};
use super::row_inputs::RowInputs;
use super::settings::SentimentSettings;
use crate::algorithms::dense::{input_gradients, weight_gradients};
use copydesk_sentiment::examples::shape::{FEATURES, WIDTH};

/// The predicted rating from which a sentence is counted as positive, or as negative below 0.
const SCORE_CALLED: f32 = 0.3;

/// Gradients, and scratch buffers to compute them.
pub(super) struct Backward {
    /// Of all weights, summed over the examples of a batch.
    pub(super) gradients: Net,
    /// The rows that have a gradient.
    pub(super) touched: Vec<usize>,
    pools: Vec<f32>,
    hidden: Vec<f32>,
    inputs: Vec<f32>,
}

impl Backward {
    pub(super) fn new(inputs: &RowInputs) -> Self {
        let gradients = Net::empty(inputs);
        Self { gradients, touched: Vec::new(), pools: Vec::new(), hidden: Vec::new(), inputs: Vec::new() }
    }

    /// Adds the gradients of an example; `scores` is the output of the forward pass.
    pub(super) fn add(
        &mut self,
        net: &Net,
        inputs: &RowInputs,
        example: &Example,
        pass: &Pass,
        scores: [f32; 3],
        settings: &SentimentSettings,
    ) {
        self.of_pools(net, example, pass, scores, settings);
        self.hidden.clear();
        self.hidden.resize(pass.hidden.len(), 0.0);
        pass.pools.back(&example.input, &self.pools, &mut self.hidden);
        for (gradient, value) in self.hidden.iter_mut().zip(&pass.hidden) {
            if *value <= 0.0 {
                *gradient = 0.0;
            }
        }
        self.of_filters(net, pass);
        self.of_rows(inputs, example, pass);
    }

    fn of_pools(
        &mut self,
        net: &Net,
        example: &Example,
        pass: &Pass,
        scores: [f32; 3],
        settings: &SentimentSettings,
    ) {
        let (domain, values) = (example.domain, &pass.pools.values);
        self.pools.clear();
        self.pools.resize(values.len(), 0.0);
        match example.task {
            Task::Target(_) => {
                let mut gradient = scores;
                softmax(&mut gradient);
                for (gradient, right) in gradient.iter_mut().zip(example.labels) {
                    *gradient = (*gradient - right) * example.importance;
                }
                weight_gradients(&gradient, values, &mut self.gradients.heads[domain]);
                input_gradients(&gradient, &net.heads[domain], &mut self.pools);
            }
            Task::Score(right) => {
                let gradient = score_gradient(scores[0], right, settings) * example.importance;
                weight_gradients(&[gradient], values, &mut self.gradients.scores[domain]);
                input_gradients(&[gradient], &net.scores[domain], &mut self.pools);
            }
        }
        self.pools.iter_mut().zip(&pass.keep).for_each(|(gradient, keep)| *gradient *= keep);
    }

    fn of_filters(&mut self, net: &Net, pass: &Pass) {
        let count = pass.hidden.len() / FEATURES;
        self.inputs.clear();
        self.inputs.resize(count * DEEP, 0.0);
        for (at, gradient) in self.hidden.chunks_exact(FEATURES).enumerate() {
            if gradient.iter().all(|gradient| *gradient == 0.0) {
                continue;
            }
            self.gradients.bias.iter_mut().zip(gradient).for_each(|(sum, gradient)| *sum += gradient);
            let size = DEEP * FEATURES;
            let filters = net.filters.chunks_exact(size).zip(self.gradients.filters.chunks_exact_mut(size));
            for (place, (filters, gradients)) in filters.enumerate() {
                let Some(from) = (at + place).checked_sub(1).filter(|from| *from < count) else { continue };
                let own = from * DEEP..(from + 1) * DEEP;
                weight_gradients(gradient, &pass.inputs[own.clone()], gradients);
                input_gradients(gradient, filters, &mut self.inputs[own]);
            }
        }
    }

    fn of_rows(&mut self, inputs: &RowInputs, example: &Example, pass: &Pass) {
        let words = self.inputs.chunks_exact_mut(DEEP).zip(pass.masks.chunks_exact(WIDTH));
        for ((input, mask), row) in words.zip(&example.input.rows) {
            let row = *row as usize;
            let gradient = &mut input[..WIDTH];
            gradient.iter_mut().zip(mask).for_each(|(gradient, mask)| *gradient *= mask);
            let given = &inputs.vectors[row * inputs.given..][..inputs.given];
            weight_gradients(gradient, given, &mut self.gradients.projection);
            if inputs.own[row] {
                let own = &mut self.gradients.own[row * WIDTH..][..WIDTH];
                own.iter_mut().zip(gradient.iter()).for_each(|(sum, gradient)| *sum += gradient);
                self.touched.push(row);
            }
        }
    }
}

/// The gradient of the loss of a sentence score: squared error, plus the cross-entropy of the label that it implies.
fn score_gradient(score: f32, right: f32, settings: &SentimentSettings) -> f32 {
    let mut gradient = (score - right) * settings.score;
    if settings.called > 0.0 {
        const STEEP: f32 = 4.0;
        for side in [-1.0, 1.0] {
            let above = 1.0 / (1.0 + (-STEEP * (score - side * SCORE_CALLED)).exp());
            gradient += settings.called * STEEP * (above - f32::from(right > side * CALLED));
        }
    }
    gradient
}
