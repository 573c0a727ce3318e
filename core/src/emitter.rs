//! The emitter, which collects the annotations of a stage.

use crate::layers::{Layers, StrRef};
use crate::{DocumentView, RuleId};

/// Collects the annotations of one stage for one document.
///
/// Each method adds an annotation, names the rule that found it, and returns a builder for its details. The methods are defined
/// beside their layers, in [`layers`](crate::layers). Relations *within* a layer (a figure's period) take ids that this emitter
/// returned ([`NewFigure`](crate::layers::NewFigure)); relations to *another* layer (a quote's speaker) take ids from the
/// [`DocumentView`]. When the stage has finished, the host checks and sorts everything and maps the ids to those of the document.
#[derive(Clone, Debug, Default)]
pub struct Emitter {
    pub(crate) layers: Layers,
    /// The number of records of one kind that a loaded stage may pass in one call.
    pub(crate) max_records: usize,
    /// Whether suppressed annotations are recorded.
    pub(crate) explains: bool,
    /// The last rule and the position of its code in the string pool: consecutive annotations mostly have the same rule.
    last_rule: Option<(RuleId, StrRef)>,
}

/// A count above this, plus `MAX_RECORDS_PER_BYTE` for each byte of the text, is taken for a corrupt length.
const MAX_RECORDS: usize = 1 << 16;
/// See `MAX_RECORDS`.
const MAX_RECORDS_PER_BYTE: usize = 16;

impl Emitter {
    /// An empty emitter.
    pub fn new() -> Self {
        Self::default()
    }

    /// Removes all annotations, keeps the allocated memory, and prepares for a document.
    pub fn reset(&mut self, doc: &DocumentView<'_>) {
        self.layers.clear();
        self.last_rule = None;
        self.explains = doc.is_explained();
        self.max_records = MAX_RECORDS + doc.text().len().saturating_mul(MAX_RECORDS_PER_BYTE);
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
