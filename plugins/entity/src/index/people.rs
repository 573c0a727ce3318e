//! People by parts of their names.

use super::{Index, LONGEST, NAMESAKES};
use crate::clusters::Cluster;
use crate::gender::{self, Gender};
use crate::keys::{PEOPLE_BY_ENDS, PEOPLE_BY_TAIL, PLACES_BY_CORE, ends_of, form_of, plain, surnames};
use crate::names::Name;
use crate::reader::Reader;
use crate::tables::cue;

impl Index {
    /// The person of this surname: the one most often named, and rather one of the last sentences.
    pub(super) fn surname(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        word: u64,
    ) -> Option<usize> {
        let sentence = reader.token(name.tokens.start).sentence();
        let wanted = gender::of(reader, name);
        let mut next = self.people.get(&word).copied();
        let mut best: Option<usize> = None;
        for _ in 0..NAMESAKES {
            let Some(at) = next else { break };
            next = clusters[at].namesake;
            if Gender::differ(wanted, clusters[at].gender) {
                continue;
            }
            if best.is_none_or(|best| clusters[at].prominence(sentence) > clusters[best].prominence(sentence))
            {
                best = Some(at);
            }
        }
        best
    }

    /// What is no person though it looks so: "Odette" is the storm, "Orkla" the river, "Hartwell" the firm.
    pub(super) fn mistaken(&self, reader: &Reader<'_>, name: &Name, word: u64) -> Option<usize> {
        let titled =
            name.tokens.start.checked_sub(1).is_some_and(|at| reader.has(at, cue::HONORIFIC | cue::ROLE));
        let other = self.forms.get(&(word, PLACES_BY_CORE)).or_else(|| self.organisations.get(&word));
        other.filter(|_| !titled).copied()
    }

    pub(super) fn full_person(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        form: u64,
    ) -> Option<usize> {
        // "George Bush" for "George W. Bush", "Ruiz Soto" for "Ana Ruiz Soto", and the other way round.
        let known = [(ends_of(reader, &name.tokens), PEOPLE_BY_ENDS), (form, PEOPLE_BY_TAIL)];
        let known = known.iter().find_map(|key| self.forms.get(key)).copied();
        let fits = |cluster: &usize| !Gender::differ(gender::of(reader, name), clusters[*cluster].gender);
        known.or_else(|| {
            let tail = surnames(reader, &name.tokens)
                .find_map(|tail| self.forms.get(&(form_of(reader, &tail), 0)).copied());
            // A headline's "Bush" before the first "George Bush"; "Kim" before "Kim Il-sung".
            let last = self.lone.get(&(plain(reader, name.tokens.end - 1), 0)).copied();
            let first = || {
                let given = reader.has(name.tokens.start, cue::GIVEN);
                let first = self.lone.get(&(plain(reader, name.tokens.start), 0)).copied();
                first.filter(|_| !given)
            };
            tail.or_else(|| last.or_else(first).filter(fits))
        })
    }

    pub(super) fn add_person(
        &mut self,
        reader: &Reader<'_>,
        clusters: &mut [Cluster],
        name: &Name,
        cluster: usize,
    ) {
        let last = plain(reader, name.tokens.end - 1);
        let newest = self.people.get(&last).copied();
        if newest.is_none_or(|newest| newest < cluster) {
            // A chain of namesakes goes from the newest to the oldest.
            self.people.insert(last, cluster);
            if clusters[cluster].namesake.is_none() {
                clusters[cluster].namesake = newest;
            }
        }
        self.forms.entry((ends_of(reader, &name.tokens), PEOPLE_BY_ENDS)).or_insert(cluster);
        for at in name.tokens.clone().take(LONGEST).filter(|&at| at + 1 < name.tokens.end) {
            if reader.is_capitalized(at) {
                self.given.entry(plain(reader, at)).or_insert(cluster);
            }
        }
        for tail in surnames(reader, &name.tokens) {
            self.forms.insert((form_of(reader, &tail), PEOPLE_BY_TAIL), cluster);
        }
        // It was the full name of the one named by a word.
        self.lone.remove(&(last, 0));
    }
}
