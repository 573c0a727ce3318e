//! The best roles for a sequence of elements: Viterbi's algorithm, all labels of an element at once.

use copydesk_learn::Transitions;

use crate::model::role;

/// The scores of an element for each role, padded to the width of a SIMD register.
pub(crate) type Emissions = [i16; LANES];

const LANES: usize = 8;

/// Less than the score of any path.
const LOWEST: i16 = i16::MIN;

/// The bound of a step's score, positive or negative.
const LARGEST: i32 = 8000;

/// The scores of transitions from a role to the others; a forbidden one scores less than any path.
#[derive(Clone, Debug)]
pub(crate) struct Steps([[i16; LANES]; role::COUNT]);

impl Steps {
    /// The scores of these transitions.
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let score = |from: usize, to: usize| {
            let allowed = to < role::COUNT && transitions.allows(from, to);
            if allowed { transitions.score(from, to).clamp(-LARGEST, LARGEST) as i16 } else { LOWEST }
        };
        Self(std::array::from_fn(|from| std::array::from_fn(|to| score(from, to))))
    }

    /// Advances by one element.
    #[inline]
    fn forward(&self, before: &Emissions, row: &Emissions, scores: &mut Emissions) {
        let mut best = [LOWEST; LANES];
        for (steps, score) in self.0.iter().zip(before) {
            for lane in 0..LANES {
                best[lane] = best[lane].max(steps[lane].saturating_add(*score));
            }
        }
        for lane in 0..LANES {
            scores[lane] = best[lane].saturating_add(row[lane]);
        }
        *scores = counted_from_best(*scores);
    }

    /// The label from which the best path leads to `to`.
    #[inline]
    fn back(&self, before: &Emissions, to: usize) -> usize {
        let mut best = (LOWEST, 0);
        for (from, (steps, score)) in self.0.iter().zip(before).enumerate() {
            let reached = steps[to % LANES].saturating_add(*score);
            best = if reached > best.0 { (reached, from) } else { best };
        }
        best.1
    }
}

/// Scratch buffers of the search.
#[derive(Default)]
pub(crate) struct Search {
    /// The score of the best path to each label of each element, relative to that of the best label, so that none grows without bound.
    scores: Vec<Emissions>,
}

impl Search {
    /// Writes the best labels of a sequence into `labels`; of equal ones the lower label.
    pub(crate) fn best(&mut self, emissions: &[Emissions], steps: &Steps, labels: &mut Vec<u8>) {
        labels.clear();
        self.scores.clear();
        let Some((first, rest)) = emissions.split_first() else { return };
        self.scores.resize(emissions.len(), [LOWEST; LANES]);
        // A stretch begins with its first element.
        let mut last = [LOWEST; LANES];
        for label in [role::OTHER, role::SOURCE_FIRST, role::CONTENT_FIRST].map(usize::from) {
            last[label] = first[label];
        }
        self.scores[0] = counted_from_best(last);
        for (at, row) in rest.iter().enumerate() {
            let (before, after) = self.scores.split_at_mut(at + 1);
            steps.forward(&before[at], row, &mut after[0]);
        }
        let ends = &self.scores[rest.len()][..role::COUNT];
        let mut label =
            (1..role::COUNT).fold(0, |best, label| if ends[label] > ends[best] { label } else { best });
        labels.resize(emissions.len(), label as u8);
        for (scores, place) in self.scores.iter().zip(labels).take(rest.len()).rev() {
            label = steps.back(scores, label);
            *place = label as u8;
        }
    }
}

fn counted_from_best(scores: Emissions) -> Emissions {
    let most = scores[..role::COUNT].iter().fold(LOWEST, |most, score| most.max(*score));
    scores.map(|score| score.saturating_sub(most))
}

#[cfg(test)]
mod tests {
    use copydesk_learn::best_labels;

    use super::*;
    use crate::model::transitions;

    #[test]
    fn finds_what_a_plain_search_finds() {
        let noise =
            |seed: u64, at: usize| (copydesk_learn::feature::mix(seed, at as u64) % 4001) as i32 - 2000;
        let (mut search, mut labels) = (Search::default(), Vec::new());
        for seed in 0..300 {
            let scores: Vec<i32> = (0..role::COUNT * role::COUNT).map(|at| noise(seed, at) / 4).collect();
            let transitions = transitions().with_scores(scores).expect("as many as there are");
            let length = seed as usize % 40;
            let emission = |at: usize, label: usize| noise(seed, at * role::COUNT + label + 100);
            let row = |at: usize| {
                let score = |label| if label < role::COUNT { emission(at, label) as i16 } else { 7 };
                std::array::from_fn(score)
            };
            let rows: Vec<Emissions> = (0..length).map(row).collect();
            search.best(&rows, &Steps::of(&transitions), &mut labels);
            let plain = best_labels(length, &transitions, emission, |from, to| transitions.score(from, to));
            assert_eq!(labels, plain, "{seed}");
        }
    }
}
