//! From raw to Rust: nothing received is used before its pointers, sizes and encoding are checked.
//!
//! What a pointer leads to cannot be checked from here; the contract asks for `len` records there, alive during the call.
//! Every field *inside* a record is a plain number, so any bytes make a valid record, and the values are checked where the
//! document absorbs them.
#![expect(unsafe_code, reason = "turns the other side's pointers into slices")]

use super::raw::{Bytes, RawDocument, RawLayers, RawSlice};
use crate::layers::{Layers, LayersView, layer_arrays};
use crate::{DocumentView, Emitter};

/// Why something received cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AbiError {
    /// A pointer is null though its length is not zero.
    #[error("{0} is null")]
    Null(&'static str),
    /// A pointer is not aligned for what it leads to.
    #[error("{0} is not aligned")]
    Misaligned(&'static str),
    /// A length is more than any document can have.
    #[error("{0} claims {1} records")]
    TooLong(&'static str, usize),
    /// A struct is smaller than the smallest that this version knows.
    #[error("{0} has a struct_size of {1}, expected at least {2}")]
    Size(&'static str, u32, usize),
    /// Text is not UTF-8.
    #[error("{0} is not UTF-8")]
    Encoding(&'static str),
}

/// Borrowed bytes as text.
///
/// # Safety
/// Where `bytes.data` is not null, `bytes.len` bytes must stand there, unchanged for `'a`.
pub unsafe fn bytes_as_str<'a>(bytes: Bytes, what: &'static str) -> Result<&'a str, AbiError> {
    // SAFETY: the caller promises the bytes.
    let bytes = unsafe { slice(RawSlice { data: bytes.data, len: bytes.len }, what) }?;
    std::str::from_utf8(bytes).map_err(|_| AbiError::Encoding(what))
}

/// A received array as a slice.
///
/// # Safety
/// Where `raw.data` is not null, `raw.len` records must stand there, unchanged for `'a`.
unsafe fn slice<'a, T>(raw: RawSlice<T>, what: &'static str) -> Result<&'a [T], AbiError> {
    if raw.len == 0 {
        return Ok(&[]);
    }
    if raw.data.is_null() {
        return Err(AbiError::Null(what));
    }
    if !raw.data.is_aligned() {
        return Err(AbiError::Misaligned(what));
    }
    if raw.len > u32::MAX as usize
        || raw.len.checked_mul(size_of::<T>()).is_none_or(|n| n > isize::MAX as usize)
    {
        return Err(AbiError::TooLong(what, raw.len));
    }
    // SAFETY: not null, aligned, of a possible length; the caller promises the records.
    Ok(unsafe { std::slice::from_raw_parts(raw.data, raw.len) })
}

macro_rules! receive_layers {
    ($($(#[$doc:meta])* $field:ident: $record:ty,)+) => {
        /// Received layers as a view. Strings are checked to be UTF-8; ids, runs and spans are not yet.
        ///
        /// # Safety
        /// Every array must hold what its length says, unchanged for `'a`.
        unsafe fn layers_view<'a>(raw: &RawLayers) -> Result<LayersView<'a>, AbiError> {
            if (raw.struct_size as usize) < size_of::<RawLayers>() {
                return Err(AbiError::Size("layers", raw.struct_size, size_of::<RawLayers>()));
            }
            // SAFETY: the caller promises the arrays.
            unsafe {
                Ok(LayersView {
                    strings: bytes_as_str(raw.strings, "strings")?,
                    $($field: slice(raw.$field, stringify!($field))?,)+
                })
            }
        }

        impl LayersView<'_> {
            fn to_layers(self) -> Layers {
                Layers { strings: self.strings.to_owned(), $($field: self.$field.to_vec(),)+ }
            }
        }
    };
}
layer_arrays!(receive_layers);

/// Copies what a plugin emitted into the host's emitter. Its ids, spans and strings are checked when the document absorbs it.
///
/// # Safety
/// `raw` must be null or point to a `RawLayers` whose arrays hold what their lengths say during the call.
pub unsafe fn append_received(emitter: &mut Emitter, raw: *const RawLayers) -> Result<(), AbiError> {
    if raw.is_null() {
        return Err(AbiError::Null("layers"));
    }
    if !raw.is_aligned() {
        return Err(AbiError::Misaligned("layers"));
    }
    // SAFETY: the caller promises the struct and its arrays.
    let view = unsafe { layers_view(&*raw) }?;
    if emitter.layers().is_empty() && emitter.layers().strings.is_empty() {
        *emitter.layers_mut() = view.to_layers();
    } else {
        crate::receive::append(emitter.layers_mut(), &view.to_layers());
    }
    Ok(())
}

/// A document as a plugin receives it.
///
/// # Safety
/// `raw` must be null or point to a `RawDocument` that the host made with [`raw_document`](super::raw_document), alive for `'a`.
pub(crate) unsafe fn document_view<'a>(raw: *const RawDocument) -> Result<DocumentView<'a>, AbiError> {
    if raw.is_null() {
        return Err(AbiError::Null("document"));
    }
    // SAFETY: the caller promises the struct.
    let raw = unsafe { &*raw };
    if (raw.struct_size as usize) < size_of::<RawDocument>() {
        return Err(AbiError::Size("document", raw.struct_size, size_of::<RawDocument>()));
    }
    // SAFETY: the caller promises the arrays. The host's text and strings are `str` already, so their encoding holds.
    unsafe {
        let trusted = |bytes: Bytes| -> Result<&'a str, AbiError> {
            let bytes = slice(RawSlice { data: bytes.data, len: bytes.len }, "text")?;
            Ok(std::str::from_utf8_unchecked(bytes))
        };
        let optional = |bytes: Bytes| -> Result<Option<&'a str>, AbiError> {
            if bytes.data.is_null() { Ok(None) } else { trusted(bytes).map(Some) }
        };
        Ok(DocumentView {
            id: trusted(raw.id)?,
            text: trusted(raw.text)?,
            title: optional(raw.title)?,
            date: optional(raw.date)?,
            targets: slice(raw.targets, "targets")?,
            tokens: slice(raw.tokens, "tokens")?,
            sentences: slice(raw.sentences, "sentences")?,
            paragraphs: slice(raw.paragraphs, "paragraphs")?,
            zones: slice(raw.zones, "zones")?,
            layers: layers_view(&raw.layers)?,
        })
    }
}
