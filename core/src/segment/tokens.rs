//! The tokenizer: one pass over the bytes of a paragraph.

use unicode_segmentation::UnicodeSegmentation;

use super::abbreviation::{Abbreviation, abbreviation, opens_sentence};
use super::types::{Case, Token, TokenKind, token_flag as flag};
use crate::Span;
use crate::hash::{
    HASHES, Letters, end_of_ascii_word, hash_lower, read_ascii, read_ascii_word, read_letters,
};
use crate::spelling::{breaks_by_hyphen, is_joiner, spelling};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Letter,
    Digit,
    Mark,
    Symbol,
    High,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::High; 256];
    let mut byte = 0;
    while byte < 128 {
        let ascii = byte as u8;
        classes[byte] = if ascii.is_ascii_alphabetic() {
            Class::Letter
        } else if ascii.is_ascii_digit() {
            Class::Digit
        } else if ascii <= b' ' || ascii == 127 {
            Class::Space
        } else if matches!(
            ascii,
            b'$' | b'%' | b'+' | b'<' | b'=' | b'>' | b'^' | b'|' | b'~' | b'`' | b'#' | b'@' | b'&' | b'*'
        ) {
            Class::Symbol
        } else {
            Class::Mark
        };
        byte += 1;
    }
    classes
};

/// Appends the tokens of `within` to `tokens`.
pub(crate) fn tokenize(text: &str, within: Span, tokens: &mut Vec<Token>) {
    tokenize_by::<true>(text, within, tokens);
}

/// Without `SHORT_CUT`, words that consist of letters only are read like all others. A test checks that the result is the same.
pub(crate) fn tokenize_by<const SHORT_CUT: bool>(text: &str, within: Span, tokens: &mut Vec<Token>) {
    let mut scanner = Scanner { text, bytes: text.as_bytes(), end: within.range().end, tokens };
    let mut at = within.range().start;
    let mut glued = false;
    let mut line_start = true;
    while at < scanner.end {
        let byte = scanner.bytes[at];
        let class = CLASSES[byte as usize];
        if class == Class::Space {
            glued = false;
            line_start |= byte == b'\n' || byte == b'\r';
            at += 1;
            continue;
        }
        let flags = if glued { flag::GLUED } else { 0 } | if line_start { flag::LINE_START } else { 0 };
        if SHORT_CUT
            && class == Class::Letter
            && let Some(letters) = scanner.letters(at)
        {
            scanner.push_letters(at, letters, flags);
            // Most words are followed by a space.
            let blank = scanner.bytes.get(letters.end) == Some(&b' ');
            at = letters.end + usize::from(blank);
            (glued, line_start) = (!blank, false);
            continue;
        }
        let next = match class {
            Class::Letter => scanner.word(at, flags),
            Class::Digit => scanner.number(at, flags),
            Class::Mark | Class::Symbol => scanner.mark(at, flags, class),
            Class::High => {
                let character = scanner.char_at(at).unwrap_or('\u{fffd}');
                if is_space(character) {
                    // A character of zero width does not separate words.
                    glued &= is_joiner(character);
                    at += character.len_utf8();
                    continue;
                }
                scanner.high(at, flags, character)
            }
            Class::Space => at + 1,
        };
        at = next.max(at + 1);
        (glued, line_start) = (true, false);
    }
}

/// Bytes that, after the letters of a word, may belong to it or show that it is a web address.
const GOES_ON: [bool; 256] = {
    let mut bytes = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        bytes[byte] =
            byte >= 128 || matches!(byte as u8, b'0'..=b'9' | b'.' | b'\'' | b'&' | b'@' | b'_' | b':');
        byte += 1;
    }
    bytes
};

/// A double quotation mark written as an HTML character reference, `&quot;` or `&#8220;`, at the start of a text, and the length
/// of the reference. Text copied from web pages has them. Single quotation marks are mostly apostrophes and are not read.
fn quotation_mark(text: &str) -> Option<(usize, char)> {
    const MAX_LENGTH: usize = "&#x201c;".len();
    let length = text.bytes().take(MAX_LENGTH).position(|byte| byte == b';')? + 1;
    let mark = match text.get(1..length - 1)? {
        "quot" | "#34" | "#x22" => '"',
        "ldquo" | "#8220" | "#x201c" | "#x201C" => '“',
        "rdquo" | "#8221" | "#x201d" | "#x201D" => '”',
        "bdquo" | "#8222" | "#x201e" | "#x201E" => '„',
        "laquo" | "#171" | "#xab" | "#xAB" => '«',
        "raquo" | "#187" | "#xbb" | "#xBB" => '»',
        _ => return None,
    };
    Some((length, mark))
}

/// White space outside ASCII, and characters of zero width, which have no meaning between words.
fn is_space(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '\u{200b}' | '\u{feff}' | '\u{2060}' | '\u{ad}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        || character.is_control()
}

struct Scanner<'t> {
    text: &'t str,
    bytes: &'t [u8],
    end: usize,
    tokens: &'t mut Vec<Token>,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> u8 {
        if at < self.end { self.bytes[at] } else { b' ' }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..self.end)?.chars().next()
    }

    /// The letters at `start`, if they are a whole word, as in most words of a text.
    #[inline(always)]
    fn letters(&self, start: usize) -> Option<Letters> {
        let letters = read_letters(self.bytes.get(..self.end)?, start)?;
        let byte = self.bytes[letters.end];
        (!GOES_ON[usize::from(byte)] || byte == b'.' && self.ends_before_stop(start, letters))
            .then_some(letters)
    }

    /// Whether the full stop after a lower-case word does not belong to it, as at the end of a sentence: the word is not an
    /// abbreviation, and no letter follows the full stop.
    fn ends_before_stop(&self, start: usize, letters: Letters) -> bool {
        let next = self.byte(letters.end + 1);
        letters.is_small()
            && next < 0x80
            && CLASSES[usize::from(next)] != Class::Letter
            // A web address continues after the full stop.
            && self.text.get(start..letters.end).is_some_and(|word| word != "www" && abbreviation(word).is_none())
    }

    #[inline(always)]
    fn push_letters(&mut self, start: usize, letters: Letters, flags: u16) {
        let case = if letters.is_small() {
            Case::Lower
        } else {
            case_of(letters.first_is_upper(), letters.later_upper(), letters.has_lower())
        };
        self.push_token(letters.hash, start, letters.end, TokenKind::Word, case, flags);
    }

    /// Pushes a token that is not a word.
    fn push(&mut self, start: usize, end: usize, kind: TokenKind, flags: u16) {
        if let Some(hash) = HASHES.get(usize::from(self.bytes[start])).filter(|_| end == start + 1) {
            self.push_token(*hash, start, end, kind, Case::None, flags);
            return;
        }
        let (hash, flags) = match read_ascii(self.bytes, start, end, 0) {
            Some(read) => (read.hash, flags),
            None => (hash_lower(&self.text[start..end]), flags | flag::NON_ASCII),
        };
        self.push_token(hash, start, end, kind, Case::None, flags);
    }

    /// Pushes a quotation mark that is written as a character reference. Its hash is that of the mark, so that stages recognise
    /// it.
    fn push_reference(&mut self, start: usize, end: usize, mark: char, flags: u16) {
        let side = match mark {
            '“' | '«' | '„' => flag::OPENING,
            '”' | '»' => flag::CLOSING,
            _ => 0,
        };
        let hash = hash_lower(mark.encode_utf8(&mut [0; 4]));
        let flags = flags | flag::QUOTE_MARK | side;
        self.push_token(hash, start, end, TokenKind::Punctuation, Case::None, flags);
    }

    /// Pushes a word and determines its case from its letters.
    fn push_word(&mut self, start: usize, end: usize, flags: u16) {
        let cut = usize::from(flags & flag::ABBREVIATION != 0);
        let (hash, case, digit, script) = match read_ascii(self.bytes, start, end, cut) {
            Some(read) => {
                let case = case_of(read.first_is_upper, read.later_upper, read.has_lower);
                (read.hash, case, read.has_digit, 0)
            }
            None => {
                let form = &self.text[start..end];
                let mut characters = form.chars();
                let first = characters.next().is_some_and(char::is_uppercase);
                let later = characters.any(char::is_uppercase);
                let case = case_of(first, later, form.chars().any(char::is_lowercase));
                let digit = form.chars().any(char::is_numeric);
                (hash_lower(&spelling(&form[..form.len() - cut])), case, digit, flag::NON_ASCII)
            }
        };
        let flags = flags | script | if digit { flag::DIGIT } else { 0 };
        self.push_token(hash, start, end, TokenKind::Word, case, flags);
    }

    fn push_token(&mut self, hash: u64, start: usize, end: usize, kind: TokenKind, case: Case, flags: u16) {
        let span = Span::raw(start as u32, end as u32);
        self.tokens.push(Token { hash, span, sentence: 0, kind: kind as u8, case: case as u8, flags });
    }

    /// The length of an apostrophe at `at`, straight or typographic; 0 if there is none.
    fn apostrophe(&self, at: usize) -> usize {
        match self.byte(at) {
            b'\'' => 1,
            0xe2 if self.bytes[at..self.end].starts_with("\u{2019}".as_bytes()) => 3,
            _ => 0,
        }
    }

    /// The end of the letters and digits that begin at `at`, in any script.
    fn run_of_letters(&self, mut at: usize) -> usize {
        loop {
            at = end_of_ascii_word(self.bytes, at, self.end);
            match self.byte(at) {
                b'_' => at += 1,
                byte if byte < 0x80 => return at,
                _ => match self.char_at(at) {
                    Some(character) if continues_word(character) => at += character.len_utf8(),
                    Some(character) if is_joiner(character) => match self.after_joiners(at) {
                        Some(next) => at = next,
                        None => return at,
                    },
                    _ => return at,
                },
            }
        }
    }

    /// Where a word continues after the characters of zero width at `at`: "Euro\u{ad}pean". In scripts without spaces these mark
    /// the end of a word.
    fn after_joiners(&self, at: usize) -> Option<usize> {
        let rest = &self.text[at..self.end];
        let letter = rest.trim_start_matches(is_joiner);
        let before = self.text[..at].chars().next_back()?;
        let next = letter.chars().next().filter(|next| next.is_alphanumeric())?;
        (breaks_by_hyphen(before) && breaks_by_hyphen(next)).then_some(at + rest.len() - letter.len())
    }

    fn word(&mut self, start: usize, flags: u16) -> usize {
        if let Some(end) = self.address(start) {
            self.push(start, end, TokenKind::Url, flags);
            return end;
        }
        // Most words end at a space or a comma, and only their letters matter.
        let (end, word) = read_ascii_word(self.bytes, start, self.end);
        if end > start && !matches!(self.byte(end), b'.' | b'\'' | b'&' | b'@' | b'_' | 0x80..) {
            let case = case_of(word.first_is_upper, word.later_upper, word.has_lower);
            let flags = flags | if word.has_digit { flag::DIGIT } else { 0 };
            self.push_token(word.hash, start, end, TokenKind::Word, case, flags);
            return end;
        }
        let mut end = self.run_of_letters(end);
        loop {
            match self.byte(end) {
                // AT&T, R&D
                b'&' if self.letter_at(end + 1) && self.capitals(start, end) => {
                    let next = self.run_of_letters(end + 1);
                    if !self.capitals(end + 1, next) {
                        break;
                    }
                    end = next;
                }
                b'.' => match self.dotted(start, end) {
                    Some(next) => end = next,
                    None => break,
                },
                b'\'' | 0xe2 => match self.inner_apostrophe(start, end) {
                    Some(next) => end = next,
                    None => break,
                },
                b'@' => match self.mail(end) {
                    Some(next) => {
                        self.push(start, next, TokenKind::Url, flags);
                        return next;
                    }
                    None => break,
                },
                _ => break,
            }
        }
        // "n't" is a separate token; "can't" gives "ca" and "n't", as in treebanks.
        let form = &self.bytes[start..end];
        let clitic = [&b"n't"[..], "n\u{2019}t".as_bytes()].into_iter().find(|clitic| {
            form.len() > clitic.len() && form[form.len() - clitic.len()..].eq_ignore_ascii_case(clitic)
        });
        if let Some(clitic) = clitic {
            let split = end - clitic.len();
            self.push_word(start, split, flags);
            self.push_word(split, end, flag::GLUED | flag::CLITIC);
            return end;
        }
        let (end, flags) = self.full_stop(start, end, flags);
        self.push_word(start, end, flags);
        // 's and the like.
        match self.clitic(end) {
            Some(next) => {
                self.push_word(end, next, flag::GLUED | flag::CLITIC);
                next
            }
            None => end,
        }
    }

    fn letter_at(&self, at: usize) -> bool {
        match CLASSES[self.byte(at) as usize] {
            Class::Letter => true,
            Class::High => self.char_at(at).is_some_and(char::is_alphabetic),
            _ => false,
        }
    }

    fn capitals(&self, start: usize, end: usize) -> bool {
        end > start && self.bytes[start..end].iter().all(u8::is_ascii_uppercase)
    }

    /// The end of "X.Y", if the full stop at `dot` does not end the word: initials, "a.m.", "Ph.D.", web domains.
    fn dotted(&self, start: usize, dot: usize) -> Option<usize> {
        if !self.letter_at(dot + 1) {
            return None;
        }
        let next = self.run_of_letters(dot + 1);
        let form = &self.bytes[start..dot];
        let single = form.iter().rev().take_while(|byte| **byte != b'.').count() == 1;
        let after = &self.bytes[dot + 1..next];
        if single && after.len() == 1 {
            return Some(next);
        }
        if form.eq_ignore_ascii_case(b"ph") && after == b"D" {
            return Some(next);
        }
        const DOMAINS: [&[u8]; 14] = [
            b"com", b"org", b"net", b"gov", b"edu", b"io", b"co", b"uk", b"eu", b"de", b"ru", b"info",
            b"int", b"tv",
        ];
        (form.len() >= 2 && DOMAINS.contains(&after)).then_some(next)
    }

    /// The end of a word with an inner apostrophe that does not begin a clitic: O'Brien, l'Oréal, Xi'an.
    fn inner_apostrophe(&self, start: usize, at: usize) -> Option<usize> {
        let width = self.apostrophe(at);
        if width == 0 || !self.letter_at(at + width) {
            return None;
        }
        let next = self.run_of_letters(at + width);
        let after = &self.bytes[at + width..next];
        let negation = self.bytes[start..at].ends_with(b"n") || self.bytes[start..at].ends_with(b"N");
        if after.eq_ignore_ascii_case(b"t") && negation {
            return Some(next);
        }
        (!is_clitic(after)).then_some(next)
    }

    fn clitic(&self, at: usize) -> Option<usize> {
        let width = self.apostrophe(at);
        if width == 0 {
            return None;
        }
        let next = self.run_of_letters(at + width);
        is_clitic(&self.bytes[at + width..next]).then_some(next)
    }

    /// Includes a full stop in the word if it belongs to it.
    fn full_stop(&self, start: usize, end: usize, flags: u16) -> (usize, u16) {
        if self.byte(end) != b'.' || self.byte(end + 1) == b'.' {
            return (end, flags);
        }
        let form = &self.bytes[start..end];
        let taken = (end + 1, flags | flag::ABBREVIATION);
        let plain = (end, flags);
        if form.contains(&b'.') {
            // U.S., p.m.: single letters with full stops; a domain does not keep its full stop.
            let acronym = form.split(|byte| *byte == b'.').all(|part| part.len() == 1) || form == b"Ph.D";
            return if acronym { taken } else { plain };
        }
        if form.len() == 1 && form[0].is_ascii_uppercase() {
            return if self.is_initial(end) { taken } else { plain };
        }
        if !form.is_ascii() {
            return plain;
        }
        match abbreviation(&self.text[start..end]) {
            None if self.is_dated_month(start, end) => taken,
            None => plain,
            // Only before a number or a lower-case word: "No. 5", "Jan. 5", but not "He said no."
            Some(Abbreviation::BeforeNumber) => {
                let next = self.after_space(end + 1);
                let number = self.byte(next).is_ascii_digit();
                if number || self.byte(next).is_ascii_lowercase() { taken } else { plain }
            }
            Some(Abbreviation::Title | Abbreviation::Inner) => {
                if self.after_space(end + 1) < self.end {
                    taken
                } else {
                    plain
                }
            }
            Some(Abbreviation::Closing) => taken,
        }
    }

    /// "May. 9, 2019": whether a month's full name is followed by the full stop of an abbreviation, before its day and year.
    fn is_dated_month(&self, start: usize, end: usize) -> bool {
        const MONTHS: [&str; 12] = [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ];
        let digits = |at: usize| (at..at + 5).take_while(|at| self.byte(*at).is_ascii_digit()).count();
        let day = self.after_space(end + 1);
        let length = digits(day);
        if !(1..=2).contains(&length) || day == end + 1 || !MONTHS.contains(&&self.text[start..end]) {
            return false;
        }
        let comma = day + length;
        digits(self.after_space(comma + usize::from(self.byte(comma) == b','))) == 4
    }

    fn after_space(&self, mut at: usize) -> usize {
        while at < self.end && CLASSES[self.bytes[at] as usize] == Class::Space {
            at += 1;
        }
        at
    }

    /// Whether a capital letter before the full stop at `dot` is an initial: a name precedes or follows it.
    fn is_initial(&self, dot: usize) -> bool {
        let next = self.after_space(dot + 1);
        if next >= self.end || !self.letter_at(next) {
            return false;
        }
        let word = &self.text[next..self.run_of_letters(next)];
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let before = self.tokens.last();
        // "vitamin C. The …", "I. But": after a lower-case word, or before a word that opens a sentence, it is the end of a
        // sentence.
        let after_name = before.is_none_or(|token| !token.is_word() || token.is_capitalized());
        capital && !opens_sentence(word) && after_name
    }

    fn number(&mut self, start: usize, flags: u16) -> usize {
        let end = self.end_of_number(start);
        let letters = self.run_of_letters(end);
        let kind = if letters > end { TokenKind::Mixed } else { TokenKind::Number };
        self.push(start, letters, kind, flags | flag::DIGIT);
        letters
    }

    fn end_of_number(&self, mut at: usize) -> usize {
        loop {
            while self.byte(at).is_ascii_digit() {
                at += 1;
            }
            let digits_follow = self.byte(at + 1).is_ascii_digit();
            match self.byte(at) {
                b'.' | b',' if digits_follow => at += 1,
                // 1'000'000
                b'\''
                    if (1..=3).all(|ahead| self.byte(at + ahead).is_ascii_digit())
                        && !self.byte(at + 4).is_ascii_alphanumeric() =>
                {
                    at += 1;
                }
                _ => return at,
            }
        }
    }

    fn mark(&mut self, start: usize, flags: u16, class: Class) -> usize {
        let byte = self.bytes[start];
        let run = |of: u8, most: usize| {
            self.bytes[start..self.end].iter().take(most).take_while(|byte| **byte == of).count()
        };
        match byte {
            b'.' if flags & flag::GLUED == 0 && self.byte(start + 1).is_ascii_digit() => {
                let end = self.end_of_number(start + 1);
                self.push(start, end, TokenKind::Number, flags | flag::DIGIT);
                return end;
            }
            b'@' | b'#' if flags & flag::GLUED == 0 && self.letter_at(start + 1) => {
                let end = self.run_of_letters(start + 1);
                self.push(start, end, TokenKind::Handle, flags);
                return end;
            }
            b'&' => {
                if let Some((length, mark)) = quotation_mark(&self.text[start..self.end]) {
                    self.push_reference(start, start + length, mark, flags);
                    return start + length;
                }
            }
            // 's after a number or a bracket.
            b'\'' if flags & flag::GLUED != 0 => {
                if let Some(end) = self.clitic(start) {
                    self.push_word(start, end, flags | flag::CLITIC);
                    return end;
                }
            }
            _ => {}
        }
        let length = match byte {
            b'.' | b'-' | b'!' | b'?' | b'*' | b'=' => run(byte, usize::MAX),
            // '' and `` stand for double quotation marks.
            b'\'' | b'`' => run(byte, 2),
            _ => 1,
        };
        let quote = match byte {
            b'"' => flag::QUOTE_MARK,
            b'\'' if length == 2 => flag::QUOTE_MARK,
            b'`' => flag::QUOTE_MARK | flag::OPENING,
            b'\'' => flag::QUOTE_MARK,
            _ => 0,
        };
        let kind =
            if class == Class::Symbol && byte != b'`' { TokenKind::Symbol } else { TokenKind::Punctuation };
        self.push(start, start + length, kind, flags | quote);
        start + length
    }

    /// Reads a token whose first character is not ASCII.
    fn high(&mut self, start: usize, flags: u16, character: char) -> usize {
        if flags & flag::GLUED != 0
            && character == '\u{2019}'
            && let Some(end) = self.clitic(start)
        {
            self.push_word(start, end, flags | flag::CLITIC);
            return end;
        }
        // Quotation marks, dashes and the like: no look-up in the tables of Unicode is needed.
        let is_mark = matches!(character, '\u{2010}'..='\u{205e}');
        if !is_mark && is_ideographic(character) {
            // Scripts without spaces: one token per character, so that a long run does not become one "word".
            let end = start + character.len_utf8();
            self.push(start, end, TokenKind::Word, flags);
            return end;
        }
        if !is_mark && character.is_alphabetic() {
            return self.word(start, flags);
        }
        if !is_mark && character.is_numeric() {
            let end = self.run_of_letters(start);
            self.push(start, end, TokenKind::Number, flags | flag::DIGIT);
            return end;
        }
        let end = start + character.len_utf8();
        let quote = match character {
            '“' | '„' | '‟' | '«' | '‹' | '‘' | '‚' | '‛' | '「' | '『' => {
                flag::QUOTE_MARK | flag::OPENING
            }
            '”' | '»' | '›' | '’' | '」' | '』' => flag::QUOTE_MARK | flag::CLOSING,
            _ => 0,
        };
        if quote != 0 || is_punctuation(character) {
            self.push(start, end, TokenKind::Punctuation, flags | quote);
            return end;
        }
        // Emoji with their joiners, flags, and other sequences that are displayed as one sign.
        let window = self.window(start);
        let end = start + window.graphemes(true).next().map_or(character.len_utf8(), str::len);
        self.push(start, end, TokenKind::Symbol, flags);
        end
    }

    /// A piece of text that is long enough for any real grapheme; it bounds the look-ahead.
    fn window(&self, start: usize) -> &str {
        let mut end = (start + 128).min(self.end);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        &self.text[start..end]
    }

    /// The end of a web address that begins at `start`.
    fn address(&self, start: usize) -> Option<usize> {
        let rest = &self.bytes[start..self.end];
        let starts =
            |prefix: &[u8]| rest.len() > prefix.len() && rest[..prefix.len()].eq_ignore_ascii_case(prefix);
        if !(matches!(rest[0] | 32, b'h' | b'w')
            && (starts(b"http://") || starts(b"https://") || starts(b"www.")))
        {
            return None;
        }
        let length = rest
            .iter()
            .position(|byte| {
                CLASSES[*byte as usize] == Class::Space || matches!(byte, b'"' | b'<' | b'>' | b'|')
            })
            .unwrap_or(rest.len());
        let mut end = start + length;
        while end > start + 1
            && matches!(self.bytes[end - 1], b'.' | b',' | b')' | b']' | b';' | b':' | b'!' | b'?' | b'\'')
        {
            end -= 1;
        }
        self.text.is_char_boundary(end).then_some(end)
    }

    /// The end of an email address whose @ is at `at`.
    fn mail(&self, at: usize) -> Option<usize> {
        let mut end = at + 1;
        let mut dots = 0;
        while self.byte(end).is_ascii_alphanumeric()
            || matches!(self.byte(end), b'.' | b'-') && self.byte(end + 1).is_ascii_alphanumeric()
        {
            dots += usize::from(self.byte(end) == b'.');
            end += 1;
        }
        (dots > 0 && end > at + 3).then_some(end)
    }
}

fn case_of(first_is_upper: bool, later_upper: bool, has_lower: bool) -> Case {
    match (first_is_upper, later_upper, has_lower) {
        (false, false, false) => Case::None,
        (false, false, true) => Case::Lower,
        (true, false, _) => Case::Title,
        (_, true, false) => Case::Upper,
        (_, true, true) => Case::Mixed,
    }
}

fn is_clitic(letters: &[u8]) -> bool {
    match letters.len() {
        1 => matches!(letters[0] | 32, b's' | b'd' | b'm'),
        2 => [b"re", b"ve", b"ll"].iter().any(|clitic| letters.eq_ignore_ascii_case(*clitic)),
        _ => false,
    }
}

/// Letters, digits, and the marks and joiners that belong to letters.
fn continues_word(character: char) -> bool {
    if is_ideographic(character) {
        return false;
    }
    character.is_alphanumeric()
        || matches!(character,
            '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5c7}' | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}' | '\u{6d6}'..='\u{6ed}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}'
            | '\u{980}'..='\u{9ff}' | '\u{a00}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{1ab0}'..='\u{1aff}'
            | '\u{20d0}'..='\u{20ff}' | '\u{200c}' | '\u{200d}')
}

fn is_ideographic(character: char) -> bool {
    matches!(character, '\u{2e80}'..='\u{2fdf}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_punctuation(character: char) -> bool {
    matches!(character, '\u{a1}' | '\u{a7}' | '\u{b6}' | '\u{b7}' | '\u{bf}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff1f}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}' | '\u{589}' | '\u{5be}' | '\u{5c3}')
}
