//! A file under a temporary name until it is whole.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A file that is being written beside its place, and moved there when it is whole. A run that is killed leaves nothing under
/// the final name; the next one replaces what it left beside it.
#[derive(Debug)]
pub(super) struct Partial {
    path: PathBuf,
    temporary: PathBuf,
}

impl Partial {
    /// Makes room for a file: its folder, and no left-over of an earlier run. Of a link, the file that it leads to is replaced; a
    /// device or pipe, which a rename would put a file in place of, is refused.
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

    /// Where to write it.
    pub(super) fn temporary(&self) -> &Path {
        &self.temporary
    }

    /// Moves the whole file to its place, when its bytes are on the disk.
    pub(super) fn commit(self) -> io::Result<()> {
        fs::File::open(&self.temporary)?.sync_all()?;
        fs::rename(&self.temporary, &self.path)
    }

    fn discard(&self) {
        // Where there is none, nothing is to be done; where it cannot be removed, opening it will tell.
        let _ = fs::remove_file(&self.temporary);
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        self.discard();
    }
}
