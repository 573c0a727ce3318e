//! Whether two names of people may refer to one person.

use std::ops::Range;

use super::LONGEST;
use crate::words::Reader;
use crate::words::keys::plain;

/// The words of a name without its hyphens.
fn words<'r>(reader: &'r Reader<'_>, tokens: Range<usize>) -> impl Iterator<Item = usize> + 'r {
    tokens.take(LONGEST).filter(|&at| reader.text(at) != "-")
}

/// Whether two people with one surname may have the same given names: the shorter list occurs in order in the
/// longer one, with short forms and initials for full ones.
pub(super) fn same_given(reader: &Reader<'_>, one: &Range<usize>, other: &Range<usize>) -> bool {
    let (few, many) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if few.len() < 2 {
        return false;
    }
    let given = |core: &Range<usize>| core.start..core.end - 1;
    let initial = |at: &usize| reader.text(*at).trim_end_matches('.').chars().nth(1).is_none();
    let middle =
        |core: &Range<usize>| words(reader, given(core)).skip(1).filter(initial).map(|at| plain(reader, at));
    // George H. W. Bush is not George W. Bush.
    let both = middle(few).next().is_some() && middle(many).next().is_some();
    if both && !middle(few).eq(middle(many)) {
        return false;
    }
    let mut longer = words(reader, given(many));
    words(reader, given(few)).all(|word| longer.any(|other| same_word(reader, word, other)))
}

fn same_word(reader: &Reader<'_>, one: usize, other: usize) -> bool {
    let (first, second) = (plain(reader, one), plain(reader, other));
    let initial = |short: usize, long: usize| {
        let mut letters = reader.text(short).trim_end_matches('.').chars();
        let letter = letters.next().filter(|letter| letter.is_uppercase());
        letters.next().is_none() && letter.is_some() && reader.text(long).chars().next() == letter
    };
    reader.tables.things.same_given(first, second) || initial(one, other) || initial(other, one)
}

/// Whether all words of a shorter name occur in order in a longer one.
pub(super) fn holds(reader: &Reader<'_>, longer: &Range<usize>, shorter: &Range<usize>) -> bool {
    let mut longer = words(reader, longer.clone());
    words(reader, shorter.clone()).all(|word| longer.any(|other| plain(reader, word) == plain(reader, other)))
}
