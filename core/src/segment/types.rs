//! The records of segmentation. They are plain data, so that plugins read them in place.

use crate::Span;
use crate::layers::fields::Record;
use crate::layers::tag;

tag! {
    /// The kind of a token.
    TokenKind {
        /// Letters, with inner digits, apostrophes and dots: "Sergey", "O'Brien", "U.S.", "G20", "n't".
        Word = 0 "word",
        /// Digits, with inner separators: "360,000", "42.7".
        Number = 1 "number",
        /// Digits followed by letters: "3.5bn", "21st", "90s".
        Mixed = 2 "mixed",
        /// Punctuation, one mark or a run of the same: ".", "...", "--", "''".
        Punctuation = 3 "punctuation",
        /// Anything else: "$", "%", emoji.
        Symbol = 4 "symbol",
        /// A web or email address.
        Url = 5 "url",
        /// "@name" or "#topic".
        Handle = 6 "handle",
    }
}

tag! {
    /// How a token is written.
    Case {
        /// Without cased letters.
        None = 0 "none",
        /// "trade"
        Lower = 1 "lower",
        /// "Trade", "A"
        Title = 2 "title",
        /// "NATO", "U.S."
        Upper = 3 "upper",
        /// "iPhone", "McDonald"
        Mixed = 4 "mixed",
    }
}

tag! {
    /// The function of a part of an article.
    ZoneKind {
        /// The running text.
        Body = 0 "body",
        /// The headline.
        Headline = 1 "headline",
        /// "MOSCOW, Aug 30 (Reuters) -"
        Dateline = 2 "dateline",
        /// "By Jane Smith"
        Byline = 3 "byline",
    }
}

/// Bits of [`Token::flags`].
pub mod token_flag {
    /// No space before it: the token touches the previous one.
    pub const GLUED: u16 = 1;
    /// Ends in a full stop that belongs to it: "Inc.", "U.S.", "J."
    pub const ABBREVIATION: u16 = 2;
    /// Contains a digit.
    pub const DIGIT: u16 = 4;
    /// Contains a character outside ASCII.
    pub const NON_ASCII: u16 = 8;
    /// The first of its sentence.
    pub const SENTENCE_START: u16 = 16;
    /// A quotation mark that can only open.
    pub const OPENING: u16 = 32;
    /// A quotation mark that can only close.
    pub const CLOSING: u16 = 64;
    /// Any quotation mark; neither `OPENING` nor `CLOSING` is set if it can be both.
    pub const QUOTE_MARK: u16 = 128;
    /// A clitic that was split from the previous word: "'s", "n't".
    pub const CLITIC: u16 = 256;
    /// The first token of a line.
    pub const LINE_START: u16 = 512;
}

/// A word, number, mark or symbol.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Token {
    pub(crate) hash: u64,
    pub(crate) span: Span,
    /// The sentence that contains it.
    pub(crate) sentence: u32,
    pub(crate) kind: u8,
    pub(crate) case: u8,
    pub(crate) flags: u16,
}

impl Token {
    /// Its position.
    #[inline]
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The hash of its lower-cased form ([`hash_lower`](crate::hash_lower)), without an abbreviation's last full stop: "Jan." has
    /// the hash of "jan", "U.S." that of "u.s".
    #[inline]
    pub const fn hash(&self) -> u64 {
        self.hash
    }

    /// Its kind.
    #[inline]
    pub fn kind(&self) -> TokenKind {
        TokenKind::from_byte(self.kind).unwrap_or(TokenKind::Symbol)
    }

    /// How it is written.
    #[inline]
    pub fn case(&self) -> Case {
        Case::from_byte(self.case).unwrap_or(Case::None)
    }

    /// Bits of [`token_flag`].
    #[inline]
    pub const fn flags(&self) -> u16 {
        self.flags
    }

    /// Whether a bit of [`token_flag`] is set.
    #[inline]
    pub const fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }

    /// Whether it is a word.
    #[inline]
    pub const fn is_word(&self) -> bool {
        self.kind == TokenKind::Word as u8
    }

    /// Whether it is a word that begins with a capital letter.
    #[inline]
    pub const fn is_capitalized(&self) -> bool {
        self.kind == TokenKind::Word as u8
            && (self.case == Case::Title as u8 || self.case == Case::Upper as u8)
    }

    /// The index of the sentence that contains it.
    #[inline]
    pub const fn sentence(&self) -> usize {
        self.sentence as usize
    }
}

/// A sentence, or a headline, byline or fragment that is treated as one.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Sentence {
    pub(crate) span: Span,
    pub(crate) first_token: u32,
    pub(crate) end_token: u32,
    pub(crate) paragraph: u32,
}

impl Sentence {
    /// From its first token's start to its last token's end.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The indices of its tokens.
    pub const fn tokens(&self) -> std::ops::Range<usize> {
        self.first_token as usize..self.end_token as usize
    }

    /// The index of the paragraph that contains it.
    pub const fn paragraph(&self) -> usize {
        self.paragraph as usize
    }
}

/// A paragraph: one or more sentences.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Paragraph {
    pub(crate) span: Span,
    pub(crate) first_sentence: u32,
    pub(crate) end_sentence: u32,
}

impl Paragraph {
    pub(crate) const fn new(span: Span, first_sentence: u32, end_sentence: u32) -> Self {
        Self { span, first_sentence, end_sentence }
    }

    /// From its first token's start to its last token's end.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// The indices of its sentences.
    pub const fn sentences(&self) -> std::ops::Range<usize> {
        self.first_sentence as usize..self.end_sentence as usize
    }
}

/// A part of an article with a function of its own.
#[repr(C)]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Zone {
    pub(crate) span: Span,
    pub(crate) kind: u8,
    pub(crate) reserved: [u8; 3],
}

impl Zone {
    pub(crate) const fn new(span: Span, kind: ZoneKind) -> Self {
        Self { span, kind: kind as u8, reserved: [0; 3] }
    }

    /// Its position.
    pub const fn span(&self) -> Span {
        self.span
    }

    /// Its function.
    pub fn kind(&self) -> ZoneKind {
        ZoneKind::from_byte(self.kind).unwrap_or(ZoneKind::Body)
    }
}

impl Record for Token {
    const NAME: &'static str = "token";
    const FIRST_SIZE: usize = 24;
    const ABSENT: Self = Self { hash: 0, span: Span::ABSENT, sentence: 0, kind: 0, case: 0, flags: 0 };
    const EMITTED: bool = false;
}

impl Record for Sentence {
    const NAME: &'static str = "sentence";
    const FIRST_SIZE: usize = 20;
    const ABSENT: Self = Self { span: Span::ABSENT, first_token: 0, end_token: 0, paragraph: 0 };
    const EMITTED: bool = false;
}

impl Record for Paragraph {
    const NAME: &'static str = "paragraph";
    const FIRST_SIZE: usize = 16;
    const ABSENT: Self = Self { span: Span::ABSENT, first_sentence: 0, end_sentence: 0 };
    const EMITTED: bool = false;
}

impl Record for Zone {
    const NAME: &'static str = "zone";
    const FIRST_SIZE: usize = 12;
    const ABSENT: Self = Self { span: Span::ABSENT, kind: 0, reserved: [0; 3] };
    const EMITTED: bool = false;
}
