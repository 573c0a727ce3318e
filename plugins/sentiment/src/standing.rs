//! Whether a mention stands for its entity, or only tells to whom or to what kind of thing something belongs: "Orbis
//! shareholders", "A's brother", "the pro-A camp", "a third of B's voters".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{EntityKind, PartOfSpeech as Pos};

use crate::attitudes::Named;
use crate::events::event;
use crate::learned::Judge;
use crate::lexicon::role;

/// The longest noun phrase that is looked at behind a mention.
const PHRASE: usize = 6;
const HYPHEN: u64 = hash_lowered("-");

/// A mention in its sentence.
#[derive(Clone, Copy)]
pub(crate) struct Standing<'a> {
    judge: &'a Judge<'a>,
    named: &'a Named,
}

/// What the noun phrase is about that a mention begins.
enum Phrase {
    /// The entity itself.
    Own,
    /// What the entity has: "A's plan". Its first token and its noun.
    Owned(usize, Option<usize>),
    /// Something named after it: "the A plan". Its noun.
    Named(Option<usize>),
}

impl<'a> Standing<'a> {
    pub(crate) fn of(judge: &'a Judge<'a>, named: &'a Named) -> Self {
        Self { judge, named }
    }

    fn hash(&self, at: usize) -> u64 {
        self.judge.hash(at)
    }

    fn tag(&self, at: usize) -> Option<Pos> {
        self.judge.doc.parts_of_speech().get(at).filter(|_| self.judge.encoded.tokens().contains(&at))
    }

    fn is(&self, at: usize, roles: u32) -> bool {
        self.judge.events.of(self.hash(at)) & roles != 0
    }

    fn kind(&self) -> Option<EntityKind> {
        self.judge.doc.entity(self.named.entity).map(|entity| entity.kind())
    }

    fn phrase(&self) -> Phrase {
        let end = self.named.tokens.end;
        if self.tag(end) == Some(Pos::Possessive) {
            return Phrase::Owned(end + 1, self.noun(end + 1));
        }
        if self.tag(end.wrapping_sub(1)) == Some(Pos::PronounPossessive) {
            return Phrase::Owned(end, self.noun(end));
        }
        // "A-led", "A-B talks"; but "A - once a farmer - won".
        let joined = self.hash(end) == HYPHEN && self.is_joined(end);
        // "the Orbis company"
        if self.is(end, event::ITSELF) && self.kind() == Some(EntityKind::Organization) {
            return Phrase::Own;
        }
        if joined || self.is_attribute(end) { Phrase::Named(self.noun(end)) } else { Phrase::Own }
    }

    /// Whether no space stands on either side of a token.
    fn is_joined(&self, at: usize) -> bool {
        let span = |at: usize| self.judge.doc.tokens().get(at).map(|token| token.span());
        let touches = |left: usize, right: usize| {
            span(left).zip(span(right)).is_some_and(|(left, right)| left.end() == right.start())
        };
        at > 0 && touches(at - 1, at) && touches(at, at + 1)
    }

    /// Whether the words from a token on are what a mention right before them is an attribute of.
    fn is_attribute(&self, end: usize) -> bool {
        let acts =
            self.judge.attitudes.verb(self.hash(end)).is_some() || self.judge.attitudes.names(self.hash(end));
        match self.tag(end) {
            // In headlines verbs are often taken for nouns: "A slams B".
            Some(Pos::Noun | Pos::NounPlural) => !acts,
            Some(Pos::ProperNoun | Pos::ProperNounPlural) => !acts,
            Some(Pos::Adjective) => {
                self.tag(end + 1).is_some_and(Pos::is_noun) || self.hash(end + 1) == HYPHEN
            }
            // "the A front-runner"
            Some(_) => self.hash(end + 1) == HYPHEN && self.is_joined(end + 1),
            None => false,
        }
    }

    /// The noun of the phrase that begins at a token.
    fn noun(&self, first: usize) -> Option<usize> {
        let within = |at: &usize| {
            self.hash(*at) == HYPHEN
                || self.tag(*at).is_some_and(|tag| {
                    tag.is_noun()
                        || matches!(
                            tag,
                            Pos::Adjective
                                | Pos::AdjectiveComparative
                                | Pos::AdjectiveSuperlative
                                | Pos::Number
                                | Pos::Adverb
                                | Pos::QuoteMark
                        )
                })
        };
        let run = (first..first + PHRASE).take_while(within);
        run.filter(|at| self.tag(*at).is_some_and(Pos::is_noun)).last()
    }

    /// Whether the mention can be who holds the opinion that the words show.
    pub(crate) fn holds(&self, shown: &[usize]) -> bool {
        let acts = |noun: Option<usize>| noun.is_some_and(|at| self.judge.attitudes.acts(self.hash(at)));
        let before = shown.iter().all(|at| *at < self.named.tokens.start);
        !self.is_part()
            && !self.is_prefixed()
            && !self.is_bracketed()
            && (before || !self.is_aside())
            && match self.phrase() {
                Phrase::Own => true,
                // "A's support for B" is what A thinks; "A's aides support B" is not.
                Phrase::Owned(first, noun) => {
                    let named = |at: &usize| (first..=noun.unwrap_or(first)).contains(at);
                    let word = |at: &usize| named(at) && self.tag(*at) != Some(Pos::ProperNoun);
                    acts(noun) || noun.is_some() && shown.iter().any(word)
                }
                // "Sylvanian farmers"
                Phrase::Named(noun) => {
                    let members = noun.is_some_and(|noun| {
                        self.tag(noun) == Some(Pos::NounPlural) && !self.is(noun, event::CONDUCT)
                    });
                    // "an Orbis report"
                    let report = noun.is_some_and(|noun| self.is(noun, event::CONDUCT));
                    acts(noun)
                        || members && self.kind() == Some(EntityKind::Group)
                        || report && self.kind() == Some(EntityKind::Organization)
                }
            }
    }

    /// Whether a preposition stands before the mention, or it is the second part of a place: "in A, a farmer attacked B". Behind
    /// it "who" may follow: "with A, who attacked B".
    fn is_aside(&self) -> bool {
        let (first, end) = (self.first(), self.named.tokens.end);
        let before = first.wrapping_sub(1);
        let by = self.hash(before) == hash_lowered("by");
        let that = self.hash(before) == hash_lowered("that");
        let opens = self.judge.model.vocabulary.word_of(self.hash(before)).is(role::BOUNDARY);
        let governed = matches!(self.tag(before), Some(Pos::Preposition | Pos::To)) && !by && !that && !opens;
        let relative = (end..end + 2)
            .any(|at| matches!(self.tag(at), Some(Pos::WhPronoun | Pos::WhDeterminer)))
            || matches!(self.phrase(), Phrase::Owned(..));
        let part = self.kind() == Some(EntityKind::Location)
            && self.tag(before) == Some(Pos::Comma)
            && self.tag(end) == Some(Pos::Comma);
        governed && !relative || part
    }

    /// Whether what the words show of the phrase of the mention is thought of its entity.
    pub(crate) fn is_meant(&self, shown: &[usize]) -> bool {
        let acts = |noun: usize| self.judge.attitudes.acts(self.hash(noun));
        let kind = self.kind();
        !self.is_prefixed()
            && !self.is_bracketed()
            && !self.is_one()
            && !self.is_of_somebody(shown)
            && match self.phrase() {
                Phrase::Own => true,
                Phrase::Owned(_, noun) => {
                    let other = |noun| self.is(noun, event::PEOPLE | event::SUFFER) && !shown.contains(&noun);
                    !noun.is_some_and(other)
                }
                Phrase::Named(None) => false,
                // "A's critic", "the A critic"
                Phrase::Named(Some(noun)) if shown.contains(&noun) => true,
                Phrase::Named(Some(noun)) => {
                    let belongs = matches!(kind, Some(EntityKind::Person | EntityKind::Organization));
                    acts(noun) || belongs && self.is(noun, event::CONDUCT)
                }
            }
    }

    /// Whether the mention is not what somebody or something else is called after: "the A event".
    pub(crate) fn is_own(&self) -> bool {
        match self.phrase() {
            Phrase::Own | Phrase::Owned(..) => true,
            Phrase::Named(noun) => noun.is_some_and(|noun| {
                self.judge.attitudes.acts(self.hash(noun)) || self.is(noun, event::CONDUCT)
            }),
        }
    }

    /// "pro-A", "anti-A"
    fn is_prefixed(&self) -> bool {
        let before = self.named.tokens.start.wrapping_sub(1);
        self.hash(before) == HYPHEN && self.is_joined(before)
    }

    /// Where the phrase of the mention begins.
    fn first(&self) -> usize {
        let mut first = self.named.tokens.start;
        let start = self.judge.encoded.tokens().start;
        while first > start
            && self.named.tokens.start - first < PHRASE
            && match self.tag(first - 1) {
                Some(Pos::Determiner | Pos::Adjective | Pos::Noun | Pos::PronounPossessive) => true,
                // "on Monday A": no title
                Some(Pos::ProperNoun) => self.is_title(first - 1),
                _ => false,
            }
            && !self.is(first - 1, event::PART)
        {
            first -= 1;
        }
        first
    }

    /// "Mr.", "Senator"
    fn is_title(&self, at: usize) -> bool {
        let Some(token) = self.judge.doc.tokens().get(at) else { return false };
        const SHORT: u32 = 4;
        self.is(at, event::PEOPLE) || token.span().len() <= SHORT
    }

    /// Whether the phrase of the mention is about somebody else, a part of the entity or one of a group: "A's brother", "supporters of
    /// A", "some of the A".
    pub(crate) fn is_other(&self, shown: &[usize]) -> bool {
        let person = |noun: usize| self.is(noun, event::PEOPLE) && !shown.contains(&noun);
        let before = self.first().wrapping_sub(1);
        self.is_part()
            || self.hash(before) == hash_lowered("of") && person(before.wrapping_sub(1))
            || matches!(self.phrase(), Phrase::Owned(_, Some(noun)) if person(noun))
    }

    /// "many A", "some of the A", "34 % of A"
    pub(crate) fn is_part(&self) -> bool {
        let before = self.first().wrapping_sub(1);
        let at = if self.hash(before) == hash_lowered("of") { before.wrapping_sub(1) } else { before };
        let number = self.tag(at) == Some(Pos::Number) && at != before;
        if self.is_one() {
            return true;
        }
        let group = matches!(self.kind(), Some(EntityKind::Group | EntityKind::Organization));
        number || self.is(at, event::PART) && (group || at != before)
    }

    /// "a Sylvanian who won": one of a group.
    fn is_one(&self) -> bool {
        let (article, end) = (self.hash(self.first()), self.named.tokens.end);
        let before = self.hash(self.named.tokens.start.wrapping_sub(1));
        let one = article == hash_lowered("a")
            || article == hash_lowered("an")
            || before == hash_lowered("first")
            || before == hash_lowered("only")
            || self.tag(end - 1) == Some(Pos::ProperNoun) && self.tag(end) == Some(Pos::WhPronoun);
        one && self.kind() == Some(EntityKind::Group) && matches!(self.phrase(), Phrase::Own)
    }

    /// "Senator B (A)"
    fn is_bracketed(&self) -> bool {
        self.tag(self.named.tokens.start.wrapping_sub(1)) == Some(Pos::Bracket)
    }

    /// "the head of A", "a guest from A"; but "a critic of A" shows what is thought of A.
    fn is_of_somebody(&self, shown: &[usize]) -> bool {
        const OF: [u64; 4] =
            [hash_lowered("of"), hash_lowered("from"), hash_lowered("at"), hash_lowered("in")];
        let before = self.first().wrapping_sub(1);
        let noun = before.wrapping_sub(1);
        let title = self.tag(noun) == Some(Pos::ProperNoun) && self.hash(before) == OF[0];
        OF.contains(&self.hash(before)) && (title || self.is(noun, event::PEOPLE)) && !shown.contains(&noun)
    }
}

/// Whether a noun says what somebody is: "senator", "economist", "actor".
pub(crate) fn is_calling(judge: &Judge<'_>, at: usize) -> bool {
    const ENDS: [&str; 8] = ["er", "or", "ist", "ian", "man", "woman", "eur", "star"];
    let Some(token) = judge.doc.tokens().get(at) else { return false };
    let text = judge.doc.slice(token.span()).to_ascii_lowercase();
    judge.events.of(token.hash()) & (event::PEOPLE | event::SUFFER) != 0
        || ENDS.iter().any(|end| text.ends_with(end))
}
