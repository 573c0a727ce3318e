//! Passes the results to the host: links, attributes, salience, mentions.

use std::borrow::Cow;
use std::ops::Range;

use copydesk_core::layers::{EntityKind, NewEntity};
use copydesk_core::{Emitter, RuleId, spelling};

use crate::recognize::gazetteer::Gazetteer;
use crate::recognize::roles;
use crate::resolve::clusters::{Cluster, Clusters};
use crate::resolve::{cities, salience};
use crate::tables::NOWHERE;
use crate::words::Reader;

/// Emits the clusters that no rule holds back.
pub(crate) fn emit(
    reader: &Reader<'_>,
    clusters: &Clusters,
    gazetteer: &Gazetteer,
    held_back: impl Fn(&Cluster) -> Option<RuleId>,
    out: &mut Emitter,
) {
    let doc = reader.doc;
    let slice = |tokens: &Range<usize>| doc.slice(doc.token_span(tokens.start, tokens.end));
    let cities = cities::resolve(reader, clusters);
    let most = clusters.all.iter().map(Cluster::spoken_of).max().unwrap_or(0);
    let mut ids: Vec<Option<NewEntity>> = vec![None; clusters.all.len()];
    // People come last: their roles refer to others.
    for people in [false, true] {
        for (place, cluster) in clusters.all.iter().enumerate() {
            if (cluster.kind == EntityKind::Person) != people {
                continue;
            }
            if let Some(rule) = held_back(cluster) {
                let span = doc.token_span(cluster.name.start, cluster.name.end);
                out.held_back(span, Some(cluster.rule), rule, cluster.confidence);
                continue;
            }
            let city = cities.get(&place);
            let elsewhere = matches!(city, Some(None));
            let city = city.copied().flatten();
            let listing = cluster.listing.and_then(|number| gazetteer.listing(number));
            let country = if elsewhere { NOWHERE } else { cluster.country };
            let iso = reader.tables.iso(city.map_or(country, |city| city.country));
            let geonames = city.map(|city| city.geonames.to_string());
            let coordinates = city.map(|city| format!("{},{}", city.latitude(), city.longitude()));
            let links = [
                // A ministry gets the country's link; a place inside a country only the attribute.
                iso.filter(|_| cluster.is_country || cluster.kind == EntityKind::Organization)
                    .map(|iso| ("iso3166", iso)),
                geonames.as_deref().map(|id| ("geonames", id)),
                listing
                    .and_then(|listing| listing.link.as_ref())
                    .map(|(scheme, id)| (scheme.as_str(), id.as_str())),
            ];
            let role = cluster.role.as_ref().filter(|role| !roles::is_kin(reader, role));
            let employer = role.and_then(|role| owner_of(reader, clusters, role));
            let employer = employer.filter(|owner| ids[*owner].is_some());
            let attributes = [
                // Something in a country, or named after it.
                iso.filter(|_| !cluster.is_country).map(|iso| ("country", iso, None)),
                coordinates.as_deref().map(|place| ("coordinates", place, None)),
                role.map(|role| ("role", slice(role), None)),
                employer.map(|owner| ("of", slice(&clusters.all[owner].name), ids[owner])),
            ];
            let name =
                listing.map_or_else(|| clean(slice(&cluster.name)), |listing| listing.name.as_str().into());
            let mut entity = out
                .entity(cluster.kind, &name, cluster.rule)
                .confidence(cluster.confidence)
                .salience(salience::salience(doc, cluster, most))
                .links(links.into_iter().flatten())
                .attributes(attributes.into_iter().flatten());
            for (span, form) in &cluster.mentions {
                entity = entity.mention(*span, *form);
            }
            ids[place] = Some(entity.id());
        }
    }
}

/// A name without line breaks and zero-width characters.
fn clean(name: &str) -> Cow<'_, str> {
    let name = spelling(name);
    let mut after_space = false;
    let blanks = name.chars().any(|character| {
        let space = character == ' ';
        !space && character.is_whitespace() || std::mem::replace(&mut after_space, space) && space
    });
    if blanks { name.split_whitespace().collect::<Vec<_>>().join(" ").into() } else { name }
}

/// The cluster that a role belongs to: named right before it ("Iranian Foreign Minister"), or after "of" ("president of
/// Iran").
fn owner_of(reader: &Reader<'_>, clusters: &Clusters, role: &Range<usize>) -> Option<usize> {
    let object = matches!(reader.text(role.end), "of" | "at" | "for")
        .then(|| role.end + 1 + usize::from(matches!(reader.text(role.end + 1), "the")));
    // Names are in text order.
    let next = clusters.order.partition_point(|(first, ..)| *first < role.start);
    let before = next
        .checked_sub(1)
        .map(|place| clusters.order[place])
        .filter(|(_, end, _)| *end == role.start || *end + 1 == role.start && reader.text(*end) == "'s");
    let after = || {
        let start = object?;
        let place = clusters.order.partition_point(|(first, ..)| *first < start);
        clusters.order.get(place).copied().filter(|(first, ..)| *first == start)
    };
    let (.., owner) = before.or_else(after)?;
    (clusters.all[owner].kind != EntityKind::Person).then_some(owner)
}
