//! Syntax: the part of speech of each token.

use super::fields::{Fields, Record};
use super::{Layers, tag};
use crate::absorb::{Checked, Violation};
use crate::{DocumentView, Emitter};

tag! {
    /// The part of speech of a token: the tag set of the Penn Treebank (Marcus, Santorini & Marcinkiewicz 1993), with four groups
    /// of punctuation.
    PartOfSpeech {
        /// Coordinating conjunction: "and".
        Conjunction = 0 "CC",
        /// Number.
        Number = 1 "CD",
        /// Determiner: "the".
        Determiner = 2 "DT",
        /// Existential "there".
        Existential = 3 "EX",
        /// Foreign word.
        Foreign = 4 "FW",
        /// Preposition or subordinating conjunction.
        Preposition = 5 "IN",
        /// Adjective.
        Adjective = 6 "JJ",
        /// Comparative adjective.
        AdjectiveComparative = 7 "JJR",
        /// Superlative adjective.
        AdjectiveSuperlative = 8 "JJS",
        /// Modal verb: "may".
        Modal = 9 "MD",
        /// Noun, singular or mass.
        Noun = 10 "NN",
        /// Noun, plural.
        NounPlural = 11 "NNS",
        /// Proper noun, singular.
        ProperNoun = 12 "NNP",
        /// Proper noun, plural.
        ProperNounPlural = 13 "NNPS",
        /// Predeterminer: "all" in "all the".
        Predeterminer = 14 "PDT",
        /// Genitive ending: "'s".
        Possessive = 15 "POS",
        /// Personal pronoun.
        Pronoun = 16 "PRP",
        /// Possessive pronoun: "her".
        PronounPossessive = 17 "PRP$",
        /// Adverb.
        Adverb = 18 "RB",
        /// Comparative adverb.
        AdverbComparative = 19 "RBR",
        /// Superlative adverb.
        AdverbSuperlative = 20 "RBS",
        /// Particle of a verb: "up" in "give up".
        Particle = 21 "RP",
        /// "to".
        To = 22 "TO",
        /// Interjection.
        Interjection = 23 "UH",
        /// Verb, base form.
        Verb = 24 "VB",
        /// Verb, past tense.
        VerbPast = 25 "VBD",
        /// Verb, gerund or present participle.
        VerbGerund = 26 "VBG",
        /// Verb, past participle.
        VerbParticiple = 27 "VBN",
        /// Verb, present, not third person singular.
        VerbPresent = 28 "VBP",
        /// Verb, present, third person singular.
        VerbThird = 29 "VBZ",
        /// "which", "that" before a clause.
        WhDeterminer = 30 "WDT",
        /// "who", "what".
        WhPronoun = 31 "WP",
        /// "whose".
        WhPossessive = 32 "WP$",
        /// "when", "where", "how".
        WhAdverb = 33 "WRB",
        /// Mark that ends a sentence.
        Stop = 34 ".",
        /// Comma.
        Comma = 35 ",",
        /// Colon, semicolon, dash and other marks inside a sentence.
        Mark = 36 ":",
        /// Quotation mark.
        QuoteMark = 37 "''",
        /// Bracket.
        Bracket = 38 "-LRB-",
        /// Symbol, currency signs included.
        Symbol = 39 "SYM",
    }
}

impl PartOfSpeech {
    /// The number of tags.
    pub const COUNT: usize = Self::ALL.len();

    /// A verb in any form, except modals.
    pub const fn is_verb(self) -> bool {
        self as u8 >= Self::Verb as u8 && self as u8 <= Self::VerbThird as u8
    }

    /// A verb form that can be the verb of a main clause: past, present or modal.
    pub const fn is_finite(self) -> bool {
        matches!(self, Self::VerbPast | Self::VerbPresent | Self::VerbThird | Self::Modal)
    }

    /// A noun or proper noun.
    pub const fn is_noun(self) -> bool {
        self as u8 >= Self::Noun as u8 && self as u8 <= Self::ProperNounPlural as u8
    }

    /// Punctuation.
    pub const fn is_punctuation(self) -> bool {
        self as u8 >= Self::Stop as u8 && self as u8 <= Self::Bracket as u8
    }
}

/// The part of speech of a token, as stored.
#[repr(transparent)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagRecord(pub(crate) u8);

impl Record for TagRecord {
    const NAME: &'static str = "syntax";
    const FIRST_SIZE: usize = 1;
    const ABSENT: Self = Self(0);

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.tag("tag", self.0.into(), PartOfSpeech::from_byte(self.0).is_some());
    }
}

/// Either all tokens have a tag, or none has.
pub(crate) fn check_whole(batch: &Layers, tokens: usize) -> Checked {
    if batch.tags.is_empty() || batch.tags.len() == tokens {
        return Ok(());
    }
    Err(Violation::Missing { layer: TagRecord::NAME, index: batch.tags.len(), field: "one tag per token" })
}

/// The parts of speech of a document's tokens.
#[derive(Clone, Copy, Debug)]
pub struct PartsOfSpeech<'a> {
    tags: &'a [TagRecord],
}

impl PartsOfSpeech<'_> {
    /// Whether no stage has provided any.
    pub const fn is_empty(self) -> bool {
        self.tags.is_empty()
    }

    /// The part of speech of the token at `index`.
    #[inline]
    pub fn get(self, index: usize) -> Option<PartOfSpeech> {
        self.tags.get(index).and_then(|tag| PartOfSpeech::from_byte(tag.0))
    }
}

impl<'a> DocumentView<'a> {
    /// The parts of speech, one per token in text order; empty if no stage has provided them.
    pub fn parts_of_speech(&self) -> PartsOfSpeech<'a> {
        PartsOfSpeech { tags: self.layers.tags }
    }
}

impl Emitter {
    /// Sets the parts of speech: one for each token of the document, in text order.
    pub fn parts_of_speech(&mut self, tags: impl IntoIterator<Item = PartOfSpeech>) {
        self.layers.tags.clear();
        self.layers.tags.extend(tags.into_iter().map(|tag| TagRecord(tag as u8)));
    }
}
