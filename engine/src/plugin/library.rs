//! Opens a shared library and checks its header before anything in it is called.
#![expect(unsafe_code, reason = "loads foreign code and reads its header")]

use std::path::{Path, PathBuf};
use std::sync::Arc;

use copydesk_core::abi::{ABI_MAJOR, ABI_MINOR, MAGIC, Plugin, SYMBOL, StageType};
use copydesk_core::{StageFactory, StageInfo};

use super::stage::{LoadedStages, describe};

/// Why a library is refused.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// There is no such file.
    #[error("{0}: no such file")]
    Missing(PathBuf),
    /// The system cannot load it: it is no shared library, or one for another system, or it lacks another library.
    #[error("{path}: not a loadable library: {reason}")]
    Foreign {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// It is a library, but no copydesk plugin.
    #[error(
        "{path}: not a copydesk plugin: it does not export `{SYMBOL}`; its source needs `export_stage!(YourStage);`"
    )]
    NoSymbol {
        /// The file.
        path: PathBuf,
    },
    /// The header is not what it should be.
    #[error("{path}: not a copydesk plugin: {reason}")]
    Header {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// It was built for another version of the ABI.
    #[error(
        "{path}: built for plugin ABI {major}.{minor}, this copydesk speaks {ABI_MAJOR}.{ABI_MINOR}; {remedy}"
    )]
    Version {
        /// The file.
        path: PathBuf,
        /// Its major version.
        major: u16,
        /// Its minor version.
        minor: u16,
        /// What helps.
        remedy: &'static str,
    },
    /// A stage of it gives no usable description.
    #[error("{path}: stage {place}: {reason}")]
    Description {
        /// The file.
        path: PathBuf,
        /// The stage's place in the library, from 1.
        place: usize,
        /// What is wrong.
        reason: String,
    },
}

/// A plugin that passed all checks. Never unloaded: its code may be on a thread's stack or registered to run at its end.
pub struct Library {
    path: PathBuf,
    version: (u16, u16),
    stages: Vec<(StageInfo, StageType)>,
}

/// More stages than this in one library is a broken header.
const MOST_STAGES: usize = 256;

impl Library {
    /// Opens and checks a library.
    pub fn open(path: &Path) -> Result<Self, LoadError> {
        if !path.is_file() {
            return Err(LoadError::Missing(path.to_owned()));
        }
        // The loader searches system folders for a bare name; a file that the user named is meant.
        let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        // SAFETY: loading runs the library's initialisers; that in-process plugins are trusted code is the documented contract.
        let library = unsafe { libloading::Library::new(&full) }
            .map_err(|error| LoadError::Foreign { path: path.to_owned(), reason: reason_of(&error) })?;
        let plugin = header(path, &library)?;
        std::mem::forget(library);
        check(path, &plugin)?;
        // SAFETY: the header says that `stage_count` entries stand at `stages`; both were checked as far as one can.
        let entries = unsafe { std::slice::from_raw_parts(plugin.stages, plugin.stage_count) };
        let mut stages = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let failed = |reason| LoadError::Description { path: path.to_owned(), place: index + 1, reason };
            if (entry.struct_size as usize) < size_of::<StageType>() {
                return Err(failed(format!(
                    "struct_size is {}, expected {}",
                    entry.struct_size,
                    size_of::<StageType>()
                )));
            }
            stages.push((describe(entry).map_err(failed)?, *entry));
        }
        Ok(Self { path: path.to_owned(), version: (plugin.abi_major, plugin.abi_minor), stages })
    }

    /// The ABI version that it was built for.
    pub fn abi_version(&self) -> (u16, u16) {
        self.version
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The descriptions of its stages.
    pub fn infos(&self) -> impl Iterator<Item = &StageInfo> {
        self.stages.iter().map(|(info, _)| info)
    }

    /// Factories of its stages.
    pub fn stages(self) -> Vec<Arc<dyn StageFactory>> {
        let factory = |(info, entry)| Arc::new(LoadedStages::new(info, entry)) as Arc<dyn StageFactory>;
        self.stages.into_iter().map(factory).collect()
    }
}

/// Copies the header out of the library, if it exports one.
fn header(path: &Path, library: &libloading::Library) -> Result<Plugin, LoadError> {
    // SAFETY: the symbol is read as data only, first its magic number, then the rest.
    let symbol = unsafe { library.get::<*const Plugin>(SYMBOL.as_bytes()) }
        .map_err(|_| LoadError::NoSymbol { path: path.to_owned() })?;
    let plugin: *const Plugin = *symbol;
    let wrong = |reason: &str| LoadError::Header { path: path.to_owned(), reason: reason.to_owned() };
    if plugin.is_null() || !plugin.is_aligned() {
        return Err(wrong("its header is null or not aligned"));
    }
    // SAFETY: not null and aligned; the magic number and size come first so that foreign data is told apart before more is read.
    let (magic, size) =
        unsafe { ((&raw const (*plugin).magic).read(), (&raw const (*plugin).struct_size).read()) };
    if magic != MAGIC {
        return Err(wrong("its header does not begin with the magic number"));
    }
    if (size as usize) < size_of::<Plugin>() {
        return Err(wrong("its header is too short"));
    }
    // SAFETY: the header says that it is at least as large as ours.
    Ok(unsafe { plugin.read() })
}

fn check(path: &Path, plugin: &Plugin) -> Result<(), LoadError> {
    let version = |remedy| LoadError::Version {
        path: path.to_owned(),
        major: plugin.abi_major,
        minor: plugin.abi_minor,
        remedy,
    };
    if plugin.abi_major != ABI_MAJOR {
        return Err(version("build the plugin against this copydesk's core"));
    }
    if plugin.abi_minor > ABI_MINOR {
        return Err(version("use a newer copydesk, or build the plugin against this one's core"));
    }
    let wrong = |reason: String| LoadError::Header { path: path.to_owned(), reason };
    if plugin.stage_count == 0 || plugin.stage_count > MOST_STAGES {
        return Err(wrong(format!("it claims {} stages", plugin.stage_count)));
    }
    if plugin.stages.is_null() || !plugin.stages.is_aligned() {
        return Err(wrong("its table of stages is null or not aligned".to_owned()));
    }
    Ok(())
}

/// The system's own words, which the error type keeps in its source.
fn reason_of(error: &libloading::Error) -> String {
    use std::error::Error;
    error.source().map_or_else(|| error.to_string(), ToString::to_string)
}
