//! External sorting: sorted runs in temporary files, which are merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// A key and its item.
pub(super) type Entry = (u64, u32);

/// Accepts entries in any order.
pub(super) struct Sorter {
    entries: Vec<Entry>,
    /// The maximum number of entries in memory.
    most: usize,
    runs: Vec<File>,
}

const ENTRY_BYTES: usize = 12;

impl Sorter {
    /// A sorter that keeps at most this many entries in memory, 16 bytes each.
    pub(super) const fn new(most: usize) -> Self {
        Self { entries: Vec::new(), most, runs: Vec::new() }
    }

    pub(super) fn push(&mut self, key: u64, item: u32) -> io::Result<()> {
        self.entries.push((key, item));
        if self.entries.len() >= self.most { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> io::Result<()> {
        self.entries.sort_unstable();
        // A file without a name: it disappears however the process ends.
        let mut file = BufWriter::new(tempfile::tempfile()?);
        for (key, item) in self.entries.drain(..) {
            file.write_all(&key.to_le_bytes())?;
            file.write_all(&item.to_le_bytes())?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.runs.push(file);
        Ok(())
    }

    /// All entries in order.
    pub(super) fn sorted(mut self) -> io::Result<Sorted> {
        self.entries.sort_unstable();
        let mut sorted =
            Sorted { runs: vec![Run::Memory(self.entries.into_iter())], next: BinaryHeap::new() };
        sorted.runs.extend(self.runs.into_iter().map(|file| Run::File(BufReader::new(file))));
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

enum Run {
    Memory(std::vec::IntoIter<Entry>),
    File(BufReader<File>),
}

impl Run {
    fn next(&mut self) -> io::Result<Option<Entry>> {
        match self {
            Self::Memory(entries) => Ok(entries.next()),
            Self::File(file) => {
                let mut bytes = [0; ENTRY_BYTES];
                match file.read_exact(&mut bytes) {
                    Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
                    read => read?,
                }
                let [k0, k1, k2, k3, k4, k5, k6, k7, i0, i1, i2, i3] = bytes;
                let key = u64::from_le_bytes([k0, k1, k2, k3, k4, k5, k6, k7]);
                Ok(Some((key, u32::from_le_bytes([i0, i1, i2, i3]))))
            }
        }
    }
}

/// Entries in order.
pub(super) struct Sorted {
    runs: Vec<Run>,
    /// The next entry of each run.
    next: BinaryHeap<Reverse<(Entry, usize)>>,
}

impl Sorted {
    fn advance(&mut self, run: usize) -> io::Result<()> {
        if let Some(entry) = self.runs[run].next()? {
            self.next.push(Reverse((entry, run)));
        }
        Ok(())
    }

    /// The items of the next key, sorted and without duplicates; `None` at the end.
    pub(super) fn group(&mut self, items: &mut Vec<u32>) -> io::Result<Option<u64>> {
        items.clear();
        let Some(Reverse(((key, _), _))) = self.next.peek().copied() else { return Ok(None) };
        while let Some(Reverse(((next, item), run))) = self.next.peek().copied() {
            if next != key {
                break;
            }
            self.next.pop();
            self.advance(run)?;
            if items.last() != Some(&item) {
                items.push(item);
            }
        }
        Ok(Some(key))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn groups_are_the_same_with_any_memory(entries in proptest::collection::vec((0u64..20, 0u32..10), 0..100), most in 1usize..30) {
            let mut sorter = Sorter::new(most);
            for (key, item) in &entries {
                sorter.push(*key, *item).expect("pushed");
            }
            let mut sorted = sorter.sorted().expect("sorted");
            let (mut found, mut items) = (Vec::new(), Vec::new());
            while let Some(key) = sorted.group(&mut items).expect("read") {
                found.extend(items.iter().map(|item| (key, *item)));
            }
            let mut expected = entries;
            expected.sort_unstable();
            expected.dedup();
            proptest::prop_assert_eq!(found, expected);
        }
    }
}
