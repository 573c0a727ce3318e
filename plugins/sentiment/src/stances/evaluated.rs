//! Evaluations of the subject of a clause in a quote, "A is a thief", and feelings of its speaker, "I am proud of A".

use copydesk_core::layers::PartOfSpeech as Pos;
use copydesk_core::{Span, hash_lowered};

use crate::attitudes::Named;
use crate::events::event;
use crate::hits::Hit;
use crate::learned::Judge;
use crate::lexicon::role;
use crate::reading::list;

/// The minimum sum of valences of an evaluation.
const LEAST: f32 = 1.0;
/// The maximum distance of the end of the evaluation from the verb before it.
const REACH: usize = 10;

/// Forms of verbs that join a subject with its predicate.
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

/// Nouns that an adjective before them does not make a judgement of the subject.
const EXAMPLES: [u64; 8] = [
    hash_lowered("example"),
    hash_lowered("examples"),
    hash_lowered("microcosm"),
    hash_lowered("illustration"),
    hash_lowered("indicator"),
    hash_lowered("reminder"),
    hash_lowered("deal"),
    hash_lowered("bit"),
];

/// The evaluation of a mention by the predicate after it, from -1 to 1, with its words.
pub(crate) fn evaluated(judge: &Judge<'_>, mention: &Named, end: usize) -> Option<(f32, Vec<Span>)> {
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let tags = judge.doc.parts_of_speech();
    let mut first = match possession(judge, mention) {
        None => mention.tokens.end,
        // "A's plan is a disgrace"; "A's mother is" says nothing about A.
        Some(noun) => conduct(judge, noun)?,
    };
    // "A, everyone knows, is"
    if tags.get(first) == Some(Pos::Comma) {
        const ASIDE: usize = 12;
        let closes = |at: &usize| tags.get(*at) == Some(Pos::Comma);
        first = (first + 1..end.min(first + ASIDE)).find(closes)? + 1;
    }
    // "has always been", "is"
    let between = |at: usize| {
        matches!(tags.get(at), Some(Pos::Adverb))
            || matches!(hash(at), own if own == HAS || own == HAVE || own == HAD)
    };
    let copula = (first..end.min(first + 4)).find(|at| !between(*at))?;
    // "it is strange that"
    let expletive = hash(mention.tokens.start) == hash_lowered("it") && mention.tokens.len() == 1;
    if expletive
        || !COPULAS.contains(&hash(copula))
        || is_embedded(judge, mention.tokens.start)
        || is_object(judge, mention.tokens.start)
    {
        return None;
    }
    let clause = judge.found.clause_of(copula, first..end);
    let stop = clause.end.min(copula + REACH);
    let hits = judge.found.within(copula..stop);
    // An event, "was killed", is not an evaluation; nor is a question or a possibility.
    let verbal = |at: usize| {
        matches!(tags.get(at), Some(Pos::VerbParticiple | Pos::VerbGerund | Pos::Verb | Pos::VerbPast))
    };
    let own = |token: usize| {
        let inner = judge.doc.tokens().get(token).is_some_and(|token| token.is_word());
        // "is glad" is a feeling, not an evaluation.
        let mood = judge.events.of(hash(token)) & event::MOOD != 0;
        // "is in a terrible state", "is aware of the crimes": a prepositional phrase is about something else.
        let of = (copula + 1..token).any(|at| matches!(tags.get(at), Some(Pos::Preposition | Pos::To)));
        let how = tags.get(token) == Some(Pos::Adverb);
        // "are enemies" of each other, "is less successful"
        let relation = judge.events.of(hash(token)) & (event::PEOPLE | event::PLAIN) != 0
            // "is hostile to B", "is critical of B": what A thinks.
            || judge.attitudes.expresses(hash(token))
                && matches!(tags.get(token + 1), Some(Pos::Preposition | Pos::To))
            // "is a country where chess is popular"
            || (copula + 1..token).any(|at| {
                matches!(tags.get(at), Some(Pos::WhAdverb | Pos::WhPronoun | Pos::WhDeterminer))
            });
        let less = (copula + 1..token).any(|at| hash(at) == hash_lowered("less"));
        // "is best known for", "is a good example of": no praise.
        let after = hash(token + 1);
        let named = after == hash_lowered("known") || after == hash_lowered("remembered");
        let less = less || named || EXAMPLES.contains(&after);
        inner && !mood && !how && !of && !relation && !less && !(copula + 1..token + 1).any(verbal)
    };
    // "is no threat", "is not a crook": no praise either.
    let denied =
        |hit: &&Hit| hit.valence > 0.0 && judge.model.vocabulary.word_of(hash(hit.token)).valence < 0.0;
    let counted = || hits.iter().filter(|hit| !hit.unreal && own(hit.token) && !denied(hit));
    let sum: f32 = counted().map(|hit| hit.valence).sum();
    if sum.abs() < LEAST {
        return None;
    }
    let evidence = counted().filter(|hit| hit.valence.signum() == sum.signum()).map(|hit| hit.span).collect();
    Some((crate::score::squash(1.5 * sum), evidence))
}

/// The start of the phrase that a mention possesses: "A's plan", "his plan".
fn possession(judge: &Judge<'_>, mention: &Named) -> Option<usize> {
    let (tags, end) = (judge.doc.parts_of_speech(), mention.tokens.end);
    if tags.get(end) == Some(Pos::Possessive) {
        return Some(end + 1);
    }
    (tags.get(end - 1) == Some(Pos::PronounPossessive)).then_some(end)
}

/// The end of a noun phrase for somebody's conduct: "latest plan", "handling of the crisis".
fn conduct(judge: &Judge<'_>, first: usize) -> Option<usize> {
    const PHRASE: usize = 4;
    let tags = judge.doc.parts_of_speech();
    let role = |at: usize| judge.events.of(judge.doc.tokens().get(at).map_or(0, |token| token.hash()));
    let noun = |at: usize| tags.get(at).is_some_and(Pos::is_noun);
    let last = (first..first + PHRASE).find(|at| noun(*at) && !noun(at + 1))?;
    if role(last) & event::CONDUCT == 0 {
        return None;
    }
    // "of the crisis"
    let of = judge.doc.tokens().get(last + 1).is_some_and(|token| token.hash() == hash_lowered("of"));
    if !of {
        return Some(last + 1);
    }
    let end = (last + 2..last + 2 + PHRASE).find(|at| noun(*at) && !noun(at + 1))?;
    Some(end + 1)
}

/// The word before the noun phrase of a mention.
fn before(judge: &Judge<'_>, first: usize) -> usize {
    const PHRASE: usize = 4;
    let (tags, start) = (judge.doc.parts_of_speech(), judge.encoded.tokens().start);
    let mut at = first;
    let nominal = |at: usize| {
        tags.get(at).is_some_and(|tag| tag.is_noun() || matches!(tag, Pos::Determiner | Pos::Adjective))
    };
    while at > start && first - at < PHRASE && nominal(at - 1) {
        at -= 1;
    }
    // "talks with A and B": the phrase of both.
    if at > start && tags.get(at - 1) == Some(Pos::Conjunction) && nominal(at.wrapping_sub(2)) {
        let mut other = at - 1;
        while other > start && at - other < PHRASE && nominal(other - 1) {
            other -= 1;
        }
        if other > start && matches!(tags.get(other - 1), Some(Pos::Preposition | Pos::To)) {
            return other - 1;
        }
    }
    at.wrapping_sub(1)
}

/// Whether a mention is the object of a verb in the phrase of the subject: "barring A is wrong", "the decision to suspend A was
/// illegal". After a verb of saying it is a subject: "to say A is wrong".
pub(crate) fn is_object(judge: &Judge<'_>, first: usize) -> bool {
    let at = before(judge, first);
    let tags = judge.doc.parts_of_speech();
    let told = judge.events.of(judge.hash(at)) & event::TELL != 0;
    let verb = matches!(tags.get(at), Some(Pos::VerbGerund | Pos::Verb));
    judge.encoded.tokens().contains(&at) && !told && verb || opens_with_gerund(judge, first.wrapping_sub(1))
}

/// "Suspending A was wrong": taggers take a capitalised gerund before a name for a part of the name.
fn opens_with_gerund(judge: &Judge<'_>, at: usize) -> bool {
    /// Shorter words are mostly nouns: "King A is …".
    const SHORTEST: usize = 6;
    let Some(token) = judge.doc.tokens().get(at) else { return false };
    let word = judge.doc.slice(token.span());
    at == judge.encoded.tokens().start
        && word.len() >= SHORTEST
        && word.ends_with("ing")
        && judge.doc.parts_of_speech().get(at) == Some(Pos::ProperNoun)
}

/// Whether a mention is in a phrase of the subject ("the merger with A is"), or in a clause of a wish, a condition,
/// a time or a place ("ensure that A is", "where A is").
pub(crate) fn is_embedded(judge: &Judge<'_>, first: usize) -> bool {
    let tokens = judge.encoded.tokens();
    let at = before(judge, first);
    if !tokens.contains(&at) {
        return false;
    }
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let word = judge.model.vocabulary.word_of(hash(at));
    let that = hash(at) == THAT;
    let wished = judge.events.of(hash(if that { at.wrapping_sub(1) } else { at })) & event::WISH != 0;
    let inside = match judge.doc.parts_of_speech().get(at) {
        Some(Pos::WhAdverb) => true,
        Some(Pos::Preposition | Pos::To) => !that && (!word.is(role::BOUNDARY) || word.is(role::MODAL)),
        _ => word.is(role::MODAL),
    };
    inside || wished
}

/// Whether a mention is in a clause that reports what others say or think: "they think that A is". What "I" and "we" think
/// is the speaker's own opinion.
pub(crate) fn is_reported(judge: &Judge<'_>, mention: &Named, start: usize) -> bool {
    const REACH: usize = 3;
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let mut at = before(judge, mention.tokens.start);
    if hash(at) == THAT {
        at = at.wrapping_sub(1);
    }
    // A quote within the quote is somebody else's.
    let marks = judge.found.marks_within(start + 1..mention.tokens.start);
    if marks % 2 == 1 {
        return true;
    }
    if at < start || judge.events.of(hash(at)) & (event::TELL | event::MOOD) == 0 {
        return false;
    }
    let own = at.saturating_sub(REACH).max(start)..at;
    !own.into_iter().any(|at| WE.contains(&hash(at)))
}

/// Whether a mention outside all quotes is in a clause that the narrator asserts: not after "that" or an opening mark.
pub(crate) fn is_narrated(judge: &Judge<'_>, mention: &Named) -> bool {
    let start = judge.encoded.tokens().start;
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let open = judge.found.marks_within(start..mention.tokens.start) % 2 == 1;
    !open && hash(before(judge, mention.tokens.start)) != THAT && !is_reported(judge, mention, start)
}

/// The word of comparisons.
pub(crate) const THAN: u64 = hash_lowered("than");
const THAT: u64 = hash_lowered("that");
const WE: [u64; 4] = [hash_lowered("i"), hash_lowered("we"), hash_lowered("i'm"), hash_lowered("we're")];

/// The feeling towards a mention that the speaker of a quote expresses: "I admire A", "we have no confidence in A".
pub(crate) fn felt(judge: &Judge<'_>, mention: &Named, start: usize) -> Option<(f32, Vec<Span>)> {
    const PHRASE: usize = 4;
    const NEAR: usize = 4;
    let hash = |at: usize| judge.doc.tokens().get(at).map_or(0, |token| token.hash());
    let tags = judge.doc.parts_of_speech();
    let first = mention.tokens.start;
    let clause = judge.found.clause_of(first.saturating_sub(1), start..first);
    let from = clause.start.max(start).max(first.saturating_sub(REACH));
    let speaker = (from..first).rev().find(|at| WE.contains(&hash(*at)))?;
    // "they think we hate A"
    let reported = speaker > start && judge.events.of(hash(speaker - 1)) & (event::TELL | event::MOOD) != 0;
    if reported {
        return None;
    }
    // After the word of feeling there is only the phrase that contains the mention.
    let reaches = |hit: &Hit| {
        // "I am endorsed by A"
        let by = (hit.token + 1..first).any(|at| hash(at) == hash_lowered("by"));
        !by && (hit.token + 1..first).len() <= PHRASE
            && (hit.token + 1..first).all(|at| {
                tags.get(at).is_some_and(|tag| {
                    tag.is_noun()
                        || matches!(
                            tag,
                            Pos::Determiner
                                | Pos::WhPronoun
                                | Pos::Adjective
                                | Pos::Preposition
                                | Pos::To
                                | Pos::PronounPossessive
                        )
                })
            })
    };
    // "I thought he cheated": somebody else is the subject.
    let own = |hit: &Hit| {
        let between = speaker + 1..hit.token;
        let felt = !tags.get(hit.token).is_some_and(Pos::is_verb)
            || judge.attitudes.verb(hash(hit.token)).is_some()
            || judge.events.of(hash(hit.token)) & event::MOOD != 0;
        // "we are running the victory fund of A": only what somebody feels, or is.
        let am = (speaker + 1..hit.token)
            .rev()
            .find(|at| tags.get(*at) != Some(Pos::Adverb))
            .is_some_and(|at| COPULAS.contains(&hash(at)));
        let felt = felt
            && (am
                && tags.get(hit.token) == Some(Pos::Adjective)
                && tags.get(hit.token + 1) == Some(Pos::Preposition)
                || judge.attitudes.expresses(hash(hit.token))
                || judge.events.of(hash(hit.token)) & event::MOOD != 0);
        felt && between.len() <= NEAR && !between.into_iter().any(|at| tags.get(at) == Some(Pos::Pronoun))
    };
    let counted =
        || judge.found.within(speaker..first).iter().filter(|hit| !hit.unreal && reaches(hit) && own(hit));
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
    const REACH: usize = 14;
    if !judge.has(list::THAN) {
        return None;
    }
    let first = target.tokens.start;
    let start = tokens.start.max(first.saturating_sub(REACH));
    let than = (start..first).rev().take(4).find(|at| hash(*at) == THAN)?;
    // "than when A said"
    if (than + 1..first)
        .any(|at| matches!(tags.get(at), Some(Pos::WhAdverb | Pos::VerbPast | Pos::VerbThird)))
    {
        return None;
    }
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
