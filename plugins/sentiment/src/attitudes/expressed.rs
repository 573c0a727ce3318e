//! Attitudes expressed by a verb, a noun or a name: "A condemned B", "A's support for B", "A called B a fraud".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityId, PartOfSpeech as Pos};

use super::sentence::{OBJECT, Sentence};
use super::{Attitude, BE, Kind, Named, is_any};
use crate::events::event;
use crate::hits::Hit;
use crate::lexicon::role;
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
        // "slammed A to the ground", "felt betrayed by A"
        if self.is_bodily(at) || self.is_felt(at) {
            return;
        }
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
        // "A as opposed to B"
        let compared =
            self.hash(at.wrapping_sub(1)) == hash_lowered("as") && self.hash(at + 1) == hash_lowered("to");
        // "would have loved A"
        let unreal = self.hash(at.wrapping_sub(1)) == hash_lowered("have")
            && self.hash(at.wrapping_sub(2)) == hash_lowered("would");
        // "the A-supporting union"
        let joined = self.hash(at.wrapping_sub(1)) == hash_lowered("-");
        if score == 0.0 || from || compared || joined || unreal || self.is_of_noun(at) {
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
                    found(Attitude::of(holder, target, score, evidence, rule));
                }
            });
            return;
        }
        // "supports building a road to A"
        if self.doc.parts_of_speech().get(at + 1) == Some(Pos::VerbGerund) {
            return;
        }
        let Some(holder) = self.subject(at, true) else { return };
        if self.is_by_way(at, holder) {
            return;
        }
        if let Some(target) = self.fronted(holder).filter(|target| target.entity != holder.entity) {
            found(Attitude::of(holder, target, score, evidence, rule));
            return;
        }
        self.objects(at + 1, |target| {
            if holder.entity != target.entity {
                found(Attitude::of(holder, target, score, evidence, rule));
            }
        });
    }

    /// "nobody beats B by attacking A": B is the object.
    fn is_by_way(&self, at: usize, holder: &Named) -> bool {
        let tags = self.doc.parts_of_speech();
        tags.get(at) == Some(Pos::VerbGerund)
            && tags.get(at.wrapping_sub(1)) == Some(Pos::Preposition)
            && tags.get(holder.tokens.start.wrapping_sub(1)).is_some_and(Pos::is_verb)
    }

    /// "ads attacking A": the noun before it is the subject, and nobody's name.
    fn is_of_noun(&self, at: usize) -> bool {
        let tags = self.doc.parts_of_speech();
        tags.get(at) == Some(Pos::VerbGerund)
            && matches!(tags.get(at.wrapping_sub(1)), Some(Pos::Noun | Pos::NounPlural))
            && self.before(at).next().is_none_or(|name| name.tokens.end < at)
    }

    /// "slammed A to the ground": no words.
    fn is_bodily(&self, at: usize) -> bool {
        const WHERE: [u64; 5] = [
            hash_lowered("ground"),
            hash_lowered("floor"),
            hash_lowered("wall"),
            hash_lowered("pavement"),
            hash_lowered("door"),
        ];
        (at + 1..at + OBJECT).any(|at| is_any(self.hash(at), &WHERE))
    }

    /// "felt betrayed by A"
    fn is_felt(&self, at: usize) -> bool {
        const FEELS: [u64; 4] =
            [hash_lowered("feel"), hash_lowered("feels"), hash_lowered("felt"), hash_lowered("feeling")];
        is_any(self.hash(at.wrapping_sub(1)), &FEELS)
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
                found(Attitude::of(holder, target, score, self.span(at), registry::ATTITUDE_NOUN));
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
        if self.is_idle(at) {
            return;
        }
        let Some(holder) = self.holder_of(at) else { return };
        let score = self.turned(at, score);
        if score == 0.0 {
            return;
        }
        self.objects(at + 2, |target| {
            if holder.entity != target.entity {
                let evidence = self.span(at);
                found(Attitude::of(holder, target, score, evidence, registry::ATTITUDE_NOUN));
            }
        });
    }

    /// Whether a noun of attitude with its preposition shows no attitude of its owner.
    fn is_idle(&self, at: usize) -> bool {
        // "her allies in B", "media critical of B": the place where they are, and somebody else is the holder.
        const INSIDE: [u64; 4] = [
            hash_lowered("confidence"),
            hash_lowered("trust"),
            hash_lowered("faith"),
            hash_lowered("disappointed"),
        ];
        let behind = self.hash(at + 1);
        let placed = self.attitudes.is_person(self.hash(at))
            && !is_any(behind, &[hash_lowered("of"), hash_lowered("to")])
            || behind == hash_lowered("in") && !is_any(self.hash(at), &INSIDE);
        let tags = self.doc.parts_of_speech();
        let others = tags.get(at) == Some(Pos::Adjective)
            && matches!(tags.get(at.wrapping_sub(1)), Some(Pos::Noun | Pos::NounPlural))
            && self.before(at).next().is_none_or(|name| name.tokens.end < at);
        // "his supporters to topple B"
        let plan = self.hash(at + 1) == hash_lowered("to") && tags.get(at + 2) == Some(Pos::Verb);
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
        placed || others || plan || given && (!own || self.hash(at) == GIVEN[3])
    }

    /// Whose attitude a noun names.
    fn holder_of(&self, at: usize) -> Option<&Named> {
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
        let tags = self.doc.parts_of_speech();
        // "was endangering the A troops with his attacks on B": whose attacks they are, the pronoun tells.
        let owner = (1..=3)
            .map(|back| at.wrapping_sub(back))
            .find(|at| self.tokens.contains(at) && tags.get(*at) == Some(Pos::PronounPossessive));
        // "suggested that support for B is early": whose it is, nothing tells.
        let opens = |at: usize| {
            self.hash(at) == hash_lowered("that")
                || self.judge.model.vocabulary.word_of(self.hash(at)).is(role::BOUNDARY)
        };
        if owner.is_none() && verb.is_some_and(|verb| (verb + 1..at).any(opens)) {
            return None;
        }
        let owner = owner.and_then(|own| self.before(at).find(|name| name.tokens.end == own + 1));
        owner.or_else(|| self.subject(verb.unwrap_or(at), !put_in))
    }

    /// "A called B a fraud": the words after B carry the attitude.
    pub(super) fn name(&self, at: usize, bond: Option<[EntityId; 2]>, found: &mut impl FnMut(Attitude)) {
        // "called for A to resign"
        if is_any(self.hash(at + 1), &[hash_lowered("for"), hash_lowered("off")]) {
            return;
        }
        let Some(holder) = self.subject(at, true) else { return };
        let needs_as = self.attitudes.of(self.hash(at), Kind::As).is_some();
        if is_any(self.hash(at + 1), &[hash_lowered("out"), hash_lowered("on")]) {
            self.summoned(at, holder, found);
            return;
        }
        /// How far a name may be behind the verb: "called former mayor A".
        const TITLE: usize = 5;
        let rule = registry::ATTITUDE_NAMING;
        let judges = |hit: &&Hit| self.judge.events.of(self.hash(hit.token)) & event::PLAIN == 0;
        let hits = |from: usize| self.judge.found.within(from..self.complement(from)).iter().filter(judges);
        let fronted = self.fronted(holder).filter(|target| target.entity != holder.entity);
        if let Some(target) = fronted.filter(|_| !needs_as) {
            let sum: f32 = hits(at + 1).map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            for hit in hits(at + 1).filter(|hit| hit.valence.signum() == sum.signum()) {
                let evidence = hit.span;
                found(Attitude::of(holder, target, score, evidence, rule));
            }
            return;
        }
        let mut targets: Vec<&Named> = Vec::new();
        for mention in self.after(at + 1).take(1) {
            // "described the dinner as A", "called the idea that A": A is not the object.
            let nominal = |at: usize| {
                self.doc
                    .parts_of_speech()
                    .get(at)
                    .is_none_or(|tag| tag.is_noun() || matches!(tag, Pos::Determiner | Pos::Adjective))
            };
            if mention.tokens.start - at <= TITLE && (at + 1..mention.tokens.start).all(nominal) {
                targets.push(mention);
            }
        }
        // "dismissed A after a bad season": he lost his post.
        targets.retain(|target| !needs_as || self.hash(target.tokens.end) == hash_lowered("as"));
        if let Some(target) = targets.first().filter(|target| target.entity != holder.entity) {
            let sum: f32 = hits(target.tokens.end).map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            if sum != 0.0 {
                for hit in hits(target.tokens.end).filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Attitude::of(holder, target, score, evidence, rule));
                }
            }
            return;
        }
        if needs_as {
            return;
        }
        // "called the ties a threat": the ties between the two entities of the last bond.
        let tie = (at + 1..at + 4).find(|at| self.attitudes.of(self.hash(*at), Kind::Tie).is_some());
        if let (Some(tie), Some(pair)) = (tie, bond) {
            let sum: f32 = hits(tie + 1).map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            for target in pair.into_iter().filter(|target| *target != holder.entity) {
                for hit in hits(tie + 1).filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Attitude {
                        holder: holder.entity,
                        target,
                        parties: [holder.tokens.start, usize::MAX],
                        score,
                        evidence,
                        rule,
                        mutual: false,
                    });
                }
            }
        }
    }

    /// "called out A", "called on A to resign"
    fn summoned(&self, at: usize, holder: &Named, found: &mut impl FnMut(Attitude)) {
        const BLAME: f32 = -0.7;
        const LEAVE: [u64; 6] = [
            hash_lowered("resign"),
            hash_lowered("quit"),
            hash_lowered("step"),
            hash_lowered("apologise"),
            hash_lowered("apologize"),
            hash_lowered("withdraw"),
        ];
        if self.turned(at, BLAME) == 0.0 {
            return;
        }
        let on = self.hash(at + 1) == hash_lowered("on");
        self.objects(at + 2, |target| {
            let end = target.tokens.end;
            let asked = self.hash(end) == hash_lowered("to") && is_any(self.hash(end + 1), &LEAVE);
            if holder.entity != target.entity && (!on || asked) {
                found(Attitude::of(holder, target, BLAME, self.span(at), registry::ATTITUDE_VERB));
            }
        });
    }

    /// The end of what somebody is called, which begins at a token: "called A | an arrogant and incompetent fool on Monday".
    fn complement(&self, from: usize) -> usize {
        const REACH: usize = 16;
        const JOINS: [u64; 2] = [hash_lowered("as"), hash_lowered("of")];
        let tags = self.doc.parts_of_speech();
        let goes_on = |at: &usize| match tags.get(*at) {
            None => true,
            Some(Pos::To | Pos::Preposition) => is_any(self.hash(*at), &JOINS),
            // "a liar, a cheat"
            Some(Pos::Comma) => tags.get(at + 1).is_some_and(|tag| {
                matches!(tag, Pos::Determiner | Pos::Adjective | Pos::QuoteMark | Pos::Conjunction)
            }),
            Some(
                Pos::Stop | Pos::Mark | Pos::WhPronoun | Pos::WhAdverb | Pos::WhDeterminer | Pos::Pronoun,
            ) => false,
            Some(tag) => !tag.is_finite(),
        };
        let end = self.judge.found.edges_within(from..self.tokens.end).iter().find(|edge| edge.contrast);
        let end = end.map_or(self.tokens.end, |edge| edge.token).min(from + REACH);
        (from..end).find(|at| !goes_on(at)).unwrap_or(end)
    }
}
