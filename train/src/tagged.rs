//! Documents with parts of speech, which most stages learn from.

use copydesk_core::{Document, Emitter, Source, layer};
use copydesk_syntax::Tagger;

/// A document with parts of speech by the built-in tagger; the reason where it cannot be had.
pub(crate) fn tagged(source: Source<'_>, tagger: &Tagger) -> Result<Document, String> {
    let mut document = Document::new(source).map_err(|error| error.to_string())?;
    let mut tags = Emitter::new();
    tagger.tag(&document.view(), |found| tags.parts_of_speech(found.iter().copied()));
    document.absorb(&tags, &[layer::SYNTAX]).map_err(|error| error.to_string())?;
    Ok(document)
}
