//! Hashes of the features. Training and analysis share them.

use copydesk_learn::feature::{mix, mix_prepared, prepare_first, prepare_second};

/// The hash of a template's value: one multiplication.
#[inline(always)]
pub(crate) const fn feature(template: u64, value: u64) -> u64 {
    mix(value, template.wrapping_mul(TEMPLATE))
}

/// The hash of a template with two values.
#[inline(always)]
pub(crate) const fn feature2(template: u64, first: u64, second: u64) -> u64 {
    Half::of(template, first).with(Second::of(second))
}

/// A template with the first of its two values, computed once for many second values.
#[derive(Clone, Copy, Default)]
pub(crate) struct Half(u64);

impl Half {
    #[inline(always)]
    pub(crate) const fn of(template: u64, first: u64) -> Self {
        Self(prepare_first(first.wrapping_add(template.wrapping_mul(TEMPLATE))))
    }

    /// The hash of the feature.
    #[inline(always)]
    pub(crate) const fn with(self, second: Second) -> u64 {
        mix_prepared(self.0, second.0)
    }
}

/// The second value of a feature, prepared once for many templates.
#[derive(Clone, Copy)]
pub(crate) struct Second(u64);

impl Second {
    #[inline(always)]
    pub(crate) const fn of(value: u64) -> Self {
        Self(prepare_second(value.wrapping_mul(SECOND)))
    }
}

const TEMPLATE: u64 = 0x9e37_79b9_7f4a_7c15;
const SECOND: u64 = 0xd6e8_feb8_6659_fd93;

/// The hash of the word that often begins a statement.
pub(crate) const THAT: u64 = copydesk_core::hash_lowered("that");
