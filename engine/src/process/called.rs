//! A stage implemented by a function of the program that embeds the engine, with the protocol of stages in other languages.

use std::sync::{Arc, Mutex, PoisonError};

use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo};
use serde_json::Value;

use super::exchange::{Exchange, RequestWriter, settings};
use super::protocol::{Answer, Hello};

/// Answers a request with a line of the protocol; an error fails the document. The options are JSON, as in the pipeline.
pub type Function = Arc<dyn Fn(&[u8], &Value) -> Result<Vec<u8>, String> + Send + Sync>;

/// Creates stages from a function.
pub struct CalledFactory {
    info: StageInfo,
    exchange: Exchange,
    function: Function,
}

impl CalledFactory {
    /// A stage described by `hello`, the first message of the protocol.
    ///
    /// # Errors
    /// A description of what is invalid in the message.
    pub fn new(hello: &[u8], function: Function) -> Result<Self, String> {
        let hello: Hello = serde_json::from_slice(hello).map_err(|error| error.to_string())?;
        let info = hello.info()?;
        let exchange = Exchange::new(&info);
        Ok(Self { info, exchange, function })
    }
}

impl StageFactory for CalledFactory {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        Ok(Box::new(CalledStage {
            exchange: self.exchange.clone(),
            options: settings(&self.info, options),
            function: Arc::clone(&self.function),
            idle: Mutex::new(Vec::new()),
        }))
    }
}

struct CalledStage {
    exchange: Exchange,
    options: Value,
    function: Function,
    /// One for each document that is analysed at the same time.
    idle: Mutex<Vec<RequestWriter>>,
}

impl Stage for CalledStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut request_writer = idle.unwrap_or_else(|| self.exchange.request_writer());
        let request = request_writer.request(doc);
        let answer = (self.function)(&request, &self.options).map_err(StageError::failed)?;
        let answer: Answer<'_> = serde_json::from_slice(&answer)
            .map_err(|error| StageError::failed(format!("it returned an invalid answer: {error}")))?;
        let result = self.exchange.emit(&answer, doc, &mut request_writer, out);
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(request_writer);
        result
    }
}
