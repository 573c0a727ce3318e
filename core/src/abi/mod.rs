//! The boundary between the host and a stage in a shared library: plain C, versioned, nothing owned ever crosses.
//!
//! A library exports one data symbol, [`SYMBOL`], of type [`Plugin`]. The host checks its header before it calls anything.
//! Documents cross as borrowed slices ([`RawDocument`]), results go back through callbacks ([`Host`]) that copy. The C side
//! of these declarations is `core/include/copydesk.h`; a test holds the two together.
//!
//! Compatibility: the major version must be equal, a plugin's minor version at most the host's. Within a major version:
//!
//! - Structs that begin with `struct_size` grow at their end. A reader takes what both sides know; what the sender does not
//!   know reads as zero.
//! - Records of arrays grow at their end. A reader goes from one to the next by the array's `stride`; fields that the sender
//!   does not know read as "not given".
//! - New layers are new arrays at the end of [`RawLayers`].
//! - Structs inside records (span, string, list, decimal, polarity) never change.
//! - Reserved bytes and unknown flags are refused, so that a later version can give them a meaning.
//!
//! `layout.txt` holds the size and place of everything; a test fails where it changes and the version does not.

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
