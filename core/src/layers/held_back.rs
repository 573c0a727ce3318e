//! What stages found and held back: for people who ask why something is missing.

use super::fields::{Fields, Record};
use super::{LayersView, StrRef};
use crate::{DocumentView, Emitter, RuleId, Span};

/// Something that a rule held back, as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct HeldBackRecord {
    pub(crate) span: Span,
    /// The rule that would have made an annotation; empty where it has no name of its own.
    pub(crate) candidate: StrRef,
    /// The rule that held it back.
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

/// Something that a rule held back, read.
#[derive(Clone, Copy)]
pub struct HeldBack<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a HeldBackRecord,
}

impl<'a> HeldBack<'a> {
    /// What would have been annotated.
    pub fn span(self) -> Span {
        self.record.span
    }
    /// The rule that would have made the annotation; empty where it has no name of its own.
    pub fn candidate(self) -> &'a str {
        self.layers.str(self.record.candidate)
    }
    /// The rule that held it back.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record.rule)
    }
    /// How sure the stage was of the annotation, 0..1.
    pub fn confidence(self) -> f32 {
        self.record.confidence
    }
}

impl DocumentView<'_> {
    /// Whether stages are asked to tell what they hold back.
    pub fn is_explained(&self) -> bool {
        self.explained
    }

    /// What the stages so far held back; empty unless the document is explained.
    pub fn held_back(&self) -> impl ExactSizeIterator<Item = HeldBack<'_>> {
        self.layers.held_back.iter().map(|record| HeldBack { layers: &self.layers, record })
    }
}

impl Emitter {
    /// Tells that `rule` held back an annotation that `candidate` would have made, with the confidence that it would have had.
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
