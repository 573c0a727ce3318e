//! What a clause of a quote says of its subject, "A is a thief", and what its speaker feels, "I am proud of A".

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::{Span, hash_lowered};

use crate::attitudes::Named;
use crate::learned::Judge;
use crate::lexicon::role;

/// The least sum of valences that evaluates.
const LEAST: f32 = 1.0;
/// How far behind the verb the evaluation may end.
const REACH: usize = 10;

/// Forms of verbs that join a subject with what it is said to be.
const COPULAS: [u64; 16] = [
    hash_lowered("is"),
    hash_lowered("are"),
    hash_lowered("was"),
    hash_lowered("were"),
    hash_lowered("'s"),
    hash_lowered("'re"),
    hash_lowered("'m"),
    hash_lowered("am"),
    hash_lowered("be"),
    hash_lowered("been"),
    hash_lowered("remains"),
    hash_lowered("remained"),
    hash_lowered("became"),
    hash_lowered("becomes"),
    hash_lowered("seems"),
    hash_lowered("looks"),
];

/// How a mention is evaluated by the predicate behind it, from -1 to 1, with the words that do so.
pub(crate) fn evaluated(judge: &Judge<'_>, mention: &Named, end: usize) -> Option<(f32, Vec<Span>)> {
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let tags = judge.doc.parts_of_speech();
    let first = mention.tokens.end;
    if tags.get(first) == Some(Pos::Possessive) {
        return None;
    }
    // "has always been", "is"
    let between = |at: usize| {
        matches!(tags.get(at), Some(Pos::Adverb))
            || matches!(hash(at), own if own == HAS || own == HAVE || own == HAD)
    };
    let copula = (first..end.min(first + 4)).find(|at| !between(*at))?;
    if !COPULAS.contains(&hash(copula)) {
        return None;
    }
    let clause = judge.found.clause_of(copula, first..end);
    let stop = clause.end.min(copula + REACH);
    let hits = judge.found.within(copula..stop);
    // What is done to somebody, "was killed", is no evaluation; nor is what is asked or only possible.
    let verbal = |at: usize| {
        matches!(tags.get(at), Some(Pos::VerbParticiple | Pos::VerbGerund | Pos::Verb | Pos::VerbPast))
    };
    let own = |token: usize| {
        let inner = judge.doc.tokens().get(token).is_some_and(|token| token.is_word());
        inner && !(copula + 1..token + 1).any(verbal)
    };
    let counted = || hits.iter().filter(|hit| !hit.unreal && own(hit.token));
    let sum: f32 = counted().map(|hit| hit.valence).sum();
    if sum.abs() < LEAST {
        return None;
    }
    let evidence = counted().filter(|hit| hit.valence.signum() == sum.signum()).map(|hit| hit.span).collect();
    Some((crate::score::squash(1.5 * sum), evidence))
}

/// What the speaker of a quote says to feel towards a mention: the words between "I" or "we" and it, in one clause.
pub(crate) fn felt(judge: &Judge<'_>, mention: &Named, start: usize) -> Option<(f32, Vec<Span>)> {
    const WE: [u64; 4] = [hash_lowered("i"), hash_lowered("we"), hash_lowered("i'm"), hash_lowered("we're")];
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let first = mention.tokens.start;
    let clause = judge.found.clause_of(first.saturating_sub(1), start..first);
    let from = clause.start.max(start).max(first.saturating_sub(REACH));
    let speaker = (from..first).rev().find(|at| WE.contains(&hash(*at)))?;
    let counted = || judge.found.within(speaker..first).iter().filter(|hit| !hit.unreal);
    let sum: f32 = counted().map(|hit| hit.valence).sum();
    if sum.abs() < LEAST {
        return None;
    }
    let evidence = counted().filter(|hit| hit.valence.signum() == sum.signum()).map(|hit| hit.span).collect();
    Some((crate::score::squash(1.5 * sum), evidence))
}

/// "No mayor has done more harm than A", "there is no better doctor than A": the comparison counts, not its negation.
pub(crate) fn unsurpassed(judge: &Judge<'_>, target: &Named) -> Option<(f32, Vec<Span>)> {
    let tokens = judge.encoded.tokens();
    let hash = |at: usize| {
        if tokens.contains(&at) { judge.doc.tokens().get(at).map_or(0, |token| token.hash()) } else { 0 }
    };
    let tags = judge.doc.parts_of_speech();
    const THAN: u64 = hash_lowered("than");
    const REACH: usize = 14;
    let first = target.tokens.start;
    let start = tokens.start.max(first.saturating_sub(REACH));
    let than = (start..first).rev().take(4).find(|at| hash(*at) == THAN)?;
    let word = |at: usize| judge.model.vocabulary.word_of(hash(at));
    let negator = (start..than).find(|at| {
        let own = hash(*at);
        word(*at).is(role::NEGATOR) || own == hash_lowered("nobody") || own == hash_lowered("none")
    })?;
    const GOOD: [u64; 6] = [
        hash_lowered("better"),
        hash_lowered("finer"),
        hash_lowered("greater"),
        hash_lowered("kinder"),
        hash_lowered("wiser"),
        hash_lowered("braver"),
    ];
    let compared = |at: &usize| {
        matches!(tags.get(*at), Some(Pos::AdjectiveComparative | Pos::AdverbComparative))
            || hash(*at) == hash_lowered("more")
            || GOOD.contains(&hash(*at))
    };
    let from = (negator..than).find(compared)?;
    let valence = |at: usize| {
        let own = judge.model.vocabulary.word_of(hash(at)).valence;
        if GOOD.contains(&hash(at)) { own.max(2.0) } else { own }
    };
    let (at, sum) = (from..than).map(|at| (at, valence(at))).find(|(_, valence)| valence.abs() >= 1.0)?;
    Some((crate::score::squash(2.0 * sum), vec![judge.doc.token_span(at, at + 1)]))
}

const HAS: u64 = hash_lowered("has");
const HAVE: u64 = hash_lowered("have");
const HAD: u64 = hash_lowered("had");
