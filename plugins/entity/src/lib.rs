//! The entity stage: who and what the text speaks of.
//!
//! A trained sequence model finds names and their kinds (`recognize`); lists and neighbouring words add country and role
//! (`names`); then one entity for each thing (`clusters`) with its nominal and pronominal mentions (`nominals`).

mod clusters;
mod names;
mod nominals;
mod reader;
mod recognize;
mod salience;
mod tables;
#[cfg(test)]
mod tests;
pub mod training;

use copydesk_core::layers::EntityKind;
use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use clusters::Cluster;
use copydesk_learn::Artefact;
use reader::Reader;
use recognize::{KIND, Recognizer};
use tables::Tables;

/// A kind of entity, as a pipeline file names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the words of the output, told there")]
pub enum Kind {
    Person,
    Organization,
    Location,
    Facility,
    Group,
    Event,
    Product,
    Work,
    Law,
    Other,
}

impl Kind {
    fn is(self, kind: EntityKind) -> bool {
        let own = match self {
            Self::Person => EntityKind::Person,
            Self::Organization => EntityKind::Organization,
            Self::Location => EntityKind::Location,
            Self::Facility => EntityKind::Facility,
            Self::Group => EntityKind::Group,
            Self::Event => EntityKind::Event,
            Self::Product => EntityKind::Product,
            Self::Work => EntityKind::Work,
            Self::Law => EntityKind::Law,
            Self::Other => EntityKind::Other,
        };
        own == kind
    }
}

/// Options of the entity stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// Which kinds of entities to give; all where the list is empty.
    pub kinds: Vec<Kind>,
    /// Entities of which the stage is less sure than this (0..1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// Whether to give nominal mentions ("the ministry") and pronouns beside names.
    pub nominals: bool,
    /// A model file that `copydesk train entity` wrote, instead of the built-in one.
    pub model: Option<std::path::PathBuf>,
}

impl Default for Options {
    fn default() -> Self {
        Self { kinds: Vec::new(), min_confidence: 0.0, nominals: true, model: None }
    }
}

/// The entity stage.
pub struct EntityStage {
    options: Options,
    tables: Tables,
    recognizer: Recognizer,
}

impl Stage for EntityStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let mut found = Vec::new();
        self.recognizer.find(doc, &self.tables, &mut found);
        let reader = Reader { doc, tables: &self.tables };
        let names: Vec<_> = found.iter().map(|found| names::name(&reader, found)).collect();
        let mut clusters = clusters::gather(&reader, &names);
        if self.options.nominals {
            nominals::add(&reader, &mut clusters);
        }
        let most = clusters.all.iter().map(|cluster| cluster.mentions.len()).max().unwrap_or(0);
        for cluster in &clusters.all {
            if self.wanted(cluster) {
                self.emit(doc, cluster, most, out);
            }
        }
        Ok(())
    }
}

impl EntityStage {
    fn wanted(&self, cluster: &Cluster) -> bool {
        let kinds = &self.options.kinds;
        (kinds.is_empty() || kinds.iter().any(|kind| kind.is(cluster.kind)))
            && cluster.confidence >= self.options.min_confidence
    }

    fn emit(&self, doc: &DocumentView<'_>, cluster: &Cluster, most: usize, out: &mut Emitter) {
        let slice = |tokens: &std::ops::Range<usize>| doc.slice(doc.token_span(tokens.start, tokens.end));
        let mut entity = out
            .entity(cluster.kind, slice(&cluster.name))
            .confidence(cluster.confidence)
            .salience(salience::salience(doc, cluster, most))
            .rule(cluster.rule);
        let iso = self.tables.iso(cluster.country);
        if cluster.is_country {
            entity = entity.links(iso.map(|iso| ("iso3166", iso)));
        } else if let Some(iso) = iso {
            // Something in a country, or named after it.
            entity = entity.attributes([("country", iso, None)]);
        }
        if let Some(role) = &cluster.role {
            entity = entity.attributes([("role", slice(role), None)]);
        }
        for (span, form) in &cluster.mentions {
            entity = entity.mention(*span, *form);
        }
    }
}

impl StageType for EntityStage {
    const NAME: &'static str = "entity";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Finds people, organisations, places and other things by name, and puts their mentions together.";
    const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        let model = match &options.model {
            None => Artefact::from_static(KIND, include_bytes!("../data/entity.bin")),
            Some(path) => {
                let wrong = |error: std::io::Error| {
                    StageError::option("model", format!("{}: {error}", path.display()))
                };
                Artefact::from_vec(KIND, std::fs::read(path).map_err(wrong)?)
            }
        };
        let recognizer =
            model.and_then(|model| Recognizer::read(&model)).map_err(|error| match &options.model {
                None => StageError::failed(error),
                Some(path) => StageError::option("model", format!("{}: {error}", path.display())),
            })?;
        Ok(Self { options, tables: Tables::load(), recognizer })
    }
}
