//! `sentences`

use super::table;
use crate::output::parsed::SentenceTone;
use crate::tables::context::Context;

table! {
    /// A sentence whose tone is negative or positive. Neutral sentences, which are the majority, have no row.
    sentences(item: (&SentenceTone<'_>, u64), cx: &Context<'_>) key ["sentence"] {
        /// Its number among the sentences with a row, from 1.
        sentence: integer = item.1,
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// The start offset.
        start: integer = item.0.start,
        /// The end offset.
        end: integer = item.0.end,
        /// Its text.
        text: text null = cx.words(item.0.start, item.0.end),
        /// Polarity, -1 to 1.
        polarity: real = item.0.polarity,
        /// negative or positive.
        label: text = &item.0.label,
        /// The innermost quote that contains it.
        quote: text null -> quotes = cx.quote_around(item.0.start, item.0.end),
    }
}

/// The sentences that have a row.
pub(super) fn items<'c>(cx: &Context<'c>) -> impl Iterator<Item = &'c SentenceTone<'c>> + use<'c> {
    let sentiment = cx.layers.sentiment.as_ref();
    sentiment.into_iter().flat_map(|all| &all.sentences).filter(|sentence| &*sentence.label != "neutral")
}
