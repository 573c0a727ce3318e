//! Attitudes expressed by a verb, a noun or a name: "A condemned B", "A's support for B", "A called B a fraud".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityId, PartOfSpeech as Pos};

use super::sentence::{OBJECT, Sentence};
use super::{Attitude, BE, Kind, Named, is_any};
use crate::registry;

const BY: u64 = hash_lowered("by");
const TOWARDS: [u64; 8] = [
    hash_lowered("of"),
    hash_lowered("for"),
    hash_lowered("to"),
    hash_lowered("on"),
    hash_lowered("against"),
    hash_lowered("toward"),
    hash_lowered("towards"),
    hash_lowered("in"),
];

impl Sentence<'_> {
    /// Whether the preposition of a noun of attitude follows.
    pub(super) fn governs(&self, at: usize) -> bool {
        let after = self.hash(at + 1);
        is_any(after, &TOWARDS) || is_any(after, &[BY, hash_lowered("from")])
    }

    pub(super) fn verb(&self, at: usize, score: f32, found: &mut impl FnMut(Attitude)) {
        let score = self.turned(at, score);
        // "may endorse A": perhaps not.
        const OPEN: [u64; 5] = [
            hash_lowered("may"),
            hash_lowered("might"),
            hash_lowered("could"),
            hash_lowered("should"),
            hash_lowered("if"),
        ];
        if (self.chain_start(at)..at).any(|at| is_any(self.hash(at), &OPEN)) {
            return;
        }
        // "hails from A"
        let from = self.hash(at) == hash_lowered("hails") && self.hash(at + 1) == hash_lowered("from");
        if score == 0.0 || from {
            return;
        }
        let rule = registry::ATTITUDE_VERB;
        let evidence = self.span(at);
        let passive = (1..=3).map(|back| self.hash(at.wrapping_sub(back))).find(|hash| is_any(*hash, &BE));
        // "backed by A": a participle alone.
        let participle = self.hash(at + 1) == BY && self.is_participle(at);
        if (passive.is_some() || participle) && !self.progressive(at) {
            let Some(by) = (at + 1..at + 8).find(|at| self.hash(*at) == BY) else { return };
            // "B, backed by A, won": the comma encloses the participle.
            let put_in = passive.is_none() && self.hash(at.wrapping_sub(1)) == hash_lowered(",");
            let Some(target) = self.subject(at, !put_in) else { return };
            self.objects(by + 1, |holder| {
                if holder.entity != target.entity {
                    found(Attitude {
                        holder: holder.entity,
                        target: target.entity,
                        score,
                        evidence,
                        rule,
                        mutual: false,
                    });
                }
            });
            return;
        }
        // "supports building a road to A"
        if self.doc.parts_of_speech().get(at + 1) == Some(Pos::VerbGerund) {
            return;
        }
        let Some(holder) = self.subject(at, true) else { return };
        if let Some(target) = self.fronted(holder).filter(|target| target.entity != holder.entity) {
            found(Attitude {
                holder: holder.entity,
                target: target.entity,
                score,
                evidence,
                rule,
                mutual: false,
            });
            return;
        }
        self.objects(at + 1, |target| {
            if holder.entity != target.entity {
                found(Attitude {
                    holder: holder.entity,
                    target: target.entity,
                    score,
                    evidence,
                    rule,
                    mutual: false,
                });
            }
        });
    }

    /// "is criticising" has a form of "be" but is active.
    fn progressive(&self, at: usize) -> bool {
        self.doc.slice(self.span(at)).to_ascii_lowercase().ends_with("ing")
    }

    /// Whether a form of a regular verb can be a participle.
    fn is_participle(&self, at: usize) -> bool {
        self.doc.slice(self.span(at)).to_ascii_lowercase().ends_with("ed")
    }

    /// "B drew praise from A": the attitude is that of the name after "from" or "by".
    fn reaped(&self, at: usize, score: f32, found: &mut impl FnMut(Attitude)) {
        const BEFORE: usize = 5;
        let reap = (at.saturating_sub(BEFORE).max(self.tokens.start)..at)
            .rev()
            .find(|at| self.attitudes.of(self.hash(*at), Kind::Reap).is_some());
        let Some(target) = reap.and_then(|verb| self.subject(verb, true)) else { return };
        let score = self.turned(at, score);
        self.objects(at + 2, |holder| {
            if holder.entity != target.entity {
                found(Attitude {
                    holder: holder.entity,
                    target: target.entity,
                    score,
                    evidence: self.span(at),
                    rule: registry::ATTITUDE_NOUN,
                    mutual: false,
                });
            }
        });
    }

    /// "A's support for B", "A voiced contempt for B", "A is hostile to B".
    pub(super) fn noun(&self, at: usize, score: f32, found: &mut impl FnMut(Attitude)) {
        if is_any(self.hash(at + 1), &[BY, hash_lowered("from")]) {
            self.reaped(at, score, found);
            return;
        }
        if !is_any(self.hash(at + 1), &TOWARDS) {
            return;
        }
        // "her allies in B", "media critical of B": the place where they are, and somebody else is the holder.
        const PEOPLE: [u64; 10] = [
            hash_lowered("ally"),
            hash_lowered("allies"),
            hash_lowered("critic"),
            hash_lowered("critics"),
            hash_lowered("opponent"),
            hash_lowered("opponents"),
            hash_lowered("supporter"),
            hash_lowered("supporters"),
            hash_lowered("fan"),
            hash_lowered("fans"),
        ];
        const INSIDE: [u64; 4] = [
            hash_lowered("confidence"),
            hash_lowered("trust"),
            hash_lowered("faith"),
            hash_lowered("disappointed"),
        ];
        let after = self.hash(at + 1);
        let placed = is_any(self.hash(at), &PEOPLE)
            && !is_any(after, &[hash_lowered("of"), hash_lowered("to")])
            || after == hash_lowered("in") && !is_any(self.hash(at), &INSIDE);
        let tags = self.doc.parts_of_speech();
        let others = tags.get(at) == Some(Pos::Adjective)
            && matches!(tags.get(at.wrapping_sub(1)), Some(Pos::Noun | Pos::NounPlural))
            && self.before(at).next().is_none_or(|name| name.tokens.end < at);
        if placed || others {
            return;
        }
        // "with the support of B": B gives it. "contempt of court" is an offence.
        const GIVEN: [u64; 4] = [
            hash_lowered("support"),
            hash_lowered("backing"),
            hash_lowered("endorsement"),
            hash_lowered("contempt"),
        ];
        let before = self.hash(at.wrapping_sub(1));
        let own = matches!(
            self.doc.parts_of_speech().get(at.wrapping_sub(1)),
            Some(Pos::Possessive | Pos::PronounPossessive)
        ) || before == hash_lowered("in");
        let given = is_any(self.hash(at), &GIVEN) && self.hash(at + 1) == hash_lowered("of");
        if given && (!own || self.hash(at) == GIVEN[3]) {
            return;
        }
        // "A, a critic of B,": an apposition after the name.
        let article = [hash_lowered("a"), hash_lowered("an"), hash_lowered("the")];
        let put_in = (1..=3).any(|back| {
            is_any(self.hash(at.wrapping_sub(back)), &article)
                && self.hash(at.wrapping_sub(back + 1)) == hash_lowered(",")
        });
        // "A is a loyal ally of B", "A repeated her criticism of B": the subject is that of the verb before.
        const VERB: usize = 8;
        let verb = self.verb_before(at).filter(|verb| {
            at - verb <= VERB && self.before(at).next().is_none_or(|mention| mention.tokens.end <= *verb)
        });
        let Some(holder) = self.subject(verb.unwrap_or(at), !put_in) else { return };
        let score = self.turned(at, score);
        if score == 0.0 {
            return;
        }
        self.objects(at + 2, |target| {
            if holder.entity != target.entity {
                let evidence = self.span(at);
                found(Attitude {
                    holder: holder.entity,
                    target: target.entity,
                    score,
                    evidence,
                    rule: registry::ATTITUDE_NOUN,
                    mutual: false,
                });
            }
        });
    }

    /// "A called B a fraud": the words after B carry the attitude.
    pub(super) fn name(&self, at: usize, bond: Option<[EntityId; 2]>, found: &mut impl FnMut(Attitude)) {
        // "called for A to resign"
        if is_any(self.hash(at + 1), &[hash_lowered("for"), hash_lowered("off")]) {
            return;
        }
        let Some(holder) = self.subject(at, true) else { return };
        let rule = registry::ATTITUDE_NAMING;
        let hits = |from: usize| {
            let end = self.judge.found.edges_within(at..self.tokens.end).iter().find(|edge| edge.contrast);
            let end = end.map_or(self.tokens.end, |edge| edge.token).min(from + 16);
            self.judge.found.within(from..end)
        };
        let fronted = self.fronted(holder).filter(|target| target.entity != holder.entity);
        if let Some(target) = fronted {
            let sum: f32 = hits(at + 1).iter().map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            for hit in hits(at + 1).iter().filter(|hit| hit.valence.signum() == sum.signum()) {
                let evidence = hit.span;
                found(Attitude {
                    holder: holder.entity,
                    target: target.entity,
                    score,
                    evidence,
                    rule,
                    mutual: false,
                });
            }
            return;
        }
        let mut targets: Vec<&Named> = Vec::new();
        for mention in self.after(at + 1).take(1) {
            // "described the dinner as A": A is not the object.
            let part = (at + 1..mention.tokens.start).any(|at| self.hash(at) == hash_lowered("as"));
            if mention.tokens.start - at <= OBJECT && !part && !self.apart(at + 1, mention.tokens.start, true)
            {
                targets.push(mention);
            }
        }
        if let Some(target) = targets.first().filter(|target| target.entity != holder.entity) {
            let sum: f32 = hits(target.tokens.end).iter().map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            if sum != 0.0 {
                for hit in hits(target.tokens.end).iter().filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Attitude {
                        holder: holder.entity,
                        target: target.entity,
                        score,
                        evidence,
                        rule,
                        mutual: false,
                    });
                }
            }
            return;
        }
        // "called the ties a threat": the ties between the two entities of the last bond.
        let tie = (at + 1..at + 4).find(|at| self.attitudes.of(self.hash(*at), Kind::Tie).is_some());
        if let (Some(tie), Some(pair)) = (tie, bond) {
            let sum: f32 = hits(tie + 1).iter().map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            for target in pair.into_iter().filter(|target| *target != holder.entity) {
                for hit in hits(tie + 1).iter().filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Attitude { holder: holder.entity, target, score, evidence, rule, mutual: false });
                }
            }
        }
    }
}
