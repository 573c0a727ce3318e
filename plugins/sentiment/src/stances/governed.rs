//! Whether a verb of attitude joins two mentions, where the rules find no subject for it: "A, who had said that he would stay,
//! criticised B", "A, a farmer and a B supporter".

use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos};
use copydesk_core::{DocumentView, hash_lowered};

use crate::attitudes::Named;
use crate::events::event;
use crate::learned::Judge;
use crate::lexicon::role;

/// How many words may stand between a verb and its object, and between a name and the verb.
const OBJECT: usize = 8;
const SUBJECT: usize = 24;
/// How far a negator or a modal verb reaches.
const REACH: usize = 4;

/// Two mentions in their sentence.
pub(super) struct Governed<'a> {
    pub(super) doc: &'a DocumentView<'a>,
    pub(super) judge: &'a Judge<'a>,
    pub(super) mentions: &'a [Named],
    pub(super) holder: &'a Named,
    pub(super) target: &'a Named,
}

impl Governed<'_> {
    /// The word of attitude of this side that the holder governs and the target is the object of.
    pub(super) fn word(&self, sign: f32) -> Option<usize> {
        let near = self.holder.tokens.end..self.target.tokens.end + 2;
        if near.is_empty() {
            return None;
        }
        let words = self.judge.found.attitudes_within(near).iter().copied();
        let mut words = words.filter(|at| self.judge.attitudes.leans(self.hash(*at)) * sign > 0.0);
        words.find(|at| {
            if *at < self.target.tokens.start {
                self.is_verb(*at) || self.is_noun(*at)
            } else {
                self.is_follower(*at)
            }
        })
    }

    fn hash(&self, at: usize) -> u64 {
        self.judge.hash(at)
    }

    fn tag(&self, at: usize) -> Option<Pos> {
        self.doc.parts_of_speech().get(at)
    }

    fn is_finite(&self, at: usize) -> bool {
        self.tag(at).is_some_and(Pos::is_finite)
    }

    /// Whether a token can stand in the phrase of an object.
    fn is_nominal(&self, at: usize) -> bool {
        self.hash(at) == hash_lowered("-")
            || self.tag(at).is_some_and(|tag| {
                tag.is_noun()
                    || matches!(tag, Pos::Determiner | Pos::Adjective | Pos::Number | Pos::Possessive)
            })
    }

    /// A word before a token by which it is not so, or not certain.
    fn is_open(&self, at: usize) -> bool {
        let open = at.saturating_sub(REACH).max(self.holder.tokens.end)..at;
        open.rev().take_while(|at| self.tag(*at) != Some(Pos::Comma)).any(|at| self.opens(at))
    }

    fn opens(&self, at: usize) -> bool {
        let (judge, hash) = (self.judge, self.hash(at));
        hash == NOT
            || judge.attitudes.denies(hash)
            || judge.events.of(hash) & event::WISH != 0
            || judge.model.vocabulary.word_of(hash).is(role::NEGATOR | role::MODAL)
    }

    /// Whether a word of attitude of this side follows a negator: "A has never praised B".
    pub(super) fn is_negated(&self, sign: f32) -> bool {
        let first = self.holder.tokens.end.min(self.target.tokens.end);
        let end = self.holder.tokens.start.max(self.target.tokens.start);
        let negates = |at: usize| {
            let word = self.judge.model.vocabulary.word_of(self.hash(at));
            word.is(role::NEGATOR) || self.hash(at) == NOT
        };
        let mut words = self.judge.found.attitudes_within(first..end).iter().copied();
        words.any(|word| {
            self.judge.attitudes.leans(self.hash(word)) * sign > 0.0
                && (word.saturating_sub(REACH).max(first)..word).any(negates)
        })
    }

    /// "expressed appreciation for B"
    fn is_noun(&self, at: usize) -> bool {
        const VERB: usize = 4;
        let mut object = at + 2..self.target.tokens.start;
        let of = matches!(self.tag(at + 1), Some(Pos::Preposition | Pos::To));
        let verb = (1..=VERB).map(|back| at.wrapping_sub(back)).find(|at| self.is_finite(*at));
        let plain = |verb: usize| {
            (verb + 1..at).all(|at| self.is_nominal(at) || self.tag(at) == Some(Pos::Conjunction))
        };
        self.tag(at).is_some_and(Pos::is_noun)
            && of
            && self.target.tokens.start >= at + 2
            && object.len() <= OBJECT
            && object.all(|at| self.is_nominal(at))
            && !self.is_open(at)
            && verb.is_some_and(|verb| {
                plain(verb) && self.judge.attitudes.voices(self.hash(verb)) && self.is_subject(verb)
            })
    }

    /// "criticised B"
    fn is_verb(&self, at: usize) -> bool {
        let object = at + 1..self.target.tokens.start;
        // "the main accused"
        let noun = matches!(self.tag(at - 1), Some(Pos::Determiner | Pos::Adjective))
            || self.hash(at - 1) == hash_lowered("-");
        self.tag(at).is_some_and(Pos::is_verb)
            && !noun
            && object.len() <= OBJECT
            && object.into_iter().all(|at| self.is_nominal(at))
            && !self.is_open(at)
            && self.is_subject(at)
    }

    /// Whether nobody but the holder can be the subject of what stands between it and a token.
    fn is_only(&self, end: usize) -> bool {
        let between = self.holder.tokens.end..end;
        between.len() <= SUBJECT && !self.is_governed(self.holder) && !self.names_another(between)
    }

    /// Whether the sentence names nobody before the second of the two who could hold or earn an opinion.
    pub(super) fn is_alone(&self) -> bool {
        let end = self.holder.tokens.start.max(self.target.tokens.start);
        let start = self.judge.encoded.tokens().start;
        let first = self.holder.tokens.end.min(self.target.tokens.end);
        (self.holder.tokens.start > self.target.tokens.start || !self.is_governed(self.holder))
            && !self.names_another(start..end)
            && !(first..end).any(|at| self.opens(at))
    }

    /// Whether a third party stands among some tokens.
    fn names_another(&self, within: std::ops::Range<usize>) -> bool {
        let others = |mention: &&Named| {
            within.contains(&mention.tokens.start)
                && mention.entity != self.holder.entity
                && mention.entity != self.target.entity
        };
        let could = |mention: &Named| {
            // "A, a Freedonian, criticised B"
            let article = self.hash(mention.tokens.start.wrapping_sub(1));
            if article == hash_lowered("a") || article == hash_lowered("an") {
                return false;
            }
            let kind = self.doc.entity(mention.entity).map(|entity| entity.kind());
            let acts =
                matches!(kind, Some(EntityKind::Person | EntityKind::Organization | EntityKind::Group));
            let attribute =
                self.tag(mention.tokens.end).is_some_and(|tag| tag.is_noun() || tag == Pos::Adjective);
            acts && !attribute && !self.is_governed(mention)
        };
        self.mentions.iter().filter(others).any(could)
    }

    /// Whether the holder is the subject of a verb.
    fn is_subject(&self, verb: usize) -> bool {
        if !self.is_only(verb) {
            return false;
        }
        let between = self.holder.tokens.end..verb;
        let aside = self.tag(self.holder.tokens.end) == Some(Pos::Comma);
        // "A met a man who criticised B"
        if let Some(who) = between.clone().rev().find(|at| self.tag(*at) == Some(Pos::WhPronoun))
            && who != self.holder.tokens.end
            && (!aside
                || (self.holder.tokens.end..who).any(|at| self.is_finite(at))
                    && self.tag(verb - 1) != Some(Pos::Comma))
        {
            return false;
        }
        // Another verb in between has another subject, unless it stands in an aside or goes on with "and".
        let chain = (between.start..verb).rev().take_while(|at| {
            self.tag(*at).is_some_and(|tag| tag.is_verb() || matches!(tag, Pos::Adverb | Pos::Modal))
        });
        let start = chain.last().unwrap_or(verb);
        let joined = self.tag(start.wrapping_sub(1)) == Some(Pos::Conjunction)
            || aside && self.tag(start.wrapping_sub(1)) == Some(Pos::Comma);
        let relative = self.tag(start.wrapping_sub(1)) == Some(Pos::WhPronoun);
        // "A fought back, criticising B", but not "A read a paper criticising B"
        let gerund = self.tag(start) == Some(Pos::VerbGerund);
        let before = start.wrapping_sub(1);
        if gerund
            && between.contains(&before)
            && matches!(self.tag(before), Some(Pos::Noun | Pos::NounPlural))
        {
            return false;
        }
        let joined = joined || gerund;
        joined || relative || !(between.start..start).any(|at| self.is_finite(at))
    }

    /// Whether a preposition or a verb stands before a name: it is no subject.
    pub(super) fn is_governed(&self, name: &Named) -> bool {
        const PHRASE: usize = 4;
        let mut at = name.tokens.start;
        let start = self.judge.encoded.tokens().start;
        let nominal = |at: usize| {
            self.tag(at).is_some_and(|tag| tag.is_noun() || matches!(tag, Pos::Determiner | Pos::Adjective))
        };
        while at > start && name.tokens.start - at < PHRASE && nominal(at - 1) {
            at -= 1;
        }
        let opens = self.judge.model.vocabulary.word_of(self.hash(at.wrapping_sub(1))).is(role::BOUNDARY);
        at > start
            && !opens
            && self.hash(at - 1) != hash_lowered("that")
            && matches!(self.tag(at - 1), Some(Pos::Preposition | Pos::To))
    }

    /// "A, a B supporter,"
    fn is_follower(&self, at: usize) -> bool {
        let between = self.holder.tokens.end..self.target.tokens.start;
        at == self.target.tokens.end
            && self.judge.attitudes.is_person(self.hash(at))
            && self.tag(between.start) == Some(Pos::Comma)
            && !between.clone().any(|at| self.is_finite(at))
            && !self.mentions.iter().any(|other| {
                between.contains(&other.tokens.start)
                    && self.tag(other.tokens.end).is_none_or(|tag| !tag.is_noun())
                    && other.entity != self.holder.entity
            })
    }
}

const NOT: u64 = hash_lowered("not");
