//! The best label sequence of a linear chain (Viterbi), and the probability of each label in it (forward–backward).

use std::ops::Add;

use crate::artefact::{ArtefactError, Section};

/// Which label may follow which, and the score of each transition. At most 64 labels.
#[derive(Clone, Debug)]
pub struct Transitions {
    labels: usize,
    /// For each label, the set of those that may precede it.
    before: Vec<Vec<u8>>,
    /// The score of `from` before `to`, at `to * labels + from`.
    scores: Vec<i32>,
    starts: u64,
    ends: u64,
}

impl Transitions {
    /// Transitions with scores of 0. `starts` and `ends` are the labels that may be first and last.
    pub fn new(
        labels: usize,
        starts: impl Fn(usize) -> bool,
        ends: impl Fn(usize) -> bool,
        allows: impl Fn(usize, usize) -> bool,
    ) -> Self {
        assert!(labels > 0 && labels <= 64, "a set of labels is a 64-bit mask");
        let mask = |holds: &dyn Fn(usize) -> bool| {
            (0..labels).filter(|label| holds(*label)).fold(0, |mask, label| mask | 1u64 << label)
        };
        let before = (0..labels)
            .map(|to| (0..labels).filter(|from| allows(*from, to)).map(|from| from as u8).collect())
            .collect();
        Self { labels, before, scores: vec![0; labels * labels], starts: mask(&starts), ends: mask(&ends) }
    }

    /// The number of labels.
    pub fn labels(&self) -> usize {
        self.labels
    }

    /// All labels as a set.
    pub fn all(&self) -> u64 {
        u64::MAX >> (64 - self.labels)
    }

    /// Whether `from` may precede `to`.
    pub fn allows(&self, from: usize, to: usize) -> bool {
        self.before.get(to).is_some_and(|before| before.iter().any(|label| usize::from(*label) == from))
    }

    /// Sets the scores of transitions, at `to * labels + from`.
    pub fn with_scores(mut self, scores: Vec<i32>) -> Result<Self, ArtefactError> {
        let reasonable = scores.iter().all(|score| score.abs() < 1 << 20);
        if scores.len() != self.labels * self.labels || !reasonable {
            return Err(ArtefactError::damaged("transitions of another number of labels"));
        }
        self.scores = scores;
        Ok(self)
    }

    /// Reads the scores of transitions from a section of a model.
    pub fn read_scores(self, section: &Section) -> Result<Self, ArtefactError> {
        let scores = section.i32s().ok_or_else(|| ArtefactError::damaged("transitions cut off"))?;
        self.with_scores(scores)
    }

    /// The score of a transition.
    pub fn score(&self, from: usize, to: usize) -> i32 {
        self.scores[to * self.labels + from]
    }
}

/// Numeric types for scores of paths.
pub trait Score: Copy + PartialOrd + Add<Output = Self> {
    /// Less than the score of any path.
    const LOWEST: Self;
    /// Nothing.
    const ZERO: Self;
}

impl Score for i32 {
    const LOWEST: Self = i32::MIN / 2;
    const ZERO: Self = 0;
}

impl Score for f32 {
    const LOWEST: Self = -1e30;
    const ZERO: Self = 0.0;
}

/// Scratch buffers of the search, reused for every sequence.
#[derive(Clone, Debug)]
pub struct Lattice<S> {
    scores: Vec<S>,
    next: Vec<S>,
    back: Vec<u8>,
    path: Vec<u8>,
}

impl<S> Default for Lattice<S> {
    fn default() -> Self {
        Self { scores: Vec::new(), next: Vec::new(), back: Vec::new(), path: Vec::new() }
    }
}

impl Lattice<i32> {
    /// The best labels of a sequence. `emissions` holds one row of `stride` scores per token, the labels first.
    pub fn best(&mut self, emissions: &[i16], stride: usize, transitions: &Transitions) -> &[u8] {
        let length = emissions.len().checked_div(stride).unwrap_or(0);
        self.search(
            length,
            transitions,
            |at, label| i32::from(emissions[at * stride + label]),
            |from, to| transitions.scores[to * transitions.labels + from],
            |_| u64::MAX,
        )
    }
}

impl<S: Score> Lattice<S> {
    /// The best sequence of `length` labels, where each label is in the set that `allowed` gives for its position. Ties go to
    /// the lower label. If the sets allow no sequence, the labels are arbitrary.
    #[inline]
    pub fn search(
        &mut self,
        length: usize,
        transitions: &Transitions,
        emission: impl Fn(usize, usize) -> S,
        transition: impl Fn(usize, usize) -> S,
        allowed: impl Fn(usize) -> u64,
    ) -> &[u8] {
        let labels = transitions.labels;
        self.path.clear();
        self.path.resize(length, 0);
        if length == 0 {
            return &self.path;
        }
        self.back.clear();
        self.back.resize(length * labels, 0);
        self.scores.clear();
        self.scores.resize(labels, S::LOWEST);
        self.next.clear();
        self.next.resize(labels, S::LOWEST);
        let first = allowed(0) & transitions.starts;
        for (label, score) in self.scores.iter_mut().enumerate() {
            if first >> label & 1 != 0 {
                *score = emission(0, label);
            }
        }
        for at in 1..length {
            let here = allowed(at);
            let back = &mut self.back[at * labels..(at + 1) * labels];
            for (to, before) in transitions.before.iter().enumerate() {
                let (mut best, mut best_from) = (S::LOWEST, 0);
                if here >> to & 1 != 0 {
                    for &from in before {
                        let score = self.scores[usize::from(from)] + transition(usize::from(from), to);
                        if score > best {
                            (best, best_from) = (score, from);
                        }
                    }
                    if best > S::LOWEST {
                        best = best + emission(at, to);
                    }
                }
                self.next[to] = best;
                back[to] = best_from;
            }
            std::mem::swap(&mut self.scores, &mut self.next);
        }
        let mut last = 0;
        let mut best = S::LOWEST;
        for (label, score) in self.scores.iter().enumerate() {
            if transitions.ends >> label & 1 != 0 && *score > best {
                (last, best) = (label, *score);
            }
        }
        for at in (0..length).rev() {
            self.path[at] = last as u8;
            last = usize::from(self.back[at * labels + last]);
        }
        &self.path
    }
}

/// Scratch buffers for the probabilities of labels, reused for every sequence.
#[derive(Clone, Debug, Default)]
pub struct Posterior {
    forward: Vec<f32>,
    backward: Vec<f32>,
    potentials: Vec<f32>,
    steps: Vec<f32>,
    scales: Vec<f32>,
    /// The probability of each label at each position, one row per position.
    marginals: Vec<f32>,
}

impl Posterior {
    /// Sums over all label sequences that `allowed` permits. Returns the logarithm of the sum of their weights, where the weight of a
    /// sequence is the exponential of its score; minus infinity, and no probabilities, if none is permitted.
    pub fn sum(
        &mut self,
        length: usize,
        transitions: &Transitions,
        emission: impl Fn(usize, usize) -> f32,
        transition: impl Fn(usize, usize) -> f32,
        allowed: impl Fn(usize) -> u64,
    ) -> f32 {
        let labels = transitions.labels;
        let size = length * labels;
        for buffer in [&mut self.forward, &mut self.backward, &mut self.potentials, &mut self.marginals] {
            buffer.clear();
            buffer.resize(size, 0.0);
        }
        self.scales.clear();
        self.steps.clear();
        self.steps.resize(labels * labels, 0.0);
        for (to, before) in transitions.before.iter().enumerate() {
            for &from in before {
                self.steps[to * labels + usize::from(from)] = transition(usize::from(from), to).exp();
            }
        }
        let mut log_sum = 0.0;
        for at in 0..length {
            let here = allowed(at) & if at + 1 == length { transitions.ends } else { u64::MAX };
            let row = &mut self.potentials[at * labels..(at + 1) * labels];
            let (done, rest) = self.forward.split_at_mut(at * labels);
            let own = &mut rest[..labels];
            for (to, value) in own.iter_mut().enumerate() {
                *value = if at == 0 {
                    f32::from(u8::from(transitions.starts >> to & 1 != 0))
                } else {
                    let previous = &done[(at - 1) * labels..];
                    let steps = &self.steps[to * labels..(to + 1) * labels];
                    let from = transitions.before[to].iter().map(|&from| usize::from(from));
                    from.map(|from| previous[from] * steps[from]).sum()
                };
            }
            // Relative to the best reachable label, to avoid underflow.
            let most = (0..labels)
                .filter(|label| here >> label & 1 != 0 && own[*label] > 0.0)
                .map(|label| emission(at, label))
                .fold(f32::MIN, f32::max);
            for (label, potential) in row.iter_mut().enumerate() {
                if here >> label & 1 != 0 {
                    *potential = (emission(at, label) - most).min(80.0).exp();
                }
            }
            log_sum += most;
            own.iter_mut().zip(row.iter()).for_each(|(value, potential)| *value *= potential);
            let total: f32 = own.iter().sum::<f32>();
            if total <= 0.0 {
                // No sequence is permitted: no probabilities.
                return f32::NEG_INFINITY;
            }
            own.iter_mut().for_each(|value| *value /= total);
            log_sum += total.ln();
            self.scales.push(total);
        }
        for at in (0..length).rev() {
            let (before, after) = self.backward.split_at_mut((at + 1) * labels);
            let own = &mut before[at * labels..];
            if at + 1 == length {
                for (label, value) in own.iter_mut().enumerate() {
                    *value = f32::from(u8::from(transitions.ends >> label & 1 != 0));
                }
            } else {
                let potentials = &self.potentials[(at + 1) * labels..(at + 2) * labels];
                for to in 0..labels {
                    let carried = after[to] * potentials[to] / self.scales[at + 1];
                    if carried > 0.0 {
                        for &from in &transitions.before[to] {
                            own[usize::from(from)] += carried * self.steps[to * labels + usize::from(from)];
                        }
                    }
                }
            }
            let marginals = &mut self.marginals[at * labels..(at + 1) * labels];
            let forward = &self.forward[at * labels..(at + 1) * labels];
            for ((marginal, forward), backward) in marginals.iter_mut().zip(forward).zip(own.iter()) {
                *marginal = forward * backward;
            }
            let total = marginals.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            marginals.iter_mut().for_each(|marginal| *marginal /= total);
        }
        log_sum
    }

    /// The probabilities of the labels at a position of the last sequence.
    pub fn marginals(&self, at: usize, labels: usize) -> &[f32] {
        &self.marginals[at * labels..(at + 1) * labels]
    }

    /// Adds `weight` times the expected count of each transition of the last sequence, at `to * labels + from`.
    pub fn add_transitions(&self, transitions: &Transitions, weight: f32, into: &mut [f32]) {
        let labels = transitions.labels;
        for at in 1..self.scales.len() {
            let forward = &self.forward[(at - 1) * labels..at * labels];
            let backward = &self.backward[at * labels..(at + 1) * labels];
            let potentials = &self.potentials[at * labels..(at + 1) * labels];
            for to in 0..labels {
                let reached = backward[to] * potentials[to] / self.scales[at] * weight;
                if reached != 0.0 {
                    for &from in &transitions.before[to] {
                        let at = to * labels + usize::from(from);
                        into[at] += forward[usize::from(from)] * self.steps[at] * reached;
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pseudorandom numbers, always the same.
    fn noise(seed: u64, at: usize) -> f32 {
        (crate::feature::mix(seed, at as u64) % 1000) as f32 / 250.0 - 2.0
    }

    fn every_path(length: usize, labels: usize) -> Vec<Vec<usize>> {
        (0..labels.pow(length as u32))
            .map(|code| (0..length).map(|at| code / labels.pow(at as u32) % labels).collect())
            .collect()
    }

    #[test]
    fn search_and_sum_agree_with_counting() {
        let (length, labels) = (4, 5);
        let transitions = crate::bilou::transitions(1);
        for seed in 0..30 {
            let emission = |at: usize, label: usize| noise(seed, at * labels + label);
            let step = |from: usize, to: usize| noise(seed + 1000, from * labels + to);
            let allowed = |at: usize| if seed % 2 == 0 && at == 1 { 0b11011 } else { u64::MAX };
            let score = |path: &[usize]| -> f32 {
                let emitted: f32 = path.iter().enumerate().map(|(at, label)| emission(at, *label)).sum();
                emitted + path.windows(2).map(|pair| step(pair[0], pair[1])).sum::<f32>()
            };
            let possible = |path: &Vec<usize>| {
                transitions.starts >> path[0] & 1 != 0
                    && transitions.ends >> path[length - 1] & 1 != 0
                    && path.windows(2).all(|pair| transitions.allows(pair[0], pair[1]))
                    && path.iter().enumerate().all(|(at, label)| allowed(at) >> label & 1 != 0)
            };
            let paths: Vec<_> = every_path(length, labels).into_iter().filter(possible).collect();
            let best = paths.iter().max_by(|a, b| score(a).total_cmp(&score(b))).expect("a path");
            let mut lattice = Lattice::default();
            let found = lattice.search(length, &transitions, emission, step, allowed);
            assert!(found.iter().map(|label| usize::from(*label)).eq(best.iter().copied()), "seed {seed}");

            let total: f32 = paths.iter().map(|path| score(path).exp()).sum();
            let mut posterior = Posterior::default();
            let log_sum = posterior.sum(length, &transitions, emission, step, allowed);
            assert!((log_sum - total.ln()).abs() < 1e-3, "{log_sum} {}", total.ln());
            for at in 0..length {
                for label in 0..labels {
                    let with = paths.iter().filter(|path| path[at] == label);
                    let share = with.map(|path| score(path).exp()).sum::<f32>() / total;
                    assert!((posterior.marginals(at, labels)[label] - share).abs() < 1e-3);
                }
            }
            let mut counted = vec![0.0; labels * labels];
            posterior.add_transitions(&transitions, 1.0, &mut counted);
            for (from, to) in (0..labels).flat_map(|from| (0..labels).map(move |to| (from, to))) {
                let times =
                    |path: &[usize]| path.windows(2).filter(|pair| **pair == [from, to]).count() as f32;
                let share: f32 =
                    paths.iter().map(|path| times(path) * score(path).exp()).sum::<f32>() / total;
                assert!((counted[to * labels + from] - share).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn empty_and_impossible_sequences_end() {
        let transitions = crate::bilou::transitions(2);
        let mut lattice = Lattice::<i32>::default();
        assert!(lattice.best(&[], 9, &transitions).is_empty());
        assert_eq!(lattice.best(&[0; 9], 9, &transitions), [0]);
        assert_eq!(lattice.search(3, &transitions, |_, _| 0, |_, _| 0, |_| 0).len(), 3);
    }
}
