//! How central an entity is to its document.

use copydesk_core::{DocumentView, ZoneKind};

use crate::resolve::clusters::Cluster;

/// 0..1: the number of mentions relative to the most mentioned entity, the position of the first one, and whether the headline has one.
pub(crate) fn salience(doc: &DocumentView<'_>, cluster: &Cluster, most: usize) -> f32 {
    let frequency = cluster.spoken_of() as f32 / most.max(1) as f32;
    let first = cluster.mentions.iter().map(|(span, _)| span.start()).min().unwrap_or(0);
    let position = 1.0 - first as f32 / doc.text().len().max(1) as f32;
    let headline = doc.zone_at(first) == ZoneKind::Headline
        || doc.title().is_some_and(|title| {
            let name = doc.token_span(cluster.name.start, cluster.name.end);
            title.contains(doc.slice(name))
        });
    0.5 * frequency + 0.3 * position + if headline { 0.2 } else { 0.0 }
}
