//! Whom a pronoun means.

use std::collections::VecDeque;

use crate::clusters::Cluster;
use crate::gender::Gender;

/// So many mentions of people are remembered.
const REMEMBERED: usize = 16;

/// A person is still meant so many sentences after the last mention.
const REACH: usize = 3;

/// What a mention is in its clause, as far as the words beside it tell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Part {
    /// "Berg said", "he said"
    Subject,
    /// "accused Berg", "accused him"
    Object,
    /// "with Berg"
    Oblique,
    /// "Berg's lawyer", "his lawyer"
    Possessor,
}

/// What the words around a pronoun tell of the one that it means.
#[derive(Default)]
pub(crate) struct Near {
    /// Whom it does not mean.
    pub(crate) barred: [Option<usize>; 2],
    /// Of whom what it stands in is said.
    pub(crate) about: Option<usize>,
    /// The last word of the name of the one that it means, if that one is spoken of.
    pub(crate) surname: Option<u64>,
}

/// A pronoun whose person is looked for.
pub(crate) struct Pronoun {
    pub(crate) gender: Gender,
    pub(crate) sentence: usize,
    pub(crate) part: Part,
}

struct Mention {
    cluster: usize,
    sentence: usize,
    part: Part,
}

/// The people lately spoken of, the last one at the end.
#[derive(Default)]
pub(crate) struct People {
    recent: VecDeque<Mention>,
}

/// How much each thing speaks for a person. Fitted on GAP's choices between two names (coordinate search).
struct Weights {
    /// Against it, for each sentence between.
    sentence: f32,
    /// Against it, for each mention of another person between.
    between: f32,
    subject: f32,
    oblique: f32,
    possessor: f32,
    /// The pronoun is in its clause what the mention is in its own.
    parallel: f32,
    /// For each further mention in the text, up to [`MOST_MENTIONS`].
    mentions: f32,
    /// The gender is known and fits.
    gender: f32,
    /// Less than this between two people leaves it open.
    margin: f32,
}

const W: Weights = Weights {
    sentence: 3.0,
    between: 0.9,
    subject: 1.1,
    oblique: -1.5,
    possessor: -1.7,
    parallel: 2.0,
    mentions: 1.6,
    gender: 0.4,
    margin: 0.05,
};

/// More mentions than this tell no more.
const MOST_MENTIONS: usize = 5;

impl People {
    /// A person is named, or meant by a word, in a sentence.
    pub(crate) fn named(&mut self, cluster: usize, sentence: usize, part: Part) {
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back(Mention { cluster, sentence, part });
    }

    /// The person that a pronoun means: the one for whom most speaks among those of the last sentences, nobody where two are
    /// even.
    pub(crate) fn meant(
        &self,
        clusters: &[Cluster],
        pronoun: &Pronoun,
        near: &Near,
        is_called: impl Fn(usize, u64) -> bool,
    ) -> Option<usize> {
        let fits = |cluster: usize| {
            !Gender::differ(clusters[cluster].gender, Some(pronoun.gender))
                && !near.barred.contains(&Some(cluster))
        };
        if let Some(about) = near.about.filter(|about| fits(*about)) {
            return Some(about);
        }
        let reached = |mention: &&Mention| mention.sentence + REACH >= pronoun.sentence;
        let candidates = || self.recent.iter().rev().filter(reached).filter(|mention| fits(mention.cluster));
        if let Some(surname) = near.surname
            && let Some(relative) = candidates().find(|mention| is_called(mention.cluster, surname))
        {
            return Some(relative.cluster);
        }
        // The best of each person's mentions counts.
        let mut scores: Vec<(usize, f32)> = Vec::new();
        let mut between = 0;
        let mut last = None;
        for mention in candidates() {
            between += usize::from(last.is_some_and(|last| last != mention.cluster));
            last = Some(mention.cluster);
            let score = score(&clusters[mention.cluster], mention, pronoun, between);
            match scores.iter_mut().find(|(cluster, _)| *cluster == mention.cluster) {
                Some((_, best)) => *best = best.max(score),
                None => scores.push((mention.cluster, score)),
            }
        }
        let (best, most) =
            scores.iter().copied().reduce(|best, other| if other.1 > best.1 { other } else { best })?;
        let even = scores.iter().any(|(cluster, score)| *cluster != best && most - score < W.margin);
        (!even).then_some(best)
    }
}

/// How much speaks for a mention, with so many mentions of other people in between.
fn score(cluster: &Cluster, mention: &Mention, pronoun: &Pronoun, between: usize) -> f32 {
    let part = match mention.part {
        Part::Subject => W.subject,
        Part::Object => 0.0,
        Part::Oblique => W.oblique,
        Part::Possessor => W.possessor,
    };
    let parallel = if mention.part == pronoun.part { W.parallel } else { 0.0 };
    let known = if cluster.gender == Some(pronoun.gender) { W.gender } else { 0.0 };
    part + parallel + known + W.mentions * cluster.mentions.len().min(MOST_MENTIONS) as f32
        - W.sentence * (pronoun.sentence - mention.sentence) as f32
        - W.between * between as f32
}
