//! Fiscal and school years: "fiscal 2008", "FY2021-22", "the 2021 school year".

use copydesk_core::segment::token_flag;

use crate::item::Item;
use crate::lex::calendar_number;
use crate::origin;
use crate::parse::dates::dated;
use crate::sentence::scope::Scope;
use crate::sentence::words;
use crate::when::When;

/// "fiscal year 2008", "fiscal 1974", "FY2021-22", "the 2021 school year" (its first year), "last fiscal year".
pub(crate) fn fiscal(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let text = scope.text(at);
    let short = |digits: &str| -> Option<i16> {
        let year: i16 = digits.parse().ok()?;
        match digits.len() {
            2 => Some(2000 + year),
            4 => Some(year).filter(|year| (1900..2100).contains(year)),
            _ => None,
        }
    };
    let (year, mut end) = if let Some(digits) = text.strip_prefix("FY") {
        if digits.is_empty() { (short(scope.text(at + 1))?, at + 2) } else { (short(digits)?, at + 1) }
    } else {
        let noun = at + 1 + usize::from(scope.is(at + 1, words::YEAR));
        (calendar_number::year_at(scope, noun)?, noun + 1)
    };
    // "2021-22"
    let dash = scope.is_dash(end) || scope.is(end, words::SLASH);
    if dash
        && scope.glued(end)
        && let Some(last) = scope.small(end + 1).filter(|_| matches!(scope.text(end + 1).len(), 2 | 4))
    {
        let last = if scope.text(end + 1).len() == 2 { year / 100 * 100 + last as i16 } else { last as i16 };
        if last == year + 1 {
            end += 2;
            return Some(dated::period_item(
                scope,
                at,
                end,
                When::Year(year),
                When::Year(last),
                origin::FISCAL_YEAR,
            ));
        }
    }
    let token = scope.token(at)?;
    (token.has(token_flag::DIGIT) || end > at + 1)
        .then(|| dated::date_item(scope, at, end, When::Year(year), origin::FISCAL_YEAR))
}
