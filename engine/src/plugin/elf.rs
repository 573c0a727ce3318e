//! Checks that an ELF library is complete. The loader maps whatever the file's header describes, and the process crashes when it reads
//! a part that is missing, at load or in the middle of a run.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// Refuses a file that is shorter than its header says. Anything but 64-bit little-endian ELF is left to the loader.
pub(super) fn check_length(path: &Path) -> Result<(), String> {
    match needed(path) {
        Ok(Some((needed, length))) if needed > length => {
            Err(format!("the file is truncated: it has {length} bytes, but its header describes {needed}"))
        }
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => {
            Err("the file is truncated within its header".to_owned())
        }
        Err(error) => Err(error.to_string()),
    }
}

/// The length in bytes that the header describes, and the actual length.
fn needed(path: &Path) -> io::Result<Option<(u64, u64)>> {
    let mut file = File::open(path)?;
    let length = file.metadata()?.len();
    let mut ident = [0; 16];
    let found = file.by_ref().take(16).read(&mut ident)?;
    if found < 16 || !ident.starts_with(b"\x7fELF\x02\x01") {
        return Ok(None);
    }
    let mut header = [0; 48];
    file.read_exact(&mut header)?;
    // Offsets in `Elf64_Ehdr`, minus the sixteen bytes of its identification.
    let (segments, sections) = (number(&header, 16, 8), number(&header, 24, 8));
    let (segment_size, segment_count) = (number(&header, 38, 2), number(&header, 40, 2));
    let (section_size, section_count) = (number(&header, 42, 2), number(&header, 44, 2));
    let end = |start: u64, size: u64, count: u64| start.saturating_add(size.saturating_mul(count));
    let mut needed = end(segments, segment_size, segment_count);
    // A library that was stripped of its sections has none.
    if section_count > 0 {
        needed = needed.max(end(sections, section_size, section_count));
    }
    if needed > length {
        return Ok(Some((needed, length)));
    }
    file.seek(SeekFrom::Start(segments))?;
    for _ in 0..segment_count {
        let mut segment = vec![0; usize::try_from(segment_size).unwrap_or(0)];
        file.read_exact(&mut segment)?;
        // `p_offset` and `p_filesz` of `Elf64_Phdr`.
        needed = needed.max(end(number(&segment, 8, 8), number(&segment, 32, 8), 1));
    }
    Ok(Some((needed, length)))
}

/// A little-endian number; 0 outside the bytes.
fn number(bytes: &[u8], at: usize, size: usize) -> u64 {
    let bytes = bytes.get(at..at + size).unwrap_or(&[]);
    bytes.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

#[cfg(all(test, target_os = "linux", target_pointer_width = "64"))]
mod tests {
    use super::*;

    #[test]
    fn a_complete_library_is_accepted_and_a_truncated_one_is_not() {
        let own = std::env::current_exe().expect("the test");
        assert_eq!(check_length(&own), Ok(()));
        let (needed, length) = needed(&own).expect("a file").expect("ELF");
        assert!(needed <= length);
        let dir = tempfile::tempdir().expect("a folder");
        let cut = dir.path().join("cut.so");
        let mut bytes = std::fs::read(&own).expect("the test");
        for length in [needed - 1, needed / 2, 4000, 100, 64, 40, 17] {
            bytes.truncate(length as usize);
            std::fs::write(&cut, &bytes).expect("a file");
            assert!(check_length(&cut).is_err_and(|reason| reason.contains("truncated")), "{length}");
        }
        std::fs::write(&cut, b"just text").expect("a file");
        assert_eq!(check_length(&cut), Ok(()));
    }
}
