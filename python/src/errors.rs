//! Errors as Python exceptions with the messages of the command.

use copydesk_engine::RunError;
use copydesk_engine::config::Diagnostic;
use pyo3::PyErr;
use pyo3::create_exception;
use pyo3::exceptions::PyException;

create_exception!(copydesk, CopydeskError, PyException, "A task that copydesk cannot perform, and why.");
create_exception!(
    copydesk,
    PipelineError,
    CopydeskError,
    "An invalid pipeline: file, line, key, and what to write instead."
);

/// The problems of a pipeline, with their lines.
pub(crate) fn of_pipeline(problems: &[Diagnostic]) -> PyErr {
    let shown: Vec<String> = problems.iter().map(|problem| problem.render(false)).collect();
    PipelineError::new_err(shown.join("\n\n"))
}

/// Why documents could not be processed.
pub(crate) fn of_run(error: &RunError) -> PyErr {
    CopydeskError::new_err(error.to_string())
}

/// Any other error.
pub(crate) fn of(problem: impl std::fmt::Display) -> PyErr {
    CopydeskError::new_err(problem.to_string())
}
