//! The features of an ordered pair of mentions in a sentence: may the first be the holder of an opinion of the second?
//!
//! A feature is the hash of a template and its value. Most templates include which of the two comes first in the text.

use std::ops::Range;

use copydesk_learn::feature::mix;

use super::words::{SentenceWord, Sort, Words, makes_passive};
use crate::lexicon::role;

/// A mention that may have an opinion or be the object of one.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) tokens: Range<usize>,
    /// The kind of its entity.
    pub(crate) kind: u8,
    /// The polarity towards it that the network finds, in five steps: 2 is neutral.
    pub(crate) tone: u8,
}

/// What is known of a pair apart from its words.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Relation {
    /// The target is inside a quote of the holder; the holder inside one of the target; both inside one quote.
    pub(crate) quoted: u8,
    /// The result of the rules of attitude for holder and target: 0 nothing, 1 negative, 2 positive.
    pub(crate) ruled: u8,
    /// The same the other way round.
    pub(crate) ruled_back: u8,
    /// The number of mentions of other entities between the two.
    pub(crate) between: u8,
}

/// A group of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StanceGroup {
    /// The words before, between and after the two.
    Words,
    /// The words between the two as a whole.
    Stretch,
    /// The words next to the two.
    Edges,
    /// The verbs of which the two are subject and object.
    Verbs,
    /// Quotes, and what the rules of attitude find.
    Relations,
}

impl StanceGroup {
    /// Every group with its name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("words", Self::Words),
        ("stretch", Self::Stretch),
        ("edges", Self::Edges),
        ("verbs", Self::Verbs),
        ("relations", Self::Relations),
    ];
}

/// The maximum number of tokens between two mentions that are read word by word.
const WIDE: usize = 16;
const BEFORE: usize = 4;
const AFTER: usize = 6;
/// No token.
pub(crate) const NOWHERE: usize = usize::MAX;

/// The main verb of a chain of verbs: "has been criticised", "refused to endorse".
#[derive(Clone, Copy, Debug, Default)]
struct Chain {
    at: usize,
    main: SentenceWord,
    first: SentenceWord,
    passive: bool,
    negated: bool,
}

/// The verbs around a mention.
struct Links {
    /// Those whose subject it may be.
    chain: Option<Chain>,
    /// The one before it, and the preposition between the two.
    governor: (Option<Chain>, SentenceWord),
}

/// A pair in its sentence.
pub(crate) struct Pair<'a> {
    pub(crate) words: &'a Words,
    pub(crate) holder: &'a Party,
    pub(crate) target: &'a Party,
    pub(crate) relation: Relation,
    pub(crate) asked: bool,
}

impl Pair<'_> {
    /// Passes on each feature, with its token.
    pub(crate) fn features(&self, each: &mut impl FnMut(u64, usize)) {
        StanceGroup::ALL.iter().for_each(|(_, group)| self.group(*group, each));
    }

    /// Passes on the features of one group.
    pub(crate) fn group(&self, group: StanceGroup, each: &mut impl FnMut(u64, usize)) {
        let order = self.order();
        let mut add = |template: u64, value: u64, at: usize| each(mix(template << 1 | order, value), at);
        match group {
            StanceGroup::Words => self.sides(&mut add),
            StanceGroup::Stretch => {
                self.stretch(&mut add);
                self.kinds(&mut add);
            }
            StanceGroup::Edges => self.edges(&mut add),
            StanceGroup::Verbs => {
                let [holder, target] = self.links();
                self.verbs([&holder, &target], &mut add);
            }
            StanceGroup::Relations => {
                self.relations(&mut add);
                self.relations(&mut |template, value, at| each(mix(template << 1 | 1 << 20, value), at));
            }
        }
    }

    /// Passes on the features of a pair (0) and of the same two the other way round (1). The words around and between them, and
    /// the verbs, are read once for both.
    pub(crate) fn both(&self, back: &Self, each: &mut impl FnMut(usize, u64)) {
        let orders = [self.order(), back.order()];
        let mut shared = |template: u64, value: u64, _: usize| {
            for (way, order) in orders.into_iter().enumerate() {
                each(way, mix(template << 1 | order, value));
            }
        };
        self.sides(&mut shared);
        self.stretch(&mut shared);
        let [one, two] = self.links();
        for (way, (pair, links)) in [(self, [&one, &two]), (back, [&two, &one])].into_iter().enumerate() {
            let order = orders[way];
            let mut add = |template: u64, value: u64, _: usize| each(way, mix(template << 1 | order, value));
            pair.kinds(&mut add);
            pair.edges(&mut add);
            pair.verbs(links, &mut add);
            pair.relations(&mut add);
            pair.relations(&mut |template, value, _| each(way, mix(template << 1 | 1 << 20, value)));
        }
    }

    /// Whether the holder stands before the target.
    fn order(&self) -> u64 {
        u64::from(self.holder.tokens.start < self.target.tokens.start)
    }

    fn in_order(&self) -> (&Party, &Party) {
        if self.holder.tokens.start < self.target.tokens.start {
            (self.holder, self.target)
        } else {
            (self.target, self.holder)
        }
    }

    /// The words before, between and after the two.
    fn sides(&self, add: &mut impl FnMut(u64, u64, usize)) {
        let (one, two) = self.in_order();
        let all = self.words.tokens();
        let between = one.tokens.end..two.tokens.start.min(one.tokens.end + WIDE);
        let before = one.tokens.start.saturating_sub(BEFORE).max(all.start)..one.tokens.start;
        let after = two.tokens.end..(two.tokens.end + AFTER).min(all.end);
        for (template, tokens) in [(1, between), (2, before), (3, after)] {
            for at in tokens {
                let word = self.words.of(at);
                if is_informative(word) {
                    add(10 + template, word.stem, at);
                    add(20 + template, u64::from(word.classes[1]), at);
                }
                if word.valence != 0 {
                    add(40 + template, word.valence as u64, at);
                }
                if word.roles & (role::NEGATOR | role::MODAL | role::CONTRAST | role::SHIFTER) != 0 {
                    add(50 + template, u64::from(word.roles & !role::VALENCE), at);
                }
            }
        }
    }

    /// The words between the two as a whole.
    fn stretch(&self, add: &mut impl FnMut(u64, u64, usize)) {
        let (one, two) = self.in_order();
        let between = one.tokens.end..two.tokens.start;
        let distance = between.len();
        let step = [0, 1, 2, 3, 5, 8, 12, 18, 26].iter().filter(|end| distance > **end).count() as u64;
        add(60, step, NOWHERE);
        add(61, u64::from(self.relation.between.min(4)), NOWHERE);
        add(63, mix(step, u64::from(self.relation.between.min(2))), NOWHERE);
        let (mut verbs, mut commas, mut marks, mut sorts, mut stems) = (0u64, 0u64, 0u64, 0u64, 0u64);
        for at in between.clone().take(WIDE) {
            let word = self.words.of(at);
            verbs += u64::from(word.is_verb());
            commas += u64::from(word.sort == Sort::Comma);
            marks += u64::from(word.sort == Sort::Mark);
            sorts = mix(sorts, word.sort as u64);
            stems = mix(stems, word.stem);
        }
        add(64, verbs.min(4), NOWHERE);
        add(65, commas.min(3), NOWHERE);
        add(66, marks.min(3), NOWHERE);
        add(67, mix(verbs.min(3), mix(commas.min(2), marks.min(2))), NOWHERE);
        if distance <= 6 {
            add(68, sorts, NOWHERE);
        }
        if distance <= 4 {
            add(69, stems, between.start);
        }
        if self.asked {
            add(70, 1, NOWHERE);
        }
    }

    fn kinds(&self, add: &mut impl FnMut(u64, u64, usize)) {
        add(62, mix(u64::from(self.holder.kind), u64::from(self.target.kind)), NOWHERE);
    }

    /// The words next to the two.
    fn edges(&self, add: &mut impl FnMut(u64, u64, usize)) {
        for (template, party) in [(80, self.holder), (90, self.target)] {
            let (before, after) = (party.tokens.start.wrapping_sub(1), party.tokens.end);
            let (left, right) = (self.words.of(before), self.words.of(after));
            add(template, left.form, before);
            add(template + 1, right.form, after);
            add(template + 2, left.sort as u64, NOWHERE);
            add(template + 3, right.sort as u64, NOWHERE);
            add(template + 4, u64::from(left.classes[0]), before);
            add(template + 5, u64::from(right.classes[0]), after);
            add(template + 6, u64::from(party.tone), NOWHERE);
            add(template + 7, mix(left.stem, self.words.of(before.wrapping_sub(1)).stem), before);
            add(template + 8, mix(right.stem, self.words.of(after + 1).stem), after);
        }
        let (one, two) = self.in_order();
        let (right, left) = (self.words.of(one.tokens.end), self.words.of(two.tokens.start.wrapping_sub(1)));
        add(100, mix(right.form, left.form), one.tokens.end);
        add(101, mix(right.sort as u64, left.sort as u64), NOWHERE);
        add(102, mix(u64::from(self.holder.tone), u64::from(self.target.tone)), NOWHERE);
    }

    /// The verbs that the two may be subject and object of.
    fn verbs(&self, [holder, target]: [&Links; 2], add: &mut impl FnMut(u64, u64, usize)) {
        let (subject, as_subject) = (&holder.chain, &target.chain);
        let (object, preposition) = &target.governor;
        let (agent, by) = &holder.governor;
        let key =
            |chain: &Chain| mix(chain.main.stem, u64::from(chain.passive) | u64::from(chain.negated) << 1);
        if let Some(verb) = subject {
            add(110, key(verb), verb.at);
            add(111, mix(u64::from(verb.main.classes[1]), u64::from(verb.passive)), verb.at);
            add(112, mix(verb.first.stem, verb.main.stem), verb.at);
            if let Some(object) = object {
                let same = object.at == verb.at;
                add(
                    113,
                    u64::from(same) | u64::from(verb.passive) << 1 | u64::from(verb.negated) << 2,
                    NOWHERE,
                );
                if same {
                    add(114, mix(key(verb), preposition.form), verb.at);
                    add(115, key(verb), verb.at);
                    add(116, mix(u64::from(verb.main.classes[1]), preposition.form), verb.at);
                    add(117, u64::from(verb.main.classes[0]), verb.at);
                    add(118, mix(u64::from(verb.passive), verb.main.valence as u64), verb.at);
                } else {
                    add(119, mix(verb.main.stem, object.main.stem), object.at);
                    add(120, mix(u64::from(verb.main.classes[0]), object.main.stem), object.at);
                }
            }
        }
        if let Some(verb) = as_subject {
            add(125, key(verb), verb.at);
            add(126, mix(u64::from(verb.main.classes[1]), u64::from(verb.passive)), verb.at);
            if let Some(agent) = agent
                && agent.at == verb.at
            {
                add(127, mix(key(verb), by.form), verb.at);
                add(
                    128,
                    mix(u64::from(verb.main.classes[1]), mix(by.form, u64::from(verb.passive))),
                    verb.at,
                );
                add(129, mix(by.form, mix(u64::from(verb.passive), verb.main.valence as u64)), verb.at);
            }
        }
        if let Some(object) = object {
            add(130, mix(object.main.stem, preposition.form), object.at);
            add(131, mix(u64::from(object.main.classes[1]), preposition.form), object.at);
        }
        if let Some(agent) = agent {
            add(132, mix(agent.main.stem, by.form), agent.at);
        }
    }

    fn relations(&self, add: &mut impl FnMut(u64, u64, usize)) {
        let Relation { quoted, ruled, ruled_back, .. } = self.relation;
        let (quoted, ruled, back) = (u64::from(quoted), u64::from(ruled), u64::from(ruled_back));
        add(140, quoted, NOWHERE);
        add(141, ruled, NOWHERE);
        add(142, back, NOWHERE);
        add(143, mix(quoted, u64::from(self.target.tone)), NOWHERE);
        add(144, mix(ruled, u64::from(self.target.tone)), NOWHERE);
        add(145, mix(quoted, u64::from(self.holder.tone)), NOWHERE);
    }

    /// The verbs of the holder and of the target.
    fn links(&self) -> [Links; 2] {
        [(self.holder, self.target), (self.target, self.holder)].map(|(own, other)| {
            let next = other.tokens.start;
            let end = if own.tokens.start < next { next } else { self.words.tokens().end };
            Links { chain: self.chain(own.tokens.end, end), governor: self.governor(own.tokens.start) }
        })
    }

    /// The verbs after a mention whose subject it may be.
    fn chain(&self, from: usize, to: usize) -> Option<Chain> {
        const REACH: usize = 12;
        let mut at = from;
        let end = to.min(from + REACH);
        while at < end && !(self.words.of(at).is_verb() || self.words.of(at).sort == Sort::Helping) {
            if matches!(self.words.of(at).sort, Sort::Stop | Sort::Mark) {
                return None;
            }
            at += 1;
        }
        (at < end).then(|| self.chain_at(at, to))
    }

    /// The chain of verbs that begins here.
    fn chain_at(&self, first: usize, to: usize) -> Chain {
        let mut chain = Chain {
            at: first,
            main: *self.words.of(first),
            first: *self.words.of(first),
            ..Chain::default()
        };
        let mut helping = false;
        let mut at = first;
        while at < to.max(first + 1) && at < first + 8 {
            let word = self.words.of(at);
            chain.negated |= word.roles & role::NEGATOR != 0;
            match word.sort {
                Sort::Helping => {
                    helping = makes_passive(word.form);
                }
                Sort::Verb | Sort::Gerund | Sort::Participle => {
                    chain.passive = word.sort != Sort::Gerund && helping && word.sort != Sort::Verb;
                    chain.main = *word;
                    chain.at = at;
                    helping = false;
                }
                Sort::Adverb | Sort::To => {}
                _ if word.roles & role::NEGATOR != 0 => {}
                _ => break,
            }
            at += 1;
        }
        chain
    }

    /// The verb before a mention, and the preposition between the two.
    fn governor(&self, of: usize) -> (Option<Chain>, SentenceWord) {
        const REACH: usize = 9;
        let mut preposition = SentenceWord::default();
        let start = of.saturating_sub(REACH).max(self.words.first);
        for at in (start..of).rev() {
            let word = self.words.of(at);
            match word.sort {
                Sort::Preposition | Sort::To if preposition.form == 0 => preposition = *word,
                Sort::Verb | Sort::Gerund | Sort::Participle => {
                    let helped = (1..=3).any(|back| makes_passive(self.words.of(at.wrapping_sub(back)).form));
                    let negated =
                        (1..=4).any(|back| self.words.of(at.wrapping_sub(back)).roles & role::NEGATOR != 0);
                    let passive = helped && word.sort == Sort::Participle;
                    return (Some(Chain { at, main: *word, first: *word, passive, negated }), preposition);
                }
                Sort::Stop => break,
                _ => {}
            }
        }
        (None, preposition)
    }
}

/// Whether a word between or around two mentions is used: not a determiner, number or mark.
fn is_informative(word: &SentenceWord) -> bool {
    !matches!(
        word.sort,
        Sort::Determiner
            | Sort::Number
            | Sort::Comma
            | Sort::Stop
            | Sort::Mark
            | Sort::Name
            | Sort::Helping
            | Sort::Possessive
    )
}

/// Whether a word can be evidence: not a name or a function word.
pub(crate) fn counts(word: &SentenceWord) -> bool {
    word.form != 0
        && word.roles & role::FUNCTION == 0
        && matches!(
            word.sort,
            Sort::Noun | Sort::Adjective | Sort::Adverb | Sort::Verb | Sort::Gerund | Sort::Participle
        )
}
