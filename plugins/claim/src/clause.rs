//! The clause around a figure, and the attitude that it expresses: negated, possible, planned, demanded.

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech;
use copydesk_core::segment::token_flag;
use copydesk_core::{DocumentView, PartsOfSpeech, Span, hash_lowered};

use crate::words::{Words, role};

/// A document with its parts of speech and the roles of its words.
#[derive(Clone, Copy)]
pub(crate) struct Page<'d> {
    pub(crate) doc: &'d DocumentView<'d>,
    pub(crate) tags: PartsOfSpeech<'d>,
    pub(crate) words: &'d Words,
}

/// The hash of a form, and its text.
type Written = (u64, &'static str);

const fn written(text: &'static str) -> Written {
    (hash_lowered(text), text)
}

const CANNOT: Written = written("cannot");
const SEMICOLON: Written = written(";");
const COMMA: Written = written(",");
const QUESTION: Written = written("?");
/// Marks at the end of a sentence.
const ENDS: [Written; 3] = [QUESTION, written("."), written("!")];

/// The maximum distance in tokens at which the end of a question is searched for.
const FAR: usize = 150;

/// The attitude of a clause to a figure or date in it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Attitude {
    pub(crate) negated: bool,
    /// The verb after it is negated: "the winner in 2012 did not run". A date then belongs to something that did not happen; a number
    /// counts those who did not.
    pub(crate) denied_after: bool,
    pub(crate) modal: bool,
    pub(crate) forecast: bool,
    pub(crate) demand: bool,
    pub(crate) condition: bool,
    pub(crate) question: bool,
    /// It follows an infinitive: "a plan to protect 30%".
    pub(crate) infinitive: bool,
    /// The token of the verb that governs it.
    pub(crate) verb: Option<usize>,
}

impl<'d> Page<'d> {
    pub(crate) fn new(doc: &'d DocumentView<'d>, words: &'d Words) -> Self {
        Self { doc, tags: doc.parts_of_speech(), words }
    }

    pub(crate) fn is(&self, at: usize, roles: u32) -> bool {
        self.roles(at) & roles != 0
    }

    /// The roles of a token's word.
    pub(crate) fn roles(&self, at: usize) -> u32 {
        self.doc.tokens().get(at).map_or(0, |token| self.words.of(token.hash()))
    }

    pub(crate) fn text(&self, at: usize) -> &'d str {
        self.doc.tokens().get(at).map_or("", |token| self.doc.slice(token.span()))
    }

    /// Whether a token is written like this. The hash excludes nearly all without a look at the text.
    fn reads(&self, at: usize, (hash, text): Written) -> bool {
        self.doc.tokens().get(at).is_some_and(|token| token.hash() == hash) && self.text(at) == text
    }

    pub(crate) fn tag(&self, at: usize) -> Option<PartOfSpeech> {
        self.tags.get(at)
    }

    /// Whether the token is a verb that can be the main verb of a clause.
    pub(crate) fn is_finite(&self, at: usize) -> bool {
        self.tag(at).is_some_and(PartOfSpeech::is_finite) || self.reads(at, CANNOT)
    }

    /// The verb that governs what is at `at`: the last finite verb before it, or the first one after it if it is the subject.
    /// If there is none, a verb of any form: taggers mistake "convicted" for a participle.
    pub(crate) fn governing(&self, within: &Range<usize>, at: &Range<usize>) -> Option<usize> {
        let before = within.start..at.start.min(within.end);
        let after = at.end.max(within.start)..within.end;
        let verb = |token: &usize| self.tag(*token).is_some_and(PartOfSpeech::is_verb);
        let finite = |token: &usize| self.is_finite(*token);
        before
            .clone()
            .rev()
            .find(finite)
            .or_else(|| after.clone().find(finite))
            .or_else(|| before.clone().rev().find(verb))
            .or_else(|| after.into_iter().find(verb))
            .or_else(|| before.rev().find(|token| self.text(*token) == "cost"))
    }

    /// The tokens of the clause around `at`, within `within`, which ends at a semicolon, or a conjunction with a verb on both sides.
    pub(crate) fn clause(&self, within: Range<usize>, at: usize) -> Range<usize> {
        let mut clause = within.clone();
        let mut verb_before = false;
        let mut start = within.start;
        for token in within.clone() {
            if self.is_finite(token) {
                verb_before = true;
            }
            let split = if self.reads(token, SEMICOLON) {
                token + 1
            } else if verb_before && self.is(token, role::CLAUSE) && self.begins_clause(token, within.end) {
                token
            } else {
                continue;
            };
            if token > at {
                clause.end = token;
                break;
            }
            start = split;
            verb_before = false;
        }
        clause.start = start;
        clause
    }

    /// Whether a conjunction begins a clause with a subject and a verb: a noun or pronoun precedes the next verb.
    fn begins_clause(&self, at: usize, end: usize) -> bool {
        const SUBJECT: usize = 24;
        let mut noun = false;
        for token in at + 1..end.min(at + SUBJECT) {
            let Some(tag) = self.tag(token) else { return false };
            if tag.is_finite() {
                return noun;
            }
            let breaks = self.reads(token, SEMICOLON)
                || self.reads(token, COMMA)
                || matches!(tag, PartOfSpeech::WhDeterminer | PartOfSpeech::WhPronoun);
            if breaks || noun && self.is(token, role::CLAUSE) {
                return false;
            }
            noun |= tag.is_noun() || matches!(tag, PartOfSpeech::Pronoun | PartOfSpeech::Number);
        }
        false
    }

    /// Whether a date only identifies something: "the 2012 campaign", "a March report".
    pub(crate) fn is_attribute(&self, at: &Range<usize>) -> bool {
        let names = |tag: PartOfSpeech| tag.is_noun() || tag == PartOfSpeech::Adjective;
        let before = at.start.checked_sub(1).and_then(|before| self.tag(before));
        // "his failed 2004 bid": a participle that taggers mistake for a past tense.
        let owned = at.start.checked_sub(2).and_then(|before| self.tag(before));
        let owned = matches!(
            owned,
            Some(PartOfSpeech::PronounPossessive | PartOfSpeech::Possessive | PartOfSpeech::Determiner)
        ) && before == Some(PartOfSpeech::VerbPast);
        let held = before.is_some_and(|tag| {
            names(tag)
                || matches!(
                    tag,
                    PartOfSpeech::Determiner
                        | PartOfSpeech::Possessive
                        | PartOfSpeech::PronounPossessive
                        | PartOfSpeech::AdjectiveSuperlative
                        | PartOfSpeech::VerbParticiple
                )
        });
        // "The Refugee Act of 1980".
        let act = before == Some(PartOfSpeech::Preposition)
            && self.text(at.start - 1) == "of"
            && at.start.checked_sub(2).and_then(|before| self.tag(before)).is_some_and(PartOfSpeech::is_noun);
        act || (held || owned) && self.tag(at.end).is_some_and(names)
    }

    /// The attitude of the clause `within` to what is at the tokens `at`.
    pub(crate) fn attitude(
        &self,
        within: &Range<usize>,
        at: &Range<usize>,
        sentence: &Range<usize>,
    ) -> Attitude {
        let governing = self.governing(within, at);
        let ahead = governing.is_some_and(|verb| verb < at.start);
        let mut attitude = Attitude { verb: governing, ..Attitude::default() };
        let ends = |token: &usize| ENDS.iter().any(|end| self.reads(*token, *end));
        attitude.question =
            (at.end..sentence.end.min(at.end + FAR)).find(ends).is_some_and(|end| self.reads(end, QUESTION));
        attitude.condition = self.is(sentence.start, role::CONDITION)
            || (within.start..at.start.min(within.end)).any(|token| self.is(token, role::CONDITION));
        attitude.modal = within.clone().any(|token| self.is(token, role::HEARSAY));
        let Some(verb) = governing else { return attitude };
        self.modality(verb, within, at, ahead, &mut attitude);
        attitude.demand |= self.is_imperative(verb, within);
        attitude.infinitive = ahead && self.is_infinitive(verb, at.start);
        attitude.negated = ahead && self.negated(verb, within, at);
        attitude.denied_after = !ahead && (verb..verb + 2).any(|token| self.is_denial(token));
        attitude
    }

    /// Sets what the words from the governing verb on express about the figure: possibility, future, or demand.
    fn modality(
        &self,
        verb: usize,
        within: &Range<usize>,
        at: &Range<usize>,
        ahead: bool,
        attitude: &mut Attitude,
    ) {
        let end = if ahead { at.start } else { (verb + 6).min(within.end) };
        // "with sales expected to rise to": the participle before the infinitive.
        let leading =
            verb.checked_sub(2).filter(|before| *before >= within.start && self.text(verb - 1) == "to");
        attitude.forecast |= leading.is_some_and(|before| self.is(before, role::FUTURE));
        for token in verb..end {
            let tag = self.tag(token);
            let verbal = tag.is_some_and(|tag| tag.is_verb() || tag == PartOfSpeech::Modal);
            if self.is(token, role::POSSIBLE) && tag == Some(PartOfSpeech::Modal) {
                match self.is_perfect(token, within.end) {
                    true => attitude.modal = true,
                    false => attitude.forecast = true,
                }
            }
            let adjective = matches!(tag, Some(PartOfSpeech::Adjective));
            attitude.forecast |= self.is(token, role::FUTURE) && (verbal || adjective);
            attitude.forecast |= self.is(token, role::FUTURE_TO) && self.leads_to_verb(token);
            attitude.demand |= self.is(token, role::DEMAND) && verbal;
        }
    }

    /// "Save a quarter of the cost": a base form that opens its clause is an imperative.
    fn is_imperative(&self, verb: usize, within: &Range<usize>) -> bool {
        let mark = |token: usize| self.tag(token).is_some_and(PartOfSpeech::is_punctuation);
        self.tag(verb) == Some(PartOfSpeech::Verb) && (within.start..verb).all(mark)
    }

    /// Whether the last verb before `end` is an infinitive after "to", except a perfect one: "is said to have cost".
    fn is_infinitive(&self, verb: usize, end: usize) -> bool {
        let last = (verb + 1..end).rev().find(|token| self.tag(*token).is_some_and(PartOfSpeech::is_verb));
        last.is_some_and(|last| self.tag(last) == Some(PartOfSpeech::Verb) && self.text(last - 1) == "to")
    }

    /// Whether a modal is followed by "have" and a participle: "may have killed".
    fn is_perfect(&self, modal: usize, end: usize) -> bool {
        (modal + 1..(modal + 4).min(end)).any(|token| self.text(token) == "have")
    }

    fn leads_to_verb(&self, at: usize) -> bool {
        self.text(at + 1) == "to" && self.tag(at + 2) == Some(PartOfSpeech::Verb)
    }

    /// Whether the verb that governs what is at `at` is negated.
    fn negated(&self, verb: usize, within: &Range<usize>, at: &Range<usize>) -> bool {
        let from = verb.saturating_sub(2).max(within.start);
        (from..at.start).any(|token| self.is_denial(token))
    }

    /// Whether a token negates.
    fn is_denial(&self, token: usize) -> bool {
        self.is(token, role::NEGATION) && !self.is(token + 1, role::NEGATION_OFF)
            || self.is(token, role::NEGATION_TO) && self.text(token + 1) == "to"
    }

    /// The tokens of a span, within `within`.
    pub(crate) fn tokens(&self, span: Span) -> Range<usize> {
        let first = self.doc.token_at(span.start());
        let mut end = first;
        while self.doc.tokens().get(end).is_some_and(|token| token.span().start() < span.end()) {
            end += 1;
        }
        first..end
    }

    /// The span of a clause without conjunctions and punctuation at its ends.
    pub(crate) fn trimmed(&self, clause: &Range<usize>) -> Span {
        let edge = |at: usize| {
            let Some(token) = self.doc.tokens().get(at) else { return true };
            let tag = self.tag(at);
            let mark = tag.is_some_and(PartOfSpeech::is_punctuation) && !token.has(token_flag::DIGIT);
            let bracket = matches!(self.text(at), ")" | "]") || tag == Some(PartOfSpeech::Bracket);
            mark && !bracket
        };
        let mut range = clause.clone();
        while range.start < range.end && (edge(range.start) || self.is(range.start, role::CLAUSE)) {
            range.start += 1;
        }
        while range.start < range.end && edge(range.end - 1) {
            range.end -= 1;
        }
        self.doc.token_span(range.start, range.end)
    }
}
