//! Acronyms that a text introduces: "the Harbour Workers' Union (HWU)". The model misses some of them, and later
//! occurrences without the name.

use std::ops::Range;

use copydesk_core::layers::{EntityKind, MentionForm};
use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, RuleId, hash_lower};

use crate::recognize::names::{Name, insert, outside};
use crate::registry;
use crate::words::Reader;
use crate::words::keys::undotted;
use crate::words::letters::{abbreviates, initial_letters};

/// The minimum and maximum number of letters of an acronym.
const LETTERS: Range<usize> = 2..13;

/// The maximum number of acronyms of a document; no article has more.
const MAX: usize = 64;

/// The number of letters of an acronym that needs no brackets.
const PLAIN: Range<usize> = 3..7;

/// An acronym in brackets after the name that it stands for.
struct Introduced {
    hash: u64,
    /// The first token after its introduction.
    from: usize,
    /// Whether brackets introduced it; otherwise its letters may match a name by chance.
    in_brackets: bool,
    rule: RuleId,
    kind: EntityKind,
    confidence: f32,
}

/// Adds the acronyms in brackets after names, and their other occurrences, unless they are in a name already. `names` is
/// in text order and remains so; `capitals` are the tokens with a capital.
pub(crate) fn add(reader: &Reader<'_>, names: &mut Vec<Name>, capitals: &[usize]) {
    dotted(reader, names, capitals);
    let mut letters = String::new();
    let mut introduced: Vec<Introduced> = names
        .iter()
        .filter_map(|name| {
            introduced(reader, name)
                .or_else(|| plain(reader, name))
                .or_else(|| spelt(reader, name, &mut letters))
        })
        .collect();
    introduced.sort_by_key(|known| (known.hash, known.from));
    introduced.dedup_by_key(|known| known.hash);
    introduced.sort_by_key(|known| known.from);
    introduced.truncate(MAX);
    if introduced.is_empty() {
        return;
    }
    let mut added = Vec::new();
    let tokens = reader.doc.tokens();
    for at in outside(names, capitals.iter().copied()) {
        let token = &tokens[at];
        if !matches!(token.case(), Case::Upper | Case::Mixed) {
            continue;
        }
        // A headline in capitals has words like "WHO".
        let amid = |at: usize| {
            tokens.get(at).is_none_or(|token| token.case() != Case::Upper || token.span().len() < 2)
        };
        let dotted = token.has(flag::ABBREVIATION);
        let hash = if dotted { undotted(reader.text(at)) } else { token.hash() };
        let known = introduced.iter().find(|known| {
            known.hash == hash
                && known.from <= at
                && (known.in_brackets || token.case() == Case::Upper && amid(at + 1) && amid(at - 1))
        });
        if let Some(known) = known {
            added.push(Name {
                form: MentionForm::Alias,
                confidence: known.confidence,
                ..Name::by_rule(at..at + 1, known.kind, known.rule)
            });
        }
    }
    insert(names, added);
}

/// Whether a token is three or more capitals with stops.
fn is_dotted(reader: &Reader<'_>, at: usize) -> bool {
    let token = reader.token(at);
    token.has(flag::ABBREVIATION)
        && token.case() == Case::Upper
        && token.span().len() > 5
        && reader.text(at).split_terminator('.').all(|letter| letter.len() == 1)
}

/// Adds acronyms with full stops after "the" that are not in a name.
fn dotted(reader: &Reader<'_>, names: &mut Vec<Name>, capitals: &[usize]) {
    let tokens = reader.doc.tokens();
    let found = outside(names, capitals.iter().copied().filter(|at| *at > 0))
        .filter(|&at| is_dotted(reader, at) && matches!(reader.text(at - 1), "the" | "The" | "an"))
        .filter(|&at| !reader.is_capitalized(at + 1) || tokens[at + 1].has(flag::SENTENCE_START))
        .map(|at| Name {
            form: MentionForm::Alias,
            confidence: 0.6,
            ..Name::by_rule(at..at + 1, EntityKind::Organization, registry::DOTTED_ACRONYM)
        })
        .collect();
    insert(names, found);
}

/// The letters of an acronym with full stops, which may occur without them elsewhere.
fn plain(reader: &Reader<'_>, name: &Name) -> Option<Introduced> {
    let dotted = name.tokens.len() == 1
        && name.kind == EntityKind::Organization
        && is_dotted(reader, name.tokens.start);
    dotted.then(|| Introduced {
        hash: undotted(reader.text(name.tokens.start)),
        from: name.tokens.end,
        in_brackets: false,
        rule: registry::DOTTED_ACRONYM,
        kind: name.kind,
        confidence: name.confidence,
    })
}

/// The acronym after a name, if its letters are from that name.
fn introduced(reader: &Reader<'_>, name: &Name) -> Option<Introduced> {
    let at = name.tokens.end + 1;
    if name.kind == EntityKind::Person || reader.text(at - 1) != "(" || reader.text(at + 1) != ")" {
        return None;
    }
    let token = reader.doc.tokens().get(at)?;
    let capitals = reader.text(at).chars().filter(|letter| letter.is_uppercase()).count();
    let fits = token.is_word()
        && matches!(token.case(), Case::Upper | Case::Mixed)
        && LETTERS.contains(&capitals)
        && abbreviates(reader, at..at + 1, &name.tokens);
    fits.then(|| Introduced {
        hash: undotted(reader.text(at)),
        from: at,
        in_brackets: true,
        rule: registry::INTRODUCED_ACRONYM,
        kind: name.kind,
        confidence: name.confidence,
    })
}

/// The first letters of an organisation's name: its later acronym, if the text has one.
fn spelt(reader: &Reader<'_>, name: &Name, letters: &mut String) -> Option<Introduced> {
    if name.kind != EntityKind::Organization || !PLAIN.contains(&name.tokens.len()) {
        return None;
    }
    letters.clear();
    letters.extend(initial_letters(reader, &name.tokens));
    let hash = hash_lower(letters);
    PLAIN.contains(&letters.len()).then_some(Introduced {
        hash,
        from: name.tokens.end,
        in_brackets: false,
        rule: registry::ACRONYM_OF_NAME,
        kind: name.kind,
        confidence: name.confidence,
    })
}
