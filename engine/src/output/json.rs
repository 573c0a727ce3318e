//! A JSON writer that appends to bytes: no tree, no formatting machinery.

use std::fmt::Display;
use std::io::Write;

/// For each byte its escape inside a JSON string: 0 none, b'u' as \u00XX, else the letter behind the backslash.
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

/// Appends the digits of a number.
#[inline]
fn write_number(out: &mut Vec<u8>, mut number: u64) {
    let mut digits = [0u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend_from_slice(&digits[at..]);
}

/// Appends a number that is given in ten-thousandths.
fn write_ten_thousandths(out: &mut Vec<u8>, scaled: i64) {
    if scaled < 0 {
        out.push(b'-');
    }
    let scaled = scaled.unsigned_abs();
    write_number(out, scaled / 10_000);
    let mut decimals = scaled % 10_000;
    if decimals != 0 {
        out.push(b'.');
        let mut place = 1_000;
        while decimals != 0 {
            out.push(b'0' + (decimals / place) as u8);
            decimals %= place;
            place /= 10;
        }
    }
}

/// Appends a whole number.
pub fn write_integer(out: &mut Vec<u8>, number: i64) {
    if number < 0 {
        out.push(b'-');
    }
    write_number(out, number.unsigned_abs());
}

/// Appends a number as the shortest decimal that is read as the same number, without an exponent.
pub fn write_real(out: &mut Vec<u8>, number: f64) {
    // Nearly all numbers are scores or small amounts, and the general algorithm costs several times as much.
    const SMALL: f64 = 1e10;
    let scaled = (number * 10_000.0).round();
    if number.abs() < SMALL && scaled / 10_000.0 == number {
        write_ten_thousandths(out, scaled as i64);
    } else {
        // Memory takes what it is given.
        let _ = write!(out, "{number}");
    }
}

/// Writes JSON into a buffer. The caller opens and closes; commas come by themselves.
pub struct JsonWriter<'b> {
    out: &'b mut Vec<u8>,
}

impl<'b> JsonWriter<'b> {
    /// Appends to `out`.
    pub fn new(out: &'b mut Vec<u8>) -> Self {
        Self { out }
    }

    /// Begins an object, as a value.
    pub fn open(&mut self) {
        self.out.push(b'{');
    }

    /// Ends an object.
    pub fn close(&mut self) {
        self.out.push(b'}');
    }

    /// Begins an array, as a value.
    pub fn open_array(&mut self) {
        self.out.push(b'[');
    }

    /// Ends an array.
    pub fn close_array(&mut self) {
        self.out.push(b']');
    }

    /// A comma, unless the container has just begun or a key waits for its value.
    #[inline]
    pub fn next(&mut self) {
        if !matches!(self.out.last(), Some(b'{' | b'[' | b':') | None) {
            self.out.push(b',');
        }
    }

    /// A key that needs no escaping.
    #[inline]
    pub fn key(&mut self, key: &str) {
        self.next();
        self.out.push(b'"');
        self.out.extend_from_slice(key.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    /// A key of any characters.
    pub fn any_key(&mut self, key: &str) {
        self.next();
        self.string(key);
        self.out.push(b':');
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.out.push(b'"');
        self.escaped(text);
        self.out.push(b'"');
    }

    /// A string of two with a character between them.
    pub fn joined(&mut self, first: &str, between: u8, second: &str) {
        self.out.push(b'"');
        self.escaped(first);
        self.out.push(between);
        self.escaped(second);
        self.out.push(b'"');
    }

    /// A string of several parts with a blank between them.
    pub fn parts<'p>(&mut self, parts: impl Iterator<Item = &'p str>) {
        self.out.push(b'"');
        for (place, part) in parts.enumerate() {
            if place > 0 {
                self.out.push(b' ');
            }
            self.escaped(part);
        }
        self.out.push(b'"');
    }

    /// The characters of a string, without the quotation marks around it.
    fn escaped(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut start = 0;
        for (at, &byte) in bytes.iter().enumerate() {
            let escape = ESCAPES[byte as usize];
            if escape == 0 {
                continue;
            }
            self.out.extend_from_slice(&bytes[start..at]);
            start = at + 1;
            if escape == b'u' {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let (high, low) = (HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]);
                self.out.extend_from_slice(&[b'\\', b'u', b'0', b'0', high, low]);
            } else {
                self.out.extend_from_slice(&[b'\\', escape]);
            }
        }
        self.out.extend_from_slice(&bytes[start..]);
    }

    /// A whole number.
    #[inline]
    pub fn number(&mut self, number: u64) {
        write_number(self.out, number);
    }

    /// A number of -1..1, or of small size, to four decimals.
    pub fn score(&mut self, score: f32) {
        write_ten_thousandths(self.out, (f64::from(score) * 10_000.0).round() as i64);
    }

    /// A value that prints as JSON: an exact decimal.
    pub fn display(&mut self, value: impl Display) {
        // Writing to a Vec does not fail.
        let _ = write!(self.out, "{value}");
    }

    /// JSON text, as it is. It must have no line breaks.
    pub fn raw(&mut self, json: &str) {
        self.out.extend_from_slice(json.as_bytes());
    }

    /// Valid JSON text from elsewhere. Line breaks can only be blanks between its tokens, and become spaces, so that the line
    /// stays whole.
    pub fn raw_lines(&mut self, json: &str) {
        let start = self.out.len();
        self.raw(json);
        for byte in &mut self.out[start..] {
            if matches!(byte, b'\n' | b'\r') {
                *byte = b' ';
            }
        }
    }

    /// A prefix, a letter and a number as an id: "e1", "he1".
    pub fn id(&mut self, prefix: &str, letter: u8, index: usize) {
        self.out.push(b'"');
        self.out.extend_from_slice(prefix.as_bytes());
        self.out.push(letter);
        self.number(index as u64 + 1);
        self.out.push(b'"');
    }

    /// Ends the line.
    pub fn end_line(&mut self) {
        self.out.push(b'\n');
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

    proptest::proptest! {
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
