//! Tables from word forms to values that a build script lays out and the program uses in place: they cost nothing at startup, and
//! only the pages that are looked up are read from disk.
//!
//! This file depends on no other, so that build scripts can include it as a module.

/// A read-only map from a token's lower-cased hash to `N` bytes, in memory that a build script laid out.
///
/// ```
/// # use copydesk_core::{FixedLexicon, hash_lower};
/// let bytes = FixedLexicon::lay_out(&[(hash_lower("ministry"), [7]), (hash_lower("bank"), [9])]);
/// let lexicon = FixedLexicon::<1>::read(bytes.leak()).unwrap();
/// assert_eq!(lexicon.get(hash_lower("Bank")), Some(&[9]));
/// assert_eq!(lexicon.get(hash_lower("tank")), None);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct FixedLexicon<const N: usize> {
    /// The number of slots is a power of two or zero; a zero key marks a free slot. The key is a good hash, so its low bits
    /// choose the slot.
    keys: &'static [[u8; 8]],
    /// Separate from the keys, so that a look-up that fails touches one cache line.
    values: &'static [[u8; N]],
}

impl<const N: usize> Default for FixedLexicon<N> {
    fn default() -> Self {
        Self { keys: &[], values: &[] }
    }
}

impl<const N: usize> FixedLexicon<N> {
    /// Reads the output of [`FixedLexicon::lay_out`]; `None` if the bytes cannot be such a table.
    pub fn read(bytes: &'static [u8]) -> Option<Self> {
        let slots = bytes.len() / (8 + N);
        let (keys, values) = bytes.split_at_checked(8 * slots)?;
        let (keys, values) = (keys.as_chunks::<8>().0, values.as_chunks::<N>().0);
        let whole = bytes.len() == slots * (8 + N) && (slots == 0 || slots.is_power_of_two());
        // A look-up ends at a free slot.
        (whole && (slots == 0 || keys.contains(&[0; 8]))).then_some(Self { keys, values })
    }

    /// The value of a form's hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<&'static [u8; N]> {
        let mask = self.keys.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            let key = u64::from_le_bytes(*self.keys.get(at)?);
            if key == 0 {
                return None;
            }
            if key == hash {
                return self.values.get(at);
            }
            at = (at + 1) & mask;
        }
    }

    /// Whether the form of this hash is listed.
    #[inline]
    pub fn contains(&self, hash: u64) -> bool {
        self.get(hash).is_some()
    }

    /// Lays out a table of these values, each under its hash; at most half of its slots are used.
    ///
    /// # Panics
    /// If a hash is zero; no word is known to have that hash.
    pub fn lay_out(pairs: &[(u64, [u8; N])]) -> Vec<u8> {
        const { assert!(N > 0, "a set needs values of one byte, whatever its content") };
        let slots = if pairs.is_empty() { 0 } else { (2 * pairs.len()).next_power_of_two() };
        let mut keys = vec![0u64; slots];
        let mut values = vec![[0; N]; slots];
        for (hash, value) in pairs {
            assert!(*hash != 0, "zero marks a free slot");
            let mut at = *hash as usize & (slots - 1);
            while keys[at] != 0 && keys[at] != *hash {
                at = (at + 1) & (slots - 1);
            }
            (keys[at], values[at]) = (*hash, *value);
        }
        keys.iter().flat_map(|key| key.to_le_bytes()).chain(values.into_iter().flatten()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash_lower;

    #[test]
    fn finds_every_form_and_nothing_else() {
        for count in [0u32, 1, 2, 3, 1000, 1024] {
            let pairs: Vec<_> =
                (0..count).map(|n| (hash_lower(&format!("word{n}")), n.to_le_bytes())).collect();
            let lexicon = FixedLexicon::<4>::read(FixedLexicon::lay_out(&pairs).leak()).expect("a table");
            assert!(pairs.iter().all(|(hash, value)| lexicon.get(*hash) == Some(value)));
            assert!((count..2 * count + 100).all(|n| !lexicon.contains(hash_lower(&format!("word{n}")))));
            assert_eq!(lexicon.get(0), None);
        }
    }

    #[test]
    fn bytes_of_another_length_are_refused() {
        let bytes: &[u8] = FixedLexicon::lay_out(&[(1, [2, 3]), (5, [4, 5])]).leak();
        assert!(FixedLexicon::<2>::read(bytes).is_some());
        let parts = (1..bytes.len()).filter(|end| end % 10 != 0 || *end == 30);
        assert!(parts.into_iter().all(|end| FixedLexicon::<2>::read(&bytes[..end]).is_none()));
        assert!(FixedLexicon::<1>::read(&[1; 18]).is_none(), "a table without a free slot");
    }
}
