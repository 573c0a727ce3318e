//! The host's side of the plugin ABI: opens libraries, checks them, and makes their stages look like any other.

mod library;
mod stage;

pub use library::{Library, LoadError};
