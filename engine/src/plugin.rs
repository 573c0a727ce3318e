//! Loads shared libraries and presents their stages like linked ones.
#![expect(unsafe_code, reason = "loads foreign code")]

pub(crate) mod crash;
mod elf;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

pub use copydesk_core::abi::SYMBOL;
use copydesk_core::abi::{self, HeaderError, Loaded, Plugin};
use copydesk_core::{StageFactory, StageInfo};

use crate::isolate::{Allowance, IsolateError, IsolatedFactory, isolate_loaded};
use crate::process::{ProcessError, ProcessFactory, Program};

/// Why a library is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LoadError {
    /// There is no such file.
    #[error("{0}: no such file")]
    Missing(PathBuf),
    /// Loading libraries is forbidden.
    #[error("{}: not loaded, since --no-plugins forbids plugins", _0.display())]
    Forbidden(PathBuf),
    /// The system cannot load it: it is not a shared library, was built for another system, or depends on a missing library.
    #[error("{path}: not a loadable library: {reason}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// The system's message.
        reason: String,
    },
    /// It is a shared library, but not a copydesk plugin.
    #[error(
        "{path}: not a copydesk plugin: it does not export `{SYMBOL}`; its source needs `export_stage!(YourStage);`"
    )]
    NoSymbol {
        /// The file.
        path: PathBuf,
    },
    /// Its header or one of its stages cannot be used.
    #[error("{path}: {error}")]
    Header {
        /// The file.
        path: PathBuf,
        /// The problem and its remedy.
        error: HeaderError,
    },
    /// The process that should load it cannot be used.
    #[error("{0}")]
    Isolated(String),
    /// A program is not a stage.
    #[error(transparent)]
    Program(#[from] ProcessError),
}

static FORBIDDEN: AtomicBool = AtomicBool::new(false);

/// Forbids this process to load any library from now on.
pub fn forbid() {
    FORBIDDEN.store(true, Ordering::Relaxed);
}

/// Refuses a library that does not exist or must not be loaded.
fn check_allowed(path: &Path) -> Result<(), LoadError> {
    if !path.is_file() {
        return Err(LoadError::Missing(path.to_owned()));
    }
    match FORBIDDEN.load(Ordering::Relaxed) {
        true => Err(LoadError::Forbidden(path.to_owned())),
        false => Ok(()),
    }
}

/// The extensions of libraries on all systems.
pub const ENDINGS: [&str; 3] = [".so", ".dylib", ".dll"];

/// The stages of a library, which is loaded in its own process with the default limits of isolated stages.
///
/// # Errors
/// If the file does not exist, or is not a plugin that this version can run.
pub fn describe(path: &Path) -> Result<Vec<StageInfo>, LoadError> {
    let stages = isolate(path, Allowance::default())?;
    Ok(stages.iter().map(|factory| factory.info().clone()).collect())
}

/// Starts a process that lists the stages of a library; this process does not load it.
pub(crate) fn isolate(path: &Path, allowance: Allowance) -> Result<Vec<Arc<IsolatedFactory>>, LoadError> {
    check_allowed(path)?;
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    isolate_loaded(&path, allowance).map_err(|error| match error {
        // Messages of that process about a library already name it.
        IsolateError::Refused(reason) => LoadError::Isolated(reason),
        error => LoadError::Isolated(format!("{}: {error}", path.display())),
    })
}

/// Starts a program that implements a stage.
pub(crate) fn start(program: Program) -> Result<Arc<ProcessFactory>, LoadError> {
    if FORBIDDEN.load(Ordering::Relaxed) {
        return Err(LoadError::Forbidden(program.command.join(" ").into()));
    }
    Ok(Arc::new(ProcessFactory::new(program)?))
}

/// A plugin that passed all checks. Never unloaded: its code may be on a thread's stack or registered to run at exit.
pub struct Library {
    path: PathBuf,
    loaded: Loaded,
}

impl Library {
    /// Opens and checks a library.
    ///
    /// # Errors
    /// If the file does not exist, cannot be loaded, or is not a plugin that this version can run.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        check_allowed(path)?;
        let foreign = |reason| LoadError::Foreign { path: path.to_owned(), reason };
        elf::check_length(path).map_err(foreign)?;
        crash::watch();
        let name = path.to_string_lossy();
        let _inside = crash::inside("(being loaded)", &name);
        // The loader would search system folders for a bare name; users mean a file.
        let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // SAFETY: loading runs the library's initialisers; in-process plugins are trusted code, as documented.
        let library =
            unsafe { libloading::Library::new(&full) }.map_err(|error| foreign(reason_of(&error)))?;
        // SAFETY: only the symbol's address is taken; `load` alone reads what it points to.
        let symbol = unsafe { library.get::<*const Plugin>(SYMBOL.as_bytes()) }
            .map_err(|_| LoadError::NoSymbol { path: path.to_owned() })?;
        let header: *const Plugin = *symbol;
        // Never unloaded: see above.
        std::mem::forget(library);
        // SAFETY: the library stays loaded, and with it everything that its symbol points to.
        let loaded = unsafe { abi::load(header) }
            .map_err(|error| LoadError::Header { path: path.to_owned(), error })?;
        Ok(Self { path: path.to_owned(), loaded })
    }

    /// The ABI version that the plugin was built for.
    pub fn abi_version(&self) -> (u16, u16) {
        self.loaded.version
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The descriptions of its stages.
    pub fn infos(&self) -> impl Iterator<Item = &StageInfo> {
        self.loaded.stages.iter().map(StageFactory::info)
    }

    /// Factories of its stages.
    pub fn stages(self) -> Vec<Arc<dyn StageFactory>> {
        self.loaded.stages.into_iter().map(|factory| Arc::new(factory) as Arc<dyn StageFactory>).collect()
    }
}

/// The system's own message, which the error type keeps in its source.
fn reason_of(error: &libloading::Error) -> String {
    use std::error::Error;
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}
