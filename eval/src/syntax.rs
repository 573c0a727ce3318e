//! Parts of speech: right where the tag is exactly that of the treebank.

use std::collections::BTreeMap;

use copydesk_core::{DocumentView, Source};
use copydesk_engine::{Analyzer, Plan};
use copydesk_gold::TaggedText;

use crate::measure::{Outcome, Row};

/// Confusions that are shown.
const SHOWN: usize = 10;

/// Runs the plan over tagged texts and scores the syntax layer. Keeps up to `show` errors in their context.
pub fn evaluate_syntax(texts: &[TaggedText], plan: &Plan, show: usize) -> Outcome {
    let mut analyzer = Analyzer::new(plan);
    let mut outcome = Outcome { documents: texts.len(), ..Outcome::default() };
    let (mut right, mut all) = (0, 0);
    let mut confusions: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for text in texts {
        let analysed = match analyzer.analyze(Source { text: &text.text, ..Source::default() }) {
            Ok(analysed) => analysed.document.view(),
            Err(error) => {
                outcome.failed.push(error.to_string());
                continue;
            }
        };
        for (at, wanted) in text.tags(&analysed).into_iter().enumerate() {
            let (Some(wanted), Some(got)) = (wanted, analysed.parts_of_speech().get(at)) else { continue };
            all += 1;
            right += usize::from(wanted == got);
            if wanted != got {
                *confusions.entry((wanted.as_str(), got.as_str())).or_default() += 1;
                if outcome.errors.len() < show {
                    outcome.errors.push(format!("{wanted} taken for {got}: {}", around(&analysed, at)));
                }
            }
        }
    }
    if all > 0 {
        outcome.rows.push(Row::share("parts of speech right", right, all));
    }
    let mut confusions: Vec<_> = confusions.into_iter().collect();
    confusions.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    outcome.rows.extend(
        confusions
            .into_iter()
            .take(SHOWN)
            .map(|((wanted, got), count)| Row::share(format!("  {wanted} taken for {got}"), count, all)),
    );
    outcome
}

/// The word in brackets, among its neighbours.
fn around(doc: &DocumentView<'_>, at: usize) -> String {
    let words = |range: std::ops::Range<usize>| doc.slice(doc.token_span(range.start, range.end));
    let end = (at + 5).min(doc.tokens().len());
    format!("{} [{}] {}", words(at.saturating_sub(4)..at), words(at..at + 1), words(at + 1..end))
}
