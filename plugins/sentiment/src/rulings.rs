//! Rules that decide the polarity of a target before the network: certain cases, and contexts whose words are about
//! something else.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm, PartOfSpeech as Pos, QuoteId};
use copydesk_core::segment::ZoneKind;
use copydesk_core::{DocumentView, RuleId, Span, hash_lowered};

use crate::attitudes::Named;
use crate::events::event;
use crate::hits::Hit;
use crate::learned::Judge;
use crate::lexicon::role;
use crate::outlets::Outlets;
use crate::reading::list;
use crate::registry;
use crate::stances::evaluated::{evaluated, unsurpassed};
use crate::standing::{self, Standing};
use crate::turns::Turn;

/// The decision of a rule on a target.
pub(crate) struct Ruling {
    /// -1 to 1; 0 is neutral.
    pub(crate) score: f32,
    pub(crate) rule: RuleId,
    pub(crate) evidence: Vec<Span>,
    /// The words near it are not about it, so they do not show a speaker's opinion of the target.
    pub(crate) spared: bool,
}

/// A target in its sentence.
pub(crate) struct Rulings<'a> {
    pub(crate) judge: &'a Judge<'a>,
    pub(crate) outlets: &'a Outlets,
    /// The changes for the better or worse in the sentence.
    pub(crate) turns: &'a [Turn],
    /// The words for the speakers of all quotes, in text order.
    pub(crate) speakers: &'a [(Span, QuoteId)],
}

/// The words for the speakers of all quotes, in text order.
pub(crate) fn speakers(doc: &DocumentView<'_>) -> Vec<(Span, QuoteId)> {
    let mut speakers: Vec<(Span, QuoteId)> =
        doc.quotes().filter_map(|quote| Some((quote.speaker()?, quote.id()))).collect();
    speakers.sort_unstable_by_key(|(span, id)| (*span, id.index()));
    speakers
}

/// The mention is compared with this many quotes whose source phrases begin before it.
const SPEAKERS: usize = 8;

const BE: [u64; 9] = [
    hash_lowered("is"),
    hash_lowered("are"),
    hash_lowered("was"),
    hash_lowered("were"),
    hash_lowered("been"),
    hash_lowered("being"),
    hash_lowered("be"),
    hash_lowered("got"),
    hash_lowered("'s"),
];
const BY: u64 = hash_lowered("by");
/// Pronouns that are no object.
const SUBJECTS: [u64; 4] =
    [hash_lowered("he"), hash_lowered("she"), hash_lowered("they"), hash_lowered("who")];

impl Rulings<'_> {
    fn hash(&self, at: usize) -> u64 {
        self.judge.hash(at)
    }

    fn tag(&self, at: usize) -> Option<Pos> {
        self.judge.doc.parts_of_speech().get(at)
    }

    fn span(&self, at: usize) -> Span {
        self.judge.doc.token_span(at, at + 1)
    }

    fn is(&self, at: usize, roles: u32) -> bool {
        self.judge.events.of(self.hash(at)) & roles != 0
    }

    /// The ruling on a target, if there is one.
    pub(crate) fn of(&self, target: &Named) -> Option<Ruling> {
        let neutral = |rule| Ruling { score: 0.0, rule, evidence: Vec::new(), spared: false };
        let spared = |rule| Ruling { spared: true, ..neutral(rule) };
        let zone = self.judge.doc.zone_at(target.span.start());
        if matches!(zone, ZoneKind::Dateline | ZoneKind::Byline) {
            return Some(spared(registry::TARGET_DATELINE));
        }
        if let Some((score, evidence)) = unsurpassed(self.judge, target)
            && Standing::of(self.judge, target).is_own()
        {
            return Some(Ruling { score, rule: registry::TARGET_UNSURPASSED, evidence, spared: false });
        }
        if self.is_cleared(target) {
            return Some(spared(registry::TARGET_CLEARED));
        }
        if let Some(found) = self.object(target).or_else(|| self.predicate(target)) {
            return Some(found);
        }
        if self.is_victim(target) {
            return Some(spared(registry::TARGET_VICTIM));
        }
        if self.is_modifier(target) {
            return Some(spared(registry::TARGET_MODIFIER));
        }
        if let Some(found) = self.attribute(target) {
            return Some(found);
        }
        if let Some(found) = self.turned(target) {
            return Some(found);
        }
        if self.is_source(target) {
            return Some(neutral(registry::TARGET_SOURCE));
        }
        if self.outlets.has(self.judge.doc, target) {
            return Some(neutral(registry::TARGET_OUTLET));
        }
        if self.is_unasserted(target) {
            return Some(spared(registry::TARGET_UNASSERTED));
        }
        self.is_place(target).then(|| spared(registry::TARGET_PLACE))
    }

    /// "the American economy", "the Texas senator"
    fn is_modifier(&self, target: &Named) -> bool {
        // "A-style reform", "the anti-A camp"
        if self.hash(target.tokens.start.wrapping_sub(1)) == hash_lowered("-") && target.tokens.start > 0 {
            return [hash_lowered("anti"), hash_lowered("pro"), hash_lowered("ex")]
                .contains(&self.hash(target.tokens.start.wrapping_sub(2)));
        }
        if self.hash(target.tokens.end) == hash_lowered("-")
            && matches!(self.tag(target.tokens.end + 1), Some(Pos::Noun | Pos::Adjective))
        {
            return true;
        }
        matches!(judge_kind(self.judge, target), Some(EntityKind::Location | EntityKind::Group))
            && self.judge.encoded.tokens().contains(&target.tokens.end)
            && matches!(
                self.tag(target.tokens.end),
                Some(Pos::Noun | Pos::NounPlural | Pos::ProperNoun | Pos::Adjective)
            )
    }

    /// The object of a verb of attitude: "attacked B", "B was praised".
    fn object(&self, target: &Named) -> Option<Ruling> {
        let judge = self.judge;
        if !judge.has(list::ATTITUDE) {
            return None;
        }
        // "criticised London's mayor"
        let place = matches!(judge_kind(judge, target), Some(EntityKind::Location | EntityKind::Facility));
        if place && self.tag(target.tokens.end) == Some(Pos::Possessive) {
            return None;
        }
        let (first, end) = (target.tokens.start, target.tokens.end);
        // Titles may stand between: "faulted Commander B".
        let mut before = first;
        while before > judge.encoded.tokens().start
            && first - before < 3
            && matches!(self.tag(before - 1), Some(Pos::ProperNoun | Pos::Determiner | Pos::Noun))
            && judge.attitudes.verb(self.hash(before - 1)).is_none()
        {
            before -= 1;
        }
        // At the start of a text nothing stands before the target.
        let active = before.wrapping_sub(1);
        // "fears it could end": the target is the subject of a clause.
        let clause = self.tag(end).is_some_and(|tag| tag.is_finite() || tag == Pos::Modal);
        let subject = clause || target.form == MentionForm::Pronoun && SUBJECTS.contains(&self.hash(first));
        let (at, score) = match judge.attitudes.verb(self.hash(active)) {
            Some(score)
                if self.hash(active.wrapping_sub(1)) != hash_lowered("by")
                    && !subject
                    && !self.is_passive(active)
                    && !self.is_no_verb(active) =>
            {
                (active, score)
            }
            _ => {
                let at = (end..end + 4)
                    .take_while(|at| self.tag(*at) != Some(Pos::Comma))
                    .find(|at| judge.attitudes.verb(self.hash(*at)).is_some())?;
                // The "'s" of a genitive is not a verb: "in A's favour".
                let helps = |at: usize| BE.contains(&self.hash(at)) && self.tag(at) != Some(Pos::Possessive);
                let passive = (end..at).any(helps);
                let progressive = judge.doc.slice(self.span(at)).ends_with("ing");
                // "was honoured to": a feeling.
                let moved = self.hash(at + 1) == hash_lowered("to");
                let participle = matches!(self.tag(at), Some(Pos::VerbParticiple | Pos::VerbPast));
                if !passive || !participle || progressive || moved || self.is_no_verb(at) {
                    return None;
                }
                (at, judge.attitudes.verb(self.hash(at))?)
            }
        };
        let holds = Standing::of(judge, target).is_meant(&[])
            && self.negated_or_asked(at).is_none()
            && !self.is_armed(at);
        holds.then(|| Ruling {
            score,
            rule: registry::TARGET_OBJECT,
            evidence: vec![self.span(at)],
            spared: false,
        })
    }

    /// "attacked A and killed two": not with words.
    fn is_armed(&self, verb: usize) -> bool {
        const ATTACK: [u64; 4] = [
            hash_lowered("attack"),
            hash_lowered("attacks"),
            hash_lowered("attacked"),
            hash_lowered("attacking"),
        ];
        ATTACK.contains(&self.hash(verb))
            && self.judge.encoded.tokens().any(|at| at != verb && self.is(at, event::HARM))
    }

    /// A form that may be a verb is not one here: "the running back A", "his back".
    fn is_no_verb(&self, at: usize) -> bool {
        let owned = matches!(self.tag(at.wrapping_sub(1)), Some(Pos::Possessive | Pos::PronounPossessive));
        owned || matches!(self.tag(at), Some(Pos::Noun | Pos::Adverb | Pos::Particle | Pos::Adjective))
    }

    fn is_passive(&self, verb: usize) -> bool {
        (1..=2).any(|back| BE.contains(&self.hash(verb.wrapping_sub(back))))
            && !self.judge.doc.slice(self.span(verb)).ends_with("ing")
    }

    /// A negator, a question or a condition before a verb.
    fn negated_or_asked(&self, verb: usize) -> Option<()> {
        const REACH: usize = 5;
        let start = verb.saturating_sub(REACH).max(self.judge.encoded.tokens().start);
        let clause = self.judge.found.clause_of(verb, start..verb + 1);
        let word = |at: usize| self.judge.model.vocabulary.word_of(self.hash(at));
        let refused = |at: usize| self.judge.attitudes.denies(self.hash(at));
        // "is “not ready” to endorse B"
        let negated = (start..verb).any(|at| word(at).is(role::NEGATOR));
        let open = (clause.start..verb).any(|at| word(at).is(role::MODAL) || refused(at));
        // "convince voters to support A": perhaps they will.
        let urged = |at: usize| self.is(at, event::WISH) || self.judge.attitudes.urges(self.hash(at));
        let meant = self.tag(verb.wrapping_sub(1)) == Some(Pos::To) && (start..verb).any(urged);
        (negated || open || meant).then_some(())
    }

    /// "A is a thief."
    fn predicate(&self, target: &Named) -> Option<Ruling> {
        let (score, evidence) = evaluated(self.judge, target, self.judge.encoded.tokens().end)?;
        Some(Ruling { score, rule: registry::TARGET_PREDICATE, evidence, spared: false })
    }

    /// "the corrupt A", "the wonderful A"
    fn attribute(&self, target: &Named) -> Option<Ruling> {
        const REACH: usize = 4;
        // "as best he can": the pronoun begins a clause.
        if target.form == MentionForm::Pronoun {
            return None;
        }
        let first = target.tokens.start;
        let start = first.saturating_sub(REACH).max(self.judge.encoded.tokens().start);
        let mut from = first;
        while from > start
            && match self.tag(from - 1) {
                Some(Pos::Adjective | Pos::Adverb | Pos::AdjectiveSuperlative | Pos::ProperNoun) => true,
                // "the gifted actor A", but not "the best chance A has"
                Some(Pos::Noun) => standing::is_calling(self.judge, from - 1),
                _ => false,
            }
            && !self.is(from - 1, event::SUFFER)
        {
            from -= 1;
        }
        if self.is(from.wrapping_sub(1), event::SUFFER) {
            return None;
        }
        let adjective = |at: usize| matches!(self.tag(at), Some(Pos::Adjective | Pos::AdjectiveSuperlative));
        let hits = self.judge.found.within(from..first);
        let judges = |hit: &&Hit| {
            adjective(hit.token) && hit.valence.abs() >= 1.0 && !self.is(hit.token, event::PLAIN | event::ACT)
                // "the honorable Supreme Court": a form of address.
                && !matches!(self.hash(hit.token), HONORABLE | HONOURABLE)
        };
        let counted = || hits.iter().filter(judges);
        let sum: f32 = counted().map(|hit| hit.valence).sum();
        let only = matches!(
            judge_kind(self.judge, target),
            None | Some(
                EntityKind::Person | EntityKind::Organization | EntityKind::Product | EntityKind::Work
            )
        );
        (sum.abs() >= 1.5 && only).then(|| Ruling {
            score: crate::score::squash(1.5 * sum),
            rule: registry::TARGET_ATTRIBUTE,
            evidence: counted().map(|hit| hit.span).collect(),
            spared: false,
        })
    }

    /// "A cut its losses": the subject who causes a change is rated like the change.
    fn turned(&self, target: &Named) -> Option<Ruling> {
        const REACH: usize = 4;
        let end = target.tokens.end;
        let done = self.turns.iter().find(|turn| turn.done && (end..end + REACH).contains(&turn.at))?;
        let helping =
            |at: usize| matches!(self.tag(at), Some(Pos::Adverb | Pos::Modal)) || is_have(self.hash(at));
        let own = (end..done.at).all(helping);
        own.then(|| Ruling {
            score: if done.better { 0.5 } else { -0.5 },
            rule: registry::TARGET_TURN,
            evidence: vec![self.span(done.at)],
            spared: false,
        })
    }

    /// The speaker of a quote, or the subject of a verb that names or describes somebody else.
    fn is_source(&self, target: &Named) -> bool {
        const REACH: usize = 4;
        let judge = self.judge;
        let tokens = judge.encoded.tokens();
        let clean =
            |within: Range<usize>| judge.found.within(within).iter().all(|hit| hit.valence.abs() < 1.0);
        let (first, end) = (target.tokens.start, target.tokens.end);
        let names = |at: &usize| judge.attitudes.names(self.hash(*at));
        if judge.has(list::ATTITUDE)
            && let Some(verb) = (end..end + REACH).find(names)
            && (end..verb)
                .all(|at| matches!(self.tag(at), Some(Pos::Adverb | Pos::Modal)) || is_have(self.hash(at)))
        {
            return clean(first.saturating_sub(6).max(tokens.start)..first);
        }
        let before = self.speakers.partition_point(|(speaker, _)| speaker.start() <= target.span.start());
        let mut speaks = self.speakers[before.saturating_sub(SPEAKERS)..before]
            .iter()
            .filter(|(speaker, _)| target.span.end() <= speaker.end())
            .filter_map(|(_, quote)| judge.doc.quote(*quote));
        speaks.any(|quote| {
            let said = |hit: &crate::hits::Hit| {
                quote
                    .content()
                    .iter()
                    .any(|content| content.start() <= hit.span.start() && hit.span.end() <= content.end())
            };
            let hits = judge.found.within(tokens.clone());
            let criticism: f32 = hits.iter().filter(|hit| said(hit)).map(|hit| hit.valence).sum();
            criticism < -1.0 && hits.iter().filter(|hit| !said(hit)).all(|hit| hit.valence.abs() < 1.0)
        })
    }

    /// "The court cleared A", "A was acquitted", "charges against A were dropped", "found A not guilty"
    fn is_cleared(&self, target: &Named) -> bool {
        const NEAR: usize = 5;
        if !self.judge.has(list::CLEAR) {
            return false;
        }
        let (first, end) = (target.tokens.start, target.tokens.end);
        let tokens = self.judge.encoded.tokens();
        let before = first.saturating_sub(NEAR).max(tokens.start)..first;
        let after = end..(end + 8).min(tokens.end);
        let charged = |within: Range<usize>| within.into_iter().any(|at| self.is(at, event::CHARGE));
        let clears = |at: usize| self.is(at, event::CLEAR);
        // "cleared A of fraud", "released A without charge"
        if before.clone().rev().take(2).any(clears) && charged(end..(end + 6).min(tokens.end)) {
            return true;
        }
        let passive =
            |at: usize| clears(at) && (1..=3).any(|back| BE.contains(&self.hash(at.wrapping_sub(back))));
        if after.clone().take(4).any(passive) && charged(after.clone()) {
            return true;
        }
        // "found A not guilty"
        let innocent = |at: usize| {
            self.hash(at) == GUILTY && self.hash(at.wrapping_sub(1)) == hash_lowered("not")
                || self.hash(at) == INNOCENT
        };
        if after.clone().take(5).any(innocent) {
            return true;
        }
        // "dropped all charges against A"
        let against = self.hash(first.wrapping_sub(1)) == hash_lowered("against");
        against
            && charged(before.clone())
            && (before.start.saturating_sub(3)..first).any(|at| self.is(at, event::DROP))
    }

    /// "killed A", "A was shot", "A died"
    fn is_victim(&self, target: &Named) -> bool {
        if !self.judge.has(list::HARM) {
            return false;
        }
        let (first, end) = (target.tokens.start, target.tokens.end);
        let mut before = first;
        let start = self.judge.encoded.tokens().start;
        let passed = |at: usize| {
            matches!(
                self.tag(at),
                Some(
                    Pos::ProperNoun
                        | Pos::Determiner
                        | Pos::Noun
                        | Pos::Adjective
                        | Pos::Number
                        | Pos::Adverb
                )
            )
        };
        while before > start && first - before < 4 && passed(before - 1) && !self.is(before - 1, event::HARM)
        {
            before -= 1;
        }
        let harms = |at: usize| self.is(at, event::HARM) || self.is_armed(at);
        if before > start && harms(before - 1) && !self.is_passive(before - 1) {
            return true;
        }
        if (before..first).any(|at| self.is(at, event::SUFFER)) || self.is_persecuted(first) {
            return true;
        }
        // "A and others are victims of an unjust system"
        const PREDICATE: usize = 7;
        let suffers = |at: usize| {
            self.is(at, event::SUFFER) && (1..=3).any(|back| BE.contains(&self.hash(at.wrapping_sub(back))))
        };
        if (end..end + PREDICATE).any(suffers) {
            return true;
        }
        let verb = (end..end + 5).find(|at| self.is(*at, event::HARM | event::FEEL));
        verb.is_some_and(|verb| {
            let gap = end..verb;
            let clean = gap.clone().all(|at| {
                BE.contains(&self.hash(at))
                    || matches!(
                        self.tag(at),
                        Some(Pos::Adverb | Pos::VerbThird | Pos::VerbPast | Pos::VerbPresent | Pos::Modal)
                    )
            });
            let passive = gap.into_iter().any(|at| BE.contains(&self.hash(at)));
            clean && (passive && self.is(verb, event::HARM) || self.is(verb, event::FEEL))
                || self.hash(verb + 1) == BY && clean && verb == end
        })
    }

    /// "the persecution of A", "attacks on A"
    fn is_persecuted(&self, first: usize) -> bool {
        const OF: [u64; 3] = [hash_lowered("of"), hash_lowered("on"), hash_lowered("against")];
        let determined = matches!(self.tag(first.wrapping_sub(1)), Some(Pos::Determiner | Pos::Adjective));
        let of = first.wrapping_sub(1 + usize::from(determined));
        OF.contains(&self.hash(of)) && self.is(of.wrapping_sub(1), event::DEED)
    }

    /// All words near it are in a question or a condition.
    fn is_unasserted(&self, target: &Named) -> bool {
        if !self.judge.found.hits.iter().any(|hit| hit.unreal) {
            return false;
        }
        let tokens = self.judge.encoded.tokens();
        let clause = self.judge.found.clause_of(target.tokens.start, tokens.clone());
        let hits = self.judge.found.within(
            clause.start.max(target.tokens.start.saturating_sub(12))..tokens.end.min(target.tokens.end + 14),
        );
        let opened = (clause.start.saturating_sub(1)..target.tokens.start).rev().take(4).any(|at| {
            let hash = self.hash(at);
            hash == hash_lowered("whether") || hash == hash_lowered("if") || hash == hash_lowered("unless")
        });
        let asked = matches!(
            self.tag(tokens.start),
            Some(Pos::VerbThird | Pos::VerbPast | Pos::VerbPresent | Pos::Modal)
        ) && self.hash(tokens.end - 1) == hash_lowered("?");
        (opened || asked) && !hits.is_empty() && hits.iter().all(|hit| hit.unreal)
    }

    /// A place where something happens.
    fn is_place(&self, target: &Named) -> bool {
        let kind = judge_kind(self.judge, target);
        if kind == Some(EntityKind::Facility) {
            return true;
        }
        const WHERE: [u64; 10] = [
            hash_lowered("in"),
            hash_lowered("at"),
            hash_lowered("near"),
            hash_lowered("from"),
            hash_lowered("outside"),
            hash_lowered("around"),
            hash_lowered("across"),
            hash_lowered("through"),
            hash_lowered("off"),
            hash_lowered("into"),
        ];
        let article = self.hash(target.tokens.start.wrapping_sub(1)) == hash_lowered("the");
        let before = self.hash(target.tokens.start.wrapping_sub(1 + usize::from(article)));
        kind == Some(EntityKind::Location) && WHERE.contains(&before)
    }
}

/// Whether a word of these roles can show that somebody is a victim.
pub(crate) fn may_harm(roles: u32) -> bool {
    roles & (event::HARM | event::SUFFER | event::FEEL | event::DEED) != 0
}

/// Whether a word of these roles can show that somebody is cleared.
pub(crate) fn may_clear(roles: u32, hash: u64) -> bool {
    roles & (event::CLEAR | event::DROP) != 0 || [GUILTY, INNOCENT].contains(&hash)
}

const GUILTY: u64 = hash_lowered("guilty");
const INNOCENT: u64 = hash_lowered("innocent");
const HONORABLE: u64 = hash_lowered("honorable");
const HONOURABLE: u64 = hash_lowered("honourable");

const HAVE: [u64; 3] = [hash_lowered("has"), hash_lowered("have"), hash_lowered("had")];

fn is_have(hash: u64) -> bool {
    HAVE.contains(&hash)
}

fn judge_kind(judge: &Judge<'_>, target: &Named) -> Option<EntityKind> {
    judge.doc.entity(target.entity).map(|entity| entity.kind())
}
