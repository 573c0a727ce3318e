//! Cities and states: the contents of their rows.

use super::{bytes, part};

/// A city of the gazetteer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct City {
    /// Its country, by its index among the codes.
    pub(crate) country: u16,
    /// Its GeoNames id.
    pub(crate) geonames: u32,
    latitude: &'static [u8],
    longitude: &'static [u8],
    /// Its population, in thousands.
    pub(crate) thousands: u32,
}

impl City {
    /// In degrees.
    pub(crate) fn latitude(&self) -> &'static str {
        text(self.latitude)
    }

    /// In degrees.
    pub(crate) fn longitude(&self) -> &'static str {
        text(self.longitude)
    }
}

/// A state or province.
#[derive(Clone, Copy, Debug)]
pub(crate) struct State {
    /// Its country, by its index among the codes.
    pub(crate) country: u16,
    /// Its index in the list.
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
            && inside(city.latitude(), south, north)
            && inside(city.longitude(), west, east)
    }
}

/// All cities; those with the same name are adjacent, the largest first.
pub(super) fn cities() -> Vec<City> {
    let rows = bytes(part::CITIES).as_chunks::<{ part::CITY }>().0;
    rows.iter()
        .map(|row| City {
            country: u16::from_le_bytes([row[0], row[1]]),
            geonames: four(row, 2),
            thousands: four(row, 6),
            latitude: &row[10..10 + part::DEGREES],
            longitude: &row[10 + part::DEGREES..],
        })
        .collect()
}

/// All states and provinces.
pub(super) fn states() -> Vec<State> {
    let rows = bytes(part::STATE_ROWS).as_chunks::<{ part::STATE }>().0;
    rows.iter()
        .map(|row| State {
            country: u16::from_le_bytes([row[0], row[1]]),
            number: u16::from_le_bytes([row[2], row[3]]),
            bounds: std::array::from_fn(|bound| f32::from_bits(four(row, 4 + 4 * bound))),
        })
        .collect()
}

/// Four bytes of a row as a number.
fn four(row: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([row[at], row[at + 1], row[at + 2], row[at + 3]])
}

/// Text padded with zeros.
pub(super) fn text(bytes: &'static [u8]) -> &'static str {
    let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
    std::str::from_utf8(&bytes[..end]).unwrap_or_default()
}
