//! Splits a text into the words by which copies and quotes are compared.

use std::collections::HashSet;
use std::sync::LazyLock;

use copydesk_core::hash_lower;

/// Words that change the statement of a quote.
static ALTERING: LazyLock<HashSet<u64>> = LazyLock::new(|| {
    let lines = include_str!("../../data/altering_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).map(hash_lower).collect()
});

/// Appends a hash of each word, ignoring case and punctuation: "Don’t" is "dont". In scripts written without spaces each character
/// is a word.
pub(super) fn hashes(text: &str, into: &mut Vec<u64>) {
    let mut word = String::new();
    for letter in text.chars() {
        match letter {
            '\'' | '’' if !word.is_empty() => {}
            letter if is_word_of_its_own(letter) => {
                flush(&mut word, into);
                word.push(letter);
                flush(&mut word, into);
            }
            letter if letter.is_alphanumeric() => word.push(letter),
            _ => flush(&mut word, into),
        }
    }
    flush(&mut word, into);
}

fn flush(word: &mut String, into: &mut Vec<u64>) {
    if !word.is_empty() {
        into.push(hash_lower(word));
        word.clear();
    }
}

/// Chinese characters, kana, and letters of Thai, Lao, Khmer and Burmese, which are written without spaces.
const fn is_word_of_its_own(letter: char) -> bool {
    matches!(letter, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// The words of a quote: the lowest bit is set if the word can change the statement, the other bits are its hash. Such words are
/// numbers, negations, and names, that is, capitals within a sentence.
pub(super) fn of_quote(text: &str) -> Vec<u32> {
    let mut hashes = Vec::new();
    let mut words = Vec::new();
    let mut begins = true;
    // Numbers, contractions and capitals are recognised by characters, so words are processed one by one.
    for piece in text.split(|letter: char| letter.is_whitespace() || matches!(letter, '-' | '–' | '—' | '/'))
    {
        self::hashes(piece, &mut hashes);
        if hashes.is_empty() {
            continue;
        }
        let word = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
        let lowered = word.to_lowercase();
        let is_name = !begins
            && word.starts_with(char::is_uppercase)
            && word != "I"
            && !word.starts_with("I'")
            && !word.starts_with("I’");
        let altering = is_name
            || word.contains(|letter: char| letter.is_ascii_digit())
            || lowered.ends_with("n't")
            || lowered.ends_with("n’t");
        for hash in hashes.drain(..) {
            let altering = altering || ALTERING.contains(&hash);
            words.push((hash as u32 & !1) | u32::from(altering));
        }
        begins = piece.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', '?', '!', ':', '…']);
    }
    words
}

/// Whether a word can change the statement of a quote.
pub(super) const fn is_altering(word: u32) -> bool {
    word & 1 == 1
}

/// The word without that bit, for comparison.
pub(super) const fn word(word: u32) -> u32 {
    word | 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        let words = |text| of_quote(text).into_iter().map(word).collect::<Vec<_>>();
        words(a) == words(b)
    }

    #[test]
    fn case_and_marks_do_not_matter() {
        assert!(same("“We won’t pay,” she said", "we won't PAY she said"));
        assert!(same("a well-known case", "A well known case…"));
        assert!(!same("we will pay", "we will not pay"));
    }

    #[test]
    fn numbers_negations_and_names_alter_a_statement() {
        let altering = |text| of_quote(text).into_iter().filter(|word| is_altering(*word)).count();
        assert_eq!(altering("It rose by 3.5 percent"), 2, "two words: 3 and 5");
        assert_eq!(altering("Three men can't be wrong"), 2);
        assert_eq!(altering("They were all wrong. Nearly all"), 0);
        assert_eq!(altering("They left Oslo. I saw them, I'd swear"), 1);
    }
}
