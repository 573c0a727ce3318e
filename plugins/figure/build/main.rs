//! Lays out the tables of units and currencies, whose thousands of forms a run would otherwise make at its start, and the built-in patterns.
//!
//! Writes `units.bin`, which `src/sentence/table.rs` reads, and `patterns.tsv` and `dates.tsv`, for `src/patterns/row.rs`.
#![allow(clippy::print_stdout, reason = "a build script talks to cargo")]

// The files of the stage and of `core` name each other as they do there.
extern crate self as copydesk_core;

#[path = "../../../core/src/decimal.rs"]
#[allow(dead_code, unreachable_pub, reason = "a build script needs little of it")]
mod decimal;
#[path = "../../../core/src/fixed.rs"]
#[allow(dead_code, unreachable_pub, reason = "the same")]
mod fixed;
#[path = "../../../core/src/hash.rs"]
#[allow(dead_code, unreachable_pub, reason = "the same")]
mod hash;
mod patterns;
#[path = "../src/patterns/row_cells.rs"]
mod row_cells;
#[path = "../src/sentence"]
mod sentence {
    pub(crate) mod keys;
    #[allow(dead_code, reason = "the rest is for users' own units")]
    pub(crate) mod unit_forms;
    #[allow(dead_code, reason = "the same")]
    pub(crate) mod units;
}

pub(crate) use decimal::Decimal;
pub(crate) use fixed::FixedLexicon;
pub(crate) use hash::hash_lower;
use sentence::unit_forms::Forms;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=data");
    println!("cargo::rerun-if-changed=build");
    for file in ["patterns/row_cells", "sentence/keys", "sentence/units", "sentence/unit_forms"] {
        println!("cargo::rerun-if-changed=src/{file}.rs");
    }
    for file in ["decimal", "fixed", "hash"] {
        println!("cargo::rerun-if-changed=../../core/src/{file}.rs");
    }
    let mut forms = Forms::of_units();
    forms.currencies();
    let folder = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo names the folder"));
    let write = |name: &str, bytes: &[u8]| {
        std::fs::write(folder.join(name), bytes).expect("cargo's folder can be written to");
    };
    write("units.bin", &forms.laid_out());
    write("patterns.tsv", patterns::rows(include_str!("../data/patterns.toml")).as_bytes());
    write("dates.tsv", patterns::rows(include_str!("../data/dates.toml")).as_bytes());
}
