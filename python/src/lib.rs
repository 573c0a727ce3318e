//! The native part of the Python package `copydesk`: pipelines, the stream of documents, tables as Arrow, runs.
//!
//! It returns lines of JSON and Arrow tables; the Python classes for these are written in Python, in `copydesk/`.

mod arrow;
mod errors;
mod pipe;
mod pipeline;
mod record;
mod run;
mod stage;
mod tables;

use pyo3::prelude::*;

/// Several threads allocate results that another one frees, for which the system's allocator is slow.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The module `copydesk._native`.
#[pymodule]
mod _native {
    #[pymodule_export]
    use super::arrow::Table;
    #[pymodule_export]
    use super::errors::{CopydeskError, PipelineError};
    #[pymodule_export]
    use super::pipe::Pipe;
    #[pymodule_export]
    use super::pipeline::Pipeline;
    #[pymodule_export]
    use super::tables::Parts;
    use std::path::PathBuf;

    use pyo3::prelude::*;
    use pyo3::types::PyDict;

    /// The JSON Schema of a line of output.
    #[pyfunction]
    fn schema() -> String {
        copydesk_engine::output::parsed::line_schema().to_string()
    }

    /// Runs a pipeline over files.
    #[pyfunction]
    fn run<'py>(
        py: Python<'py>,
        file: Option<PathBuf>,
        overrides: Vec<String>,
        stages: Vec<Bound<'py, PyAny>>,
        request: super::run::Request,
        watch: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyDict>> {
        super::run::run(py, file, overrides, stages, request, watch)
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
