//! `entities`

use super::table;
use crate::output::parsed::Entity;
use crate::tables::context::Context;

/// The entities of a text; for a headline those that the article does not have.
pub(super) fn items<'c>(cx: &'c Context<'c>) -> impl Iterator<Item = &'c Entity<'c>> {
    cx.layers.entities.iter().flatten().filter(|entity| entity.entity.is_none())
}

table! {
    /// A person, organisation, place or other thing that a document names.
    entities(entity: &Entity<'_>, cx: &Context<'_>) key ["entity"] {
        /// Its id in the document.
        entity: text = &entity.id,
        /// Where it is named: text, or title if only a title that the text does not begin with names it.
        place: text = cx.place.as_str(),
        /// person, organization, location, facility, group, event, product, work, law or other.
        kind: text = &entity.kind,
        /// Its fullest name in the document.
        name: text = &entity.name,
        /// Its identifiers by scheme, as a JSON object: `{"iso3166":"CL"}`.
        links: json null = entity.links.as_ref().map(|links| &*links.0),
        /// Further facts about it in the text, as a JSON object: `{"role":"minister"}`.
        attributes: json null = entity.attributes.as_ref().map(|attributes| &*attributes.0),
        /// How central it is to the document, 0 to 1.
        salience: real null = entity.salience,
        /// The number of its mentions.
        mentions: integer = entity.mentions.len() as u64,
        /// Polarity towards it, over all its mentions, -1 to 1.
        polarity: real null = cx.tone(&entity.id).map(|tone| tone.polarity),
        /// negative, neutral or positive.
        label: text null = cx.tone(&entity.id).map(|tone| &tone.label),
        /// The number of negative mentions.
        negative: integer null = cx.tone(&entity.id).map(|tone| tone.negative),
        /// The number of positive mentions.
        positive: integer null = cx.tone(&entity.id).map(|tone| tone.positive),
        /// For a person, the identity across documents; set by `copydesk corpus`.
        global_id: text null = &entity.global_id,
        /// The evidence for that identity.
        global_evidence: text null = &entity.global_evidence,
        /// The confidence of the stage, 0 to 1.
        confidence: real = entity.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &entity.rule,
    }
}
