//! What is known of words and names before a document is read: cue words, gazetteers, lists of personal names.

use copydesk_core::{Lexicon, hash_lower};

/// What a word can tell. A word may tell several things.
pub(crate) mod cue {
    pub(crate) const STOP: u64 = 1;
    pub(crate) const CALENDAR: u64 = 1 << 1;
    pub(crate) const HONORIFIC: u64 = 1 << 2;
    pub(crate) const ROLE: u64 = 1 << 3;
    pub(crate) const MODIFIER: u64 = 1 << 4;
    pub(crate) const ROLE_NOUN: u64 = 1 << 5;
    pub(crate) const SPEECH: u64 = 1 << 6;
    pub(crate) const ORG_END: u64 = 1 << 7;
    pub(crate) const ORG_HEAD: u64 = 1 << 8;
    pub(crate) const ORG: u64 = 1 << 9;
    pub(crate) const FACILITY_END: u64 = 1 << 10;
    pub(crate) const PLACE_END: u64 = 1 << 11;
    pub(crate) const PLACE_HEAD: u64 = 1 << 12;
    pub(crate) const EVENT_END: u64 = 1 << 13;
    pub(crate) const EVENT_HEAD: u64 = 1 << 14;
    pub(crate) const LAW_END: u64 = 1 << 15;
    pub(crate) const PRODUCT_END: u64 = 1 << 16;
    pub(crate) const NOMINAL: u64 = 1 << 17;
    pub(crate) const PARTICLE: u64 = 1 << 18;
    pub(crate) const CONNECTOR: u64 = 1 << 19;
    pub(crate) const COMPANY_CONTEXT: u64 = 1 << 20;
    pub(crate) const PLACE_PREPOSITION: u64 = 1 << 21;
    pub(crate) const COMMON: u64 = 1 << 22;
    pub(crate) const GIVEN: u64 = 1 << 23;
    pub(crate) const SURNAME: u64 = 1 << 24;
    /// The first word of a place's name of any length.
    pub(crate) const GAZETTEER: u64 = 1 << 25;
    pub(crate) const GROUP: u64 = 1 << 26;
    pub(crate) const PLAIN: u64 = 1 << 27;
    pub(crate) const PRODUCT_CONTEXT: u64 = 1 << 28;
    pub(crate) const ORG_NOUN: u64 = 1 << 29;
    /// "Inc", "Ltd": behind the name of a company, and not needed to know it again.
    pub(crate) const LEGAL_FORM: u64 = 1 << 30;
    /// Given names, titles and roles of men, and those of women.
    pub(crate) const HE: u64 = 1 << 31;
    pub(crate) const SHE: u64 = 1 << 32;
    /// Any cue that makes an organisation, law, event, facility or place of what stands before it.
    pub(crate) const NAME_END: u64 = ORG_END | FACILITY_END | PLACE_END | EVENT_END | LAW_END;
}

/// The first column of `cues.tsv`, and the bit.
const CUE_NAMES: [(&str, u64); 29] = [
    ("stop", cue::STOP),
    ("calendar", cue::CALENDAR),
    ("honorific", cue::HONORIFIC),
    ("role", cue::ROLE),
    ("modifier", cue::MODIFIER),
    ("role_noun", cue::ROLE_NOUN),
    ("speech", cue::SPEECH),
    ("org_end", cue::ORG_END),
    ("org_head", cue::ORG_HEAD),
    ("org", cue::ORG),
    ("facility_end", cue::FACILITY_END),
    ("place_end", cue::PLACE_END),
    ("place_head", cue::PLACE_HEAD),
    ("event_end", cue::EVENT_END),
    ("event_head", cue::EVENT_HEAD),
    ("law_end", cue::LAW_END),
    ("product_end", cue::PRODUCT_END),
    ("nominal", cue::NOMINAL),
    ("particle", cue::PARTICLE),
    ("connector", cue::CONNECTOR),
    ("company_context", cue::COMPANY_CONTEXT),
    ("place_preposition", cue::PLACE_PREPOSITION),
    ("group", cue::GROUP),
    ("plain", cue::PLAIN),
    ("product_context", cue::PRODUCT_CONTEXT),
    ("org_noun", cue::ORG_NOUN),
    ("legal_form", cue::LEGAL_FORM),
    ("he", cue::HE),
    ("she", cue::SHE),
];

/// What a listed place or demonym is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Listed {
    /// A country, by its row.
    Country(u16),
    /// A demonym of a country, by its row.
    Demonym(u16),
    /// A city, region, sea; the ISO 3166 code of its country by its place among the codes, if it has one.
    Place(u16),
}

/// A city of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct City {
    /// Its country, by its place among the codes.
    pub(crate) country: u16,
    /// Its GeoNames id.
    pub(crate) geonames: u32,
    pub(crate) latitude: &'static str,
    pub(crate) longitude: &'static str,
    /// Its people, in thousands.
    pub(crate) thousands: u32,
}

/// No country.
pub(crate) const NOWHERE: u16 = u16::MAX;

/// The longest listed name, in tokens.
pub(crate) const LONGEST_NAME: usize = 7;

/// About so many words and names are listed.
const WORDS: usize = 120_000;
const NAMES: usize = 16_000;

/// All tables of the stage.
pub(crate) struct Tables {
    words: Lexicon<u64>,
    names: Lexicon<Listed>,
    /// Regions by their names: their country, and whether it is a state or province.
    regions: Lexicon<(u16, bool)>,
    /// The other countries of a demonym of two.
    second: Lexicon<u16>,
    /// ISO 3166 codes, and the place of each by its hash.
    codes: Vec<String>,
    code_places: Lexicon<u16>,
    cities: Vec<City>,
    /// Where the cities of a name stand.
    city_runs: Lexicon<(u32, u32)>,
}

impl Tables {
    pub(crate) fn load() -> Self {
        let mut tables = Self {
            words: Lexicon::with_room(WORDS),
            names: Lexicon::with_room(NAMES),
            regions: Lexicon::default(),
            second: Lexicon::default(),
            codes: Vec::new(),
            code_places: Lexicon::default(),
            cities: Vec::new(),
            city_runs: Lexicon::with_room(NAMES),
        };
        for line in lines(include_str!("../data/common_words.txt")) {
            tables.mark(line, cue::COMMON);
        }
        for line in lines(include_str!("../data/given_names.txt")) {
            tables.mark(line, cue::GIVEN);
        }
        for line in lines(include_str!("../data/surnames.txt")) {
            tables.mark(line, cue::SURNAME);
        }
        for (name, words) in rows(include_str!("../data/cues.tsv")).filter_map(|row| row.split_once('\t')) {
            let bit = CUE_NAMES.iter().find(|(cue, _)| *cue == name).map_or(0, |(_, bit)| *bit);
            debug_assert!(bit != 0, "cues.tsv tells of {name}, which is no cue");
            words.split_whitespace().for_each(|word| tables.mark(word, bit));
        }
        tables.load_places();
        tables
    }

    fn load_places(&mut self) {
        self.load_cities();
        for row in rows(include_str!("../data/places.tsv")) {
            let (names, code) = row.split_once('\t').unwrap_or((row, ""));
            let mut parts = code.split('-');
            let country = self.code(parts.next().unwrap_or(""));
            let is_state = parts.next().is_some();
            for name in names.split('|') {
                let name = name.strip_prefix("the ").unwrap_or(name);
                let Some((first, hash)) = hashes(name) else { continue };
                self.list(first, hash, Listed::Place(country));
                if country != NOWHERE {
                    self.regions.insert(hash, (country, is_state));
                }
            }
        }
        for row in rows(include_str!("../data/countries.tsv")) {
            let mut columns = row.split('\t');
            let (code, names) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            let code = self.code(code);
            for name in names.split('|') {
                self.add_name(name, Listed::Country(code));
            }
            for demonym in columns.next().unwrap_or("").split('|') {
                let Some((first, hash)) = hashes(demonym) else { continue };
                if matches!(self.name(hash), Some(Listed::Demonym(_))) {
                    self.second.insert(hash, code);
                } else {
                    self.list(first, hash, Listed::Demonym(code));
                }
            }
        }
    }

    /// Rows of one name stand together, the largest city first.
    fn load_cities(&mut self) {
        let mut before = (0u64, 0u32);
        for row in rows(include_str!("../data/cities.tsv")) {
            let mut columns = row.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (name, code) = (next(), next());
            let country = self.code(code);
            let geonames = next().parse().unwrap_or(0);
            let (latitude, longitude) = (next(), next());
            let thousands = next().parse().unwrap_or(0);
            let place = self.cities.len() as u32;
            self.cities.push(City { country, geonames, latitude, longitude, thousands });
            // A city that is called like a common word ("Of", "Most") says too little.
            let single = !name.contains([' ', '-']);
            if single && self.word(hash_lower(name)) & (cue::COMMON | cue::STOP) != 0 {
                continue;
            }
            let Some((first, hash)) = hashes(name) else { continue };
            if before.0 != hash {
                before = (hash, place);
                self.list(first, hash, Listed::Place(country));
            }
            self.city_runs.insert(hash, (before.1, place + 1));
        }
    }

    fn mark(&mut self, word: &str, bit: u64) {
        let hash = hash_lower(word);
        self.words.insert(hash, self.word(hash) | bit);
    }

    fn code(&mut self, code: &str) -> u16 {
        if code.is_empty() {
            return NOWHERE;
        }
        let hash = hash_lower(code);
        if let Some(place) = self.code_places.get(hash) {
            return *place;
        }
        let place = u16::try_from(self.codes.len()).unwrap_or(NOWHERE);
        self.codes.push(code.to_owned());
        self.code_places.insert(hash, place);
        place
    }

    fn add_name(&mut self, name: &str, listed: Listed) {
        if let Some((first, hash)) = hashes(name) {
            self.list(first, hash, listed);
        }
    }

    /// Lists a name by the hashes of its first word and of the whole.
    fn list(&mut self, first: u64, hash: u64, listed: Listed) {
        self.words.insert(first, self.word(first) | cue::GAZETTEER);
        self.names.insert(hash, listed);
    }

    /// The cities of a name, the largest first.
    pub(crate) fn cities(&self, hash: u64) -> &[City] {
        let run = self.city_runs.get(hash).map(|(start, end)| *start as usize..*end as usize);
        run.and_then(|run| self.cities.get(run)).unwrap_or(&[])
    }

    /// The cues of a word by its hash.
    #[inline]
    pub(crate) fn word(&self, hash: u64) -> u64 {
        self.words.get(hash).copied().unwrap_or(0)
    }

    /// What is listed under the words of a name.
    pub(crate) fn name(&self, hash: u64) -> Option<Listed> {
        self.names.get(hash).copied()
    }

    /// The country of a region, and whether it is a state or province of it.
    pub(crate) fn region(&self, hash: u64) -> Option<(u16, bool)> {
        self.regions.get(hash).copied()
    }

    /// The other country of a demonym that two countries share.
    pub(crate) fn second_country(&self, hash: u64) -> Option<u16> {
        self.second.get(hash).copied()
    }

    /// The ISO 3166 code of a country.
    pub(crate) fn iso(&self, code: u16) -> Option<&str> {
        self.codes.get(usize::from(code)).map(String::as_str)
    }
}

/// The hashes of a name's words as the tokenizer cuts them: hyphens are tokens, an abbreviation's last stop is not hashed.
pub(crate) fn words_of(name: &str) -> impl Iterator<Item = u64> + '_ {
    let pieces = name.split_whitespace().flat_map(|part| {
        part.split('-')
            .enumerate()
            .flat_map(|(place, piece)| (place > 0).then_some("-").into_iter().chain([piece]))
    });
    pieces.filter(|piece| !piece.is_empty()).map(|piece| {
        let dotted = piece.len() > 2 && piece.ends_with('.');
        hash_lower(if dotted { &piece[..piece.len() - 1] } else { piece })
    })
}

/// The hash of a name's first word and that of the whole.
fn hashes(name: &str) -> Option<(u64, u64)> {
    let mut words = words_of(name);
    let first = words.next()?;
    Some((first, words.fold(extend(0, first), extend)))
}

/// The hash of a name of several words, a word at a time from 0.
#[inline]
pub(crate) fn extend(name: u64, word: u64) -> u64 {
    name.rotate_left(23).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ word
}

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    let mut start = 0;
    memchr::memchr_iter(b'\n', table.as_bytes())
        .map(move |end| &table[std::mem::replace(&mut start, end + 1)..end])
}

fn rows(table: &'static str) -> impl Iterator<Item = &'static str> {
    lines(table).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(tables: &Tables, words: &[&str]) -> Option<Listed> {
        tables.name(words.iter().fold(0, |name, word| extend(name, hash_lower(word))))
    }

    #[test]
    fn names_of_several_words_and_codes() {
        let tables = Tables::load();
        let code = |listed: Option<Listed>| match listed {
            Some(Listed::Country(code) | Listed::Demonym(code) | Listed::Place(code)) => tables.iso(code),
            None => None,
        };
        assert_eq!(code(listed(&tables, &["Saudi", "Arabia"])), Some("SA"));
        assert!(matches!(listed(&tables, &["russian"]), Some(Listed::Demonym(_))));
        assert_eq!(code(listed(&tables, &["u.s"])), Some("US"));
        assert_eq!(code(listed(&tables, &["Tehran"])), Some("IR"));
        assert_eq!(listed(&tables, &["Arabia", "Saudi"]), None);
        assert!(tables.word(hash_lower("Ministry")) & cue::ORG_END != 0);
    }
}
