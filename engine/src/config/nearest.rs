//! The nearest right spelling.

/// The known word nearest to what was written, where it is near enough to be meant.
pub(super) fn nearest<'k>(written: &str, known: &[&'k str]) -> Option<&'k str> {
    let written = written.to_lowercase();
    let limit = (written.chars().count() / 3).clamp(1, 3);
    known
        .iter()
        .map(|word| (distance(&written, &word.to_lowercase()), *word))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// "did you mean …?", and all that is known.
pub(super) fn remedy(written: &str, known: &[&str], what: &str) -> String {
    let guess = nearest(written, known).map(|word| format!("did you mean `{word}`? ")).unwrap_or_default();
    if known.is_empty() {
        format!("{guess}{what}: none")
    } else {
        format!("{guess}{what}: {}", known.join(", "))
    }
}

/// Edits between two words: insert, delete, replace, or swap neighbours (optimal string alignment). Words are short; long
/// ones are cut, since none of them is near to anything.
fn distance(a: &str, b: &str) -> usize {
    let a: Vec<char> = a.chars().take(64).collect();
    let b: Vec<char> = b.chars().take(64).collect();
    let mut rows = vec![(0..=b.len()).collect::<Vec<usize>>()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replace = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut best = replace.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                best = best.min(rows[i - 2][j - 2] + 1);
            }
            row.push(best);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
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
