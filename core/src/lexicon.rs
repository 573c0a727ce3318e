//! A table from word forms to values, looked up by the hash that every token carries.

use crate::hash::hash_lower;

/// A read-only map from a token's [lower-cased hash](crate::Token::hash) to a value: one probe per token, without string
/// comparison.
#[derive(Clone, Debug)]
pub struct Lexicon<V> {
    // The number of slots is a power of two; `None` marks a free slot. The key is a good hash, so its low bits choose the slot.
    slots: Vec<Option<(u64, V)>>,
    len: usize,
}

impl<V> Default for Lexicon<V> {
    fn default() -> Self {
        Self { slots: Vec::new(), len: 0 }
    }
}

impl<V> Lexicon<V> {
    /// Builds a lexicon of these forms; a form that is given twice has the later value.
    pub fn from_forms<S: AsRef<str>>(pairs: impl IntoIterator<Item = (S, V)>) -> Self {
        let mut lexicon = Self::default();
        for (form, value) in pairs {
            lexicon.insert(hash_lower(form.as_ref()), value);
        }
        lexicon
    }

    /// An empty lexicon with space for this many forms; it grows if more are inserted.
    pub fn with_capacity(forms: usize) -> Self {
        Self { slots: free(forms.saturating_mul(2).next_power_of_two()), len: 0 }
    }

    /// Adds or replaces the value of a hash.
    pub fn insert(&mut self, hash: u64, value: V) {
        if (self.len + 1) * 2 > self.slots.len() {
            let wider = free((self.slots.len() * 2).max(16));
            let old = std::mem::replace(&mut self.slots, wider);
            for (key, kept) in old.into_iter().flatten() {
                let slot = self.slot(key);
                self.slots[slot] = Some((key, kept));
            }
        }
        let slot = self.slot(hash);
        self.len += usize::from(self.slots[slot].is_none());
        self.slots[slot] = Some((hash, value));
    }

    /// The value of a form's hash.
    #[inline]
    pub fn get(&self, hash: u64) -> Option<&V> {
        if self.slots.is_empty() {
            return None;
        }
        self.slots[self.slot(hash)].as_ref().map(|(_, value)| value)
    }

    /// Whether the form of this hash is listed.
    #[inline]
    pub fn contains(&self, hash: u64) -> bool {
        self.get(hash).is_some()
    }

    /// The number of listed forms.
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether no form is listed.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The slot of `hash`, or the free slot for it. The table is never more than half full.
    #[inline]
    fn slot(&self, hash: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        while let Some((key, _)) = &self.slots[at] {
            if *key == hash {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }
}

fn free<V>(slots: usize) -> Vec<Option<(u64, V)>> {
    (0..slots).map(|_| None).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_form_and_nothing_else() {
        let lexicon = Lexicon::from_forms((0..1000).map(|n| (format!("word{n}"), n)));
        assert_eq!(lexicon.len(), 1000);
        assert!((0..1000).all(|n| lexicon.get(hash_lower(&format!("WORD{n}"))) == Some(&n)));
        assert!(!lexicon.contains(hash_lower("word1000")));
        assert!(!Lexicon::<u8>::default().contains(1));
        let mut lexicon = Lexicon::with_capacity(0);
        (0..100).for_each(|n| lexicon.insert(n, n));
        assert!((0..100).all(|n| lexicon.get(n) == Some(&n)));
    }
}
