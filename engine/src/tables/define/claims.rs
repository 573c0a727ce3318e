//! `claims`

use super::figures::{baseline, change, code, numbers, period, text_value};
use super::table;
use crate::output::parsed::{Claim, Figure, Quote, Speaker};
use crate::tables::context::{Context, joined};

table! {
    /// A checkable statement: who says what about whom, with which figures.
    claims(claim: &Claim<'_>, cx: &Context<'_>) key ["claim"] {
        /// Its id in the document.
        claim: text = &claim.id,
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// figure, change or event.
        kind: text = &claim.kind,
        /// The words that state it.
        text: text = &claim.text,
        /// The start offset.
        start: integer = claim.start,
        /// The end offset.
        end: integer = claim.end,
        /// How worthwhile it is to check, 0 to 1.
        worth: real = claim.worth,
        /// Who makes it: an entity, or narrator; empty if the speaker is not an entity.
        speaker: text null = &claim.speaker,
        /// The speaker's name.
        speaker_name: text null = cx.name(claim.speaker.as_ref()),
        /// The words that name the speaker.
        speaker_text: text null = speaker(claim, cx).and_then(|speaker| speaker.text.as_ref()),
        /// Whether the source is described as anonymous.
        anonymous: boolean = speaker(claim, cx).is_some_and(|speaker| speaker.anonymous),
        /// The word that introduces it, in its dictionary form.
        cue: text null = quote(claim, cx).and_then(|quote| Some(&quote.cue.as_ref()?.lemma)),
        /// The article's attitude to it, expressed by that word: neutral, endorse, distance or deny.
        stance: text = &claim.stance,
        /// Whether it denies something.
        negated: boolean = claim.negated,
        /// Whether it says that something may or should be so.
        modal: boolean = claim.modal,
        /// Whether it is about the future.
        forecast: boolean = claim.forecast,
        /// The names of the entities that it is about, separated by "; ".
        about: text null = joined(claim.about.iter().filter_map(|id| cx.name(Some(id)))),
        /// The words for what is measured.
        measure: text null = &claim.measure,
        /// The text of the figures that it gives, separated by "; ".
        figures: text null = joined(claim.figures.iter().filter_map(|id| Some(&*cx.figure(id)?.text))),
        /// The first of these figures.
        figure: text null -> figures = claim.figures.first(),
        /// The value of that figure; for a range the lower end.
        value: real null = first(claim, cx).and_then(|figure| numbers(figure)[0]),
        /// The upper end of a range.
        value_max: real null = first(claim, cx).and_then(|figure| numbers(figure)[1]),
        /// Its value if it is a duration, date or period, in ISO 8601.
        text_value: text null = first(claim, cx).and_then(text_value),
        /// Its unit: an ISO 4217 or UCUM code, or the name of what is counted.
        unit: text null = first(claim, cx).and_then(|figure| code(figure.unit.as_ref()?)),
        /// about, more_than, less_than, at_least or at_most.
        bound: text null = first(claim, cx).and_then(|figure| figure.bound.as_ref()),
        /// The figure that gives the change of the measure.
        change: text null -> figures = &claim.change,
        /// The text of that figure.
        change_text: text null = changed(claim, cx).map(|figure| &figure.text),
        /// up, down or flat.
        direction: text null = changed(claim, cx).and_then(|figure| change(figure)?.direction.as_ref()),
        /// The amount of change.
        change_value: real null = changed(claim, cx).and_then(|figure| numbers(figure)[0]),
        /// The unit of that amount.
        change_unit: text null = changed(claim, cx).and_then(|figure| code(figure.unit.as_ref()?)),
        /// The previous value of the measure, given by the text or computed.
        baseline: real null = changed(claim, cx).and_then(|figure| baseline(figure)?.value),
        /// The start of the period of that value, ISO 8601.
        baseline_from: text null = span(claim.baseline.as_deref(), cx)[0],
        /// The end of that period.
        baseline_to: text null = span(claim.baseline.as_deref(), cx)[1],
        /// The start of the period that the claim is about, ISO 8601.
        period_from: text null = span(claim.period.as_deref(), cx)[0],
        /// The end of that period.
        period_to: text null = span(claim.period.as_deref(), cx)[1],
        /// An earlier claim of the document that gives the same measure another value.
        contradicts: text null -> claims = &claim.contradicts,
        /// The quote in which it is made.
        quote: text null -> quotes = &claim.quote,
        /// The sentence in which it begins.
        sentence: text null = cx.sentence(claim.start),
        /// The confidence of the stage, 0 to 1.
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

/// Start and end of a figure that is a date or a period.
fn span<'c>(id: Option<&str>, cx: &Context<'c>) -> [Option<&'c str>; 2] {
    id.and_then(|id| cx.figure(id)).map_or([None; 2], |figure| period(figure, cx))
}
