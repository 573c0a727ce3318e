//! An error in a pipeline file, shown with its line.

use std::fmt;

/// What is wrong, where, and what helps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is wrong.
    pub message: String,
    /// Where: file, line and column (both from 1), the line's text, and how many characters of it are meant.
    pub place: Option<Place>,
    /// What helps.
    pub remedy: Option<String>,
}

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, or the command line argument.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The column, from 1, in characters.
    pub column: usize,
    /// The line's text.
    pub text: String,
    /// How many characters are meant.
    pub width: usize,
}

impl Diagnostic {
    /// An error without a place.
    pub fn new(message: String) -> Self {
        Self { message, place: None, remedy: None }
    }
}

impl Place {
    /// The place of a stretch of bytes of a source.
    pub(super) fn of(file: &str, source: &str, range: std::ops::Range<usize>) -> Self {
        let start = floor(source, range.start);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let end = floor(source, range.end).clamp(start, line_end);
        Self {
            file: file.to_owned(),
            line: source[..start].matches('\n').count() + 1,
            column: source[line_start..start].chars().count() + 1,
            text: source[line_start..line_end].trim_end().to_owned(),
            width: source[start..end].chars().count().max(1),
        }
    }
}

fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)?;
        if let Some(place) = &self.place {
            let number = place.line.to_string();
            let margin = " ".repeat(number.len());
            let indent: String = place
                .text
                .chars()
                .take(place.column - 1)
                .map(|character| if character == '\t' { '\t' } else { ' ' })
                .collect();
            let marks = "^".repeat(place.width);
            write!(f, "\n{margin}--> {}:{}:{}", place.file, place.line, place.column)?;
            write!(f, "\n{margin} |\n{number} | {}\n{margin} | {indent}{marks}", place.text)?;
        }
        if let Some(remedy) = &self.remedy {
            write!(f, "\n  help: {remedy}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Diagnostic {}
