//! The entity stage: who and what the text speaks of.
//!
//! A trained sequence model finds names and their kinds (`recognize`); lists and neighbouring words add country
//! (`names`) and role (`roles`); then one entity for each thing (`clusters`) with its nominal and pronominal mentions (`coref`).

mod acronyms;
mod called;
mod clusters;
mod context;
mod coref;
mod corrected;
mod emit;
pub mod examples;
mod gazetteer;
mod gender;
mod index;
mod keys;
mod kind;
mod letters;
mod mend;
mod names;
mod neighbours;
mod places;
mod reader;
mod recognize;
mod registry;
mod roles;
mod rules;
mod salience;
mod senses;
mod tables;
#[cfg(test)]
mod tests;

use copydesk_core::layers::EntityKind;
use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType, layer};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use std::path::PathBuf;

use clusters::{Cluster, Clusters};
use coref::Ranker;
use gazetteer::Gazetteer;
use names::Name;
use reader::Reader;
use recognize::{KIND, Recognizer};
use rules::Rule;
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
    /// Which kinds of entities to give; all where the list is empty.
    pub kinds: Vec<Kind>,
    /// Entities of which the stage is less sure than this (0..1) are left out.
    #[schemars(range(min = 0.0, max = 1.0))]
    pub min_confidence: f32,
    /// Whether to give nominal mentions ("the ministry") and pronouns beside names.
    pub nominals: bool,
    /// A model file that `copydesk train entity` wrote, instead of the built-in one.
    #[schemars(extend("format" = "path"))]
    pub model: Option<PathBuf>,
    /// A model file that `copydesk train coref` wrote, which tells whom pronouns and nominal mentions mean, instead of the
    /// built-in one.
    #[schemars(extend("format" = "path"))]
    pub coref_model: Option<PathBuf>,
    /// Lists of names to find, over what the model finds: rows of name, kind, id and aliases (with `|` between), tabs between
    /// them. The id becomes a link under the file's name.
    #[schemars(extend("format" = "path"))]
    pub gazetteers: Vec<PathBuf>,
    /// Patterns over tokens to find, over what the model finds.
    pub rules: Vec<RuleOption>,
}

/// A pattern of the user's.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleOption {
    /// The kind of what it finds.
    pub kind: Kind,
    /// Words with spaces between: a word itself whatever its case, `a|b`, `<Cap>`, `<num>`, `<any>`, each with `+` for one or
    /// more; `[` and `]` around what is the name, if it is not all: `the [<Cap>+] case`.
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
    recognizer: Recognizer,
    ranker: Ranker,
    gazetteer: Gazetteer,
    rules: Vec<Rule>,
}

impl Stage for EntityStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let reader = Reader { doc, tables: &self.tables };
        let mut clusters = self.named(&reader);
        if self.options.nominals {
            coref::resolve(&reader, &mut clusters, &mut &self.ranker);
        }
        emit::emit(&reader, &clusters, &self.gazetteer, |cluster| self.held_back(cluster), out);
        Ok(())
    }
}

impl EntityStage {
    /// The stage with this ranker.
    fn with(
        options: Options,
        ranker: impl FnOnce(&Options) -> Result<Ranker, StageError>,
    ) -> Result<Self, StageError> {
        let built_in = include_bytes!("../data/entity.bin");
        let recognizer =
            copydesk_learn::model::load(KIND, options.model.as_deref(), built_in, Recognizer::read)
                .map_err(|error| StageError::option("model", error))?;
        let ranker = ranker(&options)?;
        let rules = options.rules.iter().enumerate().map(|(place, rule)| {
            let wrong = |what| StageError::option(format!("rules[{place}].pattern"), what);
            Rule::read(rule.kind.kind(), &rule.pattern).map_err(wrong)
        });
        let rules = rules.collect::<Result<Vec<Rule>, StageError>>()?;
        let gazetteer = Gazetteer::read(&options.gazetteers)?;
        Ok(Self { tables: Tables::load(), recognizer, ranker, gazetteer, rules, options })
    }

    /// What is named, an entity a thing.
    fn named(&self, reader: &Reader<'_>) -> Clusters {
        let mut found = Vec::new();
        self.recognizer.find(reader.doc, &self.tables, &mut found);
        let mut names = names::names(reader, &found);
        neighbours::add(reader, &mut names);
        acronyms::add(reader, &mut names);
        senses::settle(reader, &mut names);
        called::add(reader, &mut names);
        self.told(reader.doc, &mut names);
        clusters::gather(reader, &names)
    }

    /// Puts what the user's lists and rules find in place of what the model found there.
    fn told(&self, doc: &DocumentView<'_>, names: &mut Vec<Name>) {
        let mut told: Vec<Name> = Vec::new();
        self.gazetteer.find(doc, |tokens, number| {
            if let Some(listing) = self.gazetteer.listing(number) {
                told.push(Name {
                    listing: Some(number),
                    ..Name::told(tokens, listing.kind, registry::GAZETTEER_OPTION)
                });
            }
        });
        if !self.rules.is_empty() {
            let mut at = 0;
            while at < doc.tokens().len() {
                let matched = self.rules.iter().find_map(|rule| {
                    let name = rule.matches(&doc.tokens()[at..])?;
                    Some((at + name.start..at + name.end, rule.kind))
                });
                at = match matched {
                    Some((tokens, kind)) => {
                        let end = tokens.end;
                        told.push(Name::told(tokens, kind, registry::RULE_OPTION));
                        end.max(at + 1)
                    }
                    None => at + 1,
                };
            }
        }
        if told.is_empty() {
            return;
        }
        told.sort_by_key(|name| (name.tokens.start, std::cmp::Reverse(name.tokens.end)));
        told.dedup_by(|later, before| later.tokens.start < before.tokens.end);
        // Both are in text order, so each model's name is held against the first told one that ends behind its start.
        names.retain(|name| {
            let next = told.partition_point(|told| told.tokens.end <= name.tokens.start);
            told.get(next).is_none_or(|told| told.tokens.start >= name.tokens.end)
        });
        names::insert(names, told);
    }

    /// The rule that holds back what the options do not ask for.
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
