//! Quotes without quotation marks , recognised by commas: "The bridge, according to Berg, is closed", "The bridge, Berg said, is closed",
//! "The bridge is closed, said Berg.", "The bridge is closed, Berg said."

use std::ops::Range;

use copydesk_core::layers::{CueClass, PartOfSpeech as Pos};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, RuleId, ZoneKind, hash_lowered};

use crate::beside::names_somebody;
use crate::cues::Cues;
use crate::frames::noun_phrase;
use crate::registry;

/// A statement around or before the words that name its speaker, as tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Aside {
    /// One stretch, or two with the aside between them.
    pub(crate) content: Vec<Range<usize>>,
    pub(crate) speaker: Range<usize>,
    /// The verb, or "according".
    pub(crate) cue: usize,
    pub(crate) rule: RuleId,
}

/// The maximum number of tokens of an aside.
const LONGEST: usize = 14;
/// The minimum number of tokens of a statement.
const FEWEST: usize = 3;

/// All quotes of these kinds, in text order.
pub(crate) fn find(doc: &DocumentView<'_>, cues: &Cues) -> Vec<Aside> {
    let mut found = Vec::new();
    for sentence in doc.sentences() {
        let own = sentence.tokens();
        // Most sentences are excluded by their bytes.
        let commas = doc.slice(sentence.span()).as_bytes().contains(&b',');
        if commas && !own.clone().any(|at| is_mark(doc, at)) {
            let words = Words { doc, cues, own: own.start..without_stop(doc, own) };
            found.extend(words.split().or_else(|| words.inverted()).or_else(|| words.trailing()));
        }
    }
    found
}

fn is_mark(doc: &DocumentView<'_>, at: usize) -> bool {
    let token = &doc.tokens()[at];
    token.has(flag::QUOTE_MARK) && !matches!(doc.slice(token.span()), "'" | "’")
}

/// The end of a sentence without its full stop.
fn without_stop(doc: &DocumentView<'_>, own: Range<usize>) -> usize {
    let stop = own.end.checked_sub(1).is_some_and(|last| doc.parts_of_speech().get(last) == Some(Pos::Stop));
    own.end - usize::from(stop)
}

/// The first token of a sentence, or the one after its dateline.
pub(crate) fn after_dateline(doc: &DocumentView<'_>, own: &Range<usize>) -> usize {
    let whole = doc.token_span(own.start, own.end);
    let dateline =
        doc.zones().iter().find(|zone| zone.kind() == ZoneKind::Dateline && whole.contains(zone.span()));
    dateline.map_or(own.start, |zone| doc.token_at(zone.span().end()))
}

/// The words of a sentence.
struct Words<'d> {
    doc: &'d DocumentView<'d>,
    cues: &'d Cues,
    own: Range<usize>,
}

impl Words<'_> {
    fn tag(&self, at: usize) -> Option<Pos> {
        self.own.contains(&at).then(|| self.doc.parts_of_speech().get(at)).flatten()
    }

    fn is_comma(&self, at: usize) -> bool {
        self.tag(at) == Some(Pos::Comma)
    }

    fn is_finite(&self, at: usize) -> bool {
        const CANNOT: u64 = hash_lowered("cannot");
        let cannot = || self.doc.tokens().get(at).is_some_and(|token| token.hash() == CANNOT);
        self.tag(at).is_some_and(|tag| tag.is_finite() || cannot())
    }

    /// Whether a word is a verb of saying. Taggers take some of these for participles when they come before their subject.
    fn says(&self, at: usize) -> bool {
        let is_speech = |hash: u64| self.cues.get(hash).is_some_and(|cue| cue.class == CueClass::Speech);
        let verb = self.is_finite(at) || self.tag(at) == Some(Pos::VerbParticiple);
        verb && is_speech(self.doc.tokens()[at].hash())
    }

    /// "SUBJECT, according to Berg, PREDICATE" and "SUBJECT, Berg said, PREDICATE".
    fn split(&self) -> Option<Aside> {
        let mut commas = self.own.clone().filter(|at| self.is_comma(*at));
        let first = commas.next()?;
        let second = commas.next().filter(|second| second - first <= LONGEST)?;
        let (speaker, cue) = self.according(first + 1, second).or_else(|| self.said(first + 1, second))?;
        let subject = self.own.start..first;
        let predicate = second + 1..self.own.end;
        let verb = predicate.start + usize::from(self.tag(predicate.start) == Some(Pos::Adverb));
        let is_said = self.is_subject(&subject) && self.is_finite(verb) && predicate.len() >= 2;
        is_said.then(|| Aside { content: vec![subject, predicate], speaker, cue, rule: registry::ASIDE })
    }

    /// Whether words are a subject and nothing else.
    fn is_subject(&self, words: &Range<usize>) -> bool {
        let first = self.tag(words.start);
        // Taggers take some nouns for verbs, but not after an article.
        let short = words.len() == 2 && matches!(first, Some(Pos::Determiner | Pos::PronounPossessive));
        let noun = |tag: Pos| tag.is_noun() || tag == Pos::Pronoun;
        short
            || words.clone().any(|at| self.tag(at).is_some_and(noun))
                && !words.clone().any(|at| self.is_finite(at))
                && !matches!(first, Some(Pos::Preposition | Pos::To | Pos::WhAdverb | Pos::Adverb))
    }

    /// The noun phrase that starts at a token, with the capitalised words after it: taggers take some names for other words.
    fn phrase(&self, start: usize, end: usize) -> Option<Range<usize>> {
        let tokens = self.doc.tokens();
        let capitals = (start..end).take_while(|&at| tokens[at].is_capitalized()).count();
        let named = || (capitals > 0).then_some(start..start + capitals);
        let phrase = noun_phrase(self.doc, start, end).or_else(named)?;
        let more = (phrase.end..end).take_while(|&at| tokens[at].is_capitalized()).count();
        Some(phrase.start..phrase.end + more)
    }

    /// "according to Berg" and nothing else.
    fn according(&self, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
        const ACCORDING: u64 = hash_lowered("according");
        const TO: u64 = hash_lowered("to");
        let hash = |at: usize| self.doc.tokens().get(at).map_or(0, |token| token.hash());
        if hash(start) != ACCORDING || hash(start + 1) != TO {
            return None;
        }
        // Any word between "to" and the comma is allowed: taggers take nouns after "to" for verbs.
        (start + 2 < end).then_some((start + 2..end, start))
    }

    /// "Berg said", "Berg said on Monday".
    fn said(&self, start: usize, end: usize) -> Option<(Range<usize>, usize)> {
        let speaker = self.phrase(start, end)?;
        let verb = speaker.end;
        let rest = verb + 1..end;
        // "The harbour was closed, and Berg warned of delays": he said what follows the verb.
        let own = self.tag(start) == Some(Pos::Conjunction) || self.is_complement(&rest);
        if own {
            return None;
        }
        // "on Monday", "in a statement"
        let when = rest.is_empty()
            || self.tag(rest.start) == Some(Pos::Preposition) && rest.len() <= 5
            || rest.len() == 1 && self.tag(rest.start).is_some_and(|tag| tag.is_noun() || tag == Pos::Adverb);
        let plain = when && !rest.into_iter().any(|at| self.tag(at).is_some_and(Pos::is_verb));
        (self.says(verb) && plain).then_some((speaker, verb))
    }

    /// Whether words after a verb of saying are the statement or its subject: "of delays", "on three of those", "for duty".
    fn is_complement(&self, rest: &Range<usize>) -> bool {
        const TOPIC: [u64; 4] =
            [hash_lowered("of"), hash_lowered("about"), hash_lowered("for"), hash_lowered("against")];
        let first = self.doc.tokens().get(rest.start).map_or(0, |token| token.hash());
        let counted = first == hash_lowered("on") && self.tag(rest.start + 1) == Some(Pos::Number);
        !rest.is_empty() && (TOPIC.contains(&first) || counted)
    }

    /// "CLAUSE, Berg said" at the end of the sentence.
    fn trailing(&self) -> Option<Aside> {
        let comma = self.own.clone().rev().take(LONGEST).find(|at| self.is_comma(*at))?;
        let (speaker, cue) = self.said(comma + 1, self.own.end)?;
        let content = after_dateline(self.doc, &self.own)..comma;
        // "When asked, Berg said": not a clause that can stand alone.
        let opens = self.tag(content.start).is_some_and(|tag| {
            tag.is_noun()
                || matches!(
                    tag,
                    Pos::Determiner
                        | Pos::Predeterminer
                        | Pos::PronounPossessive
                        | Pos::Pronoun
                        | Pos::Number
                        | Pos::Adjective
                        | Pos::Existential
                )
        });
        let clause = content.len() >= FEWEST && content.clone().any(|at| self.is_finite(at));
        // If another speaker occurs inside, the models decide who said what.
        let other = content.clone().any(|at| self.says(at));
        (opens && clause && !other).then(|| Aside {
            content: vec![content],
            speaker,
            cue,
            rule: registry::TRAILING,
        })
    }

    /// "CLAUSE, said Berg" up to the end of the sentence, or up to the words that describe Berg.
    fn inverted(&self) -> Option<Aside> {
        let commas = self.own.clone().filter(|at| self.is_comma(*at));
        let comma = commas.into_iter().find(|&comma| self.says(comma + 1))?;
        let verb = comma + 1;
        let speaker = self.phrase(verb + 1, self.own.end)?;
        let ends = speaker.end == self.own.end || self.is_comma(speaker.end);
        let content = self.own.start..comma;
        let clause = content.clone().any(|at| self.is_finite(at)) && content.len() >= FEWEST;
        // "The firm, founded in May, added Norland": a subject of its own, not a clause.
        let said = ends && clause && names_somebody(self.doc, &speaker);
        said.then(|| Aside { content: vec![content], speaker, cue: verb, rule: registry::INVERTED })
    }
}
