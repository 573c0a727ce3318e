//! Attitudes told by a verb or a noun: "A condemned B", "B was praised by A", "A's support for B", "A called B a fraud".

use std::ops::Range;

use copydesk_core::layers::EntityId;
use copydesk_core::{DocumentView, Lexicon, Span, StageError, hash_lowered};

use crate::around::Place;
use crate::found::Found as Findings;
use crate::learned::Judge;
use crate::lexicon::{role, rows};
use crate::sieve::Sieve;

/// A mention of an entity.
#[derive(Clone, Debug)]
pub(crate) struct Named {
    pub(crate) tokens: Range<usize>,
    pub(crate) span: Span,
    pub(crate) entity: EntityId,
}

/// What a word does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Verb,
    Noun,
    Name,
    Deny,
    Bond,
    Warm,
    Tie,
}

/// The words of attitude.
pub(crate) struct Attitudes {
    words: Lexicon<[Option<(Kind, f32)>; 2]>,
    known: Sieve,
}

/// An attitude.
pub(crate) struct Found {
    pub(crate) holder: EntityId,
    pub(crate) target: EntityId,
    /// -1 to 1.
    pub(crate) score: f32,
    pub(crate) evidence: Span,
    pub(crate) rule: &'static str,
}

/// How far before a verb its subject may stand, and how far behind it its object.
const SUBJECT: usize = 14;
const OBJECT: usize = 9;
/// How far a negator reaches.
const NEGATION: usize = 4;
/// What a negator or a refusal leaves of an attitude.
const TURNED: f32 = -0.6;

const fn is_any(hash: u64, words: &[u64]) -> bool {
    let mut at = 0;
    while at < words.len() {
        if words[at] == hash {
            return true;
        }
        at += 1;
    }
    false
}

const BE: [u64; 9] = [
    hash_lowered("was"),
    hash_lowered("were"),
    hash_lowered("is"),
    hash_lowered("are"),
    hash_lowered("been"),
    hash_lowered("being"),
    hash_lowered("be"),
    hash_lowered("got"),
    hash_lowered("gets"),
];
const BY: u64 = hash_lowered("by");
const AND: [u64; 3] = [hash_lowered("and"), hash_lowered("or"), hash_lowered(",")];
/// What stands before a name that is part of another phrase: "the head *of* Orbis".
const INNER: [u64; 7] = [
    hash_lowered("of"),
    hash_lowered("from"),
    hash_lowered("in"),
    hash_lowered("at"),
    hash_lowered("for"),
    hash_lowered("with"),
    hash_lowered("to"),
];
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

impl Attitudes {
    /// The words that are part of the program.
    pub(crate) fn built_in() -> Result<Self, StageError> {
        let mut words: Lexicon<[Option<(Kind, f32)>; 2]> = Lexicon::default();
        let mut sieve = Sieve::default();
        for line in rows(include_str!("../data/attitudes.tsv")) {
            let wrong = || StageError::failed(format_args!("attitudes.tsv: `{line}`"));
            let mut columns = line.split('\t');
            let (Some(kind), Some(score), Some(forms)) = (columns.next(), columns.next(), columns.next())
            else {
                return Err(wrong());
            };
            let kind = match kind {
                "verb" => Kind::Verb,
                "noun" => Kind::Noun,
                "name" => Kind::Name,
                "deny" => Kind::Deny,
                "bond" => Kind::Bond,
                "warm" => Kind::Warm,
                "tie" => Kind::Tie,
                _ => return Err(wrong()),
            };
            let score: f32 = score.parse().map_err(|_| wrong())?;
            for form in forms.split(' ') {
                let hash = copydesk_core::hash_lower(form);
                let mut known = words.get(hash).copied().unwrap_or_default();
                // A form can be verb and noun: "attack".
                if let Some(free) = known.iter_mut().find(|known| known.is_none()) {
                    *free = Some((kind, score));
                }
                words.insert(hash, known);
                sieve.insert(hash);
            }
        }
        Ok(Self { words, known: sieve })
    }

    /// Whether a word may tell an attitude.
    #[inline(always)]
    pub(crate) fn knows(&self, hash: u64) -> bool {
        self.known.may_hold(hash) && self.words.contains(hash)
    }

    /// The attitude whose object a target is: of a verb close before it, or of a passive one behind it.
    pub(crate) fn towards(&self, doc: &DocumentView<'_>, found: Findings<'_>, place: &Place) -> f32 {
        const NEAR: usize = 5;
        let hash = |at: usize| doc.tokens().get(at).map_or(0, |token| token.hash());
        let (first, end) = (place.target.start, place.target.end);
        let window = place.window();
        let verb = |at: &usize| self.of(hash(*at), Kind::Verb);
        let before = first.saturating_sub(NEAR).max(place.clause.start).max(window.start)..first;
        if let Some(score) = found.attitudes_within(before).iter().rev().find_map(verb) {
            return score;
        }
        let behind = end..end.saturating_add(NEAR).min(place.clause.end).min(window.end);
        let is_passive = |at: &usize| (end..*at).any(|at| is_any(hash(at), &BE));
        let mut verbs = found.attitudes_within(behind).iter().filter(|at| is_passive(at));
        verbs.find_map(verb).unwrap_or_default()
    }

    fn of(&self, hash: u64, kind: Kind) -> Option<f32> {
        let known = self.words.get(hash)?;
        known.iter().flatten().find(|(own, _)| *own == kind).map(|(_, score)| *score)
    }

    /// Finds the attitudes that a sentence tells of the mentions in it. `bond` holds the last two of whom a bond was told.
    pub(crate) fn find(
        &self,
        judge: &Judge<'_>,
        mentions: &[Named],
        bond: &mut Option<[EntityId; 2]>,
        mut found: impl FnMut(Found),
    ) {
        let doc = judge.doc;
        let sentence = Sentence { doc, judge, mentions, tokens: judge.heard.tokens(), attitudes: self };
        for &at in judge.found.attitudes {
            let Some(kinds) = doc.tokens().get(at).and_then(|token| self.words.get(token.hash())) else {
                continue;
            };
            for (kind, score) in kinds.iter().flatten() {
                match kind {
                    Kind::Verb => sentence.verb(at, *score, &mut found),
                    Kind::Noun => sentence.noun(at, *score, &mut found),
                    Kind::Name => sentence.name(at, *bond, &mut found),
                    Kind::Bond => sentence.between(at, *score, bond, &mut found),
                    Kind::Warm => sentence.both(at, *score, bond, &mut found),
                    Kind::Deny | Kind::Tie => {}
                }
            }
        }
    }
}

struct Sentence<'a> {
    doc: &'a DocumentView<'a>,
    judge: &'a Judge<'a>,
    mentions: &'a [Named],
    tokens: Range<usize>,
    attitudes: &'a Attitudes,
}

impl Sentence<'_> {
    fn hash(&self, at: usize) -> u64 {
        if !self.tokens.contains(&at) {
            return 0;
        }
        self.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    fn span(&self, at: usize) -> Span {
        self.doc.token_span(at, at + 1)
    }

    fn before(&self, at: usize) -> impl Iterator<Item = &Named> {
        let end = self.mentions.partition_point(|mention| mention.tokens.start < at);
        self.mentions[..end].iter().rev().filter(move |mention| mention.tokens.end <= at)
    }

    fn behind(&self, at: usize) -> impl Iterator<Item = &Named> {
        let start = self.mentions.partition_point(|mention| mention.tokens.start < at);
        self.mentions[start..].iter()
    }

    /// Whether a clause ends between two tokens; commas do so in pairs only, around what is put in.
    fn apart(&self, from: usize, to: usize, commas_apart: bool) -> bool {
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

    /// The subject of a verb: the last name before it that is no part of another phrase.
    fn subject(&self, verb: usize, commas_apart: bool) -> Option<&Named> {
        let mut last: Option<&Named> = None;
        for mention in self.before(verb) {
            if verb - mention.tokens.end > SUBJECT || self.apart(mention.tokens.end, verb, commas_apart) {
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
        last
    }

    /// The objects behind a verb: the next name, and those joined to it.
    fn objects(&self, behind: usize, mut each: impl FnMut(&Named)) -> bool {
        let mut last: Option<usize> = None;
        for mention in self.behind(behind) {
            let near = match last {
                None => {
                    mention.tokens.start - behind <= OBJECT && !self.apart(behind, mention.tokens.start, true)
                }
                Some(end) => {
                    (end..mention.tokens.start).len() <= 2
                        && (end..mention.tokens.start)
                            .all(|at| is_any(self.hash(at), &AND) || self.hash(at) == hash_lowered("the"))
                        && end < mention.tokens.start
                }
            };
            if !near {
                break;
            }
            each(mention);
            last = Some(mention.tokens.end);
        }
        last.is_some()
    }

    /// What is left of an attitude behind negators and refusals.
    fn turned(&self, verb: usize, score: f32) -> f32 {
        for at in verb.saturating_sub(NEGATION).max(self.tokens.start)..verb {
            let hash = self.hash(at);
            let negates = self.judge.model.vocabulary.word_of(hash).is(role::NEGATOR);
            if negates || self.attitudes.of(hash, Kind::Deny).is_some() {
                return score * TURNED;
            }
        }
        score
    }

    fn verb(&self, at: usize, score: f32, found: &mut impl FnMut(Found)) {
        let score = self.turned(at, score);
        let rule = "attitude-verb";
        let evidence = self.span(at);
        let passive = (1..=3).map(|back| self.hash(at.wrapping_sub(back))).find(|hash| is_any(*hash, &BE));
        if passive.is_some() && !self.progressive(at) {
            let Some(by) = (at + 1..at + 8).find(|at| self.hash(*at) == BY) else { return };
            let Some(target) = self.subject(at, true) else { return };
            self.objects(by + 1, |holder| {
                if holder.entity != target.entity {
                    found(Found { holder: holder.entity, target: target.entity, score, evidence, rule });
                }
            });
            return;
        }
        let Some(holder) = self.subject(at, true) else { return };
        self.objects(at + 1, |target| {
            if holder.entity != target.entity {
                found(Found { holder: holder.entity, target: target.entity, score, evidence, rule });
            }
        });
    }

    /// "is criticising" has a "be" and is active.
    fn progressive(&self, at: usize) -> bool {
        self.doc.slice(self.span(at)).to_ascii_lowercase().ends_with("ing")
    }

    /// "A's support for B", "A voiced contempt for B", "A is hostile to B".
    fn noun(&self, at: usize, score: f32, found: &mut impl FnMut(Found)) {
        if !is_any(self.hash(at + 1), &TOWARDS) {
            return;
        }
        // "A, a critic of B,": put in behind the name.
        let article = [hash_lowered("a"), hash_lowered("an"), hash_lowered("the")];
        let put_in = (1..=3).any(|back| {
            is_any(self.hash(at.wrapping_sub(back)), &article)
                && self.hash(at.wrapping_sub(back + 1)) == hash_lowered(",")
        });
        let Some(holder) = self.subject(at, !put_in) else { return };
        let score = self.turned(at, score);
        self.objects(at + 2, |target| {
            if holder.entity != target.entity {
                let evidence = self.span(at);
                found(Found {
                    holder: holder.entity,
                    target: target.entity,
                    score,
                    evidence,
                    rule: "attitude-noun",
                });
            }
        });
    }

    /// "A called B a fraud": what stands behind B tells.
    fn name(&self, at: usize, bond: Option<[EntityId; 2]>, found: &mut impl FnMut(Found)) {
        let Some(holder) = self.subject(at, true) else { return };
        let rule = "attitude-naming";
        let hits = |from: usize| {
            let end = self.judge.found.edges_within(at..self.tokens.end).iter().find(|edge| edge.contrast);
            let end = end.map_or(self.tokens.end, |edge| edge.token).min(from + 16);
            self.judge.found.within(from..end)
        };
        let mut targets: Vec<&Named> = Vec::new();
        for mention in self.behind(at + 1).take(1) {
            if mention.tokens.start - at <= OBJECT && !self.apart(at + 1, mention.tokens.start, true) {
                targets.push(mention);
            }
        }
        if let Some(target) = targets.first().filter(|target| target.entity != holder.entity) {
            let sum: f32 = hits(target.tokens.end).iter().map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            if sum != 0.0 {
                for hit in hits(target.tokens.end).iter().filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Found { holder: holder.entity, target: target.entity, score, evidence, rule });
                }
            }
            return;
        }
        // "called the ties a threat": the ties of the two of whom a bond was told.
        let tie = (at + 1..at + 4).find(|at| self.attitudes.of(self.hash(*at), Kind::Tie).is_some());
        if let (Some(tie), Some(pair)) = (tie, bond) {
            let sum: f32 = hits(tie + 1).iter().map(|hit| hit.valence).sum();
            let score = crate::score::squash(1.5 * sum);
            for target in pair.into_iter().filter(|target| *target != holder.entity) {
                for hit in hits(tie + 1).iter().filter(|hit| hit.valence.signum() == sum.signum()) {
                    let evidence = hit.span;
                    found(Found { holder: holder.entity, target, score, evidence, rule });
                }
            }
        }
    }

    /// "cooperation between A and B", "A-B cooperation".
    fn between(
        &self,
        at: usize,
        score: f32,
        bond: &mut Option<[EntityId; 2]>,
        found: &mut impl FnMut(Found),
    ) {
        let evidence = self.span(at);
        let pair = if self.hash(at + 1) == hash_lowered("between") {
            let mut behind = self.behind(at + 2);
            match (behind.next(), behind.next()) {
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
        self.mutual(pair, score, evidence, bond, found);
    }

    /// "A and B have been warming up their relations".
    fn both(&self, at: usize, score: f32, bond: &mut Option<[EntityId; 2]>, found: &mut impl FnMut(Found)) {
        let mut before = self.before(at);
        let pair = match (before.next(), before.next()) {
            (Some(b), Some(a))
                if at - b.tokens.end <= 4
                    && b.tokens.start - a.tokens.end <= 2
                    && self.hash(a.tokens.end) == AND[0]
                    && !self.apart(b.tokens.end, at, true) =>
            {
                Some([a.entity, b.entity])
            }
            _ => None,
        };
        self.mutual(pair, score, self.span(at), bond, found);
    }

    fn mutual(
        &self,
        pair: Option<[EntityId; 2]>,
        score: f32,
        evidence: Span,
        bond: &mut Option<[EntityId; 2]>,
        found: &mut impl FnMut(Found),
    ) {
        let Some([a, b]) = pair.filter(|[a, b]| a != b) else { return };
        *bond = Some([a, b]);
        for (holder, target) in [(a, b), (b, a)] {
            found(Found { holder, target, score, evidence, rule: "attitude-bond" });
        }
    }
}
