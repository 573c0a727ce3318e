//! A stage that runs as a separate program.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo};

use super::Program;
use super::child::{Child, ChildError};
use super::exchange::{Exchange, RequestWriter, settings};
use super::protocol::{Answer, Hello};

/// Why a program cannot be used as a stage.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It did not run.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// Its first line is not a valid greeting.
    #[error("`{command}` does not speak copydesk's protocol: {reason} (see docs/process-stages.md)")]
    Hello {
        /// The program.
        command: String,
        /// What is wrong.
        reason: String,
    },
}

/// Makes stages of a program.
pub(crate) struct ProcessFactory {
    program: Program,
    info: StageInfo,
    exchange: Exchange,
}

impl ProcessFactory {
    /// Starts a program to read the description of its stage.
    pub(crate) fn new(program: Program) -> Result<Self, ProcessError> {
        let mut child = Child::start(&program)?;
        let hello = child.receive(program.patience)?;
        let bad = |reason| ProcessError::Hello { command: program.command.join(" "), reason };
        let hello: Hello = serde_json::from_slice(&hello).map_err(|error| {
            let line: String = String::from_utf8_lossy(&hello).trim().chars().take(60).collect();
            bad(format!("its first line is `{line}`: {error}"))
        })?;
        let info = hello.info().map_err(bad)?;
        let exchange = Exchange::new(&info);
        Ok(Self { program, info, exchange })
    }
}

impl StageFactory for ProcessFactory {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        self.program(options).map(|stage| Box::new(stage) as Box<dyn Stage>)
    }
}

impl ProcessFactory {
    /// Builds the stage, and starts one program, which waits for documents.
    pub(crate) fn program(&self, options: &str) -> Result<ProcessStage, StageError> {
        let settings = settings(&self.info, options);
        let stage = ProcessStage {
            program: self.program.clone(),
            options: format!("{{\"options\":{settings}}}\n").into_bytes(),
            exchange: self.exchange.clone(),
            idle: Mutex::new(Vec::new()),
        };
        // Options that the program refuses are an error of the pipeline, not of each document.
        let worker = stage.worker()?;
        stage.put_back(worker);
        Ok(stage)
    }
}

/// Documents for a program, by index from 0.
pub(crate) trait Documents {
    /// The number of documents.
    fn len(&self) -> usize;
    /// Called before each document.
    fn begin(&mut self, place: usize);
    /// A document.
    fn view(&self, place: usize) -> DocumentView<'_>;
    /// Called with the answer for a document: `emit` adds its annotations, or returns why there are none.
    fn answered(&mut self, place: usize, emit: &mut Emit<'_>);
}

/// Adds the annotations of a document.
pub(crate) type Emit<'e> = dyn FnMut(&DocumentView<'_>, &mut Emitter) -> Result<(), StageError> + 'e;

/// A stage that runs as a separate program.
pub(crate) struct ProcessStage {
    program: Program,
    options: Vec<u8>,
    exchange: Exchange,
    /// Programs that wait for a document, at most one for each thread.
    idle: Mutex<Vec<Worker>>,
}

/// A program and the writer of its requests.
struct Worker {
    child: Child,
    request_writer: RequestWriter,
}

impl Stage for ProcessStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let mut single = Single { doc, out, outcome: Ok(()) };
        self.analyze_together(&mut single);
        single.outcome
    }
}

impl ProcessStage {
    /// Sends documents to a program. Each gets an answer, even if the program fails.
    pub(crate) fn analyze_together(&self, documents: &mut dyn Documents) {
        let (mut next, mut again) = (0, None);
        while next < documents.len() {
            let mut worker = match self.worker() {
                Ok(worker) => worker,
                Err(error) => {
                    documents.begin(next);
                    documents.answered(next, &mut |_, _| Err(error.clone()));
                    next += 1;
                    continue;
                }
            };
            let is_again = again == Some(next);
            let end = if is_again { next + 1 } else { documents.len() };
            match self.exchange(&mut worker, documents, &mut next, end) {
                Ok(()) => self.put_back(worker),
                // The worker is dropped, and its program with it.
                Err(error) if is_again => {
                    documents.answered(next, &mut |_, _| Err(error.clone()));
                    next += 1;
                }
                // The cause may be an earlier document, or the machine: a second program is tried with this document alone.
                Err(_) => again = Some(next),
            }
        }
    }

    /// Sends documents from `next` up to `end`, some ahead of the answers, so that the program need not wait. After an error `next` is
    /// the document that it concerns.
    fn exchange(
        &self,
        worker: &mut Worker,
        documents: &mut dyn Documents,
        next: &mut usize,
        end: usize,
    ) -> Result<(), StageError> {
        /// The maximum number of bytes of requests sent ahead.
        const AHEAD: usize = 1 << 18;
        let number_before = worker.request_writer.number.wrapping_sub(*next as u64);
        let (mut sent, mut waiting, mut lengths) = (*next, 0, VecDeque::new());
        while *next < end {
            documents.begin(*next);
            while sent < end && (sent == *next || waiting < AHEAD) {
                let request = worker.request_writer.request(&documents.view(sent));
                waiting += request.len();
                lengths.push_back(request.len());
                worker.child.send(request);
                sent += 1;
            }
            let answer = worker.child.receive(self.program.patience).map_err(StageError::failed)?;
            let answer: Answer<'_> = serde_json::from_slice(&answer).map_err(|error| self.invalid(&error))?;
            // Its next line would be taken for the answer to another document.
            if answer.number != Some(number_before.wrapping_add(*next as u64 + 1)) {
                let command = self.command();
                return Err(StageError::failed(format!(
                    "`{command}` sent an answer whose `number` is not that of the request"
                )));
            }
            waiting -= lengths.pop_front().unwrap_or(0);
            documents.answered(*next, &mut |doc, out| {
                self.exchange.emit(&answer, doc, &mut worker.request_writer, out)
            });
            *next += 1;
        }
        Ok(())
    }

    /// An idle program, or a new one.
    fn worker(&self) -> Result<Worker, StageError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = idle {
            return Ok(worker);
        }
        let mut child = Child::start(&self.program).map_err(StageError::failed)?;
        child.receive(self.program.patience).map_err(StageError::failed)?;
        child.send(self.options.clone());
        let answer = child.receive(self.program.patience).map_err(StageError::failed)?;
        let answer: Answer<'_> = serde_json::from_slice(&answer).map_err(|error| self.invalid(&error))?;
        if let Some(error) = answer.error {
            return Err(StageError::failed(error));
        }
        if !answer.ready {
            return Err(StageError::failed(
                "the program did not accept its options: it must answer them with {\"ready\": true}",
            ));
        }
        Ok(Worker { child, request_writer: self.exchange.request_writer() })
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }

    fn command(&self) -> String {
        self.program.command.join(" ")
    }

    fn invalid(&self, error: &serde_json::Error) -> StageError {
        StageError::failed(format!("`{}` sent an invalid answer: {error}", self.command()))
    }
}

/// A single document.
struct Single<'s> {
    doc: &'s DocumentView<'s>,
    out: &'s mut Emitter,
    outcome: Result<(), StageError>,
}

impl Documents for Single<'_> {
    fn len(&self) -> usize {
        1
    }

    fn begin(&mut self, _: usize) {}

    fn view(&self, _: usize) -> DocumentView<'_> {
        *self.doc
    }

    fn answered(&mut self, _: usize, emit: &mut Emit<'_>) {
        self.outcome = emit(self.doc, self.out);
    }
}
