//! What words show about whether names and nouns refer to the same thing: `things.tsv`, and the names of men and women.

use crate::name_hash::hashes;
use crate::{Tables, hash_lower, read, rows, thing};

impl Tables {
    pub(crate) fn load_things(&mut self) {
        for (file, bit) in [("he_names.txt", thing::HE_NAME), ("she_names.txt", thing::SHE_NAME)] {
            read(file).lines().for_each(|name| {
                self.add_flag(name, bit);
            });
        }
        for (line, row) in rows(&read("things.tsv")) {
            let Some((name, row)) = row.split_once('\t') else { continue };
            let mut words = row.split_whitespace();
            match name {
                "nickname" => {
                    let full = self.add_flag(words.next().unwrap_or(""), thing::NICKNAME);
                    for word in words {
                        let short = self.add_flag(word, thing::NICKNAME);
                        self.nicknames.extend([(full, short), (short, full)]);
                    }
                }
                "firm" => {
                    if let Some((first, firm)) = hashes(row) {
                        *self.things.entry(first).or_default() |= thing::FIRM;
                        self.firms.insert(firm, ());
                    }
                }
                // Read with countries and cities.
                "shared" | "city" => {}
                "same" => {
                    let first = hash_lower(words.next().unwrap_or(""));
                    for word in words {
                        let other = self.add_flag(word, thing::SPELT);
                        self.spellings.insert(other, first);
                    }
                }
                _ => {
                    let bit = thing::NAMES.iter().find(|(known, _)| *known == name);
                    let (_, bit) =
                        bit.unwrap_or_else(|| panic!("data/things.tsv, line {line}: unknown name {name}"));
                    words.for_each(|word| {
                        self.add_flag(word, *bit);
                    });
                }
            }
        }
        self.nicknames.sort_unstable();
        self.nicknames.dedup();
    }

    fn add_flag(&mut self, word: &str, bit: u32) -> u64 {
        let hash = hash_lower(word);
        *self.things.entry(hash).or_default() |= bit;
        hash
    }
}
