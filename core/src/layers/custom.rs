//! Custom layers of plugins, whose annotations contain JSON.

use serde::Serialize;

use super::fields::{Fields, Record};
use super::{Layers, LayersView, StrRef};
use crate::absorb::{Checked, Violation};
use crate::{DocumentView, Emitter, RuleId, Span, StageError};

/// An annotation of a custom layer, as stored and as sent over the plugin boundary.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct CustomRecord {
    pub(crate) layer: StrRef,
    pub(crate) span: Span,
    /// JSON.
    pub(crate) payload: StrRef,
    pub(crate) rule: StrRef,
    pub(crate) confidence: f32,
}

impl Record for CustomRecord {
    const NAME: &'static str = "custom annotation";
    const FIRST_SIZE: usize = 36;
    const ABSENT: Self = Self {
        layer: StrRef::EMPTY,
        span: Span::ABSENT,
        payload: StrRef::EMPTY,
        rule: StrRef::EMPTY,
        confidence: 1.0,
    };

    fn fields<F: Fields>(&mut self, fields: &mut F) {
        fields.span("span", self.span);
        fields.string("layer", &mut self.layer);
        fields.string("payload", &mut self.payload);
        fields.string("rule", &mut self.rule);
        fields.unit("confidence", self.confidence);
        fields.required("rule", self.rule.len > 0);
    }
}

/// Payloads are JSON.
pub(crate) fn check_whole(batch: &Layers) -> Checked {
    for (index, custom) in batch.customs.iter().enumerate() {
        if let Err(error) = serde_json::from_str::<serde::de::IgnoredAny>(batch.str(custom.payload)) {
            return Err(Violation::Payload { index, reason: error.to_string() });
        }
    }
    Ok(())
}

/// Sorts annotations by layer name, then by position.
pub(crate) fn sort(layers: &mut Layers) {
    let strings = std::mem::take(&mut layers.strings);
    let name = |at: StrRef| strings.get(at.start as usize..at.start as usize + at.len as usize).unwrap_or("");
    layers.customs.sort_by(|a, b| name(a.layer).cmp(name(b.layer)).then(a.span.cmp(&b.span)));
    layers.strings = strings;
}

/// An annotation of a custom layer.
#[derive(Clone, Copy)]
pub struct Custom<'a> {
    pub(crate) layers: &'a LayersView<'a>,
    pub(crate) record: &'a CustomRecord,
}

impl<'a> Custom<'a> {
    /// The layer's name.
    pub fn layer(self) -> &'a str {
        self.layers.str(self.record.layer)
    }
    /// The words that it marks.
    pub fn span(self) -> Span {
        self.record.span
    }
    /// Its JSON.
    pub fn payload(self) -> &'a str {
        self.layers.str(self.record.payload)
    }
    /// The rule that made it.
    pub fn rule(self) -> &'a str {
        self.layers.str(self.record.rule)
    }
    /// The stage's confidence in it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record.confidence
    }
}

impl DocumentView<'_> {
    /// The annotations of custom layers, by layer and text order.
    pub fn customs(&self) -> impl ExactSizeIterator<Item = Custom<'_>> {
        self.layers.customs.iter().map(|record| Custom { layers: &self.layers, record })
    }
}

impl Emitter {
    /// Adds an annotation of a custom layer, with a value of any type that serde can write as JSON.
    ///
    /// # Errors
    /// If the value cannot be written as JSON: a map whose keys are not strings, or a `Serialize` implementation that fails.
    pub fn custom(
        &mut self,
        layer: &str,
        span: Span,
        value: &impl Serialize,
        rule: RuleId,
    ) -> Result<CustomBuilder<'_>, StageError> {
        let payload = serde_json::to_string(value).map_err(StageError::failed)?;
        let (layer, payload) = (self.layers.push_str(layer), self.layers.push_str(&payload));
        let rule = self.intern(rule);
        self.layers.customs.push(CustomRecord { layer, span, payload, rule, confidence: 1.0 });
        Ok(CustomBuilder { index: self.layers.customs.len() - 1, emitter: self })
    }
}

/// Adds details to an annotation of a custom layer.
pub struct CustomBuilder<'e> {
    emitter: &'e mut Emitter,
    index: usize,
}

impl CustomBuilder<'_> {
    /// Sets the confidence, 0..1 (default 1).
    pub fn confidence(self, confidence: f32) -> Self {
        self.emitter.layers.customs[self.index].confidence = confidence;
        self
    }
}
