//! `copydesk eval`
use crate::args::EvalArguments;
use anyhow::Result;
pub(crate) fn eval(_: &EvalArguments) -> Result<u8> {
    Ok(2)
}
