//! `stances`

use super::table;
use crate::output::parsed::Stance;
use crate::tables::context::Context;

table! {
    /// The attitude of one entity, or the narrator, towards another.
    stances(item: (&Stance<'_>, u64), cx: &Context<'_>) key ["stance"] {
        /// Its number in the document, from 1.
        stance: integer = item.1,
        /// The text that expresses it: text or title.
        place: text = cx.place.as_str(),
        /// The holder of the stance: an entity, or narrator.
        holder: text = &item.0.holder,
        /// The holder's name; the narrator has none.
        holder_name: text null = cx.name(Some(&item.0.holder)),
        /// The entity towards which it is.
        target: text -> entities = &item.0.target,
        /// The target's name.
        target_name: text null = cx.name(Some(&item.0.target)),
        /// The quote that expresses it.
        quote: text null -> quotes = &item.0.quote,
        /// The words of that quote.
        quote_text: text null = item.0.quote.as_ref().and_then(|id| Some(&*cx.quote(id)?.text)),
        /// Polarity, -1 to 1.
        polarity: real = item.0.polarity,
        /// negative, neutral or positive.
        label: text = &item.0.label,
        /// The words that express it, separated by "; ".
        evidence: text null = cx.all_words(&item.0.evidence),
        /// The sentence with the first of those words.
        sentence: text null = item.0.evidence.first().and_then(|first| cx.sentence(first.start)),
        /// The confidence of the stage, 0 to 1.
        confidence: real = item.0.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &item.0.rule,
    }
}
