//! Countries, regions and cities: what is read of them.

use copydesk_core::hash_lower;

use super::form::hashes;
use super::{Listed, NOWHERE, Tables, cue, rows};

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

impl Tables {
    pub(super) fn load_places(&mut self) {
        self.load_cities();
        for row in rows(include_str!("../../data/places.tsv")) {
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
        for row in rows(include_str!("../../data/countries.tsv")) {
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

    /// Names of countries that other places have too, and other names for cities.
    pub(super) fn load_shared(&mut self) {
        for (tells, row) in rows(include_str!("../../data/things.tsv")).filter_map(|row| row.split_once('\t'))
        {
            if tells == "shared" {
                let mut columns = row.split(' ');
                let (name, code) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
                let (Some((_, hash)), country) = (hashes(name), self.code(code)) else { continue };
                self.shared.insert(hash, (country, columns.next() == Some("country")));
            } else if tells == "city"
                && let Some((other, name)) = row.split_once('|')
                && let (Some((_, other)), Some((_, name))) = (hashes(other), hashes(name))
            {
                let run = self.city_runs.get(name).copied();
                debug_assert!(run.is_some(), "things.tsv tells of {row}, which is in no list");
                if let Some(run) = run.filter(|_| !self.city_runs.contains(other)) {
                    self.city_runs.insert(other, run);
                }
            }
        }
    }

    /// Rows of one name stand together, the largest city first.
    fn load_cities(&mut self) {
        let mut before = (0u64, 0u32);
        for row in rows(include_str!("../../data/cities.tsv")) {
            let mut columns = row.split('\t');
            let mut next = || columns.next().unwrap_or("");
            let (name, code) = (next(), next());
            let country = self.code(code);
            let geonames = next().parse().unwrap_or(0);
            let (latitude, longitude) = (next(), next());
            let thousands = next().parse().unwrap_or(0);
            let place = self.cities.len() as u32;
            self.cities.push(City { country, geonames, latitude, longitude, thousands });
            let Some((first, hash)) = hashes(name) else { continue };
            // A city that is called like a common word ("Of", "Most") says too little before it is found to be a place.
            let single = !name.contains([' ', '-']);
            let common = single && self.word(hash_lower(name)) & (cue::COMMON | cue::STOP) != 0;
            if before.0 != hash {
                before = (hash, place);
                if !common {
                    self.list(first, hash, Listed::Place(country));
                }
            }
            self.city_runs.insert(hash, (before.1, place + 1));
        }
    }
}
