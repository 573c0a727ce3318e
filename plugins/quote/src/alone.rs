//! Quotes in marks that no cue claims: a paragraph of running quotation, a sentence in marks behind an attributed one.

use copydesk_core::DocumentView;

use crate::attribution::Attribution;
use crate::elements::Elements;
use crate::marks::Marked;

/// A quote in marks without a cue of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alone {
    /// Which marked stretch.
    pub(crate) marked: usize,
    /// The attribution whose speaker goes on, where one does.
    pub(crate) goes_on: Option<usize>,
}

/// Fewer words than this without a cue are a title, a nickname or scare quotes.
const FEWEST: usize = 5;

/// The quotes that no attribution claims: whole sentences in marks that stand alone.
pub(crate) fn find(
    doc: &DocumentView<'_>,
    marked: &[Marked],
    elements: &Elements,
    found: &[Attribution],
) -> Vec<Alone> {
    let mut claimed = vec![None; marked.len()];
    for (place, attribution) in found.iter().enumerate() {
        for element in attribution.content.iter().flat_map(|part| &elements.all[part.clone()]) {
            if element.is_quoted() {
                claimed[element.marked as usize - 1] = Some(place);
            }
        }
    }
    let mut alone = Vec::new();
    // The last quote in marks: its paragraph, whether it ran on into the next one, and who spoke.
    let mut last: Option<(usize, bool, usize)> = None;
    for unit in &elements.units {
        for at in unit.own.clone() {
            let element = &elements.all[at];
            let Some(place) = (element.marked as usize).checked_sub(1) else { continue };
            let stretch = &marked[place];
            let paragraph = unit.paragraph as usize;
            if let Some(speaker) = claimed[place] {
                last = Some((paragraph, !stretch.closed, speaker));
                continue;
            }
            let stands_alone = unit.own.len() == 1 && stretch.content().len() >= FEWEST;
            let sentence =
                doc.tokens().get(stretch.content().start).is_some_and(|token| token.is_capitalized());
            if stands_alone && sentence {
                let goes_on =
                    last.filter(|(at, runs_on, _)| *at == paragraph || *runs_on && *at + 1 == paragraph);
                alone.push(Alone { marked: place, goes_on: goes_on.map(|(.., speaker)| speaker) });
                last = goes_on.map(|(.., speaker)| (paragraph, !stretch.closed, speaker));
            }
        }
    }
    alone
}
