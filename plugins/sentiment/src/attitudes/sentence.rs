//! The context of a word of attitude: its subject, its objects, and negation.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos};
use copydesk_core::{DocumentView, Span, hash_lowered};

use super::{Attitudes, Kind, Named, is_any};
use crate::learned::Judge;
use crate::lexicon::role;

/// The maximum distance of a verb from its subject before it, and from its object after it.
const SUBJECT: usize = 14;
pub(super) const OBJECT: usize = 9;
/// The reach of a negator.
const NEGATION: usize = 4;
/// The factor that a negator or a refusal applies to an attitude.
const TURNED: f32 = -0.6;
pub(super) const AND: [u64; 3] = [hash_lowered("and"), hash_lowered("or"), hash_lowered(",")];
const CONJUNCTIONS: [u64; 3] = [hash_lowered("and"), hash_lowered("or"), hash_lowered("but")];
const RELATIVE: [u64; 4] =
    [hash_lowered("whom"), hash_lowered("who"), hash_lowered("that"), hash_lowered("which")];
const HELPING: [u64; 14] = [
    hash_lowered("is"),
    hash_lowered("are"),
    hash_lowered("was"),
    hash_lowered("were"),
    hash_lowered("be"),
    hash_lowered("been"),
    hash_lowered("being"),
    hash_lowered("has"),
    hash_lowered("have"),
    hash_lowered("had"),
    hash_lowered("did"),
    hash_lowered("does"),
    hash_lowered("do"),
    hash_lowered("will"),
];
/// With a negator: what is not so yet. "hasn't" is divided before the negator.
const SO_FAR: [u64; 6] = [
    hash_lowered("has"),
    hash_lowered("have"),
    hash_lowered("had"),
    hash_lowered("hasn't"),
    hash_lowered("haven't"),
    hash_lowered("yet"),
];
/// Words before a name that make it part of another phrase: "the head *of* Orbis".
const INNER: [u64; 8] = [
    hash_lowered("by"),
    hash_lowered("of"),
    hash_lowered("from"),
    hash_lowered("in"),
    hash_lowered("at"),
    hash_lowered("for"),
    hash_lowered("with"),
    hash_lowered("to"),
];

/// A sentence with its mentions.
pub(super) struct Sentence<'a> {
    pub(super) doc: &'a DocumentView<'a>,
    pub(super) judge: &'a Judge<'a>,
    pub(super) mentions: &'a [Named],
    pub(super) tokens: Range<usize>,
    pub(super) attitudes: &'a Attitudes,
}

impl Sentence<'_> {
    pub(super) fn hash(&self, at: usize) -> u64 {
        if !self.tokens.contains(&at) {
            return 0;
        }
        self.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    pub(super) fn span(&self, at: usize) -> Span {
        self.doc.token_span(at, at + 1)
    }

    pub(super) fn before(&self, at: usize) -> impl Iterator<Item = &Named> {
        let end = self.mentions.partition_point(|mention| mention.tokens.start < at);
        self.mentions[..end].iter().rev().filter(move |mention| mention.tokens.end <= at)
    }

    pub(super) fn after(&self, at: usize) -> impl Iterator<Item = &Named> {
        let start = self.mentions.partition_point(|mention| mention.tokens.start < at);
        self.mentions[start..].iter()
    }

    /// Whether a clause ends between two tokens. A pair of commas encloses a parenthesis and does not count.
    pub(super) fn apart(&self, from: usize, to: usize, commas_apart: bool) -> bool {
        let mut commas = 0;
        for at in from..to {
            let hash = self.hash(at);
            if hash == hash_lowered(",") {
                commas += 1;
            } else if hash == hash_lowered(";") || hash == hash_lowered(":") {
                return true;
            } else {
                let word = self.judge.model.vocabulary.word_of(hash);
                if word.is(role::CONTRAST) || word.is(role::BOUNDARY) && commas == 0 {
                    return true;
                }
            }
        }
        commas == 1 && commas_apart
    }

    /// Whether a form that may be a verb is not one here: "A's support fell", "turned his back", "a conference call".
    pub(super) fn is_no_verb(&self, at: usize) -> bool {
        let tags = self.doc.parts_of_speech();
        let before = tags.get(at.wrapping_sub(1)).filter(|_| at > self.tokens.start);
        let named = self.doc.tokens().get(at.wrapping_sub(1)).is_some_and(|token| token.is_capitalized());
        // "the main accused"
        let article = before == Some(Pos::Determiner) && self.hash(at + 1) != hash_lowered("by");
        let attribute = before == Some(Pos::Adjective) && !named || article;
        if attribute || matches!(before, Some(Pos::Possessive | Pos::PronounPossessive)) {
            return true;
        }
        match tags.get(at) {
            Some(Pos::Adverb | Pos::Particle | Pos::Adjective) => true,
            // Between a name and an object a noun is more likely a verb that was not recognised.
            Some(Pos::Noun | Pos::NounPlural) => {
                let subject = self.before(at).next().is_some_and(|name| name.tokens.end == at);
                let object = tags.get(at + 1).is_some_and(|tag| {
                    matches!(tag, Pos::Determiner | Pos::ProperNoun | Pos::PronounPossessive | Pos::Pronoun)
                });
                !(subject && object)
            }
            _ => false,
        }
    }

    /// The subject of a verb: the last name before it that is not part of another phrase and has no verb of its own.
    pub(super) fn subject(&self, verb: usize, commas_apart: bool) -> Option<&Named> {
        self.subject_of(verb, commas_apart, 0)
    }

    fn subject_of(&self, verb: usize, commas_apart: bool, depth: usize) -> Option<&Named> {
        const COORDINATED: usize = 3;
        let start = self.chain_start(verb);
        // "A praised B and attacked C": the subject of the first verb.
        if is_any(self.hash(start.wrapping_sub(1)), &CONJUNCTIONS)
            && depth < COORDINATED
            && let Some(first) = self.verb_before(start - 1)
        {
            return self.subject_of(first, commas_apart, depth + 1);
        }
        // "persuaded A to support B": A does not do so yet.
        if self.hash(start) == hash_lowered("to")
            && let Some(governor) = self.verb_before(start)
            && self.attitudes.of(self.hash(governor), Kind::Urge).is_some()
        {
            return None;
        }
        // "A, who has attacked B": the name before the relative pronoun.
        let relative = start.checked_sub(1).filter(|at| is_any(self.hash(*at), &RELATIVE));
        if let Some(relative) = relative
            && let Some(named) = self.just_before(relative)
        {
            // "an ad targeting A that attacks": the pronoun refers to the words before the participle.
            let before = self.doc.parts_of_speech().get(named.tokens.start.wrapping_sub(1));
            // "a voter from A who attacks": the voter is the subject.
            let place = self.doc.entity(named.entity).is_some_and(|own| own.kind() == EntityKind::Location)
                && before == Some(Pos::Preposition);
            return (before != Some(Pos::VerbGerund) && !place).then_some(named);
        }
        let mut last: Option<&Named> = None;
        for mention in self.before(verb) {
            if verb - mention.tokens.end > SUBJECT
                || self.apart(mention.tokens.end, verb, commas_apart)
                || self.has_verb(mention.tokens.end..start)
            {
                break;
            }
            if let Some(known) = last {
                // "the leader of A", "A, head of B," and "A and B": the phrase begins farther to the left.
                let before = self.hash(known.tokens.start.wrapping_sub(1));
                let before = if before == hash_lowered("the") {
                    self.hash(known.tokens.start.wrapping_sub(2))
                } else {
                    before
                };
                if !is_any(before, &INNER) {
                    break;
                }
            }
            last = Some(mention);
        }
        last.filter(|subject| !self.is_inner(subject))
    }

    /// Whether a name is part of a phrase for somebody without a name: "a member of A", "the A senator".
    fn is_inner(&self, name: &Named) -> bool {
        let tags = self.doc.parts_of_speech();
        let kind = self.doc.entity(name.entity).map(|entity| entity.kind());
        let after = name.tokens.end;
        let attribute = kind == Some(EntityKind::Location)
            && matches!(tags.get(after), Some(Pos::Noun | Pos::NounPlural))
            && !self.attitudes.acts(self.hash(after));
        let article = usize::from(self.hash(name.tokens.start.wrapping_sub(1)) == hash_lowered("the"));
        let of = name.tokens.start.wrapping_sub(1 + article);
        let noun = matches!(tags.get(of.wrapping_sub(1)), Some(Pos::Noun | Pos::NounPlural));
        // "whether A would praise B"
        let open = self.hash(name.tokens.start.wrapping_sub(1));
        if open == hash_lowered("whether") || open == hash_lowered("if") {
            return true;
        }
        let bracket = tags.get(name.tokens.start.wrapping_sub(1)) == Some(Pos::Bracket);
        bracket || attribute || noun && is_any(self.hash(of), &INNER) && self.hash(of) != hash_lowered("by")
    }

    /// The first of the verbs, adverbs and negators that stand before a verb without a gap.
    pub(super) fn chain_start(&self, verb: usize) -> usize {
        let tags = self.doc.parts_of_speech();
        let mut start = verb;
        while start > self.tokens.start {
            let before = start - 1;
            let word = self.judge.model.vocabulary.word_of(self.hash(before));
            let joins = match tags.get(before) {
                Some(Pos::Modal | Pos::To | Pos::Adverb | Pos::AdverbComparative) => true,
                Some(tag) => is_verb(tag) || word.is(role::NEGATOR),
                None => false,
            };
            // "had lied | was mocked": a main verb does not precede an auxiliary.
            let main_before_helping = tags.get(before).is_some_and(is_verb)
                && !is_any(self.hash(before), &HELPING)
                && is_any(self.hash(start), &HELPING);
            if !joins || main_before_helping {
                break;
            }
            start = before;
        }
        start
    }

    /// The last finite verb before a token.
    pub(super) fn verb_before(&self, end: usize) -> Option<usize> {
        const REACH: usize = 30;
        let tags = self.doc.parts_of_speech();
        let finite = |at: &usize| {
            let tag = tags.get(*at);
            tag.is_some_and(is_verb) && tag != Some(Pos::VerbGerund)
        };
        (end.saturating_sub(REACH).max(self.tokens.start)..end).rev().find(finite)
    }

    /// Whether a range of tokens contains a finite verb.
    pub(super) fn has_verb(&self, tokens: Range<usize>) -> bool {
        let tags = self.doc.parts_of_speech();
        tokens.into_iter().any(|at| {
            matches!(tags.get(at), Some(Pos::Modal | Pos::VerbPast | Pos::VerbPresent | Pos::VerbThird))
        })
    }

    /// The name that "whom" or "that" before a subject refers to: "B, whom A has called a fraud".
    pub(super) fn fronted(&self, subject: &Named) -> Option<&Named> {
        let article = self.hash(subject.tokens.start.wrapping_sub(1)) == hash_lowered("the");
        let at = subject.tokens.start.checked_sub(1 + usize::from(article))?;
        if !is_any(self.hash(at), &RELATIVE) {
            return None;
        }
        // "told him that A opposed the plan"
        let tags = self.doc.parts_of_speech();
        let told = |name: &&Named| {
            self.hash(at) == hash_lowered("that")
                && tags.get(name.tokens.start.wrapping_sub(1)).is_some_and(is_verb)
        };
        self.just_before(at).filter(|name| !told(name))
    }

    /// The name that ends before a token, with or without a comma between.
    fn just_before(&self, at: usize) -> Option<&Named> {
        let end = if self.hash(at.wrapping_sub(1)) == hash_lowered(",") { at - 1 } else { at };
        self.before(at).next().filter(|mention| mention.tokens.end == end)
    }

    /// Whether a name can be part of the object that begins after a verb: only nouns and words that join them stand between.
    fn is_object(&self, after: usize, name: usize) -> bool {
        const JOIN: [u64; 2] = [hash_lowered("of"), hash_lowered("by")];
        let tags = self.doc.parts_of_speech();
        let joins = |at: usize| {
            let apart = matches!(tags.get(at), Some(Pos::Preposition | Pos::To | Pos::WhDeterminer));
            if self.hash(at) == hash_lowered("that") {
                return false;
            }
            // "supported it and A opposed it"
            let clause = tags.get(at) == Some(Pos::Conjunction) && tags.get(at - 1) == Some(Pos::Pronoun);
            !clause && (!apart || is_any(self.hash(at), &JOIN))
        };
        name - after <= OBJECT
            && !self.apart(after, name, true)
            && !self.has_verb(after..name)
            && (after..name).all(joins)
    }

    /// The objects of a verb: the next name, and those coordinated with it.
    pub(super) fn objects(&self, after: usize, mut each: impl FnMut(&Named)) -> bool {
        let mut last: Option<usize> = None;
        for mention in self.after(after) {
            let near = match last {
                None => self.is_object(after, mention.tokens.start),
                Some(end) => {
                    (end..mention.tokens.start).len() <= 2
                        && (end..mention.tokens.start)
                            .all(|at| is_any(self.hash(at), &AND) || self.hash(at) == hash_lowered("the"))
                        && end < mention.tokens.start
                        && (self.hash(end) != hash_lowered(",")
                            || is_any(self.hash(mention.tokens.end), &CONJUNCTIONS)
                            || is_any(self.hash(end + 1), &CONJUNCTIONS))
                }
            };
            // "attacked B and C replied": C begins a clause.
            let begins = last.is_some()
                && matches!(
                    self.doc.parts_of_speech().get(mention.tokens.end),
                    Some(Pos::VerbPast | Pos::VerbThird | Pos::VerbPresent | Pos::Modal)
                );
            if !near || begins {
                break;
            }
            // "the A star B": A is where B belongs.
            if self.is_attribute(mention) {
                continue;
            }
            each(mention);
            last = Some(mention.tokens.end);
        }
        last.is_some()
    }

    /// Whether a name stands before the noun and the name of somebody else: "the *Orbis* director Alma Reyes".
    fn is_attribute(&self, name: &Named) -> bool {
        const REACH: usize = 4;
        let tags = self.doc.parts_of_speech();
        let end = name.tokens.end;
        let next = self.after(end).next().map_or(usize::MAX, |next| next.tokens.start);
        next > end
            && next - end <= REACH
            && (end..next).all(|at| matches!(tags.get(at), Some(Pos::Noun | Pos::Adjective)))
    }

    /// The factor that negators and refusals apply to an attitude.
    ///
    /// Somebody who does not condemn has no attitude that the text shows: 0.
    pub(super) fn turned(&self, verb: usize, score: f32) -> f32 {
        for at in verb.saturating_sub(NEGATION).max(self.tokens.start)..verb {
            let hash = self.hash(at);
            let negates = self.judge.model.vocabulary.word_of(hash).is(role::NEGATOR);
            if negates || self.attitudes.of(hash, Kind::Deny).is_some() {
                // "has not endorsed A": perhaps he will.
                let so_far = (at.saturating_sub(1)..verb).any(|at| is_any(self.hash(at), &SO_FAR));
                return if score > 0.0 && !so_far { score * TURNED } else { 0.0 };
            }
        }
        score
    }
}

fn is_verb(tag: Pos) -> bool {
    matches!(
        tag,
        Pos::Verb | Pos::VerbPast | Pos::VerbGerund | Pos::VerbParticiple | Pos::VerbPresent | Pos::VerbThird
    )
}
