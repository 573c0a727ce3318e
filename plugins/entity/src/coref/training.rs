//! Trains the ranker from texts with annotated clusters of mentions.

use copydesk_core::{Document, Span, StageError, hash_lower};
use copydesk_learn::ArtefactWriter;
use copydesk_learn::train::{RankingOptions, Rankings, ranking};

use super::anaphor::Family;
use super::features::{FEATURES, Features, VALUES};
use super::ranker::{KIND, Ranker, STEP};
use super::{Choose, resolve};
use crate::clusters::Clusters;
use crate::gender::{self, Gender};
use crate::reader::Reader;
use crate::{EntityStage, Options};

/// Mentions that annotated data puts together.
#[derive(Clone, Debug, Default)]
pub struct AnnotatedCluster {
    /// The head of each name.
    pub names: Vec<Span>,
    /// The head of each other mention.
    pub others: Vec<Span>,
}

/// A group of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// How far the last mention is.
    Distance,
    /// What mentions are in their clauses.
    Grammar,
    /// How often and how early an entity is mentioned.
    Salience,
    /// Quotation marks and who speaks.
    Quotes,
    /// What the last pronoun meant, and who is spoken of without a name.
    Discourse,
    /// What the order of the last sentence suggests for a noun.
    Suggestion,
    /// What a given name that stands alone tells of "he" and "she".
    Gender,
}

impl Group {
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

    /// Whether a family's template belongs to the group.
    fn holds(self, family: Family, template: usize) -> bool {
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
        templates.contains(&template)
    }
}

/// How to train.
#[derive(Clone, Copy, Debug)]
pub struct TrainOptions {
    /// Passes over all texts.
    pub epochs: usize,
    /// The L2 penalty of "he" and "she", whose candidates differ in little but place and grammar.
    pub l2_person: f32,
    /// That of other words.
    pub l2: f32,
}

impl Default for TrainOptions {
    fn default() -> Self {
        Self { epochs: 30, l2_person: 0.2, l2: 0.06 }
    }
}

/// How often an annotated choice is seen in each pass, for once that gender decided it.
const ANNOTATED: usize = 4;

/// Collects examples.
pub struct Trainer {
    stage: EntityStage,
    without: Vec<Group>,
    /// Of each family the annotated choices.
    rankings: Vec<Rankings>,
    /// Choices of "he" and "she" that gender decided.
    by_gender: Rankings,
}

impl Trainer {
    /// A trainer whose names are those that the built-in model finds.
    pub fn new(without: &[Group]) -> Result<Self, StageError> {
        let stage = EntityStage::with(Options::default(), |_| Ok(Ranker::untrained()))?;
        let rankings = vec![Rankings::default(); Family::COUNT];
        Ok(Self { stage, without: without.to_vec(), rankings, by_gender: Rankings::default() })
    }

    /// Adds a document with parts of speech and its annotated clusters.
    pub fn add(&mut self, document: &Document, annotated: &[AnnotatedCluster]) {
        self.annotated(document, annotated, true);
    }

    /// Adds a document of which it is known whose name one pronoun stands for. The others teach nothing.
    pub fn add_choice(&mut self, document: &Document, pronoun: Span, name: Span) {
        let cluster = AnnotatedCluster { names: vec![name], others: vec![pronoun] };
        self.annotated(document, &[cluster], false);
    }

    fn annotated(&mut self, document: &Document, annotated: &[AnnotatedCluster], complete: bool) {
        let view = document.view();
        let reader = Reader { doc: &view, tables: &self.stage.tables };
        let mut clusters = self.stage.named(&reader);
        let meant = annotated.iter().map(|cluster| found_as(cluster, &clusters)).collect();
        let fallback = (!complete).then_some(&self.stage.ranker);
        let mut teacher =
            Teacher { annotated, meant, fallback, without: &self.without, rankings: &mut self.rankings };
        resolve(&reader, &mut clusters, &mut teacher);
    }

    /// Adds a document without annotation. Where one man and women are candidates of "he", it means the man; what else tells
    /// him from the women is learned from that.
    pub fn add_plain(&mut self, document: &Document) {
        let view = document.view();
        let reader = Reader { doc: &view, tables: &self.stage.tables };
        let mut clusters = self.stage.named(&reader);
        let genders = clusters.all.iter().map(|cluster| cluster.gender).collect();
        let mut teacher = GenderTeacher {
            reader: &reader,
            genders,
            fallback: &self.stage.ranker,
            without: &self.without,
            rankings: &mut self.by_gender,
        };
        resolve(&reader, &mut clusters, &mut teacher);
    }

    /// How many choices were seen.
    pub fn choices(&self) -> usize {
        self.rankings.iter().map(Rankings::len).sum::<usize>() + self.by_gender.len()
    }

    /// Learns from what was added so far. What is added later without annotation, or with part of it, means what is learned here
    /// where nothing else tells.
    pub fn learn(&mut self, options: TrainOptions) {
        let weights = self.weights(options);
        self.stage.ranker = Ranker::new(weights);
    }

    /// The model file.
    pub fn finish(self, options: TrainOptions) -> Vec<u8> {
        let mut writer = ArtefactWriter::new(KIND);
        writer.section("weights", self.weights(options).into_iter().map(|weight| weight as u8).collect());
        writer.finish()
    }

    fn weights(&self, options: TrainOptions) -> Vec<i8> {
        let mut all = Vec::with_capacity(Family::COUNT * FEATURES);
        for (family, rankings) in self.rankings.iter().enumerate() {
            let person = family == Family::Person as usize;
            let l2 = if person { options.l2_person } else { options.l2 };
            let own = RankingOptions { epochs: options.epochs, l2, ..RankingOptions::default() };
            let weights = if person && !self.by_gender.is_empty() {
                // There is less of what people annotated, and it counts more.
                let mut all = self.by_gender.clone();
                (0..ANNOTATED).for_each(|_| all.extend(rankings));
                ranking(&all, FEATURES, own)
            } else {
                ranking(rankings, FEATURES, own)
            };
            all.extend(weights.iter().map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8));
        }
        all
    }
}

/// The entities that were found for the names of an annotated cluster.
fn found_as(annotated: &AnnotatedCluster, clusters: &Clusters) -> Vec<usize> {
    let overlap = |one: Span, other: Span| one.start() < other.end() && other.start() < one.end();
    let named = |(place, cluster): (usize, &crate::clusters::Cluster)| {
        let is =
            cluster.mentions.iter().any(|(span, _)| annotated.names.iter().any(|name| overlap(*span, *name)));
        is.then_some(place)
    };
    clusters.all.iter().enumerate().filter_map(named).collect()
}

/// Chooses what the annotation says, and notes down the choice.
struct Teacher<'t> {
    annotated: &'t [AnnotatedCluster],
    /// The entities that were found for each annotated cluster.
    meant: Vec<Vec<usize>>,
    /// What chooses where nothing is annotated.
    fallback: Option<&'t Ranker>,
    without: &'t [Group],
    rankings: &'t mut [Rankings],
}

impl Choose for Teacher<'_> {
    fn choose(
        &mut self,
        span: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize> {
        let of =
            self.annotated.iter().position(|cluster| cluster.others.iter().any(|head| span.contains(*head)));
        if let (None, Some(mut ranker)) = (of, self.fallback) {
            return ranker.choose(span, family, candidates, features);
        }
        let meant: &[usize] = of.map_or(&[], |place| &self.meant[place]);
        let right = |candidate: &usize| meant.contains(candidate);
        let chosen = candidates.iter().copied().find(right);
        let is_right = |place: usize| candidates.get(place).map_or(chosen.is_none(), right);
        note(&mut self.rankings[family as usize], features, family, self.without, &[], |place| {
            Some(is_right(place))
        });
        chosen
    }
}

/// Notes down a choice: whether each row is right, none if it is to teach nothing.
fn note(
    rankings: &mut Rankings,
    features: &Features,
    family: Family,
    without: &[Group],
    hidden: &[usize],
    is_right: impl Fn(usize) -> Option<bool>,
) {
    for (place, row) in features.rows().enumerate() {
        let kept = |feature: &&u16| {
            let template = usize::from(**feature) / VALUES;
            !hidden.contains(&template) && !without.iter().any(|group| group.holds(family, template))
        };
        if let Some(is_right) = is_right(place) {
            rankings.candidate(row.iter().filter(kept).map(|feature| u32::from(*feature)), is_right);
        }
    }
    rankings.end_set();
}

/// The templates that tell the gender, or what was found by it.
const BY_GENDER: [usize; 2] = [14, 53];

/// Chooses the only one of the pronoun's gender, and notes down the choice among people of both.
struct GenderTeacher<'t> {
    reader: &'t Reader<'t>,
    /// The gender of each entity as its names tell it.
    genders: Vec<Option<Gender>>,
    /// What chooses where gender does not tell.
    fallback: &'t Ranker,
    without: &'t [Group],
    rankings: &'t mut Rankings,
}

impl Choose for GenderTeacher<'_> {
    fn choose(
        &mut self,
        span: Span,
        family: Family,
        candidates: &[usize],
        features: &Features,
    ) -> Option<usize> {
        if family != Family::Person {
            return self.fallback.choose(span, family, candidates, features);
        }
        let wanted = gender::of_pronoun(hash_lower(self.reader.doc.slice(span)));
        let genders = &self.genders;
        let of = |gender: Option<Gender>| {
            candidates.iter().copied().filter(move |candidate| genders[*candidate] == gender)
        };
        let fits = |candidate: usize| !Gender::differ(genders[candidate], wanted);
        let chosen = self.fallback.best(family, candidates, features, fits);
        let others = candidates.iter().any(|candidate| Gender::differ(genders[*candidate], wanted));
        if others && of(wanted).next().is_some() {
            note(self.rankings, features, family, self.without, &BY_GENDER, |place| {
                let gender = genders[*candidates.get(place)?]?;
                Some(Some(gender) == wanted)
            });
        }
        let only = of(wanted).count() == 1 && of(None).next().is_none();
        if only { of(wanted).next() } else { chosen }
    }

    fn is_blind(&self) -> bool {
        true
    }
}
