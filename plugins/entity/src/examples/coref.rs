//! The decisions of the ranker, which resolves pronouns and nouns.
//!
//! [`CorefReader`] finds the entities of a document by its names, then visits its words in text order and passes each word that may
//! refer to an entity to a [`Choose`]. Each answer affects the candidates and features of later words, so a trainer must answer by the
//! annotation.

use copydesk_core::{Document, Span, StageError, hash_lower};

use crate::recognize::gender;
use crate::resolve::clusters::Clusters;
use crate::resolve::coref;
use crate::words::{Entry, Reader};
use crate::{EntityStage, Options};

pub use crate::recognize::gender::Gender;
pub use crate::resolve::coref::{Choose, FEATURES, Family, Features, KIND, Ranker, STEP, WEIGHTS};

/// A group of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorefGroup {
    /// The distance of the last mention.
    Distance,
    /// The grammatical functions of mentions.
    Grammar,
    /// How often and how early an entity is mentioned.
    Salience,
    /// Quotation marks and speakers.
    Quotes,
    /// The referent of the last pronoun, and people mentioned without a name.
    Discourse,
    /// The order of mentions in the last sentence, for nouns.
    Suggestion,
    /// A given name that occurs alone, for "he" and "she".
    Gender,
}

impl CorefGroup {
    /// Every group with its name.
    pub const ALL: [(&'static str, Self); 7] = [
        ("distance", Self::Distance),
        ("grammar", Self::Grammar),
        ("salience", Self::Salience),
        ("quotes", Self::Quotes),
        ("discourse", Self::Discourse),
        ("suggestion", Self::Suggestion),
        ("gender", Self::Gender),
    ];

    /// Whether a family's feature belongs to the group.
    pub fn holds(self, family: Family, feature: u16) -> bool {
        let templates: &[usize] = match (self, family) {
            (Self::Suggestion, Family::Noun) => &[2, 39],
            (Self::Distance, Family::Noun) => &[0, 1, 3, 6, 12],
            (Self::Grammar, Family::Noun) => &[7, 12],
            (Self::Salience, Family::Noun) => &[5, 8, 9],
            (Self::Quotes, Family::Noun) => &[11],
            (_, Family::Noun) => &[],
            (Self::Salience, Family::First | Family::Second) => &[1, 4, 8, 37],
            (Self::Discourse, Family::First | Family::Second) => &[6, 39],
            (_, Family::First | Family::Second) => &[],
            (Self::Distance, _) => &[0, 1, 2, 4, 5, 13, 35, 42, 43],
            (Self::Grammar, _) => &[0, 3, 4, 12, 13, 16, 18, 21, 22, 23, 42, 46, 47, 48, 49, 55],
            (Self::Salience, _) => &[7, 8, 19, 20, 27, 28, 54],
            (Self::Quotes, _) => &[10, 11],
            (Self::Discourse, _) => &[6, 14, 17, 36, 45],
            (Self::Gender, Family::Person) => &[53],
            (Self::Gender, _) => &[],
            (Self::Suggestion, _) => &[],
        };
        templates.contains(&coref::template(feature))
    }
}

/// Whether a feature of "he" and "she" depends on the gender of a candidate.
pub fn shows_gender(feature: u16) -> bool {
    matches!(coref::template(feature), 14 | 53)
}

/// The gender of a pronoun, if it has one.
pub fn gender_of_pronoun(pronoun: &str) -> Option<Gender> {
    gender::of_pronoun(hash_lower(pronoun))
}

/// The entities of a document, by number, with only names as mentions.
pub struct Entities(Clusters);

impl Entities {
    /// The names of each entity.
    pub fn names(&self) -> impl Iterator<Item = impl Iterator<Item = Span>> {
        self.0.all.iter().map(|cluster| cluster.mentions.iter().map(|(span, _)| *span))
    }

    /// The gender of each entity, by titles and given names.
    pub fn genders(&self) -> impl Iterator<Item = Option<Gender>> {
        self.0.all.iter().map(|cluster| cluster.gender)
    }
}

/// Finds the decisions of documents.
pub struct CorefReader(EntityStage);

impl CorefReader {
    /// A reader whose names are those that the built-in recogniser finds.
    pub fn new() -> Result<Self, StageError> {
        Ok(Self(EntityStage::with(Options::default(), |_| Ok(Ranker::untrained()))?))
    }

    /// The entities of a document with parts of speech.
    pub fn entities(&self, document: &Document) -> Entities {
        let doc = document.view();
        let (found, entries) = self.0.names.recognize(&doc, &self.0.tables);
        let reader = Reader { doc: &doc, tables: &self.0.tables, entries: &entries };
        Entities(self.0.named(&reader, &found))
    }

    /// Resolves the words of a document, asking `choose` about each.
    pub fn resolve(&self, document: &Document, mut entities: Entities, choose: &mut impl Choose) {
        let doc = document.view();
        let entries = Entry::all(&doc, &self.0.tables);
        let reader = Reader { doc: &doc, tables: &self.0.tables, entries: &entries };
        coref::resolve(&reader, &mut entities.0, choose);
    }
}
