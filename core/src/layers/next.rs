//! A layer that no version has: tests build core with it to check that plugins of earlier versions still run.

use super::fields::Record;

/// A record of the layer.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NextRecord {
    /// Any number.
    pub(crate) value: u32,
}

impl Record for NextRecord {
    const NAME: &'static str = "next";
    const FIRST_SIZE: usize = 4;
    const ABSENT: Self = Self { value: 0 };
}
