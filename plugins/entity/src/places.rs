//! Which of the cities of a name a document means.

use std::collections::BTreeMap;

use copydesk_core::layers::EntityKind;

use crate::clusters::{Cluster, Clusters};
use crate::reader::Reader;
use crate::tables::{City, Listed, NOWHERE, extend};

/// A city of so many thousands is better known than a state of its name.
const LARGE: u32 = 100;

/// The city of each cluster that names one, by the cluster's place.
///
/// A city counts for more the more people it has, if its country is spoken of, if its country or region stands right behind
/// the name ("Paris, Texas"), and if other cities of the document lie there too.
pub(crate) fn resolve<'t>(reader: &Reader<'t>, all: &Clusters) -> BTreeMap<usize, &'t City> {
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
    // A city of several countries says nothing of which one.
    let sure = |cluster: &&Cluster| cluster.country != NOWHERE && candidates(cluster).len() < 2;
    for cluster in clusters.iter().filter(sure) {
        let mentions = cluster.mentions.len() as f32;
        *spoken_of.entry(cluster.country).or_default() +=
            if cluster.is_country { mentions } else { 0.3 * mentions };
    }
    // Cities of one candidate, or whose largest is by far the largest, speak for their country.
    for cluster in clusters {
        if let [only] = candidates(cluster) {
            *spoken_of.entry(only.country).or_default() += 0.5;
        }
    }
    let mut resolved = BTreeMap::new();
    for (place, cluster) in clusters.iter().enumerate() {
        let behind =
            if candidates(cluster).is_empty() { NOWHERE } else { country_behind(reader, all, cluster) };
        let score = |city: &City| {
            let people = (city.thousands as f32 + 1.0).log10();
            let spoken = spoken_of.get(&city.country).copied().unwrap_or(0.0);
            let nearby = if spoken > 0.0 { 1.0 + spoken.min(8.0).log2().max(0.0) * 0.3 } else { 0.0 };
            let named = if behind != NOWHERE && behind == city.country { 8.0 } else { 0.0 };
            people + nearby + named
        };
        let cities = candidates(cluster);
        let region = if cities.is_empty() { None } else { reader.tables.region(name(cluster)) };
        let spoken = |country: u16| spoken_of.get(&country).copied().unwrap_or(0.0);
        // Virginia is the state and no town in Africa, unless the text is about that country; New York is the city.
        let means = |city: &&City| match region {
            Some(_) if behind != NOWHERE => city.country == behind,
            Some(region) if is_city_of(city, region) => true,
            Some((own, _)) if city.country == own => false,
            Some((own, _)) => spoken(city.country) > spoken(own) + 1.0,
            None => true,
        };
        let best = cities
            .iter()
            .filter(means)
            .reduce(|best, city| if score(city) > score(best) { city } else { best });
        if let Some(best) = best {
            resolved.insert(place, best);
        }
    }
    resolved
}

/// Whether a region's namesake in its country is better known than the region: New York, not Wyoming in Michigan.
pub(crate) fn is_city_of(city: &City, (country, is_state): (u16, bool)) -> bool {
    city.country == country && (!is_state || city.thousands >= LARGE)
}

/// The country or the region's country that stands behind a comma or in brackets after any mention of the cluster.
fn country_behind(reader: &Reader<'_>, all: &Clusters, cluster: &Cluster) -> u16 {
    let tokens = reader.doc.tokens();
    for (span, _) in &cluster.mentions {
        let end = reader.doc.token_at(span.end());
        if !matches!(reader.text(end), "," | "(") {
            continue;
        }
        // What the name behind it was found to mean: Georgia may be the state.
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
