//! Emits the quotes.

use copydesk_core::layers::{CueClass, NewQuote, Stance};
use copydesk_core::{DocumentView, Emitter, Span};

use crate::QuoteStage;
use crate::alone::Alone;
use crate::asides::Aside;
use crate::attribution::Attribution;
use crate::cue_phrase::CuePhrase;
use crate::draft::{Draft, Page, WrittenCue};
use crate::lemma::lemma;
use crate::pronoun::{Last, Pronoun};
use crate::scripted::Scripted;

/// Quotes that are found by the layout of a text.
#[derive(Clone, Copy)]
pub(crate) struct LaidOut<'a> {
    pub(crate) scripted: &'a [Scripted],
    pub(crate) alone: &'a [Alone],
    pub(crate) asides: &'a [Aside],
}

/// Whether two quotes are nearly the same stretch of text.
fn shares(a: Span, b: Span) -> bool {
    let both = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    5 * both > 2 * a.cover(b).len()
}

impl QuoteStage {
    pub(crate) fn emit(
        &self,
        page: &Page<'_>,
        found: &[Attribution],
        laid_out: LaidOut<'_>,
        out: &mut Emitter,
    ) {
        let doc = page.doc;
        let LaidOut { scripted, alone, asides } = laid_out;
        let mut drafts: Vec<Draft> = scripted.iter().map(|quote| page.scripted(quote)).collect();
        // The layout is more reliable than the words.
        let settled: Vec<Span> = drafts.iter().map(|draft| draft.span).collect();
        let free = |draft: &Draft| !settled.iter().any(|span| shares(*span, draft.span));
        let narrated = |attribution: &&Attribution| {
            let at = doc.tokens().get(attribution.head).map(|token| token.span());
            let found_by_layout = scripted.iter().any(|quote| quote.cue == attribution.head);
            !found_by_layout && !settled.iter().any(|span| at.is_some_and(|at| span.contains(at)))
        };
        // Of a clause that an aside divides, models mostly find one part. And the speaker of an aside is not the subject of its clause:
        // "The ferry, its captain said, had passed every inspection."
        let divided = |attribution: &&Attribution| {
            let source = attribution.source.as_ref().and_then(|source| page.elements.all.get(source.start));
            !asides.iter().any(|aside| {
                let in_content = aside.content.iter().any(|part| part.contains(&attribution.head));
                let same_speaker =
                    source.is_some_and(|source| aside.speaker.contains(&(source.first as usize)));
                aside.cue == attribution.head || in_content && same_speaker
            })
        };
        let attributed = found
            .iter()
            .filter(narrated)
            .filter(divided)
            .filter_map(|attribution| page.attributed(attribution));
        drafts.extend(attributed.filter(free));
        drafts.extend(alone.iter().filter_map(|alone| page.alone(alone, found)).filter(free));
        drafts.extend(asides.iter().map(|aside| page.aside(aside)).filter(free));
        // Of quotes that begin together the longest comes first, so that parents come before the quotes inside them.
        drafts.sort_by_key(|draft| (draft.span.start(), std::cmp::Reverse(draft.span.end())));
        let mut holders: Vec<(Span, Vec<Span>, NewQuote)> = Vec::new();
        // The last quote whose speaker is known.
        let mut last: Option<Last> = None;
        for draft in &drafts {
            if let Some(id) = self.write(doc, draft, &holders, &mut last, out) {
                holders.push((draft.span, draft.content.clone(), id));
                // Only quotes that can contain a later one.
                holders.retain(|(span, ..)| span.end() > draft.span.start());
            }
        }
    }

    fn write(
        &self,
        doc: &DocumentView<'_>,
        draft: &Draft,
        holders: &[(Span, Vec<Span>, NewQuote)],
        last: &mut Option<Last>,
        out: &mut Emitter,
    ) -> Option<NewQuote> {
        let cue = draft.cue.map(|head| self.cue(doc, head));
        if let Some(rule) = self.held_back(doc, draft, cue.as_ref()) {
            out.held_back(draft.span, Some(draft.rule), rule, draft.confidence);
            return None;
        }
        let inside = |parts: &[Span]| parts.iter().any(|part| part.contains(draft.span));
        let parent = holders.iter().rev().find(|(_, content, _)| inside(content)).map(|(.., id)| *id);
        let mut quote = out.quote(draft.kind, draft.span, draft.rule).confidence(draft.confidence);
        for part in &draft.content {
            quote = quote.content(*part);
        }
        if let Some(cue) = &cue {
            quote =
                quote.cue(cue.span, &cue.lemma, cue.class, cue.stance).negated(cue.negated).modal(cue.modal);
        }
        if let Some(words) = &draft.speaker {
            let span = doc.token_span(words.start, words.end);
            let mut source = self.sources.read(doc, words);
            let pronoun = Pronoun { doc, words };
            source.entity = source
                .entity
                .filter(|entity| !pronoun.is_named_in(&draft.content, *entity))
                .filter(|entity| !last.as_ref().is_some_and(|last| pronoun.is_spoken_of(last, *entity)));
            if source.entity.is_none() && source.of.is_none() {
                let speaker = last.as_ref().and_then(|last| pronoun.goes_on(draft.span, last));
                source.entity = speaker.or_else(|| pronoun.subject_before(draft.span));
            }
            let nobody = source.entity.is_none() && self.anonymous.is(doc, words, source.head);
            quote = quote.speaker(span).anonymous(nobody);
            if let Some(entity) = source.entity {
                *last = Some(Last { whole: draft.span.cover(span), content: draft.span, speaker: entity });
                quote = quote.speaker_entity(entity);
            } else if let Some(owner) = source.of {
                quote = quote.speaker_of(owner);
            }
        }
        if let Some(parent) = parent {
            quote = quote.parent(parent);
        }
        Some(quote.id())
    }

    fn cue(&self, doc: &DocumentView<'_>, head: usize) -> WrittenCue {
        let CuePhrase { span, negated, modal } = self.auxiliaries.phrase(doc, head);
        let Some(token) = doc.tokens().get(head) else {
            return WrittenCue {
                span,
                lemma: String::new(),
                listed: false,
                class: CueClass::Speech,
                stance: Stance::Neutral,
                negated,
                modal,
            };
        };
        match self.cues.get(token.hash()) {
            Some(known) => WrittenCue {
                span,
                lemma: known.lemma.clone(),
                listed: true,
                class: known.class,
                stance: known.stance,
                negated,
                modal,
            },
            None => WrittenCue {
                span,
                lemma: lemma(doc.slice(token.span()), doc.parts_of_speech().get(head)),
                listed: !token.is_word(),
                class: CueClass::Speech,
                stance: Stance::Neutral,
                negated,
                modal,
            },
        }
    }
}
