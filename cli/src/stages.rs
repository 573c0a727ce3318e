//! `copydesk stages`

use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, bail};
use copydesk_core::schema::Reference;
use copydesk_core::{StageFactory, StageInfo};
use copydesk_engine::{Registry, is_library, is_script};
use serde_json::Value;

use crate::args::StagesArguments;
use crate::{SUCCESS, message};

/// Lists the stages.
pub(crate) fn stages(arguments: &StagesArguments) -> Result<u8> {
    let factories = named(arguments.stage.as_deref())?;
    let mut out = std::io::stdout().lock();
    if arguments.json {
        let infos: Vec<&StageInfo> = factories.iter().map(|factory| factory.info()).collect();
        writeln!(out, "{}", serde_json::to_string_pretty(&infos)?)?;
        return Ok(SUCCESS);
    }
    for factory in &factories {
        describe(&mut out, factory.info())?;
    }
    Ok(SUCCESS)
}

/// The stage of this name, or the stages of this library, or all built-in ones.
pub(crate) fn named(stage: Option<&str>) -> Result<Vec<Arc<dyn StageFactory>>> {
    let registry = Registry::built_in();
    Ok(match stage {
        None => registry.linked().to_vec(),
        Some(library) if is_library(library) || is_script(library) => {
            warn_of_code(Path::new(library));
            registry.load(Path::new(library))?
        }
        Some(name) => match registry.named(name) {
            Some(factory) => vec![factory],
            None => bail!("there is no stage `{name}`; `copydesk stages` lists them"),
        },
    })
}

/// Prints a note that a library is loaded, which runs its code.
pub(crate) fn warn_of_code(library: &Path) {
    let library = library.display();
    message::line(format_args!("note: loading {library}, which runs its code (--no-plugins prevents this)"));
}

/// A stage as text: its purpose, its requirements, and its options.
pub(crate) fn describe(out: &mut impl Write, info: &StageInfo) -> Result<()> {
    writeln!(out, "{} {}", info.name, info.version)?;
    writeln!(out, "  {}", info.summary)?;
    for (label, layers) in [("requires", &info.requires), ("uses", &info.uses), ("provides", &info.provides)]
    {
        if !layers.is_empty() {
            writeln!(out, "  {label}: {}", layers.join(", "))?;
        }
    }
    for (layer, schema) in &info.schemas {
        writeln!(out, "  value of {layer}: {}", kind(schema))?;
        let root = target(schema, schema);
        for (name, property) in root.get("properties").and_then(Value::as_object).into_iter().flatten() {
            writeln!(out, "      {name}: {}", kind(target(property, schema)))?;
            for line in described(property)
                .or_else(|| described(target(property, schema)))
                .into_iter()
                .flat_map(str::lines)
            {
                writeln!(out, "          {line}")?;
            }
        }
    }
    let properties = info.options_schema.get("properties").and_then(Value::as_object);
    for (name, schema) in properties.into_iter().flatten() {
        let default = info.options_default.get(name).map(ToString::to_string).unwrap_or_default();
        let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        writeln!(out, "  option {name} = {default}")?;
        for line in text.lines() {
            writeln!(out, "      {line}")?;
        }
    }
    writeln!(out)?;
    Ok(())
}

/// The schema that `$ref` refers to.
fn target<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    let reference = schema.get("$ref").and_then(Value::as_str).and_then(|path| path.strip_prefix('#'));
    reference.and_then(|pointer| root.pointer(pointer)).unwrap_or(schema)
}

fn described(schema: &Value) -> Option<&str> {
    schema.get("description").and_then(Value::as_str)
}

/// A short description of the values that a schema allows.
fn kind(schema: &Value) -> String {
    let format = schema.get("format").and_then(Value::as_str);
    if let Some(reference) = format.and_then(Reference::of_format) {
        return format!("the id of one of the {}", reference.layer());
    }
    let list = |word: &str| schema.get(word).and_then(Value::as_array);
    if let Some(words) = list("enum") {
        return words.iter().map(Value::to_string).collect::<Vec<_>>().join(" or ");
    }
    if let Some(branches) = list("anyOf").or_else(|| list("oneOf")) {
        return branches.iter().map(kind).collect::<Vec<_>>().join(" or ");
    }
    match schema.get("type") {
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => match (schema.get("const"), schema.get("$ref").and_then(Value::as_str)) {
            (Some(only), _) => only.to_string(),
            (None, Some(name)) => name.rsplit('/').next().unwrap_or(name).to_owned(),
            (None, None) => "any".to_owned(),
        },
    }
}
