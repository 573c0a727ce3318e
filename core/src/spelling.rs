//! Normalised spelling of words: without soft hyphens and other characters of zero width, with composed letters.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A word or name without characters of zero width and with composed letters (NFC): "Euro\u{ad}pean" is "European", and "e" with
/// a combining accent is "é".
///
/// ```
/// assert_eq!(copydesk_core::spelling("Hoek\u{ad}stra"), "Hoekstra");
/// assert_eq!(copydesk_core::spelling("Jose\u{301}"), "José");
/// ```
pub fn spelling(word: &str) -> Cow<'_, str> {
    if word.is_ascii() || !word.chars().any(|character| is_joiner(character) || is_mark(character)) {
        return Cow::Borrowed(word);
    }
    let latin = !word.chars().any(|character| character.is_alphabetic() && !breaks_by_hyphen(character));
    // In Persian and in the scripts of India the joiners are part of the spelling.
    let dropped =
        |character: &char| is_joiner(*character) && (latin || !matches!(character, '\u{200c}' | '\u{200d}'));
    Cow::Owned(word.chars().filter(|character| !dropped(character)).nfc().collect())
}

/// A character of zero width that may occur inside a word: it allows or forbids a line break there.
pub(crate) const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a letter belongs to a script that separates words by spaces: Latin, Greek, Cyrillic, Armenian.
pub(crate) const fn breaks_by_hyphen(character: char) -> bool {
    matches!(character, '\0'..='\u{58f}' | '\u{1e00}'..='\u{1fff}')
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}
