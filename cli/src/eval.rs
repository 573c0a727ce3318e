//! `copydesk eval`

use std::io::Write;

use anyhow::Result;
use copydesk_engine::Registry;
use copydesk_eval::{Layer, evaluate, evaluate_syntax, read_gold, read_tagged};

use crate::args::EvalArguments;
use crate::{SOME_FAILED, SUCCESS, message, run};

/// Scores a stage, one file of annotated data at a time.
pub(crate) fn eval(arguments: &EvalArguments) -> Result<u8> {
    let mut set = arguments.pipeline.changes();
    if let Some(model) = &arguments.model {
        // Quoted, as the path may contain any characters.
        let path = serde_json::to_string(&model.to_string_lossy())?;
        let (stage, option) = (arguments.layer.stage(), arguments.layer.model_option());
        set.push(format!("stage.{stage}.options.{option}={path}"));
    }
    let config = run::load(arguments.with.as_deref(), &set, &Registry::built_in())?;
    let mut out = std::io::stdout().lock();
    let mut code = SUCCESS;
    for path in &arguments.gold {
        let outcome = match arguments.layer {
            Layer::Syntax => evaluate_syntax(&read_tagged(path)?, &config.plan, arguments.show),
            layer => {
                let mut gold = read_gold(path)?;
                if let Some(style) = arguments.written {
                    gold = gold.into_iter().map(|document| document.written(style)).collect();
                }
                evaluate(layer, &gold, &config.plan, arguments.show)
            }
        };
        writeln!(out, "{} ({} documents)", path.display(), outcome.documents)?;
        for row in &outcome.rows {
            writeln!(out, "  {row}")?;
        }
        if outcome.rows.is_empty() {
            message::warning(format_args!(
                "{}: it has no annotations of this layer to score",
                path.display()
            ));
        }
        for error in &outcome.errors {
            writeln!(out, "    {error}")?;
        }
        for failed in &outcome.failed {
            message::warning(failed);
            code = SOME_FAILED;
        }
    }
    Ok(code)
}
