//! `copydesk show`: one article in the terminal, with its annotations.

mod paint;
mod render;
mod wrap;

use std::io::{self, IsTerminal, Write};
use std::sync::Arc;

use anyhow::{Context, Result, anyhow, bail};
use copydesk_engine::config::Input;
use copydesk_engine::input::{
    Batch, FindError, Found, InputFormat, Item, Prepared, Reader, Record, find, read_date,
};
use copydesk_engine::{Analyzer, Registry};

use crate::args::ShowArguments;
use crate::{SUCCESS, message, run};

/// Shows one document.
pub(crate) fn show(arguments: &ShowArguments) -> Result<u8> {
    let config = run::load(arguments.with.as_deref(), &arguments.pipeline.changes(), &Registry::built_in())?;
    let layers = config.plan.layers();
    let unknown =
        arguments.layer.iter().flatten().find(|name| !layers.iter().any(|(layer, _)| layer == *name));
    if let Some(name) = unknown {
        let known: Vec<&str> = layers.iter().map(|(layer, _)| layer.as_str()).collect();
        bail!("no stage provides the layer `{name}`; there are {}", known.join(", "));
    }
    let input = &config.pipeline.input;
    let date = date(arguments.date.as_deref(), input)?;
    let inputs = inputs(&arguments.file, input.format)?;
    let options = &config.records;
    let (batch, item) = nth(Reader::new(inputs, options, Arc::default()), arguments.document)
        .with_context(|| format!("{} has no document {}", arguments.file, arguments.document))?;
    let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]);
    let prepared = Prepared::new(bytes, &item, options);
    let mut record = match Record::parse(&prepared, &item, options) {
        Ok(record) => record,
        Err((_, error)) => bail!("{}: {error}", item.origin),
    };
    if let Some(date) = date {
        record.set_date(date);
    }
    for warning in &record.warnings {
        message::warning(&warning.message);
    }
    let mut analyzer = Analyzer::new(&config.plan);
    let analysed = analyzer.analyze(record.source())?;
    let colour = io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let title = analysed.headline.as_ref().map(|headline| headline.document.view());
    let text = render::render(&analysed.document.view(), title.as_ref(), arguments.layer.as_deref(), colour);
    let text = match width(arguments.width) {
        Some(width) => wrap::wrap(&text, width),
        None => text,
    };
    io::stdout().lock().write_all(text.as_bytes())?;
    Ok(SUCCESS)
}

/// The width that is asked for, or that of the terminal.
fn width(asked: Option<usize>) -> Option<usize> {
    let terminal =
        || terminal_size::terminal_size_of(io::stdout()).map(|(columns, _)| usize::from(columns.0));
    asked.or_else(terminal).filter(|width| *width > 0)
}

/// The date given by `--date`, in ISO 8601.
pub(crate) fn date(written: Option<&str>, input: &Input) -> Result<Option<String>> {
    let date = written.map(|written| read_date(written, input.day_first)).transpose();
    date.map_err(|problem| anyhow!("--date: {problem}"))
}

/// The files that an argument refers to.
pub(crate) fn inputs(file: &str, format: Option<InputFormat>) -> Result<Vec<Found>> {
    match find(&[file.to_owned()], format) {
        // A single file with an unknown extension is most likely an article.
        Err(FindError::NoExtension(path)) => Ok(vec![Found::File(path.into(), Some(InputFormat::Text))]),
        found => Ok(found.map_err(message::not_found)?.found),
    }
}

/// A text on one line, without control characters, so that an article cannot send terminal escapes.
pub(crate) fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().filter(|character| !character.is_control()).collect()
}

/// The document with this number, from 1.
fn nth(mut reader: Reader, number: u64) -> Option<(Batch, Item)> {
    let mut left = number;
    while let Some(batch) = reader.next_batch(Vec::new()) {
        let here = batch.items.len() as u64;
        if left <= here {
            let item = batch.items[left as usize - 1].clone();
            return Some((batch, item));
        }
        left -= here;
    }
    None
}
