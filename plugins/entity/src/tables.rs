//! What is known of words and names before a document is read: cue words, gazetteers, lists of personal names.

pub(crate) mod cue;
mod form;
mod places;
mod states;
mod things;

use copydesk_core::{Lexicon, hash_lower};

use form::hashes;
pub(crate) use form::{extend, words_of};
pub(crate) use places::City;
pub(crate) use states::State;
pub(crate) use things::{Things, thing};

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
    /// What else a country's name names: that country, or a state in it.
    shared: Lexicon<(u16, bool)>,
    /// ISO 3166 codes, and the place of each by its hash.
    codes: Vec<String>,
    code_places: Lexicon<u16>,
    states: Lexicon<State>,
    cities: Vec<City>,
    /// Where the cities of a name stand.
    city_runs: Lexicon<(u32, u32)>,
    pub(crate) things: Things,
}

impl Tables {
    pub(crate) fn load() -> Self {
        Self { things: Things::load(), ..Self::load_cues() }
    }

    /// All but the things, which another thread may read.
    pub(crate) fn load_cues() -> Self {
        let mut tables = Self {
            words: Lexicon::with_room(WORDS),
            names: Lexicon::with_room(NAMES),
            regions: Lexicon::default(),
            second: Lexicon::default(),
            shared: Lexicon::default(),
            codes: Vec::new(),
            code_places: Lexicon::default(),
            states: Lexicon::default(),
            cities: Vec::new(),
            city_runs: Lexicon::with_room(NAMES),
            things: Things::default(),
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
            let bit = cue::NAMES.iter().find(|(cue, _)| *cue == name).map_or(0, |(_, bit)| *bit);
            debug_assert!(bit != 0, "cues.tsv tells of {name}, which is no cue");
            words.split_whitespace().for_each(|word| tables.mark(word, bit));
        }
        tables.load_places();
        tables.load_shared();
        tables.load_states();
        tables
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

    /// The other country that a country's name may mean, or in which a state of that name lies, and whether it is the former.
    pub(crate) fn shared(&self, hash: u64) -> Option<(u16, bool)> {
        self.shared.get(hash).copied()
    }

    /// The ISO 3166 code of a country.
    pub(crate) fn iso(&self, code: u16) -> Option<&str> {
        self.codes.get(usize::from(code)).map(String::as_str)
    }
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

    #[test]
    fn other_names_of_cities_and_countries_are_known() {
        let tables = Tables::load();
        let all = rows(include_str!("../data/things.tsv")).filter_map(|row| row.split_once('\t'));
        for (tells, row) in all {
            match tells {
                "city" => {
                    let (other, _) = row.split_once('|').expect("two names");
                    let (_, hash) = hashes(other).expect("words");
                    assert!(!tables.cities(hash).is_empty(), "{row}");
                }
                "shared" => {
                    let (_, hash) = hashes(row.split(' ').next().expect("a name")).expect("words");
                    assert!(matches!(tables.name(hash), Some(Listed::Country(_))), "{row}");
                    assert!(tables.shared(hash).is_some_and(|(code, _)| tables.iso(code).is_some()), "{row}");
                }
                _ => {}
            }
        }
    }
}
