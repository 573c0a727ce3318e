//! Runs copydesk pipelines.
//!
//! A pipeline file becomes a checked [`Plan`]; [`run`] streams documents through it. Stages are linked in or loaded from
//! shared libraries ([`plugin`]); the [`Registry`] finds both and treats them alike.

pub mod config;
pub mod corpus;
pub mod explain;
mod export;
mod extension;
pub mod input;
pub mod isolate;
pub mod job;
mod limits;
mod lines;
pub mod manifest;
mod merge;
pub mod output;
pub mod places;
mod plan;
pub mod plugin;
mod printed;
mod process;
mod registry;
mod run;
pub mod tables;
pub mod writer;

pub use export::{ExportError, Exported, export};
pub use limits::{ByteSize, Limits};
pub use lines::{ReadError, each_result};
pub use merge::{MergeError, Merged, merge};
pub use plan::{Plan, PlanError, PlannedStage, StageRequest};
pub use printed::take_printed;
pub use process::{CalledFactory, ChildError, Function, ProcessError, is_script};
pub use registry::{Registry, is_library};
pub use run::journal;
pub use run::{
    Analysed, AnalysisError, Analyzer, Beginning, Failure, Headline, JournalOptions, Outputs, OutputsError,
    Progress, Report, Results, Resumable, RunError, RunOptions, Session, Shard, StageTime, Stop, Wants,
    WarningTotal, Warnings, run,
};
