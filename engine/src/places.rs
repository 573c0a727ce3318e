//! Prevents a run from overwriting its inputs, and files that copydesk did not write.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

use crate::input::Found;

/// Why a run may not write to a path.
#[derive(Debug, thiserror::Error)]
pub enum PlaceError {
    /// The file is read by this run.
    #[error("{} is {what} of this run: writing there would destroy it; choose another path with {flag}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Its role in the run.
        what: &'static str,
        /// The flag that sets another path.
        flag: &'static str,
    },
    /// Results and failures have the same path.
    #[error("{} is already an output: name another file for failures with --errors", _0.display())]
    Shared(PathBuf),
    /// The file for failures exists, and copydesk did not write it.
    #[error(
        "{} exists and was not written by copydesk; name another file with --errors, or replace it with --force",
        _0.display()
    )]
    Foreign(PathBuf),
    /// The path for failures is a folder.
    #[error("{} is a folder: name a file with --errors", _0.display())]
    Folder(PathBuf),
}

/// The files that a run reads, except plugins and models.
pub struct Reading<'r> {
    /// Its inputs.
    pub inputs: &'r [Found],
    /// The pipeline file.
    pub pipeline: Option<&'r Path>,
}

/// The files that a run writes.
pub struct Writing<'w> {
    /// The files of all outputs.
    pub outputs: &'w [PathBuf],
    /// The file for failures.
    pub errors: Option<&'w Path>,
    /// Whether files that copydesk did not write may be replaced. Files that the run reads are never replaced.
    pub force: bool,
}

/// Checks all paths before anything is opened for writing. Files are compared by device and inode, so that links and
/// standard input are recognised.
///
/// # Errors
/// The first path that may not be written to.
pub fn check(reading: &Reading<'_>, writing: &Writing<'_>) -> Result<(), PlaceError> {
    let mut read: Vec<(FileId, &'static str)> = Vec::new();
    for input in reading.inputs {
        let id = match input {
            Found::File(path, _) => FileId::of(path),
            Found::Stdin(_) => FileId::of_stdin(),
            Found::Unreadable(..) => None,
        };
        read.extend(id.map(|id| (id, "an input")));
    }
    read.extend(reading.pipeline.and_then(FileId::of).map(|id| (id, "the pipeline file")));
    read.sort_unstable();
    let outputs = writing.outputs.iter().map(|path| (path.as_path(), "-o"));
    for (path, flag) in outputs.chain(writing.errors.map(|path| (path, "--errors"))) {
        let Some(id) = FileId::of(path) else { continue };
        let at = read.partition_point(|(other, _)| *other < id);
        if let Some((_, what)) = read.get(at).filter(|(other, _)| *other == id) {
            return Err(PlaceError::Read { path: path.to_owned(), what, flag });
        }
    }
    writing.errors.map_or(Ok(()), |errors| check_errors(errors, writing))
}

/// Checks the file for failures: it is not an output, and not a file that copydesk did not write.
fn check_errors(errors: &Path, writing: &Writing<'_>) -> Result<(), PlaceError> {
    let same = |output: &&PathBuf| match (FileId::of(output), FileId::of(errors)) {
        (Some(output), Some(errors)) => output == errors,
        (None, None) => place(output) == place(errors),
        _ => false,
    };
    // A device such as /dev/null can be both.
    let device = errors.metadata().is_ok_and(|metadata| !metadata.is_file() && !metadata.is_dir());
    if !device && writing.outputs.iter().any(|output| same(&output)) {
        return Err(PlaceError::Shared(errors.to_owned()));
    }
    match errors.metadata() {
        Ok(metadata) if metadata.is_dir() => Err(PlaceError::Folder(errors.to_owned())),
        Ok(metadata) if metadata.is_file() && !writing.force && !is_own_errors(errors, &metadata) => {
            Err(PlaceError::Foreign(errors.to_owned()))
        }
        _ => Ok(()),
    }
}

/// Whether a file is empty or has failures that copydesk wrote.
pub(crate) fn is_own_errors(path: &Path, metadata: &Metadata) -> bool {
    use std::io::{BufRead, BufReader, Read};
    /// The maximum length of a line of failures.
    const LONGEST: u64 = 1 << 20;
    if metadata.len() == 0 {
        return true;
    }
    let Ok(file) = std::fs::File::open(path) else { return false };
    let mut line = Vec::new();
    let read = BufReader::new(file.take(LONGEST)).read_until(b'\n', &mut line);
    let has = |part: &[u8]| memchr::memmem::find(&line, part).is_some();
    read.is_ok() && line.starts_with(b"{\"id\":") && has(b",\"class\":\"") && has(b",\"reason\":\"")
}

/// The path of a file that does not exist yet, with its folder canonicalized.
fn place(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    path.file_name().map_or(folder.clone(), |name| folder.join(name))
}

/// The identity of a regular file: device and inode.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct FileId(u64, u64);

#[cfg(unix)]
impl FileId {
    fn of(path: &Path) -> Option<Self> {
        Self::of_metadata(&path.metadata().ok()?)
    }

    fn of_stdin() -> Option<Self> {
        use std::os::fd::AsFd;
        let handle = std::io::stdin().as_fd().try_clone_to_owned().ok()?;
        Self::of_metadata(&std::fs::File::from(handle).metadata().ok()?)
    }

    fn of_metadata(metadata: &Metadata) -> Option<Self> {
        use std::os::unix::fs::MetadataExt;
        metadata.is_file().then(|| Self(metadata.dev(), metadata.ino()))
    }
}

#[cfg(not(unix))]
impl FileId {
    /// On systems without inodes, the canonical path.
    fn of(path: &Path) -> Option<Self> {
        use std::hash::{DefaultHasher, Hash, Hasher};
        let mut hasher = DefaultHasher::new();
        path.canonicalize().ok()?.hash(&mut hasher);
        Some(Self(0, hasher.finish()))
    }

    fn of_stdin() -> Option<Self> {
        None
    }
}
