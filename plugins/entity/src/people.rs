//! Whom a pronoun means.

use std::collections::VecDeque;

use crate::clusters::Cluster;
use crate::gender::Gender;

/// So many mentions of people are remembered.
const REMEMBERED: usize = 10;

/// A person known to be a man is still "he" so many sentences after the last mention.
const REACH: usize = 3;

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

/// The people lately spoken of, the last one at the end.
#[derive(Default)]
pub(crate) struct People {
    /// (cluster, sentence, whether it may be the subject)
    recent: VecDeque<(usize, usize, bool)>,
}

impl People {
    /// A person is named, or meant by a word, in a sentence.
    pub(crate) fn named(&mut self, cluster: usize, sentence: usize, subject: bool) {
        if self.recent.len() == REMEMBERED {
            self.recent.pop_front();
        }
        self.recent.push_back((cluster, sentence, subject));
    }

    /// The person that a pronoun in a sentence means.
    ///
    /// That is the last one of the same sentence whom it fits, else the first one of the sentence before, which is mostly its
    /// subject, else the last one that is sure to be a man or a woman, else the only one spoken of.
    pub(crate) fn meant(
        &self,
        clusters: &[Cluster],
        gender: Gender,
        sentence: usize,
        near: &Near,
        is_called: impl Fn(usize, u64) -> bool,
    ) -> Option<usize> {
        let fits = |cluster: usize| {
            !Gender::differ(clusters[cluster].gender, Some(gender)) && !near.barred.contains(&Some(cluster))
        };
        if let Some(about) = near.about.filter(|about| fits(*about)) {
            return Some(about);
        }
        let candidates = self.recent.iter().copied().filter(|(cluster, ..)| fits(*cluster));
        let reached = |at: usize| at + REACH >= sentence;
        if let Some(surname) = near.surname
            && let Some((relative, ..)) =
                candidates.clone().rev().find(|(cluster, at, _)| reached(*at) && is_called(*cluster, surname))
        {
            return Some(relative);
        }
        let same = candidates.clone().rev().find(|(_, at, _)| *at == sentence);
        let before = || {
            let mut before = candidates.clone().filter(|(_, at, _)| at + 1 == sentence);
            before.clone().find(|(.., subject)| *subject).or_else(|| before.next())
        };
        let sure = || {
            let known = |cluster: usize| clusters[cluster].gender == Some(gender);
            candidates.clone().rev().find(|(cluster, at, _)| reached(*at) && known(*cluster))
        };
        let only = || {
            let mut near = candidates.clone().filter(|(_, at, _)| reached(*at));
            let first = near.next()?;
            near.all(|(cluster, ..)| cluster == first.0).then_some(first)
        };
        same.or_else(before).or_else(sure).or_else(only).map(|(cluster, ..)| cluster)
    }
}
