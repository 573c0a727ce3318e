//! The probability of each label in a linear chain (forward–backward).

use copydesk_learn::Transitions;

/// Scratch buffers for the probabilities of labels, reused for every sequence.
#[derive(Clone, Debug, Default)]
pub(crate) struct Posterior {
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
    pub(crate) fn sum(
        &mut self,
        length: usize,
        transitions: &Transitions,
        emission: impl Fn(usize, usize) -> f32,
        transition: impl Fn(usize, usize) -> f32,
        allowed: impl Fn(usize) -> u64,
    ) -> f32 {
        let labels = transitions.labels();
        let size = length * labels;
        for buffer in [&mut self.forward, &mut self.backward, &mut self.potentials, &mut self.marginals] {
            buffer.clear();
            buffer.resize(size, 0.0);
        }
        self.scales.clear();
        self.steps.clear();
        self.steps.resize(labels * labels, 0.0);
        for to in 0..labels {
            for &from in transitions.before(to) {
                self.steps[to * labels + usize::from(from)] = transition(usize::from(from), to).exp();
            }
        }
        let mut log_sum = 0.0;
        for at in 0..length {
            let allowed = allowed(at);
            let here =
                |label: usize| allowed >> label & 1 != 0 && (at + 1 < length || transitions.may_end(label));
            let row = &mut self.potentials[at * labels..(at + 1) * labels];
            let (done, rest) = self.forward.split_at_mut(at * labels);
            let own = &mut rest[..labels];
            for (to, value) in own.iter_mut().enumerate() {
                *value = if at == 0 {
                    f32::from(u8::from(transitions.may_start(to)))
                } else {
                    let previous = &done[(at - 1) * labels..];
                    let steps = &self.steps[to * labels..(to + 1) * labels];
                    let from = transitions.before(to).iter().map(|&from| usize::from(from));
                    from.map(|from| previous[from] * steps[from]).sum()
                };
            }
            // Relative to the best reachable label, to avoid underflow.
            let most = (0..labels)
                .filter(|label| here(*label) && own[*label] > 0.0)
                .map(|label| emission(at, label))
                .fold(f32::MIN, f32::max);
            for (label, potential) in row.iter_mut().enumerate() {
                if here(label) {
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
                    *value = f32::from(u8::from(transitions.may_end(label)));
                }
            } else {
                let potentials = &self.potentials[(at + 1) * labels..(at + 2) * labels];
                for to in 0..labels {
                    let carried = after[to] * potentials[to] / self.scales[at + 1];
                    if carried > 0.0 {
                        for &from in transitions.before(to) {
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
    pub(crate) fn marginals(&self, at: usize, labels: usize) -> &[f32] {
        &self.marginals[at * labels..(at + 1) * labels]
    }

    /// Adds `weight` times the expected count of each transition of the last sequence, at `to * labels + from`.
    pub(crate) fn add_transitions(&self, transitions: &Transitions, weight: f32, into: &mut [f32]) {
        let labels = transitions.labels();
        for at in 1..self.scales.len() {
            let forward = &self.forward[(at - 1) * labels..at * labels];
            let backward = &self.backward[at * labels..(at + 1) * labels];
            let potentials = &self.potentials[at * labels..(at + 1) * labels];
            for to in 0..labels {
                let reached = backward[to] * potentials[to] / self.scales[at] * weight;
                if reached != 0.0 {
                    for &from in transitions.before(to) {
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
    use copydesk_learn::bilou;
    use copydesk_learn::feature::mix;

    use super::*;

    /// Pseudorandom numbers, always the same.
    fn noise(seed: u64, at: usize) -> f32 {
        (mix(seed, at as u64) % 1000) as f32 / 250.0 - 2.0
    }

    fn every_path(length: usize, labels: usize) -> Vec<Vec<usize>> {
        (0..labels.pow(length as u32))
            .map(|code| (0..length).map(|at| code / labels.pow(at as u32) % labels).collect())
            .collect()
    }

    #[test]
    fn sums_agree_with_counting() {
        let (length, labels) = (4, 5);
        let transitions = bilou::transitions(1);
        for seed in 0..30 {
            let emission = |at: usize, label: usize| noise(seed, at * labels + label);
            let step = |from: usize, to: usize| noise(seed + 1000, from * labels + to);
            let allowed = |at: usize| if seed % 2 == 0 && at == 1 { 0b11011 } else { u64::MAX };
            let score = |path: &[usize]| -> f32 {
                let emitted: f32 = path.iter().enumerate().map(|(at, label)| emission(at, *label)).sum();
                emitted + path.windows(2).map(|pair| step(pair[0], pair[1])).sum::<f32>()
            };
            let possible = |path: &Vec<usize>| {
                transitions.may_start(path[0])
                    && transitions.may_end(path[length - 1])
                    && path.windows(2).all(|pair| transitions.allows(pair[0], pair[1]))
                    && path.iter().enumerate().all(|(at, label)| allowed(at) >> label & 1 != 0)
            };
            let paths: Vec<_> = every_path(length, labels).into_iter().filter(possible).collect();
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
    fn impossible_sequences_have_no_probability() {
        let transitions = bilou::transitions(2);
        let mut posterior = Posterior::default();
        assert_eq!(posterior.sum(3, &transitions, |_, _| 0.0, |_, _| 0.0, |_| 0), f32::NEG_INFINITY);
    }
}
