//! Training.
//!
//! Everything here is deterministic: orders are shuffled from a seed, sums are taken in a fixed order, and nothing depends
//! on the clock, on addresses or on the number of processors.

mod adam;
mod clusters;
mod crf;
pub mod dense;
mod features;
mod logistic;
mod online;
mod perceptron;
mod random;
mod ranking;
mod sequences;
mod shuffle;

pub use adam::{Adam, Step};
pub use clusters::{kmeans, nested};
pub use crf::{CrfOptions, crf, crf_on};
pub use logistic::{Examples, LogisticOptions, logistic};
pub use online::OnlinePerceptron;
pub use perceptron::{PerceptronOptions, perceptron};
pub use random::Random;
pub use ranking::{RankingOptions, Rankings, ranking};
pub use sequences::{Learned, Sequences};
pub use shuffle::Shuffle;
