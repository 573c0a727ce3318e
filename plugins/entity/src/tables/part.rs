//! The parts of `tables.bin`, in which the build script stores the tables under `data/`.
//!
//! The file begins with the offset and the length of each part, four bytes each.

/// Words with the number of their set of cues.
pub(crate) const WORDS: usize = 0;
/// Sets of cues, eight bytes each.
pub(crate) const SETS: usize = 1;
/// Listed names: a code, and one of the kinds below.
pub(crate) const NAMES: usize = 2;
/// Regions: the code of their country, and whether they are states.
pub(crate) const REGIONS: usize = 3;
/// The other country of a demonym of two.
pub(crate) const SECOND: usize = 4;
/// The other meaning of a country's name: a country, and whether it is that or lies in it.
pub(crate) const SHARED: usize = 5;
/// ISO 3166 codes: text padded with zeros.
pub(crate) const CODES: usize = 6;
/// States with the numbers of their rows.
pub(crate) const STATES: usize = 7;
/// The rows of states.
pub(crate) const STATE_ROWS: usize = 8;
/// The rows of cities.
pub(crate) const CITIES: usize = 9;
/// Names of cities: the first row, and the end of the rows.
pub(crate) const CITY_RUNS: usize = 10;
/// Words with their flags in `things.tsv`.
pub(crate) const THINGS: usize = 11;
/// Words with their main spelling.
pub(crate) const SPELLINGS: usize = 12;
/// Firms named like people.
pub(crate) const FIRMS: usize = 13;
/// Pairs of a given name and a short form, in order.
pub(crate) const NICKNAMES: usize = 14;
/// The number of parts.
pub(crate) const COUNT: usize = 15;

/// The alignment of each part: a cache line.
pub(crate) const ALIGNMENT: usize = 64;
/// The bytes of the table of contents.
pub(crate) const CONTENTS: usize = (8 * COUNT).next_multiple_of(ALIGNMENT);

/// The kind of a listed name.
pub(crate) const COUNTRY: u8 = 0;
pub(crate) const DEMONYM: u8 = 1;
pub(crate) const PLACE: u8 = 2;

/// The bytes of a code: "GB-ENG".
pub(crate) const CODE: usize = 8;

/// A row of a city: code of the country, id, thousands of people, latitude and longitude as text padded with zeros.
pub(crate) const CITY: usize = 2 + 4 + 4 + 2 * DEGREES;
/// The bytes of a latitude or longitude.
pub(crate) const DEGREES: usize = 8;
/// A row of a state: code of the country, number, and latitude and longitude from and to.
pub(crate) const STATE: usize = 2 + 2 + 4 * 4;
