//! Writes quotes down.

use std::ops::Range;

use copydesk_core::layers::{
    CueClass, EntityId, EntityKind, MentionForm, NewQuote, PartOfSpeech as Pos, QuoteKind, Stance,
};
use copydesk_core::{DocumentView, Emitter, RuleId, Span, hash_lower, hash_lowered};

use crate::QuoteStage;
use crate::alone::{Alone, By};
use crate::asides::{Aside, behind_dateline};
use crate::attribution::Attribution;
use crate::cue_phrase::CuePhrase;
use crate::elements::{Element, Elements};
use crate::frames::{Agent, Frames, noun_phrase};
use crate::lemma::lemma;
use crate::marks::Marked;
use crate::registry;
use crate::scripted::Scripted;
use crate::word_lists::WordLists;

/// A quote in marks without a cue is one so often.
const CONFIDENCE_ALONE: f32 = 0.6;

/// Words in marks beside a verb and a name are a quote so often.
const CONFIDENCE_BESIDE: f32 = 0.75;

/// A clause with a speaker between commas is a quote so often.
const CONFIDENCE_ASIDE: f32 = 0.85;

/// A line of a transcript or a signed quote is one so often.
const CONFIDENCE_SCRIPTED: f32 = 0.85;

/// The lemma of "according to".
const ACCORDING: &str = "according";
const ON: u64 = hash_lowered("on");

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

/// Whether words hold a clause: a finite verb, a gerund at the start ("admitted hiding it"), or what the cue's verb takes in place
/// of one: an infinitive, a gerund behind a preposition.
fn is_clause(doc: &DocumentView<'_>, span: Span, lemma: &str, lists: &WordLists) -> bool {
    let tags = doc.parts_of_speech();
    let tokens = doc.tokens_in(span);
    let lemma = hash_lower(lemma);
    let (directs, accuses) = (lists.directing.contains(lemma), lists.accusing.contains(lemma));
    tokens.clone().any(|at| {
        tags.get(at).is_some_and(Pos::is_finite)
            || directs
                && tags.get(at) == Some(Pos::To)
                && at + 1 < tokens.end
                && tags.get(at + 1) == Some(Pos::Verb)
            || tags.get(at) == Some(Pos::VerbGerund)
                && (at == tokens.start || accuses && tags.get(at - 1) == Some(Pos::Preposition))
    })
}

/// "The port reopened on Monday, the ministry said.": whether content begins its sentence, in front of its cue, and has a participle,
/// which is what taggers take the verb of such a clause for.
fn is_whole_sentence(doc: &DocumentView<'_>, draft: &Draft) -> bool {
    let (Some(content), Some(cue)) = (draft.content.first(), draft.cue) else { return false };
    let own = doc.tokens_in(*content);
    let begins = doc
        .tokens()
        .get(own.start)
        .and_then(|token| doc.sentences().get(token.sentence()))
        .is_some_and(|sentence| sentence.tokens().start == own.start);
    let tags = doc.parts_of_speech();
    let subject = tags.get(own.start).is_some_and(|tag| {
        tag.is_noun()
            || matches!(tag, Pos::Determiner | Pos::PronounPossessive | Pos::Number | Pos::Adjective)
    });
    begins && subject && own.end <= cue && own.clone().any(|at| tags.get(at) == Some(Pos::VerbParticiple))
}

/// Whether indirect content opens like a clause that somebody said: "that …", "whether …".
fn opens_with_that(doc: &DocumentView<'_>, draft: &Draft) -> bool {
    opens_with(doc, draft, &["that", "whether", "if", "how", "why"])
}

fn opens_with(doc: &DocumentView<'_>, draft: &Draft, words: &[&str]) -> bool {
    let first = draft.content.first().and_then(|part| doc.tokens().get(doc.token_at(part.start())));
    first.is_some_and(|token| words.contains(&doc.slice(token.span()).to_ascii_lowercase().as_str()))
}

/// Whether words in marks are a title or a name: capitals on all words but the small ones, no verb's clause that ends.
fn is_title(doc: &DocumentView<'_>, span: Span) -> bool {
    let tokens = doc.tokens_in(span);
    let ends = tokens.end.checked_sub(1).and_then(|last| doc.tokens().get(last));
    let closes = ends.is_some_and(|token| matches!(doc.slice(token.span()), "," | "." | "!" | "?" | "…"));
    let words = || doc.tokens()[tokens.clone()].iter().filter(|token| token.is_word());
    let capitals = words().filter(|token| token.is_capitalized()).count();
    // "The Merchant of Venice"
    let small = words().filter(|token| !token.is_capitalized()).all(|token| token.span().len() <= 4);
    !closes && capitals >= 2 && small && capitals * 2 > words().count()
}

/// The last quote whose speaker is known.
#[derive(Clone, Copy)]
struct Last {
    /// Quote and speaker.
    whole: Span,
    /// The words of the quote.
    content: Span,
    speaker: EntityId,
}

/// So many words between two quotes leave their speaker known.
const NEAR: usize = 60;

/// A speaker of whom the text says "he" or "she".
struct Pronoun<'d> {
    doc: &'d DocumentView<'d>,
    words: &'d Range<usize>,
}

impl Pronoun<'_> {
    fn is_one(&self) -> bool {
        let word = self.doc.tokens().get(self.words.start).map_or("", |token| self.doc.slice(token.span()));
        self.words.len() == 1 && matches!(word.to_ascii_lowercase().as_str(), "he" | "she")
    }

    fn names(&self, within: Span, entity: EntityId) -> bool {
        self.doc
            .mentions_in(within)
            .any(|mention| mention.entity == entity && mention.form == MentionForm::Name)
    }

    /// Whether the quote itself names the entity: nobody speaks of themselves so.
    fn is_named_in(&self, content: &[Span], entity: EntityId) -> bool {
        self.is_one() && content.iter().any(|part| self.names(*part, entity))
    }

    /// Whether the entity was last named inside the quote before, by its speaker: "“Vasile should have called,” Rusu said. She
    /// said …" is Rusu.
    fn is_spoken_of(&self, last: &Last, entity: EntityId) -> bool {
        let since = self.doc.span(last.whole.end() as usize, self.start() as usize);
        self.is_one()
            && entity != last.speaker
            && self.names(last.content, entity)
            && since.is_some_and(|since| !self.names(since, entity) && self.is_near(since))
    }

    /// The speaker of the quote before, where no other name stands between the two.
    fn goes_on(&self, quote: Span, last: &Last) -> Option<EntityId> {
        let person = self.doc.entity(last.speaker).is_some_and(|entity| entity.kind() == EntityKind::Person);
        let between = self.doc.span(last.whole.end() as usize, quote.start().min(self.start()) as usize)?;
        let other = self.doc.mentions_in(between).any(|mention| mention.form == MentionForm::Name);
        (self.is_one() && person && self.is_near(between) && !other).then_some(last.speaker)
    }

    /// The one person whom the sentence before the quote names.
    fn subject_before(&self, quote: Span) -> Option<EntityId> {
        let first = self.doc.token_at(quote.start().min(self.start()));
        let before = self.doc.tokens().get(first.checked_sub(1)?)?.sentence();
        let own = self.doc.tokens().get(first)?.sentence();
        let sentence = self.doc.sentences().get(before).filter(|_| before != own)?;
        let mut persons = self.doc.mentions_in(sentence.span()).filter(|mention| {
            self.doc.entity(mention.entity).is_some_and(|entity| entity.kind() == EntityKind::Person)
        });
        let subject = persons.next().filter(|mention| mention.form == MentionForm::Name)?;
        let alone = persons.all(|mention| mention.entity == subject.entity);
        (self.is_one() && alone).then_some(subject.entity)
    }

    fn start(&self) -> u32 {
        self.doc.tokens().get(self.words.start).map_or(0, |token| token.span().start())
    }

    fn is_near(&self, between: Span) -> bool {
        self.doc.tokens_in(between).len() <= NEAR
    }
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
        laid_out: LaidOut<'_>,
        out: &mut Emitter,
    ) {
        let doc = page.doc;
        let LaidOut { scripted, alone, asides } = laid_out;
        let mut drafts: Vec<Draft> = scripted.iter().map(|quote| page.scripted(quote)).collect();
        // What the layout tells is surer than what the words do.
        let settled: Vec<Span> = drafts.iter().map(|draft| draft.span).collect();
        let free = |draft: &Draft| !settled.iter().any(|span| shares(*span, draft.span));
        let narrated = |attribution: &&Attribution| {
            let at = doc.tokens().get(attribution.head).map(|token| token.span());
            let told = scripted.iter().any(|quote| quote.cue == attribution.head);
            !told && !settled.iter().any(|span| at.is_some_and(|at| span.contains(at)))
        };
        // Of a clause that an aside divides, models mostly find one part.
        let divided = |attribution: &&Attribution| !asides.iter().any(|aside| aside.cue == attribution.head);
        let attributed = found
            .iter()
            .filter(narrated)
            .filter(divided)
            .filter_map(|attribution| page.attributed(attribution));
        drafts.extend(attributed.filter(free));
        drafts.extend(alone.iter().filter_map(|alone| page.alone(alone, found)).filter(free));
        drafts.extend(asides.iter().map(|aside| page.aside(aside)).filter(free));
        // The widest of those that begin together comes first, so that parents come before what they hold.
        drafts.sort_by_key(|draft| (draft.span.start(), std::cmp::Reverse(draft.span.end())));
        let mut holders: Vec<(Span, Vec<Span>, NewQuote)> = Vec::new();
        // The last quote whose speaker is known.
        let mut last: Option<Last> = None;
        for draft in &drafts {
            if let Some(id) = self.write(doc, draft, &holders, &mut last, out) {
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
}

impl QuoteStage {
    /// The rule that keeps a draft from being written.
    fn held_back(&self, doc: &DocumentView<'_>, draft: &Draft, cue: Option<&WrittenCue>) -> Option<RuleId> {
        let options = &self.options;
        if !(options.kinds.is_empty() || options.kinds.iter().any(|kind| kind.is(draft.kind))) {
            return Some(registry::OTHER_KIND);
        }
        if draft.confidence < options.min_confidence {
            return Some(registry::UNSURE);
        }
        let cue = cue?;
        if !(options.classes.is_empty() || options.classes.iter().any(|class| class.is(cue.class))) {
            return Some(registry::OTHER_CLASS);
        }
        if options.attitudes {
            return None;
        }
        let clause = || draft.content.iter().any(|part| is_clause(doc, *part, &cue.lemma, &self.lists));
        let noun = draft.cue.and_then(|head| doc.parts_of_speech().get(head)).is_some_and(Pos::is_noun);
        let said = || opens_with_that(doc, draft) || cue.lemma == ACCORDING;
        let speech = matches!(cue.class, CueClass::Speech | CueClass::Writing);
        match draft.kind {
            QuoteKind::Direct if draft.content.iter().all(|part| is_title(doc, *part)) => {
                Some(registry::TITLE)
            }
            // Marks say that these are somebody's words, whatever verb stands beside them.
            QuoteKind::Direct => None,
            _ if !speech && !self.is_finding(doc, draft, cue) => Some(registry::ATTITUDE),
            // "declined to comment"
            _ if self.lists.refusing.contains(hash_lower(&cue.lemma)) && opens_with(doc, draft, &["to"]) => {
                Some(registry::REFUSAL)
            }
            // "his questioning of the candidate", "has been in talks", "its forecast by"
            _ if noun && !said() => Some(registry::NOUN_CUE),
            QuoteKind::Mixed if cue.listed => None,
            _ if !cue.listed => Some(registry::UNLISTED_CUE),
            // What stands beside "according to" is always a statement, whatever the tagger takes its verb for.
            _ if cue.lemma != ACCORDING && !clause() && !is_whole_sentence(doc, draft) => {
                Some(registry::NO_CLAUSE)
            }
            _ if draft.speaker.is_none() && !opens_with_that(doc, draft) => Some(registry::NO_SPEAKER),
            _ => None,
        }
    }

    /// "Scientists found that …", "The audit shows that …": what was found out is told by who found it out.
    fn is_finding(&self, doc: &DocumentView<'_>, draft: &Draft, cue: &WrittenCue) -> bool {
        self.lists.finding.contains(hash_lower(&cue.lemma))
            && opens_with(doc, draft, &["that"])
            && draft.speaker.clone().is_some_and(|words| {
                doc.tokens()[words].iter().any(|token| self.lists.researching.contains(token.hash()))
            })
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

/// Quotes that the layout of a text shows.
#[derive(Clone, Copy)]
pub(crate) struct LaidOut<'a> {
    pub(crate) scripted: &'a [Scripted],
    pub(crate) alone: &'a [Alone],
    pub(crate) asides: &'a [Aside],
}

/// A document with what was found in it.
pub(crate) struct Page<'a> {
    pub(crate) doc: &'a DocumentView<'a>,
    pub(crate) marked: &'a [Marked],
    pub(crate) elements: &'a Elements,
    pub(crate) frames: &'a Frames,
    pub(crate) lists: &'a WordLists,
}

impl Page<'_> {
    fn attributed(&self, attribution: &Attribution) -> Option<Draft> {
        let subject = self.speaker(attribution);
        let agent = self.frames.agent(self.doc, self.lists, attribution.head, subject.as_ref());
        if agent == Agent::PassedOn {
            return None;
        }
        let mut content = Vec::with_capacity(attribution.content.len());
        let mut whole: Option<Span> = None;
        let (mut quoted, mut plain, mut says) = (false, false, false);
        // The subject of a passive is addressed or spoken of, not said: "The jury was told that …".
        let passive = matches!(agent, Agent::Nobody | Agent::By(_));
        let behind = attribution.content.iter().any(|part| part.start > attribution.cue);
        let said = |part: &&Range<usize>| !(passive && behind && part.end <= attribution.cue);
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
            // A comma behind the closing mark belongs to the sentence around.
            let outer_end = self.marked_of(last).map_or(last.end as usize, |stretch| stretch.tokens.end);
            let outer = self.doc.token_span(first.first as usize, outer_end);
            // Marks at the edges do not belong to what was said.
            let start = self.inside(first).map_or(first.first as usize, |inside| inside.start);
            let start = self.clause_start(start, attribution.head);
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

    fn aside(&self, aside: &Aside) -> Draft {
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

    fn alone(&self, alone: &Alone, found: &[Attribution]) -> Option<Draft> {
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
        let source = self.without_asides(self.trimmed(attribution.source.clone()?));
        let (first, last) = (self.elements.all.get(source.start)?, source.end.checked_sub(1)?);
        (!source.is_empty())
            .then(|| self.whole_name(first.first as usize..self.elements.all[last].end as usize))
    }

    /// "Graaf" of "Pieter de Graaf": the whole name, where a source is the end of one.
    fn whole_name(&self, words: Range<usize>) -> Range<usize> {
        /// Words of a name before those of the source, at most.
        const LONGEST: usize = 6;
        let source = self.doc.token_span(words.start, words.end);
        let around = self.doc.token_span(words.start.saturating_sub(LONGEST), words.end);
        let name = self.doc.mentions_in(around).find(|mention| {
            mention.form == MentionForm::Name
                && mention.span.end() == source.end()
                && mention.span.start() < source.start()
        });
        name.map_or(words.clone(), |name| self.doc.token_at(name.span.start())..words.end)
    }

    /// "The port reopened after a strike that cost exporters millions, the ministry said.": content that begins with "that" behind a
    /// noun begins in the middle of its clause; it is the whole clause, where nothing but words is before it. `start` is its first
    /// token, `cue` the one of the verb behind it.
    fn clause_start(&self, start: usize, cue: usize) -> usize {
        let tags = self.doc.parts_of_speech();
        let relative =
            matches!(self.doc.slice(self.doc.token_span(start, start + 1)), "that" | "which" | "who");
        let noun = start.checked_sub(1).and_then(|before| tags.get(before)).is_some_and(Pos::is_noun);
        let Some(token) = self.doc.tokens().get(start).filter(|_| relative && noun && start < cue) else {
            return start;
        };
        let Some(sentence) = self.doc.sentences().get(token.sentence()) else { return start };
        let first = behind_dateline(self.doc, &sentence.tokens());
        let mut verbs = 0;
        for at in first..start {
            let Some(tag) = tags.get(at).filter(|tag| !tag.is_punctuation()) else { return start };
            // Taggers take "reopened" for a participle now and then.
            verbs += usize::from(tag.is_finite() || tag == Pos::VerbParticiple);
        }
        if verbs > 0 { first } else { start }
    }

    /// Without the day of speaking, or an adverb behind a comma: "the ministry on Tuesday".
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

    /// Of a passive's content, what stands in quotation marks, where it holds the agent: "denounced as “theft” by farmers".
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

    /// Behind "promised the miners that …", without the miners.
    fn without_addressee(&self, part: Range<usize>, attribution: &Attribution) -> Range<usize> {
        const THAT: u64 = hash_lowered("that");
        let all = &self.elements.all;
        let Some(first) = all.get(part.start).filter(|_| part.start == attribution.cue + 1) else {
            return part;
        };
        let end = all[part.end - 1].end as usize;
        let Some(addressee) = noun_phrase(self.doc, first.first as usize, end) else { return part };
        let that = self.doc.tokens().get(addressee.end).is_some_and(|token| token.hash() == THAT);
        let clause = self.doc.parts_of_speech().get(addressee.end) == Some(Pos::Preposition);
        let start = part.clone().find(|at| all[*at].first as usize == addressee.end);
        start.filter(|_| that && clause).map_or(part.clone(), |start| start..part.end)
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
    /// It stands in a table, or is a mark such as a colon.
    listed: bool,
    class: CueClass,
    stance: Stance,
    negated: bool,
    modal: bool,
}
