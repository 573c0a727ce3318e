//! Drafts of quotes: the words that were said and their speaker, trimmed to what belongs to them.

use std::ops::Range;

use copydesk_core::layers::{CueClass, MentionForm, PartOfSpeech as Pos, QuoteKind, Stance};
use copydesk_core::{DocumentView, RuleId, Span, hash_lowered};

use crate::alone::{Alone, By};
use crate::asides::{Aside, after_dateline};
use crate::attribution::Attribution;
use crate::elements::{Element, Elements};
use crate::frames::{Agent, Frames, noun_phrase};
use crate::marks::Marked;
use crate::registry;
use crate::scripted::Scripted;
use crate::speaker::names_person;
use crate::word_lists::WordLists;

/// The share of words in marks without a cue that are a quote.
const CONFIDENCE_ALONE: f32 = 0.6;

/// The share of words in marks next to a verb and a name that are a quote.
const CONFIDENCE_BESIDE: f32 = 0.75;

/// The share of clauses with a speaker between commas that are a quote.
const CONFIDENCE_ASIDE: f32 = 0.85;

/// The share of lines of a transcript, and of signed quotes, that are a quote.
const CONFIDENCE_SCRIPTED: f32 = 0.85;

const ON: u64 = hash_lowered("on");

/// Pronouns that are no subject.
const OBJECTS: [u64; 4] = [hash_lowered("me"), hash_lowered("him"), hash_lowered("us"), hash_lowered("them")];

/// A quote that is ready to be written.
pub(crate) struct Draft {
    pub(crate) kind: QuoteKind,
    pub(crate) span: Span,
    pub(crate) content: Vec<Span>,
    pub(crate) speaker: Option<Range<usize>>,
    pub(crate) confidence: f32,
    pub(crate) rule: RuleId,
    /// The token of the cue's main word.
    pub(crate) cue: Option<usize>,
}

/// A cue that is ready to be written.
pub(crate) struct WrittenCue {
    pub(crate) span: Span,
    pub(crate) lemma: String,
    /// It is in a table, or is a mark such as a colon.
    pub(crate) listed: bool,
    pub(crate) class: CueClass,
    pub(crate) stance: Stance,
    pub(crate) negated: bool,
    pub(crate) modal: bool,
}

/// Whether words can be a statement: more than a conjunction or an article.
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

/// A document with everything that was found in it.
pub(crate) struct Page<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) marked: &'a [Marked],
    pub(crate) elements: &'a Elements,
    pub(crate) frames: &'a Frames,
    pub(crate) lists: &'a WordLists,
}

impl Page<'_> {
    pub(crate) fn attributed(&self, attribution: &Attribution) -> Option<Draft> {
        let subject = self.speaker(attribution);
        let agent = self.frames.agent(self.doc, self.lists, attribution.head, subject.as_ref());
        if agent == Agent::PassedOn {
            return None;
        }
        let mut content = Vec::with_capacity(attribution.content.len());
        let mut whole: Option<Span> = None;
        let (mut quoted, mut plain, mut says) = (false, false, false);
        // The subject of a passive is the addressee or the topic, not the statement: "The jury was told that …".
        let passive = matches!(agent, Agent::Nobody | Agent::By(_));
        let after = attribution.content.iter().any(|part| part.start > attribution.cue);
        let said = |part: &&Range<usize>| !(passive && after && part.end <= attribution.cue);
        for part in attribution.content.iter().filter(said) {
            let part = self.trimmed(self.without_agent(part.clone(), &agent));
            let part = self.without_addressee(part, attribution);
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
            // A comma after the closing mark belongs to the sentence around.
            let outer_end = self.marked_of(last).map_or(last.end as usize, |stretch| stretch.tokens.end);
            let outer = self.doc.token_span(first.first as usize, outer_end);
            // Marks at the edges are not part of the statement.
            let start = self.inside(first).map_or(first.first as usize, |inside| inside.start);
            let start = self.phrase_start(self.clause_start(start, attribution.head), attribution.head);
            let outer = outer.cover(self.doc.token_span(start, start + 1));
            whole = Some(whole.map_or(outer, |span| span.cover(outer)));
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
            speaker: match agent {
                Agent::Subject => subject,
                Agent::By(words) => Some(words),
                Agent::Nobody | Agent::PassedOn => None,
            },
            confidence: attribution.confidence,
            rule: registry::ATTRIBUTION,
            cue: Some(attribution.head),
        })
    }

    pub(crate) fn scripted(&self, quote: &Scripted) -> Draft {
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

    pub(crate) fn aside(&self, aside: &Aside) -> Draft {
        let content: Vec<Span> =
            aside.content.iter().map(|part| self.doc.token_span(part.start, part.end)).collect();
        let span = content.iter().copied().reduce(Span::cover);
        Draft {
            kind: QuoteKind::Indirect,
            span: span.unwrap_or_else(|| self.doc.token_span(aside.cue, aside.cue)),
            content,
            speaker: Some(aside.speaker.clone()),
            confidence: CONFIDENCE_ASIDE,
            rule: aside.rule,
            cue: Some(aside.cue),
        }
    }

    pub(crate) fn alone(&self, alone: &Alone, found: &[Attribution]) -> Option<Draft> {
        let stretch = self.marked.get(alone.marked)?;
        let content = stretch.content();
        let (speaker, cue, rule, confidence) = match &alone.by {
            By::Nobody => (None, None, registry::MARKS_ALONE, CONFIDENCE_ALONE),
            By::GoesOn(place) => {
                let speaker = found.get(*place).and_then(|attribution| self.speaker(attribution));
                (speaker, None, registry::SPEAKER_GOES_ON, CONFIDENCE_ALONE)
            }
            By::Subject(words) => (Some(words.clone()), None, registry::SUBJECT_BEFORE, CONFIDENCE_ALONE),
            By::Verb(beside) => {
                (Some(beside.speaker.clone()), Some(beside.verb), registry::VERB_BESIDE, CONFIDENCE_BESIDE)
            }
        };
        Some(Draft {
            kind: QuoteKind::Direct,
            span: self.doc.token_span(stretch.tokens.start, stretch.tokens.end),
            content: vec![self.doc.token_span(content.start, content.end)],
            speaker,
            confidence,
            rule,
            cue,
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
        let source = attribution.source.clone()?;
        let source = self.subject_beside(&source, attribution.cue).unwrap_or(source);
        let source = self.without_asides(self.trimmed(source));
        let (first, last) = (self.elements.all.get(source.start)?, source.end.checked_sub(1)?);
        if source.is_empty() {
            return None;
        }
        let words = self.whole_name(first.first as usize..self.elements.all[last].end as usize);
        Some(self.phrase_around(words, attribution.head))
    }

    /// "teased the sailor next to him, Nora Falk": the whole phrase after the cue, of which the models found only an object pronoun or
    /// the words before the name.
    fn phrase_around(&self, words: Range<usize>, cue: usize) -> Range<usize> {
        let tag = |at: usize| self.doc.parts_of_speech().get(at);
        let article = matches!(tag(cue + 1), Some(Pos::Determiner | Pos::PronounPossessive));
        let object = words.len() == 1
            && self.doc.tokens().get(words.start).is_some_and(|token| OBJECTS.contains(&token.hash()))
            && cue + 1 < words.start;
        if !article || !(object || words.start == cue + 1) {
            return words;
        }
        cue + 1..self.name_beside(words.end).unwrap_or(words.end)
    }

    /// The end of the person's name that follows a noun phrase after a comma, perhaps with a prepositional phrase before the comma:
    /// ", Nora Falk.", "next to him, Nora Falk.".
    fn name_beside(&self, end: usize) -> Option<usize> {
        /// The maximum number of words before the comma.
        const LONGEST: usize = 5;
        let tag = |at: usize| self.doc.parts_of_speech().get(at);
        let comma = (end..=end + LONGEST).find(|at| tag(*at) == Some(Pos::Comma))?;
        let phrase = |at: usize| tag(at).is_some_and(|tag| !tag.is_punctuation() && !tag.is_verb());
        let begins = comma == end || matches!(tag(end), Some(Pos::Preposition | Pos::To | Pos::Adjective));
        let first = self.doc.tokens().get(comma + 1)?.span().start();
        let around = self.doc.token_span(comma + 1, (comma + 5).min(self.doc.tokens().len()));
        let name = self.doc.mentions_in(around).find(|mention| mention.span.start() == first)?;
        let after = self.doc.tokens_in(name.span).end;
        let closes = tag(after).is_none_or(Pos::is_punctuation);
        let whole = begins && (end..comma).all(phrase) && closes;
        (whole && names_person(self.doc, &name)).then_some(after)
    }

    /// "It was the third time the union said …": the noun phrase right before a finite cue, if another finite verb is between
    /// the source and that phrase.
    fn subject_beside(&self, source: &Range<usize>, cue: usize) -> Option<Range<usize>> {
        let tag = |at: usize| self.elements.all[at].part_of_speech();
        let in_phrase = |at: &usize| {
            tag(*at).is_some_and(|tag| {
                tag.is_noun()
                    || matches!(
                        tag,
                        Pos::Pronoun
                            | Pos::Determiner
                            | Pos::PronounPossessive
                            | Pos::Possessive
                            | Pos::Adjective
                            | Pos::Number
                    )
            })
        };
        if source.end >= cue || !tag(cue).is_some_and(Pos::is_finite) {
            return None;
        }
        let start = (source.end..cue).rev().take_while(in_phrase).last()?;
        // An article begins a phrase of its own: "the third time the union".
        let article = |at: &usize| tag(*at) == Some(Pos::Determiner);
        let start = (start..cue).rev().find(article).unwrap_or(start);
        let named = (start..cue).any(|at| tag(at).is_some_and(|tag| tag.is_noun() || tag == Pos::Pronoun));
        let verb = (source.end..start).any(|at| tag(at).is_some_and(Pos::is_finite));
        (named && verb).then_some(start..cue)
    }

    /// "Graaf" of "Pieter de Graaf", "Cameron" of "Cameron Easley": the whole name, if a source is an end of one.
    fn whole_name(&self, words: Range<usize>) -> Range<usize> {
        /// The maximum number of words that a name may have beyond the source.
        const LONGEST: usize = 6;
        let source = self.doc.token_span(words.start, words.end);
        let around = self.doc.token_span(words.start.saturating_sub(LONGEST), words.end + LONGEST);
        let mut names = self.doc.mentions_in(around).filter(|mention| mention.form == MentionForm::Name);
        let name = names.find(|mention| {
            let (name, single) = (mention.span, words.len() == 1);
            name.end() == source.end() && name.start() < source.start()
                || single && name.start() == source.start() && name.end() > source.end()
        });
        name.map_or(words.clone(), |name| {
            let own = self.doc.tokens_in(name.span);
            own.start.min(words.start)..own.end.max(words.end)
        })
    }

    /// "The port reopened after a strike that cost exporters millions, the ministry said.": content that begins with "that" after a
    /// noun begins in the middle of its clause; the content is the whole clause, if only words are before it. `start` is its first
    /// token, `cue` that of the verb after it.
    fn clause_start(&self, start: usize, cue: usize) -> usize {
        let tags = self.doc.parts_of_speech();
        let relative =
            matches!(self.doc.slice(self.doc.token_span(start, start + 1)), "that" | "which" | "who");
        let noun = start.checked_sub(1).and_then(|before| tags.get(before)).is_some_and(Pos::is_noun);
        let Some(token) = self.doc.tokens().get(start).filter(|_| relative && noun && start < cue) else {
            return start;
        };
        let Some(sentence) = self.doc.sentences().get(token.sentence()) else { return start };
        let first = after_dateline(self.doc, &sentence.tokens());
        let mut verbs = 0;
        for at in first..start {
            let Some(tag) = tags.get(at).filter(|tag| !tag.is_punctuation()) else { return start };
            // Taggers sometimes take "reopened" for a participle.
            verbs += usize::from(tag.is_finite() || tag == Pos::VerbParticiple);
        }
        if verbs > 0 { first } else { start }
    }

    /// "The skipper said fish in the bay had died.": content that begins after a preposition begins in the middle
    /// of a phrase; the content is the whole phrase, if this follows the cue. Not where the cue takes an addressee: "informed members of
    /// the plan". `start` is its first token, `cue` that of the verb before it.
    fn phrase_start(&self, start: usize, cue: usize) -> usize {
        let tags = self.doc.parts_of_speech();
        let after_preposition = start > cue + 2 && tags.get(start - 1) == Some(Pos::Preposition);
        if !after_preposition || self.lists.addressing.contains(self.doc.tokens()[cue].hash()) {
            return start;
        }
        let mut between = (cue + 1..start).filter_map(|at| tags.get(at));
        let opens = !matches!(tags.get(cue + 1), Some(Pos::Preposition | Pos::To));
        let whole = between.all(|tag| !tag.is_punctuation() && !tag.is_finite());
        if opens && whole { cue + 1 } else { start }
    }

    /// Without the day of speaking, or an adverb after a comma: "the ministry on Tuesday".
    fn without_asides(&self, source: Range<usize>) -> Range<usize> {
        let word = |at: usize| self.elements.all[at].word;
        let mut end = source.end;
        if end > source.start + 1 && self.lists.days.contains(word(end - 1)) {
            end -= 1;
            if end > source.start + 1 && word(end - 1) == ON {
                end -= 1;
            }
        }
        // "The ministry, furthermore, said"
        let adverb = |at: usize| {
            self.elements.all[at].part_of_speech() == Some(Pos::Adverb)
                || self.lists.asides.contains(word(at))
        };
        let comma = |at: usize| self.elements.all[at].part_of_speech() == Some(Pos::Comma);
        if end > source.start + 2 && adverb(end - 1) && comma(end - 2) {
            end -= 2;
        }
        source.start..end
    }

    /// The part of a passive's content in quotation marks, if the content includes the agent: "denounced as “theft” by farmers".
    fn without_agent(&self, part: Range<usize>, agent: &Agent) -> Range<usize> {
        let Agent::By(words) = agent else { return part };
        let all = &self.elements.all;
        let holds = all[part.clone()].iter().any(|element| element.first as usize == words.start);
        let quoted = part.clone().find(|at| all[*at].is_quoted());
        match quoted {
            Some(quoted) if holds => quoted..quoted + 1,
            _ => part,
        }
    }

    /// After "promised the miners that …", without the miners; after "warned them the road was closed", without "them", which is
    /// not the subject of a clause.
    fn without_addressee(&self, part: Range<usize>, attribution: &Attribution) -> Range<usize> {
        const THAT: u64 = hash_lowered("that");
        const QUESTION: [u64; 7] = [
            hash_lowered("what"),
            hash_lowered("how"),
            hash_lowered("why"),
            hash_lowered("whether"),
            hash_lowered("if"),
            hash_lowered("where"),
            hash_lowered("when"),
        ];
        let all = &self.elements.all;
        let Some(first) = all.get(part.start).filter(|_| part.start == attribution.cue + 1) else {
            return part;
        };
        let finite = |at: usize| all[at].part_of_speech().is_some_and(Pos::is_finite);
        if OBJECTS.contains(&first.word) && (part.start + 1..part.end).any(finite) {
            return part.start + 1..part.end;
        }
        let end = all[part.end - 1].end as usize;
        let Some(addressee) = noun_phrase(self.doc, first.first as usize, end) else { return part };
        let hash = |at: usize| self.doc.tokens().get(at).map_or(0, |token| token.hash());
        let tag = self.doc.parts_of_speech().get(addressee.end);
        let verb = self.doc.parts_of_speech().get(addressee.end + 1).is_none_or(Pos::is_verb);
        let that = hash(addressee.end) == THAT && (tag == Some(Pos::Preposition) || !verb);
        // "asked the author what the purpose was"; not "warned those who live there"
        let question =
            self.lists.addressing.contains(hash(attribution.head)) && QUESTION.contains(&hash(addressee.end));
        let start = part.clone().find(|at| all[*at].first as usize == addressee.end);
        start.filter(|_| that || question).map_or(part.clone(), |start| start..part.end)
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
