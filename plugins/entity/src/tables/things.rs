//! What words tell of which names and nouns are of one thing: `things.tsv`, and the names of men and women. Apart from the
//! cues, which the recogniser's model was trained with.

use copydesk_core::{Lexicon, hash_lower};

use super::form::hashes;
use super::{lines, rows};

/// What a word tells; it may tell several things.
pub(crate) mod thing {
    /// What one is to another: "son".
    pub(crate) const KIN: u32 = 1;
    /// Titles and family words of men, and of women.
    pub(crate) const HE: u32 = 1 << 1;
    pub(crate) const SHE: u32 = 1 << 2;
    /// Given names of men, and of women.
    pub(crate) const HE_NAME: u32 = 1 << 3;
    pub(crate) const SHE_NAME: u32 = 1 << 4;
    /// "Jr", "Sr", "III" behind a name.
    pub(crate) const JUNIOR: u32 = 1 << 5;
    pub(crate) const SENIOR: u32 = 1 << 6;
    pub(crate) const NUMBERED: u32 = 1 << 7;
    /// A verb between a speaker and quotation marks.
    pub(crate) const SAY: u32 = 1 << 8;
    /// The first word of a sports club's name.
    pub(crate) const CLUB: u32 = 1 << 9;
    /// Words in the names of bodies of state, of newspapers, and of ministries.
    pub(crate) const PUBLIC: u32 = 1 << 10;
    pub(crate) const PRESS: u32 = 1 << 11;
    pub(crate) const MINISTRY: u32 = 1 << 12;
    /// Nouns that mean a private organisation, any organisation, a newspaper, a town, or what holds them in its name.
    pub(crate) const COMPANY: u32 = 1 << 13;
    pub(crate) const BODY: u32 = 1 << 14;
    pub(crate) const PAPER: u32 = 1 << 15;
    pub(crate) const TOWN: u32 = 1 << 16;
    pub(crate) const OWN: u32 = 1 << 17;
    pub(crate) const COUNTRY: u32 = 1 << 18;
    /// Nouns that mean an organisation beside which they stood.
    pub(crate) const TRADE: u32 = 1 << 21;
    /// Has short forms, or is one.
    pub(crate) const NICKNAME: u32 = 1 << 19;
    /// Has two spellings.
    pub(crate) const SPELT: u32 = 1 << 20;
    /// The last word of a place's name, and of no person's.
    pub(crate) const PLACE: u32 = 1 << 22;
    /// In front of the 's of a firm's name: "McDonald's".
    pub(crate) const BRAND: u32 = 1 << 23;
    /// In front of the name of a ship.
    pub(crate) const SHIP: u32 = 1 << 24;
    /// A party, by one word.
    pub(crate) const PARTY: u32 = 1 << 25;
    /// Verbs between two clubs, and what one is in a club.
    pub(crate) const BEAT: u32 = 1 << 26;
    pub(crate) const PLAYER: u32 = 1 << 27;
    /// Verbs in front of a place.
    pub(crate) const VISIT: u32 = 1 << 28;
    /// Who works at a firm.
    pub(crate) const STAFF: u32 = 1 << 29;
    /// The first word of a firm that is called like a person.
    pub(crate) const FIRM: u32 = 1 << 30;
    /// Any noun that may mean something named before.
    pub(crate) const NOUN: u32 = COMPANY | BODY | PAPER | TOWN | OWN | COUNTRY | TRADE;
    /// Any word behind a name that tells the generation.
    pub(crate) const GENERATION: u32 = JUNIOR | SENIOR | NUMBERED;
}

/// The first column of `things.tsv`, and the bit.
const NAMES: [(&str, u32); 26] = [
    ("kin", thing::KIN),
    ("he", thing::HE),
    ("she", thing::SHE),
    ("junior", thing::JUNIOR),
    ("senior", thing::SENIOR),
    ("numbered", thing::NUMBERED),
    ("say", thing::SAY),
    ("club", thing::CLUB),
    ("public", thing::PUBLIC),
    ("press", thing::PRESS),
    ("ministry", thing::MINISTRY),
    ("company", thing::COMPANY),
    ("body", thing::BODY),
    ("paper", thing::PAPER),
    ("town", thing::TOWN),
    ("own", thing::OWN),
    ("country", thing::COUNTRY),
    ("trade", thing::TRADE),
    ("place", thing::PLACE),
    ("brand", thing::BRAND),
    ("ship", thing::SHIP),
    ("party", thing::PARTY),
    ("beat", thing::BEAT),
    ("player", thing::PLAYER),
    ("visit", thing::VISIT),
    ("staff", thing::STAFF),
];

/// About so many words are listed.
const WORDS: usize = 20_000;

#[derive(Default)]
pub(crate) struct Things {
    words: Lexicon<u32>,
    /// The spelling that stands for two.
    spellings: Lexicon<u64>,
    /// Firms that are called like people, by the hashes of their names.
    firms: Lexicon<()>,
    /// Pairs of a given name and a short form, in the order of the first and then of the second.
    nicknames: Vec<(u64, u64)>,
}

impl Things {
    pub(crate) fn load() -> Self {
        let mut things = Self { words: Lexicon::with_room(WORDS), ..Self::default() };
        for line in lines(include_str!("../../data/he_names.txt")) {
            things.mark(line, thing::HE_NAME);
        }
        for line in lines(include_str!("../../data/she_names.txt")) {
            things.mark(line, thing::SHE_NAME);
        }
        for (tells, row) in rows(include_str!("../../data/things.tsv")).filter_map(|row| row.split_once('\t'))
        {
            let mut words = row.split_whitespace();
            match tells {
                "nickname" => {
                    let full = things.mark(words.next().unwrap_or(""), thing::NICKNAME);
                    for word in words {
                        let short = things.mark(word, thing::NICKNAME);
                        things.nicknames.extend([(full, short), (short, full)]);
                    }
                }
                "firm" => {
                    if let Some((first, firm)) = hashes(row) {
                        things.words.insert(first, things.tells(first) | thing::FIRM);
                        things.firms.insert(firm, ());
                    }
                }
                // Read with countries and cities.
                "shared" | "city" => {}
                "same" => {
                    let first = hash_lower(words.next().unwrap_or(""));
                    for word in words {
                        let other = things.mark(word, thing::SPELT);
                        things.spellings.insert(other, first);
                    }
                }
                _ => {
                    let bit = NAMES.iter().find(|(name, _)| *name == tells).map_or(0, |(_, bit)| *bit);
                    debug_assert!(bit != 0, "things.tsv tells of {tells}, which is nothing");
                    words.for_each(|word| {
                        things.mark(word, bit);
                    });
                }
            }
        }
        things.nicknames.sort_unstable();
        things.nicknames.dedup();
        things
    }

    fn mark(&mut self, word: &str, bit: u32) -> u64 {
        let hash = hash_lower(word);
        self.words.insert(hash, self.tells(hash) | bit);
        hash
    }

    /// What a word tells, by its hash.
    #[inline]
    pub(crate) fn tells(&self, hash: u64) -> u32 {
        self.words.get(hash).copied().unwrap_or(0)
    }

    /// Whether a name's words are those of a firm that is called like a person.
    pub(crate) fn is_firm(&self, name: u64) -> bool {
        self.firms.get(name).is_some()
    }

    /// The word in the spelling that stands for its others.
    pub(crate) fn spelling(&self, hash: u64) -> u64 {
        if self.tells(hash) & thing::SPELT == 0 {
            return hash;
        }
        self.spellings.get(hash).copied().unwrap_or(hash)
    }

    /// The full names of a short form and the short forms of a full name.
    pub(crate) fn nicknames(&self, hash: u64) -> impl Iterator<Item = u64> + '_ {
        let known = self.tells(hash) & thing::NICKNAME != 0;
        let first = if known { self.nicknames.partition_point(|(name, _)| *name < hash) } else { usize::MAX };
        let row = self.nicknames.get(first..).unwrap_or(&[]);
        row.iter().take_while(move |(name, _)| *name == hash).map(|(_, other)| *other)
    }

    /// Whether two given names may be of one person: "Bill" and "William".
    pub(crate) fn same_given(&self, one: u64, other: u64) -> bool {
        one == other || self.nicknames(one).any(|name| name == other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_and_spellings() {
        let things = Things::load();
        let same = |one: &str, other: &str| things.same_given(hash_lower(one), hash_lower(other));
        assert!(same("Bill", "William") && same("William", "Bill") && same("Marit", "Marit"));
        assert!(!same("Alexander", "Alexandra") && !same("Marit", "Bill"));
        assert_eq!(things.spelling(hash_lower("Defense")), hash_lower("defence"));
        assert!(things.tells(hash_lower("Ingeborg")) & thing::SHE_NAME != 0);
        assert_eq!(things.tells(hash_lower("Kim")) & (thing::HE_NAME | thing::SHE_NAME), 0);
    }
}
