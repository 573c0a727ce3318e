//! Abbreviations of news English: which words keep their full stop, and whether a sentence can end there.

/// The meaning of a full stop after an abbreviation.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Abbreviation {
    /// A name or noun follows: "Mr.", "Gen.", "St."
    Title,
    /// Usually a number follows: "No.", "Jan."
    BeforeNumber,
    /// A sentence may end here: "Inc.", "U.S.", "p.m."
    Closing,
    /// It never ends a sentence: "vs.", "cf."
    Inner,
}

/// Length of the longest listed abbreviation in bytes; longer words need no look-up.
pub(crate) const MAX_LENGTH: usize = 6;

/// The kind of abbreviation that a word before a full stop (without it) is; case is ignored.
pub(crate) fn abbreviation(word: &str) -> Option<Abbreviation> {
    use Abbreviation::{BeforeNumber, Closing, Inner, Title};
    if word.len() > MAX_LENGTH {
        return None;
    }
    let mut lower = [0u8; MAX_LENGTH];
    let lower = &mut lower[..word.len()];
    lower.copy_from_slice(word.as_bytes());
    lower.make_ascii_lowercase();
    // Abbreviations that are also words ("no", "sat", "fig", "art") count only with a capital first letter.
    let capital = word.as_bytes().first().is_some_and(u8::is_ascii_uppercase);
    Some(match &*lower {
        b"mr" | b"mrs" | b"ms" | b"mx" | b"dr" | b"drs" | b"prof" | b"rev" | b"hon" | b"fr" | b"sr"
        | b"gen" | b"lt" | b"col" | b"sgt" | b"capt" | b"cpl" | b"cmdr" | b"adm" | b"brig" | b"maj"
        | b"pvt" | b"sen" | b"sens" | b"rep" | b"reps" | b"gov" | b"govs" | b"pres" | b"supt" | b"det"
        | b"insp" | b"amb" | b"atty" | b"messrs" | b"mme" | b"mlle" | b"st" | b"ste" | b"mt" | b"ft"
        | b"sec" | b"ald" | b"asst" | b"ph" => Title,
        b"jan" | b"feb" | b"apr" | b"aug" | b"sept" | b"oct" | b"nov" | b"dec" | b"nos" | b"approx"
        | b"rs" | b"ca" | b"sfr" | b"ksh" | b"pp" | b"vol" | b"para" | b"art" | b"fig" => BeforeNumber,
        b"mar" | b"jun" | b"jul" | b"sep" | b"no" if capital => BeforeNumber,
        b"inc" | b"corp" | b"ltd" | b"llc" | b"plc" | b"jr" | b"bros" | b"etc" | b"esq" | b"dept"
        | b"univ" | b"assn" | b"intl" | b"ave" | b"blvd" | b"rd" | b"hwy" | b"am" | b"pm" | b"md"
        | b"phd" | b"est" | b"cos" | b"mfg" | b"al" => Closing,
        b"co" if capital => Closing,
        b"ala" | b"ariz" | b"ark" | b"calif" | b"colo" | b"conn" | b"fla" | b"ga" | b"ind" | b"kan"
        | b"ky" | b"mich" | b"minn" | b"mo" | b"mont" | b"neb" | b"nev" | b"okla" | b"pa" | b"tenn"
        | b"tex" | b"vt" | b"va" | b"wash" | b"wis" | b"wyo" | b"ore" | b"ont" | b"que" | b"mass"
        | b"miss"
            if capital =>
        {
            Closing
        }
        b"vs" | b"cf" | b"viz" | b"incl" | b"v" => Inner,
        _ => return None,
    })
}

/// Whether a capitalised word begins a sentence far more often than it follows an abbreviation inside one.
pub(crate) fn opens_sentence(word: &str) -> bool {
    matches!(
        word,
        "The"
            | "A"
            | "An"
            | "He"
            | "She"
            | "It"
            | "They"
            | "We"
            | "I"
            | "You"
            | "This"
            | "That"
            | "These"
            | "Those"
            | "There"
            | "But"
            | "And"
            | "So"
            | "In"
            | "On"
            | "At"
            | "For"
            | "By"
            | "With"
            | "From"
            | "If"
            | "When"
            | "While"
            | "As"
            | "After"
            | "Before"
            | "Since"
            | "His"
            | "Her"
            | "Its"
            | "Their"
            | "Our"
            | "My"
            | "However"
            | "Meanwhile"
            | "Although"
            | "Though"
            | "What"
            | "Who"
            | "Why"
            | "How"
            | "Some"
            | "Many"
            | "Most"
            | "Both"
            | "Asked"
            | "According"
            | "Yet"
            | "Still"
            | "No"
            | "Not"
            | "One"
            | "Last"
            | "Earlier"
            | "Now"
            | "Then"
            | "Under"
            | "During"
    )
}
