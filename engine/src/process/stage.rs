//! A program as a stage like any other.

use std::sync::{Mutex, PoisonError};

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo};

use super::Program;
use super::child::{Child, ChildError};
use super::exchange::{Correspondent, Exchange, settings};
use super::protocol::{Answer, Hello};

/// Why a program is no stage.
#[derive(Debug, thiserror::Error)]
pub enum ProcessError {
    /// It did not run.
    #[error(transparent)]
    Child(#[from] ChildError),
    /// What it said first is no greeting.
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
    /// Starts a program to learn what it is.
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
        Ok(Box::new(stage))
    }
}

/// A stage that a program does the work of.
struct ProcessStage {
    program: Program,
    options: Vec<u8>,
    exchange: Exchange,
    /// Programs that wait for a document. There are as many as documents were ever analysed at once.
    idle: Mutex<Vec<Worker>>,
}

/// A program, and what makes its requests.
struct Worker {
    child: Child,
    correspondent: Correspondent,
}

impl Stage for ProcessStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let mut last = None;
        // The fault may be of the document before, or of the machine: a second program decides.
        for _ in 0..2 {
            let mut worker = self.worker()?;
            let answer = match worker.ask(doc, &self.program) {
                Ok(answer) => answer,
                // The worker is dropped, and its program with it.
                Err(error) => {
                    last = Some(StageError::failed(error));
                    continue;
                }
            };
            match serde_json::from_slice::<Answer<'_>>(&answer) {
                Ok(answer) if answer.number == Some(worker.correspondent.number) => {
                    let result = self.exchange.emit(answer, doc, &mut worker.correspondent, out);
                    self.put_back(worker);
                    return result;
                }
                // What it writes next would be taken for the answer to another document.
                Ok(_) => {
                    last = Some(StageError::failed(format!(
                        "`{}` answered something that it was not asked",
                        self.command()
                    )))
                }
                Err(error) => last = Some(self.nonsense(&error)),
            }
        }
        Err(last.unwrap_or_else(|| StageError::failed("no answer")))
    }
}

impl ProcessStage {
    /// A program that waits, or a new one.
    fn worker(&self) -> Result<Worker, StageError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        if let Some(worker) = idle {
            return Ok(worker);
        }
        let mut child = Child::start(&self.program).map_err(StageError::failed)?;
        child.receive(self.program.patience).map_err(StageError::failed)?;
        child.send(self.options.clone());
        let answer = child.receive(self.program.patience).map_err(StageError::failed)?;
        let answer: Answer<'_> = serde_json::from_slice(&answer).map_err(|error| self.nonsense(&error))?;
        if let Some(error) = answer.error {
            return Err(StageError::failed(error));
        }
        if !answer.ready {
            return Err(StageError::failed("the program did not take its options"));
        }
        Ok(Worker { child, correspondent: self.exchange.correspondent() })
    }

    fn put_back(&self, worker: Worker) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
    }

    fn command(&self) -> String {
        self.program.command.join(" ")
    }

    fn nonsense(&self, error: &serde_json::Error) -> StageError {
        StageError::failed(format!(
            "`{}` answered with something else than it should: {error}",
            self.command()
        ))
    }
}

impl Worker {
    /// Sends a document and waits for the answer.
    fn ask(&mut self, doc: &DocumentView<'_>, program: &Program) -> Result<Vec<u8>, ChildError> {
        let request = self.correspondent.request(doc);
        self.child.send(request);
        self.child.receive(program.patience)
    }
}
