//! Extensions of file names and the formats they stand for.

use std::path::Path;

/// Each format with its extensions, in lower case and without the dot.
pub(crate) type Extensions<F> = &'static [(F, &'static [&'static str])];

/// The extension of a file name in lower case, ignoring that of a compression format; `None` if there is none.
pub(crate) fn of(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_str()?.to_ascii_lowercase();
    let name = [".gz", ".zst"].iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(&name);
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then(|| extension.to_owned())
}

/// Whether a file name has the extension of gzip.
pub(crate) fn is_gzip(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("gz"))
}

/// Whether a file name has the extension of zstd.
pub(crate) fn is_zstd(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zst"))
}

/// The format of an extension.
pub(crate) fn find<F: Copy>(formats: Extensions<F>, extension: &str) -> Option<F> {
    formats.iter().find(|(_, extensions)| extensions.contains(&extension)).map(|(format, _)| *format)
}
