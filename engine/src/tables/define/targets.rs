//! `targets`

use super::table;
use crate::output::parsed::Target;
use crate::tables::context::Context;

table! {
    /// A mention of an entity, or a target that the input names, with the tone towards it there.
    targets(item: (&Target<'_>, u64), cx: &Context<'_>) key ["target"] {
        /// Its number in the document.
        target: integer = item.1,
        /// What the offsets count in: text, or title.
        place: text = cx.place.as_str(),
        /// The entity.
        entity: text null -> entities = &item.0.entity,
        /// The entity's name.
        name: text null = cx.name(item.0.entity.as_ref()),
        /// Where it begins.
        start: integer = item.0.start,
        /// Where it ends.
        end: integer = item.0.end,
        /// Its words.
        text: text null = cx.words(item.0.start, item.0.end),
        /// Polarity towards it, -1 to 1.
        polarity: real = item.0.polarity,
        /// negative, neutral or positive.
        label: text = &item.0.label,
        /// The words that show it, "; " between them.
        evidence: text null = cx.all_words(&item.0.evidence),
        /// The innermost quote that it stands in.
        quote: text null -> quotes = cx.quote_around(item.0.start, item.0.end),
        /// How sure the stage is, 0 to 1.
        confidence: real = item.0.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &item.0.rule,
    }
}
