//! How a word is spelt, whatever characters its text has in between: soft hyphens and composed or decomposed letters tell nothing.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

/// A word or name without characters that have no width, its letters composed (NFC): "Euro\u{ad}pean" is "European", and "e"
/// with a combining accent is "é".
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
    // Joiners of Persian and of the scripts of India spell.
    let dropped =
        |character: &char| is_joiner(*character) && (latin || !matches!(character, '\u{200c}' | '\u{200d}'));
    Cow::Owned(word.chars().filter(|character| !dropped(character)).nfc().collect())
}

/// A character without width that may stand inside a word: a place to break it, or to keep it whole.
pub(crate) const fn is_joiner(character: char) -> bool {
    matches!(character, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// Whether a letter is of a script that sets words apart by blanks: Latin, Greek, Cyrillic, Armenian.
pub(crate) const fn breaks_by_hyphen(character: char) -> bool {
    matches!(character, '\0'..='\u{58f}' | '\u{1e00}'..='\u{1fff}')
}

const fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}')
}
