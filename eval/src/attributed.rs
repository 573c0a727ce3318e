//! Annotated attributions as the quote stage learns from them.

use copydesk_core::{Document, Emitter, Source};
use copydesk_quote::train::{AnnotatedAttribution, AnnotatedDocument};
use copydesk_syntax::Tagger;

use crate::gold::GoldDocument;

/// The documents with parts of speech and their attributions. Those without any attribution teach that there is none.
pub fn attributed(gold: &[GoldDocument], tagger: &Tagger) -> Vec<AnnotatedDocument> {
    gold.iter().filter_map(|gold| document(gold, tagger)).collect()
}

fn document(gold: &GoldDocument, tagger: &Tagger) -> Option<AnnotatedDocument> {
    let source = Source { id: &gold.id, text: &gold.text, title: gold.title.as_deref(), ..Source::default() };
    let mut document = Document::new(source).ok()?;
    let mut tags = Emitter::new();
    tagger.tag(&document.view(), |found| tags.parts_of_speech(found.iter().copied()));
    document.absorb(&tags, &[copydesk_core::layer::SYNTAX]).ok()?;
    let attributions = gold.list("quotes").iter().map(|quote| AnnotatedAttribution {
        source: gold.spans(quote.get("source")),
        cue: gold.spans(quote.get("cue")),
        content: gold.spans(quote.get("content")),
    });
    Some(AnnotatedDocument { document, attributions: attributions.collect() })
}
