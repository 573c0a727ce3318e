//! Lays out the lexicon of `data/vader.tsv`, `news.tsv` and `cues.tsv`, so that a run does not read eight thousand lines at its start.
//!
//! Writes `lexicon.bin`, which `src/lexicon.rs` reads: for each word its hash, its valence and its roles.
#![allow(clippy::print_stdout, reason = "a build script talks to cargo")]

#[path = "../../../core/src/hash.rs"]
#[allow(dead_code, unreachable_pub, reason = "a build script needs little of it")]
mod hash;
#[path = "../src/word_table.rs"]
mod word_table;

use std::collections::BTreeMap;
use std::path::PathBuf;

use hash::hash_lower;
use word_table::{Entry, entries, role};

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/word_table.rs");
    println!("cargo::rerun-if-changed=../../core/src/hash.rs");
    let mut words: BTreeMap<u64, (f32, u16)> = BTreeMap::new();
    let read = entries(|form, entry| {
        let word = words.entry(hash_lower(form)).or_default();
        match entry {
            Entry::Valence(valence) => *word = (valence, if valence == 0.0 { 0 } else { role::VALENCE }),
            Entry::Role(role) => word.1 |= role,
        }
    });
    read.unwrap_or_else(|line| panic!("data/{line}"));
    let bytes = words.iter().flat_map(|(hash, (valence, roles))| {
        let valence = valence.to_le_bytes().into_iter().chain(roles.to_le_bytes());
        hash.to_le_bytes().into_iter().chain(valence)
    });
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
    std::fs::write(folder.join("lexicon.bin"), bytes.collect::<Vec<_>>())
        .expect("cargo's folder can be written to");
}
