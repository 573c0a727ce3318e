//! Which names, pronouns and nouns are of one thing, and which thing of the world it is.
//!
//! `clusters` puts names together, finding the cluster of each through `index`; `coref` adds pronouns and nouns; `cities` tells which
//! of the places of a name is meant, and `salience` how central an entity is.

pub(crate) mod cities;
pub(crate) mod clusters;
pub(crate) mod coref;
pub(crate) mod index;
pub(crate) mod salience;
