//! Difficult documents, to test stages.

/// A document and its name in the report.
pub(super) struct Torture {
    pub(super) name: &'static str,
    pub(super) text: String,
    pub(super) title: Option<&'static str>,
    pub(super) date: Option<&'static str>,
}

const ARTICLE: &str = "LAKEFORD, May 3 (Norland News) - The harbour of Lakeford lost 18% of its contracts in March, said Clara Bell, who runs \
    it. “We cannot go on like this,” she told reporters on Tuesday. Two cranes, worth €2.5 million, will be sold.\n\nMayor Jan Berg \
    called the sale “a mistake”. He wants the town to pay 40,000 a month until 2026.";

/// All documents.
pub(super) fn documents() -> Vec<Torture> {
    let plain = |name, text: String| Torture { name, text, title: None, date: None };
    let mut all: Vec<Torture> =
        short().into_iter().map(|(name, text)| plain(name, text.to_owned())).collect();
    all.extend(long().into_iter().map(|(name, text)| plain(name, text)));
    let with = |name, title, date| Torture { name, text: ARTICLE.to_owned(), title, date };
    all.extend([
        with("an article", None, None),
        with("an article with title and date", Some("Harbour of Lakeford sells cranes"), Some("2024-05-03")),
        with("an article with an empty title", Some(""), None),
        with("an article whose title is its first words", Some("LAKEFORD, May 3"), None),
        with("an article whose title is punctuation", Some("“…” — ‘’"), None),
        with("an article of the year 1", None, Some("0001-01-01")),
    ]);
    all
}

fn short() -> Vec<(&'static str, &'static str)> {
    vec![
        ("nothing", ""),
        ("a space", " "),
        ("line breaks", "\n\n\r\n\r\n\u{85}\u{2028}\u{2029}"),
        ("a letter", "a"),
        ("a full stop", "."),
        ("a quotation mark", "\""),
        ("a single word", "Word"),
        ("no letters", "!?.,;:…–—-()[]{}<>/\\|@#$%^&*_+=~`'\""),
        ("numbers", "1 22 333 4,444 5.5 6e6 -7 8% $9 10th 0x1F 1/2 ½ ٣ 四"),
        ("a byte order mark", "\u{feff}Mayor Bell resigned."),
        ("a zero byte", "Mayor\0Bell resigned.\0"),
        ("control characters", "Mayor\u{1b}[31m Bell\u{7} resigned\u{7f}.\u{9b}2J"),
        ("characters of two, three and four bytes", "Zoë Müller 東京 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 🚢"),
        ("emoji of several characters", "👩‍👩‍👧‍👦 🏴󠁧󠁢󠁥󠁮󠁧󠁿 👍🏽 🇳🇴🇸🇪 ❤️"),
        ("combining marks", "Z\u{308}e\u{301}\u{302}\u{303}\u{304} a\u{20dd}"),
        ("right to left", "قال رئيس البلدية إن الميناء خسر عقوده. ראש העיר התפטר."),
        ("directions that change", "Bell \u{202e}dengiser\u{202c} \u{2066}today\u{2069}."),
        ("no spaces between words", "市長は火曜日に辞任した。港は契約の18％を失った。"),
        ("spaces of all kinds", "Mayor\u{a0}Bell\u{2003}resigned\u{200b}on\u{3000}Tuesday\u{202f}."),
        ("the last code point", "\u{10ffff}\u{e000}\u{fffd}\u{fffe}"),
        ("letters whose length changes in lower case", "İstanbul ẞ ŉ ǰ ΐ ﬁ ſ K Å"),
        ("quotation marks that never close", "“He said ‘she said “they said \"we said."),
        ("quotation marks that only close", "he said” and ’ left” \"\" ''"),
        ("markup", "<p>Bell &amp; Co. <script>alert(1)</script></p> <!-- no -->"),
        ("JSON", "{\"text\": \"Bell\\u0000\", \"a\": [1, 2}"),
        ("addresses", "See https://example.org/a?b=c#d, mail a.b+c@example.org or @bell #harbour."),
        ("mixed line ends", "One.\rTwo.\r\nThree.\n\rFour."),
        ("a list", "- one\n- two\n* three\n1. four\n2) five\n\t• six"),
        ("all capitals", "MAYOR BELL RESIGNED ON TUESDAY, SAID THE TOWN OF LAKEFORD."),
        ("no capitals", "mayor bell resigned on tuesday, said the town of lakeford."),
    ]
}

fn long() -> Vec<(&'static str, String)> {
    let lines = |count: usize| (0..count).map(|line| format!("Line {line} is short.\n")).collect();
    vec![
        ("a word of 100,000 letters", "a".repeat(100_000)),
        ("100,000 letters of four bytes", "𝔘".repeat(100_000)),
        ("100,000 spaces", format!("a{}b", " ".repeat(100_000))),
        ("100,000 line breaks", format!("a{}b", "\n".repeat(100_000))),
        ("100,000 full stops", ".".repeat(100_000)),
        ("50,000 quotation marks", "“\"".repeat(25_000)),
        ("50,000 brackets", "(".repeat(50_000)),
        ("50,000 combining marks", format!("a{}", "\u{301}".repeat(50_000))),
        ("a sentence of 20,000 words", format!("It {}ended.", "went on and ".repeat(6_666))),
        ("20,000 sentences of one word", "Yes. ".repeat(20_000)),
        ("5,000 lines", lines(5_000)),
        ("20,000 names", "Clara Bell met Jan Berg in Lakeford. ".repeat(4_000)),
        ("a megabyte of news", format!("{ARTICLE}\n\n").repeat((1 << 20) / ARTICLE.len())),
    ]
}
