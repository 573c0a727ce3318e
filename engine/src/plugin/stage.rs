//! A stage that lives in a library, as the engine sees any stage.
#![expect(unsafe_code, reason = "calls a library's functions and is called back")]

use std::ffi::c_void;

use copydesk_core::abi::{
    ABI_MINOR, Bytes, FAILED, Host, OK, RawLayers, StageType, append_received, bytes_as_str, raw_document,
};
use copydesk_core::{DocumentView, Emitter, Stage, StageError, StageFactory, StageInfo, catch_panic};

/// Makes stages of one type of a library.
pub(super) struct LoadedStages {
    info: StageInfo,
    entry: StageType,
}

impl LoadedStages {
    pub(super) fn new(info: StageInfo, entry: StageType) -> Self {
        Self { info, entry }
    }
}

impl StageFactory for LoadedStages {
    fn info(&self) -> &StageInfo {
        &self.info
    }

    fn build(&self, options: &str) -> Result<Box<dyn Stage>, StageError> {
        let mut handle = std::ptr::null_mut();
        let ((), mut answer) = call(None, |host| {
            // SAFETY: a function of a checked header, called as the ABI says: borrowed options, our callbacks, a place to fill.
            unsafe { (self.entry.create)(Bytes::of(options), host, &raw mut handle) }
        })
        .map_err(StageError::Failed)?;
        if handle.is_null() {
            answer.insert_str(0, "made no stage. ");
            return Err(StageError::Failed(answer));
        }
        Ok(Box::new(LoadedStage { entry: self.entry, handle }))
    }
}

/// A stage behind a handle.
struct LoadedStage {
    entry: StageType,
    handle: *mut c_void,
}

// SAFETY: the ABI demands that `analyze` may be called from several threads at once and `destroy` from any; the handle itself
// is never dereferenced here.
unsafe impl Send for LoadedStage {}
// SAFETY: see `Send`.
unsafe impl Sync for LoadedStage {}

impl Drop for LoadedStage {
    fn drop(&mut self) {
        // SAFETY: the handle came from `create` of this entry and is ended once.
        unsafe { (self.entry.destroy)(self.handle) }
    }
}

impl Stage for LoadedStage {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        let document = raw_document(doc);
        call(Some(out), |host| {
            // SAFETY: a function of a checked header with its own handle; document and callbacks are alive during the call.
            unsafe { (self.entry.analyze)(self.handle, &raw const document, host) }
        })
        .map(|_| ())
        .map_err(StageError::Failed)
    }
}

/// Asks a stage type for its description.
pub(super) fn describe(entry: &StageType) -> Result<StageInfo, String> {
    // SAFETY: a function of a checked header, called with our callbacks.
    let ((), answer) = call(None, |host| unsafe { (entry.describe)(host) })?;
    let info: StageInfo =
        serde_json::from_str(&answer).map_err(|error| format!("its description cannot be read: {error}"))?;
    if info.name.is_empty() || info.provides.is_empty() {
        return Err("its description names no stage, or nothing that it provides".to_owned());
    }
    Ok(info)
}

/// What the callbacks collect during one call.
struct Call<'c> {
    emitter: Option<&'c mut Emitter>,
    text: String,
    refused: Option<String>,
}

/// Calls into a library with callbacks that fill a `Call`; gives what the library said, as its answer or its error.
fn call(
    emitter: Option<&mut Emitter>,
    function: impl FnOnce(*const Host) -> i32,
) -> Result<((), String), String> {
    let mut call = Call { emitter, text: String::new(), refused: None };
    let host = Host {
        struct_size: size_of::<Host>() as u32,
        abi_minor: u32::from(ABI_MINOR),
        context: (&raw mut call).cast(),
        emit,
        text,
    };
    let status = function(&raw const host);
    if let Some(reason) = call.refused {
        return Err(format!("emitted what cannot be read: {reason}"));
    }
    match status {
        OK => Ok(((), call.text)),
        _ if call.text.is_empty() => Err(format!("failed with status {status} and no reason")),
        _ => Err(call.text),
    }
}

unsafe extern "C" fn emit(context: *mut c_void, layers: *const RawLayers) -> i32 {
    // SAFETY: the context is the `Call` of the call that is going on, on this thread; nothing else touches it meanwhile.
    let Some(call) = (unsafe { context.cast::<Call<'_>>().as_mut() }) else { return FAILED };
    let result = catch_panic(|| match call.emitter.as_deref_mut() {
        // SAFETY: the plugin lends the layers for the length of the callback, as the ABI says.
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
    // SAFETY: the plugin lends the text for the length of the callback, as the ABI says.
    let received = catch_panic(|| unsafe { bytes_as_str(text, "text") }.map(str::to_owned));
    call.text = match received {
        Ok(Ok(text)) => text,
        Ok(Err(error)) => error.to_string(),
        Err(panic) => panic,
    };
}
