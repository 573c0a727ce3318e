//! Trains the ranker from texts with annotated clusters of mentions.

use copydesk_core::{Document, Span, StageError, StageType};
use copydesk_learn::ArtefactWriter;
use copydesk_learn::train::{RankingOptions, Rankings, ranking};

use super::anaphor::Family;
use super::features::{FEATURES, Features, VALUES};
use super::ranker::{KIND, Ranker, STEP};
use super::{Choose, resolve};
use crate::clusters::Clusters;
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
}

impl Group {
    /// Every group with its name.
    pub const ALL: [(&'static str, Self); 6] = [
        ("distance", Self::Distance),
        ("grammar", Self::Grammar),
        ("salience", Self::Salience),
        ("quotes", Self::Quotes),
        ("discourse", Self::Discourse),
        ("suggestion", Self::Suggestion),
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
            (Self::Distance, _) => &[0, 1, 2, 4, 5, 13, 35],
            (Self::Grammar, _) => &[0, 3, 4, 12, 13, 16, 18],
            (Self::Salience, _) => &[7, 8, 19, 20],
            (Self::Quotes, _) => &[10, 11],
            (Self::Discourse, _) => &[6, 14, 17, 36],
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
        Self { epochs: 30, l2_person: 0.2, l2: 5e-3 }
    }
}

/// Collects examples.
pub struct Trainer {
    stage: EntityStage,
    without: Vec<Group>,
    rankings: Vec<Rankings>,
}

impl Trainer {
    /// A trainer whose names are those that the built-in model finds.
    pub fn new(without: &[Group]) -> Result<Self, StageError> {
        let stage = EntityStage::new(Options::default())?;
        Ok(Self { stage, without: without.to_vec(), rankings: vec![Rankings::default(); Family::COUNT] })
    }

    /// Adds a document with parts of speech and its annotated clusters.
    ///
    /// Where not all mentions are annotated (`complete` is false), the others teach nothing and mean what the built-in model says.
    pub fn add(&mut self, document: &Document, annotated: &[AnnotatedCluster], complete: bool) {
        let view = document.view();
        let reader = Reader { doc: &view, tables: &self.stage.tables };
        let mut clusters = self.stage.named(&reader);
        let meant = annotated.iter().map(|cluster| found_as(cluster, &clusters)).collect();
        let fallback = (!complete).then_some(&self.stage.ranker);
        let mut teacher =
            Teacher { annotated, meant, fallback, without: &self.without, rankings: &mut self.rankings };
        resolve(&reader, &mut clusters, &mut teacher);
    }

    /// How many choices were seen.
    pub fn choices(&self) -> usize {
        self.rankings.iter().map(Rankings::len).sum()
    }

    /// The model file.
    pub fn finish(self, options: TrainOptions) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(Family::COUNT * FEATURES);
        for (family, rankings) in self.rankings.iter().enumerate() {
            let l2 = if family == Family::Person as usize { options.l2_person } else { options.l2 };
            let own = RankingOptions { epochs: options.epochs, l2, ..RankingOptions::default() };
            let weights = ranking(rankings, FEATURES, own);
            bytes.extend(
                weights.iter().map(|weight| (weight / STEP).round().clamp(-127.0, 127.0) as i8 as u8),
            );
        }
        let mut writer = ArtefactWriter::new(KIND);
        writer.section("weights", bytes);
        writer.finish()
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
        let rankings = &mut self.rankings[family as usize];
        for (place, row) in features.rows().enumerate() {
            let kept = |feature: &&u16| {
                !self.without.iter().any(|group| group.holds(family, usize::from(**feature) / VALUES))
            };
            let is_right = candidates.get(place).map_or(chosen.is_none(), right);
            rankings.candidate(row.iter().filter(kept).map(|feature| u32::from(*feature)), is_right);
        }
        rankings.end_set();
        chosen
    }
}
