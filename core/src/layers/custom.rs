//! Layers of a plugin's own, whose annotations carry JSON.

use super::{LayersView, StrRef};
use crate::Span;

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

/// An annotation of a custom layer, read.
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
    /// What it marks.
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
    /// How sure the stage is of it, 0..1.
    pub fn confidence(self) -> f32 {
        self.record.confidence
    }
}
