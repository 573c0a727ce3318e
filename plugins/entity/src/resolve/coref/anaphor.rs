//! Words that may refer to an entity named elsewhere.

use std::ops::Range;

use copydesk_core::layers::EntityKind;
use copydesk_core::{Span, hash_lowered};

use super::function::{self, Function};
use crate::recognize::gender::{self, Gender};
use crate::resolve::clusters::Cluster;
use crate::words::{Reader, Sieve};

/// The family of a word. Each has weights of its own.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Family {
    /// "he", "her"
    Person,
    /// "it", "its"
    Thing,
    /// "they", "their"
    Several,
    /// "I", "my"
    First,
    /// "you", "your"
    Second,
    /// "the ministry"
    Noun,
}

impl Family {
    /// The number of families.
    pub const COUNT: usize = 6;

    /// Whether such a word may refer to an entity of this kind.
    pub(crate) fn may_mean(self, cluster: &Cluster) -> bool {
        match self {
            Self::Person | Self::First | Self::Second => cluster.kind == EntityKind::Person,
            Self::Thing => !matches!(cluster.kind, EntityKind::Person | EntityKind::Group),
            Self::Several => matches!(cluster.kind, EntityKind::Group | EntityKind::Organization),
            Self::Noun => true,
        }
    }
}

/// The pronouns other than "he" and "she".
const OTHERS: [(u64, Family); 14] = [
    (hash_lowered("it"), Family::Thing),
    (hash_lowered("its"), Family::Thing),
    (hash_lowered("itself"), Family::Thing),
    (hash_lowered("they"), Family::Several),
    (hash_lowered("them"), Family::Several),
    (hash_lowered("their"), Family::Several),
    (hash_lowered("themselves"), Family::Several),
    (hash_lowered("i"), Family::First),
    (hash_lowered("me"), Family::First),
    (hash_lowered("my"), Family::First),
    (hash_lowered("myself"), Family::First),
    (hash_lowered("you"), Family::Second),
    (hash_lowered("your"), Family::Second),
    (hash_lowered("yourself"), Family::Second),
];

/// The pronouns and articles, which excludes most words quickly.
static POSSIBLE: Sieve = {
    let mut sieve = Sieve::EMPTY.with_all(&gender::PRONOUNS).with_all(&ARTICLES);
    let mut at = 0;
    while at < OTHERS.len() {
        sieve = sieve.with(OTHERS[at].0);
        at += 1;
    }
    sieve
};

/// Whether a word may be a pronoun or article.
#[inline]
pub(crate) fn may_be(hash: u64) -> bool {
    POSSIBLE.may_hold(hash)
}

/// The family of a pronoun, by its hash.
pub(crate) fn family(hash: u64) -> Option<Family> {
    if gender::of_pronoun(hash).is_some() {
        return Some(Family::Person);
    }
    OTHERS.iter().find(|(known, _)| *known == hash).map(|(_, family)| *family)
}

const ARTICLES: [u64; 3] = [hash_lowered("the"), hash_lowered("this"), hash_lowered("that")];

/// "The", "this", "that".
pub(crate) fn is_article(hash: u64) -> bool {
    ARTICLES.contains(&hash)
}

/// A word or phrase that may refer to an entity.
#[derive(Clone, Debug)]
pub(crate) struct Anaphor {
    pub(crate) family: Family,
    pub(crate) tokens: Range<usize>,
    pub(crate) sentence: usize,
    pub(crate) function: Function,
    pub(crate) quoted: bool,
    gender: Option<Gender>,
}

impl Anaphor {
    /// The pronoun at a token; `None` if it is not a pronoun after all ("World War I").
    pub(crate) fn pronoun(reader: &Reader<'_>, at: usize, family: Family, quoted: bool) -> Option<Self> {
        let token = reader.token(at);
        let numeral = family == Family::First
            && reader.text(at) == "I"
            && at.checked_sub(1).is_some_and(|before| {
                reader.is_capitalized(before)
                    && reader.token(before).sentence() == token.sentence()
                    && before > 0
                    && reader.is_capitalized(before - 1)
            });
        if numeral || family == Family::First && reader.text(at) == "i" {
            return None;
        }
        Some(Self {
            family,
            tokens: at..at + 1,
            sentence: token.sentence(),
            function: function::of_pronoun(reader, at),
            quoted,
            gender: gender::of_pronoun(token.hash()),
        })
    }

    /// The noun phrase of these tokens.
    pub(crate) fn noun(reader: &Reader<'_>, tokens: Range<usize>, quoted: bool) -> Self {
        let sentence = reader.token(tokens.start).sentence();
        let function = function::of_phrase(reader, &tokens);
        Self { family: Family::Noun, tokens, sentence, function, quoted, gender: None }
    }

    pub(crate) fn gender(&self) -> Option<Gender> {
        self.gender
    }

    pub(crate) fn span(&self, reader: &Reader<'_>) -> Span {
        reader.doc.token_span(self.tokens.start, self.tokens.end)
    }
}
