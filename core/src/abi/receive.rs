//! Conversion from raw to Rust: pointers, sizes and encoding are checked before anything received is used.
//!
//! The memory that a pointer refers to cannot be checked here; by the contract it has the stated size or length and is valid during the
//! call. Every field *inside* a record is a plain number, so any bytes make a valid record, and the values are checked when the
//! document absorbs them.
#![expect(unsafe_code, reason = "turns the other side's pointers into slices")]

use std::cell::RefCell;
use std::mem::MaybeUninit;

use super::raw::{Bytes, EXPLAINED, Growing, RawDocument, RawLayers, RawSlice};
use crate::layers::fields::Record;
use crate::layers::{Layers, LayersView, layer_arrays};
use crate::{DocumentView, Emitter};

/// A larger number of records in one array is taken for a corrupt length if the text is not known.
const MAX_RECORDS: usize = 1 << 28;
/// The maximum size of a record in any version.
const MAX_RECORD_SIZE: usize = 4096;

/// The reason why received data cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AbiError {
    /// A required pointer is null.
    #[error("{0} is null")]
    Null(&'static str),
    /// A pointer is not aligned for its type.
    #[error("{0} is not aligned")]
    Misaligned(&'static str),
    /// A length exceeds the maximum of a document.
    #[error("{0} claims {1} records")]
    TooLong(&'static str, usize),
    /// A struct is smaller than it was in the first version.
    #[error("{0} has a struct_size of {1}, expected at least {2}")]
    Size(&'static str, u32, usize),
    /// The records of an array are smaller than they were in the first version, or their size breaks their alignment.
    #[error("{0} has a stride of {1}, expected at least {2} and a multiple of {3}")]
    Stride(&'static str, u32, usize, usize),
    /// Reserved bytes are not zero.
    #[error("the reserved bytes of {0} are not zero")]
    Reserved(&'static str),
    /// Text is not UTF-8.
    #[error("{0} is not UTF-8")]
    Encoding(&'static str),
    /// Packed bytes are too short or too long.
    #[error("the bytes of {0} are not as long as they should be")]
    CutOff(&'static str),
}

/// Borrowed bytes as text.
///
/// # Safety
/// If `bytes.data` is not null, it must point to `bytes.len` bytes that do not change during `'a`.
pub unsafe fn bytes_as_str<'a>(bytes: Bytes, what: &'static str) -> Result<&'a str, AbiError> {
    // SAFETY: the caller promises the bytes.
    let bytes = unsafe { received_bytes(bytes, what) }?;
    std::str::from_utf8(bytes).map_err(|_| AbiError::Encoding(what))
}

/// # Safety
/// As for [`bytes_as_str`].
unsafe fn received_bytes<'a>(bytes: Bytes, what: &'static str) -> Result<&'a [u8], AbiError> {
    if bytes.len == 0 {
        return Ok(&[]);
    }
    if bytes.data.is_null() {
        return Err(AbiError::Null(what));
    }
    if bytes.len > u32::MAX as usize {
        return Err(AbiError::TooLong(what, bytes.len));
    }
    // SAFETY: not null, of a possible length; the caller promises the bytes.
    Ok(unsafe { std::slice::from_raw_parts(bytes.data, bytes.len) })
}

/// Copies a struct that may be shorter or longer than the one known here: missing fields become zero, additional ones are
/// ignored.
///
/// # Safety
/// `raw` must be null or point to a struct with at least four bytes from `T::SIZE_AT` on, and with as many bytes as its
/// `struct_size` says.
pub(super) unsafe fn read_growing<T: Growing>(raw: *const T) -> Result<T, AbiError> {
    if raw.is_null() {
        return Err(AbiError::Null(T::NAME));
    }
    if !raw.is_aligned() {
        return Err(AbiError::Misaligned(T::NAME));
    }
    // SAFETY: the caller promises the field; no reference is made to a struct that may be shorter than `T`.
    let size = unsafe { raw.cast::<u8>().add(T::SIZE_AT).cast::<u32>().read() };
    if (size as usize) < T::FIRST_SIZE {
        return Err(AbiError::Size(T::NAME, size, T::FIRST_SIZE));
    }
    let mut value = MaybeUninit::<T>::zeroed();
    // SAFETY: both sides have this number of bytes; zero bytes are valid for missing fields, by the contract of `Growing`.
    unsafe {
        let known = (size as usize).min(size_of::<T>());
        raw.cast::<u8>().copy_to_nonoverlapping(value.as_mut_ptr().cast(), known);
        Ok(value.assume_init())
    }
}

/// Owns records that had to be copied because their size in the other side's version differs.
pub(super) struct Resized {
    /// An array with more records has a corrupt length.
    most: usize,
    /// In whole words, so that every record is aligned.
    kept: RefCell<Vec<Box<[u64]>>>,
}

impl Default for Resized {
    fn default() -> Self {
        Self::at_most(MAX_RECORDS)
    }
}

impl Resized {
    /// For arrays of at most this number of records.
    fn at_most(most: usize) -> Self {
        Self { most: most.min(MAX_RECORDS), kept: RefCell::default() }
    }

    /// A received array as a slice: in place if both sides have the same record size, otherwise copied and truncated or padded.
    ///
    /// # Safety
    /// If `raw.len` is not zero, `raw.data` must point to this number of records of `raw.stride` bytes that do not change during
    /// `'a`.
    // A document has dozens of arrays at each boundary, most of them empty and all of them of this size: the rest is not inlined.
    #[inline(always)]
    unsafe fn slice<'a, T: Record>(
        &'a self,
        raw: RawSlice<T>,
        what: &'static str,
    ) -> Result<&'a [T], AbiError> {
        if raw.len == 0 {
            return Ok(&[]);
        }
        let len = raw.len as usize;
        let fits = len <= self.most && !raw.data.is_null() && raw.data.is_aligned();
        if fits && raw.stride as usize == size_of::<T>() {
            // SAFETY: not null, aligned, of a possible length; the caller promises the records.
            return Ok(unsafe { std::slice::from_raw_parts(raw.data, len) });
        }
        // SAFETY: as promised by the caller.
        unsafe { self.resized(raw, what) }
    }

    /// A received array with records of another size, copied; or what is wrong with it.
    ///
    /// # Safety
    /// As for [`Resized::slice`].
    #[cold]
    unsafe fn resized<'a, T: Record>(
        &'a self,
        raw: RawSlice<T>,
        what: &'static str,
    ) -> Result<&'a [T], AbiError> {
        if raw.data.is_null() {
            return Err(AbiError::Null(what));
        }
        if !raw.data.is_aligned() {
            return Err(AbiError::Misaligned(what));
        }
        let stride = raw.stride as usize;
        let possible = T::FIRST_SIZE..=MAX_RECORD_SIZE;
        if !possible.contains(&stride) || !stride.is_multiple_of(align_of::<T>()) {
            return Err(AbiError::Stride(what, raw.stride, T::FIRST_SIZE, align_of::<T>()));
        }
        let len = raw.len as usize;
        if len > self.most {
            return Err(AbiError::TooLong(what, len));
        }
        let mut words = vec![0u64; (len * size_of::<T>()).div_ceil(8)].into_boxed_slice();
        let records = words.as_mut_ptr().cast::<T>();
        let known = stride.min(size_of::<T>());
        for index in 0..len {
            // SAFETY: the caller guarantees the source; the target has space for `len` records and is aligned for words.
            unsafe {
                let record = records.add(index);
                record.write(T::ABSENT);
                let from = raw.data.cast::<u8>().add(index * stride);
                from.copy_to_nonoverlapping(record.cast(), known);
            }
        }
        self.kept.borrow_mut().push(words);
        // SAFETY: `len` records were written there; the box does not move while `self` lives.
        Ok(unsafe { std::slice::from_raw_parts(records, len) })
    }
}

macro_rules! receive_layers {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        /// Received layers as a view. Strings are checked to be UTF-8; ids, lists and spans are checked later.
        ///
        /// # Safety
        /// Every array must have the stated length and not change during `'a`.
        unsafe fn layers_view<'a>(raw: &RawLayers, resized: &'a Resized) -> Result<LayersView<'a>, AbiError> {
            if raw.reserved != 0 {
                return Err(AbiError::Reserved("layers"));
            }
            // SAFETY: the caller promises the arrays.
            unsafe {
                Ok(LayersView {
                    strings: bytes_as_str(raw.strings, "strings")?,
                    $($(#[cfg($cfg)])? $field: resized.slice(raw.$field, stringify!($field))?,)+
                })
            }
        }

        /// Fails for the first array that has more records than permitted, including those of earlier batches.
        fn check_sums(before: &Layers, layers: &LayersView<'_>, most: usize) -> Result<(), AbiError> {
            $($(#[cfg($cfg)])? {
                let sum = before.$field.len() + layers.$field.len();
                if sum > most {
                    return Err(AbiError::TooLong(stringify!($field), sum));
                }
            })+
            Ok(())
        }

        impl LayersView<'_> {
            fn to_layers(self) -> Layers {
                Layers { strings: self.strings.to_owned(), $($(#[cfg($cfg)])? $field: self.$field.to_vec(),)+ }
            }
        }
    };
}
layer_arrays!(receive_layers);

/// Copies the output of a plugin into the host's emitter. Its ids, spans and strings are checked when the document absorbs it.
///
/// # Errors
/// If a pointer, size or encoding is invalid; the emitter is then unchanged.
///
/// # Safety
/// `raw` must be null or point to a `RawLayers` of any version whose arrays have the stated lengths during the call.
pub unsafe fn append_received(emitter: &mut Emitter, raw: *const RawLayers) -> Result<(), AbiError> {
    let most = if emitter.max_records == 0 { MAX_RECORDS } else { emitter.max_records };
    let resized = Resized::at_most(most);
    // SAFETY: the caller promises the struct and its arrays.
    let layers = unsafe { layers_view(&read_growing(raw)?, &resized) }?;
    check_sums(&emitter.layers, &layers, most)?;
    let layers = layers.to_layers();
    if emitter.layers.is_empty() && emitter.layers.strings.is_empty() {
        emitter.layers = layers;
    } else {
        crate::absorb::append(&mut emitter.layers, &layers);
    }
    Ok(())
}

/// The view of a document that a plugin receives.
///
/// # Safety
/// `raw` must be null or point to a `RawDocument` that the host created with [`raw_document`](super::raw_document), valid for
/// `'a`.
pub(super) unsafe fn document_view<'a>(
    raw: *const RawDocument,
    resized: &'a Resized,
) -> Result<DocumentView<'a>, AbiError> {
    // SAFETY: the caller guarantees struct and arrays. The host's text and strings are `str`, so their encoding is valid.
    unsafe {
        let raw = read_growing(raw)?;
        let trusted = |bytes: Bytes| -> Result<&'a str, AbiError> {
            Ok(std::str::from_utf8_unchecked(received_bytes(bytes, "text")?))
        };
        let optional = |bytes: Bytes| -> Result<Option<&'a str>, AbiError> {
            if bytes.data.is_null() { Ok(None) } else { trusted(bytes).map(Some) }
        };
        Ok(DocumentView {
            id: trusted(raw.id)?,
            text: trusted(raw.text)?,
            title: optional(raw.title)?,
            date: optional(raw.date)?,
            targets: resized.slice(raw.targets, "targets")?,
            tokens: resized.slice(raw.tokens, "tokens")?,
            sentences: resized.slice(raw.sentences, "sentences")?,
            paragraphs: resized.slice(raw.paragraphs, "paragraphs")?,
            zones: resized.slice(raw.zones, "zones")?,
            layers: layers_view(&read_growing(raw.layers)?, resized)?,
            explained: raw.flags & EXPLAINED != 0,
        })
    }
}
