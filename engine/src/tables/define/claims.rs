//! `claims`

use super::figures::{baseline, change, code, numbers, period, text_value};
use super::table;
use crate::output::parsed::{Claim, Figure, Quote, Speaker};
use crate::tables::context::{Context, joined};

table! {
    /// A statement that can be checked: who says what of whom, with which figures.
    claims(claim: &Claim<'_>, cx: &Context<'_>) key ["claim"] {
        /// Its id in the document.
        claim: text = &claim.id,
        /// What the offsets count in: text, or title.
        place: text = cx.place.as_str(),
        /// figure, change or event.
        kind: text = &claim.kind,
        /// The words that state it.
        text: text = &claim.text,
        /// Where it begins.
        start: integer = claim.start,
        /// Where it ends.
        end: integer = claim.end,
        /// How much it is worth checking, 0 to 1.
        worth: real = claim.worth,
        /// Who makes it: an entity, or narrator; empty where the speaker is no entity.
        speaker: text null = &claim.speaker,
        /// The speaker's name.
        speaker_name: text null = cx.name(claim.speaker.as_ref()),
        /// The words for the speaker.
        speaker_text: text null = speaker(claim, cx).and_then(|speaker| speaker.text.as_ref()),
        /// Whether the source is one that does not want to be named.
        anonymous: boolean = speaker(claim, cx).is_some_and(|speaker| speaker.anonymous),
        /// The word that introduces it, in its dictionary form.
        cue: text null = quote(claim, cx).and_then(|quote| Some(&quote.cue.as_ref()?.lemma)),
        /// How the article stands to it by that word: neutral, endorse, distance or deny.
        stance: text = &claim.stance,
        /// Whether it says that something is not so.
        negated: boolean = claim.negated,
        /// Whether it says that something may or should be so.
        modal: boolean = claim.modal,
        /// Whether it is about what has not happened yet.
        forecast: boolean = claim.forecast,
        /// The names of the entities that it is about, "; " between them.
        about: text null = joined(claim.about.iter().filter_map(|id| cx.name(Some(id)))),
        /// What is measured, in words.
        measure: text null = &claim.measure,
        /// The words of the figures that it gives, "; " between them.
        figures: text null = joined(claim.figures.iter().filter_map(|id| Some(&*cx.figure(id)?.text))),
        /// The first of these figures.
        figure: text null -> figures = claim.figures.first(),
        /// That one's number; of a range the lower end.
        value: real null = first(claim, cx).and_then(|figure| numbers(figure)[0]),
        /// Of a range, the upper end.
        value_max: real null = first(claim, cx).and_then(|figure| numbers(figure)[1]),
        /// Its value where that is a duration, date or period, in ISO 8601.
        text_value: text null = first(claim, cx).and_then(text_value),
        /// Its unit: an ISO 4217 or UCUM code, or the name of what is counted.
        unit: text null = first(claim, cx).and_then(|figure| code(figure.unit.as_ref()?)),
        /// about, more_than, less_than, at_least or at_most.
        bound: text null = first(claim, cx).and_then(|figure| figure.bound.as_ref()),
        /// The figure that tells how the measure changed.
        change: text null -> figures = &claim.change,
        /// The words of that figure.
        change_text: text null = changed(claim, cx).map(|figure| &figure.text),
        /// up, down or flat.
        direction: text null = changed(claim, cx).and_then(|figure| change(figure)?.direction.as_ref()),
        /// By how much it changed.
        change_value: real null = changed(claim, cx).and_then(|figure| numbers(figure)[0]),
        /// The unit of that.
        change_unit: text null = changed(claim, cx).and_then(|figure| code(figure.unit.as_ref()?)),
        /// What the measure was before, given by the text or computed.
        baseline: real null = changed(claim, cx).and_then(|figure| baseline(figure)?.value),
        /// When it was so, ISO 8601: the beginning.
        baseline_from: text null = span(claim.baseline.as_deref(), cx)[0],
        /// The end.
        baseline_to: text null = span(claim.baseline.as_deref(), cx)[1],
        /// When the claim is true, ISO 8601: the beginning.
        period_from: text null = span(claim.period.as_deref(), cx)[0],
        /// The end.
        period_to: text null = span(claim.period.as_deref(), cx)[1],
        /// An earlier claim of the document that gives the same measure another value.
        contradicts: text null -> claims = &claim.contradicts,
        /// The quote in which it is made.
        quote: text null -> quotes = &claim.quote,
        /// The sentence in which it begins.
        sentence: text null = cx.sentence(claim.start),
        /// How sure the stage is, 0 to 1.
        confidence: real = claim.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &claim.rule,
    }
}

fn quote<'c>(claim: &Claim<'_>, cx: &Context<'c>) -> Option<&'c Quote<'c>> {
    cx.quote(claim.quote.as_deref()?)
}

fn speaker<'c>(claim: &Claim<'_>, cx: &Context<'c>) -> Option<&'c Speaker<'c>> {
    quote(claim, cx)?.speaker.as_ref()
}

fn first<'c>(claim: &Claim<'_>, cx: &Context<'c>) -> Option<&'c Figure<'c>> {
    cx.figure(claim.figures.first()?)
}

fn changed<'c>(claim: &Claim<'_>, cx: &Context<'c>) -> Option<&'c Figure<'c>> {
    cx.figure(claim.change.as_deref()?)
}

/// Beginning and end of a figure that is a date or a period.
fn span<'c>(id: Option<&str>, cx: &Context<'c>) -> [Option<&'c str>; 2] {
    id.and_then(|id| cx.figure(id)).map_or([None; 2], |figure| period(figure, cx))
}
