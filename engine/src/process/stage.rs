//! A program as a stage like any other.

use std::sync::{Mutex, PoisonError};

use copydesk_core::{
    DocumentView, Effect, Emitter, Rule, RuleId, Stage, StageError, StageFactory, StageInfo, layer,
};

use super::Program;
use super::child::{Child, ChildError};
use super::protocol::{Answer, FOUND, Hello};
use crate::output::{Detail, DocumentWriter, Head, OffsetMap, OffsetUnit, Style};

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
    rules: Vec<RuleId>,
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
        // Rules are compared by their place, so each is made once and stays.
        let rules = info.rules.iter().map(|rule| {
            let text = |text: &String| -> &'static str { Box::leak(text.clone().into_boxed_str()) };
            RuleId::new(Box::leak(Box::new(Rule {
                code: text(&rule.code),
                effect: Effect::Finds,
                what: text(&rule.what),
                why: text(&rule.why),
                example: text(&rule.example),
                counterexample: text(&rule.counterexample),
            })))
        });
        let rules = rules.collect();
        Ok(Self { program, info, rules })
    }
}

impl StageFactory for ProcessFactory {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        let mut settings = self.info.options_default.clone();
        let given: serde_json::Value = serde_json::from_str(options).unwrap_or_default();
        if let (Some(settings), Some(given)) = (settings.as_object_mut(), given.as_object()) {
            settings.extend(given.clone());
        }
        let stage = ProcessStage {
            program: self.program.clone(),
            options: format!("{{\"options\":{settings}}}\n").into_bytes(),
            layers: layers(&self.info),
            provides: self.info.provides.clone(),
            rules: self.rules.clone(),
            idle: Mutex::new(Vec::new()),
        };
        // Options that the program refuses are an error of the pipeline, not of each document.
        let worker = stage.worker()?;
        stage.put_back(worker);
        Ok(Box::new(stage))
    }
}

/// The layers that a program gets, each with the stage whose rules it has.
fn layers(info: &StageInfo) -> Vec<(String, String)> {
    let stage = |name: &str| match name {
        layer::ENTITIES => "entity".to_owned(),
        layer::QUOTES => "quote".to_owned(),
        layer::FIGURES => "figure".to_owned(),
        name => name.to_owned(),
    };
    info.requires.iter().chain(&info.uses).map(|name| (name.clone(), stage(name))).collect()
}

/// A stage that a program does the work of.
struct ProcessStage {
    program: Program,
    options: Vec<u8>,
    layers: Vec<(String, String)>,
    provides: Vec<String>,
    rules: Vec<RuleId>,
    /// Programs that wait for a document. There are as many as documents were ever analysed at once.
    idle: Mutex<Vec<Worker>>,
}

/// A program, and what makes its requests.
struct Worker {
    child: Child,
    writer: DocumentWriter,
    offsets: OffsetMap,
    /// The number of the last document.
    number: u64,
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
                Ok(answer) if answer.number == Some(worker.number) => {
                    let result = self.emit(answer, doc, &mut worker.offsets, out);
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
        let style = Style::new(OffsetUnit::Chars, Detail::Standard);
        let writer = DocumentWriter::new(style, self.layers.clone(), &[]);
        Ok(Worker { child, writer, offsets: OffsetMap::new(OffsetUnit::Chars), number: 0 })
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

    fn emit(
        &self,
        answer: Answer<'_>,
        doc: &DocumentView<'_>,
        offsets: &mut OffsetMap,
        out: &mut Emitter,
    ) -> Result<(), StageError> {
        if let Some(error) = answer.error {
            return Err(StageError::failed(error));
        }
        let layers =
            answer.layers.ok_or_else(|| StageError::failed("the answer has neither layers nor an error"))?;
        offsets.load(doc.text());
        for (name, annotations) in layers {
            if !self.provides.iter().any(|layer| *layer == *name) {
                return Err(StageError::failed(format!(
                    "it fills the layer `{name}`, which it does not provide"
                )));
            }
            for found in annotations {
                let byte = |offset| offsets.to_byte(doc.text(), offset);
                let span =
                    byte(found.start).zip(byte(found.end)).and_then(|(start, end)| doc.span(start, end));
                let Some(span) = span else {
                    let (start, end) = (found.start, found.end);
                    return Err(StageError::failed(format!(
                        "an annotation of `{name}` is at {start} to {end}, which is no part of the text"
                    )));
                };
                if found.text.as_ref().is_some_and(|text| **text != *doc.slice(span)) {
                    return Err(StageError::failed(format!(
                        "the text of an annotation of `{name}` at {} is not what stands there",
                        found.start
                    )));
                }
                let code = found.rule.as_deref().unwrap_or(FOUND);
                let rule = self.rules.iter().find(|rule| rule.code() == code);
                let Some(rule) = rule else {
                    return Err(StageError::failed(format!(
                        "an annotation names the rule `{code}`, which the program has not declared"
                    )));
                };
                let custom = out.custom(&name, span, &found.value, *rule)?;
                if let Some(confidence) = found.confidence {
                    custom.confidence(confidence);
                }
            }
        }
        Ok(())
    }
}

impl Worker {
    /// Sends a document and waits for the answer.
    fn ask(&mut self, doc: &DocumentView<'_>, program: &Program) -> Result<Vec<u8>, ChildError> {
        let head =
            Head { id: doc.id(), title: doc.title(), date: doc.date(), text: doc.text(), ..Head::default() };
        self.number += 1;
        let mut request = format!("{{\"number\":{},\"document\":", self.number).into_bytes();
        self.writer.write(&head, doc, None, &mut request);
        // The line of a document ends in a line feed.
        request.pop();
        request.extend_from_slice(b"}\n");
        self.child.send(request);
        self.child.receive(program.patience)
    }
}
