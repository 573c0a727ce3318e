//! An error in a pipeline file, shown with its line.

use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

/// A problem with its location and remedy.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// A description of the problem.
    pub message: String,
    /// Its location.
    pub place: Option<Box<Place>>,
    /// A few words next to the marked text, such as the probable spelling. Not shown without a location.
    pub label: Option<String>,
    /// The remedy.
    pub remedy: Option<String>,
}

/// A location in a file or in a command line argument.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file, or the name of the argument.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// The line's text.
    pub text: String,
    /// The range of bytes in the line to mark.
    pub range: Range<usize>,
}

impl Diagnostic {
    /// An error without a location.
    pub fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), ..Self::default() }
    }

    /// The same error with a label.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// The same error with a remedy.
    #[must_use]
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = Some(remedy.into());
        self
    }

    /// The error as it is shown to the user, beginning with "error: ", in several lines.
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let title = Level::ERROR.primary_title(self.message.as_str());
        let remedy = self.remedy.as_deref();
        let Some(place) = &self.place else {
            let help = remedy.map(|remedy| Group::with_title(Level::HELP.secondary_title(remedy)));
            let groups: Vec<_> = [Group::with_title(title)].into_iter().chain(help).collect();
            return renderer.render(&groups);
        };
        let mark = AnnotationKind::Primary.span(place.range.clone()).label(self.label.as_deref());
        let snippet = Snippet::source(place.text.as_str())
            .line_start(place.line)
            .path(place.file.as_str())
            .annotation(mark);
        renderer.render(&[title.element(snippet).elements(remedy.map(|remedy| Level::HELP.message(remedy)))])
    }
}

impl Place {
    /// The location of a range of bytes in a source.
    pub(super) fn of(file: &str, source: &str, range: Range<usize>) -> Self {
        let start = floor(source, range.start);
        let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
        let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
        let text = source[line_start..line_end].trim_end();
        let end = floor(source, range.end).clamp(start, line_end);
        let within = |at: usize| (at - line_start).min(text.len());
        Self {
            file: file.to_owned(),
            line: source[..start].matches('\n').count() + 1,
            text: text.to_owned(),
            range: within(start)..within(end),
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
    /// As [`Diagnostic::render`] without colour.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostic {}
