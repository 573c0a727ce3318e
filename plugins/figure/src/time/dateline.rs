//! The day of publication as the text itself indicates it, where the document has none: a line near its beginning that is nothing but a
//! whole date, "Monday, March 16, 2015".

use copydesk_core::DocumentView;
use jiff::civil::Date;

use crate::item::Content;
use crate::scope::Scope;
use crate::time::when::When;
use crate::vocabulary::{Vocabulary, role};
use crate::words;

/// Sentences from the beginning in which such a line is looked for: headline, line of places, line of the day.
const LINES: usize = 4;

/// The day that a line of its own indicates.
pub(crate) fn told_day(doc: &DocumentView<'_>, vocabulary: &Vocabulary, day_first: bool) -> Option<Date> {
    doc.sentences().iter().take(LINES).find_map(|sentence| {
        let tokens = sentence.tokens();
        let scope = Scope { doc, vocabulary, today: None, day_first, start: tokens.start, end: tokens.end };
        // "Monday, March 16, 2015", "Published: 16 March 2015"
        let label = usize::from(scope.is(scope.start + 1, words::COLON)) * 2;
        let at = scope.start + label + scope.place_before_date();
        if !(scope.is_digits(at) || scope.has(at, role::WEEKDAY | role::MONTH)) {
            return None;
        }
        let item = scope.calendar(at)?;
        let Content::Time(When::Day(day)) = item.content else { return None };
        let year = (at..item.end).any(|at| scope.year_at(at) == Some(day.year()));
        // The line ends here, or the text goes on with a capital, its end of line lost.
        let agency = at > scope.start && (scope.is_dash(item.end) || scope.is(item.end, words::OPEN))
            || scope.place_behind_date(item.end);
        let ends = scope.is_end(item.end)
            || agency
            || !scope.is_word(item.end) && scope.end <= item.end + 6
            || scope.is_capitalized(item.end) && scope.has(at, role::WEEKDAY);
        (year && ends).then_some(day)
    })
}

impl Scope<'_> {
    /// "July 5, 2019 (NAIROBI) -": whether a place in brackets and a dash are behind a date.
    fn place_behind_date(&self, at: usize) -> bool {
        self.is(at, words::OPEN)
            && (at + 2..at + 6)
                .find(|close| self.is(*close, words::CLOSE))
                .is_some_and(|close| self.is_dash(close + 1))
    }

    /// Tokens of the place in capitals that a dateline begins with: "NAIROBI, Jan. 5, 2021 (Agency)"; none without one.
    fn place_before_date(&self) -> usize {
        let capitals = |at: usize| {
            let text = self.text(at);
            text.len() > 2 && text.bytes().all(|byte| byte.is_ascii_uppercase())
        };
        if !capitals(self.start) {
            return 0;
        }
        // "NAIROBI (Agency) - 5 July 2019"
        if let Some(dash) = (1..5).find(|ahead| self.is(self.start + ahead, words::OPEN)).and_then(|open| {
            let close = (open + 2..open + 6).find(|ahead| self.is(self.start + ahead, words::CLOSE))?;
            self.is_dash(self.start + close + 1).then_some(close + 1)
        }) {
            return dash + 1;
        }
        let comma = (1..4).find(|ahead| self.is(self.start + ahead, words::COMMA));
        comma
            .filter(|comma| (0..*comma).all(|ahead| capitals(self.start + ahead)))
            .map_or(0, |comma| comma + 1)
    }
}
