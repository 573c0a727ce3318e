//! `quotes`

use super::table;
use crate::output::parsed::{Cue, Quote, Speaker};
use crate::tables::context::{Context, joined};

table! {
    /// Something that was said, written, believed or intended, and by whom.
    quotes(quote: &Quote<'_>, cx: &Context<'_>) key ["quote"] {
        /// Its id in the document.
        quote: text = &quote.id,
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// direct, indirect or mixed.
        kind: text = &quote.kind,
        /// What was said. If the quote is in several parts, they are separated by spaces.
        text: text = &quote.text,
        /// Where it begins, marks included.
        start: integer = quote.start,
        /// The end offset.
        end: integer = quote.end,
        /// The word that introduces it, in its dictionary form.
        cue: text null = cue(quote).map(|cue| &cue.lemma),
        /// The kind of act that the cue names: speech, writing, belief, intention or perception.
        class: text null = cue(quote).map(|cue| cue.class.as_deref().unwrap_or("speech")),
        /// The article's attitude to the quote, expressed by the cue: neutral, endorse, distance or deny.
        stance: text null = cue(quote).map(|cue| cue.stance.as_deref().unwrap_or("neutral")),
        /// Whether the article says that this was not said.
        negated: boolean null = cue(quote).map(|cue| cue.negated),
        /// Whether the article says that this may be said.
        modal: boolean null = cue(quote).map(|cue| cue.modal),
        /// The words that name the speaker.
        speaker_text: text null = speaker(quote).and_then(|speaker| speaker.text.as_ref()),
        /// The entity of the speaker.
        speaker_entity: text null -> entities = speaker(quote).and_then(|speaker| speaker.entity.as_ref()),
        /// The name of that entity.
        speaker_name: text null = speaker(quote).and_then(|speaker| speaker.name.as_ref()),
        /// The identity of the speaker across documents; set by `copydesk corpus`.
        speaker_global_id: text null = speaker(quote).and_then(|speaker| cx.entity(speaker.entity.as_ref()?)?.global_id.as_ref()),
        /// The entity that an unnamed source belongs to.
        speaker_of: text null -> entities = speaker(quote).and_then(|speaker| speaker.of.as_ref()),
        /// The name of that entity.
        speaker_of_name: text null = speaker(quote).and_then(|speaker| cx.name(speaker.of.as_ref())),
        /// Whether the source is described as anonymous.
        anonymous: boolean = speaker(quote).is_some_and(|speaker| speaker.anonymous),
        /// The quote that it is part of.
        parent: text null -> quotes = &quote.parent,
        /// The names of the entities that it mentions, separated by "; ".
        about: text null = joined(quote.entities.iter().filter_map(|id| cx.name(Some(id)))),
        /// The text of the figures in it, separated by "; ".
        figures: text null = joined(quote.figures.iter().filter_map(|id| Some(&*cx.figure(id)?.text))),
        /// The first quote of the corpus with the same words; set by `copydesk corpus`.
        quotation: text null = &quote.quotation,
        /// How this quote matches that one: first, exact, cut or altered.
        quotation_match: text null = &quote.quotation_match,
        /// The confidence of the stage, 0 to 1.
        confidence: real = quote.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &quote.rule,
    }
}

fn cue<'c>(quote: &'c Quote<'_>) -> Option<&'c Cue<'c>> {
    quote.cue.as_ref()
}

fn speaker<'c>(quote: &'c Quote<'_>) -> Option<&'c Speaker<'c>> {
    quote.speaker.as_ref()
}
