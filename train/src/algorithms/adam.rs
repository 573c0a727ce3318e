//! Adam (Kingma & Ba 2015) with decoupled weight decay.

const FIRST: f32 = 0.9;
const SECOND: f32 = 0.999;

/// Running means of the gradients and of their squares.
#[derive(Clone, Debug)]
pub(crate) struct Adam {
    first: Vec<f32>,
    second: Vec<f32>,
}

/// The size of a step.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Step {
    /// The learning rate.
    pub(crate) rate: f32,
    /// Weight decay.
    pub(crate) decay: f32,
    /// A factor applied to gradients first: 1 / batch size gives the mean over a batch.
    pub(crate) share: f32,
}

impl Adam {
    /// The optimiser of this many weights.
    pub(crate) fn new(count: usize) -> Self {
        Self { first: vec![0.0; count], second: vec![0.0; count] }
    }

    /// Updates all weights in step number `time` (from 1), and clears the gradients.
    pub(crate) fn step(&mut self, weights: &mut [f32], gradients: &mut [f32], step: Step, time: i32) {
        let (one, two) = (1.0 - FIRST.powi(time), 1.0 - SECOND.powi(time));
        let all = 0..weights.len();
        self.moved(weights, gradients, all, step, |first, second| {
            (first / one) / ((second / two).sqrt() + 1e-8)
        });
    }

    /// Updates weights that rarely have a gradient: without bias correction, as their running means start late.
    pub(crate) fn step_rare(
        &mut self,
        weights: &mut [f32],
        gradients: &mut [f32],
        which: std::ops::Range<usize>,
        step: Step,
    ) {
        self.moved(weights, gradients, which, step, |first, second| first / (second.sqrt() + 1e-4));
    }

    fn moved(
        &mut self,
        weights: &mut [f32],
        gradients: &mut [f32],
        which: std::ops::Range<usize>,
        step: Step,
        by: impl Fn(f32, f32) -> f32,
    ) {
        let means = self.first[which.clone()].iter_mut().zip(&mut self.second[which.clone()]);
        for ((weight, gradient), (first, second)) in
            weights[which.clone()].iter_mut().zip(&mut gradients[which]).zip(means)
        {
            let value = *gradient * step.share;
            *first = FIRST * *first + (1.0 - FIRST) * value;
            *second = SECOND * *second + (1.0 - SECOND) * value * value;
            *weight -= step.rate * (by(*first, *second) + step.decay * *weight);
            *gradient = 0.0;
        }
    }
}
