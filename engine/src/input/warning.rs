//! Problems of a document that do not prevent its analysis. Written to its line of output and counted in the summary.

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum WarningKind {
    /// The date is in no known form.
    DateUnread,
    /// Day and month of the date can be swapped.
    DateAmbiguous,
    /// The text is not English.
    Language,
    /// The file is not UTF-8, and its encoding was guessed.
    Encoding,
    /// The text has nothing but white space.
    TextEmpty,
    /// The text has NUL characters.
    TextNul,
    /// The text has replacement characters, which mark bytes that could not be decoded.
    TextReplacement,
    /// The text was decoded in the wrong encoding.
    TextMojibake,
    /// The text has HTML tags or entities.
    TextHtml,
}

impl WarningKind {
    /// The code in the output.
    pub const fn code(self) -> &'static str {
        match self {
            Self::DateUnread => "date-unread",
            Self::DateAmbiguous => "date-ambiguous",
            Self::Language => "language",
            Self::Encoding => "encoding",
            Self::TextEmpty => "text-empty",
            Self::TextNul => "text-nul",
            Self::TextReplacement => "text-replacement",
            Self::TextMojibake => "text-mojibake",
            Self::TextHtml => "text-html",
        }
    }

    /// Whether it concerns the document's date.
    pub const fn is_about_date(self) -> bool {
        matches!(self, Self::DateUnread | Self::DateAmbiguous)
    }

    /// The line of a summary for `count` documents: "3 dates could not be read".
    pub fn summary(self, count: u64) -> String {
        let (one, several) = match self {
            Self::DateUnread => ("date could not be read", "dates could not be read"),
            Self::DateAmbiguous => (
                "date may have the day or the month first and was not read",
                "dates may have the day or the month first and were not read",
            ),
            Self::Language => ("document is not English", "documents are not English"),
            Self::Encoding => ("document was in a guessed encoding", "documents were in a guessed encoding"),
            Self::TextEmpty => ("document has no text", "documents have no text"),
            Self::TextNul => ("text has NUL characters", "texts have NUL characters"),
            Self::TextReplacement => ("text lost characters", "texts lost characters"),
            Self::TextMojibake => ("text is garbled", "texts are garbled"),
            Self::TextHtml => ("text has HTML in it", "texts have HTML in them"),
        };
        format!("{count} {}", if count == 1 { one } else { several })
    }
}

/// A problem of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Its kind.
    pub kind: WarningKind,
    /// The problem and its remedy.
    pub message: String,
    /// The group for counting within the kind: the code of the language.
    pub group: Option<&'static str>,
}

impl Warning {
    /// A warning without a group.
    pub fn new(kind: WarningKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), group: None }
    }
}
