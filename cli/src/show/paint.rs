//! Styles for spans of text that may overlap.

use anstyle::{AnsiColor, Style};
use copydesk_core::Span;
use copydesk_core::layers::EntityKind;

use crate::message::visible;

/// The kind of a styled span.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layer {
    Quote,
    Cue,
    Figure,
    Entity(EntityKind),
}

impl Layer {
    /// Its style, combined with that of the spans below it.
    pub(super) fn style(self, below: Style) -> Style {
        let colour = |colour: AnsiColor| below.fg_color(Some(colour.into()));
        match self {
            Self::Quote => below.italic(),
            Self::Cue => colour(AnsiColor::Magenta),
            Self::Figure => colour(AnsiColor::Yellow).bold(),
            Self::Entity(EntityKind::Person) => colour(AnsiColor::Cyan).bold(),
            Self::Entity(EntityKind::Organization) => colour(AnsiColor::Blue).bold(),
            Self::Entity(EntityKind::Location | EntityKind::Facility) => colour(AnsiColor::Green).bold(),
            Self::Entity(EntityKind::Group) => colour(AnsiColor::Green),
            Self::Entity(_) => colour(AnsiColor::Blue),
        }
    }
}

/// Appends `text[within]` in the styles of the spans that cover it; later spans are on top.
pub(super) fn paint(text: &str, within: Span, layers: &[(Span, Layer)], out: &mut String) {
    let mut edges: Vec<u32> = layers.iter().flat_map(|(span, _)| [span.start(), span.end()]).collect();
    edges.retain(|edge| within.start() < *edge && *edge < within.end());
    edges.push(within.start());
    edges.push(within.end());
    edges.sort_unstable();
    edges.dedup();
    for pair in edges.windows(2) {
        let over = layers.iter().filter(|(span, _)| span.start() <= pair[0] && pair[1] <= span.end());
        let style = over.fold(Style::new(), |style, (_, layer)| layer.style(style));
        let piece = text.get(pair[0] as usize..pair[1] as usize).unwrap_or("");
        out.push_str(&format!("{style}{}{style:#}", visible(piece)));
    }
}
