//! States and provinces, as they stand behind the names of towns.

use super::form::hashes;
use super::{City, Tables, rows};

/// A state or province.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Its country, by its place among the codes.
    pub(crate) country: u16,
    /// Its place in the list.
    pub(crate) number: u16,
    /// Latitude from and to, longitude from and to.
    bounds: [f32; 4],
}

impl State {
    /// Whether a city may lie in it.
    pub(crate) fn holds(&self, city: &City) -> bool {
        let inside = |degrees: &str, from: f32, to: f32| {
            degrees.parse::<f32>().is_ok_and(|degrees| (from..=to).contains(&degrees))
        };
        let [south, north, west, east] = self.bounds;
        city.country == self.country
            && inside(city.latitude, south, north)
            && inside(city.longitude, west, east)
    }
}

impl Tables {
    pub(super) fn load_states(&mut self) {
        for (number, row) in rows(include_str!("../../data/states.tsv")).enumerate() {
            let mut columns = row.split('\t');
            let (code, names) = (columns.next().unwrap_or(""), columns.next().unwrap_or(""));
            let mut bounds = [0.0; 4];
            for (bound, column) in bounds.iter_mut().zip(columns) {
                *bound = column.parse().unwrap_or(0.0);
            }
            let country = self.code(code.split('-').next().unwrap_or(""));
            for (_, hash) in names.split('|').filter_map(hashes) {
                self.states.insert(hash, State { country, number: number as u16, bounds });
            }
        }
    }

    /// The state or province of a name or abbreviation.
    pub(crate) fn state(&self, hash: u64) -> Option<&State> {
        self.states.get(hash)
    }
}
