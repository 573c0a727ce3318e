//! Forms one entity from all names, pronouns and nouns that refer to the same thing, and links it.
//!
//! `clusters` groups names, looking up the cluster of each in `index`; `coref` adds pronouns and nouns; `cities` disambiguates places of
//! the same name, and `salience` measures how central an entity is.

pub(crate) mod cities;
pub(crate) mod clusters;
pub(crate) mod coref;
pub(crate) mod index;
pub(crate) mod salience;
