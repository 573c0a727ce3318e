//! A checked plan: stages created from their options, in an order in which each finds the layers that it needs.

use std::path::PathBuf;
use std::sync::Arc;

use crate::isolate::{IsolatedFactory, IsolatedStage};
use crate::plugin::crash;
use crate::process::{ProcessFactory, ProcessStage};
use crate::tables::{DOCUMENTS, TABLES, Table, custom_of_schema, of_layer};
use copydesk_core::schema::LayerSchemas;
use copydesk_core::{Stage, StageError, StageFactory, StageInfo, layer};

/// A stage to run, not yet created.
#[derive(Clone)]
pub struct StageRequest {
    /// The factory that creates it.
    pub factory: Arc<dyn StageFactory>,
    /// Its options as JSON text.
    pub options: String,
    /// Whether it runs in another process.
    elsewhere: Elsewhere,
}

#[derive(Clone)]
enum Elsewhere {
    No,
    /// Isolated, with the files that its options name.
    Apart(Arc<IsolatedFactory>, Vec<PathBuf>),
    Program(Arc<ProcessFactory>),
}

impl StageRequest {
    /// A stage that runs in this process.
    pub fn new(factory: Arc<dyn StageFactory>, options: String) -> Self {
        Self { factory, options, elsewhere: Elsewhere::No }
    }

    /// A stage that runs in its own process.
    pub(crate) fn isolated(factory: Arc<IsolatedFactory>, options: String, files: Vec<PathBuf>) -> Self {
        Self { factory: Arc::clone(&factory) as _, options, elsewhere: Elsewhere::Apart(factory, files) }
    }

    /// A stage that is a program.
    pub(crate) fn program(factory: Arc<ProcessFactory>, options: String) -> Self {
        Self { factory: Arc::clone(&factory) as _, options, elsewhere: Elsewhere::Program(factory) }
    }

    fn make(&self) -> Result<Made, StageError> {
        let _inside = crash::inside(&self.factory.info().name, "(none yet: while it was made)");
        match &self.elsewhere {
            Elsewhere::Apart(factory, files) => {
                factory.isolated(&self.options, files).map(|stage| Made::Apart(Box::new(stage)))
            }
            Elsewhere::Program(factory) => {
                factory.program(&self.options).map(|stage| Made::Program(Box::new(stage)))
            }
            Elsewhere::No => self.factory.build(&self.options).map(Made::Here),
        }
    }
}

/// A stage of a plan.
pub struct PlannedStage {
    factory: Arc<dyn StageFactory>,
    stage: Made,
    schemas: LayerSchemas,
}

/// A stage that has been created.
pub(crate) enum Made {
    /// In this process.
    Here(Box<dyn Stage>),
    /// In its own process.
    Apart(Box<IsolatedStage>),
    /// It is a program.
    Program(Box<ProcessStage>),
}

impl PlannedStage {
    /// Its name.
    pub fn name(&self) -> &str {
        &self.factory.info().name
    }

    /// Its description.
    pub fn info(&self) -> &StageInfo {
        self.factory.info()
    }

    /// The layers that it fills.
    pub fn provides(&self) -> &[String] {
        &self.factory.info().provides
    }

    /// What the values of its own layers are checked against.
    pub(crate) fn schemas(&self) -> &LayerSchemas {
        &self.schemas
    }

    /// The stage itself.
    pub fn stage(&self) -> &dyn Stage {
        match &self.stage {
            Made::Here(stage) => &**stage,
            Made::Apart(stage) => &**stage,
            Made::Program(stage) => &**stage,
        }
    }

    /// The stage, with its kind of process.
    pub(crate) fn made(&self) -> &Made {
        &self.stage
    }

    /// The stage, if it runs in its own process.
    pub(crate) fn apart(&self) -> Option<&IsolatedStage> {
        match &self.stage {
            Made::Here(_) | Made::Program(_) => None,
            Made::Apart(stage) => Some(stage),
        }
    }
}

/// The stages that a run applies to each document.
pub struct Plan {
    stages: Vec<PlannedStage>,
}

/// Why stages cannot be planned. `stage` is the index in the list of requests.
#[derive(Debug, thiserror::Error)]
pub enum PlanError {
    /// There are no stages.
    #[error("the pipeline has no stage")]
    Empty,
    /// No stage provides a layer that another one needs.
    #[error("stage `{name}` needs the layer `{layer}`, which no stage of this pipeline provides")]
    Missing {
        /// The stage that needs it.
        stage: usize,
        /// Its name.
        name: String,
        /// The layer.
        layer: String,
        /// The built-in stage that provides it.
        provider: Option<String>,
    },
    /// Two stages provide the same layer.
    #[error("stages `{first}` and `{name}` both provide the layer `{layer}`; only one stage may provide it")]
    Doubled {
        /// The second stage.
        stage: usize,
        /// Its name.
        name: String,
        /// The name of the first stage.
        first: String,
        /// The layer.
        layer: String,
    },
    /// Stages need one another in a cycle.
    #[error("stages depend on one another in a cycle: {0}")]
    Circular(String, usize),
    /// A stage declares an invalid schema for a layer.
    #[error("stage `{name}`: {reason}")]
    Schema {
        /// The stage.
        stage: usize,
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
    /// A stage cannot be created.
    #[error("stage `{name}`: {error}")]
    Stage {
        /// The stage.
        stage: usize,
        /// Its name.
        name: String,
        /// Why.
        error: StageError,
    },
}

impl PlanError {
    /// The request that the error is about.
    pub fn stage(&self) -> Option<usize> {
        match self {
            Self::Empty => None,
            Self::Missing { stage, .. }
            | Self::Doubled { stage, .. }
            | Self::Stage { stage, .. }
            | Self::Schema { stage, .. }
            | Self::Circular(_, stage) => Some(*stage),
        }
    }

    /// The remedy.
    pub fn remedy(&self) -> Option<String> {
        match self {
            Self::Empty => Some("add [[stage]] with use = \"entity\"".to_owned()),
            Self::Missing { provider: Some(provider), .. } => {
                Some(format!("add [[stage]] with use = \"{provider}\""))
            }
            Self::Doubled { .. } => Some("remove one of them".to_owned()),
            _ => None,
        }
    }
}

impl Plan {
    /// Orders the requests, checks that each stage gets the layers it requires, and creates the stages.
    ///
    /// An internal layer (syntax) is never written, so users need not request it: if a stage needs or uses it and no request
    /// provides it, the built-in stage that provides it is added.
    pub fn new(
        mut requests: Vec<StageRequest>,
        built_in: &[Arc<dyn StageFactory>],
    ) -> Result<Self, PlanError> {
        if requests.is_empty() {
            return Err(PlanError::Empty);
        }
        add_unwritten(&mut requests, built_in);
        check_layers(&requests, built_in)?;
        let order = order(&requests)?;
        let mut stages = Vec::new();
        for place in order {
            let request = &requests[place];
            let factory = Arc::clone(&request.factory);
            let schemas = LayerSchemas::of(factory.info()).map_err(|reason| PlanError::Schema {
                stage: place,
                name: factory.info().name.clone(),
                reason,
            })?;
            let stage = request.make().map_err(|error| PlanError::Stage {
                stage: place,
                name: factory.info().name.clone(),
                error,
            })?;
            stages.push(PlannedStage { factory, stage, schemas });
        }
        Ok(Self { stages })
    }

    /// Restrictions on isolated stages that this system cannot enforce.
    pub fn warnings(&self) -> Vec<String> {
        let stages = self.stages.iter().filter_map(|stage| Some((stage.name(), stage.apart()?.warning()?)));
        stages.map(|(name, warning)| format!("stage `{name}` is isolated, but {warning}")).collect()
    }

    /// The stages in execution order.
    pub fn stages(&self) -> &[PlannedStage] {
        &self.stages
    }

    /// Each layer with the stage that provides it, in the order of the output: typed layers first.
    pub fn layers(&self) -> Vec<(String, String)> {
        let mut layers: Vec<_> = self
            .stages
            .iter()
            .flat_map(|stage| stage.provides().iter().map(|layer| (layer.clone(), stage.name().to_owned())))
            .collect();
        layers.retain(|(layer, _)| layer::is_written(layer));
        let typed = layer::TYPED;
        let rank = |layer: &str| typed.iter().position(|name| *name == layer).unwrap_or(typed.len());
        layers.sort_by(|a, b| rank(&a.0).cmp(&rank(&b.0)).then_with(|| a.0.cmp(&b.0)));
        layers
    }

    /// The tables of its layers, after that of documents.
    pub fn tables(&self) -> Vec<Arc<Table>> {
        let schemas = |layer: &str| self.stages.iter().find_map(|stage| stage.info().schemas.get(layer));
        let documents = TABLES.iter().filter(|table| table.name == DOCUMENTS).map(Arc::clone);
        let of_layers = self.layers().into_iter().flat_map(|(layer, _)| match schemas(&layer) {
            Some(schema) => vec![Arc::new(custom_of_schema(&layer, schema))],
            None => of_layer(&layer),
        });
        documents.chain(of_layers).collect()
    }

    /// Each stage with its version, in execution order.
    pub fn versions(&self) -> Vec<(String, String)> {
        let version = |stage: &PlannedStage| (stage.name().to_owned(), stage.factory.info().version.clone());
        self.stages.iter().map(version).collect()
    }
}

fn provider_of(requests: &[StageRequest], layer: &str) -> Option<usize> {
    requests.iter().position(|request| request.factory.info().provides.iter().any(|name| name == layer))
}

fn add_unwritten(requests: &mut Vec<StageRequest>, built_in: &[Arc<dyn StageFactory>]) {
    for factory in built_in {
        let provides = &factory.info().provides;
        let wanted = |layer: &String| {
            let wants = |request: &StageRequest| {
                let info = request.factory.info();
                info.requires.contains(layer) || info.uses.contains(layer)
            };
            !layer::is_written(layer) && requests.iter().any(wants) && provider_of(requests, layer).is_none()
        };
        if provides.iter().any(wanted) {
            requests.push(StageRequest::new(Arc::clone(factory), "{}".to_owned()));
        }
    }
}

fn check_layers(requests: &[StageRequest], built_in: &[Arc<dyn StageFactory>]) -> Result<(), PlanError> {
    for (stage, request) in requests.iter().enumerate() {
        let info = request.factory.info();
        for layer in &info.provides {
            if let Some(first) = provider_of(&requests[..stage], layer) {
                return Err(PlanError::Doubled {
                    stage,
                    name: info.name.clone(),
                    first: requests[first].factory.info().name.clone(),
                    layer: layer.clone(),
                });
            }
        }
        for layer in &info.requires {
            if provider_of(requests, layer).is_none() {
                let provides = |factory: &&Arc<dyn StageFactory>| factory.info().provides.contains(layer);
                let provider = built_in.iter().find(provides).map(|factory| factory.info().name.clone());
                return Err(PlanError::Missing {
                    stage,
                    name: info.name.clone(),
                    layer: layer.clone(),
                    provider,
                });
            }
        }
    }
    Ok(())
}

/// An order in which providers run before the stages that need them; otherwise the order of the pipeline.
fn order(requests: &[StageRequest]) -> Result<Vec<usize>, PlanError> {
    let needs = |stage: usize, also_used: bool| {
        let info = requests[stage].factory.info();
        let used = if also_used { info.uses.as_slice() } else { &[] };
        (info.requires.iter().chain(used))
            .filter_map(|layer| provider_of(requests, layer))
            .filter(move |&provider| provider != stage)
            .collect::<Vec<_>>()
    };
    let mut ordered: Vec<usize> = Vec::new();
    while ordered.len() < requests.len() {
        let waiting = (0..requests.len()).filter(|stage| !ordered.contains(stage));
        let ready = |also_used: bool| {
            waiting.clone().find(|&stage| needs(stage, also_used).iter().all(|need| ordered.contains(need)))
        };
        // Two stages that only optionally use one another are not a cycle: the first in the pipeline runs without the layer of the other.
        match ready(true).or_else(|| ready(false)) {
            Some(stage) => ordered.push(stage),
            None => {
                let names: Vec<_> =
                    waiting.clone().map(|stage| requests[stage].factory.info().name.as_str()).collect();
                let first = waiting.clone().next().unwrap_or(0);
                return Err(PlanError::Circular(names.join(", "), first));
            }
        }
    }
    Ok(ordered)
}
