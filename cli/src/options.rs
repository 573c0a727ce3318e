//! `copydesk schema options --markdown`: a page with all options of commands, pipeline files and stages.

use std::fmt::Write;

use clap::{Arg, Command, CommandFactory};
use copydesk_engine::Registry;
use copydesk_engine::config::pipeline_schema;
use serde_json::Value;

use crate::args::Arguments;

/// Returns the page.
pub(crate) fn page() -> String {
    let mut page = "# All options\n\nThis page is generated: `copydesk schema options --markdown > docs/options.md`. The options of \
                    commands are those of `--help`.\n\n## Commands\n\n"
        .to_owned();
    let command = Arguments::command();
    arguments(&mut page, command.get_arguments(), "Of all commands");
    commands(&mut page, &command, "copydesk");
    page.push_str("## Pipeline files\n\nThe keys of each table; `copydesk schema` prints the JSON Schema for editors.\n\n");
    let schema = pipeline_schema(&Registry::built_in());
    for (heading, pointer) in [
        ("[input]", "/$defs/Input"),
        ("[input.fields]", "/$defs/Fields"),
        ("[[stage]]", "/$defs/StageEntry"),
        ("[stage.allow]", "/$defs/Permissions"),
        ("[limits]", "/$defs/Limits"),
        ("[output] or [[output]]", "/$defs/Output"),
    ] {
        let keys = schema.pointer(pointer).unwrap_or(&Value::Null);
        let _ = write!(page, "### {heading}\n\n{}\n\n", text(keys));
        properties(&mut page, keys, &Value::Null);
    }
    page.push_str("## Stages\n\nUnder `options` of a `[[stage]]`.\n\n");
    for factory in Registry::built_in().linked() {
        let info = factory.info();
        let _ = write!(page, "### {}\n\n{}\n\n", info.name, info.summary);
        properties(&mut page, &info.options_schema, &info.options_default);
    }
    page
}

fn commands(page: &mut String, command: &Command, path: &str) {
    for command in command.get_subcommands().filter(|command| !command.is_hide_set()) {
        let path = format!("{path} {}", command.get_name());
        let about = command.get_about().map(ToString::to_string).unwrap_or_default();
        let _ = write!(page, "### {path}\n\n{about}.\n\n");
        arguments(page, command.get_arguments(), "");
        commands(page, command, &path);
    }
}

fn arguments<'a>(page: &mut String, all: impl Iterator<Item = &'a Arg>, label: &str) {
    let mut all = all.filter(|argument| !argument.is_hide_set() && argument.get_id() != "help").peekable();
    if all.peek().is_none() {
        return;
    }
    if !label.is_empty() {
        let _ = write!(page, "{label}:\n\n");
    }
    page.push_str("| option | |\n|---|---|\n");
    for argument in all {
        let values: Vec<String> =
            argument.get_value_names().into_iter().flatten().map(|name| format!("{name}")).collect();
        let takes = argument.get_action().takes_values();
        let value = if takes && !values.is_empty() { values.join(" ") } else { String::new() };
        let name = match (argument.get_long(), argument.get_short()) {
            (Some(long), Some(short)) => format!("-{short}, --{long} {value}"),
            (Some(long), None) => format!("--{long} {value}"),
            _ => value,
        };
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let default: Vec<String> =
            argument.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect();
        let default = match takes && !default.is_empty() {
            true => format!(" (default: `{}`)", default.join(" ")),
            false => String::new(),
        };
        let _ = writeln!(page, "| `{}` | {}{default} |", cell(name.trim()), cell(&help));
    }
    page.push('\n');
}

/// The keys of a schema, with their defaults.
fn properties(page: &mut String, schema: &Value, defaults: &Value) {
    let Some(keys) = schema.get("properties").and_then(Value::as_object).filter(|keys| !keys.is_empty())
    else {
        page.push_str("This stage has no options.\n\n");
        return;
    };
    page.push_str("| key | default | |\n|---|---|---|\n");
    for (key, schema) in keys {
        let default = defaults.get(key).or_else(|| schema.get("default")).filter(|value| !value.is_null());
        let default = default.map(|value| format!("`{value}`")).unwrap_or_default();
        let _ = writeln!(page, "| `{key}` | {} | {} |", cell(&default), cell(&text(schema)));
    }
    page.push('\n');
}

fn text(schema: &Value) -> String {
    schema.get("description").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A text escaped for a Markdown table.
fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|").replace('<', "&lt;")
}
