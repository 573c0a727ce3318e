//! The algorithms that learn weights from examples, shared by the trainers of all stages.
//!
//! Everything here is deterministic: orders are shuffled from a seed, sums are taken in a fixed order, and nothing depends
//! on the clock, on addresses or on the number of processors.

mod adam;
mod clusters;
mod crf;
pub(crate) mod dense;
mod features;
mod logistic;
mod online;
mod posterior;
mod random;
mod ranking;
mod sequences;

pub(crate) use adam::{Adam, Step};
pub(crate) use clusters::nested;
pub(crate) use crf::{CrfOptions, crf, crf_on};
pub(crate) use logistic::{Examples, LogisticOptions, logistic};
pub(crate) use online::OnlinePerceptron;
pub(crate) use random::Random;
pub(crate) use ranking::{RankingOptions, Rankings, ranking};
pub(crate) use sequences::{Learned, Sequences};
