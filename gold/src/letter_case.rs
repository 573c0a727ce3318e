//! Texts in capitals, in title case and in lower case, as headlines and messages are written.

/// A letter case that carries no information about names. Byte offsets do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "clap", derive(clap::ValueEnum))]
pub enum LetterCase {
    /// Everything in capitals, as many headlines are
    Capitals,
    /// A capital for every longer word, as in other headlines
    Title,
    /// No capitals at all, as in many messages
    Small,
}

/// Words with at least this many letters are capitalised in a title.
const LONG: usize = 4;

impl LetterCase {
    /// Appends a text in this letter case.
    pub fn write(self, text: &str, into: &mut String) {
        match self {
            Self::Capitals => into.extend(text.chars().map(upper)),
            Self::Small => into.extend(text.chars().map(lower)),
            Self::Title => {
                for word in text.split_inclusive(|letter: char| !letter.is_alphanumeric()) {
                    let mut letters = word.chars();
                    let long = word.chars().filter(|letter| letter.is_alphanumeric()).count() >= LONG;
                    into.extend(letters.next().map(|first| if long { upper(first) } else { first }));
                    into.push_str(letters.as_str());
                }
            }
        }
    }
}

fn upper(letter: char) -> char {
    same_size(letter, letter.to_uppercase())
}

fn lower(letter: char) -> char {
    same_size(letter, letter.to_lowercase())
}

/// The letter in the other case, if that is one letter of the same number of bytes.
fn same_size(letter: char, mut other: impl Iterator<Item = char>) -> char {
    match (other.next(), other.next()) {
        (Some(other), None) if other.len_utf8() == letter.len_utf8() => other,
        _ => letter,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_places() {
        const TEXT: &str = "Zoë Straße met the council's aunt in Łódź. İzmir was glad.";
        for (case, written) in [
            (LetterCase::Capitals, "ZOË STRAßE MET THE COUNCIL'S AUNT IN ŁÓDŹ. İZMIR WAS GLAD."),
            (LetterCase::Title, "Zoë Straße met the Council's Aunt in Łódź. İzmir was Glad."),
            (LetterCase::Small, "zoë straße met the council's aunt in łódź. İzmir was glad."),
        ] {
            let mut text = String::new();
            case.write(TEXT, &mut text);
            assert_eq!(text, written);
            let places = |text: &str| text.char_indices().map(|(at, _)| at).collect::<Vec<_>>();
            assert_eq!(places(&text), places(TEXT));
        }
    }
}
