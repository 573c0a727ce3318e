//! Claims of one document that give different values for the same measure.
//!
//! A wrong contradiction costs more than a missing one, so both must measure the same words in the same unit for the same time,
//! and have at least one entity in common if they name any.

use copydesk_core::DocumentView;
use copydesk_core::layers::{ClaimKind, Figure, FigureId, FigureKind, Value};

use crate::Draft;
use crate::figures::is_plain;

/// For each claim an earlier one that it contradicts, if any.
pub(crate) fn find(doc: &DocumentView<'_>, drafts: &[Draft]) -> Vec<Option<usize>> {
    let mut found = vec![None; drafts.len()];
    let mut seen: std::collections::HashMap<(String, &str), Vec<usize>> = std::collections::HashMap::new();
    for (place, draft) in drafts.iter().enumerate() {
        let Some((figure, measure)) = comparable(doc, draft) else { continue };
        let earlier = seen.entry((measure, figure.unit_code())).or_default();
        // Long texts repeat a measure hundreds of times; the first few are enough.
        const MAX: usize = 16;
        found[place] = earlier.iter().copied().find(|&other| contradict(doc, &drafts[other], draft));
        if earlier.len() < MAX {
            earlier.push(place);
        }
    }
    found
}

/// The figure of a claim that can contradict another, and its measure in lower case without an article.
fn comparable<'d>(doc: &'d DocumentView<'d>, draft: &Draft) -> Option<(Figure<'d>, String)> {
    let [id] = draft.figures[..] else { return None };
    let figure = doc.figure(id)?;
    let exact = matches!(figure.value(), Some(Value::Number(_))) && figure.bound().is_none();
    let valued = draft.kind == ClaimKind::Figure || draft.change != Some(id);
    if !exact || !valued || !is_plain(draft.attitude) || figure.kind() == FigureKind::Duration {
        return None;
    }
    let measure = doc.slice(draft.measure?).to_lowercase();
    let bare =
        ["the ", "a ", "an ", "its ", "their "].iter().find_map(|article| measure.strip_prefix(article));
    let bare = bare.unwrap_or(&measure).to_owned();
    // "people" and "homes" are counted repeatedly in one article, each time different ones.
    (figure.kind() != FigureKind::Count || bare.contains(' ')).then_some((figure, bare))
}

fn contradict(doc: &DocumentView<'_>, earlier: &Draft, later: &Draft) -> bool {
    let value = |draft: &Draft| {
        draft.figures.first().and_then(|id| doc.figure(*id)).and_then(|figure| figure.value())
    };
    let period = |id: Option<FigureId>| id.and_then(|id| doc.figure(id)).and_then(|figure| figure.value());
    let (first, second) = (period(earlier.period), period(later.period));
    let voices = earlier.speaker != later.speaker || earlier.quote.is_none() != later.quote.is_none();
    let time = match (first, second) {
        (Some(first), Some(second)) => first == second,
        // Without a date only the figure of another speaker contradicts: the same speaker's may be of another time.
        (None, None) => voices,
        _ => false,
    };
    let shared = earlier.about.iter().any(|entity| later.about.contains(entity))
        || earlier.about.is_empty() && later.about.is_empty();
    time && shared && earlier.span != later.span && value(earlier) != value(later)
}
