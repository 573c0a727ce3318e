//! The boundary between the host and a stage in a shared library: plain C, versioned, without transfer of ownership.
//!
//! A library exports one data symbol, [`SYMBOL`], of type [`Plugin`]. The host checks its header before it calls anything.
//! Documents are passed as borrowed slices ([`RawDocument`]), results are returned through callbacks ([`Host`]) that copy. The C
//! form of these declarations is `core/include/copydesk.h`; a test compares the two.
//!
//! Compatibility: the major version must be equal, a plugin's minor version at most the host's. Within a major version:
//!
//! - Structs that begin with `struct_size` grow at their end. A reader uses the fields that both sides know; fields that the
//!   sender does not know are zero.
//! - Records of arrays grow at their end. A reader uses the array's `stride` to go from one to the next; fields that the sender
//!   does not know are "not given".
//! - New layers are new arrays at the end of [`RawLayers`].
//! - Structs inside records (span, string, list, decimal, polarity) never change.
//! - Reserved bytes that are not zero and unknown flags are rejected, so that a later version can use them.
//!
//! The files `core/frozen/layout-*.txt` record all sizes and offsets; a test fails if they change without a new version.

mod export;
mod host;
mod packed;
mod raw;
mod receive;
mod send;

pub use export::{StageEntry, plugin, stage_type};
pub use host::{HeaderError, Loaded, LoadedFactory, load};
pub use packed::{layout, pack_document, pack_emitted, unpack_document, unpack_emitted, words_as_bytes};
pub use raw::{
    ABI_MAJOR, ABI_MINOR, AnalyzeFn, Bytes, CreateFn, DescribeFn, DestroyFn, EmitFn, FAILED, Growing, Host,
    MAGIC, OK, Plugin, RawDocument, RawLayers, RawSlice, SYMBOL, StageType, TextFn,
};
pub use receive::{AbiError, append_received, bytes_as_str};
pub use send::{document_layers, raw_document};

#[cfg(test)]
mod tests;
