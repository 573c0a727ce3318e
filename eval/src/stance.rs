//! Stances: which opinion one of two marked mentions holds of the other.
//!
//! Each pair has one of five outcomes: none, or a positive or negative opinion of the first towards the second or the other way
//! round. Of several stances between the entities of the two, the one with the most extreme polarity counts.

use copydesk_core::layers::{EntityId, Label};
use copydesk_core::{DocumentView, Span};

use copydesk_gold::{GoldDocument, GoldOpinion as Opinion};

use crate::Scorer;
use crate::measure::{Row, Score};

/// The least confidences of the curve.
const CUTS: [f32; 8] = [0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];

#[derive(Default)]
pub(crate) struct Stances {
    /// What is annotated, what was found, and how confidently.
    pairs: Vec<(Opinion, Opinion, f32)>,
}

fn entities_at(found: &DocumentView<'_>, span: Span) -> Vec<EntityId> {
    let over = |mention: Span| mention.start() < span.end() && span.start() < mention.end();
    found.mentions().filter(|mention| over(mention.span)).map(|mention| mention.entity).collect()
}

/// The stance between the entities of two spans.
fn found_between(found: &DocumentView<'_>, spans: [Span; 2]) -> (Opinion, f32) {
    let [first, second] = spans.map(|span| entities_at(found, span));
    let mut best: (Opinion, f32, f32) = (Opinion::None, 0.0, 0.0);
    for stance in found.sentiment().stances() {
        let (Some(holder), Some(target)) = (stance.holder(), stance.target()) else { continue };
        let forwards = first.contains(&holder) && second.contains(&target);
        if !(forwards || second.contains(&holder) && first.contains(&target)) {
            continue;
        }
        let polarity = stance.polarity();
        if polarity.label != Label::Neutral && polarity.score.abs() > best.1 {
            let opinion = if forwards { Opinion::OfSecond } else { Opinion::OfFirst };
            best = (opinion(polarity.label), polarity.score.abs(), polarity.confidence);
        }
    }
    (best.0, best.2)
}

fn named(opinion: Opinion) -> String {
    match opinion {
        Opinion::None => "none".to_owned(),
        Opinion::OfSecond(label) => format!("first of second, {label}"),
        Opinion::OfFirst(label) => format!("second of first, {label}"),
    }
}

impl Scorer for Stances {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        let Some((spans, wanted)) = gold.opinion() else { return Vec::new() };
        let (got, confidence) = found_between(found, spans);
        self.pairs.push((wanted, got, confidence));
        if wanted == got {
            return Vec::new();
        }
        let [first, second] = spans.map(|span| found.slice(span));
        let (got, wanted) = (named(got), named(wanted));
        vec![format!("{}: {got}; not {wanted}: {first:?}, {second:?} in: {}", gold.id, gold.text)]
    }

    fn rows(&self) -> Vec<Row> {
        if self.pairs.is_empty() {
            return Vec::new();
        }
        let outcomes = [
            Opinion::None,
            Opinion::OfSecond(Label::Positive),
            Opinion::OfFirst(Label::Positive),
            Opinion::OfSecond(Label::Negative),
            Opinion::OfFirst(Label::Negative),
        ];
        let mut rows = Vec::new();
        let mut sum = 0.0;
        for outcome in outcomes {
            let score = Score {
                right: self
                    .pairs
                    .iter()
                    .filter(|(wanted, got, _)| *wanted == outcome && *got == outcome)
                    .count(),
                found: self.pairs.iter().filter(|(_, got, _)| *got == outcome).count(),
                gold: self.pairs.iter().filter(|(wanted, ..)| *wanted == outcome).count(),
            };
            sum += score.f1();
            rows.push(Row::Prf(format!("stance {}", named(outcome)), score));
        }
        let same = self.pairs.iter().filter(|(wanted, got, _)| wanted == got).count();
        rows.push(Row::Share("stance macro-F1".to_owned(), sum / 5.0, self.pairs.len()));
        rows.push(Row::share("stance right", same, self.pairs.len()));
        rows.extend(CUTS.map(|cut| {
            let sure = |got: &Opinion, confidence: f32| *got != Opinion::None && confidence >= cut;
            let score = Score {
                right: self.pairs.iter().filter(|(wanted, got, at)| sure(got, *at) && wanted == got).count(),
                found: self.pairs.iter().filter(|(_, got, at)| sure(got, *at)).count(),
                gold: self.pairs.iter().filter(|(wanted, ..)| *wanted != Opinion::None).count(),
            };
            Row::Prf(format!("stance with confidence from {cut:.1}"), score)
        }));
        rows
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::layers::{EntityKind, MentionForm, Polarity};
    use copydesk_core::{Document, Emitter, layer};
    use serde_json::json;

    use super::*;

    copydesk_core::rules! {
        /// The rule of the annotations that the tests set up.
        TEST = Finds "test" { what: "Sets up.", why: "A test.", example: "[a]", counterexample: "[b]" }
    }

    /// The rows for a sentence in which Ann thinks ill of Eva, by its gold.
    fn rows(direction: &str, label: &str) -> Vec<String> {
        let gold = json!({"id": "a", "text": "Ann hates Eva.", "p": {"start": 0, "end": 3},
            "q": {"start": 10, "end": 13}, "direction": direction, "label": label});
        let gold = GoldDocument::new(gold).expect("gold");
        let mut document = Document::new(gold.source()).expect("short enough");
        let mut emitter = Emitter::new();
        let span = |start, end| document.view().span(start, end).expect("a span");
        for (name, at) in [("Ann", span(0, 3)), ("Eva", span(10, 13))] {
            emitter.entity(EntityKind::Person, name, TEST).mention(at, MentionForm::Name);
        }
        document.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
        let ids: Vec<EntityId> = document.view().mentions().map(|mention| mention.entity).collect();
        let mut emitter = Emitter::new();
        emitter.stance(Some(ids[0].into()), Some(ids[1].into()), Polarity::new(-0.8, 0.25, 0.7), TEST);
        document.absorb(&emitter, &[layer::SENTIMENT]).expect("right annotations");
        let mut scorer = Stances::default();
        scorer.score(&gold, &document.view());
        scorer
            .rows()
            .iter()
            .map(|row| row.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn direction_and_label_must_be_right() {
        assert_eq!(rows("pq", "negative")[6], "stance right 100.0 % of 1");
        assert_eq!(rows("qp", "negative")[6], "stance right 0.0 % of 1");
        assert_eq!(rows("pq", "positive")[6], "stance right 0.0 % of 1");
        assert_eq!(rows("none", "neutral")[6], "stance right 0.0 % of 1");
    }

    #[test]
    fn the_curve_counts_what_is_confident_enough() {
        let rows = rows("pq", "negative");
        assert_eq!(rows[12], "stance with confidence from 0.7 P 100.0 R 100.0 F1 100.0 gold 1");
        assert_eq!(rows[13], "stance with confidence from 0.8 P 0.0 R 0.0 F1 0.0 gold 1");
    }
}
