//! The boundary between the host and a stage in a shared library: plain C, versioned, nothing owned ever crosses.
//!
//! A library exports one data symbol, [`SYMBOL`], of type [`Plugin`]. The host checks its header before it calls anything.
//! Documents cross as borrowed slices ([`RawDocument`]), results go back through callbacks ([`Host`]) that copy. The C side
//! of these declarations is `core/include/copydesk.h`; a test holds the two together.
//!
//! Compatibility: the major version must be equal, a plugin's minor version at most the host's. Within a major version, fields
//! are only appended to structs that begin with `struct_size`, and records of arrays never change: new facts come as new arrays.

mod export;
mod raw;
mod receive;
mod send;

pub use export::{StageEntry, plugin, stage_type};
pub use raw::{
    ABI_MAJOR, ABI_MINOR, Bytes, FAILED, Host, MAGIC, OK, Plugin, RawDocument, RawLayers, RawSlice, SYMBOL,
    StageType,
};
pub use receive::{AbiError, append_received, bytes_as_str};
pub use send::raw_document;

#[cfg(test)]
mod tests;
