//! The built-in models with any bytes changed and a valid checksum: the stage refuses the model, or analyses an article with it.
#![no_main]

use std::path::Path;

use copydesk_core::Source;
use copydesk_engine::config;
use copydesk_engine::{Analyzer, Registry};
use copydesk_learn::artefact::reseal;

/// Stage, option and file.
const MODELS: [(&str, &str, &[u8]); 6] = [
    ("entity", "coref_model", include_bytes!("../../plugins/entity/data/coref.bin")),
    ("syntax", "model", include_bytes!("../../plugins/syntax/data/syntax.bin")),
    ("quote", "model", include_bytes!("../../plugins/quote/data/quote.bin")),
    ("sentiment", "stance_model", include_bytes!("../../plugins/sentiment/data/stance.bin")),
    ("sentiment", "model", include_bytes!("../../plugins/sentiment/data/sentiment.bin")),
    ("entity", "model", include_bytes!("../../plugins/entity/data/entity.bin")),
];

const ARTICLE: &str = "OSLO, May 8 - The harbour board of Hamar said on Wednesday that freight had risen by 5.2 % to 1.4 million \
    tonnes. \"We are proud of that,\" said Marit Berg, its director, who praised the crews. She attacked Jonas Lund, who had called \
    the quay a waste of money, and he told reporters that Berg was wrong.";

/// The headers and the index are at the start: half of the changes go there.
const FRONT: usize = 512;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some((first, edits)) = bytes.split_first() else { return };
    let (stage, option, model) = MODELS[*first as usize % MODELS.len()];
    let mut model = model.to_vec();
    for edit in edits.as_chunks::<5>().0 {
        let place = u32::from_le_bytes([edit[0], edit[1], edit[2], edit[3]]) as usize;
        let length = model.len();
        match edit[3] & 3 {
            0 | 1 => model[place % FRONT.min(length)] = edit[4],
            2 => model[place % length] = edit[4],
            // A range of equal bytes, such as the zeros of a sparse file.
            _ => {
                let start = place % length;
                model[start..(start + 64).min(length)].fill(edit[4]);
            }
        }
    }
    reseal(&mut model);
    let folder = std::env::temp_dir().join(format!("copydesk-fuzz-models-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join("x.bin");
    std::fs::write(&path, &model).expect("a file");
    let stages = ["entity", "syntax", "quote", "sentiment"].map(|name| {
        let own = if name == stage {
            format!("[stage.options]\n{option} = {:?}\n", path.to_string_lossy())
        } else {
            String::new()
        };
        format!("[[stage]]\nuse = \"{name}\"\n{own}")
    });
    match config::parse(&stages.concat(), Path::new("p.toml"), &[], &Registry::built_in()) {
        Ok(config) => {
            let source = Source { id: "x", text: ARTICLE, date: Some("2024-05-08"), ..Source::default() };
            if let Err(error) = Analyzer::new(&config.plan).analyze(source) {
                panic!("{error}");
            }
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
});
