//! A JSON writer that appends to a byte buffer, without an intermediate tree or the formatting machinery.
//!
//! A line of output has several bytes for each byte of text, so the number of instructions per annotation matters:
//! keys are literals with their punctuation, numbers are formatted without loops, and strings are searched for characters to
//! escape sixteen bytes at a time.

use std::io::Write;

use copydesk_core::Decimal;

/// The escape of each byte inside a JSON string: 0 for none, b'u' for \u00XX, else the letter after the backslash.
const ESCAPES: [u8; 256] = {
    let mut escapes = [0; 256];
    let mut byte = 0;
    while byte < 0x20 {
        escapes[byte] = b'u';
        byte += 1;
    }
    escapes[b'"' as usize] = b'"';
    escapes[b'\\' as usize] = b'\\';
    escapes[b'\n' as usize] = b'n';
    escapes[b'\r' as usize] = b'r';
    escapes[b'\t' as usize] = b't';
    escapes[0x08] = b'b';
    escapes[0x0c] = b'f';
    escapes[0x7f] = b'u';
    escapes
};

/// The bytes of a constant text as an array: copying a known number of bytes takes a few instructions, copying any other
/// number a call.
macro_rules! literal {
    ($($text:literal),+) => {{
        const TEXT: &str = concat!($($text),+);
        const BYTES: [u8; TEXT.len()] = match TEXT.as_bytes().first_chunk() {
            Some(bytes) => *bytes,
            None => unreachable!(),
        };
        &BYTES
    }};
}
pub(super) use literal;

/// `{"NAME":`, for the first key of an object; further literals are the start of its value.
macro_rules! first_key {
    ($name:literal $(, $value:literal)*) => {
        $crate::output::json::literal!("{\"", $name, "\":" $(, $value)*)
    };
}
pub(super) use first_key;

/// `,"NAME":`, for a key after another one; further literals are the start of its value.
macro_rules! key {
    ($name:literal $(, $value:literal)*) => {
        $crate::output::json::literal!(",\"", $name, "\":" $(, $value)*)
    };
}
pub(super) use key;

/// A short piece of JSON in a buffer of fixed size, which is copied whole.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece {
    bytes: [u8; Self::ROOM],
    len: usize,
}

impl Piece {
    const ROOM: usize = 32;

    /// `,"key":"word"`. The word needs no escaping.
    pub(super) const fn of(key: &str, word: &str) -> Self {
        let mut piece = Self { bytes: [0; Self::ROOM], len: 0 };
        piece = piece.with(",\"").with(key).with("\":\"").with(word).with("\"");
        piece
    }

    const fn with(mut self, text: &str) -> Self {
        let text = text.as_bytes();
        let mut at = 0;
        while at < text.len() {
            self.bytes[self.len] = text[at];
            self.len += 1;
            at += 1;
        }
        self
    }
}

/// The rules written last, so that they need not be searched for escapes and copied again: the annotations of a layer
/// share a few.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules<'r> {
    entries: [(&'r str, [u8; RULE_ROOM], usize); RULES],
}

/// The number of rules kept, and the size in bytes of each buffer.
const RULES: usize = 8;
const RULE_ROOM: usize = 64;

impl Rules<'_> {
    pub(super) fn new() -> Self {
        Self { entries: [("", [0; RULE_ROOM], 0); RULES] }
    }

    /// Removes them.
    pub(super) fn clear(&mut self) {
        self.entries.iter_mut().for_each(|entry| entry.0 = "");
    }
}

/// `,"KEY":"WORD"` for every word of a closed vocabulary, indexed by the byte of its value.
macro_rules! pieces {
    ($key:literal, $tag:ty) => {{
        const COUNT: usize = {
            let (mut count, mut place) = (0, 0);
            while place < <$tag>::ALL.len() {
                let byte = <$tag>::ALL[place] as usize;
                count = if byte < count { count } else { byte + 1 };
                place += 1;
            }
            count
        };
        const PIECES: [Piece; COUNT] = {
            let mut pieces = [Piece::of($key, ""); COUNT];
            let mut place = 0;
            while place < <$tag>::ALL.len() {
                let value = <$tag>::ALL[place];
                pieces[value as usize] = Piece::of($key, value.as_str());
                place += 1;
            }
            pieces
        };
        &PIECES
    }};
}
pub(super) use pieces;

/// A few ASCII characters, the first in the lowest byte, and their number; later bytes are ignored.
type Characters = (u64, usize);

/// Smaller numbers have at most eight digits.
const EIGHT_DIGITS: u64 = 100_000_000;

/// The eight digits of a number, including leading zeros, one per byte; the first is in the lowest byte.
///
/// Splits in parallel lanes into halves, quarters and then single digits.
#[inline]
const fn eight_digits(number: u32) -> u64 {
    let (high, low) = (number / 10_000, number % 10_000);
    let fours = high as u64 | (low as u64) << 32;
    let hundreds = ((fours * 10_486) >> 20) & 0x0000_007f_0000_007f;
    let twos = hundreds | (fours - hundreds * 100) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f_000f_000f;
    tens | (twos - tens * 10) << 8
}

/// As `eight_digits`, for a number below 10,000.
#[inline]
const fn four_digits(number: u32) -> u32 {
    let hundreds = (number * 10_486) >> 20;
    let twos = hundreds | (number - hundreds * 100) << 16;
    let tens = ((twos * 103) >> 10) & 0x000f_000f;
    tens | (twos - tens * 10) << 8
}

/// Added to digits, converts them to ASCII.
const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The digits of a number below 10,000.
#[inline]
const fn short_number(number: u32) -> Characters {
    let digits = four_digits(number);
    // The last digit is written even if it is 0.
    let zeros = (digits | 1 << 24).trailing_zeros() / 8;
    ((digits as u64 | ZEROS >> 32) >> (8 * zeros), 4 - zeros as usize)
}

/// The digits of a number of at most eight digits.
#[inline]
const fn number_of_eight(number: u32) -> Characters {
    if number < 10_000 {
        return short_number(number);
    }
    let digits = eight_digits(number);
    let zeros = digits.trailing_zeros() / 8;
    ((digits | ZEROS) >> (8 * zeros), 8 - zeros as usize)
}

/// The decimal of a number given in ten-thousandths, between -10 and 10.
#[inline]
const fn small_decimal(scaled: i32) -> Characters {
    let size = scaled.unsigned_abs();
    let (whole, decimals) = (size / 10_000, size % 10_000);
    let digits = four_digits(decimals);
    // Without trailing zeros, and without the point if no digit follows it.
    let len = if decimals == 0 { 1 } else { 6 - digits.leading_zeros() as usize / 8 };
    let word = b'0' as u64 | whole as u64 | (b'.' as u64) << 8 | (digits as u64 | ZEROS >> 32) << 16;
    if scaled < 0 { (word << 8 | b'-' as u64, len + 1) } else { (word, len) }
}

/// Appends an integer.
pub fn write_integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    let number = number.unsigned_abs();
    if number < EIGHT_DIGITS {
        let (word, len) = number_of_eight(number as u32);
        out.extend_from_slice(&word.to_le_bytes()[..len]);
    } else {
        // Writing to memory cannot fail.
        let _ = write!(out, "{number}");
    }
}

/// Appends a number as the shortest decimal that parses to the same number, without an exponent.
pub fn write_real(out: &mut Vec<u8>, number: f64) {
    // Nearly all numbers are scores or small amounts, and the general algorithm costs several times as much.
    const SMALL: f64 = 1e10;
    let scaled = (number * 10_000.0).round();
    if number.abs() < SMALL && scaled / 10_000.0 == number {
        JsonWriter::new(out).ten_thousandths(scaled as i64);
    } else {
        // Writing to memory cannot fail.
        let _ = write!(out, "{number}");
    }
}

/// A score in ten-thousandths, rounded half away from zero.
#[inline]
fn ten_thousandths(score: f32) -> i64 {
    // A score and its product need at most 38 of the 53 bits, so the product is exact, and the sum is either exact or so
    // near to a half that it is truncated to the same number: no call to `round` is needed.
    let scaled = f64::from(score) * 10_000.0;
    (scaled + 0.5_f64.copysign(scaled)) as i64
}

/// The top bit of each of eight bytes that must be escaped. Exact up to the first such byte: later bytes may have the bit without
/// need. Zero if no byte must be escaped.
#[inline(always)]
const fn escaped_among(word: u64) -> u64 {
    const ONES: u64 = 0x0101_0101_0101_0101;
    // The top bit of a difference is set if the byte is smaller than the subtrahend, or not ASCII.
    let control = word.wrapping_sub(ONES * 0x20);
    let quote = (word ^ (ONES * b'"' as u64)).wrapping_sub(ONES);
    let backslash = (word ^ (ONES * b'\\' as u64)).wrapping_sub(ONES);
    let delete = (word ^ (ONES * 0x7f)).wrapping_sub(ONES);
    (control | quote | backslash | delete) & !word & (ONES << 7)
}

/// The position of the first byte that must be escaped, or the length if there is none.
#[inline]
fn next_escaped(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((sixteen, after)) = rest.split_first_chunk::<16>() {
        let whole = u128::from_le_bytes(*sixteen);
        if escaped_among(whole as u64) | escaped_among((whole >> 64) as u64) != 0 {
            break;
        }
        rest = after;
    }
    while let Some((eight, after)) = rest.split_first_chunk() {
        let found = escaped_among(u64::from_le_bytes(*eight));
        if found != 0 {
            return bytes.len() - rest.len() + found.trailing_zeros() as usize / 8;
        }
        rest = after;
    }
    // A short word is padded with zeros, which must be escaped and so mark its end.
    bytes.len() - rest.len() + escaped_among(first_of(rest)).trailing_zeros() as usize / 8
}

/// Up to seven bytes as a word padded with zeros, by two or three loads that may overlap.
#[inline]
fn first_of(bytes: &[u8]) -> u64 {
    let Some(last) = bytes.len().checked_sub(1) else { return 0 };
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(end)) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*end)) << (8 * (last - 3))
        }
        _ => {
            let at = |place: usize| bytes.get(place).map_or(0, |byte| u64::from(*byte) << (8 * place));
            at(0) | at(last / 2) | at(last)
        }
    }
}

/// Copies up to 32 bytes, by stores of known size that may overlap; returns false if there are more.
#[inline(always)]
fn copy_few(bytes: &[u8], room: &mut [u8]) -> bool {
    fn ends<const N: usize>(bytes: &[u8], room: &mut [u8]) -> bool {
        let (Some(first), Some(last)) = (bytes.first_chunk::<N>(), bytes.last_chunk::<N>()) else {
            return false;
        };
        if let Some(room) = room.first_chunk_mut() {
            *room = *first;
        }
        if let Some(room) = room.get_mut(bytes.len() - N..).and_then(<[u8]>::first_chunk_mut) {
            *room = *last;
        }
        true
    }
    match bytes.len() {
        0 => true,
        1..=3 => {
            let (middle, last) = (bytes.len() / 2, bytes.len() - 1);
            (room[0], room[middle], room[last]) = (bytes[0], bytes[middle], bytes[last]);
            true
        }
        4..=7 => ends::<4>(bytes, room),
        8..=15 => ends::<8>(bytes, room),
        16..=32 => ends::<16>(bytes, room),
        _ => false,
    }
}

/// Writes JSON into a buffer. The caller opens and closes containers; commas are inserted automatically.
pub struct JsonWriter<'b> {
    /// The output, followed by zeros as spare room: a few bytes are stored into the room at once, while appending them to a
    /// `Vec` would take a call that checks the capacity.
    out: &'b mut Vec<u8>,
    /// The end of the output.
    end: usize,
    /// The end of the buffer when this writer was created.
    start: usize,
}

impl Drop for JsonWriter<'_> {
    fn drop(&mut self) {
        self.out.truncate(self.end);
    }
}

impl<'b> JsonWriter<'b> {
    /// Appends to `out`, which is complete once the writer is dropped.
    pub fn new(out: &'b mut Vec<u8>) -> Self {
        let end = out.len();
        Self { out, end, start: end }
    }

    /// Appends the first `len` of some bytes.
    #[inline(always)]
    fn put<const N: usize>(&mut self, bytes: &[u8; N], len: usize) {
        match self.out.get_mut(self.end..).and_then(<[u8]>::first_chunk_mut) {
            Some(room) => *room = *bytes,
            None => self.put_into_new_room(bytes),
        }
        self.end += len;
    }

    #[cold]
    #[inline(never)]
    fn put_into_new_room(&mut self, bytes: &[u8]) {
        // As much as has been written, so that a short piece of JSON has little spare room and a long one rarely needs more; but
        // no more than a few stores can fill with zeros.
        const MAX: usize = 1024;
        let more = (self.end - self.start).clamp(64, MAX);
        self.out.truncate(self.end);
        self.out.extend_from_slice(bytes);
        self.out.resize(self.end + bytes.len() + more, 0);
    }

    #[inline(always)]
    fn characters(&mut self, (word, len): Characters) {
        self.put(&word.to_le_bytes(), len);
    }

    /// Appends any bytes.
    #[inline]
    fn bytes(&mut self, bytes: &[u8]) {
        let room = self.out.get_mut(self.end..).and_then(<[u8]>::first_chunk_mut::<32>);
        if !room.is_some_and(|room| copy_few(bytes, room)) {
            self.many_bytes(bytes);
        }
        self.end += bytes.len();
    }

    #[inline(never)]
    fn many_bytes(&mut self, bytes: &[u8]) {
        if let Some(room) = self.out.get_mut(self.end..self.end + bytes.len()) {
            room.copy_from_slice(bytes);
        } else {
            self.out.truncate(self.end);
            self.out.extend_from_slice(bytes);
        }
    }

    /// Appends a byte of JSON.
    #[inline(always)]
    pub(crate) fn byte(&mut self, byte: u8) {
        self.put(&[byte], 1);
    }

    /// The last byte of the output.
    #[inline]
    fn last(&self) -> Option<u8> {
        self.out.get(self.end.checked_sub(1)?).copied()
    }

    /// Begins an object, as a value.
    pub fn open(&mut self) {
        self.byte(b'{');
    }

    /// Ends an object.
    #[inline]
    pub fn close(&mut self) {
        self.byte(b'}');
    }

    /// Begins an array, as a value.
    pub fn open_array(&mut self) {
        self.byte(b'[');
    }

    /// Ends an array.
    pub fn close_array(&mut self) {
        self.byte(b']');
    }

    /// Ends an array whose items are each followed by a comma.
    #[inline]
    pub(super) fn close_list(&mut self) {
        if self.last() == Some(b',') {
            self.end -= 1;
        }
        self.byte(b']');
    }

    /// Appends a comma, unless the container has just begun or a key has no value yet.
    #[inline]
    pub fn next(&mut self) {
        if !matches!(self.last(), Some(b'{' | b'[' | b':') | None) {
            self.byte(b',');
        }
    }

    /// Appends constant JSON, including all punctuation.
    #[inline(always)]
    pub(super) fn literal<const N: usize>(&mut self, json: &[u8; N]) {
        self.put(json, N);
    }

    /// Appends a literal and the characters after it, with one check of the spare room for both.
    #[inline(always)]
    fn literal_and<const N: usize>(&mut self, json: &[u8; N], (word, len): Characters) {
        let room = self.end.checked_add(N + 8).and_then(|end| self.out.get_mut(self.end..end));
        if let Some((first, rest)) = room.and_then(<[u8]>::split_first_chunk_mut)
            && let Some(after) = rest.first_chunk_mut()
        {
            (*first, *after) = (*json, word.to_le_bytes());
            self.end += N + len;
        } else {
            self.put(json, N);
            self.characters((word, len));
        }
    }

    /// Appends a literal and a number.
    #[inline(always)]
    pub(super) fn literal_and_number<const N: usize>(&mut self, json: &[u8; N], number: u32) {
        if u64::from(number) < EIGHT_DIGITS {
            self.literal_and(json, number_of_eight(number));
        } else {
            self.literal(json);
            self.long_number(number.into());
        }
    }

    /// Appends a literal and a score.
    #[inline(always)]
    pub(super) fn literal_and_score<const N: usize>(&mut self, json: &[u8; N], score: f32) {
        let scaled = ten_thousandths(score);
        if scaled.unsigned_abs() < 100_000 {
            self.literal_and(json, small_decimal(scaled as i32));
        } else {
            self.literal(json);
            self.ten_thousandths(scaled);
        }
    }

    /// Appends a short piece of JSON, including all punctuation.
    #[inline(always)]
    pub(super) fn piece(&mut self, piece: &Piece) {
        self.put(&piece.bytes, piece.len);
    }

    /// Appends a rule with its key and its stage.
    #[inline]
    pub(super) fn rule<'r>(&mut self, stage: &str, rule: &'r str, rules: &mut Rules<'r>) {
        let entry = &rules.entries[rule.len() % RULES];
        // Equal rules have the same address, since the document stores each rule of a stage once.
        if std::ptr::eq(entry.0, rule) && !rule.is_empty() {
            self.put(&entry.1, entry.2);
        } else {
            self.new_rule(stage, rule, rules);
        }
    }

    #[inline(never)]
    fn new_rule<'r>(&mut self, stage: &str, rule: &'r str, rules: &mut Rules<'r>) {
        let start = self.end;
        self.raw(stage);
        self.escaped(rule);
        self.byte(b'"');
        let entry = &mut rules.entries[rule.len() % RULES];
        if let Some(written) = self.out.get(start..self.end)
            && let Some(room) = entry.1.get_mut(..written.len())
        {
            room.copy_from_slice(written);
            (entry.0, entry.2) = (rule, written.len());
        }
    }

    /// Appends a key that needs no escaping.
    #[inline]
    pub fn key(&mut self, key: &str) {
        self.next();
        self.byte(b'"');
        self.bytes(key.as_bytes());
        self.put(b"\":", 2);
    }

    /// Appends any key.
    pub fn any_key(&mut self, key: &str) {
        self.next();
        self.string(key);
        self.byte(b':');
    }

    /// Appends a string.
    pub fn string(&mut self, text: &str) {
        self.byte(b'"');
        self.escaped(text);
        self.byte(b'"');
    }

    /// Appends a string of several parts separated by spaces.
    pub fn parts<'p>(&mut self, parts: impl Iterator<Item = &'p str>) {
        self.byte(b'"');
        for (place, part) in parts.enumerate() {
            if place > 0 {
                self.byte(b' ');
            }
            self.escaped(part);
        }
        self.byte(b'"');
    }

    /// Appends the characters of a string, without quotation marks.
    #[inline]
    pub(super) fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let at = next_escaped(bytes);
        if at >= bytes.len() {
            self.bytes(bytes);
        } else {
            self.escape_from(bytes, at);
        }
    }

    /// The same if the byte at `at` is the first that must be escaped.
    #[inline(never)]
    fn escape_from(&mut self, mut bytes: &[u8], mut at: usize) {
        while let Some((plain, [byte, after @ ..])) = bytes.split_at_checked(at) {
            self.bytes(plain);
            self.escape(*byte);
            bytes = after;
            at = next_escaped(bytes);
        }
        self.bytes(bytes);
    }

    /// Appends the escape of a character.
    fn escape(&mut self, byte: u8) {
        let escape = ESCAPES[usize::from(byte)];
        if escape == b'u' {
            const HEX: &[u8; 16] = b"0123456789abcdef";
            let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
            self.put(&[b'\\', b'u', b'0', b'0', high, low], 6);
        } else {
            self.put(&[b'\\', escape], 2);
        }
    }

    /// Appends an integer.
    #[inline]
    pub fn number(&mut self, number: u64) {
        if number < EIGHT_DIGITS {
            self.characters(number_of_eight(number as u32));
        } else {
            self.long_number(number);
        }
    }

    #[cold]
    fn long_number(&mut self, number: u64) {
        self.number(number / EIGHT_DIGITS);
        self.characters((eight_digits((number % EIGHT_DIGITS) as u32) | ZEROS, 8));
    }

    /// Appends an id: a letter or two, and an index counted from 1: "e1", "he1".
    #[inline]
    pub(super) fn id<const LETTERS: usize>(&mut self, letters: [u8; LETTERS], place: usize) {
        const { assert!(LETTERS <= 2, "must fit into a word with four digits and the quotation marks") };
        let number = place as u64 + 1;
        let mut word = u64::from(b'"');
        for (at, letter) in letters.iter().enumerate() {
            word |= u64::from(*letter) << (8 * (at + 1));
        }
        let front = LETTERS + 1;
        if number < 10_000 {
            let (digits, len) = short_number(number as u32);
            word |= (digits | u64::from(b'"') << (8 * len)) << (8 * front);
            self.characters((word, front + len + 1));
        } else {
            self.characters((word, front));
            self.number(number);
            self.byte(b'"');
        }
    }

    /// Appends a number in -1..1, or another small number, with up to four decimals.
    #[inline]
    pub fn score(&mut self, score: f32) {
        self.ten_thousandths(ten_thousandths(score));
    }

    /// Appends a number given in ten-thousandths.
    #[inline]
    fn ten_thousandths(&mut self, scaled: i64) {
        if scaled.unsigned_abs() < 100_000 {
            self.characters(small_decimal(scaled as i32));
            return;
        }
        if scaled < 0 {
            self.byte(b'-');
        }
        let scaled = scaled.unsigned_abs();
        self.number(scaled / 10_000);
        let (digits, len) = small_decimal((scaled % 10_000) as i32);
        if len > 1 {
            self.characters((digits >> 8, len - 1));
        }
    }

    /// Appends an exact number with all its digits.
    pub fn decimal(&mut self, number: Decimal) {
        if number.mantissa() < 0 {
            self.byte(b'-');
        }
        let start = self.end;
        self.number(number.mantissa().unsigned_abs());
        let exponent = number.exponent();
        if exponent >= 0 {
            (0..exponent).for_each(|_| self.byte(b'0'));
            return;
        }
        let decimals = exponent.unsigned_abs() as usize;
        // At least one digit before the point.
        let missing = (decimals + 1).saturating_sub(self.end - start);
        (0..=missing).for_each(|_| self.byte(b'0'));
        let written = &mut self.out[start..self.end];
        written.rotate_right(missing + 1);
        // The extra zero makes room for the point.
        let point = written.len() - decimals - 1;
        written.copy_within(1..=point, 0);
        written[point] = b'.';
    }

    /// Appends JSON text unchanged. It must have no line breaks.
    pub fn raw(&mut self, json: &str) {
        self.bytes(json.as_bytes());
    }

    /// Appends valid JSON text from elsewhere. Its line breaks, which can only be white space between tokens, become spaces, so that
    /// the line stays whole.
    pub fn raw_lines(&mut self, json: &str) {
        let start = self.end;
        self.raw(json);
        for byte in &mut self.out[start..self.end] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.byte(b'\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut JsonWriter<'_>)) -> String {
        let mut out = Vec::new();
        write(&mut JsonWriter::new(&mut out));
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn scores_have_four_decimals_at_most() {
        for (score, text) in
            [(0.0, "0"), (1.0, "1"), (-0.5, "-0.5"), (0.12345, "0.1235"), (0.98, "0.98"), (-0.00001, "0")]
        {
            assert_eq!(written(|json| json.score(score)), text);
        }
    }

    #[test]
    fn scores_round_as_the_library_rounds() {
        let near_a_half = (0..20_000u32).map(|half| (half as f32 + 0.5) / 10_000.0);
        for score in near_a_half.chain([0.5 / 10_000.0, f32::MIN_POSITIVE, f32::EPSILON, 0.999_999_94, 1.0]) {
            for score in [score, f32::from_bits(score.to_bits() - 1), f32::from_bits(score.to_bits() + 1)] {
                for score in [score, -score] {
                    assert_eq!(
                        ten_thousandths(score),
                        (f64::from(score) * 10_000.0).round() as i64,
                        "{score:e}"
                    );
                }
            }
        }
    }

    #[test]
    fn ids_of_every_length() {
        for place in (0..10_100).chain([99_998, 99_999, 12_345_678, 4_294_967_295]) {
            assert_eq!(written(|json| json.id([b'e'], place)), format!("\"e{}\"", place + 1));
            assert_eq!(written(|json| json.id([b'h', b'e'], place)), format!("\"he{}\"", place + 1));
        }
    }

    #[test]
    fn decimals_of_every_size() {
        for scaled in
            (-100_200..=100_200).chain([-999_999, 1_234_567, 10_000_000_001, i64::from(i32::MAX) * 10_000])
        {
            let mut right = (scaled as f64 / 10_000.0).to_string();
            if scaled == 0 {
                right = "0".to_owned();
            }
            assert_eq!(written(|json| json.ten_thousandths(scaled)), right);
        }
    }

    #[test]
    fn the_content_of_the_buffer_is_kept() {
        let mut out = b"[1,".to_vec();
        for round in 0..3 {
            let mut json = JsonWriter::new(&mut out);
            json.next();
            json.id([b'e'], round);
            json.string(&"long ".repeat(100));
            json.close_list();
        }
        let part = |id: u32| format!(",\"e{id}\"\"{}\"]", "long ".repeat(100));
        assert_eq!(String::from_utf8(out).ok(), Some(format!("[1,{}{}{}", part(1), part(2), part(3))));
    }

    #[test]
    fn numbers_of_every_length() {
        let powers = std::iter::successors(Some(1u64), |power| power.checked_mul(10));
        for power in powers {
            for number in [power - 1, power, power + 1, power / 7, power.saturating_mul(9)] {
                assert_eq!(written(|json| json.number(number)), number.to_string());
            }
        }
        for number in 0..100_000 {
            assert_eq!(written(|json| json.number(number)), number.to_string());
        }
    }

    #[test]
    fn strings_are_escaped_wherever_it_is() {
        for special in ['"', '\\', '\n', '\u{1}', '\u{1f}', '\u{7f}'] {
            for length in 0..40 {
                for place in 0..=length {
                    let text = format!("{}{special}{}", "é ".repeat(place), "z".repeat(length - place));
                    let line = written(|json| json.string(&text));
                    assert_eq!(serde_json::from_str::<String>(&line).ok(), Some(text));
                    assert!(
                        line[1..line.len() - 1].bytes().all(|byte| byte >= 0x20 && byte != 0x7f),
                        "{line}"
                    );
                }
            }
        }
    }

    proptest::proptest! {
        #[test]
        fn decimals_are_written_as_they_print(mantissa in -1_000_000_000_000i64..1_000_000_000_000, exponent in -30..30i32) {
            for mantissa in [mantissa, mantissa % 1000] {
                if let Some(number) = Decimal::new(mantissa, exponent) {
                    proptest::prop_assert_eq!(written(|json| json.decimal(number)), number.to_string());
                }
            }
        }

        #[test]
        fn any_score_rounds_as_the_library_rounds(score in -1.0f32..=1.0) {
            proptest::prop_assert_eq!(ten_thousandths(score), (f64::from(score) * 10_000.0).round() as i64);
        }

        #[test]
        fn strings_read_back(text in "(\\PC|[\0-\x7f]){0,100}") {
            let line = written(|json| json.string(&text));
            proptest::prop_assert_eq!(serde_json::from_str::<String>(&line).ok(), Some(text));
        }

        #[test]
        fn reals_are_written_as_the_formatter_writes_them(number: f64, thousandths in -10_000_000..10_000_000i64) {
            for number in [number, thousandths as f64 / 1000.0, number.trunc() % 1e9] {
                let mut out = Vec::new();
                write_real(&mut out, number);
                proptest::prop_assert_eq!(String::from_utf8(out).expect("digits"), (number + 0.0).to_string());
            }
        }

        #[test]
        fn numbers_read_back(number: u64) {
            proptest::prop_assert_eq!(written(|json| json.number(number)), number.to_string());
        }
    }
}
