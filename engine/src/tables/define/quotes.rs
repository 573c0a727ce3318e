//! `quotes`

use super::table;
use crate::output::parsed::{Cue, Quote, Speaker};
use crate::tables::context::{Context, joined};

table! {
    /// Something that was said, written, believed or intended, with whose words they are.
    quotes(quote: &Quote<'_>, cx: &Context<'_>) key ["quote"] {
        /// Its id in the document.
        quote: text = &quote.id,
        /// What the offsets count in: text, or title.
        place: text = cx.place.as_str(),
        /// direct, indirect or mixed.
        kind: text = &quote.kind,
        /// What was said. Of a quote in several parts, the parts with a blank between them.
        text: text = &quote.text,
        /// Where it begins, marks included.
        start: integer = quote.start,
        /// Where it ends.
        end: integer = quote.end,
        /// The word that introduces it, in its dictionary form.
        cue: text null = cue(quote).map(|cue| &cue.lemma),
        /// What kind of act the cue names: speech, writing, belief, intention or perception.
        class: text null = cue(quote).map(|cue| cue.class.as_deref().unwrap_or("speech")),
        /// How the article stands to it by the cue: neutral, endorse, distance or deny.
        stance: text null = cue(quote).map(|cue| cue.stance.as_deref().unwrap_or("neutral")),
        /// Whether the article says that this was not said.
        negated: boolean null = cue(quote).map(|cue| cue.negated),
        /// Whether the article says that this may be said.
        modal: boolean null = cue(quote).map(|cue| cue.modal),
        /// The words for the speaker.
        speaker_text: text null = speaker(quote).and_then(|speaker| speaker.text.as_ref()),
        /// The entity that the speaker is.
        speaker_entity: text null -> entities = speaker(quote).and_then(|speaker| speaker.entity.as_ref()),
        /// That entity's name.
        speaker_name: text null = speaker(quote).and_then(|speaker| speaker.name.as_ref()),
        /// Who that is across documents; found by `copydesk corpus`.
        speaker_global_id: text null = speaker(quote).and_then(|speaker| cx.entity(speaker.entity.as_ref()?)?.global_id.as_ref()),
        /// The entity that an unnamed source belongs to.
        speaker_of: text null -> entities = speaker(quote).and_then(|speaker| speaker.of.as_ref()),
        /// That entity's name.
        speaker_of_name: text null = speaker(quote).and_then(|speaker| cx.name(speaker.of.as_ref())),
        /// Whether the source is one that does not want to be named.
        anonymous: boolean = speaker(quote).is_some_and(|speaker| speaker.anonymous),
        /// The quote that it is part of.
        parent: text null -> quotes = &quote.parent,
        /// The names of the entities that it mentions, "; " between them.
        about: text null = joined(quote.entities.iter().filter_map(|id| cx.name(Some(id)))),
        /// The words of the figures in it, "; " between them.
        figures: text null = joined(quote.figures.iter().filter_map(|id| Some(&*cx.figure(id)?.text))),
        /// The first quote of the corpus with the same words; found by `copydesk corpus`.
        quotation: text null = &quote.quotation,
        /// How it is that one: first, exact, cut or altered.
        quotation_match: text null = &quote.quotation_match,
        /// How sure the stage is, 0 to 1.
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
