//! Records from Python, and the outcomes returned to it.

use copydesk_engine::input::{Batch, Origin};
use copydesk_engine::{Failure, Results};
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyList, PyString, PyTuple};

/// Adds a document as encoded by the Python side: the bytes of a JSON object, or a text with the reason why there is none.
pub(crate) fn add(batch: &mut Batch, record: &Bound<'_, PyAny>, origin: Origin) -> PyResult<()> {
    match record.cast::<PyBytes>() {
        Ok(bytes) => batch.push(bytes.as_bytes(), origin),
        Err(_) => batch.fail(origin, record.cast::<PyString>()?.to_cow()?),
    }
    Ok(())
}

/// The outcomes of a batch in the order of its documents: bytes of a line, or (id, stage, class, reason).
pub(crate) fn outcomes<'py>(py: Python<'py>, results: &Results) -> PyResult<Bound<'py, PyList>> {
    let list = PyList::empty(py);
    let mut lines = results.lines.split_inclusive(|byte| *byte == b'\n');
    let mut failures = results.failures.iter().peekable();
    for place in &results.written {
        while let Some(failure) = failures.next_if(|failure| failure.origin.line < place.line) {
            list.append(failed(py, failure)?)?;
        }
        let line = lines.next().unwrap_or_default();
        list.append(PyBytes::new(py, line.strip_suffix(b"\n").unwrap_or(line)))?;
    }
    for failure in failures {
        list.append(failed(py, failure)?)?;
    }
    Ok(list)
}

fn failed<'py>(py: Python<'py>, failure: &Failure) -> PyResult<Bound<'py, PyTuple>> {
    (failure.id.as_str(), failure.stage.as_deref(), failure.class, failure.reason.as_str()).into_pyobject(py)
}
