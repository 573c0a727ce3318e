//! `copydesk explain`: which rule made each annotation, and which rules held annotations back.

use std::io::Write;
use std::sync::Arc;

use anyhow::{Result, bail};
use copydesk_core::Effect;
use copydesk_engine::explain::{Finding, findings, rule};
use copydesk_engine::input::{Prepared, Reader, Record};
use copydesk_engine::output::{OffsetMap, OffsetUnit};
use copydesk_engine::{Analyzer, Plan, Registry};
use serde_json::{Value, json};

use crate::args::ExplainArguments;
use crate::{SUCCESS, run, show};

/// Explains one document, or all of a file.
pub(crate) fn explain(arguments: &ExplainArguments) -> Result<u8> {
    let config = run::load(arguments.with.as_deref(), &arguments.pipeline.changes(), &Registry::built_in())?;
    let input = &config.pipeline.input;
    let date = show::date(arguments.date.as_deref(), input)?;
    let records = &config.records;
    let inputs = show::inputs(&arguments.file, input.format)?;
    let mut reader = Reader::new(inputs, records, Arc::default());
    let mut analyzer = Analyzer::new(&config.plan);
    let mut out = std::io::stdout().lock();
    let mut number = 0;
    while let Some(batch) = reader.next_batch(Vec::new()) {
        for item in &batch.items {
            number += 1;
            if arguments.document.is_some_and(|wanted| wanted != number) {
                continue;
            }
            let bytes = batch.bytes.get(item.range.clone()).unwrap_or(&[]);
            let prepared = Prepared::new(bytes, item, records);
            let mut record = match Record::parse(&prepared, item, records) {
                Ok(record) => record,
                Err((_, error)) => bail!("{}: {error}", item.origin),
            };
            if let Some(date) = &date {
                record.set_date(date.clone());
            }
            let (document, held) = analyzer.explain(record.source())?;
            let view = document.view();
            let mut offsets = OffsetMap::new(OffsetUnit::Chars);
            offsets.load(view.text());
            let at = match arguments.at {
                None => None,
                Some(at) => match offsets.to_byte(view.text(), at as u64) {
                    Some(byte) => Some(byte as u32),
                    None => bail!("--at {at} is beyond the end of the text"),
                },
            };
            let mut found = findings(&view, &held, &config.plan);
            found.retain(|finding| at.is_none_or(|at| finding.span.start() <= at && at < finding.span.end()));
            let place = |byte: u32| offsets.of(byte);
            if arguments.json {
                let line = json!({"id": view.id(), "findings": found.iter().map(|finding| as_json(finding, place)).collect::<Vec<_>>()});
                writeln!(out, "{line}")?;
            } else {
                for finding in &found {
                    write(&mut out, finding, &config.plan, place)?;
                }
                if found.is_empty() {
                    writeln!(out, "no annotation was made or held back there")?;
                }
            }
        }
    }
    if number == 0 || arguments.document.is_some_and(|wanted| wanted > number) {
        bail!("{} has no document {}", arguments.file, arguments.document.unwrap_or(1));
    }
    Ok(SUCCESS)
}

fn as_json(finding: &Finding<'_>, place: impl Fn(u32) -> u32) -> Value {
    let mut value = serde_json::to_value(finding).unwrap_or(Value::Null);
    if let Some(object) = value.as_object_mut() {
        object.insert("start".to_owned(), place(finding.span.start()).into());
        object.insert("end".to_owned(), place(finding.span.end()).into());
    }
    value
}

/// A finding as text, with the description of its rule.
fn write(out: &mut impl Write, finding: &Finding<'_>, plan: &Plan, place: impl Fn(u32) -> u32) -> Result<()> {
    let Finding { rule: code, span, confidence, .. } = finding;
    let words = show::one_line(finding.text);
    let (start, end) = (place(span.start()), place(span.end()));
    match finding.effect {
        Effect::Finds => {
            writeln!(out, "{start}..{end} {words:?}: {}", show::one_line(&finding.what))?;
            writeln!(out, "    made by {code}, confidence {confidence:.2}")?;
        }
        Effect::HoldsBack => {
            writeln!(out, "{start}..{end} {words:?}: held back")?;
            let candidate = if finding.candidate.is_empty() { "a candidate" } else { &finding.candidate };
            writeln!(out, "    by {code}, which overruled {candidate}, confidence {confidence:.2}")?;
        }
    }
    if let Some(rule) = rule(plan, code) {
        writeln!(out, "    {} {}", rule.what, rule.why)?;
    }
    Ok(())
}
