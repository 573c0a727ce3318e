//! The best roles of a sequence of elements: Viterbi's search, all labels of an element at once.

use copydesk_learn::Transitions;

use crate::model::role;

/// What an element scores for each role. The places behind the roles are there to fill what the processor takes at once.
pub(crate) type Emissions = [i16; LANES];

const LANES: usize = 8;

/// Less than any path scores.
const LOWEST: i16 = i16::MIN;

/// No step scores more or less than this.
const LARGEST: i32 = 8000;

/// What each step from a role to the others scores; what may not be scores less than any path.
#[derive(Clone, Debug)]
pub(crate) struct Steps([[i16; LANES]; role::COUNT]);

impl Steps {
    /// The steps that these transitions allow.
    pub(crate) fn of(transitions: &Transitions) -> Self {
        let score = |from: usize, to: usize| {
            let allowed = to < role::COUNT && transitions.allows(from, to);
            if allowed { transitions.score(from, to).clamp(-LARGEST, LARGEST) as i16 } else { LOWEST }
        };
        Self(std::array::from_fn(|from| std::array::from_fn(|to| score(from, to))))
    }
}

/// Room for the search, used again.
#[derive(Default)]
pub(crate) struct Search {
    back: Vec<[u8; LANES]>,
}

impl Search {
    /// Puts the best labels of a sequence into `labels`; of equals the lower label.
    pub(crate) fn best(&mut self, emissions: &[Emissions], steps: &Steps, labels: &mut Vec<u8>) {
        labels.clear();
        self.back.clear();
        let Some((first, rest)) = emissions.split_first() else { return };
        // A stretch begins with its first element.
        let mut scores = [LOWEST; LANES];
        for label in [role::OTHER, role::SOURCE_FIRST, role::CONTENT_FIRST].map(usize::from) {
            scores[label] = first[label];
        }
        for row in rest {
            // Scores count from that of the best label, so none rises, and what may not be stays at the bottom.
            let most = scores.into_iter().fold(LOWEST, i16::max);
            let (mut best, mut back) = ([LOWEST; LANES], [0i16; LANES]);
            for (from, steps) in steps.0.iter().enumerate() {
                let score = scores[from].saturating_sub(most);
                for lane in 0..LANES {
                    let reached = steps[lane].saturating_add(score);
                    back[lane] = if reached > best[lane] { from as i16 } else { back[lane] };
                    best[lane] = best[lane].max(reached);
                }
            }
            for lane in 0..LANES {
                scores[lane] = best[lane].saturating_add(row[lane]);
            }
            // The places behind the roles hold anything.
            scores[role::COUNT..].fill(LOWEST);
            self.back.push(back.map(|from| from as u8));
        }
        let mut last = 0;
        for label in 1..role::COUNT {
            if scores[label] > scores[last] {
                last = label;
            }
        }
        labels.push(last as u8);
        for back in self.back.iter().rev() {
            last = usize::from(back[last & (LANES - 1)]);
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
            let rows: Vec<Emissions> = emissions
                .chunks_exact(role::COUNT)
                .map(|row| std::array::from_fn(|label| row.get(label).copied().unwrap_or(7)))
                .collect();
            search.best(&rows, &Steps::of(&transitions), &mut labels);
            assert_eq!(labels, lattice.best(&emissions, role::COUNT, &transitions), "{seed}");
        }
    }
}
