//! What is known about words and names before a document is read: cue words, gazetteers, lists of personal names.
//!
//! The lists are under `data/`; the build script (`build/`) lays them out, and they are used in place.

pub(crate) mod cue;
mod name_hash;
#[allow(dead_code, reason = "some of it is for the build script")]
mod part;
mod places;
pub(crate) mod thing;
mod things;

use std::sync::OnceLock;

use copydesk_core::{FixedLexicon, hash_lower};

pub(crate) use name_hash::{extend, words_of};
pub(crate) use places::{City, State};
pub(crate) use things::Things;

/// The kind of a listed place or demonym.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Listed {
    /// A country, by its row.
    Country(u16),
    /// A demonym of a country, by its row.
    Demonym(u16),
    /// A city, region, sea; the index of the ISO 3166 code of its country among the codes, if it has one.
    Place(u16),
}

/// No country.
pub(crate) const NOWHERE: u16 = u16::MAX;

/// The longest listed name, in tokens.
pub(crate) const LONGEST_NAME: usize = 7;

/// The data of the build script, aligned to a cache line as its parts are.
static LAID_OUT: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("OUT_DIR"), "/tables.bin")));

#[repr(align(64))]
struct Aligned<T: ?Sized>(T);

/// All tables of the stage.
pub(crate) struct Tables {
    words: FixedLexicon<2>,
    /// Sets of cues, which words share.
    sets: &'static [[u8; 8]],
    names: FixedLexicon<3>,
    /// Regions by their names: their country, and whether it is a state or province.
    regions: FixedLexicon<3>,
    /// The other countries of a demonym of two.
    second: FixedLexicon<2>,
    /// The other meaning of a country's name: that country, or a state in it.
    shared: FixedLexicon<3>,
    /// ISO 3166 codes.
    codes: &'static [[u8; part::CODE]],
    states: FixedLexicon<2>,
    state_rows: Vec<State>,
    /// Built when first needed.
    cities: OnceLock<Vec<City>>,
    /// The rows of the cities with a name.
    city_runs: FixedLexicon<8>,
    pub(crate) things: Things,
}

impl Tables {
    pub(crate) fn load() -> Self {
        Self {
            words: lexicon(part::WORDS),
            sets: bytes(part::SETS).as_chunks().0,
            names: lexicon(part::NAMES),
            regions: lexicon(part::REGIONS),
            second: lexicon(part::SECOND),
            shared: lexicon(part::SHARED),
            codes: bytes(part::CODES).as_chunks().0,
            states: lexicon(part::STATES),
            state_rows: places::states(),
            cities: OnceLock::new(),
            city_runs: lexicon(part::CITY_RUNS),
            things: Things::load(),
        }
    }

    /// The cities with a name, the largest first.
    pub(crate) fn cities(&self, hash: u64) -> &[City] {
        let Some(run) = self.city_runs.get(hash) else { return &[] };
        let [start, end] = [[run[0], run[1], run[2], run[3]], [run[4], run[5], run[6], run[7]]]
            .map(|place| u32::from_le_bytes(place) as usize);
        self.cities.get_or_init(places::cities).get(start..end).unwrap_or(&[])
    }

    /// The cues of a word by its hash.
    #[inline]
    pub(crate) fn word(&self, hash: u64) -> u64 {
        let set = self.words.get(hash).and_then(|set| self.sets.get(usize::from(u16::from_le_bytes(*set))));
        set.map_or(0, |cues| u64::from_le_bytes(*cues))
    }

    /// The entry of a name.
    pub(crate) fn name(&self, hash: u64) -> Option<Listed> {
        let [low, high, kind] = *self.names.get(hash)?;
        let code = u16::from_le_bytes([low, high]);
        Some(match kind {
            part::COUNTRY => Listed::Country(code),
            part::DEMONYM => Listed::Demonym(code),
            _ => Listed::Place(code),
        })
    }

    /// The country of a region, and whether it is a state or province of it.
    pub(crate) fn region(&self, hash: u64) -> Option<(u16, bool)> {
        coded(&self.regions, hash)
    }

    /// The other country of a demonym that two countries share.
    pub(crate) fn second_country(&self, hash: u64) -> Option<u16> {
        self.second.get(hash).map(|code| u16::from_le_bytes(*code))
    }

    /// The other country that a country's name may mean, or in which a state of that name lies, and whether it is the former.
    pub(crate) fn shared(&self, hash: u64) -> Option<(u16, bool)> {
        coded(&self.shared, hash)
    }

    /// The ISO 3166 code of a country.
    pub(crate) fn iso(&self, code: u16) -> Option<&str> {
        self.codes.get(usize::from(code)).map(|code| places::text(code))
    }

    /// The state or province of a name or abbreviation.
    pub(crate) fn state(&self, hash: u64) -> Option<&State> {
        let row = self.states.get(hash)?;
        self.state_rows.get(usize::from(u16::from_le_bytes(*row)))
    }
}

fn coded(table: &FixedLexicon<3>, hash: u64) -> Option<(u16, bool)> {
    let [low, high, flag] = *table.get(hash)?;
    Some((u16::from_le_bytes([low, high]), flag != 0))
}

/// A part of the data, by its number.
fn bytes(part: usize) -> &'static [u8] {
    let file = &LAID_OUT.0;
    let number =
        |at: usize| file.get(at..).and_then(<[u8]>::first_chunk).map_or(0, |four| u32::from_le_bytes(*four));
    let (start, len) = (number(8 * part) as usize, number(8 * part + 4) as usize);
    file.get(start..start + len).unwrap_or_default()
}

fn lexicon<const N: usize>(part: usize) -> FixedLexicon<N> {
    let read = FixedLexicon::read(bytes(part));
    debug_assert!(read.is_some(), "the build script wrote part {part}");
    read.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(table: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
        table.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
    }

    fn hash_of(name: &str) -> u64 {
        words_of(name).fold(0, extend)
    }

    #[test]
    fn tables_contain_the_lists() {
        let tables = Tables::load();
        let has_flag = |word: &str, bit: u64| assert!(tables.word(hash_lower(word)) & bit != 0, "{word}");
        for (list, bit) in [
            (include_str!("../../data/common_words.txt"), cue::COMMON),
            (include_str!("../../data/given_names.txt"), cue::GIVEN),
            (include_str!("../../data/surnames.txt"), cue::SURNAME),
        ] {
            assert!(list.lines().count() > 1000);
            list.lines().for_each(|word| has_flag(word, bit));
        }
        for (name, words) in rows(include_str!("../../data/cues.tsv")) {
            let (_, bit) = cue::NAMES.iter().find(|(known, _)| *known == name).expect("a cue");
            words.split_whitespace().for_each(|word| has_flag(word, *bit));
        }
        for (name, words) in rows(include_str!("../../data/things.tsv")) {
            let Some((_, bit)) = thing::NAMES.iter().find(|(known, _)| *known == name) else { continue };
            for word in words.split_whitespace() {
                assert!(tables.things.flags(hash_lower(word)) & bit != 0, "{name}: {word}");
            }
        }
        assert_eq!(tables.word(hash_lower("xyzzyqqj")), 0);
        let rows = include_str!("../../data/cities.tsv").lines().filter(|row| !row.starts_with('#'));
        assert_eq!(rows.clone().count(), places::cities().len());
        for (row, city) in rows.zip(places::cities()) {
            let City { country, geonames, thousands, .. } = city;
            let (latitude, longitude) = (city.latitude(), city.longitude());
            let code = tables.iso(country).unwrap_or_default();
            let name = row.split('\t').next().expect("a name");
            assert_eq!(row, format!("{name}\t{code}\t{geonames}\t{latitude}\t{longitude}\t{thousands}"));
            assert!(!tables.cities(hash_of(name)).is_empty(), "{row}");
        }
        for row in include_str!("../../data/states.tsv").lines().filter(|row| !row.starts_with('#')) {
            let mut columns = row.split('\t');
            let code = columns.next().and_then(|code| code.split('-').next());
            let names = columns.next().expect("names").split('|');
            assert!(
                names.clone().all(|name| {
                    tables.state(hash_of(name)).is_some_and(|state| tables.iso(state.country) == code)
                }),
                "{row}"
            );
        }
    }

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
        for (name, row) in rows(include_str!("../../data/things.tsv")) {
            match name {
                "city" => {
                    let (other, _) = row.split_once('|').expect("two names");
                    assert!(!tables.cities(hash_of(other)).is_empty(), "{row}");
                }
                "shared" => {
                    let hash = hash_of(row.split(' ').next().expect("a name"));
                    assert!(matches!(tables.name(hash), Some(Listed::Country(_))), "{row}");
                    assert!(tables.shared(hash).is_some_and(|(code, _)| tables.iso(code).is_some()), "{row}");
                }
                _ => {}
            }
        }
    }
}
