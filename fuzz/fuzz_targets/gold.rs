//! Any bytes as annotated data in any format: documents whose spans are within their text, or an error that names the line.
#![no_main]

use copydesk_eval::{read_gold, read_tagged};

/// File names, for their extensions.
const NAMES: [&str; 6] = ["x.jsonl", "x.marked", "x.ann", "x.conll", "x.conllu", "x.txt"];

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let folder = std::env::temp_dir().join(format!("copydesk-fuzz-gold-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(NAMES[*first as usize % NAMES.len()]);
    std::fs::write(&path, bytes).expect("a file");
    // Stand-off annotations have their text in a separate file.
    std::fs::write(folder.join("x.txt"), bytes).expect("a file");
    match read_gold(&path) {
        Ok(documents) => {
            for document in documents {
                let inside = |start: u32, end: u32| document.text.get(start as usize..end as usize).is_some();
                assert!(document.names().all(|(span, _)| inside(span.start(), span.end())));
                let parts =
                    document.attributions().flat_map(|own| [own.source, own.cue, own.content].concat());
                assert!(parts.into_iter().all(|span| inside(span.start(), span.end())));
                let mentions = document.clusters().flat_map(|cluster| cluster.mentions);
                assert!(mentions.into_iter().all(|own| inside(own.span.start(), own.span.end())));
                let _ = (document.label(), document.score(), document.choice(), document.opinion());
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    if let Err(error) = read_tagged(&path) {
        assert!(!error.to_string().is_empty());
    }
});
