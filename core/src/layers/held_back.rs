//! Annotations that stages found and suppressed, to explain why something is missing.

use super::fields::{Fields, Record};
use super::{LayersView, StrRef};
use crate::{DocumentView, Emitter, RuleId, Span};

/// An annotation that a rule suppressed, as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HeldBackRecord {
    pub(crate) span: Span,
    /// The rule that would have made the annotation; empty if it has no name.
    pub(crate) candidate: StrRef,
    /// The rule that suppressed it.
    pub(crate) rule: StrRef,
    pub(crate) confidence: f32,
}

impl Record for HeldBackRecord {
    const NAME: &'static str = "held back";
    const FIRST_SIZE: usize = 28;
    const ABSENT: Self =
        Self { span: Span::ABSENT, candidate: StrRef::EMPTY, rule: StrRef::EMPTY, confidence: 1.0 };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.string("candidate", &mut self.candidate);
        fields.string("rule", &mut self.rule);
        fields.unit("confidence", self.confidence);
        fields.required("rule", self.rule.len > 0);
    }
}

/// An annotation that a rule suppressed.
#[derive(Clone, Copy)]
pub struct HeldBack<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a HeldBackRecord,
}

impl<'a> HeldBack<'a> {
    /// The words that would have been annotated.
    pub fn span(self) -> Span {
        self.record.span
    }
    /// The rule that would have made the annotation; empty if it has no name.
    pub fn candidate(self) -> &'a str {
        self.layers.str(self.record.candidate)
    }
    /// The rule that suppressed it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record.rule)
    }
    /// The stage's confidence in the annotation, 0..1.
    pub fn confidence(self) -> f32 {
        self.record.confidence
    }
}

impl DocumentView<'_> {
    /// Whether stages should report the annotations that they suppress.
    pub fn is_explained(&self) -> bool {
        self.explained
    }

    /// The annotations that earlier stages suppressed; empty unless the document is explained.
    pub fn held_back(&self) -> impl ExactSizeIterator<Item = HeldBack<'_>> {
        self.layers.held_back.iter().map(|record| HeldBack { layers: &self.layers, record })
    }
}

impl Emitter {
    /// Reports that `rule` suppressed an annotation that `candidate` would have made, with the confidence that it would have had.
    /// Does nothing unless the document [is explained](DocumentView::is_explained).
    pub fn held_back(&mut self, span: Span, candidate: Option<RuleId>, rule: RuleId, confidence: f32) {
        if !self.explains {
            return;
        }
        let candidate = candidate.map_or(StrRef::EMPTY, |rule| self.layers.push_str(rule.code()));
        let rule = self.layers.push_str(rule.code());
        self.layers.held_back.push(HeldBackRecord { span, candidate, rule, confidence });
    }
}
