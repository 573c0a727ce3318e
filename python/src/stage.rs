//! Stages that are Python functions.

use std::sync::Arc;

use copydesk_core::StageFactory;
use copydesk_engine::CalledFactory;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};

use crate::errors;

/// The factory of a stage from a `copydesk.stage.Stage` object. Its function runs in the workers' threads, with Python's lock.
pub(crate) fn factory(stage: &Bound<'_, PyAny>) -> PyResult<Arc<dyn StageFactory>> {
    let hello: Vec<u8> = stage.call_method0("_greeting")?.extract()?;
    let answer = stage.getattr("_answer")?.unbind();
    let call = move |request: &[u8], options: &serde_json::Value| {
        Python::attach(|py| {
            let answered = ask(answer.bind(py), request, options);
            answered.map_err(|error| error.to_string())
        })
    };
    Ok(Arc::new(CalledFactory::new(&hello, Arc::new(call)).map_err(errors::of)?))
}

fn ask(answer: &Bound<'_, PyAny>, request: &[u8], options: &serde_json::Value) -> PyResult<Vec<u8>> {
    let py = answer.py();
    let options = py.import("json")?.call_method1("loads", (options.to_string(),))?;
    let options = options.cast_into::<PyDict>()?;
    Ok(answer.call1((PyBytes::new(py, request), options))?.cast::<PyBytes>()?.as_bytes().to_vec())
}
