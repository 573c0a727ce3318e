//! Names: exact span and kind, overlap, each kind of the output, confusions; and, where the gold has entity
//! ids, clusters and links.

use std::collections::{BTreeMap, BTreeSet};

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::{DocumentView, Span};
use copydesk_gold::GoldDocument;
use serde_json::Value;

use crate::Scorer;
use crate::clusters::Clusters;
use crate::measure::{Row, Score};

const NAMES: [&str; 3] = ["PER", "ORG", "LOC"];

/// The name of "nothing" in the confusion table.
const NOTHING: &str = "nothing";

#[derive(Default)]
pub(crate) struct Entities {
    scores: [Score; 3],
    overlap: Score,
    /// Each kind of the output, where the gold has labels of that name.
    kinds: BTreeMap<&'static str, Score>,
    /// (gold, found) kinds of spans that are not right, and how often.
    confusions: BTreeMap<(&'static str, &'static str), usize>,
    clusters: Clusters,
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

/// The kind of the output that a gold label names.
fn fine(label: &str) -> Option<EntityKind> {
    let label = label.to_lowercase();
    match label.as_str() {
        "norp" => Some(EntityKind::Group),
        "organisation" => Some(EntityKind::Organization),
        label => EntityKind::from_word(label),
    }
}

fn is_name(form: MentionForm) -> bool {
    !matches!(form, MentionForm::Nominal | MentionForm::Pronoun)
}

impl Scorer for Entities {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        let named = |entity: &&Value| {
            !matches!(entity.get("form").and_then(Value::as_str), Some("nominal" | "pronoun"))
        };
        let labelled: Vec<(Span, &str)> = gold
            .list("entities")
            .iter()
            .filter(named)
            .filter_map(|entity| Some((gold.span(entity)?, entity.get("label").and_then(Value::as_str)?)))
            .collect();
        let wanted: BTreeSet<(Span, usize)> =
            labelled.iter().filter_map(|(span, label)| Some((*span, coarse(label)?))).collect();
        let mentions: Vec<(Span, EntityKind, f32)> = found
            .mentions()
            .filter(|mention| is_name(mention.form))
            .filter_map(|mention| {
                let entity = found.entity(mention.entity)?;
                Some((mention.span, entity.kind(), entity.confidence()))
            })
            .collect();
        let got: BTreeSet<(Span, usize)> =
            mentions.iter().filter_map(|(span, kind, _)| Some((*span, coarse_kind(*kind)?))).collect();
        for (score, kind) in self.scores.iter_mut().zip(0..) {
            score.gold += wanted.iter().filter(|name| name.1 == kind).count();
            score.found += got.iter().filter(|name| name.1 == kind).count();
            score.right += wanted.intersection(&got).filter(|name| name.1 == kind).count();
        }
        self.score_overlap(&wanted, &got);
        self.score_kinds(&labelled, &mentions);
        self.confuse(&wanted, &got);
        self.clusters.score(gold, found);

        let shown = |what: &str, (span, kind): &(Span, usize)| {
            let (words, around) = (found.slice(*span), context(found, *span));
            format!("{}: {what} {words:?} {} in: {around}", gold.id, NAMES[*kind])
        };
        // The worst errors first: what the stage was surest of.
        let sure = |span: Span| {
            mentions.iter().find(|(other, ..)| *other == span).map_or(0.0, |(.., confidence)| *confidence)
        };
        let mut wrong: Vec<_> = got.difference(&wanted).collect();
        wrong.sort_by(|a, b| sure(b.0).total_cmp(&sure(a.0)));
        let missed = wanted.difference(&got).map(|name| shown("missed", name));
        wrong.into_iter().map(|name| shown("wrong", name)).chain(missed).collect()
    }

    fn rows(&self) -> Vec<Row> {
        let sum = |field: fn(&Score) -> usize| self.scores.iter().map(field).sum();
        let all = Score { right: sum(|s| s.right), found: sum(|s| s.found), gold: sum(|s| s.gold) };
        let exact =
            NAMES.iter().zip(self.scores).map(|(name, score)| Row::Prf(format!("entity {name}"), score));
        let mut rows: Vec<Row> = exact.collect();
        rows.push(Row::Prf("entity PER+ORG+LOC".to_owned(), all));
        rows.push(Row::Prf("entity PER+ORG+LOC, overlapping".to_owned(), self.overlap));
        let kinds = self.kinds.iter().filter(|(_, score)| score.gold > 0);
        rows.extend(kinds.map(|(kind, score)| Row::Prf(format!("entity kind {kind}"), *score)));
        let mut confusions: Vec<_> = self.confusions.iter().collect();
        confusions.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let confusions = confusions.into_iter().take(9);
        rows.extend(
            confusions
                .map(|((gold, found), count)| Row::Count(format!("gold {gold}, found {found}"), *count)),
        );
        rows.extend(self.clusters.rows());
        rows
    }
}

impl Entities {
    /// Names of the same kind that share a character; each is right once.
    fn score_overlap(&mut self, wanted: &BTreeSet<(Span, usize)>, got: &BTreeSet<(Span, usize)>) {
        let touches = |a: &(Span, usize), others: &BTreeSet<(Span, usize)>| {
            others.iter().any(|b| a.1 == b.1 && a.0.overlaps(b.0))
        };
        self.overlap.gold += wanted.len();
        self.overlap.found += got.len();
        // Where one side has a name in two pieces, the fewer count.
        let right = wanted.iter().filter(|name| touches(name, got)).count();
        self.overlap.right += right.min(got.iter().filter(|name| touches(name, wanted)).count());
    }

    fn score_kinds(&mut self, labelled: &[(Span, &str)], mentions: &[(Span, EntityKind, f32)]) {
        let wanted: BTreeSet<(Span, &str)> =
            labelled.iter().filter_map(|(span, label)| Some((*span, fine(label)?.as_str()))).collect();
        let got: BTreeSet<(Span, &str)> =
            mentions.iter().map(|(span, kind, _)| (*span, kind.as_str())).collect();
        for kind in EntityKind::ALL.iter().map(|kind| kind.as_str()) {
            let score = self.kinds.entry(kind).or_default();
            score.gold += wanted.iter().filter(|name| name.1 == kind).count();
            score.found += got.iter().filter(|name| name.1 == kind).count();
            score.right += wanted.intersection(&got).filter(|name| name.1 == kind).count();
        }
    }

    fn confuse(&mut self, wanted: &BTreeSet<(Span, usize)>, got: &BTreeSet<(Span, usize)>) {
        let mut add =
            |gold: &'static str, found: &'static str| *self.confusions.entry((gold, found)).or_default() += 1;
        for name in wanted.difference(got) {
            let other = got.iter().find(|other| other.0.overlaps(name.0));
            match other {
                Some(other) if other.1 == name.1 => add(NAMES[name.1], "the same kind, other ends"),
                Some(other) => add(NAMES[name.1], NAMES[other.1]),
                None => add(NAMES[name.1], NOTHING),
            }
        }
        for name in got.iter().filter(|name| !wanted.iter().any(|other| other.0.overlaps(name.0))) {
            add(NOTHING, NAMES[name.1]);
        }
    }
}

/// The words around a span, on one line.
pub(crate) fn context(doc: &DocumentView<'_>, span: Span) -> String {
    let first = doc.token_at(span.start()).saturating_sub(6);
    let last = (doc.token_at(span.end()) + 6).min(doc.tokens().len());
    doc.slice(doc.token_span(first, last)).split_whitespace().collect::<Vec<_>>().join(" ")
}
