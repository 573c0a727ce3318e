//! Dates and periods of a suite against found figures, compared as stretches of days.

use copydesk_core::layers::{Figure, FigureKind, Value as Amount};
use copydesk_gold::GoldDocument;
use jiff::ToSpan;
use jiff::civil::{Date, ISOWeekDate, Weekday};
use serde_json::Value;

use super::duration;

/// From a day to the day after the last one.
type Days = (Date, Date);

/// Whether a case is about more than dates and periods: times of day, sets, durations, zones.
pub(super) fn needs_more_than_days(wanted: &[Value]) -> bool {
    wanted.iter().any(|item| {
        let value = item.get("value");
        let kind = item.get("kind").and_then(Value::as_str).unwrap_or("");
        let types = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let typed = types.iter().filter_map(|value| value.get("type").and_then(Value::as_str));
        let typed: Vec<&str> = typed.collect();
        if typed.is_empty() {
            let text = value.map_or_else(String::new, ToString::to_string);
            let reference = text.contains("_REF");
            let clock =
                text.contains(":0") || text.contains(":3") || text.contains(":5") || text.contains('T');
            let span =
                matches!(kind, "duration" | "set" | "time" | "timerange" | "datetimerange" | "timezone");
            reference
                || span && kind != "duration"
                || clock && !text.contains("Timex") && !text.contains("PT")
        } else {
            typed.iter().any(|kind| !matches!(*kind, "date" | "daterange"))
        }
    })
}

/// Whether one of the figures is the date or period of the gold.
pub(super) fn matches<'a>(
    item: &Value,
    mut figures: impl Iterator<Item = Figure<'a>>,
    gold: &GoldDocument,
) -> bool {
    let Some(value) = item.get("value").filter(|value| !value.is_null()) else {
        return figures.next().is_some();
    };
    let mut texts = Vec::new();
    let (mut stretches, mut ends) = (Vec::new(), Vec::new());
    wanted(value, &mut texts, &mut stretches, &mut ends);
    let relative = gold.date.is_none();
    figures.any(|figure| same(figure, &texts, &stretches, &ends, relative))
}

fn same(figure: Figure<'_>, texts: &[String], stretches: &[Days], ends: &[Date], relative: bool) -> bool {
    let (text, stretch) = match figure.value() {
        // What comes again is a repeating interval here, and its length in TIMEX.
        Some(Amount::Iso(iso)) => (iso.trim_start_matches("R/").to_owned(), days(iso)),
        Some(Amount::Interval(from, to)) => {
            let ends = || Some((days(from?)?.0, days(to?)?.1));
            // "from 2014 to 2018" with its last year left out, as some suites have it.
            let open = || Some((days(from?)?.0, days(to?)?.0));
            if open().is_some_and(|found| stretches.contains(&found)) {
                return true;
            }
            (format!("{}/{}", from.unwrap_or(""), to.unwrap_or("")), ends())
        }
        Some(Amount::Number(number)) => (number.to_string(), None),
        _ => return false,
    };
    let year =
        |wanted: &str| wanted.strip_prefix("FY").or_else(|| wanted.strip_prefix("SY")).map(str::to_owned);
    // "mid May", "after the middle of May" are right as May.
    let part_of_month = texts.iter().any(|wanted| wanted.starts_with("XXXX-") && wanted.len() == 7)
        && stretch.is_some_and(|found| {
            let inside = |day: &Date| {
                found.0 <= *day && *day <= found.1 && found.1 - jiff::Span::new().days(32) < found.0
            };
            stretches.iter().any(|wanted| inside(&wanted.0) && inside(&wanted.1)) || ends.iter().any(inside)
        });
    texts.iter().any(|wanted| *wanted == text || year(wanted).is_some_and(|year| year == text))
        || part_of_month
        // "two months ago" is a month here and a day there.
        || matches!(figure.rule(), "ago" | "from-now" | "in" | "later" | "earlier")
            && stretch.is_some_and(|found| stretches.iter().any(|wanted| found.0 <= wanted.0 && wanted.1 <= found.1))
        || stretch.is_some_and(|found| ends.contains(&found.0) || ends.contains(&found.1))
        || stretch.is_some_and(|found| stretches.iter().any(|wanted| equal(*wanted, found)))
        || relative && figure.is_relative() && texts.iter().any(|wanted| compatible(&text, wanted))
        || figure.kind() == FigureKind::Duration && texts.iter().any(|wanted| duration::same_length(wanted, &text))
}

/// The same stretch, the last day counted in or not.
fn equal(a: Days, b: Days) -> bool {
    let next = |day: Date| day.tomorrow().unwrap_or(day);
    a.0 == b.0 && (a.1 == b.1 || next(a.1) == b.1 || a.1 == next(b.1))
}

/// Collects what the gold accepts: ISO and TIMEX texts, and stretches of days.
fn wanted(value: &Value, texts: &mut Vec<String>, stretches: &mut Vec<Days>, ends: &mut Vec<Date>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| wanted(item, texts, stretches, ends)),
        Value::String(text) => {
            // duckling: "2013,2,15,0,0,0".
            let parts: Vec<i16> = text.split(',').filter_map(|part| part.trim().parse().ok()).collect();
            if let [year, month, day, ..] = parts[..]
                && let Ok(date) = Date::new(year, month as i8, day as i8)
            {
                texts.extend([date.to_string(), format!("{year:04}-{month:02}"), format!("{year:04}")]);
            }
            stretches.extend(days(text));
            texts.push(text.clone());
        }
        Value::Object(fields) => {
            let text = |name: &str| fields.get(name).and_then(Value::as_str);
            for name in ["FutureResolution", "PastResolution"] {
                if let Some(inner) = fields.get(name) {
                    wanted(inner, texts, stretches, ends);
                }
            }
            for timex in ["timex", "Timex", "value", "date"].into_iter().filter_map(text) {
                stretches.extend(days(timex));
                if let Some((from, to)) = timex.trim_matches(['(', ')']).split_once(',') {
                    let to = to.split(',').next().unwrap_or(to);
                    stretches.extend(days(from).zip(days(to)).map(|(from, to)| (from.0, to.0)));
                }
                texts.push(timex.to_owned());
            }
            let from = ["start", "startDate"].into_iter().find_map(text).and_then(days);
            let to = ["end", "endDate"].into_iter().find_map(text).and_then(days);
            stretches.extend(from.zip(to).map(|(from, to)| (from.0, to.0)));
            // "since August": the one end that is given.
            if let (Some(one), None) | (None, Some(one)) = (from, to) {
                ends.push(one.0);
            }
            // chrono: {"start": {"year", "month", "day"}}.
            let part = |name: &str| fields.get(name).and_then(civil);
            if let Some(from) = part("start") {
                let to = part("end").unwrap_or(from);
                stretches.push((from, to.tomorrow().unwrap_or(to)));
                texts.push(format!("{:04}-{:02}", from.year(), from.month()));
            }
        }
        _ => {}
    }
}

fn civil(value: &Value) -> Option<Date> {
    let part = |name: &str| value.get(name).and_then(Value::as_i64);
    Date::new(part("year")? as i16, part("month")? as i8, part("day").unwrap_or(1) as i8).ok()
}

/// The days that an ISO 8601 text covers: a year, quarter, month, week, weekend, day, decade.
fn days(text: &str) -> Option<Days> {
    let bytes = text.as_bytes();
    let first = |year: i16, month: i8| Date::new(year, month, 1).ok();
    let months = |from: Date, count: i64| Some((from, from.checked_add(count.months()).ok()?));
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if digits == 3 && text.len() == 3 {
        let year: i16 = text.parse().ok()?;
        return months(first(year * 10, 1)?, 120);
    }
    if digits != 4 {
        return None;
    }
    let year: i16 = text.get(..4)?.parse().ok()?;
    let rest = text.get(4..)?;
    if rest.is_empty() {
        return months(first(year, 1)?, 12);
    }
    let rest = rest.strip_prefix('-')?;
    if let Some(week) = rest.strip_prefix('W') {
        let number: i8 = week.get(..2)?.parse().ok()?;
        let monday = ISOWeekDate::new(year, number, Weekday::Monday).ok()?.date();
        let day = |by: i64| monday.checked_add(by.days()).ok();
        return match week.get(2..)? {
            "" => Some((monday, day(7)?)),
            "-WE" => Some((day(5)?, day(7)?)),
            _ => None,
        };
    }
    if let Some(quarter) = rest.strip_prefix('Q') {
        let number: i8 = quarter.parse().ok()?;
        return months(first(year, number.checked_mul(3)?.checked_sub(2)?)?, 3);
    }
    if let Some(half) = rest.strip_prefix('H') {
        let number: i8 = half.parse().ok()?;
        return months(first(year, number.checked_mul(6)?.checked_sub(5)?)?, 6);
    }
    let month: i8 = rest.get(..2)?.parse().ok()?;
    if rest.len() == 2 {
        return months(first(year, month)?, 1);
    }
    let day: i8 = rest.get(3..5)?.parse().ok()?;
    let date = Date::new(year, month, day).ok()?;
    Some((date, date.tomorrow().ok()?))
}

/// Whether a relative date does not contradict a resolved one: the same month, weekday, or at least grain.
fn compatible(found: &str, wanted: &str) -> bool {
    if let Some(weekday) = found.strip_prefix("XXXX-WXX-") {
        let same = |date: Date| weekday.parse() == Ok(date.weekday().to_monday_one_offset());
        return wanted.len() == 10 && wanted.parse::<Date>().is_ok_and(same);
    }
    if let Some(rest) = found.strip_prefix("XXXX") {
        return wanted.get(4..) == Some(rest);
    }
    let Some(step) = found.strip_prefix('P') else { return false };
    let grain = |text: &str| match text.len() {
        4 => 'Y',
        7 if text.as_bytes().get(5) == Some(&b'Q') => 'Q',
        7 => 'M',
        8 => 'W',
        10 => 'D',
        _ => '-',
    };
    // "a year ago" beside a quarter: the text does not say how exactly.
    step.ends_with('Y') && step != "0Y"
        || step.ends_with(grain(wanted))
        || step.ends_with('M') && grain(wanted) == 'Q'
}
