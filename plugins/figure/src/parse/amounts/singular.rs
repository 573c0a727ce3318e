//! The singular of a counted noun.

use std::sync::LazyLock;

use copydesk_core::{Lexicon, hash_lower};

use crate::sentence::keys::rows;

/// The singular of plurals that follow no rule.
static IRREGULAR: LazyLock<Lexicon<&str>> = LazyLock::new(|| {
    Lexicon::from_forms(rows(include_str!("../../../data/plurals.tsv")).map(|[many, one, ..]| (many, one)))
});

/// Appends the singular of a noun, lower-cased unless it is a name.
pub(crate) fn singular(noun: &str, into: &mut String) {
    let name = noun.chars().next().is_some_and(char::is_uppercase);
    let lowered = if name { noun.to_owned() } else { noun.to_lowercase() };
    if let Some(one) = IRREGULAR.get(hash_lower(&lowered)).filter(|_| !name) {
        into.push_str(one);
        return;
    }
    let cut = |ending: &str| lowered.strip_suffix(ending);
    if let Some(stem) = cut("ies").filter(|stem| stem.len() > 1) {
        into.push_str(stem);
        into.push('y');
    } else if let Some(stem) = ["ches", "shes", "sses", "xes", "zzes", "oes"]
        .iter()
        .find_map(|ending| cut(ending).map(|_| cut("es").unwrap_or(&lowered)))
    {
        into.push_str(stem);
    } else if let Some(stem) = cut("s").filter(|stem| !stem.ends_with(['s', 'u', 'i']) && stem.len() > 1) {
        into.push_str(stem);
    } else {
        into.push_str(&lowered);
    }
}
