//! A stage in its own process, presented as a stage.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo, abi};

use super::Allowance;
use super::exchange::{Batch, Lost, exchange};
use super::frame::Kind;
use super::process::{Broken, IsolateError, Process};
use super::terms::{Code, Terms, build};

/// Creates stages in processes.
pub(crate) struct IsolatedFactory {
    info: StageInfo,
    code: Code,
    allowance: Allowance,
}

/// A linked stage in its own process.
pub(crate) fn isolate_linked(info: StageInfo, allowance: Allowance) -> Arc<IsolatedFactory> {
    Arc::new(IsolatedFactory { info, code: Code::Linked, allowance })
}

/// The stages of a library, in processes. This process does not load it.
pub(crate) fn isolate_loaded(
    library: &Path,
    allowance: Allowance,
) -> Result<Vec<Arc<IsolatedFactory>>, IsolateError> {
    let code = Code::Library(library.to_owned());
    let terms = allowance.terms(code.clone(), None, &[]);
    let (mut process, ready) = Process::start(&terms, allowance.patience)?;
    process.close();
    let factory = |info| Arc::new(IsolatedFactory { info, code: code.clone(), allowance: allowance.clone() });
    Ok(ready.stages.into_iter().map(factory).collect())
}

impl StageFactory for IsolatedFactory {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        self.isolated(options, &[]).map(|stage| Box::new(stage) as Box<dyn Stage>)
    }
}

impl Allowance {
    fn terms(&self, code: Code, stage: Option<(String, String)>, files: &[PathBuf]) -> Terms {
        let library = match &code {
            Code::Linked => None,
            Code::Library(path) => Some(path.clone()),
        };
        Terms {
            build: build(),
            stage,
            memory: self.memory,
            permissions: self.permissions.clone(),
            files: library.into_iter().chain(files.iter().cloned()).collect(),
            code,
        }
    }
}

impl IsolatedFactory {
    /// Creates the stage in a process.
    /// `files` are the files that the options name.
    pub(crate) fn isolated(&self, options: &str, files: &[PathBuf]) -> Result<IsolatedStage, StageError> {
        let stage = Some((self.info.name.clone(), options.to_owned()));
        let terms = self.allowance.terms(self.code.clone(), stage, files);
        // Invalid options are an error of the pipeline, not of each document.
        let (process, ready) = Process::start(&terms, self.allowance.patience).map_err(StageError::failed)?;
        Ok(IsolatedStage {
            terms,
            reads: !self.info.requires.is_empty() || !self.info.uses.is_empty(),
            warning: ready.warning,
            allowance: self.allowance.clone(),
            idle: Mutex::new(vec![process]),
        })
    }
}

/// A stage in processes: one for each group of documents that is analysed at the same time.
pub(crate) struct IsolatedStage {
    terms: Terms,
    /// Whether the stage needs annotations of other stages.
    reads: bool,
    /// A description of terms that the system cannot enforce.
    warning: Option<String>,
    allowance: Allowance,
    idle: Mutex<Vec<Process>>,
}

impl IsolatedStage {
    /// Whether documents are packed with their annotations.
    pub(crate) fn reads_layers(&self) -> bool {
        self.reads
    }

    /// A description of terms that the system cannot enforce.
    pub(crate) fn warning(&self) -> Option<&str> {
        self.warning.as_deref()
    }

    /// Sends documents through the stage. Each gets an answer, whatever happens to the process.
    pub(crate) fn analyze_together(&self, batch: &mut dyn Batch) {
        let (mut next, mut kind) = (0, Kind::Document);
        while next < batch.len() {
            match self.go_on(batch, &mut next, kind) {
                None => {}
                // Some answers may have been lost with the process: the next one answers one by one.
                Some(Broken::Ended(_)) if kind == Kind::Document && next + 1 < batch.len() => {
                    kind = Kind::Single;
                }
                Some(_) => {
                    self.alone(batch, next);
                    next += 1;
                }
            }
        }
    }

    /// Sends documents from `next` on, and returns how the process broke at the document `next`.
    fn go_on(&self, batch: &mut dyn Batch, next: &mut usize, kind: Kind) -> Option<Broken> {
        let mut process = match self.process() {
            Ok(process) => process,
            Err(error) => return Some(Broken::Ended(error.to_string())),
        };
        let (mut done, places) = (0, *next..batch.len());
        let result = exchange(&mut process, batch, places, kind, &self.allowance, &mut done);
        *next += done;
        if result.is_ok() {
            self.put_back(process);
        }
        result.err()
    }

    /// Tries a document once more. The cause may be threads of the previous document, or the machine.
    fn alone(&self, batch: &mut dyn Batch, place: usize) {
        let mut process = match self.process() {
            Ok(process) => process,
            Err(error) => {
                return batch.answered(place, Err(Lost { class: "crash", reason: error.to_string() }));
            }
        };
        let places = place..place + 1;
        match exchange(&mut process, batch, places, Kind::Single, &self.allowance, &mut 0) {
            Ok(()) => self.put_back(process),
            Err(broken) => batch.answered(place, Err(broken.lost())),
        }
    }

    /// An idle process, or a new one.
    fn process(&self) -> Result<Process, IsolateError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        match idle {
            Some(process) if process.is_own() => Ok(process),
            _ => Process::start(&self.terms, self.allowance.patience).map(|(process, _)| process),
        }
    }

    fn put_back(&self, process: Process) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
    }
}

impl Drop for IsolatedStage {
    fn drop(&mut self) {
        let idle = self.idle.get_mut().unwrap_or_else(PoisonError::into_inner);
        // All are asked to end before waiting for the first.
        idle.iter_mut().for_each(Process::close);
    }
}

impl Stage for IsolatedStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let mut batch = Single { doc, layers: self.reads, out, outcome: Ok(()) };
        self.analyze_together(&mut batch);
        batch.outcome
    }
}

/// A single document.
struct Single<'s> {
    doc: &'s DocumentView<'s>,
    layers: bool,
    out: &'s mut Emitter,
    outcome: Result<(), StageError>,
}

impl Batch for Single<'_> {
    fn len(&self) -> usize {
        1
    }

    fn bytes(&self, _: usize) -> usize {
        self.doc.text().len()
    }

    fn begin(&mut self, _: usize) {}

    fn pack(&self, _: usize, out: &mut Vec<u8>) {
        abi::pack_document(self.doc, self.layers, out);
    }

    fn answered(&mut self, _: usize, outcome: Result<&[u8], Lost>) {
        self.outcome = match outcome {
            Ok(packed) => abi::unpack_emitted(self.out, packed).map_err(StageError::failed),
            Err(lost) => Err(StageError::failed(lost.reason)),
        };
    }
}
