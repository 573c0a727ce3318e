//! A writer for each layer.

mod claim;
mod custom;
mod entity;
mod figure;
mod quote;
mod sentiment;
