//! Names of persons, organisations and locations: right where span and kind are exactly those of the gold.

use std::collections::BTreeSet;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{DocumentView, Span};
use serde_json::Value;

use crate::Scorer;
use crate::gold::GoldDocument;
use crate::measure::{Row, Score};

const NAMES: [&str; 3] = ["PER", "ORG", "LOC"];

#[derive(Default)]
pub(crate) struct Entities {
    scores: [Score; 3],
}

/// The coarse kind of a gold label, as an index of `NAMES`. Label sets differ; what is in none of the three is not scored.
fn coarse(label: &str) -> Option<usize> {
    match label.to_lowercase().as_str() {
        "person" | "per" | "politician" => Some(0),
        "organization" | "organisation" | "org" | "politicalparty" | "corporation" => Some(1),
        "location" | "loc" | "gpe" | "country" | "place" | "facility" | "fac" => Some(2),
        _ => None,
    }
}

fn coarse_kind(kind: EntityKind) -> Option<usize> {
    match kind {
        EntityKind::Person => Some(0),
        EntityKind::Organization => Some(1),
        EntityKind::Location | EntityKind::Facility => Some(2),
        _ => None,
    }
}

impl Scorer for Entities {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        let wanted: BTreeSet<(Span, usize)> = gold
            .list("entities")
            .iter()
            .filter_map(|entity| {
                let kind = coarse(entity.get("label").and_then(Value::as_str)?)?;
                Some((gold.span(entity)?, kind))
            })
            .collect();
        let got: BTreeSet<(Span, usize)> = found
            .mentions()
            .filter(|mention| !matches!(mention.form, MentionForm::Nominal | MentionForm::Pronoun))
            .filter_map(|mention| Some((mention.span, coarse_kind(found.entity(mention.entity)?.kind())?)))
            .collect();
        for (_, kind) in &wanted {
            self.scores[*kind].gold += 1;
        }
        for (_, kind) in &got {
            self.scores[*kind].found += 1;
        }
        for (_, kind) in wanted.intersection(&got) {
            self.scores[*kind].right += 1;
        }
        let shown = |label: &str, (span, kind): &(Span, usize)| {
            format!(
                "{}: {label} {:?} {} in: {}",
                gold.id,
                found.slice(*span),
                NAMES[*kind],
                context(found, *span)
            )
        };
        let missed = wanted.difference(&got).map(|name| shown("missed", name));
        missed.chain(got.difference(&wanted).map(|name| shown("wrong", name))).collect()
    }

    fn rows(&self) -> Vec<Row> {
        let sum = |field: fn(&Score) -> usize| self.scores.iter().map(field).sum();
        let all = Score { right: sum(|s| s.right), found: sum(|s| s.found), gold: sum(|s| s.gold) };
        let kinds =
            NAMES.iter().zip(self.scores).map(|(name, score)| Row::Prf(format!("entity {name}"), score));
        kinds.chain([Row::Prf("entity PER+ORG+LOC".to_owned(), all)]).collect()
    }
}

/// The words around a span, on one line.
pub(crate) fn context(doc: &DocumentView<'_>, span: Span) -> String {
    let first = doc.token_at(span.start()).saturating_sub(6);
    let last = (doc.token_at(span.end()) + 6).min(doc.tokens().len());
    doc.slice(doc.token_span(first, last)).split_whitespace().collect::<Vec<_>>().join(" ")
}
