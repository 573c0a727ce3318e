//! Suggests the nearest known spelling.

use super::diagnostic::Diagnostic;

/// The known word nearest to the written one, if it is near enough: at most a third of its letters may differ, and at
/// most three.
fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let written = written.to_lowercase();
    let limit = (written.chars().count() / 3).clamp(1, 3);
    known
        .iter()
        .map(|word| (strsim::osa_distance(&written, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Adds to an error about an unknown word the one that was probably meant, and all known ones. `what` describes the list:
/// "known keys".
pub(super) fn suggest(diagnostic: Diagnostic, written: &str, known: &[&str], what: &str) -> Diagnostic {
    let list = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    let diagnostic = diagnostic.remedy(format!("{what}: {list}"));
    match nearest(written, known) {
        Some(word) => diagnostic.label(format!("did you mean `{word}`?")),
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let known = ["path", "format", "fields"];
        for (written, expected) in [
            ("pth", Some("path")),
            ("Format", Some("format")),
            ("feilds", Some("fields")),
            ("colour", None),
            ("", None),
        ] {
            assert_eq!(nearest(written, &known), expected, "{written}");
        }
    }
}
