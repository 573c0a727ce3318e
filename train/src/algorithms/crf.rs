//! The linear-chain conditional random field (Lafferty, McCallum and Pereira, 2001), trained with AdaGrad (Duchi, Hazan and
//! Singer, 2011), partial annotations, and dropout of features against overfitting.

use rayon::prelude::*;

use copydesk_learn::Transitions;

use super::Random;
use super::posterior::Posterior;
use super::sequences::{Learned, Sequences};

/// Training settings.
#[derive(Clone, Copy, Debug)]
pub(crate) struct CrfOptions {
    /// Passes over all sequences.
    pub(crate) epochs: usize,
    /// The learning rate.
    pub(crate) rate: f32,
    /// The L2 penalty, applied to a weight whenever its feature occurs.
    pub(crate) l2: f32,
    /// The dropout probability of a token's features.
    pub(crate) dropout: f32,
    /// The seed of order and dropout.
    pub(crate) seed: u64,
    /// The number of training runs, each with another order and dropout, whose weights are averaged.
    pub(crate) runs: usize,
    /// The margin between right and wrong labels of a token (softmax-margin, Gimpel and Smith, 2010); 0 for
    /// plain likelihood.
    pub(crate) margin: f32,
}

impl Default for CrfOptions {
    fn default() -> Self {
        Self { epochs: 10, rate: 0.03, l2: 1e-3, dropout: 0.5, seed: 1, runs: 1, margin: 0.0 }
    }
}

/// Labels with a smaller gradient than this are skipped.
const RIGHT_ENOUGH: f32 = 1e-3;

/// Trains weights that maximise the probability of the label sequences that the annotation allows.
pub(crate) fn crf(data: &Sequences, transitions: &Transitions, options: CrfOptions) -> Learned {
    crf_on(data, transitions, options, (0..data.len()).collect())
}

/// Trains on some of the sequences, given by their indices.
pub(crate) fn crf_on(
    data: &Sequences,
    transitions: &Transitions,
    options: CrfOptions,
    order: Vec<usize>,
) -> Learned {
    let runs = options.runs.max(1) as u64;
    let run = |run: u64| {
        let options = CrfOptions { seed: options.seed.wrapping_add(run), ..options };
        one_run(data, transitions, options, order.clone())
    };
    let (mut mean, others) =
        rayon::join(|| run(0), || (1..runs).into_par_iter().map(run).collect::<Vec<_>>());
    // Sums are taken in the order of the runs.
    for learned in others {
        let add = |sums: &mut [f32], weights: &[f32]| {
            sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
        };
        add(&mut mean.weights, &learned.weights);
        add(&mut mean.transitions, &learned.transitions);
    }
    let share = 1.0 / runs as f32;
    mean.weights.iter_mut().chain(&mut mean.transitions).for_each(|weight| *weight *= share);
    mean
}

fn one_run(
    data: &Sequences,
    transitions: &Transitions,
    options: CrfOptions,
    mut order: Vec<usize>,
) -> Learned {
    let mut state = State::new(data, transitions, options);
    // The mean over the last half of the rounds is more stable than the result of the last one.
    let steady = options.epochs / 2;
    let mut sums = (vec![0f32; state.weights.len()], vec![0f32; state.steps.len()]);
    for round in 0..options.epochs {
        state.random.shuffle(&mut order);
        for &sequence in &order {
            state.learn(sequence);
        }
        if round >= steady {
            let share = 1.0 / (options.epochs - steady) as f32;
            let add = |sums: &mut [f32], weights: &[f32]| {
                sums.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += share * weight);
            };
            add(&mut sums.0, &state.weights);
            add(&mut sums.1, &state.steps);
        }
    }
    (state.weights, state.steps) = sums;
    state.learned()
}

struct State<'a> {
    data: &'a Sequences,
    transitions: &'a Transitions,
    options: CrfOptions,
    random: Random,
    labels: usize,
    /// The length of a row: the number of labels, rounded up to whole vectors.
    stride: usize,
    weights: Vec<f32>,
    squares: Vec<f32>,
    steps: Vec<f32>,
    step_squares: Vec<f32>,
    emissions: Vec<f32>,
    /// The features left by dropout, and where those of each token end.
    kept: Vec<u32>,
    ends: Vec<usize>,
    free: Posterior,
    bound: Posterior,
    step_errors: Vec<f32>,
    errors: Vec<f32>,
}

impl<'a> State<'a> {
    fn new(data: &'a Sequences, transitions: &'a Transitions, options: CrfOptions) -> Self {
        let labels = transitions.labels();
        let stride = labels.next_multiple_of(8);
        Self {
            data,
            transitions,
            options,
            random: Random::new(options.seed),
            labels,
            stride,
            weights: vec![0.0; data.features() * stride],
            squares: vec![0.01; data.features() * stride],
            steps: vec![0.0; labels * labels],
            step_squares: vec![0.01; labels * labels],
            emissions: Vec::new(),
            kept: Vec::new(),
            ends: Vec::new(),
            free: Posterior::default(),
            bound: Posterior::default(),
            step_errors: vec![0.0; labels * labels],
            errors: vec![0.0; stride],
        }
    }

    fn learn(&mut self, sequence: usize) {
        let tokens = self.data.sequence(sequence);
        let (start, length) = (tokens.start, tokens.len());
        self.draw(start, length);
        let (labels, stride, data) = (self.labels, self.stride, self.data);
        let (emissions, steps) = (&self.emissions, &self.steps);
        let emission = |at: usize, label: usize| emissions[at * stride + label];
        let step = |from: usize, to: usize| steps[to * labels + from];
        let allowed = |at: usize| data.allowed(start + at);
        let bound = self.bound.sum(length, self.transitions, emission, step, allowed);
        // Wrong labels get the margin as a bonus, which right labels must exceed.
        let margin = self.options.margin;
        let ahead = |at: usize, label: usize| {
            emission(at, label) + if allowed(at) >> label & 1 == 0 { margin } else { 0.0 }
        };
        let free = self.free.sum(length, self.transitions, ahead, step, |_| u64::MAX);
        // Skip annotations that no label sequence fits, and scores out of range.
        if !(bound.is_finite() && free.is_finite() && bound > -1e6) {
            return;
        }
        self.step_errors.fill(0.0);
        self.free.add_transitions(self.transitions, 1.0, &mut self.step_errors);
        self.bound.add_transitions(self.transitions, -1.0, &mut self.step_errors);
        let CrfOptions { rate, l2, .. } = self.options;
        for ((weight, square), error) in
            self.steps.iter_mut().zip(&mut self.step_squares).zip(&self.step_errors)
        {
            if error.abs() > RIGHT_ENOUGH && error.is_finite() {
                *square += error * error;
                *weight -= rate * error / square.sqrt();
            }
        }
        for at in 0..length {
            let (free, bound) = (self.free.marginals(at, labels), self.bound.marginals(at, labels));
            self.errors
                .iter_mut()
                .zip(free)
                .zip(bound)
                .for_each(|((error, free), bound)| *error = free - bound);
            let worst = self.errors.iter().fold(0f32, |worst, error| worst.max(error.abs()));
            // Written so that NaN fails the comparison.
            if !(RIGHT_ENOUGH..=2.0).contains(&worst) || self.errors.iter().any(|error| error.is_nan()) {
                continue;
            }
            let first = if at == 0 { 0 } else { self.ends[at - 1] };
            for &feature in &self.kept[first..self.ends[at]] {
                let row = feature as usize * stride..(feature as usize + 1) * stride;
                let (weights, squares) = (&mut self.weights[row.clone()], &mut self.squares[row]);
                for ((weight, square), error) in weights.iter_mut().zip(squares).zip(&self.errors) {
                    let slope = error + l2 * *weight;
                    *square += slope * slope;
                    *weight -= rate * slope / square.sqrt();
                }
            }
        }
    }

    /// Applies dropout to the features of a sequence, and sums the weights of the rest.
    fn draw(&mut self, start: usize, length: usize) {
        let stride = self.stride;
        let drop = (self.options.dropout.clamp(0.0, 0.9) * 256.0) as u64;
        let louder = 256.0 / (256 - drop) as f32;
        self.kept.clear();
        self.ends.clear();
        self.emissions.clear();
        self.emissions.resize(length * stride, 0.0);
        for at in 0..length {
            let (mut bits, mut left) = (0u64, 0);
            let row = &mut self.emissions[at * stride..(at + 1) * stride];
            for &feature in self.data.token(start + at) {
                if left == 0 {
                    (bits, left) = (self.random.next_number(), 8);
                }
                let keep = bits & 0xff >= drop;
                (bits, left) = (bits >> 8, left - 1);
                if keep {
                    self.kept.push(feature);
                    let weights = &self.weights[feature as usize * stride..][..stride];
                    row.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += weight);
                }
            }
            row.iter_mut().for_each(|sum| *sum *= louder);
            self.ends.push(self.kept.len());
        }
    }

    fn learned(self) -> Learned {
        let rows = self.weights.chunks_exact(self.stride);
        Learned {
            labels: self.labels,
            features: self.data.hashes().to_vec(),
            weights: rows.flat_map(|row| &row[..self.labels]).copied().collect(),
            transitions: self.steps,
        }
    }
}

#[cfg(test)]
mod tests {
    use copydesk_learn::bilou;

    use super::*;

    #[test]
    fn learns_from_open_annotations_and_always_the_same() {
        let mut data = Sequences::default();
        let mut random = Random::new(7);
        for text in 0..200 {
            for _ in 0..3 {
                let outside = if text % 3 == 0 { u64::MAX } else { 1 };
                data.push(&[random.below(10) as u64, 99], outside);
                for label in bilou::span_labels(0, 1 + random.below(2)) {
                    data.push(&[10 + random.below(10) as u64, 99], 1 << label);
                }
            }
            data.end_sequence();
        }
        let transitions = bilou::transitions(1);
        let options = CrfOptions { epochs: 6, ..CrfOptions::default() };
        let learned = crf(&data, &transitions, options);
        assert_eq!(learned, crf(&data, &transitions, options));
        for (feature, row) in learned.rows().filter(|(feature, _)| *feature < 20) {
            let inside = row[1..].iter().copied().fold(f32::MIN, f32::max);
            assert_eq!(row[0] > inside, feature < 10, "{feature}");
        }
    }
}
