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
    /// A place where a document mentions an entity, by name or not.
    mentions(item: &(Item<'_>, u64), cx: &Context<'_>) key ["mention"] {
        /// Its number in the document.
        mention: integer = item.1,
        /// The entity; also of a mention in a headline, where the article has that entity.
        entity: text -> entities = item.0.0.entity.as_ref().unwrap_or(&item.0.0.id),
        /// What the offsets count in: text, or title.
        place: text = cx.place.as_str(),
        /// Where it begins.
        start: integer = item.0.1.start,
        /// Where it ends.
        end: integer = item.0.1.end,
        /// Its words.
        text: text null = cx.words(item.0.1.start, item.0.1.end),
        /// name, alias (a short form or acronym), demonym, nominal ("the ministry") or pronoun.
        form: text = item.0.1.form.as_deref().unwrap_or("name"),
        /// The entity's kind.
        kind: text = &item.0.0.kind,
        /// The entity's name.
        name: text = cx.name(item.0.0.entity.as_ref()).unwrap_or(&item.0.0.name),
        /// The innermost quote that it stands in.
        quote: text null -> quotes = cx.quote_around(item.0.1.start, item.0.1.end),
    }
}
