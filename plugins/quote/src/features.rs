//! Hashes of the features. Training and analysis share them.

use copydesk_learn::feature::mix;

/// The hash of a template's value: one multiplication.
#[inline]
pub(crate) const fn feature(template: u64, value: u64) -> u64 {
    mix(value, template.wrapping_mul(TEMPLATE))
}

/// The hash of a template with two values.
#[inline]
pub(crate) const fn feature2(template: u64, first: u64, second: u64) -> u64 {
    mix(first.wrapping_add(template.wrapping_mul(TEMPLATE)), second.wrapping_mul(SECOND))
}

const TEMPLATE: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd6e8_feb8_6659_fd93;

/// The hash of the word that often begins a statement.
pub(crate) const THAT: u64 = copydesk_core::hash_lowered("that");
