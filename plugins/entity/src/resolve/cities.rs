//! Disambiguates cities with the same name.

use std::collections::BTreeMap;

use copydesk_core::Case;
use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;

use crate::resolve::clusters::{Cluster, Clusters};
use crate::tables::{City, Listed, NOWHERE, State, extend};
use crate::words::Reader;

/// A city of this many thousand people is better known than a state with its name.
const LARGE: u32 = 100;

/// The city of each cluster that names one, by the cluster's index; none if a country or state after the name contains
/// no such city of the list.
///
/// A city scores higher the more people it has, if its country is mentioned, if its country or region comes right after
/// the name ("Paris, Texas"), and if other cities of the document are in it too.
pub(crate) fn resolve<'t>(reader: &Reader<'t>, all: &Clusters) -> BTreeMap<usize, Option<&'t City>> {
    let clusters = &all.all;
    let mut spoken_of: BTreeMap<u16, f32> = BTreeMap::new();
    let name =
        |cluster: &Cluster| cluster.name.clone().fold(0, |name, at| extend(name, reader.token(at).hash()));
    let candidates = |cluster: &Cluster| -> &'t [City] {
        if cluster.kind != EntityKind::Location || cluster.is_country {
            return &[];
        }
        reader.tables.cities(name(cluster))
    };
    // The name of cities in several countries is not evidence for one of them.
    let sure = |cluster: &&Cluster| cluster.country != NOWHERE && candidates(cluster).len() < 2;
    for cluster in clusters.iter().filter(sure) {
        let mentions = cluster.mentions.len() as f32;
        *spoken_of.entry(cluster.country).or_default() +=
            if cluster.is_country { mentions } else { 0.3 * mentions };
    }
    // Cities with one candidate, or whose largest is by far the largest, are evidence for their country.
    for cluster in clusters {
        if let [only] = candidates(cluster) {
            *spoken_of.entry(only.country).or_default() += 0.5;
        }
    }
    let mut resolved = BTreeMap::new();
    for (place, cluster) in clusters.iter().enumerate() {
        let known = !candidates(cluster).is_empty();
        let state = if known { state_after(reader, cluster) } else { None };
        let after = if known { country_after(reader, all, cluster) } else { NOWHERE };
        let after = state.map_or(after, |state| state.country);
        // Portland, Maine is not in the list, which has that of Oregon.
        let elsewhere = |city: &&City| {
            state.is_some_and(|state| !state.holds(city)) || after != NOWHERE && city.country != after
        };
        let score = |city: &City| {
            let people = (city.thousands as f32 + 1.0).log10();
            let spoken = spoken_of.get(&city.country).copied().unwrap_or(0.0);
            let nearby = if spoken > 0.0 { 1.0 + spoken.min(8.0).log2().max(0.0) * 0.3 } else { 0.0 };
            let named = if after != NOWHERE && after == city.country { 8.0 } else { 0.0 };
            people + nearby + named
        };
        let cities = candidates(cluster);
        let region = if cities.is_empty() { None } else { reader.tables.region(name(cluster)) };
        let spoken = |country: u16| spoken_of.get(&country).copied().unwrap_or(0.0);
        // Virginia is the state, not a town in Africa, unless the text is about that country; New York is the city.
        let means = |city: &&City| match region {
            Some(_) if after != NOWHERE => city.country == after,
            Some(region) if is_city_of(city, region) => true,
            Some((own, _)) if city.country == own => false,
            Some((own, _)) => spoken(city.country) > spoken(own) + 1.0,
            None => true,
        };
        if known && cities.iter().all(|city| elsewhere(&city)) {
            resolved.insert(place, None);
            continue;
        }
        // "Albany, New York": the province.
        if region.is_some() && known && is_region_of(reader, cluster) {
            continue;
        }
        let best = cities
            .iter()
            .filter(|city| !elsewhere(city))
            .filter(means)
            .reduce(|best, city| if score(city) > score(best) { city } else { best });
        if let Some(best) = best {
            resolved.insert(place, Some(best));
        }
    }
    resolved
}

/// Whether a region's namesake in its country is better known than the region: New York, but not Wyoming in Michigan.
pub(crate) fn is_city_of(city: &City, (country, is_state): (u16, bool)) -> bool {
    city.country == country && (!is_state || city.thousands >= LARGE)
}

/// The state or province after a comma, in brackets or after "in" after any mention of the cluster.
fn state_after<'t>(reader: &Reader<'t>, cluster: &Cluster) -> Option<&'t State> {
    let tokens = reader.doc.tokens();
    cluster
        .mentions
        .iter()
        .find_map(|(span, _)| state_at(reader, reader.doc.token_at(span.end()).min(tokens.len())))
}

/// Whether a mention of a state's name comes after a town and a comma.
fn is_region_of(reader: &Reader<'_>, cluster: &Cluster) -> bool {
    cluster.mentions.iter().any(|(span, _)| {
        let first = reader.doc.token_at(span.start());
        let after_comma = first > 1 && reader.text(first - 1) == "," && state_at(reader, first - 1).is_some();
        after_comma && {
            let end = first - 1;
            let town = |length: usize| !reader.tables.cities(reader.name_hash(end - length..end)).is_empty();
            reader.is_capitalized(end - 1) && (1..=3.min(end)).any(town)
        }
    })
}

/// The state that begins after the mark at a token.
pub(crate) fn state_at<'t>(reader: &Reader<'t>, mark: usize) -> Option<&'t State> {
    let tokens = reader.doc.tokens();
    let comma = match reader.text(mark) {
        "," | "(" => true,
        "in" => false,
        _ => return None,
    };
    let first = mark + 1;
    if !reader.is_capitalized(first) {
        return None;
    }
    for length in (1..=4).rev().filter(|length| first + length <= tokens.len()) {
        let name = first..first + length;
        let Some(state) = reader.tables.state(reader.name_hash(name.clone())) else { continue };
        // "IN", "OR" and "ME" in capitals only, "Ill." and "Miss." with their stops.
        let token = reader.token(first);
        let short = length == 1
            && token.span().len() < 6
            && !matches!(
                reader.text(first),
                "Maine" | "Texas" | "Idaho" | "Ohio" | "Iowa" | "Utah" | "Wales"
            );
        let written = token.case() == Case::Upper || token.has(flag::ABBREVIATION);
        return (!short || comma && written).then_some(state);
    }
    None
}

/// The country or the region's country after a comma or in brackets after any mention of the cluster.
fn country_after(reader: &Reader<'_>, all: &Clusters, cluster: &Cluster) -> u16 {
    let tokens = reader.doc.tokens();
    for (span, _) in &cluster.mentions {
        let end = reader.doc.token_at(span.end());
        if !matches!(reader.text(end), "," | "(") {
            continue;
        }
        // The meaning found for the name after it: Georgia may be the state.
        let next = all.order.partition_point(|(first, ..)| *first <= end);
        if let Some((first, _, next)) = all.order.get(next)
            && *first == end + 1
            && all.all[*next].kind == EntityKind::Location
            && all.all[*next].country != NOWHERE
        {
            return all.all[*next].country;
        }
        for length in (1..=3).rev().filter(|length| end + length < tokens.len()) {
            if let Some(Listed::Country(country) | Listed::Place(country)) =
                reader.listed(end + 1..end + 1 + length)
                && country != NOWHERE
            {
                return country;
            }
        }
    }
    NOWHERE
}
