//! Annotated attributions as the quote stage learns from them.

use copydesk_core::{Document, Emitter, layer};
use copydesk_eval::GoldDocument;
use copydesk_quote::train::{AnnotatedAttribution, AnnotatedDocument};
use copydesk_syntax::Tagger;

/// A document with parts of speech and its attributions; none where it is too long.
pub(crate) fn annotated(gold: &GoldDocument, tagger: &Tagger) -> Option<AnnotatedDocument> {
    let mut document = Document::new(gold.source()).ok()?;
    let mut tags = Emitter::new();
    tagger.tag(&document.view(), |found| tags.parts_of_speech(found.iter().copied()));
    document.absorb(&tags, &[layer::SYNTAX]).ok()?;
    let attributions = gold.attributions().map(|attribution| AnnotatedAttribution {
        source: attribution.source,
        cue: attribution.cue,
        content: attribution.content,
    });
    Some(AnnotatedDocument { document, attributions: attributions.collect() })
}
