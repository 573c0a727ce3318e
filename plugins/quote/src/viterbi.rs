//! The best roles for a sequence of elements: Viterbi's algorithm, all labels of an element at once.

use copydesk_learn::{Eight, Transitions, Work, with_vectors};

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

    /// Advances by one element: the new scores, and for each label the one from which the best path leads to it.
    #[inline(always)]
    fn forward(&self, before: Eight, row: &Emissions) -> (Eight, Eight) {
        let mut reached =
            self.0.iter().zip(before.spread()).map(|(steps, score)| Eight::new(steps).plus(score));
        let mut best = reached.next().unwrap_or(Eight::all(LOWEST));
        let mut origins = Eight::all(0);
        for (reached, from) in reached.zip(1..) {
            // A later label is larger.
            origins = origins.max(Eight::all(from).where_larger(reached, best));
            best = best.max(reached);
        }
        (counted_from_best(best.plus(Eight::new(row))), origins)
    }
}

/// Scratch buffers of the search.
#[derive(Default)]
pub(crate) struct Search {
    /// For each element but the first, the label before it on the best path to each of its labels.
    origins: Vec<Emissions>,
}

impl Search {
    /// Writes the best labels of a sequence into `labels`; of equal ones the lower label.
    pub(crate) fn best(&mut self, emissions: &[Emissions], steps: &Steps, labels: &mut Vec<u8>) {
        labels.clear();
        labels.resize(emissions.len(), role::OTHER);
        with_vectors(Best { origins: &mut self.origins, emissions, steps, labels });
    }
}

/// The work on one sequence.
struct Best<'a> {
    origins: &'a mut Vec<Emissions>,
    emissions: &'a [Emissions],
    steps: &'a Steps,
    labels: &'a mut [u8],
}

impl Work for Best<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Some((first, rest)) = self.emissions.split_first() else { return };
        self.origins.clear();
        self.origins.resize(rest.len(), [0; LANES]);
        // A stretch begins with its first element.
        let mut scores = [LOWEST; LANES];
        for label in [role::OTHER, role::SOURCE_FIRST, role::CONTENT_FIRST].map(usize::from) {
            scores[label] = first[label];
        }
        let mut scores = counted_from_best(Eight::new(&scores));
        for (row, origins) in rest.iter().zip(self.origins.iter_mut()) {
            let (next, from) = self.steps.forward(scores, row);
            *origins = from.array();
            scores = next;
        }
        let scores = scores.array();
        let mut label =
            (1..role::COUNT).fold(0, |best, label| if scores[label] > scores[best] { label } else { best });
        for (place, origins) in self.labels[1..].iter_mut().zip(self.origins.iter()).rev() {
            *place = label as u8;
            label = origins[label % LANES] as usize;
        }
        self.labels[0] = label as u8;
    }
}

/// Scores relative to that of the best label, so that none grows without bound. The lanes after the labels score so little that
/// they are never the best.
#[inline(always)]
fn counted_from_best(scores: Eight) -> Eight {
    scores.minus(scores.largest())
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
