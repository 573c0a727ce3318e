//! Messages on standard error, in colour on a terminal only.

use std::borrow::Cow;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::SystemTime;

use anstyle::{AnsiColor, Style};
use copydesk_engine::config::Diagnostic;
use copydesk_engine::input::FindError;
use copydesk_engine::manifest;
use serde_json::{Value, json};

/// Whether to use colour on standard error: it is a terminal, and NO_COLOR is not set.
fn coloured() -> bool {
    io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Replaces control characters by visible symbols, except for line breaks and tabs. Those in an article, a file name or a
/// plugin's message could be meant to manipulate the terminal.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    let is_control = |character: char| {
        character.is_control() && !matches!(character, '\n' | '\t')
            || matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(is_control) {
        return Cow::Borrowed(text);
    }
    let symbol = |character: char| match character {
        '\0'..='\u{1f}' => char::from_u32(0x2400 + u32::from(character)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        _ => '\u{fffd}',
    };
    text.chars().map(|character| if is_control(character) { symbol(character) } else { character }).collect()
}

/// Writes a line to standard error. A failure to do so cannot be reported.
pub(crate) fn line(text: impl Display) {
    event("info", text, Value::Null);
}

/// Writes a text that may contain escape sequences for colours.
fn raw(text: &str) {
    let _ = writeln!(io::stderr(), "{text}");
}

/// Whether messages are written as JSON, for other programs.
static JSON: AtomicBool = AtomicBool::new(false);

/// Makes all further messages lines of JSON with time, level, text and, for some, numbers.
pub(crate) fn write_json() {
    JSON.store(true, Ordering::Relaxed);
}

/// Whether messages are written as JSON.
pub(crate) fn is_json() -> bool {
    JSON.load(Ordering::Relaxed)
}

/// A message with numbers; these appear as fields in JSON only.
pub(crate) fn event(level: &str, text: impl Display, figures: Value) {
    if !is_json() {
        return raw(&visible(&text.to_string()));
    }
    let time = manifest::time(SystemTime::now());
    let mut event = json!({"time": time, "level": level, "message": text.to_string()});
    if let (Some(event), Value::Object(figures)) = (event.as_object_mut(), figures) {
        event.extend(figures);
    }
    // JSON escapes control characters, but not those that change the direction of text.
    raw(&visible(&event.to_string()));
}

fn labelled(label: &str, colour: AnsiColor, text: impl Display) {
    if is_json() {
        event(label, text, Value::Null);
    } else if coloured() {
        let style = Style::new().bold().fg_color(Some(colour.into()));
        raw(&format!("{style}{label}{style:#}: {}", visible(&text.to_string())));
    } else {
        line(format_args!("{label}: {text}"));
    }
}

/// An error with its causes.
pub(crate) fn error(error: &anyhow::Error) {
    match error.downcast_ref::<Problems>() {
        Some(Problems(problems)) => {
            if is_json() {
                return problems
                    .iter()
                    .for_each(|problem| event("error", problem.render(false), Value::Null));
            }
            let texts: Vec<String> = problems.iter().map(|problem| problem.render(coloured())).collect();
            // The renderer replaces control characters itself.
            raw(&texts.join("\n\n"));
        }
        None => labelled("error", AnsiColor::Red, with_causes(error)),
    }
}

/// An error with those of its causes that its message does not include.
fn with_causes(error: &anyhow::Error) -> String {
    let mut text = String::new();
    for cause in error.chain().map(ToString::to_string) {
        if text.is_empty() {
            text = cause;
        } else if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// A warning.
pub(crate) fn warning(text: impl Display) {
    labelled("warning", AnsiColor::Yellow, text);
}

/// The error for inputs of the command line that do not exist.
pub(crate) fn not_found(error: FindError) -> anyhow::Error {
    match error.remedy() {
        Some(remedy) => anyhow::anyhow!(
            "{error}; {}",
            remedy.replace("set input.format to text or jsonl", "add --set input.format=text (or jsonl)")
        ),
        None => error.into(),
    }
}

/// A number with its noun: "1 document", "2 documents".
pub(crate) fn count(number: u64, noun: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {noun}{ending}")
}

/// The problems of a pipeline file as one error.
#[derive(Debug)]
pub(crate) struct Problems(pub(crate) Vec<Diagnostic>);

impl Display for Problems {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let messages: Vec<&str> = self.0.iter().map(|problem| problem.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}

impl std::error::Error for Problems {}

/// Whether the cause is that the reader of the output has closed the pipe.
pub(crate) fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
    })
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn control_characters_become_symbols() {
        assert_eq!(
            visible("Mayor \u{1b}[31mBell\u{7f}\r\n\tleft\u{9b}2J\u{202e}"),
            "Mayor ␛[31mBell␡␍\n\tleft\u{fffd}2J\u{fffd}"
        );
        assert!(matches!(visible("Plain “text” – and 日本"), std::borrow::Cow::Borrowed(_)));
    }
}
