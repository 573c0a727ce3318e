//! Forms of words.

use crate::sentence::scope::Scope;

/// Whether a word looks like a plural.
pub(crate) fn plural(word: &str) -> bool {
    let bytes = word.as_bytes();
    match bytes {
        [.., before, b's'] => {
            (bytes.len() > 3 || bytes.len() == 3 && bytes.first().is_some_and(u8::is_ascii_uppercase))
                && !matches!(before, b's' | b'\'' | b'.')
                // "autonomous", "hypothesis"
                && !(bytes.len() >= 9 && (word.ends_with("ous") || word.ends_with("sis")))
                && !(bytes.len() > 3
                    && matches!(before, b'u' | b'i')
                    && bytes.len() < 9
                    && !word.ends_with("menus"))
        }
        _ => false,
    }
}

/// "full", "whole" before the counted noun.
pub(crate) fn is_whole(scope: &Scope<'_>, at: usize) -> bool {
    matches!(scope.text(at), "full" | "whole")
}
