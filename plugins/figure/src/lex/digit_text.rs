//! Digits with their separators.

use copydesk_core::Decimal;

/// Digits with separators, and the byte after them.
pub(crate) fn read_digits(text: &str, at: usize) -> Option<(Decimal, usize, bool)> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut buffer = [0u8; 40];
    let (mut length, mut end, mut group, mut groups) = (0usize, at, 0usize, 0usize);
    let mut point = false;
    loop {
        match bytes.get(end) {
            Some(byte @ b'0'..=b'9') => {
                *buffer.get_mut(length)? = *byte;
                length += 1;
                group += 1;
            }
            Some(b'.') if !point && digit(end + 1) && (groups == 0 || group == 3) => {
                *buffer.get_mut(length)? = b'.';
                length += 1;
                point = true;
            }
            // Thousands in threes, lakhs in twos before the last three.
            Some(b',' | b'\'') if !point && digit(end + 1) => {
                let ahead = bytes.get(end + 1..).unwrap_or_default();
                let following = ahead.iter().take(4).take_while(|byte| byte.is_ascii_digit()).count();
                let indian = following == 2 && ahead.get(2) == Some(&b',');
                if !(following == 3 || indian) || group == 0 || group > 3 {
                    break;
                }
                groups += 1;
                group = 0;
            }
            // A soft hyphen, where a line could break, is not part of the number.
            Some(0xC2) if bytes.get(end + 1) == Some(&0xAD) && digit(end + 2) => end += 1,
            _ => break,
        }
        end += 1;
    }
    let plain = groups == 0 && !point;
    let value = Decimal::parse(std::str::from_utf8(buffer.get(..length)?).ok()?)?;
    Some((value, end, plain))
}

/// Such a number that starts at a byte of a text, and the byte after it.
pub(crate) fn continental(text: &str, at: usize) -> Option<(Decimal, usize)> {
    let rest = text.get(at..)?;
    let mut length =
        rest.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
    while rest.get(..length)?.ends_with(['.', ',']) {
        length -= 1;
    }
    european(rest.get(..length)?).map(|value| (value, at + length))
}

/// "1.234.567", "1.234,56": points between thousands, as in continental Europe.
pub(crate) fn european(text: &str) -> Option<Decimal> {
    let (whole, cents) = text.split_once(',').unwrap_or((text, ""));
    let mut groups = whole.split('.');
    let first = groups.next()?;
    let mut count = 0;
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    for group in groups {
        count += 1;
        if group.len() != 3 || !digits(group) || count > 4 {
            return None;
        }
    }
    let plausible =
        count >= 2 && cents.is_empty() || count > 0 && (1..=2).contains(&cents.len()) && digits(cents);
    if !plausible || !(1..=3).contains(&first.len()) || !digits(first) {
        return None;
    }
    let number: String = whole.chars().filter(char::is_ascii_digit).collect();
    Decimal::parse(&if cents.is_empty() { number } else { format!("{number}.{cents}") })
}
