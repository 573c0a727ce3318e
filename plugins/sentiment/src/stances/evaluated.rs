//! What a clause of a quote says of its subject, "A is a thief", and what its speaker feels, "I am proud of A".

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::{Span, hash_lowered};

use crate::attitudes::Named;
use crate::learned::Judge;

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

const HAS: u64 = hash_lowered("has");
const HAVE: u64 = hash_lowered("have");
const HAD: u64 = hash_lowered("had");
