//! The structs of the boundary. `include/copydesk.h` has the same in C.

use std::ffi::c_void;

use crate::Span;
use crate::layers::layer_arrays;
use crate::segment::{Paragraph, Sentence, Token, Zone};

/// Host and plugin must agree on this.
pub const ABI_MAJOR: u16 = 1;
/// A plugin may be older than the host, not newer.
pub const ABI_MINOR: u16 = if cfg!(feature = "abi-next") { 2 } else { 1 };
/// The first eight bytes of a plugin's header: "copydesk".
pub const MAGIC: u64 = u64::from_be_bytes(*b"copydesk");
/// The data symbol that a plugin exports.
pub const SYMBOL: &str = "copydesk_plugin";
/// The return value of a plugin's function on success.
pub const OK: i32 = 0;
/// The return value of a plugin's function on failure, and of the host's callbacks if they reject their argument.
pub const FAILED: i32 = 1;

/// The flag of a document whose stages should report the annotations that they suppress.
pub(crate) const EXPLAINED: u32 = 1;

/// Borrowed bytes; text is UTF-8. `data` may be null if `len` is 0.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Bytes {
    /// The first byte.
    pub data: *const u8,
    /// How many.
    pub len: usize,
}

impl Bytes {
    /// The bytes of a string, borrowed.
    pub const fn of(text: &str) -> Self {
        Self { data: text.as_ptr(), len: text.len() }
    }

    /// A missing string, as opposed to an empty one.
    pub const ABSENT: Self = Self { data: std::ptr::null(), len: 0 };
}

/// A borrowed array of plain records. `data` may be null if `len` is 0.
///
/// Records may grow at their end in later versions, so readers use `stride` to go from one to the next, not the size that they
/// know.
#[repr(C)]
#[derive(Debug)]
pub struct RawSlice<T> {
    /// The first record.
    pub data: *const T,
    /// How many.
    pub len: u32,
    /// The bytes from one record to the next: the size of a record in the sender's version.
    pub stride: u32,
}

impl<T> Clone for RawSlice<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for RawSlice<T> {}

impl<T> RawSlice<T> {
    /// A slice, borrowed.
    pub const fn of(slice: &[T]) -> Self {
        Self { data: slice.as_ptr(), len: slice.len() as u32, stride: size_of::<T>() as u32 }
    }
}

macro_rules! raw_layers {
    ($($(#[$doc:meta])* $([$cfg:meta])? $field:ident: $record:ty,)+) => {
        /// Borrowed layers: passed to a plugin with a document, and back with its annotations.
        #[repr(C)]
        #[derive(Clone, Copy, Debug)]
        pub struct RawLayers {
            /// `sizeof(RawLayers)` in the sender's version.
            pub struct_size: u32,
            /// Always 0.
            pub reserved: u32,
            /// All strings, one after another.
            pub strings: Bytes,
            $($(#[$doc])* $(#[cfg($cfg)])? pub $field: RawSlice<$record>,)+
        }
    };
}
layer_arrays!(raw_layers);

/// A document as passed to a plugin, borrowed for one call.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct RawDocument {
    /// `sizeof(RawDocument)` in the host's version.
    pub struct_size: u32,
    /// 1 if stages should report the annotations that they suppress; other bits are reserved.
    pub flags: u32,
    /// The id.
    pub id: Bytes,
    /// The text.
    pub text: Bytes,
    /// The headline, if separate from the text; null if there is none.
    pub title: Bytes,
    /// The date of publication; null if it is unknown.
    pub date: Bytes,
    /// Sentiment targets listed in the input.
    pub targets: RawSlice<Span>,
    /// Tokens.
    pub tokens: RawSlice<Token>,
    /// Sentences.
    pub sentences: RawSlice<Sentence>,
    /// Paragraphs.
    pub paragraphs: RawSlice<Paragraph>,
    /// Zones.
    pub zones: RawSlice<Zone>,
    /// The annotations of earlier stages.
    pub layers: *const RawLayers,
    /// A field that a later version might add, for tests of ABI compatibility.
    #[cfg(feature = "abi-next")]
    pub next: u64,
}

/// Takes annotations; see [`Host::emit`].
pub type EmitFn = unsafe extern "C" fn(context: *mut c_void, layers: *const RawLayers) -> i32;
/// Takes a text; see [`Host::text`].
pub type TextFn = unsafe extern "C" fn(context: *mut c_void, text: Bytes);

/// The callbacks for a plugin. Valid on the same thread during the call that passed them.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Host {
    /// `sizeof(Host)` in the host's version.
    pub struct_size: u32,
    /// The host's minor ABI version.
    pub abi_minor: u32,
    /// The first argument of the callbacks.
    pub context: *mut c_void,
    /// Receives annotations; may be called more than once. Ids of layers that the stage fills are numbered from the first call
    /// on. Returns [`OK`], or [`FAILED`] if it rejects them; the stage should then return.
    pub emit: Option<EmitFn>,
    /// Receives a text: the description of a stage, or the reason for a failure. Only the last call counts.
    pub text: Option<TextFn>,
    /// A field that a later version might add, for tests of ABI compatibility.
    #[cfg(feature = "abi-next")]
    pub next: Option<TextFn>,
}

/// Describes a stage type; see [`StageType::describe`].
pub type DescribeFn = unsafe extern "C" fn(host: *const Host) -> i32;
/// Creates a stage; see [`StageType::create`].
pub type CreateFn = unsafe extern "C" fn(options: Bytes, host: *const Host, stage: *mut *mut c_void) -> i32;
/// Analyses a document; see [`StageType::analyze`].
pub type AnalyzeFn =
    unsafe extern "C" fn(stage: *mut c_void, document: *const RawDocument, host: *const Host) -> i32;
/// Destroys a stage; see [`StageType::destroy`].
pub type DestroyFn = unsafe extern "C" fn(stage: *mut c_void);

/// A type of stage in a plugin.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct StageType {
    /// `sizeof(StageType)` in the plugin's version; also the bytes from one entry of its table to the next.
    pub struct_size: u32,
    /// Always 0.
    pub reserved: u32,
    /// Passes the stage's description to `host.text`, as the JSON of [`StageInfo`](crate::StageInfo).
    pub describe: Option<DescribeFn>,
    /// Creates a stage from its options (JSON) and stores its handle in `stage`; on failure passes the reason to `host.text`.
    pub create: Option<CreateFn>,
    /// Analyses a document. Called from several threads at once.
    pub analyze: Option<AnalyzeFn>,
    /// Destroys a stage.
    pub destroy: Option<DestroyFn>,
    /// A field that a later version might add, for tests of ABI compatibility.
    #[cfg(feature = "abi-next")]
    pub next: Option<DestroyFn>,
}

/// The data that a plugin exports as [`SYMBOL`].
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct Plugin {
    /// [`MAGIC`].
    pub magic: u64,
    /// `sizeof(Plugin)` in the plugin's version.
    pub struct_size: u32,
    /// [`ABI_MAJOR`].
    pub abi_major: u16,
    /// [`ABI_MINOR`].
    pub abi_minor: u16,
    /// The types of stage.
    pub stages: *const StageType,
    /// How many.
    pub stage_count: usize,
    /// A field that a later version might add, for tests of ABI compatibility.
    #[cfg(feature = "abi-next")]
    pub next: u64,
}

#[expect(unsafe_code, reason = "the exported header is read by the host from any thread")]
// SAFETY: a plugin's header is constant data; its pointers lead to constants and functions.
unsafe impl Sync for Plugin {}

#[expect(unsafe_code, reason = "handles to a plugin's functions move between threads")]
// SAFETY: a header is constant data, see `Sync`.
unsafe impl Send for Plugin {}

/// A struct that begins with its size in the sender's version; later versions may extend it at its end.
///
/// # Safety
/// `struct_size: u32` is at `SIZE_AT`, and zero bytes make a valid value of every field.
#[expect(unsafe_code, reason = "implemented for structs whose zero bytes are valid")]
pub unsafe trait Growing: Copy {
    /// Its name in messages.
    const NAME: &'static str;
    /// The offset of `struct_size`.
    const SIZE_AT: usize = 0;
    /// Its size in version 1.0, the minimum that is accepted.
    const FIRST_SIZE: usize;
}

/// The size of a struct up to and including a field, which was its size when that field was the last one.
macro_rules! size_through {
    ($type:ty, $field:ident: $field_type:ty) => {
        std::mem::offset_of!($type, $field) + size_of::<$field_type>()
    };
}

#[expect(unsafe_code, reason = "all fields are numbers, pointers, and functions that may be null")]
// SAFETY: `struct_size` comes first; zero bytes are null pointers and zeros.
unsafe impl Growing for RawLayers {
    const NAME: &'static str = "layers";
    const FIRST_SIZE: usize = size_through!(Self, held_back: RawSlice<crate::layers::HeldBackRecord>);
}

#[expect(unsafe_code, reason = "all fields are numbers, pointers, and functions that may be null")]
// SAFETY: as above.
unsafe impl Growing for RawDocument {
    const NAME: &'static str = "document";
    const FIRST_SIZE: usize = size_through!(Self, layers: *const RawLayers);
}

#[expect(unsafe_code, reason = "all fields are numbers, pointers, and functions that may be null")]
// SAFETY: as above.
unsafe impl Growing for Host {
    const NAME: &'static str = "host";
    const FIRST_SIZE: usize = size_through!(Self, text: Option<TextFn>);
}

#[expect(unsafe_code, reason = "all fields are numbers, pointers, and functions that may be null")]
// SAFETY: as above.
unsafe impl Growing for StageType {
    const NAME: &'static str = "stage";
    const FIRST_SIZE: usize = size_through!(Self, destroy: Option<DestroyFn>);
}

#[expect(unsafe_code, reason = "all fields are numbers, pointers, and functions that may be null")]
// SAFETY: `struct_size` follows the magic number; otherwise as above.
unsafe impl Growing for Plugin {
    const NAME: &'static str = "header";
    const SIZE_AT: usize = std::mem::offset_of!(Self, struct_size);
    const FIRST_SIZE: usize = size_through!(Self, stage_count: usize);
}
