//! Pipeline files: from text to a checked configuration, with errors that show file, line, key and remedy.

mod check;
mod diagnostic;
mod nearest;
mod overrides;
mod pipeline;
mod schema;
mod tree;

pub use diagnostic::Diagnostic;
pub use pipeline::{Input, Output, OutputFormat, Paths, Pipeline, StageEntry};
pub use schema::pipeline_schema;

use std::path::{Path, PathBuf};

use crate::plan::{Plan, StageRequest};
use crate::registry::{Registry, is_library};
use tree::Tree;

/// A configuration, checked against the schema, with the plan that it makes.
pub struct Config {
    /// What the pipeline says.
    pub pipeline: Pipeline,
    /// Its stages, ordered and made.
    pub plan: Plan,
}

/// Reads, checks and plans a pipeline file with `KEY=VALUE` overrides.
pub fn load(path: &Path, overrides: &[String], registry: &Registry) -> Result<Config, Vec<Diagnostic>> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        let reason = match error.kind() {
            std::io::ErrorKind::NotFound => "no such file".to_owned(),
            std::io::ErrorKind::InvalidData => "not UTF-8".to_owned(),
            _ => error.to_string(),
        };
        vec![Diagnostic::new(format!("{}: {reason}", path.display()))]
    })?;
    parse(&text, path, overrides, registry)
}

/// The pipeline of all built-in stages with their defaults, with `KEY=VALUE` overrides.
pub fn default(overrides: &[String], registry: &Registry) -> Result<Config, Vec<Diagnostic>> {
    let stage = |name: &str| format!("[[stage]]\nuse = \"{name}\"\n");
    let text: String = registry.linked().iter().map(|factory| stage(&factory.info().name)).collect();
    parse(&text, Path::new("(default pipeline)"), overrides, registry)
}

/// As [`load`], from the text of the file. `path` names it in messages, and libraries are looked for beside it.
pub fn parse(
    text: &str,
    path: &Path,
    overrides: &[String],
    registry: &Registry,
) -> Result<Config, Vec<Diagnostic>> {
    let name = path.display().to_string();
    let mut tree = Tree::parse(text, &name)?;
    for set in overrides {
        overrides::apply(&mut tree, set)?;
    }
    let schema = schema::pipeline_schema_alone();
    let problems = check::check(&tree, &tree.root, &schema, "");
    if !problems.is_empty() {
        return Err(problems);
    }
    let pipeline: Pipeline = serde_json::from_value(tree.root.to_json())
        .map_err(|error| vec![Diagnostic::new(format!("{name}: {error}"))])?;
    let requests = requests(&pipeline, &tree, path, registry)?;
    let plan = Plan::new(requests, registry.linked()).map_err(|error| {
        let at = error.stage().and_then(|stage| tree.stage_key(stage, "use"));
        let problem = tree.diagnostic(error.to_string(), at);
        vec![match error.remedy() {
            Some(remedy) => problem.remedy(remedy),
            None => problem,
        }]
    })?;
    Ok(Config { pipeline, plan })
}

/// Finds each stage and checks its options against its schema.
fn requests(
    pipeline: &Pipeline,
    tree: &Tree<'_>,
    path: &Path,
    registry: &Registry,
) -> Result<Vec<StageRequest>, Vec<Diagnostic>> {
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    let mut requests = Vec::new();
    let mut problems = Vec::new();
    for (place, entry) in pipeline.stage.iter().enumerate() {
        let used = tree.stage_key(place, "use");
        if entry.isolate {
            let at = tree.stage_key(place, "isolate");
            let problem = tree.diagnostic("`isolate = true` is not available yet", at);
            problems.push(problem.remedy("remove the line: the stage then runs inside this process"));
            continue;
        }
        let factory = match find_stage(&entry.used, &folder, registry) {
            Ok(factory) => factory,
            Err(problem) => {
                problems.push(Diagnostic { place: tree.diagnostic("", used).place, ..problem });
                continue;
            }
        };
        let options = tree.stage_value(place, "options");
        if let Some(options) = options {
            let schema = &factory.info().options_schema;
            let found = check::check(tree, options, schema, &format!("the options of `{}`", entry.used));
            if !found.is_empty() {
                problems.extend(found);
                continue;
            }
        }
        let options = options.map_or_else(|| "{}".to_owned(), |options| options.to_json().to_string());
        requests.push(StageRequest { factory, options });
    }
    if problems.is_empty() { Ok(requests) } else { Err(problems) }
}

type Factory = std::sync::Arc<dyn copydesk_core::StageFactory>;

/// The stage that a pipeline means by `used`; an error does not know its place yet.
fn find_stage(used: &str, folder: &Path, registry: &Registry) -> Result<Factory, Diagnostic> {
    if !is_library(used) {
        return registry.named(used).ok_or_else(|| {
            let names: Vec<&str> =
                registry.linked().iter().map(|factory| factory.info().name.as_str()).collect();
            let problem = Diagnostic::new(format!("there is no stage `{used}`"));
            nearest::suggest(problem, used, &names, "known stages")
        });
    }
    let (file, wanted) = used.split_once('#').map_or((used, None), |(file, wanted)| (file, Some(wanted)));
    let mut stages = registry.load(&folder.join(file)).map_err(|error| Diagnostic::new(error.to_string()))?;
    let names: Vec<String> = stages.iter().map(|stage| stage.info().name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let place = match wanted {
        None if stages.len() == 1 => Some(0),
        None => {
            let remedy = format!("write use = \"{file}#NAME\"; its stages: {}", names.join(", "));
            return Err(Diagnostic::new(format!("{file} holds several stages")).remedy(remedy));
        }
        Some(wanted) => names.iter().position(|name| *name == wanted),
    };
    place.map(|place| stages.swap_remove(place)).ok_or_else(|| {
        let wanted = wanted.unwrap_or_default();
        let problem = Diagnostic::new(format!("{file} holds no stage `{wanted}`"));
        nearest::suggest(problem, wanted, &names, "its stages")
    })
}

#[cfg(test)]
mod tests;
