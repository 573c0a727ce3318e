//! The lexicon: valences, and words that negate, intensify or delimit them.

use copydesk_core::{Lexicon, StageError};

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

/// The entry of a word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Word {
    /// -4 to 4.
    pub(crate) valence: f32,
    /// Bits of [`role`].
    pub(crate) roles: u16,
    /// The number of words of the same term before it.
    pub(crate) before: u8,
}

impl Word {
    pub(crate) const fn is(self, roles: u16) -> bool {
        self.roles & roles != 0
    }
}

/// The approximate number of words.
const WORDS: usize = 8000;

/// An entry of a table.
enum Entry {
    Valence(f32),
    Role(u16),
}

/// Visits every entry of the tables. If a form has two valences, the later one counts.
fn entries(mut each: impl FnMut(&'static str, Entry)) -> Result<(), StageError> {
    let wrong = |name: &str, line: &str| StageError::failed(format_args!("{name}: `{line}`"));
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
        forms.split(' ').for_each(|form| each(form, Entry::Role(role)));
    }
    Ok(())
}

/// Reads the tables.
pub(crate) fn lexicon() -> Result<Lexicon<Word>, StageError> {
    let mut words: Lexicon<Word> = Lexicon::with_capacity(WORDS);
    entries(|form, entry| {
        let hash = copydesk_core::hash_lower(form);
        let word = match entry {
            Entry::Valence(valence) => {
                let roles = if valence == 0.0 { 0 } else { role::VALENCE };
                Word { valence, roles, before: 0 }
            }
            Entry::Role(role) => {
                let known = words.get(hash).copied().unwrap_or_default();
                Word { roles: known.roles | role, ..known }
            }
        };
        words.insert(hash, word);
    })?;
    Ok(words)
}

/// The words that carry valence, with their valence.
pub(crate) fn valences() -> Result<Vec<(&'static str, f32)>, StageError> {
    let mut found = Vec::new();
    entries(|form, entry| {
        if let Entry::Valence(valence) = entry {
            found.push((form, valence));
        }
    })?;
    Ok(found)
}

/// The hashes of all words in the tables.
pub(crate) fn forms() -> Result<Vec<u64>, StageError> {
    let mut found = Vec::new();
    entries(|form, _| found.push(copydesk_core::hash_lower(form)))?;
    Ok(found)
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
    fn rows_are_lines_without_comments() {
        let table = "# one\na\t1\r\n\nb\n#c\nd\r";
        let plain = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert!(rows("").next().is_none());
        assert_eq!(rows("a\t1\r\n\nb\n# c\nd").collect::<Vec<_>>(), ["a\t1", "b", "d"]);
        assert_eq!(rows(&table[..table.len() - 1]).count(), plain.count());
    }
}
