//! Corrects the kind of a name by the words next to it, if its own words do not show the kind: firms and ships named like people,
//! clubs named like towns.

use std::ops::Range;

use copydesk_core::layers::EntityKind;
use copydesk_core::segment::token_flag as flag;

use crate::recognize::exact_kind::{Basis, Reading};
use crate::registry;
use crate::tables::{Listed, cue, thing};
use crate::words::Reader;

/// The kind that the words next to a name show, if it differs from the one that it has.
pub(crate) fn corrected(reader: &Reader<'_>, name: &Range<usize>, kind: EntityKind) -> Option<Reading> {
    let visited = Reading::new(EntityKind::Location, registry::VISITED, Basis::Visit);
    let by_words = |kind, rule| Some(Reading::new(kind, rule, Basis::Words));
    if is_country(reader, name) {
        return (kind == EntityKind::Person && is_visited(reader, name)).then_some(visited);
    }
    if matches!(kind, EntityKind::Group | EntityKind::Law | EntityKind::Event) {
        return None;
    }
    if is_ship(reader, name) {
        return by_words(EntityKind::Product, registry::SHIP);
    }
    let named_so = || {
        let firm = reader.has_flag(name.start, thing::FIRM)
            && reader.tables.things.is_firm(reader.name_hash(name.clone()));
        firm || is_firm(reader, name)
    };
    let unsure = matches!(kind, EntityKind::Person | EntityKind::Other | EntityKind::Product)
        || kind == EntityKind::Location && name.len() > 1 && reader.listed(name.clone()).is_none();
    if unsure && !is_titled(reader, name) && named_so() {
        return by_words(EntityKind::Organization, registry::FIRM);
    }
    if matches!(kind, EntityKind::Person | EntityKind::Location | EntityKind::Facility) {
        if is_club(reader, name, kind) {
            return by_words(EntityKind::Organization, registry::CLUB);
        }
        if kind == EntityKind::Person
            && name.len() == 1
            && reader.listed(name.clone()).is_some()
            && is_visited(reader, name)
        {
            return Some(visited);
        }
    }
    None
}

fn is_country(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    matches!(reader.listed(name.clone()), Some(Listed::Country(_)))
}

fn is_titled(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    reader.has(name.start, cue::HONORIFIC)
        || name
            .start
            .checked_sub(1)
            .is_some_and(|at| reader.has(at, cue::HONORIFIC) || reader.has(at, cue::ROLE | cue::ROLE_NOUN))
}

/// "visited Jordan", "flew to Jordan"
pub(crate) fn is_visited(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(1) else { return false };
    let travels = || {
        before.checked_sub(1).is_some_and(|at| {
            matches!(
                reader.text(at),
                "flew"
                    | "fly"
                    | "flying"
                    | "travelled"
                    | "traveled"
                    | "travel"
                    | "went"
                    | "moved"
                    | "fled"
                    | "trip"
                    | "visit"
                    | "flight"
                    | "arrived"
                    | "border"
            )
        })
    };
    reader.has_flag(before, thing::VISIT)
        || matches!(reader.text(before), "in" | "In")
        || matches!(reader.text(before), "to" | "from" | "into") && travels()
}

/// "the ferry Dona Paz"
fn is_ship(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let article = name.start.checked_sub(1).is_some_and(|at| matches!(reader.text(at), "the" | "The"));
    let prefix = name.len() > 1
        && (article || reader.text(name.start) != "MV")
        && matches!(reader.text(name.start), "MV" | "M/V" | "USS" | "HMS" | "HMAS" | "HMCS" | "RMS");
    let Some(mut before) = name.start.checked_sub(1) else { return prefix };
    if reader.token(before).has(flag::QUOTE_MARK) && before > 0 {
        before -= 1;
    }
    prefix
        || reader.has_flag(before, thing::SHIP)
            && !reader.is_capitalized(before)
            && !matches!(reader.text(before), "ship" | "boat")
        || matches!(reader.text(before), "ship" | "boat")
            && before.checked_sub(1).is_some_and(|at| {
                reader.token(at).is_word() && reader.token(at).sentence() == reader.token(before).sentence()
            })
            && !reader.is_capitalized(before)
            && !reader.has(name.end, cue::SPEECH)
}

/// Nouns that stand before people as well as before firms.
fn is_of_person(reader: &Reader<'_>, at: usize) -> bool {
    matches!(
        reader.text(at),
        "publisher"
            | "broker"
            | "developer"
            | "operator"
            | "provider"
            | "insurer"
            | "party"
            | "union"
            | "network"
            | "giant"
    )
}

/// Whether the words next to a name are those of a firm.
fn is_firm(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    follows_firm_words(reader, name) || precedes_firm_words(reader, name) || described(reader, name)
}

/// "shares of Marlin Voss", "analysts at Jordan Pike", "the start-up Odessa Bloom"
fn follows_firm_words(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let Some(before) = name.start.checked_sub(1) else { return false };
    if reader.token(before).sentence() != reader.token(name.start).sentence() || before == 0 {
        return false;
    }
    let earlier = before - 1;
    let startup = reader.text(before) == "up"
        && before > 1
        && reader.text(earlier) == "-"
        && reader.text(before - 2) == "start";
    if startup
        || reader.has(before, cue::ORG_NOUN)
            && !is_of_person(reader, before)
            && !reader.is_capitalized(before)
    {
        return true;
    }
    match reader.text(before) {
        "of" | "in" => {
            matches!(reader.text(earlier), "shares" | "Shares" | "stock" | "stake" | "shareholders" | "bonds")
        }
        "at" => {
            reader.has_flag(earlier, thing::STAFF)
                || matches!(
                    reader.text(earlier),
                    "profits" | "Profits" | "sales" | "Sales" | "Revenue" | "revenue"
                )
        }
        _ => false,
    }
}

/// "Marlin Voss shares rose", "the Marlin Voss CEO"
fn precedes_firm_words(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let end = name.end;
    match reader.text(end) {
        "shares" | "stock" => {
            matches!(
                reader.text(end + 1),
                "rose"
                    | "fell"
                    | "jumped"
                    | "dropped"
                    | "slid"
                    | "gained"
                    | "surged"
                    | "plunged"
                    | "climbed"
                    | "tumbled"
                    | "closed"
                    | "were"
                    | "have"
                    | "are"
                    | "traded"
                    | "soared"
                    | "sank"
            )
        }
        // "Marwick, which makes bicycles": "which" does not refer to people.
        "," => {
            reader.text(end + 1) == "which"
                && matches!(
                    reader.text(end + 2),
                    "makes"
                        | "made"
                        | "sells"
                        | "owns"
                        | "employs"
                        | "runs"
                        | "operates"
                        | "reported"
                        | "has"
                        | "is"
                        | "was"
                        | "had"
                        | "said"
                        | "builds"
                        | "produces"
                )
        }
        "reported" | "posted" => (end + 1..end + 4).any(|at| {
            matches!(
                reader.text(at),
                "earnings"
                    | "profit"
                    | "profits"
                    | "loss"
                    | "losses"
                    | "revenue"
                    | "revenues"
                    | "sales"
                    | "income"
                    | "results"
            )
        }),
        "CEO" | "executives" | "shareholders" | "plc" | "PLC" => true,
        "chief" => reader.text(end + 1) == "executive",
        "'s" | "’s" => {
            matches!(reader.text(end + 1), "shares" | "shareholders" | "stock" | "CEO")
                || reader.text(end + 1) == "chief" && reader.text(end + 2) == "executive"
        }
        _ => false,
    }
}

/// The longest description that is searched for its noun, in tokens.
const LONGEST_DESCRIPTION: usize = 6;

/// "Harper Quill, a maker of pens,": the first noun that shows a kind.
fn described(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let article = name.end + 1;
    if reader.text(name.end) != "," || !matches!(reader.text(article), "a" | "an" | "the") {
        return false;
    }
    for at in article + 1..article + 1 + LONGEST_DESCRIPTION {
        let token = reader.text(at);
        if matches!(token, "," | "." | "" | "of" | "in" | "for") || reader.has(at, cue::ROLE_NOUN) {
            return false;
        }
        let firm = matches!(token, "maker" | "company" | "manufacturer")
            || reader.has(at, cue::ORG_NOUN) && !is_of_person(reader, at);
        // "a company director" is a person.
        let next = reader.text(at + 1);
        if firm
            && (matches!(next, "," | "." | "of" | "that" | "which" | "in" | "for" | "with" | "and" | "based")
                || next == "-")
        {
            return true;
        }
    }
    false
}

/// Whether a name is that of a club: it beats another one, or has a striker.
fn is_club(reader: &Reader<'_>, name: &Range<usize>, kind: EntityKind) -> bool {
    // A name before "beat" that may be a person is one, unless there is a town with the name.
    let town = kind != EntityKind::Person || reader.listed(name.clone()).is_some();
    if !town || reader.text(name.end) == "," && reader.is_capitalized(name.end + 1) {
        return false;
    }
    let next = name.end;
    if reader.has_flag(next, thing::PLAYER) && !reader.is_capitalized(next) && reader.is_capitalized(next + 1)
    {
        let before = name.start.checked_sub(1).map_or("", |at| reader.text(at));
        return !matches!(before, "in" | "near" | "from");
    }
    is_match(reader, name)
}

/// Whether a name stands next to a verb or noun of a match, in a sentence about one.
fn is_match(reader: &Reader<'_>, name: &Range<usize>) -> bool {
    let next = name.end;
    let before = name.start.checked_sub(1);
    let verb = |at: usize| reader.has_flag(at, thing::BEAT);
    let against = || {
        let Some(at) = before else { return false };
        match reader.text(at) {
            "to" => at > 0 && matches!(reader.text(at - 1), "lost" | "defeat" | "loss"),
            "with" => at > 0 && matches!(reader.text(at - 1), "drew" | "draw"),
            "over" | "against" => {
                at > 0
                    && matches!(
                        reader.text(at - 1),
                        "win" | "victory" | "goal" | "goals" | "match" | "game" | "draw" | "defeat"
                    )
            }
            "at" => at > 0 && matches!(reader.text(at - 1), "drew" | "won" | "lost"),
            _ => verb(at),
        }
    };
    let subject = || {
        verb(next) && !matches!(reader.text(next), "held" | "lost" | "draw" | "host" | "hosted")
            || matches!(reader.text(next), "lost" | "held")
                && matches!(reader.text(next + 1), "to" | "at" | "against")
    };
    if !subject() && !against() {
        return false;
    }
    is_about_match(reader, name.start)
}

/// Whether a sentence has the score of a match ("2-1") or words of sport.
fn is_about_match(reader: &Reader<'_>, at: usize) -> bool {
    let Some(sentence) = reader.doc.sentences().get(reader.token(at).sentence()) else { return false };
    let digit = |at: usize| {
        reader.doc.tokens().get(at).is_some_and(|token| token.has(flag::DIGIT) && token.span().len() < 4)
    };
    sentence.tokens().take(LONGEST_SENTENCE).any(|at| {
        reader.has(at, cue::SPORT)
            || matches!(reader.text(at), "-" | "–") && at > 0 && digit(at - 1) && digit(at + 1)
    })
}

/// Longer sentences are lists.
const LONGEST_SENTENCE: usize = 60;
