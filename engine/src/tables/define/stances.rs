//! `stances`

use super::table;
use crate::output::parsed::Stance;
use crate::tables::context::Context;

table! {
    /// How one entity, or the narrator, stands to another.
    stances(item: (&Stance<'_>, u64), cx: &Context<'_>) key ["stance"] {
        /// Its number in the document.
        stance: integer = item.1,
        /// Which text shows it: text, or title.
        place: text = cx.place.as_str(),
        /// Whose stance: an entity, or narrator.
        holder: text = &item.0.holder,
        /// The holder's name; the narrator has none.
        holder_name: text null = cx.name(Some(&item.0.holder)),
        /// Towards which entity.
        target: text -> entities = &item.0.target,
        /// The target's name.
        target_name: text null = cx.name(Some(&item.0.target)),
        /// The quote that shows it.
        quote: text null -> quotes = &item.0.quote,
        /// The words of that quote.
        quote_text: text null = item.0.quote.as_ref().and_then(|id| Some(&*cx.quote(id)?.text)),
        /// Polarity, -1 to 1.
        polarity: real = item.0.polarity,
        /// negative, neutral or positive.
        label: text = &item.0.label,
        /// The words that show it, "; " between them.
        evidence: text null = cx.all_words(&item.0.evidence),
        /// The sentence of the first of those words.
        sentence: text null = item.0.evidence.first().and_then(|first| cx.sentence(first.start)),
        /// How sure the stage is, 0 to 1.
        confidence: real = item.0.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &item.0.rule,
    }
}
