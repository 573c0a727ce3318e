//! The kind of the output. The model has one label for events, works and laws; their words distinguish them.

use copydesk_core::RuleId;
use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;

use crate::recognize::model::{FoundName, kinds};
use crate::recognize::{beside, neighbours};
use crate::registry;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The kind of a name that the model found, and the rule.
pub(crate) fn of(reader: &Reader<'_>, found: &FoundName) -> (EntityKind, RuleId) {
    let kind = kinds::output(found.kind);
    let first = found.tokens.start;
    // "The West", to which the model gives different kinds.
    if found.tokens.len() == 1 && neighbours::is_the_west(reader, first) {
        return (EntityKind::Location, registry::THE_WEST);
    }
    // "Hurricane Odette" looks like a person.
    let storm = found.tokens.len() > 1 && names_storm(reader, first);
    if kind == EntityKind::Person && storm {
        return (EntityKind::Event, registry::EVENT_CUE);
    }
    // "Dynamo Brevik", "Velden & Sons" and "Orkla River" look like people too.
    if kind == EntityKind::Person && found.tokens.len() > 1 {
        let last = found.tokens.end - 1;
        let firm = || reader.has(last, cue::ORG_END) && found.tokens.clone().any(|at| reader.text(at) == "&");
        if reader.has_flag(first, thing::CLUB) || firm() {
            return (EntityKind::Organization, registry::NO_PERSON);
        } else if reader.has_flag(last, thing::PLACE) {
            return (EntityKind::Location, registry::NO_PERSON);
        }
    }
    let by_neighbours = || beside::corrected(reader, &found.tokens, kind);
    if !matches!(kind, EntityKind::Other | EntityKind::Product) {
        if let Some(by_neighbours) = by_neighbours() {
            return by_neighbours;
        }
        return (kind, registry::MODEL);
    }
    let last = found.tokens.end - 1;
    let connected =
        found.tokens.clone().skip(1).find(|&at| matches!(reader.text(at), "of" | "on" | "for" | "against"));
    let head = connected.map_or(last, |at| at - 1);
    let is = |cue: u64| reader.has(head, cue) || reader.has(last, cue);
    // "Northern Ports Authority", "Facebook"
    let single = found.tokens.len() == 1;
    if !single && reader.has_flag(last, thing::PUBLIC) || single && reader.has(last, cue::ORG) {
        return (EntityKind::Organization, registry::ORGANIZATION);
    }
    let marked = |at: Option<usize>| {
        at.and_then(|at| reader.doc.tokens().get(at)).is_some_and(|token| token.has(flag::QUOTE_MARK))
    };
    if is(cue::LAW_END) {
        (EntityKind::Law, registry::LAW_CUE)
    } else if is(cue::EVENT_END) || reader.has(first, cue::EVENT_HEAD) {
        (EntityKind::Event, registry::EVENT_CUE)
    } else if is(cue::PRODUCT_END) {
        (EntityKind::Product, registry::PRODUCT_CUE)
    } else if marked(first.checked_sub(1)) && marked(Some(last + 1)) {
        (EntityKind::Work, registry::WORK_MARKS)
    } else {
        by_neighbours().unwrap_or((kind, registry::MODEL))
    }
}

/// Whether a word before the name of a person makes it an event.
pub(crate) fn names_storm(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::EVENT_HEAD) && !reader.has(at, cue::GIVEN)
}
