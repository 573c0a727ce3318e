//! `targets`

use super::table;
use crate::output::parsed::Target;
use crate::tables::context::Context;

table! {
    /// A mention of an entity, or a target that the input names, with the tone towards it there.
    targets(item: (&Target<'_>, u64), cx: &Context<'_>) key ["target"] {
        /// Its number in the document, from 1.
        target: integer = item.1,
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// The entity.
        entity: text null -> entities = &item.0.entity,
        /// The entity's name.
        name: text null = cx.name(item.0.entity.as_ref()),
        /// The start offset.
        start: integer = item.0.start,
        /// The end offset.
        end: integer = item.0.end,
        /// Its text.
        text: text null = cx.words(item.0.start, item.0.end),
        /// Polarity towards it, -1 to 1.
        polarity: real = item.0.polarity,
        /// negative, neutral or positive.
        label: text = &item.0.label,
        /// The words that express it, separated by "; ".
        evidence: text null = cx.all_words(&item.0.evidence),
        /// The innermost quote that contains it.
        quote: text null -> quotes = cx.quote_around(item.0.start, item.0.end),
        /// The confidence of the stage, 0 to 1.
        confidence: real = item.0.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &item.0.rule,
    }
}
