//! Common words, personal names and cue words.

use crate::{Tables, cue, hash_lower, read, rows};

impl Tables {
    pub(crate) fn load_words(&mut self) {
        for (file, bit) in [
            ("common_words.txt", cue::COMMON),
            ("given_names.txt", cue::GIVEN),
            ("surnames.txt", cue::SURNAME),
        ] {
            read(file).lines().for_each(|word| self.mark(word, bit));
        }
        for (line, row) in rows(&read("cues.tsv")) {
            let Some((name, words)) = row.split_once('\t') else { continue };
            let bit = cue::NAMES.iter().find(|(cue, _)| *cue == name);
            let (_, bit) = bit.unwrap_or_else(|| panic!("data/cues.tsv, line {line}: unknown cue {name}"));
            words.split_whitespace().for_each(|word| self.mark(word, *bit));
        }
    }

    pub(crate) fn word(&self, hash: u64) -> u64 {
        self.words.get(&hash).copied().unwrap_or(0)
    }

    fn mark(&mut self, word: &str, bit: u64) {
        *self.words.entry(hash_lower(word)).or_default() |= bit;
    }

    /// Lists a name by the hashes of its first word and of the whole.
    pub(crate) fn list(&mut self, first: u64, hash: u64, kind: u8, code: u16) {
        *self.words.entry(first).or_default() |= cue::GAZETTEER;
        self.names.insert(hash, (kind, code));
    }
}
