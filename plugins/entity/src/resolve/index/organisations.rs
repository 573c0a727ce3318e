//! Organisations by parts of their names.

use std::ops::Range;

use copydesk_core::Case;
use copydesk_core::hash_lower;
use copydesk_core::layers::EntityKind;

use super::Index;
use crate::recognize::names::Name;
use crate::resolve::clusters::Cluster;
use crate::tables::{NOWHERE, cue, extend, thing};
use crate::words::Reader;
use crate::words::keys::{
    MINISTRIES_BY_PURPOSE, ORGANISATIONS_BY_CORE, core_of, family, form_of, plain, purpose, tails,
};

impl Index {
    pub(super) fn organisation(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        exact: Option<usize>,
        form: u64,
    ) -> Option<usize> {
        // Two countries have two ministries of a name.
        let fits = |cluster: &usize| {
            let (one, other) = (name.country, clusters[*cluster].country);
            one == NOWHERE || other == NOWHERE || one == other
        };
        if name.tokens.len() == 1 {
            let short = || self.organisations.get(&form).or_else(|| self.heads.get(&form)).copied();
            let found = exact.or_else(|| self.acronym(reader, clusters, name)).or_else(short);
            return found.or_else(|| self.party(reader, clusters, &name.tokens)).filter(fits);
        }
        let core = core_of(reader, &name.tokens);
        self.ministry(reader, name, &core)
            .filter(fits)
            .or_else(|| exact.filter(fits))
            .or_else(|| self.acronym(reader, clusters, name).filter(fits))
            .or_else(|| self.parted(reader, clusters, name, &core).filter(fits))
    }

    /// A ministry by its country and its subject.
    fn ministry(&self, reader: &Reader<'_>, name: &Name, core: &Range<usize>) -> Option<usize> {
        let purpose = purpose(reader, core)?;
        let of = |country: u16| self.forms.get(&(in_country(purpose, country), MINISTRIES_BY_PURPOSE));
        of(name.country).or_else(|| of(NOWHERE)).copied()
    }

    /// An organisation by the core of its name, by its first or last word alone, or without "Bank".
    fn parted(
        &self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        core: &Range<usize>,
    ) -> Option<usize> {
        let family = family(EntityKind::Organization);
        let lone = || {
            let first = plain(reader, name.tokens.start);
            let last = plain(reader, name.tokens.end - 1);
            // "The Senate", since found to be the Ohio Senate, is not the U.S. Senate as well.
            let other = |cluster: &usize| {
                let longer = &clusters[*cluster].name;
                longer.len() > 1 && plain(reader, longer.start) != first
            };
            let last = self.lone.get(&(last, family));
            let last =
                last.filter(|cluster| !reader.has(name.tokens.end - 1, cue::NOMINAL) && !other(cluster));
            // "The NATO Response Force" is not NATO; and "Halden", since found to be Halden Motors, is not Halden Foods as well.
            let part = name.tokens.len() > 2 && reader.token(name.tokens.start).case() == Case::Upper;
            let distinctive = is_distinctive(reader, name.tokens.start) && !part;
            let free = |cluster: &&usize| distinctive && clusters[**cluster].name.len() == 1;
            self.lone.get(&(first, family)).filter(free).or(last).copied()
        };
        let shorter = || {
            let short = without_bank(reader, core)?;
            self.forms.get(&(form_of(reader, &short), family)).copied()
        };
        // "Halden Group" and "Halden Group plc" are one, "Halden Group" and "Halden Motors plc" or "Halden plc" are not.
        let whole = [(core, ORGANISATIONS_BY_CORE), (&name.tokens, ORGANISATIONS_BY_CORE), (core, family)]
            .into_iter()
            .filter_map(|(words, key)| self.forms.get(&(form_of(reader, words), key)).copied())
            .find(|&cluster| !are_relatives(reader, &name.tokens, &clusters[cluster].name));
        whole.or_else(shorter).or_else(lone).or_else(|| self.party(reader, clusters, core))
    }

    /// "The Greens" of the Green Party.
    fn party(&self, reader: &Reader<'_>, clusters: &[Cluster], core: &Range<usize>) -> Option<usize> {
        let one = reader.text(core.start).strip_suffix('s').filter(|_| core.len() == 1)?;
        let party = *self.organisations.get(&hash_lower(one))?;
        let last = clusters[party].name.end - 1;
        matches!(reader.text(last), "Party" | "party").then_some(party)
    }

    pub(super) fn add_organisation(
        &mut self,
        reader: &Reader<'_>,
        clusters: &[Cluster],
        name: &Name,
        cluster: usize,
    ) {
        let Name { tokens, .. } = name;
        // "Hartwell & Sons" is "Hartwell" later; "Dutch Bank" is not "Dutch".
        if is_distinctive(reader, tokens.start) {
            self.organisations.entry(plain(reader, tokens.start)).or_insert(cluster);
        }
        // "Brevik" of "Dynamo Brevik"
        let last = tokens.end - 1;
        if reader.has_flag(tokens.start, thing::CLUB) && reader.listed(last..tokens.end).is_none() {
            self.organisations.entry(plain(reader, last)).or_insert(cluster);
        }
        // "The Commission" of the European Commission, "the Ministry" of the Ministry of Works.
        if reader.has(tokens.start, cue::ORG_HEAD) {
            self.heads.insert(plain(reader, tokens.start), cluster);
        }
        // "The House" is not short for the White House, nor "the Street" for High Street.
        if !matches!(reader.text(tokens.end - 1), "House" | "Street") {
            self.heads.insert(plain(reader, tokens.end - 1), cluster);
        }
        let core = core_of(reader, tokens);
        self.forms.insert((form_of(reader, &core), ORGANISATIONS_BY_CORE), cluster);
        for tail in tails(reader, &core) {
            self.forms.insert((form_of(reader, &tail), ORGANISATIONS_BY_CORE), cluster);
        }
        if let Some(short) = without_bank(reader, &core) {
            self.forms.entry((form_of(reader, &short), ORGANISATIONS_BY_CORE)).or_insert(cluster);
        }
        if let Some(purpose) = purpose(reader, &core) {
            // The newest one is the referent if no country is next to it.
            self.forms.insert((in_country(purpose, NOWHERE), MINISTRIES_BY_PURPOSE), cluster);
            let country = clusters[cluster].country;
            self.forms.insert((in_country(purpose, country), MINISTRIES_BY_PURPOSE), cluster);
        }
    }
}

fn in_country(key: u64, country: u16) -> u64 {
    extend(extend(0, key), u64::from(country))
}

/// Whether two names with one core are of a firm and of the group that owns it: both have a legal form, of which one is "Group".
fn are_relatives(reader: &Reader<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let form = |name: &Range<usize>| {
        let last = name.end - 1;
        reader.has(last, cue::LEGAL_FORM).then(|| (last, core_of(reader, name)))
    };
    let (Some((one, first)), Some((other, second))) = (form(one), form(other)) else { return false };
    let group = |at: usize| matches!(reader.text(at), "Group" | "Holdings" | "Holding");
    group(one) != group(other) && form_of(reader, &first) == form_of(reader, &second)
}

/// "Meridian Trust" of "Meridian Trust Bank".
fn without_bank(reader: &Reader<'_>, core: &Range<usize>) -> Option<Range<usize>> {
    let bank = matches!(reader.text(core.end - 1), "Bank" | "Bancorp" | "Banking");
    let short = core.start..core.end - 1;
    (bank
        && short.len() > 1
        && reader.is_capitalized(short.end - 1)
        && reader.listed(short.clone()).is_none())
    .then_some(short)
}

/// Whether the first word of an organisation's name may be used for it.
fn is_distinctive(reader: &Reader<'_>, at: usize) -> bool {
    !reader.has(at, cue::STOP | cue::CALENDAR | cue::ORG_HEAD) && reader.listed(at..at + 1).is_none()
}
