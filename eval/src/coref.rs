//! Coreference: which named entity a pronoun or nominal mention means.
//!
//! In annotated clusters, each mention that is not a name counts, in clusters with a name: it is found if a mention of that form
//! is on its head, and right if that mention's entity is also named where the cluster is. In choices between names for one
//! pronoun (GAP: Webster et al., 2018), each name counts on its own.

use std::collections::BTreeMap;

use copydesk_core::layers::{EntityId, MentionForm};
use copydesk_core::{DocumentView, Span};
use copydesk_gold::{GoldDocument, GoldMention};
use serde_json::Value;

use crate::Scorer;
use crate::entity::context;
use crate::measure::{Row, Score};

#[derive(Default)]
pub(crate) struct Coreference {
    /// By form of mention, and the choices between names.
    scores: BTreeMap<&'static str, Score>,
    /// Mentions whose entity has a name that was found: the upper bound of what can be right.
    reachable: BTreeMap<&'static str, usize>,
}

/// The forms that are scored.
const FORMS: [(&str, MentionForm); 2] =
    [("nominal", MentionForm::Nominal), ("pronoun", MentionForm::Pronoun)];
const CHOICES: &str = "choice between names";

fn is_name(form: MentionForm) -> bool {
    !matches!(form, MentionForm::Nominal | MentionForm::Pronoun)
}

/// The entities that have a mention over a part of the span, of the forms that are asked for.
fn entities_at(found: &DocumentView<'_>, span: Span, wanted: impl Fn(MentionForm) -> bool) -> Vec<EntityId> {
    let over = |mention: Span| mention.start() < span.end() && span.start() < mention.end();
    let mentions = found.mentions().filter(|mention| over(mention.span) && wanted(mention.form));
    mentions.map(|mention| mention.entity).collect()
}

impl Coreference {
    fn add(&mut self, row: &'static str, right: bool, found: bool, gold: bool) {
        let score = self.scores.entry(row).or_default();
        score.right += usize::from(right);
        score.found += usize::from(found);
        score.gold += usize::from(gold);
    }

    /// Scores the annotated mentions of one form; gives the errors.
    fn form(
        &mut self,
        gold: &GoldDocument,
        found: &DocumentView<'_>,
        (name, form): (&'static str, MentionForm),
    ) -> Vec<String> {
        let mut errors = Vec::new();
        let mut heads = Vec::new();
        for cluster in gold.clusters() {
            let names: Vec<Span> =
                cluster.mentions.iter().filter(|mention| mention.is_name()).map(|name| name.head).collect();
            let named: Vec<EntityId> =
                names.iter().flat_map(|name| entities_at(found, *name, is_name)).collect();
            let all = |mention: &&GoldMention| !mention.is_name() && !names.is_empty();
            for mention in cluster.mentions.iter().filter(all) {
                heads.push(mention.head);
                if mention.form != name {
                    continue;
                }
                *self.reachable.entry(name).or_default() += usize::from(!named.is_empty());
                let own = entities_at(found, mention.head, |own| own == form);
                let right = own.iter().any(|entity| named.contains(entity));
                self.add(name, right, !own.is_empty(), true);
                if !own.is_empty() && !right {
                    errors.push(format!("{}: wrong: {}", gold.id, context(found, mention.head)));
                }
            }
        }
        for mention in found.mentions().filter(|mention| mention.form == form) {
            let annotated = heads
                .iter()
                .any(|head| mention.span.start() <= head.start() && head.start() < mention.span.end());
            if !annotated {
                self.add(name, false, true, false);
                errors.push(format!("{}: not annotated: {}", gold.id, context(found, mention.span)));
            }
        }
        errors
    }

    /// Scores the names between which a pronoun chooses.
    fn choices(&mut self, gold: &GoldDocument, found: &DocumentView<'_>, pronoun: Span) -> Vec<String> {
        let own = entities_at(found, pronoun, |form| form == MentionForm::Pronoun);
        let mut errors = Vec::new();
        for candidate in gold.list("candidates") {
            let Some(span) = gold.span(candidate) else { continue };
            let wanted = candidate.get("same").and_then(Value::as_bool).unwrap_or(false);
            let named = entities_at(found, span, is_name);
            let same = named.iter().any(|entity| own.contains(entity));
            self.add(CHOICES, wanted && same, same, wanted);
            *self.reachable.entry(CHOICES).or_default() += usize::from(wanted && !named.is_empty());
            if wanted != same {
                errors.push(format!(
                    "{}: {}: {}",
                    gold.id,
                    if wanted { "missed" } else { "wrong" },
                    context(found, span)
                ));
            }
        }
        errors
    }
}

impl Scorer for Coreference {
    fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) -> Vec<String> {
        if let Some(pronoun) = gold.field("pronoun").and_then(|pronoun| gold.span(pronoun)) {
            return self.choices(gold, found, pronoun);
        }
        FORMS.into_iter().flat_map(|form| self.form(gold, found, form)).collect()
    }

    fn rows(&self) -> Vec<Row> {
        let mut rows = Vec::new();
        for (name, score) in self.scores.iter().filter(|(_, score)| score.gold > 0) {
            rows.push(Row::Prf(format!("coref {name}"), *score));
            let reachable = self.reachable.get(name).copied().unwrap_or(0);
            rows.push(Row::share(format!("coref {name}, entity named"), reachable, score.gold));
        }
        rows
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::layers::EntityKind;
    use copydesk_core::{Document, Emitter, layer};
    use serde_json::json;

    use super::*;

    copydesk_core::rules! {
        /// The rule of the annotations that the tests set up.
        TEST = Finds "test" { what: "Sets up.", why: "A test.", example: "[a]", counterexample: "[b]" }
    }

    /// The rows for a text in which "She" means Ann or Eva, by its gold.
    fn rows(gold: serde_json::Value, meant: &str) -> Vec<String> {
        let gold = GoldDocument::new(gold).expect("gold");
        let mut document = Document::new(gold.source()).expect("short enough");
        let mut emitter = Emitter::new();
        let span = |start, end| document.view().span(start, end).expect("a span");
        for (name, at) in [("Ann", span(0, 3)), ("Eva", span(8, 11))] {
            let entity = emitter.entity(EntityKind::Person, name, TEST).mention(at, MentionForm::Name);
            if name == meant {
                entity.mention(span(13, 16), MentionForm::Pronoun);
            }
        }
        document.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
        let mut scorer = Coreference::default();
        scorer.score(&gold, &document.view());
        scorer
            .rows()
            .iter()
            .map(|row| row.to_string().split_whitespace().collect::<Vec<_>>().join(" "))
            .collect()
    }

    #[test]
    fn clusters_are_scored_by_the_names_in_them() {
        let gold = json!({"id": "a", "text": "Ann met Eva. She left.", "clusters": [{"kind": "person", "mentions": [
            {"start": 0, "end": 3, "head": {"start": 0, "end": 3}, "form": "name"},
            {"start": 13, "end": 16, "head": {"start": 13, "end": 16}, "form": "pronoun"}]}]});
        assert_eq!(rows(gold.clone(), "Ann")[0], "coref pronoun P 100.0 R 100.0 F1 100.0 gold 1");
        assert_eq!(rows(gold.clone(), "Eva")[0], "coref pronoun P 0.0 R 0.0 F1 0.0 gold 1");
        assert_eq!(rows(gold, "nobody")[1], "coref pronoun, entity named 100.0 % of 1");
    }

    #[test]
    fn a_choice_between_names_is_scored_name_by_name() {
        let gold = json!({"id": "a", "text": "Ann met Eva. She left.", "pronoun": {"start": 13, "end": 16},
            "candidates": [{"start": 0, "end": 3, "same": true}, {"start": 8, "end": 11, "same": false}]});
        assert_eq!(
            rows(gold.clone(), "Ann")[0],
            "coref choice between names P 100.0 R 100.0 F1 100.0 gold 1"
        );
        assert_eq!(rows(gold, "Eva")[0], "coref choice between names P 0.0 R 0.0 F1 0.0 gold 1");
    }
}
