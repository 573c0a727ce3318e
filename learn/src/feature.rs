//! Hashes of features.
//!
//! A feature is a template (such as "the previous word") and its value in the text. Both go into one 64-bit hash, and only the
//! hash is kept: no strings, no index.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose keys are hashes already.
pub type ByHash<V> = HashMap<u64, V, BuildHasherDefault<Identity>>;

/// A hasher that uses the key, already a hash, as it is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Identity(u64);

impl Hasher for Identity {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u8(*byte));
    }

    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.rotate_left(8) ^ u64::from(byte);
    }

    fn write_u64(&mut self, number: u64) {
        self.0 = number;
    }
}

const SEED: u64 = 0x2d35_8dcc_aa6c_78a5;
const MULTIPLIER: u64 = 0x8bb8_4b93_962e_acc9;

/// Mixes two numbers into one; the order matters.
#[inline(always)]
pub const fn mix(a: u64, b: u64) -> u64 {
    mix_prepared(prepare_first(a), prepare_second(b))
}

/// A first number for [`mix_prepared`], where many are mixed.
#[inline(always)]
pub const fn prepare_first(a: u64) -> u64 {
    a ^ SEED
}

/// A second number for [`mix_prepared`].
#[inline(always)]
pub const fn prepare_second(b: u64) -> u64 {
    b ^ MULTIPLIER
}

/// [`mix`] of prepared numbers.
#[inline(always)]
pub const fn mix_prepared(first: u64, second: u64) -> u64 {
    let wide = (first as u128) * (second as u128);
    (wide as u64) ^ ((wide >> 64) as u64)
}

/// The hash of a template with a value.
#[inline]
pub const fn feature(template: u64, value: u64) -> u64 {
    mix(value, template.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
}

/// The hash of a template with two values.
#[inline]
pub const fn feature2(template: u64, first: u64, second: u64) -> u64 {
    feature(template, mix(first, second))
}

/// The hash of bytes, letter case kept, as `feature` takes it for a value.
#[inline]
pub fn bytes(form: &[u8]) -> u64 {
    let (eights, rest) = form.as_chunks::<8>();
    let mut state = eights.iter().fold(MULTIPLIER, |state, eight| mix(state, u64::from_le_bytes(*eight)));
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        state = mix(state, u64::from_le_bytes(last));
    }
    mix(state, form.len() as u64)
}

/// [`bytes`] of up to eight bytes, given as a little-endian number.
#[inline]
pub const fn short_bytes(form: u64, length: usize) -> u64 {
    let state = if length == 0 { MULTIPLIER } else { mix(MULTIPLIER, form) };
    mix(state, length as u64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_template_and_case_matter() {
        assert_ne!(feature(1, 2), feature(2, 1));
        assert_ne!(feature2(1, 2, 3), feature2(1, 3, 2));
        assert_ne!(bytes(b"US"), bytes(b"us"));
        assert_ne!(bytes(b"abcdefgh"), bytes(b"abcdefgh\0"));
        assert_ne!(bytes(b"Washington"), bytes(b"Washingtom"));
    }

    #[test]
    fn short_forms_as_numbers_have_the_hash_of_their_bytes() {
        for length in 0..=8 {
            let mut form = [0; 8];
            form[..length].copy_from_slice(&b"Velden\0x"[..length]);
            assert_eq!(short_bytes(u64::from_le_bytes(form), length), bytes(&form[..length]));
        }
    }
}
