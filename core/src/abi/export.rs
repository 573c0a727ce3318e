//! The plugin's side: the code that [`export_stage!`](crate::export_stage) expands to.
#![expect(unsafe_code, reason = "the functions that the host calls through C")]

use std::ffi::c_void;

use super::raw::{
    ABI_MAJOR, ABI_MINOR, Bytes, FAILED, Host, MAGIC, OK, Plugin, RawDocument, StageType as RawStageType,
};
use super::receive::{Resized, bytes_as_str, document_view, read_growing};
use super::send::raw_layers;
use crate::{Emitter, StageInfo, StageType, catch_panic};

/// Exports stage types from a shared library; this turns a stage into a plugin.
///
/// ```ignore
/// copydesk_core::export_stage!(MyStage);
/// ```
///
/// The crate needs `crate-type = ["cdylib"]`. A library may export several: `export_stage!(One, Two)`.
#[macro_export]
macro_rules! export_stage {
    ($($stage:ty),+ $(,)?) => {
        const _: () = {
            static STAGES: &[$crate::abi::StageEntry] = &[$($crate::abi::stage_type::<$stage>()),+];
            // The plugin defines this symbol only once; the host looks up no other.
            #[allow(unsafe_code)]
            #[unsafe(export_name = "copydesk_plugin")]
            static PLUGIN: $crate::abi::Plugin = $crate::abi::plugin(STAGES);
        };
    };
}

/// An entry of a plugin's table of stages.
pub type StageEntry = RawStageType;

/// The header of a plugin with these stages.
pub const fn plugin(stages: &'static [StageEntry]) -> Plugin {
    Plugin {
        magic: MAGIC,
        struct_size: size_of::<Plugin>() as u32,
        abi_major: ABI_MAJOR,
        abi_minor: ABI_MINOR,
        stages: stages.as_ptr(),
        stage_count: stages.len(),
        #[cfg(feature = "abi-next")]
        next: 0,
    }
}

/// The functions of a stage type.
pub const fn stage_type<S: StageType>() -> StageEntry {
    RawStageType {
        struct_size: size_of::<RawStageType>() as u32,
        reserved: 0,
        describe: Some(describe::<S>),
        create: Some(create::<S>),
        analyze: Some(analyze::<S>),
        destroy: Some(destroy::<S>),
        #[cfg(feature = "abi-next")]
        next: None,
    }
}

/// The host's callbacks, checked.
struct Callbacks {
    host: Host,
}

impl Callbacks {
    /// Passes a text to the host.
    fn text(&self, text: &str) {
        if let Some(callback) = self.host.text {
            // SAFETY: the callback takes the host's own context and copies the text.
            unsafe { callback(self.host.context, Bytes::of(text)) };
        }
    }

    /// Passes annotations to the host.
    fn emit(&self, emitter: &Emitter) -> Result<(), String> {
        let Some(callback) = self.host.emit else {
            return Err("the host does not accept annotations".to_owned());
        };
        let layers = raw_layers(&emitter.layers.view());
        // SAFETY: the callback takes the host's own context and copies the layers, which live until it returns.
        match unsafe { callback(self.host.context, &raw const layers) } {
            OK => Ok(()),
            _ => Err("the host rejected the annotations".to_owned()),
        }
    }
}

/// Runs a plugin's code; a panic or an error becomes a text and a status.
fn guarded(host: *const Host, body: impl FnOnce(&Callbacks) -> Result<(), String>) -> i32 {
    // SAFETY: the host passes callbacks that are valid during the call, or null by mistake.
    let Ok(host) = (unsafe { read_growing(host) }) else { return FAILED };
    let callbacks = Callbacks { host };
    match catch_panic(|| body(&callbacks)).flatten() {
        Ok(()) => OK,
        Err(reason) => {
            callbacks.text(&reason);
            FAILED
        }
    }
}

unsafe extern "C" fn describe<S: StageType>(host: *const Host) -> i32 {
    guarded(host, |host| {
        let info = serde_json::to_string(&StageInfo::of::<S>()).map_err(|error| error.to_string())?;
        host.text(&info);
        Ok(())
    })
}

unsafe extern "C" fn create<S: StageType>(options: Bytes, host: *const Host, stage: *mut *mut c_void) -> i32 {
    guarded(host, |_| {
        if stage.is_null() {
            return Err("the pointer for the stage is null".to_owned());
        }
        // SAFETY: the host lends the options for the duration of the call.
        let options = unsafe { bytes_as_str(options, "options") }.map_err(|error| error.to_string())?;
        let made = crate::build::<S>(options).map_err(|error| error.to_string())?;
        // SAFETY: not null, and valid for the duration of the call.
        unsafe { stage.write(Box::into_raw(Box::new(made)).cast()) };
        Ok(())
    })
}

unsafe extern "C" fn analyze<S: StageType>(
    stage: *mut c_void,
    document: *const RawDocument,
    host: *const Host,
) -> i32 {
    guarded(host, |host| {
        // SAFETY: the host passes a handle that `create` of the same type returned and `destroy` has not freed; a `Stage` is
        // `Sync`, so a shared reference may be used from any thread.
        let stage = unsafe { stage.cast::<S>().as_ref() }.ok_or("no stage")?;
        let resized = Resized::default();
        // SAFETY: the host lends the document for the duration of the call.
        let document = unsafe { document_view(document, &resized) }.map_err(|error| error.to_string())?;
        let mut emitter = Emitter::new();
        emitter.reset(&document);
        stage.analyze(&document, &mut emitter).map_err(|error| error.to_string())?;
        host.emit(&emitter)
    })
}

unsafe extern "C" fn destroy<S: StageType>(stage: *mut c_void) {
    if !stage.is_null() {
        // SAFETY: the host destroys each handle that `create` of the same type returned once.
        let stage = unsafe { Box::from_raw(stage.cast::<S>()) };
        // A panic while dropping must not cross into the host; it cannot be reported.
        let _ = catch_panic(|| drop(stage));
    }
}
