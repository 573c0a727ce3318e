//! One hash of a word's lower-cased form, the same in the host, in every plugin and at compile time.
//!
//! Stages look words up by this hash alone: at 64 bits, two of a million known forms collide once in some forty million
//! vocabularies. The mixing is a multiply-fold over eight bytes at a time (the construction of wyhash by Wang Yi).

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const MULTIPLIER: u64 = 0xd6e8_feb8_6659_fd93;

const fn fold(a: u64, b: u64) -> u64 {
    let wide = (a as u128) * (b as u128);
    (wide as u64) ^ ((wide >> 64) as u64)
}

const fn finish(state: u64, len: usize) -> u64 {
    fold(state ^ MULTIPLIER, (len as u64) ^ SEED)
}

/// Eight bytes with A–Z turned to a–z. Bytes of other characters stay as they are.
const fn lower_ascii(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let heptets = word & (ONES * 0x7f);
    let from_a = heptets + ONES * (0x80 - b'A' as u64);
    let past_z = heptets + ONES * (0x80 - b'Z' as u64 - 1);
    let ascii = !word & (ONES * 0x80);
    let upper = (from_a ^ past_z) & ascii;
    word | (upper >> 2)
}

/// The hash of a form that is lower-case already. Usable in constants.
pub const fn hash_lowered(form: &str) -> u64 {
    hash_bytes(form.as_bytes())
}

const fn hash_bytes(bytes: &[u8]) -> u64 {
    let mut state = SEED;
    let mut at = 0;
    while at < bytes.len() {
        let mut word = 0u64;
        let mut i = 0;
        while i < 8 && at + i < bytes.len() {
            word |= (bytes[at + i] as u64) << (8 * i);
            i += 1;
        }
        state = fold(state ^ lower_ascii(word), MULTIPLIER);
        at += 8;
    }
    finish(state, bytes.len())
}

/// The hash of `form` lower-cased, the typographic apostrophe read as the straight one.
pub fn hash_lower(form: &str) -> u64 {
    if form.is_ascii() { hash_ascii(form.as_bytes()) } else { hash_folded(form) }
}

/// The hash of ASCII bytes, whatever their case.
pub(crate) fn hash_ascii(bytes: &[u8]) -> u64 {
    let mut state = SEED;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let word = u64::from_le_bytes(chunk.try_into().unwrap_or_default());
        state = fold(state ^ lower_ascii(word), MULTIPLIER);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        let word = rest.iter().rev().fold(0u64, |word, &byte| (word << 8) | u64::from(byte));
        state = fold(state ^ lower_ascii(word), MULTIPLIER);
    }
    finish(state, bytes.len())
}

fn hash_folded(form: &str) -> u64 {
    let lowered: String =
        form.chars().map(|c| if c == '\u{2019}' { '\'' } else { c }).flat_map(char::to_lowercase).collect();
    hash_bytes(lowered.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_and_everything_else_does() {
        for (a, b) in
            [("Ministry", "ministry"), ("ÉTÉ", "été"), ("Don’t", "don't"), ("A", "a"), ("[@Z", "[@z")]
        {
            assert_eq!(hash_lower(a), hash_lowered(b), "{a}");
        }
        for (a, b) in
            [("a", "b"), ("ab", "ba"), ("[", "{"), ("@", "`"), ("", "\0"), ("abcdefgh", "abcdefghi")]
        {
            assert_ne!(hash_lower(a), hash_lower(b), "{a} {b}");
        }
    }

    #[test]
    fn constants_agree_with_run_time() {
        const SAID: u64 = hash_lowered("said");
        assert_eq!(SAID, hash_lower("SAID"));
        assert_eq!(hash_lowered("a longer form than eight"), hash_lower("A Longer Form Than Eight"));
    }
}
