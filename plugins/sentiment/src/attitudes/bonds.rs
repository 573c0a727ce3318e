//! Mutual attitudes of two entities: "cooperation between A and B".

use copydesk_core::layers::{EntityId, PartOfSpeech as Pos};
use copydesk_core::{Span, hash_lowered};

use super::sentence::{AND, Sentence};
use super::{Attitude, Named, is_any};
use crate::lexicon::role;
use crate::registry;

impl Sentence<'_> {
    /// "cooperation between A and B", "A-B cooperation".
    pub(super) fn between(
        &self,
        at: usize,
        score: f32,
        bond: &mut Option<[EntityId; 2]>,
        found: &mut impl FnMut(Attitude),
    ) {
        let evidence = self.span(at);
        let pair = if self.hash(at + 1) == hash_lowered("between") {
            let mut after = self.after(at + 2);
            match (after.next(), after.next()) {
                (Some(a), Some(b))
                    if self.hash(a.tokens.end) == AND[0] && b.tokens.start - a.tokens.end <= 2 =>
                {
                    Some([a.entity, b.entity])
                }
                _ => None,
            }
        } else {
            let mut before = self.before(at);
            match (before.next(), before.next()) {
                (Some(b), Some(a))
                    if at - b.tokens.end <= 1
                        && b.tokens.start - a.tokens.end <= 1
                        && self.hash(a.tokens.end) == hash_lowered("-") =>
                {
                    Some([a.entity, b.entity])
                }
                _ => None,
            }
        };
        // "the friendship between A and B is over"
        const OVER: [u64; 10] = [
            hash_lowered("over"),
            hash_lowered("end"),
            hash_lowered("ended"),
            hash_lowered("ends"),
            hash_lowered("broke"),
            hash_lowered("collapsed"),
            hash_lowered("soured"),
            hash_lowered("strained"),
            hash_lowered("frayed"),
            hash_lowered("cooled"),
        ];
        const REACH: usize = 12;
        if score > 0.0 && (at..at + REACH).any(|at| is_any(self.hash(at), &OVER)) {
            return;
        }
        self.mutual(pair, score, evidence, bond, found);
    }

    /// "A and B have been warming up their relations".
    pub(super) fn both(
        &self,
        at: usize,
        score: f32,
        bond: &mut Option<[EntityId; 2]>,
        found: &mut impl FnMut(Attitude),
    ) {
        let mut before = self.before(at);
        let pair = match (before.next(), before.next()) {
            (Some(b), Some(a))
                if at - b.tokens.end <= 4
                    && b.tokens.start - a.tokens.end <= 2
                    && self.hash(a.tokens.end) == AND[0]
                    && !self.is_governed(a)
                    && !(score < 0.0 && self.has_object(at))
                    && !self.apart(b.tokens.end, at, true) =>
            {
                Some([a.entity, b.entity])
            }
            _ => None,
        };
        self.mutual(pair, score, self.span(at), bond, found);
    }

    /// "are fighting the gangs", but not "are fighting each other"
    fn has_object(&self, at: usize) -> bool {
        matches!(
            self.doc.parts_of_speech().get(at + 1),
            Some(
                Pos::Determiner
                    | Pos::Noun
                    | Pos::NounPlural
                    | Pos::ProperNoun
                    | Pos::Adjective
                    | Pos::PronounPossessive
            )
        ) && self.hash(at + 1) != hash_lowered("each")
    }

    /// Whether a preposition or a verb stands before a name: the two are not a subject.
    fn is_governed(&self, name: &Named) -> bool {
        let article = usize::from(self.hash(name.tokens.start.wrapping_sub(1)) == hash_lowered("the"));
        let at = name.tokens.start.wrapping_sub(1 + article);
        let tag = self.doc.parts_of_speech().get(at).filter(|_| self.tokens.contains(&at));
        let opens = self.judge.model.vocabulary.word_of(self.hash(at)).is(role::BOUNDARY);
        !opens && tag.is_some_and(|tag| tag.is_verb() || matches!(tag, Pos::Preposition | Pos::To))
    }

    fn mutual(
        &self,
        pair: Option<[EntityId; 2]>,
        score: f32,
        evidence: Span,
        bond: &mut Option<[EntityId; 2]>,
        found: &mut impl FnMut(Attitude),
    ) {
        let Some([a, b]) = pair.filter(|[a, b]| a != b) else { return };
        *bond = Some([a, b]);
        for (holder, target) in [(a, b), (b, a)] {
            let parties = [usize::MAX; 2];
            let rule = registry::ATTITUDE_BOND;
            found(Attitude { holder, target, parties, score, evidence, rule, mutual: true });
        }
    }
}
