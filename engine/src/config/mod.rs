//! Pipeline files: from text to a checked configuration, with errors that show file, line, key and remedy.

mod check;
mod diagnostic;
mod nearest;
mod overrides;
mod paths;
mod pipeline;
mod schema;
mod tree;

pub use diagnostic::Diagnostic;
pub use pipeline::{Input, Output, Outputs, Paths, Permissions, Pipeline, StageEntry};
pub use schema::pipeline_schema;
pub(crate) use schema::rebase;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk_core::{StageFactory, StageInfo};

use crate::input::{FindError, Inputs, RecordOptions, find};
use crate::isolate::{self, Allowance, IsolatedFactory};
use crate::plan::{Plan, StageRequest};
use crate::plugin::{self, LoadError};
use crate::process::{ProcessFactory, Program};
use crate::registry::{Registry, is_library};
use crate::writer::Target;
use tree::{Origin, Tree};

/// A checked configuration, with its plan.
pub struct Config {
    /// The pipeline.
    pub pipeline: Pipeline,
    /// Its stages, created and ordered.
    pub plan: Arc<Plan>,
    /// How records are read and selected.
    pub records: RecordOptions,
    /// The files that its stages use: libraries, and the models and lists that their options name.
    pub stage_files: Vec<PathBuf>,
    /// The built-in stages that stages added on the command line replace, each with its replacement.
    pub replaced: Vec<(String, String)>,
    /// For each input path, a diagnostic with its location and without a message.
    input_places: Vec<Diagnostic>,
}

impl Config {
    /// Finds the input files of the pipeline. An error shows its location in the pipeline file.
    pub fn find_inputs(&self) -> Result<Inputs, Diagnostic> {
        let paths = self.pipeline.input.path.to_vec();
        find(&paths, self.pipeline.input.format).map_err(|error| {
            let place = paths.iter().position(|path| path == error.path());
            let blank = place.and_then(|place| self.input_places.get(place)).cloned().unwrap_or_default();
            let problem = Diagnostic { message: error.to_string(), ..blank };
            match (&error, error.remedy()) {
                (_, Some(remedy)) => problem.remedy(remedy),
                (FindError::Missing(path), None) => nearest_sibling(problem, path),
                _ => problem,
            }
        })
    }
}

/// Adds the nearest existing name to an error about a missing file.
fn nearest_sibling(problem: Diagnostic, path: &str) -> Diagnostic {
    const MAX: usize = 1000;
    let path = Path::new(path);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().take(MAX);
    let names: Vec<String> = entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let written = path.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
    let problem = nearest::suggest(problem, &written, &names, "");
    problem.remedy("relative paths in a pipeline file are relative to its folder")
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

/// As [`load`], from the text of the file. `path` names it in messages, and libraries are searched for in its folder.
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
    let folder = path.parent().map(PathBuf::from).unwrap_or_default();
    paths::resolve(&mut tree.root, &schema, &schema, &folder);
    let pipeline: Pipeline = serde_json::from_value(tree.root.to_json())
        .map_err(|error| vec![Diagnostic::new(format!("{name}: {error}"))])?;
    let records = records(&pipeline, &tree)?;
    let mut stage_files = Vec::new();
    let requests = requests(&pipeline, &tree, &folder, registry, &mut stage_files)?;
    let (requests, replaced) = replace(requests, &tree, registry);
    let (places, requests): (Vec<usize>, Vec<StageRequest>) = requests.into_iter().unzip();
    let plan = Plan::new(requests, registry.linked()).map_err(|error| {
        let at = error.stage().and_then(|stage| tree.stage_key(*places.get(stage)?, "use"));
        let problem = tree.diagnostic(error.to_string(), at);
        vec![match error.remedy() {
            Some(remedy) => problem.remedy(remedy),
            None => problem,
        }]
    })?;
    check_outputs(&pipeline, &plan, &tree)?;
    let input_places = tree.input_places();
    Ok(Config { pipeline, plan: Arc::new(plan), records, stage_files, replaced, input_places })
}

/// How records are read; an error shows the key with the wrong value.
fn records(pipeline: &Pipeline, tree: &Tree<'_>) -> Result<RecordOptions, Vec<Diagnostic>> {
    let options =
        pipeline.input.record_options().map(|options| RecordOptions { limits: pipeline.limits, ..options });
    options.map_err(|(key, problem)| {
        let value = tree.root.get("input").and_then(|(_, input)| input.get(key));
        let place = value.map(|(_, value)| &value.place);
        vec![tree.diagnostic(format!("`input.{key}`: {problem}"), place)]
    })
}

/// Reports outputs that are impossible: a name that shows no format or table, or a table or layer that is not written.
fn check_outputs(pipeline: &Pipeline, plan: &Plan, tree: &Tree<'_>) -> Result<(), Vec<Diagnostic>> {
    let layers = plan.layers();
    let layers: Vec<&str> = layers.iter().map(|(layer, _)| layer.as_str()).collect();
    let tables = plan.tables();
    for (place, output) in pipeline.output.to_vec().iter().enumerate() {
        let found = Target::of(output, &tables).map_err(|error| (error, "path")).and_then(|target| {
            let kept = target.kept(output.keep.as_deref(), &layers, &tables);
            kept.map_err(|error| (error, "keep"))
        });
        if let Err((error, key)) = found {
            let node = tree.output_value(place, key);
            let problem = tree.diagnostic(error.to_string(), node.map(|node| &node.place));
            return Err(vec![problem.remedy(error.remedy())]);
        }
    }
    Ok(())
}

/// Removes built-in stages whose layers are provided by a plugin that was added on the command line. Returns the other stages with their
/// indices in the pipeline, and the names of the removed stages with their replacements.
#[expect(clippy::type_complexity, reason = "two lists")]
fn replace(
    requests: Vec<StageRequest>,
    tree: &Tree<'_>,
    registry: &Registry,
) -> (Vec<(usize, StageRequest)>, Vec<(String, String)>) {
    let is_built_in = |request: &StageRequest| {
        registry.named(&request.factory.info().name).is_some_and(|own| Arc::ptr_eq(&own, &request.factory))
    };
    let is_added = |place: usize| matches!(tree.stage_key(place, "use"), Some(Origin::Set(_)));
    let added: Vec<StageInfo> = requests
        .iter()
        .enumerate()
        .filter(|(place, request)| is_added(*place) && !is_built_in(request))
        .map(|(_, request)| request.factory.info().clone())
        .collect();
    let replacement = |request: &StageRequest| {
        let own = &request.factory.info().provides;
        added.iter().find(|other| own.iter().all(|layer| other.provides.contains(layer)))
    };
    let (mut kept, mut replaced) = (Vec::new(), Vec::new());
    for (place, request) in requests.into_iter().enumerate() {
        match replacement(&request).filter(|_| is_built_in(&request) && !is_added(place)) {
            Some(other) => replaced.push((request.factory.info().name.clone(), other.name.clone())),
            None => kept.push((place, request)),
        }
    }
    (kept, replaced)
}

/// Finds each stage and checks its options against its schema; adds the files that it uses to `files`.
fn requests(
    pipeline: &Pipeline,
    tree: &Tree<'_>,
    folder: &Path,
    registry: &Registry,
    files: &mut Vec<PathBuf>,
) -> Result<Vec<StageRequest>, Vec<Diagnostic>> {
    let mut requests = Vec::new();
    let mut problems = Vec::new();
    for (place, entry) in pipeline.stage.iter().enumerate() {
        let used = tree.stage_key(place, "use");
        let in_file = matches!(used.or_else(|| tree.stage_key(place, "command")), Some(Origin::File(_)));
        let folder = if in_file { folder } else { Path::new("") };
        let used = used.or_else(|| tree.stage_key(place, "command"));
        if let Some((key, problem)) = entry.contradiction() {
            problems.push(tree.diagnostic(problem, tree.stage_key(place, key)).remedy("remove one of them"));
            continue;
        }
        let mut program = Program::of(entry.command.as_deref(), &entry.used, folder, entry.seconds);
        if let Some(program) = program.as_mut().filter(|_| entry.isolate) {
            program.isolated = Some(Allowance::of(entry));
        }
        let found = match &program {
            Some(program) => plugin::start(program.clone())
                .map(Found::Program)
                .map_err(|error| Diagnostic::new(error.to_string())),
            None => find_stage(entry, folder, registry),
        };
        let found = match found {
            Ok(found) => found,
            Err(problem) => {
                let at = used.or_else(|| tree.stage(place));
                problems.push(Diagnostic { place: tree.diagnostic("", at).place, ..problem });
                continue;
            }
        };
        files.extend(program.iter().flat_map(Program::files));
        if is_library(&entry.used) {
            files.push(library_of(&entry.used, folder).0);
        }
        let options = tree.stage_value(place, "options");
        if let Some(options) = options {
            let schema = &found.info().options_schema;
            let wrong = check::check(tree, options, schema, &format!("the options of `{}`", entry.used));
            if !wrong.is_empty() {
                problems.extend(wrong);
                continue;
            }
        }
        let mut named = Vec::new();
        let options = options.map_or_else(
            || "{}".to_owned(),
            |options| {
                let schema = &found.info().options_schema;
                let mut options = options.clone();
                paths::resolve(&mut options, schema, schema, folder);
                paths::each(&mut options, schema, schema, &mut |path, _| named.push(PathBuf::from(&*path)));
                options.to_json().to_string()
            },
        );
        files.extend_from_slice(&named);
        requests.push(match found {
            Found::Here(factory) => StageRequest::new(factory, options),
            Found::Program(factory) => StageRequest::program(factory, options),
            Found::Apart(factory) => StageRequest::isolated(factory, options, named),
        });
    }
    if problems.is_empty() { Ok(requests) } else { Err(problems) }
}

/// The library in a value of `use`, and the name of the stage in it.
fn library_of<'u>(used: &'u str, folder: &Path) -> (PathBuf, Option<&'u str>) {
    let (file, wanted) = used.split_once('#').map_or((used, None), |(file, wanted)| (file, Some(wanted)));
    (folder.join(file), wanted)
}

/// The factory of a stage.
enum Found {
    /// For a stage in this process.
    Here(Arc<dyn StageFactory>),
    /// For a stage in its own process.
    Apart(Arc<IsolatedFactory>),
    /// It is a program.
    Program(Arc<ProcessFactory>),
}

impl Found {
    fn info(&self) -> &StageInfo {
        match self {
            Self::Here(factory) => factory.info(),
            Self::Apart(factory) => factory.info(),
            Self::Program(factory) => factory.info(),
        }
    }
}

/// The stage of an entry of the pipeline; an error has no location yet.
fn find_stage(entry: &StageEntry, folder: &Path, registry: &Registry) -> Result<Found, Diagnostic> {
    let used = entry.used.as_str();
    if used.is_empty() {
        return Err(Diagnostic::new("a stage needs `use` or `command`")
            .remedy("write use = \"entity\", or command = [\"python3\", \"stage.py\"]"));
    }
    let allowance = entry.isolate.then(|| Allowance::of(entry));
    if !is_library(used) {
        let factory = registry.named(used).ok_or_else(|| {
            let names: Vec<&str> =
                registry.linked().iter().map(|factory| factory.info().name.as_str()).collect();
            let problem = Diagnostic::new(format!("there is no stage `{used}`"));
            nearest::suggest(problem, used, &names, "known stages")
        })?;
        return Ok(match allowance {
            Some(allowance) => Found::Apart(isolate::isolate_linked(factory.info().clone(), allowance)),
            None => Found::Here(factory),
        });
    }
    let (library, _) = library_of(used, folder);
    let wrong = |error: LoadError| Diagnostic::new(error.to_string());
    match allowance {
        Some(allowance) => {
            let stages = plugin::isolate(&library, allowance).map_err(wrong)?;
            choose(used, stages, |stage| stage.info()).map(Found::Apart)
        }
        None => {
            let stages = registry.load(&library).map_err(wrong)?;
            choose(used, stages, |stage| stage.info()).map(Found::Here)
        }
    }
}

/// The stage of a library that `used` selects.
fn choose<T>(used: &str, mut stages: Vec<T>, info: impl Fn(&T) -> &StageInfo) -> Result<T, Diagnostic> {
    let (file, wanted) = used.split_once('#').map_or((used, None), |(file, wanted)| (file, Some(wanted)));
    let names: Vec<String> = stages.iter().map(|stage| info(stage).name.clone()).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let place = match wanted {
        None if stages.len() == 1 => Some(0),
        None => {
            let remedy = format!("write use = \"{file}#NAME\"; its stages: {}", names.join(", "));
            return Err(Diagnostic::new(format!("{file} has several stages")).remedy(remedy));
        }
        Some(wanted) => names.iter().position(|name| *name == wanted),
    };
    place.map(|place| stages.swap_remove(place)).ok_or_else(|| {
        let wanted = wanted.unwrap_or_default();
        let problem = Diagnostic::new(format!("{file} has no stage `{wanted}`"));
        nearest::suggest(problem, wanted, &names, "its stages")
    })
}

#[cfg(test)]
mod tests;
