//! Lays out the tables of words and names under `data/`, so that a run uses them in place and reads no list at its start.
//!
//! Writes `tables.bin`: a table of contents, then the parts, with the numbers that `src/tables/mod.rs` uses.
#![allow(clippy::print_stdout, reason = "a build script talks to cargo")]

#[path = "../src/tables/cue.rs"]
#[allow(dead_code, reason = "most cues are for those who ask")]
mod cue;
#[path = "../../../core/src/fixed.rs"]
#[allow(dead_code, unreachable_pub, reason = "only the half that writes is for a build script")]
mod fixed;
#[path = "../../../core/src/hash.rs"]
#[allow(dead_code, unreachable_pub, reason = "the same")]
mod hash;
#[path = "../src/tables/name_hash.rs"]
#[allow(dead_code, reason = "the same")]
mod name_hash;
#[path = "../src/tables/part.rs"]
mod part;
mod places;
#[path = "../src/tables/thing.rs"]
#[allow(dead_code, reason = "most are for those who ask")]
mod thing;
mod things;
mod words;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use fixed::FixedLexicon;
use hash::hash_lower;

/// The contents of the tables, by the hashes of words and names.
#[derive(Default)]
struct Tables {
    words: BTreeMap<u64, u64>,
    names: BTreeMap<u64, (u8, u16)>,
    regions: BTreeMap<u64, (u16, bool)>,
    second: BTreeMap<u64, u16>,
    shared: BTreeMap<u64, (u16, bool)>,
    codes: Vec<String>,
    states: BTreeMap<u64, u16>,
    state_rows: Vec<[u8; part::STATE]>,
    cities: Vec<[u8; part::CITY]>,
    city_runs: BTreeMap<u64, (u32, u32)>,
    things: BTreeMap<u64, u32>,
    spellings: BTreeMap<u64, u64>,
    firms: BTreeMap<u64, ()>,
    nicknames: Vec<(u64, u64)>,
}

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    println!("cargo::rerun-if-changed=src/tables");
    for file in ["hash.rs", "fixed.rs"] {
        println!("cargo::rerun-if-changed=../../core/src/{file}");
    }
    let mut tables = Tables::default();
    tables.load_words();
    tables.load_places();
    tables.load_shared();
    tables.load_states();
    tables.load_things();
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
    std::fs::write(folder.join("tables.bin"), tables.laid_out()).expect("cargo's folder can be written to");
}

/// A table under `data/`.
fn read(name: &str) -> String {
    let path = Path::new("data").join(name);
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The rows of a table, with the number of the line for messages.
fn rows(table: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = table.lines().enumerate().map(|(place, line)| (place + 1, line));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

impl Tables {
    fn laid_out(self) -> Vec<u8> {
        // A word has several flags, but few sets of them occur.
        let sets: Vec<u64> =
            self.words.values().copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let set = |bits: &u64| {
            let place = sets.binary_search(bits).expect("a set of these");
            u16::try_from(place).expect("fewer sets of cues than that").to_le_bytes()
        };
        let coded = |(code, flag): &(u16, bool)| {
            let [low, high] = code.to_le_bytes();
            [low, high, u8::from(*flag)]
        };
        let listed = |(kind, code): &(u8, u16)| {
            let [low, high] = code.to_le_bytes();
            [low, high, *kind]
        };
        let run = |(start, end): &(u32, u32)| {
            let mut bytes = [0; 8];
            bytes[..4].copy_from_slice(&start.to_le_bytes());
            bytes[4..].copy_from_slice(&end.to_le_bytes());
            bytes
        };
        let codes = self.codes.iter().map(|code| {
            let mut bytes = [0; part::CODE];
            bytes.get_mut(..code.len()).expect("a short code").copy_from_slice(code.as_bytes());
            bytes
        });
        let pairs = self.nicknames.iter().flat_map(|(one, other)| [one.to_le_bytes(), other.to_le_bytes()]);
        let mut parts: [Vec<u8>; part::COUNT] = Default::default();
        parts[part::WORDS] = map(&self.words, set);
        parts[part::SETS] = sets.iter().flat_map(|set| set.to_le_bytes()).collect();
        parts[part::NAMES] = map(&self.names, listed);
        parts[part::REGIONS] = map(&self.regions, coded);
        parts[part::SECOND] = map(&self.second, |code| code.to_le_bytes());
        parts[part::SHARED] = map(&self.shared, coded);
        parts[part::CODES] = codes.flatten().collect();
        parts[part::STATES] = map(&self.states, |row| row.to_le_bytes());
        parts[part::STATE_ROWS] = self.state_rows.concat();
        parts[part::CITIES] = self.cities.concat();
        parts[part::CITY_RUNS] = map(&self.city_runs, run);
        parts[part::THINGS] = map(&self.things, |bits| bits.to_le_bytes());
        parts[part::SPELLINGS] = map(&self.spellings, |hash| hash.to_le_bytes());
        parts[part::FIRMS] = map(&self.firms, |()| [1]);
        parts[part::NICKNAMES] = pairs.flatten().collect();
        let mut start = part::CONTENTS;
        let mut contents = Vec::new();
        for part in &parts {
            contents.extend((start as u32).to_le_bytes());
            contents.extend((part.len() as u32).to_le_bytes());
            start = (start + part.len()).next_multiple_of(part::ALIGNMENT);
        }
        let mut file = contents;
        file.resize(part::CONTENTS, 0);
        for part in parts {
            file.extend(part);
            file.resize(file.len().next_multiple_of(part::ALIGNMENT), 0);
        }
        file
    }
}

fn map<V, const N: usize>(values: &BTreeMap<u64, V>, bytes: impl Fn(&V) -> [u8; N]) -> Vec<u8> {
    let pairs: Vec<_> = values.iter().map(|(hash, value)| (*hash, bytes(value))).collect();
    FixedLexicon::lay_out(&pairs)
}
