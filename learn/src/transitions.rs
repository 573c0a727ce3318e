//! Which label of a sequence may follow which, and the best sequence of a linear chain (Viterbi).

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

    /// Whether `from` may precede `to`.
    pub fn allows(&self, from: usize, to: usize) -> bool {
        self.before.get(to).is_some_and(|before| before.iter().any(|label| usize::from(*label) == from))
    }

    /// The labels that may precede `to`, in their order.
    pub fn before(&self, to: usize) -> &[u8] {
        &self.before[to]
    }

    /// Whether a sequence may begin with the label.
    pub fn may_start(&self, label: usize) -> bool {
        self.starts >> label & 1 != 0
    }

    /// Whether a sequence may end with the label.
    pub fn may_end(&self, label: usize) -> bool {
        self.ends >> label & 1 != 0
    }

    /// Sets the scores of transitions, at `to * labels + from`.
    pub fn with_scores(mut self, scores: Vec<i32>) -> Result<Self, ArtefactError> {
        let reasonable = scores.iter().all(|score| score.abs() < 1 << 20);
        if scores.len() != self.labels * self.labels || !reasonable {
            return Err(ArtefactError::damaged("the number of transitions does not match that of labels"));
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
}

impl Score for i32 {
    const LOWEST: Self = i32::MIN / 2;
}

impl Score for f32 {
    const LOWEST: Self = -1e30;
}

/// The best sequence of `length` labels, by their scores and those of transitions. Ties go to the lower label.
///
/// This is the plain search, for training and for the tests of faster ones; stages use [`SpanLattice`](crate::SpanLattice) or a search
/// of their own.
pub fn best_labels<S: Score>(
    length: usize,
    transitions: &Transitions,
    emission: impl Fn(usize, usize) -> S,
    transition: impl Fn(usize, usize) -> S,
) -> Vec<u8> {
    let labels = transitions.labels();
    let mut path = vec![0; length];
    if length == 0 {
        return path;
    }
    let mut back = vec![0u8; length * labels];
    let first = |label: usize| if transitions.may_start(label) { emission(0, label) } else { S::LOWEST };
    let mut scores: Vec<S> = (0..labels).map(first).collect();
    let mut next = vec![S::LOWEST; labels];
    for at in 1..length {
        for to in 0..labels {
            let (mut best, mut best_from) = (S::LOWEST, 0);
            for &from in transitions.before(to) {
                let score = scores[usize::from(from)] + transition(usize::from(from), to);
                if score > best {
                    (best, best_from) = (score, from);
                }
            }
            if best > S::LOWEST {
                best = best + emission(at, to);
            }
            next[to] = best;
            back[at * labels + to] = best_from;
        }
        std::mem::swap(&mut scores, &mut next);
    }
    let (mut last, mut best) = (0, S::LOWEST);
    for (label, score) in scores.iter().enumerate() {
        if transitions.may_end(label) && *score > best {
            (last, best) = (label, *score);
        }
    }
    for at in (0..length).rev() {
        path[at] = last as u8;
        last = usize::from(back[at * labels + last]);
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_of_all_paths_is_found() {
        let (length, labels) = (4usize, 5usize);
        let transitions = crate::bilou::transitions(1);
        let noise = |seed: u64, at: usize| (crate::feature::mix(seed, at as u64) % 1000) as f32 / 250.0 - 2.0;
        for seed in 0..30 {
            let emission = |at: usize, label: usize| noise(seed, at * labels + label);
            let step = |from: usize, to: usize| noise(seed + 1000, from * labels + to);
            let score = |path: &[u8]| -> f32 {
                let emitted: f32 =
                    path.iter().enumerate().map(|(at, label)| emission(at, (*label).into())).sum();
                emitted + path.windows(2).map(|pair| step(pair[0].into(), pair[1].into())).sum::<f32>()
            };
            let possible = |path: &Vec<u8>| {
                transitions.may_start(path[0].into())
                    && transitions.may_end(path[length - 1].into())
                    && path.windows(2).all(|pair| transitions.allows(pair[0].into(), pair[1].into()))
            };
            let paths = (0..labels.pow(length as u32))
                .map(|code| (0..length).map(|at| (code / labels.pow(at as u32) % labels) as u8).collect());
            let best = paths.filter(possible).max_by(|a, b| score(a).total_cmp(&score(b)));
            assert_eq!(Some(best_labels(length, &transitions, emission, step)), best, "seed {seed}");
        }
    }

    #[test]
    fn short_sequences_have_labels() {
        let transitions = crate::bilou::transitions(2);
        assert!(best_labels(0, &transitions, |_, _| 0, |_, _| 0).is_empty());
        assert_eq!(best_labels(1, &transitions, |_, _| 0, |_, _| 0), [0]);
    }
}
