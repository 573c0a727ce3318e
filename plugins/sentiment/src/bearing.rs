//! Whether a word of praise or blame is about a mention, by the words between the two.
//!
//! The network was trained on sentences that annotators chose because they say something about their target. Most mentions of an
//! article are not like that: negative words near them are about something else.

use std::ops::Range;

use copydesk_core::hash_lowered;
use copydesk_core::layers::PartOfSpeech as Pos;

use crate::events::event;
use crate::hits::Hit;
use crate::learned::Judge;
use crate::lexicon::role;
use crate::stances::evaluated::{is_embedded, is_object};
use crate::standing;
use crate::targets;

/// The minimum valence of a word that can be about something.
const LEAST: f32 = 0.5;
/// The maximum distance of such a word before a mention, and after it.
const BEFORE: usize = 6;
const AFTER: usize = 16;
/// The longest name or noun phrase that is skipped.
const PHRASE: usize = 5;

/// The preposition between a noun and its topic.
const OF: u64 = hash_lowered("of");

/// Prefixes that change the meaning of the word after the hyphen.
const PREFIXES: [u64; 5] = [
    hash_lowered("post"),
    hash_lowered("anti"),
    hash_lowered("pre"),
    hash_lowered("non"),
    hash_lowered("counter"),
];

/// Forms of "will".
const FUTURE: [u64; 4] =
    [hash_lowered("will"), hash_lowered("'ll"), hash_lowered("would"), hash_lowered("shall")];

/// Verbs of several senses: "struck a deal", "hit the road".
const SENSES: [u64; 5] = [
    hash_lowered("struck"),
    hash_lowered("hit"),
    hash_lowered("beat"),
    hash_lowered("shot"),
    hash_lowered("fought"),
];

/// Pronouns that are not subjects.
const OBJECTS: [u64; 4] = [hash_lowered("him"), hash_lowered("them"), hash_lowered("me"), hash_lowered("us")];

/// A mention in its sentence.
pub(crate) struct Bearing<'a> {
    pub(crate) judge: &'a Judge<'a>,
    /// The tokens of the mention.
    pub(crate) mention: Range<usize>,
    /// The tokens in which words can be about it.
    pub(crate) within: Range<usize>,
}

impl Bearing<'_> {
    /// Whether a word on the side of a score is about the mention. Without parts of speech every word is.
    pub(crate) fn on(&self, score: f32) -> bool {
        let sign = score.signum();
        self.tag(self.mention.start).is_none() || self.hits(sign).next().is_some()
    }

    /// The words on the side of the sign that are about the mention.
    pub(crate) fn hits(&self, sign: f32) -> impl Iterator<Item = &Hit> {
        let (first, end) = (self.mention.start, self.mention.end);
        let near = first.saturating_sub(BEFORE).max(self.within.start)..(end + AFTER).min(self.within.end);
        let hits = self.judge.found.within(near).iter();
        hits.filter(move |hit| {
            let roles = || self.judge.events.of(self.hash(hit.token));
            let strong = hit.valence * sign >= LEAST && !hit.unreal;
            if !strong || roles() & event::PLAIN != 0 {
                return false;
            }
            let before = hit.token < first;
            // "post-crisis", "anti-corruption"
            let prefixed = self.hash(hit.token.wrapping_sub(1)) == hash_lowered("-")
                && PREFIXES.contains(&self.hash(hit.token.wrapping_sub(2)));
            // "better known as"
            let known = || self.hash(hit.token + 1) == hash_lowered("known");
            // "lost her son": a loss is nobody's fault.
            let owned = matches!(self.tag(hit.token + 1), Some(Pos::PronounPossessive | Pos::Pronoun));
            let bereft = owned && roles() & event::DROP != 0;
            let less = || self.hash(hit.token.wrapping_sub(1)) == hash_lowered("less");
            !known()
                && !less()
                && !bereft
                && !prefixed
                && (before && (self.leads(hit, sign) || self.is_addressed())
                    || hit.token >= end && self.follows(hit))
        })
    }

    /// Whether a verb right behind the mention says that it did something of the score's side: "A refused to help".
    pub(crate) fn is_doer(&self, score: f32) -> bool {
        const NEAR: usize = 3;
        let near = self.mention.end..self.mention.end + NEAR;
        self.hits(score.signum())
            .any(|hit| near.contains(&hit.token) && self.tag(hit.token).is_some_and(Pos::is_verb))
    }

    fn hash(&self, at: usize) -> u64 {
        if !self.within.contains(&at) {
            return 0;
        }
        self.judge.doc.tokens().get(at).map_or(0, |token| token.hash())
    }

    fn tag(&self, at: usize) -> Option<Pos> {
        self.judge.doc.parts_of_speech().get(at)
    }

    fn is(&self, at: usize, roles: u32) -> bool {
        self.judge.events.of(self.hash(at)) & roles != 0
    }

    /// Whether a token can be part of a noun phrase.
    fn is_nominal(&self, at: usize) -> bool {
        self.tag(at).is_some_and(|tag| {
            tag.is_noun()
                || matches!(
                    tag,
                    Pos::Determiner
                        | Pos::Adjective
                        | Pos::AdjectiveComparative
                        | Pos::AdjectiveSuperlative
                        | Pos::Number
                        | Pos::Possessive
                        | Pos::PronounPossessive
                        | Pos::QuoteMark
                )
        }) || self.hash(at) == hash_lowered("-")
    }

    /// Whether another mention begins within a range of tokens.
    fn names_another(&self, tokens: Range<usize>) -> bool {
        !tokens.is_empty() && {
            let span = self.judge.doc.token_span(tokens.start, tokens.end);
            self.judge.doc.mentions_in(span).any(|mention| !mention.span.is_empty())
        }
    }

    /// A word before it: "the disgraced A", "failures of A", "suspended A".
    fn leads(&self, hit: &Hit, sign: f32) -> bool {
        let first = self.mention.start;
        let between = hit.token + 1..first;
        // "the problems he has": the pronoun begins a clause.
        if self.tag(first) == Some(Pos::Pronoun) && !OBJECTS.contains(&self.hash(first)) {
            return false;
        }
        let own = self.hash(hit.token);
        // "thanks to A": because of A.
        if own == hash_lowered("thanks") && self.hash(hit.token + 1) == hash_lowered("to") {
            return false;
        }
        let verb = self.tag(hit.token).is_some_and(Pos::is_verb);
        // "an insult to A" is no opinion of A as "insulted A" is.
        let attitude = verb && self.judge.attitudes.verb(own).is_some() || self.judge.attitudes.is_noun(own);
        // A person who is helped or harmed is not praised or blamed for it.
        let helped = verb && sign > 0.0 && !self.is(hit.token, event::HONOUR);
        let done = event::HARM | event::MOOD | event::TELL | event::ACT | event::PEOPLE;
        if !attitude && (helped || self.is(hit.token, done)) {
            return false;
        }
        // "hopes to stop A": he does not do so.
        if verb && matches!(self.tag(hit.token - 1), Some(Pos::To | Pos::Modal | Pos::Preposition)) {
            return false;
        }
        // "a drop in support for A"
        const LESS: usize = 4;
        if !verb && (1..=LESS).any(|back| self.is(hit.token.wrapping_sub(back), event::DROP)) {
            return false;
        }
        if between.len() > PHRASE || self.names_another(between.clone()) {
            return false;
        }
        let mut prepositions = 0;
        between.into_iter().all(|at| {
            if matches!(self.tag(at), Some(Pos::Preposition | Pos::To)) {
                prepositions += 1;
                // "the fall of A's brother" is not about A.
                let owner =
                    matches!(self.tag(self.mention.end), Some(Pos::Possessive | Pos::Noun | Pos::NounPlural));
                // "the heartbreaking case of A": the case is.
                let own = at == hit.token + 1 || self.is(at - 1, event::CONDUCT);
                let from = [hash_lowered("from"), hash_lowered("by")].contains(&self.hash(at));
                let about = attitude && !from || self.hash(at) == OF && !owner;
                return prepositions == 1 && !verb && own && about;
            }
            // "the best chance A has": the chance is.
            let calling = prepositions > 0 || self.tag(at) != Some(Pos::Noun) || attitude;
            self.is_nominal(at) && (calling || standing::is_calling(self.judge, at))
        })
    }

    /// The end of the names that are coordinated with the mention: "A and B are brilliant".
    fn coordinated(&self) -> usize {
        let end = self.mention.end;
        if self.tag(end) != Some(Pos::Conjunction) || !self.within.contains(&(end + 1)) {
            return end;
        }
        let next = self.judge.doc.mentions_in(self.judge.doc.token_span(end + 1, end + 3)).next();
        next.map_or(end, |next| targets::tokens(self.judge.doc, next.span).1.max(end))
    }

    /// Whether the mention is addressed at the end of a short sentence: "Shame on you, A!".
    pub(crate) fn is_addressed(&self) -> bool {
        const SHORT: usize = 12;
        let (first, end) = (self.mention.start, self.mention.end);
        let last = end >= self.within.end
            || self.tag(end).is_none_or(|tag| matches!(tag, Pos::Stop | Pos::Symbol | Pos::Mark));
        last && self.tag(first.wrapping_sub(1)) == Some(Pos::Comma) && first - self.within.start < SHORT
    }

    /// A word after it: "A's disastrous policies", "A, a crook,", "A is a crook", "A cheated".
    fn follows(&self, hit: &Hit) -> bool {
        if let Some(named) = self.named(hit) {
            return named;
        }
        let subject = self.is_subject() && !OBJECTS.contains(&self.hash(self.mention.start));
        let mut at = self.coordinated();
        if self.tag(at) == Some(Pos::Possessive) {
            at += 1;
            let stop = (at..at + PHRASE).find(|at| !self.is_nominal(*at)).unwrap_or(at + PHRASE);
            // "A's praise for": A's opinion of somebody else.
            let attitude = (at..stop).any(|at| self.judge.attitudes.expresses(self.hash(at)));
            if hit.token < stop && attitude {
                return false;
            }
            if hit.token < stop {
                return !self.is(hit.token, event::DEED | event::SUFFER | event::FEEL | event::MOOD)
                    && !self.names_another(at..hit.token);
            }
            at = stop;
        } else if self.tag(at) == Some(Pos::Comma) {
            match self.apposition(at + 1, hit) {
                Aside::Inside(about) => return about && subject,
                Aside::Ends(end) => at = end,
            }
        } else if self.tag(at) == Some(Pos::WhPronoun) {
            at += 1;
        }
        let first = self.mention.start;
        subject
            && !is_embedded(self.judge, first)
            && !is_object(self.judge, first)
            && self.predicated(at, hit)
    }

    /// Whether a word names a feeling of the mention: "A's fear", "A is glad", "A, worried by".
    pub(crate) fn is_experiencer(&self) -> bool {
        const REACH: usize = 5;
        let end = self.mention.end;
        let passed = |at: &usize| {
            self.is_nominal(*at)
                || self.is(*at, event::BE)
                || matches!(self.tag(*at), Some(Pos::Adverb | Pos::Comma))
        };
        (end..end + REACH).take_while(|at| passed(at) || self.is(*at, event::MOOD)).any(|at| {
            self.is(at, event::MOOD) && (self.tag(end) == Some(Pos::Possessive) || !self.is_object_of(at))
        })
    }

    /// Whether a verb of feeling has the mention as its object.
    fn is_object_of(&self, at: usize) -> bool {
        (1..=3).any(|back| self.is(at.wrapping_sub(back), event::BE))
            && self.judge.attitudes.verb(self.hash(at)).is_some()
    }

    /// "called A a liar", "charged A with theft": whether a word after the object of such a verb is about it.
    fn named(&self, hit: &Hit) -> Option<bool> {
        const WITH: [u64; 3] = [hash_lowered("with"), hash_lowered("of"), hash_lowered("for")];
        let (first, end) = (self.mention.start, self.mention.end);
        let title = usize::from(
            self.tag(first.wrapping_sub(1)).is_some_and(|tag| tag.is_noun() || tag == Pos::Determiner),
        );
        let verb = first.wrapping_sub(1 + title);
        let names = self.judge.attitudes.names(self.hash(verb));
        let charges = self.is(verb, event::ACT | event::CHARGE) && WITH.contains(&self.hash(end));
        (names || charges).then(|| {
            let word = |at: usize| self.judge.model.vocabulary.word_of(self.hash(at));
            !self.names_another(end..hit.token)
                && !(end..hit.token)
                    .any(|at| word(at).is(role::CONTRAST) || self.tag(at) == Some(Pos::WhPronoun))
        })
    }

    /// Whether no preposition stands before the noun phrase of the mention.
    fn is_subject(&self) -> bool {
        let mut at = self.mention.start;
        while at > self.within.start && self.mention.start - at < PHRASE && self.is_nominal(at - 1) {
            at -= 1;
        }
        at == self.within.start
            || !matches!(self.tag(at - 1), Some(Pos::Preposition | Pos::To | Pos::Bracket))
            || self.judge.model.vocabulary.word_of(self.hash(at - 1)).is(role::BOUNDARY)
            || self.hash(at - 1) == hash_lowered("that")
    }

    /// Follows the words after the comma of an aside.
    fn apposition(&self, from: usize, hit: &Hit) -> Aside {
        const LONG: usize = 18;
        // The comma closes an aside before it: "the mayor, A, cheated".
        if self.tag(from).is_some_and(Pos::is_finite) {
            return Aside::Ends(from);
        }
        let comma = (from..(from + LONG).min(self.within.end)).find(|at| self.tag(*at) == Some(Pos::Comma));
        let end = comma.unwrap_or((from + LONG).min(self.within.end));
        if hit.token >= end {
            return Aside::Ends(end + usize::from(comma.is_some()));
        }
        if self.tag(from) == Some(Pos::WhPronoun) {
            return Aside::Inside(self.predicated(from + 1, hit));
        }
        let noun = (from..hit.token).all(|at| self.is_nominal(at) || self.tag(at) == Some(Pos::Adverb));
        Aside::Inside(noun && !self.names_another(from..hit.token) && !self.is(hit.token, event::MOOD))
    }

    /// Whether a word is in the predicate whose subject ends at a token.
    fn predicated(&self, from: usize, hit: &Hit) -> bool {
        if from > hit.token || self.names_another(from..hit.token) {
            return false;
        }
        let (mut verb, mut prepositions) = (None, 0);
        for at in from..hit.token {
            let Some(tag) = self.tag(at) else { return false };
            let word = self.judge.model.vocabulary.word_of(self.hash(at));
            // "pointed out that there are problems"
            if self.hash(at) == hash_lowered("that") && verb.is_some() {
                return false;
            }
            if tag.is_verb() || tag == Pos::Modal {
                // Something in the future is not yet true of anybody.
                if self.is_about_object(at) || FUTURE.contains(&self.hash(at)) {
                    return false;
                }
                (verb, prepositions) = (Some(at), 0);
                continue;
            }
            let ends = match tag {
                Pos::Comma => verb.is_some() && self.tag(at + 1) != Some(Pos::VerbGerund),
                Pos::Mark | Pos::Stop | Pos::Pronoun | Pos::WhPronoun | Pos::WhDeterminer | Pos::WhAdverb => {
                    true
                }
                Pos::Preposition => {
                    // "was responsible for the mess"
                    prepositions += usize::from(self.hash(at - 1) != hash_lowered("responsible"));
                    word.is(role::BOUNDARY) || prepositions > 1
                }
                _ => word.is(role::CONTRAST),
            };
            if ends {
                return false;
            }
        }
        if self.tag(hit.token).is_some_and(Pos::is_verb) {
            // "offers tips to improve", "plans to apologise": a possibility, not a fact.
            const GOES_ON: [u64; 7] = [
                hash_lowered("continue"),
                hash_lowered("continues"),
                hash_lowered("continued"),
                hash_lowered("began"),
                hash_lowered("managed"),
                hash_lowered("forced"),
                hash_lowered("manages"),
            ];
            if self.tag(hit.token - 1) == Some(Pos::To) && !GOES_ON.contains(&self.hash(hit.token - 2)) {
                return false;
            }
            // "was invited": no praise.
            let passive = (1..=3).any(|back| self.is(hit.token.wrapping_sub(back), event::BE));
            let praised = self.is(hit.token, event::HONOUR)
                || self.judge.attitudes.verb(self.hash(hit.token)).is_some();
            let participle = matches!(self.tag(hit.token), Some(Pos::VerbParticiple | Pos::VerbPast));
            // "comments on the shooting"
            let joined = matches!(self.tag(hit.token - 1), Some(Pos::Comma | Pos::Conjunction));
            if self.tag(hit.token) == Some(Pos::VerbGerund) && !passive && !joined {
                return false;
            }
            if passive && participle && hit.valence > 0.0 && !praised {
                return false;
            }
            // "helped ruin the town"
            let aids = self.tag(hit.token + 1) == Some(Pos::Verb);
            return !aids
                && !self.is_about_object(hit.token)
                && !self.is(hit.token, event::FEEL)
                && !SENSES.contains(&self.hash(hit.token));
        }
        let told = prepositions == 0 && !self.is(hit.token, event::MOOD);
        told && verb.is_some_and(|verb| self.is_light(verb, hit.token))
    }

    /// Whether what stands behind a verb is said of its subject: "A is a crook", "A made a great speech". Behind other verbs it
    /// is about something else: "A inherited a disaster".
    fn is_light(&self, verb: usize, hit: usize) -> bool {
        // "ceased to have a chance"
        let meant = self.tag(verb - 1) == Some(Pos::To);
        // "gets friendly advice": an adverb only in form
        let adverb = self.tag(hit) == Some(Pos::Adverb) && !self.tag(hit + 1).is_some_and(Pos::is_noun);
        !meant
            && (adverb
                || self.is(verb, event::BE | event::LIGHT)
                || self.judge.attitudes.names(self.hash(verb)))
    }

    /// A verb whose object the words after it are about: "criticised", "called", "said"; or a feeling of its subject.
    fn is_about_object(&self, at: usize) -> bool {
        let hash = self.hash(at);
        let unkind = self.is(at, event::ABUSE);
        let attitude =
            !unkind && self.judge.attitudes.verb(hash).is_some() || self.judge.attitudes.names(hash);
        // "He's supported the plan": has.
        let object = matches!(
            self.tag(at + 1),
            Some(Pos::Determiner | Pos::PronounPossessive | Pos::ProperNoun | Pos::Adjective | Pos::Noun)
        );
        let passive = !object && (1..=3).any(|back| self.is(at.wrapping_sub(back), event::BE));
        attitude && !passive || self.is(at, event::TELL | event::MOOD) || self.is(at, event::ACT) && !passive
    }
}

/// The result of following an aside.
enum Aside {
    /// The word is in it: whether it is about the mention.
    Inside(bool),
    /// The word is after it; the first token there.
    Ends(usize),
}
