//! A sentence as phrases: noun phrases, verb groups, prepositions, figures, and the marks between them.
//!
//! The phrases come from the parts of speech that the syntax stage gave. They do not overlap, are in text order, and every token
//! of the sentence is in one, so that a rule reads "noun phrase, verb group, amount" where it would otherwise ask about words.

use copydesk_core::layers::{PartOfSpeech as Tag, PartsOfSpeech};

use crate::item::{Counted, Item};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::words;

/// The kind of a phrase.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// A noun phrase with its determiner and adjectives, without what follows its noun.
    Noun,
    /// A personal pronoun, "this", "there": a subject that names nothing.
    Pronoun,
    /// A verb group with a finite verb: "rose", "has not been cut", "is expected to reach".
    Finite,
    /// A participle without an auxiliary: "valued", "dropping".
    Participle,
    /// "to" and a verb.
    Infinitive,
    /// A preposition before a noun phrase or a figure.
    Preposition,
    /// Words that begin a clause of their own: "while", "because", "that", "when".
    Subordinator,
    /// "which", "who", "that" after a noun.
    Relative,
    /// "and", "but", "or".
    Conjunction,
    Comma,
    Open,
    Close,
    /// A semicolon, a colon, a dash between blanks, or the end of a sentence.
    Break,
    /// A figure that is not a date; its index in the list of items.
    Amount(usize),
    /// A date, period or time of day; its index in the list of items.
    Time(usize),
    /// An adverb, a particle, or an adjective after a verb.
    Adverb,
    /// The ending of the genitive after a date: "last year's".
    Genitive,
    /// Quotation marks and words without a role in the clause.
    Other,
}

/// A phrase and its tokens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    pub(crate) kind: Kind,
    pub(crate) first: usize,
    /// The token after its last.
    pub(crate) end: usize,
}

/// The phrases of a sentence.
pub(crate) struct Phrases<'s> {
    pub(crate) scope: &'s Scope<'s>,
    tags: PartsOfSpeech<'s>,
    list: Vec<Phrase>,
}

/// The maximum number of tokens of a noun phrase.
const LONGEST_NOUN_PHRASE: usize = 14;

impl<'s> Phrases<'s> {
    /// Splits a sentence into phrases; `items` are its figures from index `from` on.
    pub(crate) fn of(scope: &'s Scope<'s>, items: &[Item], from: usize) -> Self {
        let tags = scope.doc.parts_of_speech();
        let mut phrases = Self { scope, tags, list: Vec::with_capacity(scope.end - scope.start) };
        let mut place = from;
        let mut at = scope.start;
        while at < scope.end {
            while items.get(place).is_some_and(|item| item.first < at) {
                place += 1;
            }
            let phrase = match items.get(place) {
                Some(item) if item.first == at => figure(item, place),
                _ => phrases.phrase(items, place, at),
            };
            at = phrase.end.max(at + 1);
            phrases.list.push(phrase);
        }
        phrases
    }

    /// The phrase at an index.
    pub(crate) fn get(&self, place: usize) -> Option<Phrase> {
        self.list.get(place).copied()
    }

    /// The kind of the phrase at an index; `Break` outside of the sentence.
    pub(crate) fn kind(&self, place: usize) -> Kind {
        self.list.get(place).map_or(Kind::Break, |phrase| phrase.kind)
    }

    /// The index of the phrase that contains a token.
    pub(crate) fn place_of(&self, token: usize) -> usize {
        self.list.partition_point(|phrase| phrase.end <= token)
    }

    /// The number of phrases.
    pub(crate) fn len(&self) -> usize {
        self.list.len()
    }

    /// The part of speech of a token.
    pub(crate) fn tag(&self, at: usize) -> Option<Tag> {
        if at < self.scope.start || at >= self.scope.end { None } else { self.tags.get(at) }
    }

    /// Whether the phrase at an index is of one of some kinds.
    pub(crate) fn is(&self, place: usize, kinds: &[Kind]) -> bool {
        self.list.get(place).is_some_and(|phrase| kinds.contains(&phrase.kind))
    }

    /// The phrase at a token that begins no figure.
    fn phrase(&self, items: &[Item], place: usize, at: usize) -> Phrase {
        let one = |kind| Phrase { kind, first: at, end: at + 1 };
        let Some(tag) = self.tag(at) else { return one(Kind::Other) };
        if let Some(phrase) = self.noun_phrase(items, place, at) {
            return phrase;
        }
        if tag.is_verb() || tag == Tag::Modal {
            return self.verb_group(items, place, at);
        }
        match tag {
            Tag::To if self.tag(at + 1).is_some_and(Tag::is_verb) && !starts(items, place, at + 1) => {
                let mut group = self.verb_group(items, place, at + 1);
                (group.kind, group.first) = (Kind::Infinitive, at);
                group
            }
            Tag::To => one(Kind::Preposition),
            Tag::Preposition => one(self.joint(items, place, at)),
            Tag::Pronoun | Tag::Existential | Tag::Determiner | Tag::Predeterminer => one(Kind::Pronoun),
            Tag::WhDeterminer | Tag::WhPronoun | Tag::WhPossessive => one(Kind::Relative),
            Tag::WhAdverb => one(Kind::Subordinator),
            Tag::Conjunction => one(Kind::Conjunction),
            Tag::Comma => one(Kind::Comma),
            Tag::Bracket if self.scope.is_any(at, &[words::OPEN, words::OPEN_SQUARE]) => one(Kind::Open),
            Tag::Bracket => one(Kind::Close),
            Tag::Mark | Tag::Stop => one(if self.is_joint(at) { Kind::Other } else { Kind::Break }),
            Tag::Possessive => one(Kind::Genitive),
            Tag::QuoteMark | Tag::Symbol | Tag::Number | Tag::Foreign | Tag::Interjection => one(Kind::Other),
            _ => one(Kind::Adverb),
        }
    }

    /// Whether a mark joins the words on both sides: "year-on-year", "T/S".
    fn is_joint(&self, at: usize) -> bool {
        (self.scope.is_dash(at) || self.scope.is(at, words::SLASH))
            && self.scope.glued(at)
            && self.scope.glued(at + 1)
    }

    /// The kind of a word tagged as preposition: "in May" has a preposition, "since prices rose" a subordinator.
    fn joint(&self, items: &[Item], place: usize, at: usize) -> Kind {
        if self.scope.is(at, words::THAT) {
            // "the firms that lost": after a noun and before a verb.
            let noun = self.tag(at.wrapping_sub(1)).is_some_and(Tag::is_noun);
            let verb = self.tag(at + 1).is_some_and(|tag| tag.is_finite());
            return if noun && verb { Kind::Relative } else { Kind::Subordinator };
        }
        // "up", "down" and the like that lead to a figure.
        if self.scope.is_any(at, &[words::UP, words::DOWN]) {
            return Kind::Adverb;
        }
        // "since it came out": a subordinator too.
        let since = self.scope.is(at, words::SINCE);
        if !since && !self.scope.listed(at, list::CLAUSE) && !self.scope.has(at, role::BREAK) {
            return Kind::Preposition;
        }
        let ahead = (at + 1..at + 8).take_while(|ahead| {
            !starts(items, place, *ahead)
                && self.tag(*ahead).is_some_and(|tag| {
                    !matches!(tag, Tag::Comma | Tag::Mark | Tag::Stop | Tag::Preposition | Tag::Conjunction)
                })
        });
        let clause = ahead.into_iter().any(|ahead| self.tag(ahead).is_some_and(Tag::is_finite));
        if clause { Kind::Subordinator } else { Kind::Preposition }
    }

    /// The verb group that begins at a token: auxiliaries, verbs, "to" between verbs, and adverbs between them.
    fn verb_group(&self, items: &[Item], place: usize, at: usize) -> Phrase {
        let (mut end, mut head) = (at, at);
        let (mut finite, mut infinitive) = (false, false);
        let mut next = at;
        while next < at + 9 && !(next > at && starts(items, place, next)) {
            let Some(tag) = self.tag(next) else { break };
            if tag.is_verb() || tag == Tag::Modal {
                // "rose driven by": two verbs that are not a group.
                let goes_on = next == at
                    || infinitive
                    || self.scope.has(head, role::FUTURE | role::REPORT)
                    || self.is_auxiliary(head);
                if !goes_on {
                    break;
                }
                finite |= tag.is_finite();
                (head, end) = (next, next + 1);
                infinitive = false;
            } else if tag == Tag::To && next > at {
                infinitive = true;
            } else if !matches!(tag, Tag::Adverb | Tag::AdverbComparative) {
                break;
            }
            next += 1;
        }
        let base = self.tag(at) == Some(Tag::Verb);
        let kind = if finite || base { Kind::Finite } else { Kind::Participle };
        Phrase { kind, first: at, end }
    }

    /// A form of "be", "have" or "do", or a modal verb: an auxiliary.
    pub(crate) fn is_auxiliary(&self, at: usize) -> bool {
        self.tag(at) == Some(Tag::Modal) || self.scope.listed(at, list::AUXILIARY)
    }

    /// The noun phrase that begins at a token.
    fn noun_phrase(&self, items: &[Item], place: usize, at: usize) -> Option<Phrase> {
        let (mut end, mut head) = (at, None);
        let mut place = place;
        while end < at + LONGEST_NOUN_PHRASE {
            while items.get(place).is_some_and(|item| item.first < end) {
                place += 1;
            }
            if let Some(item) = items.get(place).filter(|item| item.first == end) {
                if end == at || !self.is_attribute(item, end) {
                    break;
                }
                end = item.end;
                head = None;
                continue;
            }
            let Some(tag) = self.tag(end) else { break };
            if tag.is_noun() {
                head = Some(end);
            } else if tag == Tag::Possessive {
                head?;
                head = None;
            } else if !self.goes_on(tag, at, end, head) {
                break;
            }
            end += 1;
        }
        // "the bank's": what it owns was cut off.
        let head = head?;
        (head + 1 >= at).then_some(Phrase { kind: Kind::Noun, first: at, end: head + 1 })
    }

    /// Whether a token that is not a noun is part of the noun phrase that began at `first`; `head` is its last noun so far.
    fn goes_on(&self, tag: Tag, first: usize, at: usize, head: Option<usize>) -> bool {
        let starts = at == first || self.tag(at.wrapping_sub(1)) == Some(Tag::Predeterminer);
        let noun_ahead = || {
            (at + 1..at + 4)
                .find_map(|ahead| match self.tag(ahead)? {
                    tag if tag.is_noun() => Some(true),
                    Tag::Adjective | Tag::Number | Tag::VerbGerund | Tag::VerbParticiple => None,
                    _ if self.is_joint(ahead) => None,
                    _ => Some(false),
                })
                .unwrap_or(false)
        };
        match tag {
            Tag::Determiner | Tag::Predeterminer | Tag::PronounPossessive => starts,
            Tag::Adjective | Tag::AdjectiveComparative | Tag::AdjectiveSuperlative | Tag::Number => {
                head.is_none() || self.is_joint(at - 1)
            }
            // "the growing deficit", "an estimated loss"; "rising 3 percent" is not a noun phrase.
            Tag::VerbGerund | Tag::VerbParticiple => {
                self.is_joint(at.wrapping_sub(1)) || head.is_none() && at > first && noun_ahead()
            }
            Tag::Adverb => {
                at > first
                    && head.is_none()
                    && self.tag(at + 1).is_some_and(|tag| {
                        matches!(tag, Tag::Adjective | Tag::VerbParticiple | Tag::VerbGerund)
                    })
            }
            Tag::Mark | Tag::Symbol if at > first && self.is_joint(at) => true,
            Tag::Conjunction => self.scope.text(at) == "&" && head.is_some(),
            _ => at > first && self.is_joint(at.wrapping_sub(1)) && self.scope.is_word(at),
        }
    }

    /// Whether a figure stands between a determiner or adjective and its noun: "the city's eight remaining casinos", "last year's
    /// 10-day strike".
    fn is_attribute(&self, item: &Item, at: usize) -> bool {
        let before = self.tag(at.wrapping_sub(1));
        let led = matches!(
            before,
            Some(Tag::Determiner | Tag::PronounPossessive | Tag::Possessive | Tag::Adjective)
        );
        let noun = self.tag(item.end).is_some_and(|tag| {
            tag.is_noun() || matches!(tag, Tag::Adjective | Tag::VerbGerund | Tag::Possessive)
        });
        led && noun && !matches!(item.counted, Counted::Noun(noun) if noun >= item.end)
    }
}

/// The phrase of a figure: with its counted noun, if that follows.
fn figure(item: &Item, place: usize) -> Phrase {
    let kind = if item.is_time() { Kind::Time(place) } else { Kind::Amount(place) };
    let end = match item.counted {
        Counted::Noun(noun) if noun >= item.end => noun + 1,
        _ => item.end,
    };
    Phrase { kind, first: item.first, end }
}

/// Whether a figure begins at a token; `place` is the index of the first figure that does not begin before it.
fn starts(items: &[Item], place: usize, at: usize) -> bool {
    items
        .get(place..)
        .unwrap_or_default()
        .iter()
        .take_while(|item| item.first <= at)
        .any(|item| item.first == at)
}
