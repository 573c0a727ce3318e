//! The hash of a word's lower-cased form, the same in the host, in every plugin and at compile time.
//!
//! Stages look up words by this hash alone: at 64 bits, a vocabulary of a million forms has a collision with a probability of
//! about one in forty million. The mixing step is a folded multiplication over eight bytes at a time (as in wyhash by Wang Yi).

const SEED: u64 = 0x9e37_79b9_7f4a_7c15;
const MULTIPLIER: u64 = 0xd6e8_feb8_6659_fd93;

const fn fold(a: u64, b: u64) -> u64 {
    let wide = (a as u128) * (b as u128);
    (wide as u64) ^ ((wide >> 64) as u64)
}

const fn finish(state: u64, len: usize) -> u64 {
    fold(state ^ MULTIPLIER, (len as u64) ^ SEED)
}

/// Eight bytes with A–Z turned to a–z. Other bytes are unchanged.
const fn lower_ascii(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let heptets = word & (ONES * 0x7f);
    let from_a = heptets + ONES * (0x80 - b'A' as u64);
    let past_z = heptets + ONES * (0x80 - b'Z' as u64 - 1);
    let ascii = !word & (ONES * 0x80);
    let upper = (from_a ^ past_z) & ascii;
    word | (upper >> 2)
}

/// The hash of a form that is already in lower case. Usable in constants; for a form known at compile time it costs nothing at
/// run time.
#[inline]
pub const fn hash_lowered(form: &str) -> u64 {
    hash_bytes(form.as_bytes())
}

/// The hash of bytes whose ASCII letters are in lower case.
#[inline]
const fn hash_bytes(bytes: &[u8]) -> u64 {
    let (mut state, mut rest) = (SEED, bytes);
    while let Some((word, after)) = rest.split_first_chunk::<8>() {
        state = fold(state ^ lower_ascii(u64::from_le_bytes(*word)), MULTIPLIER);
        rest = after;
    }
    if !rest.is_empty() {
        state = fold(state ^ lower_ascii(few(rest)), MULTIPLIER);
    }
    finish(state, bytes.len())
}

/// The hash of `form` in lower case; a typographic apostrophe counts as a straight one.
pub fn hash_lower(form: &str) -> u64 {
    // Most words; tables of many thousands of them are read at the start of a run.
    let bytes = form.as_bytes();
    if (1..=8).contains(&bytes.len()) {
        let word = bytes.first_chunk::<8>().map_or_else(|| few(bytes), |eight| u64::from_le_bytes(*eight));
        if word & TOP == 0 {
            return finish(fold(SEED ^ lower_ascii(word), MULTIPLIER), bytes.len());
        }
    }
    if form.is_ascii() { hash_bytes(form.as_bytes()) } else { hash_folded(form) }
}

/// Up to seven bytes as a number, read with two or three loads that may overlap.
#[inline]
const fn few(bytes: &[u8]) -> u64 {
    let Some(last) = bytes.len().checked_sub(1) else { return 0 };
    if let (Some(first), Some(end)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        return u32::from_le_bytes(*first) as u64 | (u32::from_le_bytes(*end) as u64) << (8 * (last - 3));
    }
    let middle = last / 2;
    bytes[0] as u64 | (bytes[middle] as u64) << (8 * middle) | (bytes[last] as u64) << (8 * last)
}

fn hash_folded(form: &str) -> u64 {
    let lowered: String =
        form.chars().map(|c| if c == '\u{2019}' { '\'' } else { c }).flat_map(char::to_lowercase).collect();
    hash_bytes(lowered.as_bytes())
}

/// Up to eight bytes of `text` from `at`, padded with zeros from `end` on.
#[inline]
fn load(text: &[u8], at: usize, end: usize) -> u64 {
    let wanted = end - at;
    if let Some(eight) = text.get(at..at + 8) {
        let word = u64::from_le_bytes(eight.try_into().unwrap_or_default());
        return word & first_bytes(wanted);
    }
    // The last bytes of the text.
    few(&text[at..end.min(text.len())])
}

/// A mask of the first `count` bytes, at most eight.
#[inline]
const fn first_bytes(count: usize) -> u64 {
    if count >= 8 { u64::MAX } else { (1 << (8 * count)) - 1 }
}

const TOP: u64 = 0x8080_8080_8080_8080;

/// The top bit of each byte that is an ASCII letter of either case.
#[inline]
const fn letters(word: u64) -> u64 {
    in_range((word & !TOP) | 0x2020_2020_2020_2020, b'a', b'z') & !word
}

/// The top bit of each byte that is an ASCII digit.
#[inline]
const fn digits(word: u64) -> u64 {
    in_range(word & !TOP, b'0', b'9') & !word
}

/// The top bit of each byte in `first..=last`; all bytes must be below 128.
#[inline]
const fn in_range(heptets: u64, first: u8, last: u8) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let reached = heptets + ONES * (0x80 - first as u64);
    let passed = heptets + ONES * (0x80 - last as u64 - 1);
    reached & !passed & TOP
}

/// The properties of an ASCII word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct AsciiWord {
    pub(crate) hash: u64,
    pub(crate) first_is_upper: bool,
    /// A capital letter follows the first character.
    pub(crate) later_upper: bool,
    pub(crate) has_lower: bool,
    pub(crate) has_digit: bool,
}

/// Reads `text[start..end]` eight bytes at a time; `None` if it is not ASCII. The hash excludes the last `cut` bytes.
#[inline]
pub(crate) fn read_ascii(text: &[u8], start: usize, end: usize, cut: usize) -> Option<AsciiWord> {
    let stem = end - cut;
    let (mut state, mut upper, mut lower, mut digit, mut first) = (SEED, 0, 0, 0, 0);
    let mut at = start;
    while at < end {
        let word = load(text, at, end);
        if word & TOP != 0 {
            return None;
        }
        let letter_bits = letters(word);
        // Bit 5 is set in lower-case letters.
        let upper_bits = letter_bits & !(word << 2);
        if at == start {
            first = upper_bits & 0x80;
            upper = upper_bits & !0x80;
        } else {
            upper |= upper_bits;
        }
        lower |= letter_bits & (word << 2);
        digit |= digits(word);
        if at < stem {
            let lowered = (word | (upper_bits >> 2)) & first_bytes(stem - at);
            state = fold(state ^ lowered, MULTIPLIER);
        }
        at += 8;
    }
    Some(AsciiWord {
        hash: finish(state, stem - start),
        first_is_upper: first != 0,
        later_upper: upper != 0,
        has_lower: lower != 0,
        has_digit: digit != 0,
    })
}

/// The hashes of all forms of a single ASCII character.
pub(crate) const HASHES: [u64; 128] = {
    let mut hashes = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        hashes[byte] = hash_bytes(&[byte as u8]);
        byte += 1;
    }
    hashes
};

/// A word that consists of ASCII letters only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Letters {
    pub(crate) end: usize,
    pub(crate) hash: u64,
    /// Bit 5 of each byte position that has capitals: the lowest for the first letter, the others for later letters.
    capitals: u64,
    /// As `capitals`, for lower-case letters.
    small: u64,
}

impl Letters {
    /// Bit 5 of the first letter.
    const FIRST: u64 = 0x20;

    pub(crate) const fn is_small(self) -> bool {
        self.capitals == 0
    }

    pub(crate) const fn first_is_upper(self) -> bool {
        self.capitals & Self::FIRST != 0
    }

    pub(crate) const fn later_upper(self) -> bool {
        self.capitals & !Self::FIRST != 0
    }

    pub(crate) const fn has_lower(self) -> bool {
        self.small != 0
    }
}

/// Reads the letters from `start` on, eight bytes at a time. `None` if fewer than eight bytes are left at a step or one of them
/// is not ASCII.
///
/// Most words of a text are read by this function in one step; [`read_ascii_word`] reads the others.
#[inline(always)]
pub(crate) fn read_letters(text: &[u8], start: usize) -> Option<Letters> {
    const CASE: u64 = 0x2020_2020_2020_2020;
    let (mut state, mut capitals, mut small, mut at) = (SEED, 0, 0, start);
    loop {
        let word = u64::from_le_bytes(*text.get(at..)?.first_chunk()?);
        if word & TOP != 0 {
            return None;
        }
        let others = in_range(word | CASE, b'a', b'z') ^ TOP;
        let own = if others == 0 { u64::MAX } else { ((others & others.wrapping_neg()) - 1) >> 7 };
        let upper = !word & CASE & own;
        // Only the first step of a longer word contains its first letter.
        capitals |= if at == start || upper == 0 { upper } else { Letters::FIRST << 8 };
        small |= word & CASE & own;
        if own != 0 {
            state = fold(state ^ ((word | CASE) & own), MULTIPLIER);
        }
        if others == 0 {
            at += 8;
            continue;
        }
        let end = at + others.trailing_zeros() as usize / 8;
        return Some(Letters { end, hash: finish(state, end - start), capitals, small });
    }
}

/// Reads the ASCII letters and digits from `start` to at most `end`: their end and their properties.
#[inline]
pub(crate) fn read_ascii_word(text: &[u8], start: usize, end: usize) -> (usize, AsciiWord) {
    let (mut state, mut upper, mut lower, mut digit, mut first) = (SEED, 0, 0, 0, 0);
    let mut at = start;
    while at < end {
        let word = load(text, at, end);
        let (letter_bits, digit_bits) = (letters(word), digits(word));
        let others = !(letter_bits | digit_bits) & TOP;
        // The number of bytes that belong to the word; `trailing_zeros` is 64 if all do.
        let count = others.trailing_zeros() as usize / 8;
        if count == 0 {
            break;
        }
        let own = first_bytes(count);
        // Bit 5 is set in lower-case letters.
        let upper_bits = letter_bits & !(word << 2) & own;
        if at == start {
            first = upper_bits & 0x80;
            upper = upper_bits & !0x80;
        } else {
            upper |= upper_bits;
        }
        lower |= letter_bits & (word << 2) & own;
        digit |= digit_bits & own;
        state = fold(state ^ ((word | (upper_bits >> 2)) & own), MULTIPLIER);
        at += count;
        if count < 8 {
            break;
        }
    }
    let word = AsciiWord {
        hash: finish(state, at - start),
        first_is_upper: first != 0,
        later_upper: upper != 0,
        has_lower: lower != 0,
        has_digit: digit != 0,
    };
    (at, word)
}

/// The end of the ASCII letters and digits that begin at `at`, at most `end`.
#[inline]
pub(crate) fn end_of_ascii_word(text: &[u8], mut at: usize, end: usize) -> usize {
    while at < end {
        let word = load(text, at, end);
        let others = !(letters(word) | digits(word)) & TOP;
        if others != 0 {
            return (at + others.trailing_zeros() as usize / 8).min(end);
        }
        at += 8;
    }
    end
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
    fn words_of_all_lengths_have_the_hash_of_their_bytes() {
        for text in ["abcdefghijklmnopqrstuvwxyz", "z{[`@0.-'abczyx", "émigré où ça", "aé"] {
            for (end, _) in text.char_indices().chain([(text.len(), ' ')]) {
                let form = &text[..end];
                assert_eq!(hash_lower(form), hash_lowered(form), "{form}");
                assert_eq!(hash_lower(&form.to_uppercase()), hash_lowered(form), "{form}");
            }
        }
    }

    #[test]
    fn words_are_read_eight_bytes_at_a_time() {
        let text = "Inc. iPhone15 McDonald's_x Überall verylongwordindeed9";
        for (form, first, after, digit) in [
            ("Inc", true, false, false),
            ("iPhone15", false, true, true),
            ("McDonald", true, true, false),
            ("verylongwordindeed9", false, false, true),
        ] {
            let start = text.find(form).unwrap_or(0);
            let end = end_of_ascii_word(text.as_bytes(), start, text.len());
            assert_eq!(&text[start..end], form);
            let word = read_ascii(text.as_bytes(), start, end, 0).expect("ASCII");
            assert_eq!(read_ascii_word(text.as_bytes(), start, text.len()), (end, word));
            for cut in start..end {
                let (at, part) = read_ascii_word(text.as_bytes(), start, cut);
                assert_eq!(at, cut);
                assert!(cut == start || Some(part) == read_ascii(text.as_bytes(), start, cut, 0));
            }
            assert_eq!(
                (word.first_is_upper, word.later_upper, word.has_digit),
                (first, after, digit),
                "{form}"
            );
            assert!(word.has_lower);
            assert_eq!(word.hash, hash_lower(form));
            let cut = read_ascii(text.as_bytes(), start, end, 1).expect("ASCII");
            assert_eq!(cut.hash, hash_lower(&form[..form.len() - 1]));
        }
        assert!(read_ascii("a\u{e9}".as_bytes(), 0, 3, 0).is_none());
        let all: Vec<u8> = (0..=255).collect();
        for byte in 0..256 {
            let ends = end_of_ascii_word(&all, byte, byte + 1) == byte;
            assert_eq!(ends, !all[byte].is_ascii_alphanumeric(), "{byte}");
        }
    }

    #[test]
    fn letters_are_read_like_words() {
        let text = "inc, iPhone MCDONALD verylongwordindeed; x-ray USSR8 deputies. Deputies naïve a\u{7f}b                ";
        let bytes = text.as_bytes();
        let mut read = 0;
        for start in (0..bytes.len()).filter(|start| bytes[*start].is_ascii_alphabetic()) {
            let (_, word) = read_ascii_word(bytes, start, bytes.len());
            let Some(letters) = read_letters(bytes, start) else {
                assert!(!bytes[start..start + 16].is_ascii(), "{}", &text[start..start + 8]);
                continue;
            };
            let form = &text[start..letters.end];
            assert!(form.bytes().all(|byte| byte.is_ascii_alphabetic()));
            assert!(!bytes[letters.end].is_ascii_alphabetic());
            assert_eq!(letters.hash, hash_lower(form), "{form}");
            assert_eq!(letters.is_small(), !form.bytes().any(|byte| byte.is_ascii_uppercase()), "{form}");
            if !bytes[letters.end].is_ascii_digit() {
                let found = (letters.first_is_upper(), letters.later_upper(), letters.has_lower());
                assert_eq!(found, (word.first_is_upper, word.later_upper, word.has_lower), "{form}");
                read += 1;
            }
        }
        assert!(read > 40, "{read}");
        assert_eq!(read_letters(b"end", 0), None);
        assert!(
            (0..128u8).all(|byte| HASHES[usize::from(byte)] == hash_lower(&char::from(byte).to_string()))
        );
    }

    #[test]
    fn forms_of_every_length() {
        let form = "AbcDefGhiJklMnoPqrS";
        let lowered = form.to_lowercase();
        for end in 0..=form.len() {
            assert_eq!(hash_lower(&form[..end]), hash_lowered(&lowered[..end]), "{end}");
        }
    }

    #[test]
    fn constants_agree_with_run_time() {
        const SAID: u64 = hash_lowered("said");
        assert_eq!(SAID, hash_lower("SAID"));
        assert_eq!(hash_lowered("a longer form than eight"), hash_lower("A Longer Form Than Eight"));
    }
}
