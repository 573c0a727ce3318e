//! Organisations by parts of their names.

use copydesk_core::layers::EntityKind;

use super::Index;
use crate::clusters::Cluster;
use crate::keys::{ORGANISATIONS_BY_CORE, core_of, family, form_of, plain, tails};
use crate::names::Name;
use crate::reader::Reader;
use crate::tables::{NOWHERE, cue};

impl Index {
    pub(super) fn organisation(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        form: u64,
    ) -> Option<usize> {
        let found = self.acronym(reader, name).or_else(|| {
            if name.tokens.len() == 1 {
                self.organisations.get(&form).or_else(|| self.heads.get(&form)).copied()
            } else {
                let core = form_of(reader, &core_of(reader, &name.tokens));
                let lone = || {
                    let first = plain(reader, name.tokens.start);
                    let last = plain(reader, name.tokens.end - 1);
                    let family = family(EntityKind::Organization);
                    let last = self
                        .lone
                        .get(&(last, family))
                        .filter(|_| !reader.has(name.tokens.end - 1, cue::NOMINAL));
                    let telling = tells(reader, name.tokens.start);
                    self.lone.get(&(first, family)).filter(|_| telling).or(last).copied()
                };
                self.forms.get(&(core, ORGANISATIONS_BY_CORE)).copied().or_else(lone)
            }
        });
        // Two countries have two ministries of a name.
        found.filter(|&cluster| {
            let (one, other) = (name.country, clusters[cluster].country);
            one == NOWHERE || other == NOWHERE || one == other
        })
    }

    pub(super) fn add_organisation(&mut self, reader: &Reader<'_>, name: &Name, cluster: usize) {
        let Name { tokens, .. } = name;
        // "Hartwell & Sons" is "Hartwell" later; "Dutch Bank" is not "Dutch".
        if tells(reader, tokens.start) {
            self.organisations.entry(plain(reader, tokens.start)).or_insert(cluster);
        }
        // "The Commission" of the European Commission, "the Ministry" of the Ministry of Works.
        if reader.has(tokens.start, cue::ORG_HEAD) {
            self.heads.insert(plain(reader, tokens.start), cluster);
        }
        self.heads.insert(plain(reader, tokens.end - 1), cluster);
        let core = core_of(reader, tokens);
        self.forms.insert((form_of(reader, &core), ORGANISATIONS_BY_CORE), cluster);
        for tail in tails(reader, &core) {
            self.forms.insert((form_of(reader, &tail), ORGANISATIONS_BY_CORE), cluster);
        }
    }
}

/// Whether the first word of an organisation's name may stand for it.
fn tells(reader: &Reader<'_>, at: usize) -> bool {
    !reader.has(at, cue::STOP | cue::CALENDAR | cue::ORG_HEAD) && reader.listed(at..at + 1).is_none()
}
