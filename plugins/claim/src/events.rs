//! Dated events: a date whose clause says that something happened, and names who took part.

use std::ops::Range;

use copydesk_core::Emitter;
use copydesk_core::layers::{ClaimKind, Figure, FigureKind, PartOfSpeech};

use crate::clause::Page;
use crate::figures::{is_to_come, stance};
use crate::region::Regions;
use crate::words::role;
use crate::{ClaimStage, Draft, registry};

const PERFECT: [&str; 4] = ["has", "have", "had", "'ve"];

impl ClaimStage {
    /// Adds the events of a sentence whose figures gave the drafts from `first` on.
    #[expect(clippy::too_many_arguments, reason = "the context of a sentence")]
    pub(crate) fn events(
        &self,
        page: &Page<'_>,
        regions: &Regions<'_>,
        sentence: &Range<usize>,
        figures: &[Figure<'_>],
        first: usize,
        drafts: &mut Vec<Draft>,
        out: &mut Emitter,
    ) {
        for date in figures.iter().filter(|figure| is_dating(page, figure, figures)) {
            let taken = drafts[first..].iter().any(|draft| {
                draft.period == Some(date.id())
                    || draft.baseline == Some(date.id())
                    || draft.kind != ClaimKind::Event && draft.span.contains(date.span())
            });
            if !taken && let Some(draft) = self.event(page, regions, sentence, date, out) {
                drafts.push(draft);
            }
        }
    }

    fn event(
        &self,
        page: &Page<'_>,
        regions: &Regions<'_>,
        sentence: &Range<usize>,
        date: &Figure<'_>,
        out: &mut Emitter,
    ) -> Option<Draft> {
        let quote = date.quote().and_then(|id| page.doc.quote(id));
        let voice = regions.voice(page, sentence, date.span(), date.quote());
        let at = page.tokens(date.span());
        let clause = page.clause(voice, at.start);
        let (clause, attribution) = page.attribution(regions, clause, &at, quote.is_some());
        let span = page.trimmed(&clause).cover(date.span());
        let mut attitude = page.attitude(&clause, &at, sentence);
        let verb = attitude.verb?;
        let speaker = quote.and_then(|quote| quote.speaker_entity()).or(attribution.speaker());
        let about: Vec<_> = regions.entities(span).into_iter().filter(|id| Some(*id) != speaker).collect();
        let proper = |token| !at.contains(&token) && page.tag(token) == Some(PartOfSpeech::ProperNoun);
        let named = regions.names_somebody(span) || page.tokens(span).any(proper);
        let somebody = named || regions.mentions_in(span).next().is_some();
        attitude.forecast |= is_to_come(page, date.id());
        attitude.negated |= attitude.denied_after;
        let said = page.is(verb, role::SAYING | role::REPORTING | role::DOUBTING)
            || page.doc.tokens().get(verb).is_some_and(|token| regions.is_cue(token.span()));
        // "Has led the party since 2011", not "had his best result since 2011".
        let since = page.text(at.start.wrapping_sub(1)) == "since";
        let lasting = !since || PERFECT.contains(&page.text(verb)) && is_participle(page, verb + 1);
        if !somebody || said || !lasting || !self.is_finished(page, verb, &clause) {
            return None;
        }
        if let Some(held) = self.held_back(attitude, quote) {
            out.held_back(date.span(), Some(registry::EVENT), held, date.confidence());
            return None;
        }
        attitude.forecast = self.is_forecast(attitude, quote);
        let mut draft = Draft {
            kind: ClaimKind::Event,
            rule: registry::EVENT,
            span,
            figures: Vec::new(),
            measure: None,
            change: None,
            baseline: None,
            period: Some(date.id()),
            about,
            speaker,
            quote: date.quote(),
            stance: stance(quote),
            attitude,
            confidence: date.confidence() * quote.map_or(1.0, |quote| quote.confidence()),
            worth: 0.0,
        };
        draft.weigh_event(page, *date, named, quote, attribution);
        Some(draft)
    }

    /// Whether a finite verb says that something happened or was so: "signed", "was elected", "has led", "was mayor"; but not "is",
    /// and not "was sad", which cannot be looked up.
    fn is_finished(&self, page: &Page<'_>, verb: usize, clause: &Range<usize>) -> bool {
        const COPULA: [&str; 2] = ["was", "were"];
        let next = (verb + 1..clause.end).find(|token| {
            !matches!(
                page.tag(*token),
                Some(PartOfSpeech::Adverb | PartOfSpeech::Determiner | PartOfSpeech::Preposition)
            )
        });
        let follows = next.and_then(|token| page.tag(token));
        let text = page.text(verb).to_ascii_lowercase();
        if COPULA.contains(&text.as_str()) {
            return follows.is_some_and(|tag| tag == PartOfSpeech::VerbParticiple || tag.is_noun());
        }
        let participle = matches!(follows, Some(PartOfSpeech::VerbParticiple | PartOfSpeech::VerbPast));
        if PERFECT.contains(&text.as_str()) && participle {
            return true;
        }
        // "may have left", "could have left": modal, and about the past.
        // "An interview, taped on Saturday" is a participle.
        let alone = page.tag(verb) == Some(PartOfSpeech::VerbParticiple)
            && verb.checked_sub(1).and_then(|before| page.tag(before)).is_some_and(PartOfSpeech::is_noun);
        alone
            || page.tag(verb) == Some(PartOfSpeech::VerbPast)
            || page.tag(verb) == Some(PartOfSpeech::Modal) && page.text(verb + 1) == "have"
    }
}

/// Whether a participle follows, possibly after adverbs: "has long led".
fn is_participle(page: &Page<'_>, at: usize) -> bool {
    let mut tags = (at..at + 3).map(|token| page.tag(token));
    let next = tags.find(|tag| *tag != Some(PartOfSpeech::Adverb)).flatten();
    matches!(next, Some(PartOfSpeech::VerbParticiple | PartOfSpeech::VerbPast))
}

/// Whether a figure is a separate date: a resolved day, month, year or period that is not part of a longer one.
fn is_dating(page: &Page<'_>, figure: &Figure<'_>, figures: &[Figure<'_>]) -> bool {
    let date = matches!(figure.kind(), FigureKind::Date | FigureKind::Period);
    let part = figures.iter().any(|other| {
        other.id() != figure.id() && other.span() != figure.span() && other.span().contains(figure.span())
    });
    // Decades and "the past 18 months" are too vague for an event.
    let words = page.doc.slice(figure.span());
    let vague = words.ends_with("0s") || words.split(' ').any(|word| matches!(word, "past" | "recent"));
    let at = page.tokens(figure.span());
    // "The proposal from 2009".
    let source = figure.kind() == FigureKind::Date && page.text(at.start.wrapping_sub(1)) == "from";
    date && !part && !vague && !source && !figure.is_relative() && !page.is_attribute(&at)
}
