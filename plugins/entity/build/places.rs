//! Countries, regions, states and cities.

use crate::name_hash::hashes;
use crate::{Tables, cue, hash_lower, part, read, rows};

/// No country.
const NOWHERE: u16 = u16::MAX;

impl Tables {
    /// The index of an ISO 3166 code among the codes.
    fn code(&mut self, code: &str) -> u16 {
        if code.is_empty() {
            return NOWHERE;
        }
        let known = self.codes.iter().position(|known| known == code);
        let place = known.unwrap_or_else(|| {
            self.codes.push(code.to_owned());
            self.codes.len() - 1
        });
        u16::try_from(place).expect("fewer countries than that")
    }

    pub(crate) fn load_places(&mut self) {
        self.load_cities();
        for (_, row) in rows(&read("places.tsv")) {
            let (names, code) = row.split_once('\t').unwrap_or((row, ""));
            let mut parts = code.split('-');
            let country = self.code(parts.next().unwrap_or(""));
            let is_state = parts.next().is_some();
            for name in names.split('|') {
                let name = name.strip_prefix("the ").unwrap_or(name);
                let Some((first, hash)) = hashes(name) else { continue };
                self.list(first, hash, part::PLACE, country);
                if country != NOWHERE {
                    self.regions.insert(hash, (country, is_state));
                }
            }
        }
        for (_, row) in rows(&read("countries.tsv")) {
            let mut columns = row.split('\t');
            let (code, names) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            let code = self.code(code);
            for (first, hash) in names.split('|').filter_map(hashes) {
                self.list(first, hash, part::COUNTRY, code);
            }
            for (first, hash) in columns.next().unwrap_or("").split('|').filter_map(hashes) {
                if self.names.get(&hash).is_some_and(|(kind, _)| *kind == part::DEMONYM) {
                    self.second.insert(hash, code);
                } else {
                    self.list(first, hash, part::DEMONYM, code);
                }
            }
        }
    }

    /// Names of countries that other places share, and other names for cities.
    pub(crate) fn load_shared(&mut self) {
        for (line, row) in rows(&read("things.tsv")) {
            let Some((key, row)) = row.split_once('\t') else { continue };
            if key == "shared" {
                let mut columns = row.split(' ');
                let (name, code) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
                let (Some((_, hash)), country) = (hashes(name), self.code(code)) else { continue };
                self.shared.insert(hash, (country, columns.next() == Some("country")));
            } else if key == "city" {
                let (other, name) = row.split_once('|').unwrap_or_default();
                let (Some((_, other)), Some((_, name))) = (hashes(other), hashes(name)) else {
                    panic!("data/things.tsv, line {line}: {row}: expected two names separated by |");
                };
                let run = self.city_runs.get(&name).copied();
                let run = run.unwrap_or_else(|| panic!("data/things.tsv, line {line}: {row} is in no list"));
                self.city_runs.entry(other).or_insert(run);
            }
        }
    }

    /// Rows of one name are adjacent, the largest city first.
    fn load_cities(&mut self) {
        let mut before = (0u64, 0u32);
        for (line, row) in rows(&read("cities.tsv")) {
            let wrong = |what: &str| -> ! { panic!("data/cities.tsv, line {line}: {what}: {row}") };
            let columns: Vec<&str> = row.split('\t').collect();
            let [name, code, geonames, latitude, longitude, thousands] = columns[..] else {
                wrong("six columns are wanted")
            };
            let country = self.code(code);
            let number = |text: &str| text.parse::<u32>().unwrap_or_else(|_| wrong("a number is wanted"));
            let mut city = [0; part::CITY];
            city[..2].copy_from_slice(&country.to_le_bytes());
            city[2..6].copy_from_slice(&number(geonames).to_le_bytes());
            city[6..10].copy_from_slice(&number(thousands).to_le_bytes());
            for (degrees, room) in [latitude, longitude].into_iter().zip(city[10..].chunks_mut(part::DEGREES))
            {
                if degrees.len() > room.len() {
                    wrong("degrees have eight characters at most");
                }
                room[..degrees.len()].copy_from_slice(degrees.as_bytes());
            }
            let place = self.cities.len() as u32;
            self.cities.push(city);
            let Some((first, hash)) = hashes(name) else { continue };
            // The name of a city that is also a common word ("Of", "Most") is ambiguous until it is found to be a place.
            let single = !name.contains([' ', '-']);
            let common = single && self.word(hash_lower(name)) & (cue::COMMON | cue::STOP) != 0;
            if before.0 != hash {
                before = (hash, place);
                if !common {
                    self.list(first, hash, part::PLACE, country);
                }
            }
            self.city_runs.insert(hash, (before.1, place + 1));
        }
    }

    /// States and provinces, as they stand after the names of towns.
    pub(crate) fn load_states(&mut self) {
        for (number, (line, row)) in rows(&read("states.tsv")).enumerate() {
            let mut columns = row.split('\t');
            let (code, names) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            let country = self.code(code.split('-').next().unwrap_or(""));
            let mut state = [0; part::STATE];
            state[..2].copy_from_slice(&country.to_le_bytes());
            state[2..4].copy_from_slice(&(number as u16).to_le_bytes());
            for (room, column) in state[4..].chunks_mut(4).zip(columns) {
                let bound: f32 = column.parse().unwrap_or_else(|_| {
                    panic!("data/states.tsv, line {line}: {column} is not a number of degrees")
                });
                room.copy_from_slice(&bound.to_le_bytes());
            }
            for (_, hash) in names.split('|').filter_map(hashes) {
                self.states.insert(hash, self.state_rows.len() as u16);
            }
            self.state_rows.push(state);
        }
    }
}
