//! The words of `data/words.tsv`, with their roles in expressing an attitude.

use copydesk_core::{Lexicon, hash_lower};

/// The roles of a word, as bits.
pub(crate) mod role {
    pub(crate) const FUTURE: u32 = 1;
    pub(crate) const FUTURE_TO: u32 = 1 << 1;
    pub(crate) const POSSIBLE: u32 = 1 << 2;
    pub(crate) const DEMAND: u32 = 1 << 3;
    pub(crate) const HEARSAY: u32 = 1 << 4;
    pub(crate) const NEGATION: u32 = 1 << 5;
    pub(crate) const NEGATION_OFF: u32 = 1 << 6;
    pub(crate) const NEGATION_TO: u32 = 1 << 7;
    pub(crate) const CONDITION: u32 = 1 << 8;
    pub(crate) const SUPERLATIVE: u32 = 1 << 9;
    pub(crate) const COMPARISON: u32 = 1 << 10;
    pub(crate) const CLAUSE: u32 = 1 << 11;
    pub(crate) const SAYING: u32 = 1 << 12;
    pub(crate) const ASKING: u32 = 1 << 13;
    pub(crate) const PLANNING: u32 = 1 << 14;
    pub(crate) const BELIEVING: u32 = 1 << 15;
    pub(crate) const REPORTING: u32 = 1 << 16;
    pub(crate) const DOUBTING: u32 = 1 << 17;
    pub(crate) const NAMING: u32 = 1 << 18;
    pub(crate) const CHANCE: u32 = 1 << 19;
    pub(crate) const MASSES: u32 = 1 << 20;
    pub(crate) const MOVED: u32 = 1 << 21;
}

const ROLES: [(&str, u32); 22] = [
    ("future", role::FUTURE),
    ("future-to", role::FUTURE_TO),
    ("possible", role::POSSIBLE),
    ("demand", role::DEMAND),
    ("hearsay", role::HEARSAY),
    ("negation", role::NEGATION),
    ("negation-off", role::NEGATION_OFF),
    ("negation-to", role::NEGATION_TO),
    ("condition", role::CONDITION),
    ("superlative", role::SUPERLATIVE),
    ("comparison", role::COMPARISON),
    ("clause", role::CLAUSE),
    ("saying", role::SAYING),
    ("asking", role::ASKING),
    ("planning", role::PLANNING),
    ("believing", role::BELIEVING),
    ("reporting", role::REPORTING),
    ("doubting", role::DOUBTING),
    ("naming", role::NAMING),
    ("chance", role::CHANCE),
    ("masses", role::MASSES),
    ("moved", role::MOVED),
];

/// The approximate number of words.
const WORDS: usize = 500;

/// The roles of words.
pub(crate) struct Words {
    roles: Lexicon<u32>,
}

impl Words {
    /// Reads the table. A line with an unknown role is an error.
    pub(crate) fn load() -> Result<Self, String> {
        let mut roles: Lexicon<u32> = Lexicon::with_capacity(WORDS);
        for line in include_str!("../data/words.tsv").lines().filter(|line| !line.starts_with('#')) {
            let (name, forms) = line.split_once('\t').ok_or_else(|| format!("no tab: {line:?}"))?;
            let bit = ROLES.iter().find(|(known, _)| *known == name).map(|(_, bit)| *bit);
            let bit = bit.ok_or_else(|| format!("{name:?} is not a role"))?;
            for form in forms.split(' ') {
                let hash = hash_lower(form);
                let known = roles.get(hash).copied().unwrap_or(0);
                roles.insert(hash, known | bit);
            }
        }
        Ok(Self { roles })
    }

    /// The roles of a word by its hash.
    pub(crate) fn of(&self, hash: u64) -> u32 {
        self.roles.get(hash).copied().unwrap_or(0)
    }

    /// Whether a word has one of these roles.
    pub(crate) fn has(&self, hash: u64, roles: u32) -> bool {
        self.of(hash) & roles != 0
    }
}
