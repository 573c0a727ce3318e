//! The entity stage: the people, organisations, places and other things that a text names.
//!
//! Data flow in one direction: `tables` hold the word lists, `words` combines them with the words of a document; `recognize` finds names
//! with their kinds, by a trained sequence model and then by lists and neighbouring words; `resolve` forms one entity from all names of a
//! thing, with its nominal and pronominal mentions. `emit` passes the entities to the host.

mod emit;
pub mod examples;
mod recognize;
mod registry;
mod resolve;
mod tables;
#[cfg(test)]
mod tests;
mod words;

use copydesk_core::layers::EntityKind;
use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::path::PathBuf;

use recognize::NameFinder;
use recognize::model::FoundName;
use resolve::clusters::{self, Cluster, Clusters};
use resolve::coref::{self, Ranker};
use tables::Tables;
use words::Reader;

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
    fn kind(self) -> EntityKind {
        match self {
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
        }
    }
}

/// Options of the entity stage.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Options {
    /// The kinds of entities to emit; all if the list is empty.
    pub kinds: Vec<Kind>,
    /// Entities with a lower confidence (0..1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// Whether to emit nominal mentions ("the ministry") and pronouns in addition to names.
    pub nominals: bool,
    /// A model file made by `copydesk train entity`, used instead of the built-in one.
    #[schemars(extend("format" = "path"))]
    pub model: Option<PathBuf>,
    /// A model file made by `copydesk train coref`, which resolves pronouns and nominal mentions, used instead of the
    /// built-in one.
    #[schemars(extend("format" = "path"))]
    pub coref_model: Option<PathBuf>,
    /// Lists of names to find, which take precedence over the model: rows of name, kind, id and aliases (separated by `|`), with tabs
    /// between columns. The id becomes a link under the file's name.
    #[schemars(extend("format" = "path"))]
    pub gazetteers: Vec<PathBuf>,
    /// Patterns over tokens, which take precedence over the model.
    pub rules: Vec<RuleOption>,
}

/// A pattern of the user's.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleOption {
    /// The kind of the entities that it finds.
    pub kind: Kind,
    /// Words separated by spaces: a word matches itself in any case, also `a|b`, `<Cap>`, `<num>`, `<any>`, each with `+` for one or
    /// more; `[` and `]` around the name, if it is not all of the match: `the [<Cap>+] case`.
    pub pattern: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kinds: Vec::new(),
            min_confidence: 0.0,
            nominals: true,
            model: None,
            coref_model: None,
            gazetteers: Vec::new(),
            rules: Vec::new(),
        }
    }
}

/// The entity stage.
pub struct EntityStage {
    options: Options,
    tables: Tables,
    names: NameFinder,
    ranker: Ranker,
}

impl Stage for EntityStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let (found, entries) = self.names.recognize(doc, &self.tables);
        let reader = Reader { doc, tables: &self.tables, entries: &entries };
        let mut clusters = self.named(&reader, &found);
        if self.options.nominals {
            coref::resolve(&reader, &mut clusters, &mut &self.ranker);
        }
        emit::emit(&reader, &clusters, self.names.gazetteer(), |cluster| self.held_back(cluster), out);
        Ok(())
    }
}

impl EntityStage {
    /// The stage with this ranker.
    fn with(
        options: Options,
        ranker: impl FnOnce(&Options) -> Result<Ranker, StageError>,
    ) -> Result<Self, StageError> {
        let (names, ranker) = (NameFinder::new(&options)?, ranker(&options)?);
        Ok(Self { tables: Tables::load(), names, ranker, options })
    }

    /// The names of a document, of which the recogniser found these, one cluster for each thing.
    fn named(&self, reader: &Reader<'_>, found: &[FoundName]) -> Clusters {
        clusters::gather(reader, &self.names.complete(reader, found))
    }

    /// The rule that holds back entities that the options exclude.
    fn held_back(&self, cluster: &Cluster) -> Option<RuleId> {
        let kinds = &self.options.kinds;
        if !(kinds.is_empty() || kinds.iter().any(|kind| kind.kind() == cluster.kind)) {
            Some(registry::OTHER_KIND)
        } else {
            (cluster.confidence < self.options.min_confidence).then_some(registry::UNSURE)
        }
    }
}

impl StageType for EntityStage {
    const NAME: &'static str = "entity";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str =
        "Finds people, organisations, places and other things by name, and puts their mentions together.";
    const USES: &'static [&'static str] = &[layer::SYNTAX];
    const PROVIDES: &'static [&'static str] = &[layer::ENTITIES];
    const RULES: &'static [RuleId] = registry::RULES;
    type Options = Options;

    fn new(options: Options) -> Result<Self, StageError> {
        Self::with(options, |options| {
            let built_in = include_bytes!("../data/coref.bin");
            copydesk_learn::model::load(coref::KIND, options.coref_model.as_deref(), built_in, Ranker::read)
                .map_err(|error| StageError::option("coref_model", error))
        })
    }
}
