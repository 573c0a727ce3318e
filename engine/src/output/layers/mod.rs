//! A writer for each layer.

mod custom;
mod entity;
mod figure;
mod quote;
mod sentiment;
