//! The role of a person: the words next to a name, "Foreign Minister" or "…, the head of the Norland Club,".

use std::ops::Range;

use crate::recognize::names::Name;
use crate::tables::{cue, thing};
use crate::words::Reader;

/// The longest role, in tokens.
const LONGEST_ROLE: usize = 6;

/// The longest title before a name, in tokens.
const LONGEST_TITLE: usize = 9;

/// The role of the person with this name, before or after it; otherwise a relation to another person ("his son").
pub(crate) fn beside(reader: &Reader<'_>, name: &Range<usize>) -> Option<Range<usize>> {
    let mut kin = None;
    let mut public = |role: Option<Range<usize>>| {
        let role = role?;
        if is_kin(reader, &role) {
            kin.get_or_insert(role);
            return None;
        }
        Some(role)
    };
    let role = public(role_before(reader, name.start))
        .or_else(|| public(titled_before(reader, name.start)))
        .or_else(|| public(role_after(reader, name.end)))
        .or_else(|| public(role_of_apposition(reader, name.start)));
    role.or(kin)
}

/// Whether it is a relation to another person, not a role.
pub(crate) fn is_kin(reader: &Reader<'_>, role: &Range<usize>) -> bool {
    role.clone().any(|at| reader.has_flag(at, thing::KIN) && !reader.is_capitalized(at))
}

/// Removes names from the roles that contain them. `names` is in text order.
pub(crate) fn leave_names(reader: &Reader<'_>, names: &mut [Name]) {
    // "President of the Norland Club": the club is a name of its own, not part of the role.
    for place in 1..names.len() {
        let before = names[place - 1].tokens.clone();
        let role = &mut names[place].role;
        let Some(Range { start, end }) = role.clone() else { continue };
        if before.start <= start && end <= before.end {
            // "President" taken for a name.
            *role = None;
        } else if before.start <= start && start < before.end {
            // "White House press secretary": the house is not part of it either.
            let rest = whole_words(reader, before.end, end);
            *role = (rest < end).then_some(rest..end);
        } else if start < before.start && before.start < end {
            let article = usize::from(reader.text(before.start - 1) == "the");
            *role = Some(start..(before.start - 1 - article).max(start + 1));
        }
    }
}

/// The role that ends before `end`: "Foreign Minister", "vice president", "Secretary of State", "CEO".
fn role_before(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    let sentence = reader.doc.tokens().get(end)?.sentence();
    let within = |at: usize| reader.token(at).sentence() == sentence;
    let mut first = end;
    let mut role = false;
    while first > 0 && end - first < LONGEST_ROLE && within(first - 1) {
        let at = first - 1;
        if reader.has(at, cue::ROLE | cue::ROLE_NOUN) {
            role = true;
        } else if reader.has(at, cue::MODIFIER) && first > 0 {
            // "Secretary of State": the modifier comes after.
        } else if !(matches!(reader.text(at), "of" | "-" | "and") && first < end) {
            break;
        }
        first = at;
    }
    let first = whole_words(reader, own_title(reader, first, end), end);
    (role && first < end).then_some(first..end)
}

/// The start of the name's own role: "secretary of state under President Amand", "an aide of President Amand" name the
/// role of another person first.
fn own_title(reader: &Reader<'_>, first: usize, end: usize) -> usize {
    let other = (first..end.saturating_sub(1)).rev().find(|&at| {
        let title = reader.has(at + 1, cue::ROLE | cue::ROLE_NOUN);
        match reader.text(at) {
            "under" => title && !reader.text(at + 1).eq_ignore_ascii_case("secretary"),
            "of" => title && reader.is_capitalized(at + 1) && !reader.is_capitalized(at.saturating_sub(1)),
            _ => false,
        }
    });
    other.map_or(first, |at| at + 1)
}

/// The start of a role that was cut within a word: "front-runner" is whole, and of "Berlin-based lawyer" only "lawyer" is used.
fn whole_words(reader: &Reader<'_>, first: usize, end: usize) -> usize {
    let mut first = first;
    while first < end && matches!(reader.text(first), "of" | "-" | "and") {
        let hyphen = reader.text(first) == "-";
        let before = first
            .checked_sub(1)
            .filter(|&at| hyphen && reader.token(at).span().end() == reader.token(first).span().start());
        match before {
            // "editor-in-chief"
            Some(at) if reader.text(at) == "in" && at > 1 && reader.text(at - 1) == "-" => return at - 2,
            Some(at) if !reader.is_capitalized(at) && reader.has(first + 1, cue::ROLE | cue::ROLE_NOUN) => {
                return at;
            }
            Some(_) if matches!(reader.text(first + 1), "based" | "born" | "raised" | "educated") => {
                first += 2
            }
            _ => first += 1,
        }
    }
    first
}

/// "The president, Luc Amand" and "the head of the Norland Club, Luc Amand".
pub(crate) fn role_of_apposition(reader: &Reader<'_>, start: usize) -> Option<Range<usize>> {
    let comma = start.checked_sub(1).filter(|&at| reader.text(at) == ",")?;
    let sentence = reader.token(start).sentence();
    let direct = role_before(reader, comma).filter(|role| reader.token(role.start).sentence() == sentence);
    direct.or_else(|| {
        // The name between, and its "of".
        let first = (comma.saturating_sub(LONGEST_TITLE)..comma).rev().find(|&at| reader.text(at) == "of")?;
        let between = first + 1..comma;
        let name = |at: usize| reader.is_capitalized(at) || matches!(reader.text(at), "the" | "and" | "&");
        if between.is_empty() || !between.clone().all(name) {
            return None;
        }
        role_before(reader, first).filter(|role| reader.token(role.start).sentence() == sentence)
    })
}

/// "…, the foreign minister," after a name, also "…, Norway's minister of fisheries" and "…, a Kenyan economist".
pub(crate) fn role_after(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    if reader.text(end) != "," {
        return None;
    }
    let mut first = end + 1;
    let relative = matches!(reader.text(first), "his" | "her" | "my" | "our" | "your");
    if relative || matches!(reader.text(first), "the" | "a" | "an" | "its" | "their") {
        first += 1;
    }
    let mut at = first;
    let mut last = None;
    while at < end + 2 + LONGEST_ROLE {
        if reader.has(at, cue::ROLE | cue::ROLE_NOUN) && !reader.has(at, cue::GIVEN) {
            last = Some(at + 1);
        } else if reader.has(at, cue::MODIFIER) || reader.text(at) == "-" {
            // "foreign" belongs to the role.
        } else if last.is_some() || reader.has(at, cue::STOP | cue::SPEECH) && !is_possessive(reader, at) {
            break;
        } else if reader.is_capitalized(at) || is_possessive(reader, at) {
            // The entity of the role.
            first = at + 1;
        } else if !reader.has(at, cue::COMMON) {
            break;
        }
        at += 1;
    }
    if let Some(end) = last.as_mut() {
        // "Chief executive", "attorney general"; "minister of energy".
        if matches!(reader.text(*end), "executive" | "general" | "designate" | "elect") {
            *end += 1;
        } else if reader.text(*end) == "of"
            && reader.has(*end + 1, cue::MODIFIER)
            && !reader.is_capitalized(*end + 1)
        {
            *end += 2;
        }
    }
    // "…, president Berg said": it is the other person's role. "Berg, his son and two dogs" are four.
    let own = |last: usize| !relative || matches!(reader.text(last), "," | "." | ";" | ")");
    last.filter(|&last| !reader.is_capitalized(last) && own(last)).map(|last| first..last)
}

fn is_possessive(reader: &Reader<'_>, at: usize) -> bool {
    matches!(reader.text(at), "'s" | "’s")
}

/// "Minister of Foreign Affairs" and "President of the Norland Club" before a name: the role, as far as it is not a name.
fn titled_before(reader: &Reader<'_>, end: usize) -> Option<Range<usize>> {
    let sentence = reader.doc.tokens().get(end)?.sentence();
    let mut of = None;
    for at in (end.saturating_sub(LONGEST_TITLE)..end).rev() {
        if reader.token(at).sentence() != sentence {
            return None;
        }
        let text = reader.text(at);
        if of == Some(at + 1) && reader.has(at, cue::ROLE) && reader.is_capitalized(at) {
            // "Minister of Defense Sheikh"
            let honorifics = (at..end).rev().take_while(|&at| reader.has(at, cue::HONORIFIC)).count();
            return Some(at..end - honorifics);
        }
        if matches!(text, "of" | "for") {
            of = Some(at);
        } else if !(reader.is_capitalized(at) || matches!(text, "the" | "and" | "&")) {
            return None;
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use copydesk_core::{Document, Source};

    use super::*;
    use crate::recognize::model::FoundName;
    use crate::recognize::names;
    use crate::tables::Tables;

    /// The role of the second of two people, whatever the kind of the first.
    fn role(text: &str, first: Range<usize>, second: Range<usize>) -> Option<Range<usize>> {
        let document = Document::new(Source { text, ..Source::default() }).expect("short enough");
        let (doc, tables) = (document.view(), Tables::load());
        let entries = crate::words::Entry::all(&doc, &tables);
        let reader = Reader { doc: &doc, tables: &tables, entries: &entries };
        let found = [first, second].map(|tokens| FoundName { tokens, kind: 0, confidence: 0.9 });
        names::names(&reader, &found, &names::capitals(&reader))[1].role.clone()
    }

    #[test]
    fn a_name_in_a_role_leaves_it() {
        assert_eq!(role("Orbel President Ilka Norden left.", 0..1, 2..4), Some(1..2));
        // A title taken for a name of its own, at the very start of a text.
        assert_eq!(role("President Ilka Norden left.", 0..1, 1..3), None);
        let text = "Then president of Orbel, Ilka Norden, left.";
        assert_eq!(role(text, 3..4, 5..7), Some(1..2));
        assert_eq!(role("Castle press secretary Ilka Norden left.", 0..1, 3..5), Some(1..3));
    }
}
