//! A file with a temporary name until it is complete.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that is written next to its final path, and moved there when it is complete. A run that is killed leaves nothing under
/// the final name; the next run replaces the temporary file.
#[derive(Debug)]
pub(super) struct Partial {
    path: PathBuf,
    temporary: PathBuf,
}

impl Partial {
    /// Prepares to write a file: creates its folder, and removes a left-over of an earlier run. For a link, the file that it points to is
    /// replaced; a device or pipe is refused, since renaming would replace it by a file.
    pub(super) fn new(path: &Path) -> io::Result<Self> {
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            fs::create_dir_all(folder)?;
        }
        if path.metadata().is_ok_and(|metadata| !metadata.is_file()) {
            return Err(io::Error::other("it is not a regular file"));
        }
        let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let name = path.file_name().ok_or_else(|| io::Error::other("it names no file"))?;
        let mut hidden = std::ffi::OsString::from(".");
        hidden.push(name);
        hidden.push(".partial");
        let partial = Self { path: path.to_owned(), temporary: path.with_file_name(hidden) };
        partial.discard();
        Ok(partial)
    }

    /// The temporary path to write to.
    pub(super) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Moves the complete file to its final path, once its bytes are on disk.
    pub(super) fn commit(self) -> io::Result<()> {
        fs::File::open(&self.temporary)?.sync_all()?;
        fs::rename(&self.temporary, &self.path)
    }

    fn discard(&self) {
        // If it cannot be removed, opening it will report that.
        let _ = fs::remove_file(&self.temporary);
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.discard();
    }
}
