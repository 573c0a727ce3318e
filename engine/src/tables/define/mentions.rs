//! `mentions`

use super::table;
use crate::output::parsed::{Entity, Mention};
use crate::tables::context::Context;

/// A mention with its entity.
type Item<'c> = (&'c Entity<'c>, &'c Mention<'c>);

/// The mentions of all entities.
pub(super) fn items<'c>(cx: &'c Context<'c>) -> impl Iterator<Item = Item<'c>> {
    let entities = cx.layers.entities.iter().flatten();
    entities.flat_map(|entity| entity.mentions.iter().map(move |mention| (entity, mention)))
}

table! {
    /// A mention of an entity in a document, by name or otherwise.
    mentions(item: &(Item<'_>, u64), cx: &Context<'_>) key ["mention"] {
        /// Its number in the document, from 1.
        mention: integer = item.1,
        /// The entity; for a mention in a headline, the article's entity if it has it.
        entity: text -> entities = item.0.0.entity.as_ref().unwrap_or(&item.0.0.id),
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// The start offset.
        start: integer = item.0.1.start,
        /// The end offset.
        end: integer = item.0.1.end,
        /// Its text.
        text: text null = cx.words(item.0.1.start, item.0.1.end),
        /// name, alias (a short form or acronym), demonym, nominal ("the ministry") or pronoun.
        form: text = item.0.1.form.as_deref().unwrap_or("name"),
        /// The entity's kind.
        kind: text = &item.0.0.kind,
        /// The entity's name.
        name: text = cx.name(item.0.0.entity.as_ref()).unwrap_or(&item.0.0.name),
        /// The innermost quote that contains it.
        quote: text null -> quotes = cx.quote_around(item.0.1.start, item.0.1.end),
    }
}
