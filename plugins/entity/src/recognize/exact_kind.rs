//! The kind of the output. The model has one label for events, works and laws; their words distinguish them.

use copydesk_core::RuleId;
use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;

use crate::recognize::model::{FoundName, kinds};
use crate::recognize::{beside, neighbours};
use crate::registry;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The kind of a name, the rule that gave it, and what it is based on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading {
    pub(crate) kind: EntityKind,
    pub(crate) rule: RuleId,
    pub(crate) basis: Basis,
}

/// What shows the kind of a name, and so whether other mentions can change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Basis {
    /// The model, or a cue that agrees with the model's label.
    Model,
    /// Words of the name or next to it that contradict the model: "Dynamo Brevik", "the ferry Dona Rosa".
    Words,
    /// A verb of travel before it: "visited Jordan".
    Visit,
}

impl Reading {
    pub(crate) fn new(kind: EntityKind, rule: RuleId, basis: Basis) -> Self {
        Self { kind, rule, basis }
    }
}

/// The kind of a name that the model found.
pub(crate) fn of(reader: &Reader<'_>, found: &FoundName) -> Reading {
    let by_model = |kind, rule| Reading::new(kind, rule, Basis::Model);
    let by_words = |kind, rule| Reading::new(kind, rule, Basis::Words);
    let kind = kinds::output(found.kind);
    let first = found.tokens.start;
    // "The West", to which the model gives different kinds.
    if found.tokens.len() == 1 && neighbours::is_the_west(reader, first) {
        return by_model(EntityKind::Location, registry::THE_WEST);
    }
    // "Hurricane Odette" looks like a person.
    let storm = found.tokens.len() > 1 && names_storm(reader, first);
    if kind == EntityKind::Person && storm {
        return by_model(EntityKind::Event, registry::EVENT_CUE);
    }
    // "Dynamo Brevik", "Velden & Sons" and "Orkla River" look like people too.
    if kind == EntityKind::Person && found.tokens.len() > 1 {
        let last = found.tokens.end - 1;
        let firm = || reader.has(last, cue::ORG_END) && found.tokens.clone().any(|at| reader.text(at) == "&");
        if reader.has_flag(first, thing::CLUB) || firm() {
            return by_words(EntityKind::Organization, registry::NO_PERSON);
        } else if reader.has_flag(last, thing::PLACE) {
            return by_words(EntityKind::Location, registry::NO_PERSON);
        }
    }
    let by_neighbours = || beside::corrected(reader, &found.tokens, kind);
    if !matches!(kind, EntityKind::Other | EntityKind::Product) {
        if let Some(by_neighbours) = by_neighbours() {
            return by_neighbours;
        }
        return by_model(kind, registry::MODEL);
    }
    let last = found.tokens.end - 1;
    let connected =
        found.tokens.clone().skip(1).find(|&at| matches!(reader.text(at), "of" | "on" | "for" | "against"));
    let head = connected.map_or(last, |at| at - 1);
    let is = |cue: u64| reader.has(head, cue) || reader.has(last, cue);
    // "Northern Ports Authority", "Facebook"
    let single = found.tokens.len() == 1;
    if !single && reader.has_flag(last, thing::PUBLIC) || single && reader.has(last, cue::ORG) {
        return by_words(EntityKind::Organization, registry::ORGANIZATION);
    }
    let marked = |at: Option<usize>| {
        at.and_then(|at| reader.doc.tokens().get(at)).is_some_and(|token| token.has(flag::QUOTE_MARK))
    };
    if is(cue::LAW_END) {
        by_model(EntityKind::Law, registry::LAW_CUE)
    } else if is(cue::EVENT_END) || reader.has(first, cue::EVENT_HEAD) {
        by_model(EntityKind::Event, registry::EVENT_CUE)
    } else if is(cue::PRODUCT_END) {
        by_model(EntityKind::Product, registry::PRODUCT_CUE)
    } else if marked(first.checked_sub(1)) && marked(Some(last + 1)) {
        by_model(EntityKind::Work, registry::WORK_MARKS)
    } else {
        by_neighbours().unwrap_or_else(|| by_model(kind, registry::MODEL))
    }
}

/// Whether a word before the name of a person makes it an event.
pub(crate) fn names_storm(reader: &Reader<'_>, at: usize) -> bool {
    reader.has(at, cue::EVENT_HEAD) && !reader.has(at, cue::GIVEN)
}
