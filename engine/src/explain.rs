//! Why an annotation exists or is missing: what each rule made, and what it held back.

use copydesk_core::layers::{Claimant, EntityId, Polarity};
use copydesk_core::{DocumentView, Effect, RuleInfo, Span, layer};
use serde::Serialize;

use crate::plan::Plan;

/// An annotation that a rule made or held back.
#[derive(Clone, Debug, Serialize)]
pub struct Finding<'a> {
    /// The layer.
    pub layer: &'a str,
    /// The full code of the rule, `stage/code`.
    pub rule: String,
    /// Whether it made an annotation or held one back.
    pub effect: Effect,
    /// Its position in the text, in bytes. An annotation with several positions has a finding for each.
    #[serde(skip)]
    pub span: Span,
    /// The text at that position.
    pub text: &'a str,
    /// A description of the annotation: "person Anna Berg".
    pub what: String,
    /// For what was held back, the rule that would have made the annotation.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub candidate: String,
    /// The confidence of the stage, 0..1.
    pub confidence: f32,
}

/// All findings in a document from [`Analyzer::explain`](crate::Analyzer::explain), in text order. `held` has, for each stage of
/// the plan, the number of annotations held back up to the end of that stage.
pub fn findings<'a>(doc: &'a DocumentView<'a>, held: &[usize], plan: &Plan) -> Vec<Finding<'a>> {
    let mut found = Findings { doc, layers: plan.layers(), all: Vec::new() };
    found.entities();
    found.quotes();
    found.figures();
    found.sentiment();
    found.claims();
    found.customs();
    found.held_back(held, plan);
    found.all.sort_by_key(|finding| (finding.span.start(), finding.span.end()));
    found.all
}

/// The description of a rule by its full code, `stage/code`.
pub fn rule<'p>(plan: &'p Plan, code: &str) -> Option<&'p RuleInfo> {
    let (stage, code) = code.split_once('/')?;
    let stage = plan.stages().iter().find(|planned| planned.name() == stage)?;
    stage.info().rules.iter().find(|rule| rule.code == code)
}

struct Findings<'a> {
    doc: &'a DocumentView<'a>,
    /// Each layer and the stage that provides it.
    layers: Vec<(String, String)>,
    all: Vec<Finding<'a>>,
}

impl<'a> Findings<'a> {
    fn add(&mut self, layer: &'a str, rule: &str, span: Span, what: String, confidence: f32) {
        let stage = self.layers.iter().find(|(name, _)| name == layer).map_or("", |(_, stage)| stage);
        self.all.push(Finding {
            layer,
            rule: format!("{stage}/{rule}"),
            effect: Effect::Finds,
            span,
            text: self.doc.slice(span),
            what,
            candidate: String::new(),
            confidence,
        });
    }

    fn name(&self, entity: Option<EntityId>) -> &'a str {
        match entity {
            Some(id) => self.doc.entity(id).map_or("", |entity| entity.name()),
            None => "narrator",
        }
    }

    fn entities(&mut self) {
        for entity in self.doc.entities() {
            for mention in entity.mentions() {
                let what = format!("{} {} ({})", entity.kind(), entity.name(), mention.form);
                self.add(layer::ENTITIES, entity.rule(), mention.span, what, entity.confidence());
            }
        }
    }

    fn quotes(&mut self) {
        for quote in self.doc.quotes() {
            let speaker = quote.speaker().map_or("unnamed speaker", |span| self.doc.slice(span));
            let what = format!("{} quote of {speaker}", quote.kind());
            for content in quote.content() {
                self.add(layer::QUOTES, quote.rule(), *content, what.clone(), quote.confidence());
            }
        }
    }

    fn figures(&mut self) {
        for figure in self.doc.figures() {
            let what = format!("{} {}", figure.kind(), figure.unit_label()).trim_end().to_owned();
            self.add(layer::FIGURES, figure.rule(), figure.span(), what, figure.confidence());
        }
    }

    fn sentiment(&mut self) {
        let sentiment = self.doc.sentiment();
        let shown = |polarity: Polarity| format!("{} {:+.2}", polarity.label, polarity.score);
        for target in sentiment.targets() {
            let polarity = target.polarity();
            let what = format!("{} towards the target", shown(polarity));
            self.add(layer::SENTIMENT, target.rule(), target.span(), what, polarity.confidence);
        }
        for towards in sentiment.entities() {
            let first = self.doc.entity(towards.entity).and_then(|entity| entity.mentions().next());
            let what = format!("{} towards {}", shown(towards.polarity), self.name(Some(towards.entity)));
            let span = first.map_or_else(Span::default, |mention| mention.span);
            self.add(layer::SENTIMENT, towards.rule, span, what, towards.polarity.confidence);
        }
        for stance in sentiment.stances() {
            let polarity = stance.polarity();
            let what = format!(
                "{} of {} towards {}",
                shown(polarity),
                self.name(stance.holder()),
                self.name(stance.target())
            );
            for evidence in stance.evidence() {
                self.add(layer::SENTIMENT, stance.rule(), *evidence, what.clone(), polarity.confidence);
            }
        }
    }

    fn claims(&mut self) {
        for claim in self.doc.claims() {
            let speaker = match claim.claimant() {
                Claimant::Narrator => "narrator",
                Claimant::Entity(entity) => self.name(Some(entity)),
                Claimant::Other => "unnamed speaker",
            };
            let what = format!("{} claim of {speaker}, worth {:.2}", claim.kind(), claim.worth());
            self.add(layer::CLAIMS, claim.rule(), claim.span(), what, claim.confidence());
        }
    }

    fn customs(&mut self) {
        for custom in self.doc.customs() {
            let what = custom.payload().to_owned();
            self.add(custom.layer(), custom.rule(), custom.span(), what, custom.confidence());
        }
    }

    fn held_back(&mut self, counts: &[usize], plan: &Plan) {
        for (place, held) in self.doc.held_back().enumerate() {
            let stage = counts.partition_point(|count| *count <= place);
            let stage = plan.stages().get(stage).map_or("", |planned| planned.name());
            let full = |code: &str| if code.is_empty() { String::new() } else { format!("{stage}/{code}") };
            self.all.push(Finding {
                layer: "",
                rule: full(held.rule()),
                effect: Effect::HoldsBack,
                span: held.span(),
                text: self.doc.slice(held.span()),
                what: String::new(),
                candidate: full(held.candidate()),
                confidence: held.confidence(),
            });
        }
    }
}
