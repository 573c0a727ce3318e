//! Detects the language of a text. The stages read English; in another language their results are meaningless.
//!
//! Detection has two steps and uses a bounded sample. English is recognised by its most common words, in a few instructions per byte.
//! A text with too few of them is passed to whatlang, which distinguishes 69 languages by their letter trigrams; its result is
//! used if it is reliable. Lists of names, tables and code have no language.

use whatlang::{Detector, Lang, Script};

/// The language of a text, as far as it can be detected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Language {
    /// It is English.
    English,
    /// It is another language.
    Other(Lang),
    /// It is in a script that English does not use, and the language is uncertain.
    Script,
    /// The text is too short to detect its language.
    Unknown,
}

impl Language {
    /// The ISO 639-1 code, if the language is known.
    pub(super) const fn code(self) -> Option<&'static str> {
        match self {
            Self::English => Some("en"),
            Self::Other(lang) => Some(code(lang)),
            Self::Script | Self::Unknown => None,
        }
    }

    /// The name, for messages, of a language other than English.
    pub(super) fn foreign_name(self) -> Option<&'static str> {
        match self {
            Self::Other(lang) => Some(lang.eng_name()),
            Self::Script => Some("in another script"),
            Self::English | Self::Unknown => None,
        }
    }

    /// The language that an input field names: `en`, `en-GB`, `eng`, `English`; `None` if it names no known
    /// language.
    pub(super) fn from_field(value: &str) -> Option<Self> {
        let tag = value.trim().split(['-', '_']).next().unwrap_or("");
        // Norwegian is used as one language or as two.
        let tag =
            if ["no", "nor", "norwegian"].contains(&tag.to_ascii_lowercase().as_str()) { "nb" } else { tag };
        let named = |lang: &&Lang| {
            let short = code(**lang);
            let names = [short, lang.code(), lang.eng_name()];
            names.iter().any(|name| name.eq_ignore_ascii_case(tag))
        };
        match Lang::all().iter().find(named)? {
            Lang::Eng => Some(Self::English),
            lang => Some(Self::Other(*lang)),
        }
    }
}

/// Length in bytes of each part of the sample in which English words are counted. Parts are from the beginning, the middle and the
/// end, so that a foreign text under an English heading is recognised as foreign.
const PART: usize = 300;
/// The same for the sample passed to whatlang: it is rarely needed, and only a longer text distinguishes related languages.
const LONG_PART: usize = 900;
/// At least a tenth, and usually a quarter, of the words of English prose are in the list below; in other languages, a twentieth
/// at most, by chance.
const ENGLISH_SHARE: f64 = 0.1;
/// With fewer words, the share is not meaningful.
const FEWEST_WORDS: usize = 15;
/// In prose of any language in Latin script, at least this share of words begins with a small letter; in lists of names less.
const SMALL_SHARE: f64 = 0.4;
/// This many letters in a script other than Latin are more than a quotation.
const FEWEST_LETTERS: usize = 20;
/// The confidence that whatlang calls reliable.
const SURE: f64 = 0.9;

/// Languages that trigrams hardly distinguish.
const CLOSE: [(Lang, Lang); 4] =
    [(Lang::Dan, Lang::Nob), (Lang::Ces, Lang::Slk), (Lang::Hrv, Lang::Slv), (Lang::Nld, Lang::Afr)];

/// Detects the language of a text.
pub(super) fn detect(text: &str) -> Language {
    let count = parts(text, PART).into_iter().fold(Count::default(), Count::add);
    let share = |words: usize| words as f64 / count.words.max(1) as f64;
    let enough = count.words >= FEWEST_WORDS;
    let foreign_script = || letters_outside_ascii(text) >= FEWEST_LETTERS;
    if enough && share(count.english) >= ENGLISH_SHARE {
        return Language::English;
    }
    if !enough && !foreign_script() {
        let english = count.english >= 2 && share(count.english) >= 2.0 * ENGLISH_SHARE;
        return if english { Language::English } else { Language::Unknown };
    }
    let Some((lang, script, sure)) = ask(&parts(text, LONG_PART).join(" ")) else { return Language::Unknown };
    match (lang, script) {
        (Lang::Eng, _) if sure && count.english > 0 => Language::English,
        (Lang::Eng, _) => Language::Unknown,
        (lang, Script::Latin) if sure && enough && share(count.small) >= SMALL_SHARE => Language::Other(lang),
        (_, Script::Latin) => Language::Unknown,
        _ if !foreign_script() => Language::Unknown,
        (lang, _) if sure => Language::Other(lang),
        _ => Language::Script,
    }
}

/// The result of whatlang, and whether it is reliable.
fn ask(sample: &str) -> Option<(Lang, Script, bool)> {
    let info = whatlang::detect(sample)?;
    let mut sure = info.confidence() > SURE;
    let close = CLOSE.iter().find_map(|&(one, other)| match info.lang() {
        lang if lang == one => Some(other),
        lang if lang == other => Some(one),
        _ => None,
    });
    if let (false, Some(close)) = (sure, close) {
        // Uncertainty between two closely related languages does not matter.
        let again = Detector::with_denylist(vec![close]).detect(sample);
        sure = again.is_some_and(|again| again.lang() == info.lang() && again.confidence() > SURE);
    }
    Some((info.lang(), info.script(), sure))
}

/// Three parts of a text, each of this length; a short text as a whole.
fn parts(text: &str, length: usize) -> Vec<&str> {
    if text.len() <= 3 * length {
        return vec![text];
    }
    let part = |start: usize| {
        let (start, end) = (text.ceil_char_boundary(start), text.floor_char_boundary(start + length));
        &text[start..end]
    };
    vec![part(0), part((text.len() - length) / 2), part(text.len() - length)]
}

/// The number of letters outside ASCII; counting stops at the minimum that matters.
fn letters_outside_ascii(text: &str) -> usize {
    let letters = text.chars().filter(|letter| !letter.is_ascii() && letter.is_alphabetic());
    letters.take(FEWEST_LETTERS).count()
}

#[derive(Clone, Copy, Default)]
struct Count {
    words: usize,
    /// Words that are common only in English.
    english: usize,
    /// Words that begin with a small letter of ASCII.
    small: usize,
}

impl Count {
    /// Counts the words of a text: runs of letters, where any byte outside ASCII counts as a letter.
    fn add(mut self, text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && IS_LETTER[usize::from(bytes[at])] {
                at += 1;
            }
            if let [first, ..] = &bytes[start..at] {
                self.words += 1;
                self.small += usize::from(first.is_ascii_lowercase());
                self.english += usize::from(is_english(&bytes[start..at]));
            }
            at += if bytes.get(at) == Some(&PUNCTUATION) { 3 } else { 1 };
        }
        self
    }
}

static IS_LETTER: [bool; 256] = {
    let mut letters = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        letters[byte] = byte != PUNCTUATION as usize && (byte >= 0x80 || (byte as u8).is_ascii_alphabetic());
        byte += 1;
    }
    letters
};

/// The first of the three bytes of quotation marks and dashes: U+2000 to U+2FFF.
const PUNCTUATION: u8 = 0xe2;

/// The most common words of English that are not common in other languages, packed, each in its hash slot.
static ENGLISH: [u64; SLOTS] = {
    let words = [
        "the", "of", "and", "to", "that", "with", "his", "they", "which", "by", "from", "this", "it", "been",
        "their", "who", "would", "said", "when", "there", "out", "she", "her", "you", "them", "could",
        "have", "has", "but", "into", "than", "about", "after", "its", "what", "how", "can", "some", "other",
        "up", "only", "where", "these", "says", "new", "more", "our", "over",
    ];
    let mut slots = [0; SLOTS];
    let mut at = 0;
    while at < words.len() {
        let word = packed(words[at].as_bytes());
        assert!(slots[slot(word)] == 0, "two words share a slot: choose another multiplier");
        slots[slot(word)] = word;
        at += 1;
    }
    slots
};

const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 8;

/// The slot of a packed word, if it is in the table. The multiplier was found by search: no two words share a slot.
const fn slot(word: u64) -> usize {
    (word.wrapping_mul(0xef90_1b93_2a7c_1881) >> (64 - SLOT_BITS)) as usize
}

/// A word of at most eight letters as a number, ignoring case.
const fn packed(word: &[u8]) -> u64 {
    let (mut number, mut at) = (0, 0);
    while at < word.len() {
        number = number << 8 | (word[at] | 0x20) as u64;
        at += 1;
    }
    number
}

fn is_english(word: &[u8]) -> bool {
    (2..=5).contains(&word.len()) && {
        let word = packed(word);
        ENGLISH[slot(word)] == word
    }
}

/// The ISO 639-1 code of a language. Akan, Persian and Chinese are macrolanguages there.
const fn code(lang: Lang) -> &'static str {
    match lang {
        Lang::Epo => "eo",
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_of(text: &str) -> &'static str {
        detect(text).code().unwrap_or("?")
    }

    #[test]
    fn languages_of_news() {
        for (code, text) in [
            (
                "en",
                "The mayor of Nordvik said on Tuesday that the new bridge would open in May, after two years of delays and a dispute with the builders.",
            ),
            (
                "en",
                "THE MAYOR OF NORDVIK SAID ON TUESDAY THAT THE NEW BRIDGE WOULD OPEN IN MAY, AFTER TWO YEARS OF DELAYS AND A DISPUTE.",
            ),
            ("en", "“We’re not leaving,” she said. “They can’t make us.”"),
            (
                "de",
                "Der Bürgermeister von Nordvik sagte am Dienstag, die neue Brücke werde nach zwei Jahren Verzögerung und einem Streit mit den Baufirmen im Mai eröffnet. Die Kosten seien um ein Drittel gestiegen.",
            ),
            (
                "fr",
                "Le maire de Nordvik a déclaré mardi que le nouveau pont ouvrirait en mai, après deux ans de retard et un conflit avec les entreprises. Le coût des travaux a augmenté d’un tiers.",
            ),
            (
                "es",
                "El alcalde de Nordvik dijo el martes que el nuevo puente se abrirá en mayo, tras dos años de retraso y una disputa con las constructoras. El coste ha subido un tercio.",
            ),
            (
                "it",
                "Il sindaco di Nordvik ha detto martedì che il nuovo ponte aprirà a maggio, dopo due anni di ritardi e una lite con le imprese. I costi sono aumentati di un terzo.",
            ),
            (
                "pt",
                "O presidente da câmara de Nordvik disse na terça-feira que a nova ponte abrirá em maio, depois de dois anos de atrasos e de uma disputa com os construtores.",
            ),
            (
                "nl",
                "De burgemeester van Nordvik zei dinsdag dat de nieuwe brug in mei opengaat, na twee jaar vertraging en een ruzie met de aannemers. De kosten zijn met een derde gestegen.",
            ),
            (
                "sv",
                "Borgmästaren i Nordvik sade på tisdagen att den nya bron öppnar i maj, efter två års förseningar och en tvist med byggbolagen. Kostnaderna har ökat med en tredjedel.",
            ),
            (
                "pl",
                "Burmistrz Nordvik powiedział we wtorek, że nowy most zostanie otwarty w maju, po dwóch latach opóźnień i sporze z wykonawcami. Koszty wzrosły o jedną trzecią.",
            ),
            (
                "tr",
                "Nordvik belediye başkanı salı günü yaptığı açıklamada, iki yıllık gecikmenin ardından yeni köprünün mayıs ayında açılacağını söyledi. Maliyetler üçte bir oranında arttı.",
            ),
            (
                "fi",
                "Nordvikin pormestari sanoi tiistaina, että uusi silta avataan toukokuussa kahden vuoden viivästysten ja urakoitsijoiden kanssa käydyn kiistan jälkeen. Kustannukset ovat nousseet.",
            ),
            (
                "ru",
                "Мэр города заявил во вторник, что новый мост откроется в мае после двух лет задержек и спора со строителями. Расходы выросли на треть.",
            ),
            (
                "uk",
                "Мер міста заявив у вівторок, що новий міст відкриють у травні після двох років затримок і суперечки з будівельниками. Витрати зросли на третину.",
            ),
            ("ar", "قال رئيس البلدية يوم الثلاثاء إن الجسر الجديد سيفتح في مايو بعد عامين من التأخير"),
            ("zh", "市长星期二表示，在经历了两年的延误之后，新的大桥将于五月开放，费用增加了三分之一。"),
            ("ja", "市長は火曜日、二年の遅れの後、新しい橋が五月に開通すると述べた。費用は三分の一増えた。"),
            ("ko", "시장은 화요일 새 다리가 이 년의 지연 끝에 오월에 개통될 것이라고 말했다."),
            (
                "el",
                "Ο δήμαρχος δήλωσε την Τρίτη ότι η νέα γέφυρα θα ανοίξει τον Μάιο μετά από δύο χρόνια καθυστερήσεων.",
            ),
        ] {
            assert_eq!(code_of(text), code, "{text}");
        }
    }

    #[test]
    fn english_with_foreign_words_is_english() {
        for text in [
            "The minister told reporters: “Nous ne céderons pas, ni aujourd’hui ni demain, et le gouvernement tiendra bon.” The opposition called it a bluff and said the talks would go on.",
            "Volkswagen, Krauss-Maffei Wegmann and Süddeutsche Zeitung said they had nothing to add to what the Bundesministerium der Verteidigung said of the contract.",
            "The word Перестройка was coined there, and it has been used by politicians who would rather not say what they mean.",
        ] {
            assert_eq!(code_of(text), "en", "{text}");
        }
    }

    #[test]
    fn texts_without_a_language_get_none() {
        for text in [
            "",
            "Ja.",
            "Storm hits Nordvik",
            "Der Bürgermeister sagte nein.",
            "Anna Berg, Jan de Vries, Miguel Ángel Ruiz, Paola Rossi, Lars Nyström, Katarzyna Nowak, Jean-Luc Petit, Ana Costa, Ivan Horvat, Petra Novák",
            "Ajax 2 PSV 1\nFeyenoord 0 Utrecht 0\nTwente 3 Heerenveen 2\nGroningen 1 Vitesse 1\nSparta 2 Excelsior 0\nHeracles 1 Zwolle 4",
            "12.5 13.1 14.0 9.9\n10 11 12 13\n3,400 4,500",
            "fn main() { let x = foo(bar, 3); if x > 4 { println!(\"{x}\"); } return x; } // TODO\nlet y = baz[3].qux();",
            "\u{fffd}\u{fffd}\u{fffd}",
        ] {
            assert_eq!(code_of(text), "?", "{text}");
        }
    }

    #[test]
    fn a_foreign_text_under_an_english_heading_is_foreign() {
        let german = "Der Rat beschloss am Montag, die Gebühren für die Müllabfuhr zu senken, weil die Kosten niedriger sind als erwartet. ";
        let text = format!("This article is available in German only.\n\n{}", german.repeat(12));
        assert_eq!(code_of(&text), "de");
    }

    #[test]
    fn fields_name_languages() {
        for (field, code) in [
            ("en", Some("en")),
            ("en-GB", Some("en")),
            ("EN_us", Some("en")),
            ("eng", Some("en")),
            ("English", Some("en")),
            ("de", Some("de")),
            ("German", Some("de")),
            ("no", Some("nb")),
            ("zh-Hans", Some("zh")),
            ("und", None),
            ("", None),
        ] {
            assert_eq!(Language::from_field(field).and_then(Language::code), code, "{field}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "(\\PC|the |Übung |Мэр |“|\\n){0,400}") {
            let _ = detect(&text);
            let _ = Language::from_field(&text);
        }
    }
}
