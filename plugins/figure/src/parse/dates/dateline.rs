//! The day of publication according to the text, if the document has none: a line near its beginning that is only a whole date,
//! "Monday, March 16, 2015".

use copydesk_core::DocumentView;
use jiff::civil::Date;

use crate::item::Content;
use crate::lex::calendar_number;
use crate::parse::dates::calendar;
use crate::patterns::Patterns;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::{Vocabulary, role};
use crate::sentence::{marks, words};
use crate::when::When;

/// The number of sentences at the beginning in which such a line is searched for: headline, line of places, line of the day.
const LINES: usize = 4;

/// The day that a line of its own gives.
pub(crate) fn stated_day(
    doc: &DocumentView<'_>,
    vocabulary: &Vocabulary,
    patterns: &Patterns,
    day_first: bool,
) -> Option<Date> {
    doc.sentences().iter().take(LINES).find_map(|sentence| {
        let scope = &Scope::new(doc, vocabulary, None, day_first, sentence.tokens());
        // "Monday, March 16, 2015", "Published: 16 March 2015"
        let label = usize::from(scope.is(scope.start + 1, words::COLON)) * 2;
        let at = scope.start + label + place_before_date(scope);
        if !(marks::is_digits(scope, at) || scope.has(at, role::WEEKDAY | role::MONTH)) {
            return None;
        }
        let item = patterns.date_inside(scope, at).or_else(|| calendar::calendar(scope, at))?;
        let Content::Time(When::Day(day)) = item.content else { return None };
        let year = (at..item.end).any(|at| calendar_number::year_at(scope, at) == Some(day.year()));
        // The line ends here, or the text continues with a capital because its line break was lost.
        let agency = at > scope.start && (scope.is_dash(item.end) || scope.is(item.end, words::OPEN))
            || place_after_date(scope, item.end);
        let ends = marks::is_end(scope, item.end)
            || agency
            || !scope.is_word(item.end) && scope.end <= item.end + 6
            || scope.is_capitalized(item.end) && scope.has(at, role::WEEKDAY);
        (year && ends).then_some(day)
    })
}

/// "July 5, 2019 (NAIROBI) -": whether a place in brackets and a dash come after a date.
fn place_after_date(scope: &Scope<'_>, at: usize) -> bool {
    scope.is(at, words::OPEN)
        && (at + 2..at + 6)
            .find(|close| scope.is(*close, words::CLOSE))
            .is_some_and(|close| scope.is_dash(close + 1))
}

/// The number of tokens of the place in capitals that begins a dateline: "NAIROBI, Jan. 5, 2021 (Agency)"; 0 without one.
fn place_before_date(scope: &Scope<'_>) -> usize {
    let capitals = |at: usize| {
        let text = scope.text(at);
        text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    if !capitals(scope.start) {
        return 0;
    }
    // "NAIROBI (Agency) - 5 July 2019"
    if let Some(dash) = (1..5).find(|ahead| scope.is(scope.start + ahead, words::OPEN)).and_then(|open| {
        let close = (open + 2..open + 6).find(|ahead| scope.is(scope.start + ahead, words::CLOSE))?;
        scope.is_dash(scope.start + close + 1).then_some(close + 1)
    }) {
        return dash + 1;
    }
    let comma = (1..4).find(|ahead| scope.is(scope.start + ahead, words::COMMA));
    comma.filter(|comma| (0..*comma).all(|ahead| capitals(scope.start + ahead))).map_or(0, |comma| comma + 1)
}
