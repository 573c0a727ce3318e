//! Who speaks if the subject of the cue does not: passives and participles.
//!
//! "The jury was told that …" and "Asked whether …, Sund shrugged" name the person who was told or asked. "He was called a coward by
//! Lund" has its speaker after "by".

use std::ops::Range;

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{DocumentView, Lexicon, hash_lowered};

use crate::word_lists::WordLists;

/// Forms of "be", "get" and other auxiliaries of the passive.
const PASSIVE: &str = "be been being is are was were 's 're 'm am get gets got getting";

/// The number of tokens after a cue that are searched for its agent.
const REACH: usize = 30;

/// Recognises constructions in which the subject does not speak.
pub(crate) struct Frames {
    passive: Lexicon<()>,
}

impl Default for Frames {
    fn default() -> Self {
        let lexicon = |words: &str| Lexicon::from_forms(words.split_whitespace().map(|word| (word, ())));
        Self { passive: lexicon(PASSIVE) }
    }
}

/// What a construction says about the speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Agent {
    /// The cue passes on what another cue announces, or refers to the text itself ("as noted earlier"): not a quote of its own.
    PassedOn,
    /// The subject speaks, as in most constructions.
    Subject,
    /// These words, after "by".
    By(Range<usize>),
    /// Somebody whom the sentence does not name.
    Nobody,
}

impl Frames {
    /// The agent of a cue, given the tokens of the source that the models chose.
    pub(crate) fn agent(
        &self,
        doc: &DocumentView<'_>,
        lists: &WordLists,
        head: usize,
        source: Option<&Range<usize>>,
    ) -> Agent {
        const BY: u64 = hash_lowered("by");
        let hash = |at: usize| doc.tokens().get(at).map_or(0, |token| token.hash());
        if source.is_some_and(|source| source.start > head && hash(source.start.wrapping_sub(1)) == BY) {
            return Agent::Subject;
        }
        const TO: u64 = hash_lowered("to");
        const HAVE: u64 = hash_lowered("have");
        const AS: u64 = hash_lowered("as");
        let addressed = lists.addressing.contains(hash(head));
        // "As noted earlier, …"
        let participle = matches!(doc.parts_of_speech().get(head), Some(Pos::VerbParticiple | Pos::VerbPast));
        if participle && head.checked_sub(1).is_some_and(|before| hash(before) == AS) {
            return self.after_by(doc, head).map_or(Agent::PassedOn, Agent::By);
        }
        if is_somebodys(doc, head) {
            return Agent::Nobody;
        }
        if self.is_passive(doc, head) {
            // "is reported to have said"
            if hash(head + 1) == TO && hash(head + 2) == HAVE {
                return Agent::Subject;
            }
            if lists.passing_on.contains(hash(head)) {
                return Agent::PassedOn;
            }
        }
        if !(self.is_passive(doc, head) || addressed && is_participle_clause(doc, head, source)) {
            return Agent::Subject;
        }
        match self.after_by(doc, head) {
            Some(agent) => Agent::By(agent),
            None => Agent::Nobody,
        }
    }

    /// "has been called", "was never told"
    fn is_passive(&self, doc: &DocumentView<'_>, head: usize) -> bool {
        let tags = doc.parts_of_speech();
        if !matches!(tags.get(head), Some(Pos::VerbParticiple | Pos::VerbPast)) {
            return false;
        }
        let before = (head.saturating_sub(4)..head).rev();
        let mut words = before.skip_while(|at| matches!(tags.get(*at), Some(Pos::Adverb)));
        words
            .next()
            .and_then(|at| doc.tokens().get(at))
            .is_some_and(|token| self.passive.contains(token.hash()))
    }

    /// The noun phrase after the first "by" after the cue, outside of quotation marks and before a clause: in "it was revealed
    /// that he paid for a lawsuit by A", A reveals nothing.
    fn after_by(&self, doc: &DocumentView<'_>, head: usize) -> Option<Range<usize>> {
        const BY: u64 = hash_lowered("by");
        const CLAUSE: [u64; 3] = [hash_lowered("that"), hash_lowered("whether"), hash_lowered("if")];
        let tokens = doc.tokens();
        let sentence = tokens.get(head)?.sentence();
        let end = (head + 1..tokens.len().min(head + REACH))
            .find(|at| tokens[*at].sentence() != sentence)
            .unwrap_or(tokens.len().min(head + REACH));
        let mut inside = false;
        for (at, token) in tokens.iter().enumerate().take(end).skip(head + 1) {
            if token.has(flag::QUOTE_MARK) && !matches!(doc.slice(token.span()), "'" | "’") {
                inside = !inside;
            }
            let opens = CLAUSE.contains(&token.hash())
                || matches!(doc.parts_of_speech().get(at), Some(Pos::WhPronoun | Pos::WhAdverb));
            if !inside && opens {
                return None;
            }
            if !inside && token.hash() == BY {
                return noun_phrase(doc, at + 1, end);
            }
        }
        None
    }
}

/// "She bristled at the suggestion that …": the noun is what somebody said to her.
fn is_somebodys(doc: &DocumentView<'_>, head: usize) -> bool {
    const THE: u64 = hash_lowered("the");
    const TO_WHICH: [u64; 3] = [hash_lowered("at"), hash_lowered("to"), hash_lowered("by")];
    let hash = |at: Option<usize>| at.and_then(|at| doc.tokens().get(at)).map_or(0, |token| token.hash());
    doc.parts_of_speech().get(head).is_some_and(Pos::is_noun)
        && hash(head.checked_sub(1)) == THE
        && TO_WHICH.contains(&hash(head.checked_sub(2)))
}

/// "Asked whether …, Sund shrugged", "When told that …": a participle that opens its clause, with the subject after it.
fn is_participle_clause(doc: &DocumentView<'_>, head: usize, source: Option<&Range<usize>>) -> bool {
    const WHEN: u64 = hash_lowered("when");
    const AFTER: u64 = hash_lowered("after");
    const IF: u64 = hash_lowered("if");
    let token = doc.tokens().get(head);
    let opens = token.is_some_and(|token| token.has(flag::SENTENCE_START));
    let before = head.checked_sub(1);
    let conjunction = before
        .and_then(|at| doc.tokens().get(at))
        .is_some_and(|token| [WHEN, AFTER, IF].contains(&token.hash()));
    let tags = doc.parts_of_speech();
    let participle = tags.get(head) == Some(Pos::VerbParticiple);
    let after_comma = participle && before.is_some_and(|at| tags.get(at) == Some(Pos::Comma));
    let subject_after = source.is_none_or(|source| source.start > head);
    (opens || conjunction || after_comma) && subject_after
}

/// The noun phrase that starts at a token: up to a verb, a preposition other than "of", a comma or a mark.
pub(crate) fn noun_phrase(doc: &DocumentView<'_>, start: usize, end: usize) -> Option<Range<usize>> {
    const OF: u64 = hash_lowered("of");
    let tags = doc.parts_of_speech();
    let hash = |at: usize| doc.tokens().get(at).map_or(0, |token| token.hash());
    let mut last = start;
    while last < end {
        let part = match tags.get(last) {
            Some(
                Pos::Determiner
                | Pos::Predeterminer
                | Pos::Adjective
                | Pos::AdjectiveSuperlative
                | Pos::Number
                | Pos::Possessive
                | Pos::Pronoun
                | Pos::PronounPossessive
                | Pos::Conjunction,
            ) => true,
            Some(tag) if tag.is_noun() => true,
            // "farmers' leader"
            Some(Pos::QuoteMark) => {
                tags.get(last + 1).is_some_and(Pos::is_noun)
                    && hash(last.wrapping_sub(1)) != 0
                    && last > start
                    && doc.tokens().get(last).is_some_and(|token| token.has(flag::GLUED))
            }
            _ => hash(last) == OF && last > start,
        };
        if !part {
            break;
        }
        last += 1;
    }
    // A conjunction must join something.
    while last > start
        && (matches!(tags.get(last - 1), Some(Pos::Conjunction | Pos::Determiner)) || hash(last - 1) == OF)
    {
        last -= 1;
    }
    let named = (start..last).any(|at| tags.get(at).is_some_and(|tag| tag.is_noun() || tag == Pos::Pronoun));
    named.then_some(start..last)
}
