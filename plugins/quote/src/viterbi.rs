//! The best roles of a sequence of elements: Viterbi's search, unrolled for five labels.

use copydesk_learn::Transitions;

use crate::model::role;

/// Less than any path scores.
const LOWEST: i32 = i32::MIN / 4;

/// What each step between roles scores; what may not be scores less than any path.
#[derive(Clone, Debug)]
pub(crate) struct Steps([[i32; role::COUNT]; role::COUNT]);

impl Steps {
    /// The steps that these transitions allow.
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let score = |from: usize, to: usize| {
            if transitions.allows(from, to) { transitions.score(from, to) } else { LOWEST }
        };
        Self(std::array::from_fn(|to| std::array::from_fn(|from| score(from, to))))
    }
}

/// Room for the search, used again.
#[derive(Default)]
pub(crate) struct Search {
    back: Vec<[u8; role::COUNT]>,
}

impl Search {
    /// Puts the best labels of a sequence into `labels`; of equals the lower label. `emissions` holds a row an element.
    pub(crate) fn best(&mut self, emissions: &[i16], steps: &Steps, labels: &mut Vec<u8>) {
        labels.clear();
        self.back.clear();
        let (rows, _) = emissions.as_chunks::<{ role::COUNT }>();
        let Some((first, rest)) = rows.split_first() else { return };
        // A stretch begins with its first element.
        let mut scores = first.map(i32::from);
        scores[usize::from(role::SOURCE)] = LOWEST;
        scores[usize::from(role::CONTENT)] = LOWEST;
        for row in rest {
            let mut next = [LOWEST; role::COUNT];
            let mut back = [0; role::COUNT];
            for (to, steps) in steps.0.iter().enumerate() {
                let (mut best, mut best_from) = (LOWEST + LOWEST, 0);
                for (from, (score, step)) in scores.iter().zip(steps).enumerate() {
                    let reached = score + step;
                    best_from = if reached > best { from as u8 } else { best_from };
                    best = best.max(reached);
                }
                // Kept from sinking step by step below what a number holds.
                next[to] = best.max(LOWEST) + i32::from(row[to]);
                back[to] = best_from;
            }
            scores = next;
            self.back.push(back);
        }
        let mut last = 0;
        for (label, score) in scores.iter().enumerate() {
            if *score > scores[last] {
                last = label;
            }
        }
        labels.push(last as u8);
        for back in self.back.iter().rev() {
            last = usize::from(back[last]);
            labels.push(last as u8);
        }
        labels.reverse();
    }
}

#[cfg(test)]
mod tests {
    use copydesk_learn::Lattice;

    use super::*;
    use crate::model::transitions;

    #[test]
    fn finds_what_the_general_search_finds() {
        let noise =
            |seed: u64, at: usize| (copydesk_learn::feature::mix(seed, at as u64) % 4001) as i32 - 2000;
        let (mut search, mut labels, mut lattice) = (Search::default(), Vec::new(), Lattice::default());
        for seed in 0..300 {
            let scores: Vec<i32> = (0..role::COUNT * role::COUNT).map(|at| noise(seed, at) / 4).collect();
            let transitions = transitions().with_scores(scores).expect("as many as there are");
            let length = seed as usize % 40;
            let emissions: Vec<i16> =
                (0..length * role::COUNT).map(|at| noise(seed, at + 100) as i16).collect();
            search.best(&emissions, &Steps::of(&transitions), &mut labels);
            assert_eq!(labels, lattice.best(&emissions, role::COUNT, &transitions), "{seed}");
        }
    }
}
