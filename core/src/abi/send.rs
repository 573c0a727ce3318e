//! Conversion from Rust to raw: borrows a document or layers for the other side.

use super::raw::{Bytes, EXPLAINED, RawDocument, RawLayers, RawSlice};
use crate::DocumentView;
use crate::layers::{LayersView, layer_arrays};

macro_rules! send_layers {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        /// The layers in raw form. Valid as long as the data that the view borrows.
        pub(super) fn raw_layers(view: &LayersView<'_>) -> RawLayers {
            RawLayers {
                struct_size: size_of::<RawLayers>() as u32,
                reserved: 0,
                strings: Bytes::of(view.strings),
                $($(#[cfg($cfg)])? $field: RawSlice::of(view.$field),)+
            }
        }
    };
}
layer_arrays!(send_layers);

/// The annotations of a document in raw form. Valid as long as the data that the view borrows.
pub fn document_layers(view: &DocumentView<'_>) -> RawLayers {
    raw_layers(&view.layers)
}

/// The document in raw form, with the layers from [`document_layers`]. Valid as long as the data that the view borrows.
pub fn raw_document(view: &DocumentView<'_>, layers: &RawLayers) -> RawDocument {
    let optional = |text: Option<&str>| text.map_or(Bytes::ABSENT, Bytes::of);
    RawDocument {
        struct_size: size_of::<RawDocument>() as u32,
        flags: if view.explained { EXPLAINED } else { 0 },
        id: Bytes::of(view.id),
        text: Bytes::of(view.text),
        title: optional(view.title),
        date: optional(view.date),
        targets: RawSlice::of(view.targets),
        tokens: RawSlice::of(view.tokens),
        sentences: RawSlice::of(view.sentences),
        paragraphs: RawSlice::of(view.paragraphs),
        zones: RawSlice::of(view.zones),
        layers,
        #[cfg(feature = "abi-next")]
        next: 7,
    }
}
