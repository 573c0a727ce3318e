//! Clusters of mentions: B-cubed (Bagga and Baldwin, 1998), and the links of entities.

use std::collections::BTreeMap;

use copydesk_core::{DocumentView, Span};
use copydesk_gold::GoldDocument;
use serde_json::Value;

use crate::measure::Row;

/// In gold: an entity that must not have a link of the scheme, as the state of Georgia has no country code.
const NO_LINK: &str = "-";

#[derive(Default)]
pub(crate) struct Clusters {
    precision: f64,
    found: usize,
    recall: f64,
    gold: usize,
    links_right: usize,
    links: usize,
}

impl Clusters {
    /// Compares the clusters of a document, if its gold has entity ids.
    pub(crate) fn score(&mut self, gold: &GoldDocument, found: &DocumentView<'_>) {
        let thing = |entity: &Value| Some((gold.span(entity)?, entity.get("thing")?.as_str()?.to_owned()));
        let wanted: BTreeMap<Span, String> = gold.list("entities").iter().filter_map(thing).collect();
        if wanted.is_empty() {
            return;
        }
        let got: BTreeMap<Span, usize> =
            found.mentions().map(|mention| (mention.span, mention.entity.index())).collect();
        // The share of a mention's cluster that belongs there; a mention that the other side lacks contributes 0.
        for (span, cluster) in &got {
            let own = got.iter().filter(|(_, other)| *other == cluster).map(|(span, _)| span);
            let (mut size, mut shared) = (0, 0);
            for other in own {
                size += 1;
                shared += usize::from(wanted.contains_key(span) && wanted.get(other) == wanted.get(span));
            }
            self.precision += shared as f64 / f64::from(size);
        }
        for (span, thing) in &wanted {
            let own = wanted.iter().filter(|(_, other)| *other == thing).map(|(span, _)| span);
            let (mut size, mut shared) = (0, 0);
            for other in own {
                size += 1;
                shared += usize::from(got.contains_key(span) && got.get(other) == got.get(span));
            }
            self.recall += shared as f64 / f64::from(size);
        }
        self.found += got.len();
        self.gold += wanted.len();
        self.score_links(gold, found, &wanted, &got);
    }

    /// A link is right if any mention of its gold entity has an entity with that link; where gold says that there is none, if no
    /// entity of its mentions has one.
    fn score_links(
        &mut self,
        gold: &GoldDocument,
        found: &DocumentView<'_>,
        wanted: &BTreeMap<Span, String>,
        got: &BTreeMap<Span, usize>,
    ) {
        let things = gold.field("things").and_then(Value::as_object);
        for (thing, links) in things.into_iter().flatten() {
            for (scheme, id) in links.as_object().into_iter().flatten() {
                self.links += 1;
                let spans = wanted.iter().filter(|(_, other)| *other == thing).map(|(span, _)| span);
                let clusters: Vec<usize> = spans.filter_map(|span| got.get(span)).copied().collect();
                let none = id.as_str() == Some(NO_LINK);
                let linked = found.entities().any(|entity| {
                    clusters.contains(&entity.id().index())
                        && entity
                            .links()
                            .any(|(key, value)| key == scheme && (none || Some(value) == id.as_str()))
                });
                self.links_right += usize::from(linked != none);
            }
        }
    }

    pub(crate) fn rows(&self) -> Vec<Row> {
        if self.gold == 0 {
            return Vec::new();
        }
        let share = |sum: f64, count: usize| if count == 0 { 0.0 } else { 100.0 * sum / count as f64 };
        let (precision, recall) = (share(self.precision, self.found), share(self.recall, self.gold));
        let sum = precision + recall;
        let f1 = if sum > 0.0 { 2.0 * precision * recall / sum } else { 0.0 };
        vec![
            Row::Share("cluster B-cubed precision".to_owned(), precision, self.found),
            Row::Share("cluster B-cubed recall".to_owned(), recall, self.gold),
            Row::Share("cluster B-cubed F1".to_owned(), f1, self.gold),
            Row::share("link right", self.links_right, self.links),
        ]
    }
}

#[cfg(test)]
mod tests {
    use copydesk_core::layers::{EntityKind, MentionForm};
    use copydesk_core::{Document, Emitter, layer};
    use serde_json::json;

    use super::*;

    copydesk_core::rules! {
        /// The rule of the annotations that the tests set up.
        TEST = Finds "test" { what: "Sets up.", why: "A test.", example: "[a]", counterexample: "[b]" }
    }

    /// How many links are right of one in gold, where another one or none was found.
    fn right(gold: &str, found: Option<&str>) -> usize {
        let gold = json!({
            "id": "a", "text": "Lebanon slept.", "things": {"l": {"iso3166": gold}},
            "entities": [{"start": 0, "end": 7, "label": "location", "thing": "l"}],
        });
        let gold = GoldDocument::new(gold).expect("gold");
        let mut document = Document::new(gold.source()).expect("short enough");
        let mut emitter = Emitter::new();
        let span = document.view().span(0, 7).expect("a span");
        emitter
            .entity(EntityKind::Location, "Lebanon", TEST)
            .links(found.map(|iso| ("iso3166", iso)))
            .mention(span, MentionForm::Name);
        document.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
        let mut clusters = Clusters::default();
        clusters.score(&gold, &document.view());
        clusters.links_right
    }

    #[test]
    fn a_thing_may_have_no_link() {
        assert_eq!((right("LB", Some("LB")), right("LB", Some("GE")), right("LB", None)), (1, 0, 0));
        assert_eq!((right("-", None), right("-", Some("LB"))), (1, 0));
    }
}
