//! Whom a pronoun means.

use std::collections::VecDeque;

use crate::clusters::Cluster;
use crate::gender::Gender;

/// So many mentions of people are remembered.
const REMEMBERED: usize = 10;

/// A person known to be a man is still "he" so many sentences after the last mention.
const REACH: usize = 3;

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

    /// The person that a pronoun in a sentence means, who is not the one `barred`.
    ///
    /// That is the last one of the same sentence whom it fits, else the first one of the sentence before, which is mostly its
    /// subject, else the last one that is sure to be a man or a woman.
    pub(crate) fn meant(
        &self,
        clusters: &[Cluster],
        gender: Gender,
        sentence: usize,
        barred: Option<usize>,
    ) -> Option<usize> {
        let fits = |cluster: usize| {
            !Gender::differ(clusters[cluster].gender, Some(gender)) && barred != Some(cluster)
        };
        let candidates = self.recent.iter().copied().filter(|(cluster, ..)| fits(*cluster));
        let same = candidates.clone().rev().find(|(_, at, _)| *at == sentence);
        let before = || {
            let mut before = candidates.clone().filter(|(_, at, _)| at + 1 == sentence);
            before.clone().find(|(.., subject)| *subject).or_else(|| before.next())
        };
        let sure = || {
            let known = |cluster: usize| clusters[cluster].gender == Some(gender);
            let near = |at: usize| at + REACH >= sentence;
            candidates.clone().rev().find(|(cluster, at, _)| near(*at) && known(*cluster))
        };
        same.or_else(before).or_else(sure).map(|(cluster, ..)| cluster)
    }

    /// The person last spoken of.
    pub(crate) fn last(&self) -> Option<usize> {
        self.recent.back().map(|(cluster, ..)| *cluster)
    }
}
