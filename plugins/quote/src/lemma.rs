//! The dictionary form of a cue that is not in the table.

use copydesk_core::layers::PartOfSpeech;

/// The dictionary form of a verb by the rules of English spelling: a guess, since the table of cues has the irregular ones.
pub(crate) fn lemma(word: &str, tag: Option<PartOfSpeech>) -> String {
    let word = word.to_lowercase();
    let stem = match tag {
        Some(PartOfSpeech::VerbThird | PartOfSpeech::NounPlural) => third_person(&word),
        Some(PartOfSpeech::VerbPast | PartOfSpeech::VerbParticiple) => word
            .strip_suffix("ied")
            .filter(|stem| stem.len() > 1)
            .map(|stem| format!("{stem}y"))
            .or_else(|| word.strip_suffix("ed").filter(|stem| stem.len() > 1).map(restored)),
        Some(PartOfSpeech::VerbGerund) => {
            word.strip_suffix("ing").filter(|stem| stem.len() > 1).map(restored)
        }
        _ => None,
    };
    stem.unwrap_or(word)
}

fn third_person(word: &str) -> Option<String> {
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        return Some(format!("{stem}y"));
    }
    let hissing = ["sses", "shes", "ches", "xes", "zzes", "oes"];
    if hissing.iter().any(|ending| word.ends_with(ending)) {
        return word.strip_suffix("es").map(str::to_owned);
    }
    word.strip_suffix('s')
        .filter(|stem| stem.len() > 1 && !stem.ends_with(['s', 'u', 'i']))
        .map(str::to_owned)
}

/// A stem without its ending, with its silent e restored or its doubled consonant removed.
fn restored(stem: &str) -> String {
    let bytes = stem.as_bytes();
    let at = |back: usize| {
        bytes.len().checked_sub(back).and_then(|place| bytes.get(place)).copied().unwrap_or(b'x')
    };
    let vowel = |byte: u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u');
    let (last, second, third) = (at(1), at(2), at(3));
    if last == second && !vowel(last) && !matches!(last, b'l' | b's' | b'z') && bytes.len() > 3 {
        return stem[..stem.len() - 1].to_owned();
    }
    let silent = matches!(last, b'c' | b'g' | b'v' | b'u' | b'z')
        || last == b's' && vowel(second)
        || matches!(last, b'l' | b'r')
            && !vowel(second)
            && second != last
            && !matches!(second, b'r' | b'w' | b'l')
        || matches!(
            (second, last),
            (b'a' | b'o' | b'u' | b'i', b't' | b'd' | b'k' | b'm' | b'n' | b'r' | b'p')
        ) && !vowel(third)
            && syllables(bytes) == 1
            && !matches!(last, b'n' | b'r' if second == b'a' || second == b'o')
        || matches!((third, second, last), (_, b'a', b't')) && syllables(bytes) > 1
        || matches!((second, last), (b'i', b'd' | b'r' | b'n')) && syllables(bytes) > 1 && !vowel(third)
        || matches!((second, last), (b'u', b'm' | b't' | b'd')) && !vowel(third) && syllables(bytes) > 1
        || matches!((third, second, last), (b's' | b't' | b'c' | b'j', b'u', b'r')) && syllables(bytes) > 1
        || matches!((second, last), (b'o', b's' | b'k')) && !vowel(third);
    if silent { format!("{stem}e") } else { stem.to_owned() }
}

fn syllables(word: &[u8]) -> usize {
    let vowel = |byte: &u8| matches!(byte, b'a' | b'e' | b'i' | b'o' | b'u' | b'y');
    let starts =
        word.iter().enumerate().filter(|(at, byte)| vowel(byte) && (*at == 0 || !vowel(&word[at - 1])));
    starts.count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_find_their_dictionary_form() {
        use PartOfSpeech::{VerbGerund, VerbPast, VerbThird};
        for (word, tag, expected) in [
            ("blasted", VerbPast, "blast"),
            ("mused", VerbPast, "muse"),
            ("quipped", VerbPast, "quip"),
            ("replied", VerbPast, "reply"),
            ("speculated", VerbPast, "speculate"),
            ("confided", VerbPast, "confide"),
            ("murmured", VerbPast, "murmur"),
            ("preaches", VerbThird, "preach"),
            ("decries", VerbThird, "decry"),
            ("opines", VerbThird, "opine"),
            ("lamenting", VerbGerund, "lament"),
            ("arguing", VerbGerund, "argue"),
            ("yelled", VerbPast, "yell"),
        ] {
            assert_eq!(lemma(word, Some(tag)), expected);
        }
        assert_eq!(lemma("According", None), "according");
    }
}
