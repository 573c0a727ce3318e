//! The day of publication, in the forms in which feeds, databases, web pages and people write it.
//!
//! An ambiguous date is not read: a wrong day would move every "Tuesday" of the article.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::{Date, Weekday};
use jiff::fmt::strtime::BrokenDownTime;
use jiff::tz::Offset;

/// Why a date was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// It is in no known form, or not a day of the calendar.
    Unknown,
    /// Day and month can be swapped: the date with the day first, and with the month first.
    Ambiguous(Date, Date),
    /// It names this day of the week, but this date is another one.
    Weekday(Weekday, Date),
}

/// Forms of a date, after [`tidy`] has removed commas, weekdays and ordinal endings. The first that matches is used.
/// `%b` is the first three letters of a month, `%B` its whole name.
const FORMS: [&str; 27] = [
    "%Y-%m-%d",        // 2024-05-08
    "%Y%m%d",          // 20240508
    "%Y/%m/%d",        // 2024/05/08
    "%Y.%m.%d",        // 2024.05.08
    "%G-W%V-%u",       // 2024-W19-3
    "%d %B %Y",        // 8 May 2024
    "%d %b %Y",        // 8 Sep 2024
    "%d %b %y",        // 8 Sep 24, as in RFC 822
    "%B %d %Y",        // May 8 2024
    "%b %d %Y",        // Sep 8 2024
    "%Y %B %d",        // 2024 September 8
    "%Y %b %d",        // 2024 Sep 8
    "%d-%B-%Y",        // 8-September-2024
    "%d-%b-%Y",        // 8-Sep-2024
    "%d-%b-%y",        // 08-SEP-24, as in Oracle
    "%B-%d-%Y",        // September-8-2024
    "%b-%d-%Y",        // Sep-8-2024
    "%Y-%B-%d",        // 2024-September-8
    "%Y-%b-%d",        // 2024-Sep-8
    "%d/%B/%Y",        // 8/September/2024
    "%d/%b/%Y",        // 08/Sep/2024, as in logs of web servers
    "%d.%m.%Y",        // 08.05.2024; countries that write points put the day first
    "%b %d %T %Y",     // May 8 10:30:00 2024, as in C's ctime
    "%b %d %T %z %Y",  // May 8 10:30:00 +0000 2024, as in Twitter's API
    "%b %d %T GMT %Y", // May 8 10:30:00 GMT 2024, as in Unix's date
    "%b %d %T UTC %Y",
    "%b %d %T CET %Y",
];

/// Forms in which some put the day first and some the month.
const DAY_OR_MONTH_FIRST: [(&str, &str); 3] =
    [("%d/%m/%Y", "%m/%d/%Y"), ("%d-%m-%Y", "%m-%d-%Y"), ("%d %m %Y", "%m %d %Y")];

/// Forms of a time of day. They are only checked for validity: the day stays the one that was written, in its own zone.
const TIMES: [&str; 11] = [
    "%I:%M:%S %p",
    "%I:%M:%S%p",
    "%I:%M %p",
    "%I:%M%p",
    "%I.%M %p",
    "%I.%M%p",
    "%I %p",
    "%I%p",
    "%H:%M:%S%.f",
    "%H:%M",
    "%H.%M",
];

/// Forms of a time of day that follow a date without a space: `20240508T1030`, `20240508103000`.
const COMPACT_TIMES: [&str; 2] = ["%H%M%S%.f", "%H%M"];

/// Longer texts are not dates.
const LONGEST: usize = 80;
/// Earlier years mean "unknown" in databases (0001-01-01), or are two-digit years.
const FIRST_YEAR: i16 = 1000;

/// Reads a written date. `day_first` resolves ambiguous forms.
pub(super) fn read_text(written: &str, day_first: Option<bool>) -> Result<Date, Unread> {
    let written = written.trim();
    if written.len() > LONGEST {
        return Err(Unread::Unknown);
    }
    if let Some(date) = read_form(FORMS[0], written) {
        return Ok(date);
    }
    if written.bytes().all(|byte| byte.is_ascii_digit()) {
        return read_digits(written).ok_or(Unread::Unknown);
    }
    let (weekday, tidied) = tidy(written);
    let date = match FORMS.iter().find_map(|form| read_form(form, &tidied)) {
        Some(date) => date,
        None => read_either(&tidied, day_first)?,
    };
    match weekday {
        Some(weekday) if weekday != date.weekday() => Err(Unread::Weekday(weekday, date)),
        _ => Ok(date),
    }
}

/// Reads a date that is a JSON number: seconds since 1970 (possibly with a fraction), milli-, micro- or nanoseconds, or
/// the digits of a day. Seconds give the day in UTC.
pub(super) fn read_number(written: &str) -> Result<Date, Unread> {
    let (whole, fraction) = written.split_once('.').unwrap_or((written, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(fraction) {
        return Err(Unread::Unknown);
    }
    read_digits(whole).ok_or(Unread::Unknown)
}

/// A date that consists of digits: `20240508`, `202405081030`, `20240508103000`, or time since 1970, the unit inferred from its length.
///
/// Digits that form a day of the calendar are read as that day. As time since 1970 they would fall into 1970 or 1976.
fn read_digits(digits: &str) -> Option<Date> {
    if let (8 | 12 | 14, Some(date)) = (digits.len(), read_form("%Y%m%d", digits)) {
        return Some(date);
    }
    let number: i64 = digits.parse().ok()?;
    let time = match digits.len() {
        // Times of nine digits start in 1973.
        9 | 10 => Timestamp::from_second(number),
        12 | 13 => Timestamp::from_millisecond(number),
        15 | 16 => Timestamp::from_microsecond(number),
        18 | 19 => Timestamp::from_nanosecond(i128::from(number)),
        _ => return None,
    };
    Some(Offset::UTC.to_datetime(time.ok()?).date())
}

/// Reads a form in which the day or the month may come first.
fn read_either(text: &str, day_first: Option<bool>) -> Result<Date, Unread> {
    for (day_form, month_form) in DAY_OR_MONTH_FIRST {
        match (read_form(day_form, text), read_form(month_form, text)) {
            (Some(one), Some(other)) if one != other => {
                return match day_first {
                    Some(true) => Ok(one),
                    Some(false) => Ok(other),
                    None => Err(Unread::Ambiguous(one, other)),
                };
            }
            (Some(date), _) | (None, Some(date)) => return Ok(date),
            (None, None) => {}
        }
    }
    Err(Unread::Unknown)
}

/// The date of a text in this form, with or without a time of day.
fn read_form(form: &str, text: &str) -> Option<Date> {
    let (fields, read) = BrokenDownTime::parse_prefix(form, text).ok()?;
    let rest = text.get(read..)?;
    let date = fields.to_date().ok()?;
    (date.year() >= FIRST_YEAR && is_time(rest)).then_some(date)
}

/// Whether the text after a date is empty, a time of day, a zone, or both.
fn is_time(rest: &str) -> bool {
    if is_zone(rest) {
        return true;
    }
    let spaced = rest.trim_start_matches([' ', ':', '_']);
    let joined = rest.strip_prefix(['T', 't']).unwrap_or(rest);
    let fits = |form: &str, text: &str| {
        let end = BrokenDownTime::parse_prefix(form, text).ok().and_then(|(_, end)| text.get(end..));
        end.is_some_and(is_zone)
    };
    if spaced.len() < rest.len() {
        return TIMES.iter().any(|form| fits(form, spaced));
    }
    TIMES.iter().chain(&COMPACT_TIMES).any(|form| fits(form, joined))
}

/// Whether the text is empty or time zones in any of the usual forms: `Z`, `+02:00`, `GMT+2`, `EST`, `[Europe/Paris]`, `(CEST)`.
fn is_zone(text: &str) -> bool {
    text.split_whitespace().all(|word| {
        let word = word.trim_matches(['(', ')']);
        let (word, place) = word.split_once('[').unwrap_or((word, ""));
        let letters = word.bytes().take_while(u8::is_ascii_alphabetic).count();
        let (name, offset) = word.split_at(letters);
        let is_name = name.len() <= 5 && (name == "z" || !name.bytes().any(|byte| byte.is_ascii_lowercase()));
        is_place(place.trim_end_matches(']')) && (is_place(word) || is_name && is_offset(offset))
    })
}

/// Whether the text is like "Europe/Paris", or empty.
fn is_place(text: &str) -> bool {
    text.is_empty()
        || text.contains('/') && text.bytes().all(|byte| byte.is_ascii_alphabetic() || b"/_-".contains(&byte))
}

/// Whether the text is like "+02:00", "-0500" or "+2", or empty.
fn is_offset(text: &str) -> bool {
    let Some(digits) = text.strip_prefix(['+', '-']) else { return text.is_empty() };
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    (1..=6).contains(&count) && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b':')
}

/// A written date without the parts that its form does not need: the weekday at its start (which is returned), commas, "of", "at",
/// "the", points after abbreviations, ordinal endings; a time before the date is moved after it.
fn tidy(written: &str) -> (Option<Weekday>, String) {
    let words = written.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
    let mut words: Vec<Cow<'_, str>> = words.map(tidy_word).filter(|word| !is_filler(word)).collect();
    let weekday = take_weekday(&mut words);
    move_time_after(&mut words);
    let weekday = weekday.or_else(|| take_weekday(&mut words));
    (weekday, words.join(" "))
}

fn is_filler(word: &str) -> bool {
    ["of", "at", "the", "on", "-", "–", "|", "·"].iter().any(|filler| word.eq_ignore_ascii_case(filler))
}

/// Simplifies a word: "8th" → "8", "Aug." → "Aug", "Sept" → "Sep", "p.m." → "pm".
fn tidy_word(word: &str) -> Cow<'_, str> {
    let letters = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'.');
    if word.contains('.') && letters(word) {
        return tidy_word(&word.replace('.', "")).into_owned().into();
    }
    if let Some(at) = word.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)
        && ["st", "nd", "rd", "th"].iter().any(|ending| word[at..].eq_ignore_ascii_case(ending))
    {
        return Cow::Borrowed(&word[..at]);
    }
    match word.to_ascii_lowercase().find("sept") {
        // The abbreviation "Sept", not "September".
        Some(at) if !word[at + 4..].starts_with(|c: char| c.is_ascii_alphabetic()) => {
            format!("{}{}", &word[..at + 3], &word[at + 4..]).into()
        }
        _ => Cow::Borrowed(word),
    }
}

fn take_weekday(words: &mut Vec<Cow<'_, str>>) -> Option<Weekday> {
    let weekday = weekday(words.first()?)?;
    words.remove(0);
    Some(weekday)
}

fn weekday(word: &str) -> Option<Weekday> {
    const NAMES: [&str; 7] = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let word = word.to_ascii_lowercase();
    let place = NAMES.iter().position(|name| word.len() >= 3 && name.starts_with(&word))?;
    Weekday::from_sunday_zero_offset(place as i8).ok()
}

/// "10:30 am EDT May 8 2024" becomes "May 8 2024 10:30 am EDT".
fn move_time_after(words: &mut [Cow<'_, str>]) {
    let is_clock = |word: &str| {
        let hour = word.bytes().take_while(u8::is_ascii_digit).count();
        (1..=2).contains(&hour) && word[hour..].starts_with(':')
    };
    if !words.first().is_some_and(|word| is_clock(word)) {
        return;
    }
    let belongs = |word: &str| {
        let half = word.eq_ignore_ascii_case("am") || word.eq_ignore_ascii_case("pm");
        let is_month = BrokenDownTime::parse_prefix("%b", word).is_ok();
        let starts_date = word.starts_with(|c: char| c.is_ascii_digit());
        half || !is_month && weekday(word).is_none() && !starts_date && is_zone(word)
    };
    let length = 1 + words[1..].iter().take_while(|word| belongs(word)).count();
    words.rotate_left(length);
}

impl Unread {
    /// The message for a date written like this: the problem and its remedy.
    pub(super) fn message(self, written: &str) -> String {
        let long = |date: Date| date.strftime("%-d %B %Y").to_string();
        match self {
            Self::Unknown => format!("the date {written} could not be read; write it as YYYY-MM-DD"),
            Self::Ambiguous(day_first, month_first) => format!(
                "the date {written} may be {} or {}; set input.day_first to true or false",
                long(day_first),
                long(month_first)
            ),
            Self::Weekday(weekday, date) => {
                format!(
                    "the date {written} names a {weekday:?}, but {} is a {:?}",
                    long(date),
                    date.weekday()
                )
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(written: &str) -> String {
        read_text(written, None).map_or_else(|unread| format!("{unread:?}"), |date| date.to_string())
    }

    #[test]
    fn every_common_form_of_one_day() {
        for written in [
            "2024-05-08",
            " 2024-05-08 ",
            "2024-5-8",
            "2024-05-08T10:30:00Z",
            "2024-05-08t10:30:00z",
            "2024-05-08T10:30:00.123456+02:00",
            "2024-05-08T23:59:59-11:00",
            "2024-05-08 10:30:00",
            "2024-05-08 10:30:00 +0000 UTC",
            "2024-05-08T10:30",
            "2024-05-08T10:30:00+02:00[Europe/Paris]",
            "2024-05-08+02:00",
            "2024-05-08Z",
            "20240508",
            "20240508T103000Z",
            "20240508103000",
            "202405081030",
            "2024/05/08",
            "2024/5/8 10:30",
            "2024.05.08",
            "2024-W19-3",
            "Wed, 08 May 2024 10:30:00 +0200",
            "Wed, 8 May 2024 10:30:00 GMT",
            "Wed, 08 May 24 10:30:00 EST",
            "8 May 2024 10:30:00 -0700 (PDT)",
            "May 8, 2024",
            "MAY 8, 2024",
            "may 8 2024",
            "May 8th, 2024",
            "Wednesday, May 8, 2024",
            "Wed., May 8, 2024",
            "Wednesday 8 May 2024",
            "8 May 2024",
            "8th May 2024",
            "8th of May, 2024",
            "the 8th of May 2024",
            "08 May 2024 at 10:30",
            "May 8, 2024 at 10:30 a.m.",
            "May 8, 2024, 10:30 PM EDT",
            "May 8, 2024 10:30pm",
            "May 8, 2024 | 3 p.m.",
            "10:30 AM EDT, Wed May 8, 2024",
            "10:30, 8 May 2024",
            "8-May-2024",
            "08-MAY-24",
            "08/May/2024:10:30:00 +0200",
            "2024 May 8",
            "2024-May-08",
            "08.05.2024",
            "8.5.2024 10:30",
            "08.05.2024, 10.30",
            "Wed May  8 10:30:00 2024",
            "Wed May 08 10:30:00 +0000 2024",
            "Wed May  8 10:30:00 UTC 2024",
            "1715155200",
            "1715155200000",
            "1715155200000000",
            "1715155200000000000",
        ] {
            assert_eq!(day(written), "2024-05-08", "{written}");
        }
    }

    #[test]
    fn months_by_all_their_names() {
        for (written, expected) in [
            ("Jan. 5, 2023", "2023-01-05"),
            ("5 February 2023", "2023-02-05"),
            ("Sept. 5, 2023", "2023-09-05"),
            ("Sept 5, 2023", "2023-09-05"),
            ("5-Sept-2023", "2023-09-05"),
            ("September 5th, 2023", "2023-09-05"),
            ("5 SEP 2023", "2023-09-05"),
            ("DECEMBER 31 1999", "1999-12-31"),
            ("29 Feb 2024", "2024-02-29"),
        ] {
            assert_eq!(day(written), expected, "{written}");
        }
    }

    #[test]
    fn day_and_month_are_not_guessed() {
        let (may, august) = (jiff::civil::date(2024, 5, 8), jiff::civil::date(2024, 8, 5));
        for written in ["08/05/2024", "8/5/2024 10:30", "08-05-2024", "8 5 2024", "08/05/2024, 10:30 PM"] {
            assert_eq!(read_text(written, None), Err(Unread::Ambiguous(may, august)), "{written}");
            assert_eq!(read_text(written, Some(true)), Ok(may), "{written}");
            assert_eq!(read_text(written, Some(false)), Ok(august), "{written}");
        }
        // Only one reading is a valid day.
        for (written, expected) in [
            ("13/05/2024", "2024-05-13"),
            ("05/13/2024", "2024-05-13"),
            ("31-12-2024", "2024-12-31"),
            ("12/31/2024 10:30:00 PM", "2024-12-31"),
            ("05/05/2024", "2024-05-05"),
        ] {
            for day_first in [None, Some(true), Some(false)] {
                assert_eq!(read_text(written, day_first).map(|date| date.to_string()), Ok(expected.into()));
            }
        }
        assert_eq!(
            Unread::Ambiguous(may, august).message("\"08/05/2024\""),
            "the date \"08/05/2024\" may be 8 May 2024 or 5 August 2024; set input.day_first to true or false"
        );
    }

    #[test]
    fn invalid_days_are_not_read() {
        for written in [
            "yesterday",
            "2024",
            "2024-05",
            "May 2024",
            "8 May",
            "2024-02-30",
            "2024-13-08",
            "31 April 2024",
            "0000-00-00",
            "0001-01-01T00:00:00",
            "08/05/24",
            "8 May 2024 2025",
            "24-05-08",
            "May 8, 24",
            "2024-05-08 to 2024-05-09",
            "2024-05-08, updated 2024-05-09",
            "2024-05-08 draft",
            "8 mai 2024",
            "May 8, 2024 25:00",
            "2024-05-0",
            "2024-05-081",
            "20240508x",
            "1715155200s",
            "0",
            "12345",
            "-1715155200",
            "8 May 20245",
            "٨ مايو ٢٠٢٤",
            "2024-05-08 10:30 by Jane",
            "",
            "–",
            "t",
            "10:30",
            "May",
            "Wednesday",
            "sept",
            "8th",
            ",",
            "2024-W60-1",
        ] {
            assert_eq!(read_text(written, None), Err(Unread::Unknown), "{written}");
        }
        let tuesday = read_text("Tuesday, May 8, 2024", None).map_err(|unread| unread.message("\"…\""));
        assert_eq!(tuesday, Err("the date \"…\" names a Tuesday, but 8 May 2024 is a Wednesday".to_owned()));
    }

    #[test]
    fn numbers() {
        for (written, expected) in [
            ("1715155200", Some("2024-05-08")),
            ("1715155200.25", Some("2024-05-08")),
            ("1715155200000", Some("2024-05-08")),
            ("20240508", Some("2024-05-08")),
            ("100000000", Some("1973-03-03")),
            ("1.7151552e9", None),
            ("2024", None),
            ("-5", None),
            ("0", None),
            ("99999999", None),
        ] {
            let read = read_number(written).ok().map(|date| date.to_string());
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_panics(text in "([0-9]{1,4}|[-/., :T+]|st|th|of|am|Sept|May|Wed|GMT|\\PC){0,12}") {
            let _ = read_text(&text, None);
            let _ = read_number(&text);
        }

        #[test]
        fn every_day_reads_back(day in -300_000i64..2_900_000) {
            let date = jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().days(day % 700_000)).expect("a day");
            if date.year() >= FIRST_YEAR {
                for form in ["%Y-%m-%d", "%A, %B %-d, %Y", "%a, %d %b %Y %H:%M:%S +0000", "%d.%m.%Y", "%Y%m%d"] {
                    let written = date.to_datetime(jiff::civil::time(1, 2, 3, 0)).strftime(form).to_string();
                    proptest::prop_assert_eq!(read_text(&written, None), Ok(date), "{}", written);
                }
            }
        }
    }
}
