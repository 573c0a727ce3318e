//! The host's side: reads a plugin's header and calls its stages. It does not find or open libraries.
#![expect(unsafe_code, reason = "reads foreign memory and calls foreign functions")]

use std::ffi::c_void;

use super::raw::{
    ABI_MAJOR, ABI_MINOR, Bytes, FAILED, Growing, Host, MAGIC, OK, Plugin, RawDocument, RawLayers, StageType,
};
use super::receive::{AbiError, append_received, bytes_as_str, read_growing};
use super::send::{document_layers, raw_document};
use crate::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo, catch_panic};

/// The reason why a plugin's header is rejected.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum HeaderError {
    /// The header is invalid.
    #[error("not a copydesk plugin: {0}")]
    Header(String),
    /// It was built for another version of the ABI.
    #[error("built for plugin ABI {major}.{minor}, this copydesk speaks {ABI_MAJOR}.{ABI_MINOR}; {remedy}")]
    Version {
        /// Its major version.
        major: u16,
        /// Its minor version.
        minor: u16,
        /// How to solve the problem.
        remedy: &'static str,
    },
    /// One of its stages is invalid or has no usable description.
    #[error("stage {place}: {reason}")]
    Stage {
        /// The stage's number in the library, from 1.
        place: usize,
        /// What is wrong.
        reason: String,
    },
}

/// A header with more stages than this is taken for corrupt.
const MAX_STAGES: usize = 256;

/// A plugin that passed all checks.
pub struct Loaded {
    /// The ABI version that it was built for: major, minor.
    pub version: (u16, u16),
    /// Factories of its stages.
    pub stages: Vec<LoadedFactory>,
}

/// Checks a plugin's header and asks its stages for their descriptions.
///
/// # Errors
/// If the header is invalid or of another version, or a stage cannot be described.
///
/// # Safety
/// `header` must be null or point to the data of the symbol [`SYMBOL`](super::SYMBOL) of a loaded library; the library must stay
/// loaded for ever.
pub unsafe fn load(header: *const Plugin) -> Result<Loaded, HeaderError> {
    let wrong = |reason: String| HeaderError::Header(reason);
    if header.is_null() || !header.is_aligned() {
        return Err(wrong("its header is null or not aligned".to_owned()));
    }
    // SAFETY: not null and aligned; the magic number comes first, so that foreign data is detected before more is read.
    if unsafe { (&raw const (*header).magic).read() } != MAGIC {
        return Err(wrong("its header does not begin with the magic number".to_owned()));
    }
    // SAFETY: by the contract, the size follows the magic number.
    let plugin = unsafe { read_growing(header) }.map_err(|error| wrong(format!("its {error}")))?;
    let version = |remedy| HeaderError::Version { major: plugin.abi_major, minor: plugin.abi_minor, remedy };
    if plugin.abi_major != ABI_MAJOR {
        return Err(version("build the plugin against this copydesk's core"));
    }
    if plugin.abi_minor > ABI_MINOR {
        return Err(version("use a newer copydesk, or build the plugin against this one's core"));
    }
    if plugin.stage_count == 0 || plugin.stage_count > MAX_STAGES {
        return Err(wrong(format!("it claims {} stages", plugin.stage_count)));
    }
    if plugin.stages.is_null() || !plugin.stages.is_aligned() {
        return Err(wrong("its table of stages is null or not aligned".to_owned()));
    }
    let mut stages = Vec::new();
    // Entries of a newer version may be larger than those of this one.
    let mut entry = plugin.stages;
    for place in 1..=plugin.stage_count {
        let failed = |reason: String| HeaderError::Stage { place, reason };
        // SAFETY: the header guarantees this number of consecutive entries, each of its own size.
        let stage = unsafe { read_growing(entry) }
            .map_err(|error| failed(error.to_string()))
            .and_then(|raw| LoadedFactory::new(&raw).map_err(failed))?;
        // SAFETY: `read_growing` read the size; a pointer at or after the end of the table is not dereferenced.
        entry = unsafe { entry.byte_add((&raw const (*entry).struct_size).read() as usize) };
        if !entry.is_aligned() {
            return Err(failed("its struct_size breaks the alignment of the table".to_owned()));
        }
        stages.push(stage);
    }
    Ok(Loaded { version: (plugin.abi_major, plugin.abi_minor), stages })
}

/// The functions of a stage type, none of which is null.
#[derive(Clone, Copy)]
struct Functions {
    create: super::raw::CreateFn,
    analyze: super::raw::AnalyzeFn,
    destroy: super::raw::DestroyFn,
}

/// Builds stages of one type from a library.
pub struct LoadedFactory {
    info: StageInfo,
    functions: Functions,
}

impl LoadedFactory {
    fn new(entry: &StageType) -> Result<Self, String> {
        if entry.reserved != 0 {
            return Err(AbiError::Reserved(StageType::NAME).to_string());
        }
        let null = |function: &str| format!("its function `{function}` is null");
        let describe = entry.describe.ok_or_else(|| null("describe"))?;
        let functions = Functions {
            create: entry.create.ok_or_else(|| null("create"))?,
            analyze: entry.analyze.ok_or_else(|| null("analyze"))?,
            destroy: entry.destroy.ok_or_else(|| null("destroy"))?,
        };
        // SAFETY: a function of a checked header, called with our callbacks.
        let description = call(None, |host| unsafe { describe(host) })?;
        let info: StageInfo = serde_json::from_str(&description)
            .map_err(|error| format!("its description cannot be read: {error}"))?;
        if info.name.is_empty() || info.provides.is_empty() {
            return Err("its description has no name or no layers that it provides".to_owned());
        }
        Ok(Self { info, functions })
    }
}

impl StageFactory for LoadedFactory {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        let mut handle = std::ptr::null_mut();
        let answer = call(None, |host| {
            // SAFETY: a function of a checked header, called according to the ABI: borrowed options, our callbacks, a pointer for
            // the handle.
            unsafe { (self.functions.create)(Bytes::of(options), host, &raw mut handle) }
        })
        .map_err(StageError::Failed)?;
        if handle.is_null() {
            return Err(StageError::Failed(format!("returned no stage. {answer}").trim_end().to_owned()));
        }
        Ok(Box::new(LoadedStage { functions: self.functions, handle }))
    }
}

/// A stage, as a handle.
struct LoadedStage {
    functions: Functions,
    handle: *mut c_void,
}

// SAFETY: the ABI requires that `analyze` may be called from several threads at once and `destroy` from any; the handle itself is
// never dereferenced here.
unsafe impl Send for LoadedStage {}
// SAFETY: see `Send`.
unsafe impl Sync for LoadedStage {}

impl Drop for LoadedStage {
    fn drop(&mut self) {
        // SAFETY: the handle came from `create` of this entry and is destroyed once.
        unsafe { (self.functions.destroy)(self.handle) }
    }
}

impl Stage for LoadedStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let layers = document_layers(doc);
        let document: RawDocument = raw_document(doc, &layers);
        call(Some(out), |host| {
            // SAFETY: a function of a checked header with its own handle; document and callbacks are valid during the call.
            unsafe { (self.functions.analyze)(self.handle, &raw const document, host) }
        })
        .map(|_| ())
        .map_err(StageError::Failed)
    }
}

/// What the callbacks collect during one call.
struct Call<'c> {
    emitter: Option<&'c mut Emitter>,
    text: String,
    refused: Option<String>,
}

/// Calls into a library with callbacks that fill a `Call`; returns the text that the library passed, as the answer or the error.
fn call(emitter: Option<&mut Emitter>, function: impl FnOnce(*const Host) -> i32) -> Result<String, String> {
    let mut call = Call { emitter, text: String::new(), refused: None };
    let host = Host {
        struct_size: size_of::<Host>() as u32,
        abi_minor: u32::from(ABI_MINOR),
        context: (&raw mut call).cast(),
        emit: Some(emit),
        text: Some(text),
        #[cfg(feature = "abi-next")]
        next: Some(text),
    };
    let status = function(&raw const host);
    if let Some(reason) = call.refused {
        return Err(format!("emitted invalid data: {reason}"));
    }
    match status {
        OK => Ok(call.text),
        _ if call.text.is_empty() => Err(format!("failed with status {status} and no reason")),
        _ => Err(call.text),
    }
}

unsafe extern "C" fn emit(context: *mut c_void, layers: *const RawLayers) -> i32 {
    // SAFETY: the context is the `Call` of the current call on this thread; nothing else accesses it meanwhile.
    let Some(call) = (unsafe { context.cast::<Call<'_>>().as_mut() }) else { return FAILED };
    let result = catch_panic(|| match call.emitter.as_deref_mut() {
        // SAFETY: by the ABI, the plugin lends the layers for the duration of the callback.
        Some(emitter) => unsafe { append_received(emitter, layers) }.map_err(|error| error.to_string()),
        None => Err("annotations outside of an analysis".to_owned()),
    });
    match result.flatten() {
        Ok(()) => OK,
        Err(reason) => {
            call.refused = Some(reason);
            FAILED
        }
    }
}

unsafe extern "C" fn text(context: *mut c_void, text: Bytes) {
    // SAFETY: as in `emit`.
    let Some(call) = (unsafe { context.cast::<Call<'_>>().as_mut() }) else { return };
    // SAFETY: by the ABI, the plugin lends the text for the duration of the callback.
    let received = catch_panic(|| unsafe { bytes_as_str(text, "text") }.map(str::to_owned));
    call.text = match received {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => error.to_string(),
        Err(panic) => panic,
    };
}
