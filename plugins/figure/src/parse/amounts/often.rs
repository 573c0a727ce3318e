//! How often: "weekly", "three times a day".

use copydesk_core::Decimal;
use copydesk_core::layers::FigureKind;

use crate::item::{Content, Counted, Item, Per};
use crate::origin;
use crate::parse::amounts::per;
use crate::sentence::keys::phrase_hash;
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::vocabulary::role;
use crate::sentence::{frequency, words};

/// "The fee is paid monthly", "They meet weekly": repetition, given by an adverb.
pub(crate) fn adverb_set(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let unit = frequency::frequency_after(scope, at)?;
    // "a leading German daily in Bonn" is a newspaper; "the two weeklies" never gets here.
    let verb = at.wrapping_sub(1);
    let adjective = |at: usize| {
        let text = scope.text(at);
        scope.is_word(at) && !scope.has(at, role::VERB) && !text.ends_with("ed") && !text.ends_with('s')
    };
    let paper = (1..=3)
        .map(|back| at.wrapping_sub(back))
        .find(|at| !adjective(*at) || scope.listed(*at, list::DETERMINER));
    let noun = scope.text(at) != "annually"
        && paper.is_some_and(|at| scope.listed(at, list::DETERMINER) || scope.is(at, words::OF));
    if noun || !scope.is_lower_word(verb) || scope.is_any(at + 1, &[words::AND, words::OR]) {
        return None;
    }
    let content = Content::Repeat(Decimal::from(1));
    let mut item = Item::new(at, at + 1, scope.span(at, at + 1), FigureKind::Duration, content, origin::SET);
    item.set_unit(unit);
    Some(item)
}

/// "once a week", "twice a year": the number of times, given by an adverb.
pub(crate) fn times_a(scope: &Scope<'_>, at: usize) -> Option<Item> {
    let count = match scope.text(at) {
        "once" | "Once" => 1,
        "twice" | "Twice" => 2,
        "thrice" => 3,
        _ => return None,
    };
    let joint = usize::from(scope.is(at + 1, words::HYPHEN) && scope.glued(at + 1));
    let (unit, end) = per::per_time(scope, at + 1 + joint)?;
    // "once a year has passed"
    if scope.has(end, role::VERB) || scope.is(end, words::OF) {
        return None;
    }
    let content = Content::Number(Decimal::from(count));
    let mut item = Item::new(at, end, scope.span(at, end), FigureKind::Quantity, content, origin::TIMES_A);
    item.counted = Counted::Unit(scope.vocabulary.unit(phrase_hash("times"), 0, false)?);
    item.per = Some(Per::Unit(unit));
    Some(item)
}
