//! Labels for spans: a token is outside, or begins, is inside, closes (last), or is alone (unit) in a span of some kind.

use std::ops::Range;

use crate::transitions::Transitions;

/// The label of a token that is in no span.
pub const OUTSIDE: u8 = 0;

/// A token's place in a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// The first of several.
    Begin = 0,
    /// Neither first nor last.
    Inside = 1,
    /// The last of several.
    Last = 2,
    /// The only one.
    Unit = 3,
}

/// The number of labels for a number of kinds.
pub const fn labels(kinds: usize) -> usize {
    1 + 4 * kinds
}

/// The label of a place in a span of a kind.
pub const fn label(kind: usize, place: Place) -> u8 {
    (1 + 4 * kind + place as usize) as u8
}

/// The kind and place of a label; `None` for [`OUTSIDE`].
pub fn read(label: u8) -> Option<(usize, Place)> {
    let at = usize::from(label.checked_sub(1)?);
    let place = [Place::Begin, Place::Inside, Place::Last, Place::Unit][at % 4];
    Some((at / 4, place))
}

/// The labels of a span of `length` tokens, from its first token on.
pub fn span_labels(kind: usize, length: usize) -> impl Iterator<Item = u8> {
    (0..length).map(move |at| {
        let place = match (at == 0, at + 1 == length) {
            (true, true) => Place::Unit,
            (true, false) => Place::Begin,
            (false, true) => Place::Last,
            (false, false) => Place::Inside,
        };
        label(kind, place)
    })
}

/// Which label may follow which: spans are closed before others begin.
pub fn transitions(kinds: usize) -> Transitions {
    let all = labels(kinds);
    let opens = |label: usize| read(label as u8).is_none_or(|(_, p)| matches!(p, Place::Begin | Place::Unit));
    let closes = |label: usize| read(label as u8).is_none_or(|(_, p)| matches!(p, Place::Last | Place::Unit));
    Transitions::new(all, opens, closes, |from, to| match (read(from as u8), read(to as u8)) {
        (Some((a, Place::Begin | Place::Inside)), Some((b, Place::Inside | Place::Last))) => a == b,
        _ => closes(from) && opens(to),
    })
}

/// The spans of a label sequence that [`transitions`] allows: tokens and kind.
pub fn spans(path: &[u8]) -> impl Iterator<Item = (Range<usize>, usize)> + '_ {
    let mut start = 0;
    path.iter().enumerate().filter_map(move |(at, label)| {
        let (kind, place) = read(*label)?;
        if matches!(place, Place::Begin | Place::Unit) {
            start = at;
        }
        matches!(place, Place::Last | Place::Unit).then_some((start..at + 1, kind))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_and_labels_agree() {
        let mut path = vec![OUTSIDE];
        path.extend(span_labels(1, 3));
        path.extend(span_labels(0, 1));
        path.push(OUTSIDE);
        path.extend(span_labels(2, 2));
        let found: Vec<_> = spans(&path).collect();
        assert_eq!(found, [(1..4, 1), (4..5, 0), (6..8, 2)]);
        let transitions = transitions(3);
        assert!(path.windows(2).all(|pair| transitions.allows(pair[0].into(), pair[1].into())));
        assert!(!transitions.allows(label(0, Place::Begin).into(), OUTSIDE.into()));
        assert!(!transitions.allows(label(0, Place::Begin).into(), label(1, Place::Last).into()));
        assert!(!transitions.allows(OUTSIDE.into(), label(1, Place::Inside).into()));
    }
}
