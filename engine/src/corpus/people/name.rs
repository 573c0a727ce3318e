//! Parses the names of people.

use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The type of a word in a name.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Title,
    Particle,
    Suffix,
}

static WORDS: LazyLock<HashMap<&str, Kind>> = LazyLock::new(|| {
    let lines = include_str!("../../../data/name_words.tsv").lines().filter(|line| !line.starts_with('#'));
    let entries = lines.filter_map(|line| {
        let (kind, words) = line.split_once('\t')?;
        let kind = match kind {
            "title" => Kind::Title,
            "particle" => Kind::Particle,
            _ => Kind::Suffix,
        };
        Some(words.split(' ').map(move |word| (word, kind)))
    });
    entries.flatten().collect()
});

/// A name in the form in which it is compared: in lower case, without accents and titles, with middle initials separate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in super::super) struct Name {
    given: String,
    /// The initials of middle names: George H.W. is not George W.
    middle: String,
    /// Including its particles.
    surname: String,
    suffix: Option<String>,
}

impl Name {
    /// Parses a name.
    pub(in super::super) fn of(name: &str) -> Self {
        let folded = fold(name);
        let kind = |word: &str| WORDS.get(word).copied();
        let mut words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let suffix = words.pop_if(|word| kind(word) == Some(Kind::Suffix)).map(str::to_owned);
        let titles = words.iter().take_while(|word| kind(word) == Some(Kind::Title)).count();
        words.drain(..titles);
        let Some(last) = words.len().checked_sub(1) else { return Self::default() };
        let first =
            words[..last].iter().rposition(|word| kind(word) != Some(Kind::Particle)).map_or(0, |at| at + 1);
        let surname = words[first..].join(" ");
        let mut given = words[..first].iter().map(|word| (*word).to_owned());
        let first = given.next().unwrap_or_default();
        // "HW" are two initials, "Walker" is one.
        let initials =
            |word: String| word.chars().take(if word.len() > 2 { 1 } else { 2 }).collect::<String>();
        let middle = given.map(initials).collect();
        Self { given: first, middle, surname, suffix }
    }

    /// Whether it has a full given name and a surname.
    pub(in super::super) fn is_full(&self) -> bool {
        self.given.chars().count() > 1 && !self.surname.is_empty()
    }

    pub(super) fn given(&self) -> &str {
        &self.given
    }

    pub(super) fn middle(&self) -> &str {
        &self.middle
    }

    pub(in super::super) fn surname(&self) -> &str {
        &self.surname
    }

    /// The name in a canonical form; middle names are left out, as most articles leave them out.
    pub(in super::super) fn key(&self) -> String {
        let parts = [Some(self.given.as_str()), Some(self.surname.as_str()), self.suffix.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        parts.join(" ")
    }
}

/// Lower case without accents; full stops and apostrophes are removed, other punctuation becomes spaces.
fn fold(name: &str) -> String {
    let letters = name.nfd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    let mut folded = String::with_capacity(name.len());
    for letter in letters {
        match letter {
            '.' | '\'' | '’' => {}
            'ł' => folded.push('l'),
            'ø' => folded.push('o'),
            'đ' => folded.push('d'),
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ı' => folded.push('i'),
            letter if letter.is_alphanumeric() || letter == '-' => folded.push(letter),
            _ => folded.push(' '),
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_apart() {
        for (name, middle) in [
            ("George H.W. Bush", "hw"),
            ("George Herbert Walker Bush", "hw"),
            ("George W. Bush", "w"),
            ("George Bush", ""),
        ] {
            assert_eq!(Name::of(name).middle(), middle, "{name}");
        }
        for (name, key, surname, full) in [
            ("Rachel Reeves", "rachel reeves", "reeves", true),
            ("Dr. Émile J. Dürr", "emile durr", "durr", true),
            ("Ursula von der Leyen", "ursula von der leyen", "von der leyen", true),
            ("von der Leyen", "von der leyen", "von der leyen", false),
            ("Sir Reeves", "reeves", "reeves", false),
            ("J. Edgar", "j edgar", "edgar", false),
            ("Sean O’Neill Jr.", "sean oneill jr", "oneill", true),
            ("Anna Maria Søndergård", "anna sondergard", "sondergard", true),
            ("Dr.", "", "", false),
            ("", "", "", false),
        ] {
            let found = Name::of(name);
            assert_eq!(
                (found.key().as_str(), found.surname(), found.is_full()),
                (key, surname, full),
                "{name}"
            );
        }
    }
}
