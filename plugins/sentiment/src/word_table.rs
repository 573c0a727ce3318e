//! Reads the tables of valences and cues: what the build script lays out, and what training asks for.

/// Bits of [`Word::roles`].
pub(crate) mod role {
    pub(crate) const VALENCE: u16 = 1;
    /// Negates what follows: "not".
    pub(crate) const NEGATOR: u16 = 1 << 1;
    /// Strengthens what follows: "very".
    pub(crate) const INTENSIFIER: u16 = 1 << 2;
    /// Weakens what follows: "slightly".
    pub(crate) const DAMPENER: u16 = 1 << 3;
    /// Negates a negative word after it: "prevented the war".
    pub(crate) const SHIFTER: u16 = 1 << 4;
    /// The words after it weigh more than those before: "but".
    pub(crate) const CONTRAST: u16 = 1 << 5;
    /// Begins a clause.
    pub(crate) const BOUNDARY: u16 = 1 << 6;
    /// A function word: "the".
    pub(crate) const FUNCTION: u16 = 1 << 7;
    /// The words after it are hypothetical: "could", "if".
    pub(crate) const MODAL: u16 = 1 << 8;
}

/// An entry of a table.
pub(crate) enum Entry {
    Valence(f32),
    #[allow(dead_code, reason = "only the build script asks for roles")]
    Role(u16),
}

/// Visits every entry of the tables. If a form has two valences, the later one counts. The error shows a line that cannot be read.
pub(crate) fn entries(mut each: impl FnMut(&'static str, Entry)) -> Result<(), String> {
    let wrong = |name: &str, line: &str| format!("{name}: `{line}`");
    for (name, table) in
        [("vader.tsv", include_str!("../data/vader.tsv")), ("news.tsv", include_str!("../data/news.tsv"))]
    {
        for line in rows(table) {
            let entry = cut(line, b'\t').and_then(|(term, valence)| Some((term, number(valence)?)));
            let (term, valence) = entry.ok_or_else(|| wrong(name, line))?;
            each(term, Entry::Valence(valence));
        }
    }
    for line in rows(include_str!("../data/cues.tsv")) {
        let (name, forms) = line.split_once('\t').unwrap_or((line, ""));
        let role = match name {
            "negator" => role::NEGATOR,
            "intensifier" => role::INTENSIFIER,
            "dampener" => role::DAMPENER,
            "shifter" => role::SHIFTER,
            "contrast" => role::CONTRAST,
            "boundary" => role::BOUNDARY,
            "function" => role::FUNCTION,
            "modal" => role::MODAL,
            _ => return Err(wrong("cues.tsv", line)),
        };
        words(forms).for_each(|form| each(form, Entry::Role(role)));
    }
    Ok(())
}

/// The lines of a table without comments.
pub(crate) fn rows(table: &str) -> impl Iterator<Item = &str> {
    let mut rest = table;
    let lines = std::iter::from_fn(move || {
        let (line, after) = cut(rest, b'\n').unwrap_or((rest, ""));
        let more = !rest.is_empty();
        rest = after;
        more.then(|| line.strip_suffix('\r').unwrap_or(line))
    });
    lines.filter(|line| !line.starts_with('#') && !line.is_empty())
}

/// The words of a row, which blanks separate.
pub(crate) fn words(row: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(row);
    std::iter::from_fn(move || {
        let text = rest?;
        let (word, after) = cut(text, b' ').map_or((text, None), |(word, after)| (word, Some(after)));
        rest = after;
        Some(word)
    })
}

/// The text before the first `mark`, an ASCII character, and after it. `str::split_once` calls a search, which for some thousand short
/// lines takes a few percent of the start of the program.
fn cut(text: &str, mark: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|byte| byte == mark)?;
    Some((&text[..at], &text[at + 1..]))
}

/// A decimal number. Of up to six digits, the quotient of two whole numbers is the nearest 32-bit float, as with `str::parse`.
fn number(text: &str) -> Option<f32> {
    let (sign, digits) = text.strip_prefix('-').map_or((1.0, text), |digits| (-1.0, digits));
    let (whole, fraction) = cut(digits, b'.').unwrap_or((digits, ""));
    if whole.is_empty() || whole.len() + fraction.len() > 6 {
        return text.parse().ok();
    }
    let mut all = whole.bytes().chain(fraction.bytes());
    let value =
        all.try_fold(0u32, |value, byte| byte.is_ascii_digit().then(|| 10 * value + u32::from(byte - b'0')));
    let Some(value) = value else { return text.parse().ok() };
    Some(sign * (value as f32 / 10u32.pow(fraction.len() as u32) as f32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_those_of_the_standard_library() {
        for at in -40_000..40_000 {
            let tenths = f64::from(at) / 100.0;
            for text in [format!("{tenths}"), format!("{tenths:.2}"), format!("{}", at / 7)] {
                let right: f32 = text.parse().expect("a number");
                assert_eq!(number(&text).map(f32::to_bits), Some(right.to_bits()), "{text}");
            }
        }
        for text in ["", "-", "+1", "1e2", "1.5x", "12345678.9", ".5", "5.", "-0", "NaN", "1.2.3"] {
            assert_eq!(number(text).map(f32::to_bits), text.parse().ok().map(f32::to_bits), "{text}");
        }
    }

    #[test]
    fn words_are_between_blanks() {
        for row in ["", "a", "a b", " a  b "] {
            assert!(words(row).eq(row.split(' ')), "{row:?}");
        }
    }

    #[test]
    fn rows_are_lines_without_comments() {
        let table = "# one\na\t1\r\n\nb\n#c\nd\r";
        let plain = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert!(rows("").next().is_none());
        assert_eq!(rows("a\t1\r\n\nb\n# c\nd").collect::<Vec<_>>(), ["a\t1", "b", "d"]);
        assert_eq!(rows(&table[..table.len() - 1]).count(), plain.count());
    }
}
