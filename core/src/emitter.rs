//! Where a stage puts what it finds.

use crate::layers::{Layers, StrRef};
use crate::{DocumentView, RuleId};

/// Collects the annotations of one stage for one document.
///
/// Each method adds an annotation, names the rule that found it, and returns a builder for its details. The methods stand
/// beside the layer that they fill, in [`layers`](crate::layers). Relations *within* a layer (a figure's period) take ids that
/// this emitter gave ([`NewFigure`](crate::layers::NewFigure)); relations to *another* layer (a quote's speaker) take ids of
/// the [`DocumentView`]. The host checks everything when the stage is done, sorts it, and turns the ids into those of the
/// document.
#[derive(Clone, Debug, Default)]
pub struct Emitter {
    pub(crate) layers: Layers,
    /// How many records of one kind a loaded stage may hand over at once.
    pub(crate) most_records: usize,
    /// Whether what is held back is kept.
    pub(crate) explains: bool,
    /// The last rule and where its code stands: neighbours mostly share one.
    last_rule: Option<(RuleId, StrRef)>,
}

/// More records of one kind than these, and these for each byte of the text, are a broken length: nothing has so much to say.
const MOST_RECORDS: usize = 1 << 16;
/// See `MOST_RECORDS`.
const MOST_RECORDS_A_BYTE: usize = 16;

impl Emitter {
    /// An empty emitter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Drops all annotations, keeps the memory, and makes ready for a document.
    pub fn reset(&mut self, doc: &DocumentView<'_>) {
        self.layers.clear();
        self.last_rule = None;
        self.explains = doc.is_explained();
        self.most_records = MOST_RECORDS + doc.text().len().saturating_mul(MOST_RECORDS_A_BYTE);
    }

    pub(crate) fn intern(&mut self, rule: RuleId) -> StrRef {
        match self.last_rule {
            Some((last, at)) if last == rule => at,
            _ => {
                let at = self.layers.push_str(rule.code());
                self.last_rule = Some((rule, at));
                at
            }
        }
    }
}
