//! Any text as a user's own table: gazetteer, names by pattern, cues, units, patterns of figures, lexicon. The stage refuses it with a
//! message, or analyses an article with it.
#![no_main]

use std::path::Path;

use copydesk_core::Source;
use copydesk_engine::config;
use copydesk_engine::{Analyzer, Registry};

/// The stages that read a table, with the option for it and the file name.
const TABLES: [(&str, &str, &str); 6] = [
    ("entity", "gazetteers", "x.tsv"),
    ("quote", "cues", "x.tsv"),
    ("figure", "units", "x.tsv"),
    ("figure", "patterns", "x.toml"),
    ("sentiment", "lexicons", "x.tsv"),
    ("entity", "rules", ""),
];

/// An article to which all these tables apply.
const ARTICLE: &str = "OSLO, May 8 - The harbour board of Hamar said on Wednesday that freight had risen by 5.2 % to 1.4 million \
    tonnes, from 1.33 million a year before. \"We are proud of that,\" said Marit Berg, its director, who praised the crews. She \
    told 12 reporters that a new quay of 300 metres would cost 45 million kroner and open on 3 March 2025.";

libfuzzer_sys::fuzz_target!(|text: &str| {
    let Some((first, table)) = text.split_at_checked(1) else { return };
    let (stage, option, name) = TABLES[usize::from(first.as_bytes()[0]) % TABLES.len()];
    let value = if option == "rules" {
        format!("[{{ kind = \"organization\", pattern = {table:?} }}]")
    } else {
        let folder = std::env::temp_dir().join(format!("copydesk-fuzz-tables-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        std::fs::write(&path, table).expect("a file");
        format!("[{:?}]", path.to_string_lossy())
    };
    let file = format!("[[stage]]\nuse = \"{stage}\"\n[stage.options]\n{option} = {value}\n");
    match config::parse(&file, Path::new("p.toml"), &[], &Registry::built_in()) {
        Ok(config) => {
            let source = Source { id: "x", text: ARTICLE, date: Some("2024-05-08"), ..Source::default() };
            if let Err(error) = Analyzer::new(&config.plan).analyze(source) {
                panic!("{error}");
            }
        }
        Err(problems) => assert!(!problems.is_empty()),
    }
});
