//! Any bytes as a file of any format, plain or compressed: reading and parsing do not panic, every record is valid or a failure with a
//! message, and reading ends.
#![no_main]

use std::sync::Arc;

use copydesk_engine::input::{Prepared, Reader, Record, RecordOptions, find};

/// File names, for their extensions.
const NAMES: [&str; 12] = [
    "x.jsonl",
    "x.json",
    "x.csv",
    "x.tsv",
    "x.html",
    "x.warc",
    "x.rss",
    "x.txt",
    "x.zip",
    "x.tar",
    "x.parquet",
    "x.jsonl.gz",
];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let folder = std::env::temp_dir().join(format!("copydesk-fuzz-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(NAMES[*first as usize % NAMES.len()]);
    std::fs::write(&path, bytes).expect("a file");
    let found = find(&[path.to_string_lossy().into_owned()], None).expect("it is there").found;
    let options = RecordOptions::default();
    let mut reader = Reader::new(found, &options, Arc::default());
    let mut records = 0;
    while let Some(batch) = reader.next_batch(Vec::new()) {
        for item in &batch.items {
            let prepared = Prepared::new(&batch.bytes[item.range.clone()], item, &options);
            if let Err((id, error)) = Record::parse(&prepared, item, &options) {
                assert!(!id.is_empty() && !error.to_string().is_empty());
            }
            records += 1;
        }
        // A file of a few kilobytes, even decompressed, does not have millions of records.
        assert!(records < 10_000_000);
    }
});
