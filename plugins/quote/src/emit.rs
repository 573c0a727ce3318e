//! Writes quotes down.

use std::ops::Range;

use copydesk_core::layers::{CueClass, NewQuote, PartOfSpeech as Pos, QuoteKind, Stance};
use copydesk_core::{DocumentView, Emitter, RuleId, Span, hash_lowered};

use crate::QuoteStage;
use crate::alone::Alone;
use crate::attribution::Attribution;
use crate::cue_phrase::CuePhrase;
use crate::elements::{Element, Elements};
use crate::lemma::lemma;
use crate::marks::Marked;
use crate::registry;
use crate::scripted::Scripted;

/// A quote in marks without a cue is one so often.
const CONFIDENCE_ALONE: f32 = 0.6;

/// A line of a transcript or a signed quote is one so often.
const CONFIDENCE_SCRIPTED: f32 = 0.85;

/// Adverbs that stand between a speaker and its verb.
const ASIDES: [u64; 6] = [
    hash_lowered("furthermore"),
    hash_lowered("however"),
    hash_lowered("meanwhile"),
    hash_lowered("moreover"),
    hash_lowered("nevertheless"),
    hash_lowered("though"),
];
const ON: u64 = hash_lowered("on");
const DAYS: [u64; 7] = [
    hash_lowered("monday"),
    hash_lowered("tuesday"),
    hash_lowered("wednesday"),
    hash_lowered("thursday"),
    hash_lowered("friday"),
    hash_lowered("saturday"),
    hash_lowered("sunday"),
];

/// Whether two quotes are much the same stretch of text.
fn shares(a: Span, b: Span) -> bool {
    let both = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
    5 * both > 2 * a.cover(b).len()
}

/// Whether a word can be what somebody says: more than a joining word or an article.
const fn says_something(tag: Pos) -> bool {
    tag.is_noun()
        || tag.is_verb()
        || matches!(
            tag,
            Pos::Number
                | Pos::Adjective
                | Pos::AdjectiveComparative
                | Pos::AdjectiveSuperlative
                | Pos::Pronoun
        )
        || matches!(
            tag,
            Pos::Adverb | Pos::WhPronoun | Pos::WhDeterminer | Pos::Interjection | Pos::Determiner
        )
}

/// A quote that is ready to be written.
struct Draft {
    kind: QuoteKind,
    span: Span,
    content: Vec<Span>,
    speaker: Option<Range<usize>>,
    confidence: f32,
    rule: RuleId,
    /// The token of the cue's main word.
    cue: Option<usize>,
}

impl QuoteStage {
    pub(crate) fn emit(
        &self,
        page: &Page<'_>,
        found: &[Attribution],
        scripted: &[Scripted],
        alone: &[Alone],
        out: &mut Emitter,
    ) {
        let doc = page.doc;
        let mut drafts: Vec<Draft> = scripted.iter().map(|quote| page.scripted(quote)).collect();
        // What the layout tells is surer than what the words do.
        let settled: Vec<Span> = drafts.iter().map(|draft| draft.span).collect();
        let free = |draft: &Draft| !settled.iter().any(|span| shares(*span, draft.span));
        let narrated = |attribution: &&Attribution| {
            let at = doc.tokens().get(attribution.head).map(|token| token.span());
            let told = scripted.iter().any(|quote| quote.cue == attribution.head);
            !told && !settled.iter().any(|span| at.is_some_and(|at| span.contains(at)))
        };
        let attributed = found.iter().filter(narrated).filter_map(|attribution| page.attributed(attribution));
        drafts.extend(attributed.filter(free));
        drafts.extend(alone.iter().filter_map(|alone| page.alone(alone, found)).filter(free));
        // The widest of those that begin together comes first, so that parents come before what they hold.
        drafts.sort_by_key(|draft| (draft.span.start(), std::cmp::Reverse(draft.span.end())));
        let mut holders: Vec<(Span, Vec<Span>, NewQuote)> = Vec::new();
        for draft in &drafts {
            if let Some(id) = self.write(doc, draft, &holders, out) {
                holders.push((draft.span, draft.content.clone(), id));
                // Only quotes that can hold a later one.
                holders.retain(|(span, ..)| span.end() > draft.span.start());
            }
        }
    }

    fn write(
        &self,
        doc: &DocumentView<'_>,
        draft: &Draft,
        holders: &[(Span, Vec<Span>, NewQuote)],
        out: &mut Emitter,
    ) -> Option<NewQuote> {
        let options = &self.options;
        let cue = draft.cue.map(|head| self.cue(doc, head));
        let wanted = (options.kinds.is_empty() || options.kinds.iter().any(|kind| kind.is(draft.kind)))
            && draft.confidence >= options.min_confidence
            && cue.as_ref().is_none_or(|cue| {
                options.classes.is_empty() || options.classes.iter().any(|class| class.is(cue.class))
            });
        if !wanted {
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
            quote = quote.speaker(span).anonymous(self.anonymous.is(doc, words));
        }
        if let Some(parent) = parent {
            quote = quote.parent(parent);
        }
        Some(quote.id())
    }
}

impl QuoteStage {
    fn cue(&self, doc: &DocumentView<'_>, head: usize) -> WrittenCue {
        let CuePhrase { span, negated, modal } = self.auxiliaries.phrase(doc, head);
        let Some(token) = doc.tokens().get(head) else {
            return WrittenCue {
                span,
                lemma: String::new(),
                class: CueClass::Speech,
                stance: Stance::Neutral,
                negated,
                modal,
            };
        };
        match self.cues.get(token.hash()) {
            Some(known) => WrittenCue {
                span,
                lemma: known.lemma.to_owned(),
                class: known.class,
                stance: known.stance,
                negated,
                modal,
            },
            None => WrittenCue {
                span,
                lemma: lemma(doc.slice(token.span()), doc.parts_of_speech().get(head)),
                class: CueClass::Speech,
                stance: Stance::Neutral,
                negated,
                modal,
            },
        }
    }
}

/// A document with what was found in it.
pub(crate) struct Page<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) marked: &'a [Marked],
    pub(crate) elements: &'a Elements,
}

impl Page<'_> {
    fn attributed(&self, attribution: &Attribution) -> Option<Draft> {
        let mut content = Vec::with_capacity(attribution.content.len());
        let mut whole: Option<Span> = None;
        let (mut quoted, mut plain, mut says) = (false, false, false);
        for part in &attribution.content {
            let part = self.trimmed(part.clone());
            let (Some(first), Some(last)) = (self.elements.all.get(part.start), part.end.checked_sub(1))
            else {
                continue;
            };
            if part.is_empty() {
                continue;
            }
            let last = &self.elements.all[last];
            for element in &self.elements.all[part.clone()] {
                quoted |= element.is_quoted();
                says |= element.is_quoted() || element.part_of_speech().is_some_and(says_something);
                plain |= !element.is_quoted() && !element.part_of_speech().is_some_and(Pos::is_punctuation);
            }
            // A comma behind the closing mark belongs to the sentence around.
            let outer_end = self.marked_of(last).map_or(last.end as usize, |stretch| stretch.tokens.end);
            let outer = self.doc.token_span(first.first as usize, outer_end);
            whole = Some(whole.map_or(outer, |span| span.cover(outer)));
            // Marks at the edges do not belong to what was said.
            let start = self.inside(first).map_or(first.first as usize, |inside| inside.start);
            let end = self.inside(last).map_or(last.end as usize, |inside| inside.end);
            if start < end {
                content.push(self.doc.token_span(start, end));
            }
        }
        let kind = match (quoted, plain) {
            (true, false) => QuoteKind::Direct,
            (true, true) => QuoteKind::Mixed,
            (false, _) => QuoteKind::Indirect,
        };
        Some(Draft {
            kind,
            span: whole.filter(|_| says && !content.is_empty())?,
            content,
            speaker: self.speaker(attribution),
            confidence: attribution.confidence,
            rule: registry::ATTRIBUTION,
            cue: Some(attribution.head),
        })
    }

    fn scripted(&self, quote: &Scripted) -> Draft {
        let content = self.doc.token_span(quote.content.start, quote.content.end);
        Draft {
            kind: QuoteKind::Direct,
            span: content,
            content: vec![content],
            speaker: Some(quote.speaker.clone()),
            confidence: CONFIDENCE_SCRIPTED,
            rule: quote.rule,
            cue: Some(quote.cue),
        }
    }

    fn alone(&self, alone: &Alone, found: &[Attribution]) -> Option<Draft> {
        let stretch = self.marked.get(alone.marked)?;
        let content = stretch.content();
        Some(Draft {
            kind: QuoteKind::Direct,
            span: self.doc.token_span(stretch.tokens.start, stretch.tokens.end),
            content: vec![self.doc.token_span(content.start, content.end)],
            speaker: alone.goes_on.and_then(|place| self.speaker(found.get(place)?)),
            confidence: CONFIDENCE_ALONE,
            rule: if alone.goes_on.is_some() { registry::SPEAKER_GOES_ON } else { registry::MARKS_ALONE },
            cue: None,
        })
    }

    fn marked_of(&self, element: &Element) -> Option<&Marked> {
        self.marked.get((element.marked as usize).checked_sub(1)?)
    }

    /// The tokens between the marks of a quoted element.
    fn inside(&self, element: &Element) -> Option<Range<usize>> {
        self.marked_of(element).map(Marked::content)
    }

    fn speaker(&self, attribution: &Attribution) -> Option<Range<usize>> {
        let source = self.without_asides(self.trimmed(attribution.source.clone()?));
        let (first, last) = (self.elements.all.get(source.start)?, source.end.checked_sub(1)?);
        (!source.is_empty()).then(|| first.first as usize..self.elements.all[last].end as usize)
    }

    /// Without the day of speaking, or an adverb behind a comma: "the ministry on Tuesday".
    fn without_asides(&self, source: Range<usize>) -> Range<usize> {
        let word = |at: usize| self.elements.all[at].word;
        let mut end = source.end;
        if end > source.start + 1 && DAYS.contains(&word(end - 1)) {
            end -= 1;
            if end > source.start + 1 && word(end - 1) == ON {
                end -= 1;
            }
        }
        // "The ministry, furthermore, said"
        let adverb = |at: usize| {
            self.elements.all[at].part_of_speech() == Some(Pos::Adverb) || ASIDES.contains(&word(at))
        };
        let comma = |at: usize| self.elements.all[at].part_of_speech() == Some(Pos::Comma);
        if end > source.start + 2 && adverb(end - 1) && comma(end - 2) {
            end -= 2;
        }
        source.start..end
    }

    /// Without marks at the edges.
    fn trimmed(&self, part: Range<usize>) -> Range<usize> {
        let edge = |at: usize| {
            let tag = self.elements.all[at].part_of_speech();
            matches!(tag, Some(Pos::Comma | Pos::Stop | Pos::Mark))
        };
        let Range { mut start, mut end } = part;
        while start < end && edge(start) {
            start += 1;
        }
        while start < end && edge(end - 1) {
            end -= 1;
        }
        start..end
    }
}

/// A cue that is ready to be written.
struct WrittenCue {
    span: Span,
    lemma: String,
    class: CueClass,
    stance: Stance,
    negated: bool,
    modal: bool,
}
