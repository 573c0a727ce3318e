//! HTML character references left in a text: "&pound;3 million", "10&ndash;12 percent".

use copydesk_core::hash_lower;

use crate::sentence::keys::join;
use crate::sentence::scope::Scope;
use crate::sentence::units::Unit;

/// Names and numbers of characters, and the character.
const SIGNS: [(&str, char); 22] = [
    ("pound", '£'),
    ("163", '£'),
    ("xA3", '£'),
    ("xa3", '£'),
    ("euro", '€'),
    ("8364", '€'),
    ("x20AC", '€'),
    ("x20ac", '€'),
    ("yen", '¥'),
    ("165", '¥'),
    ("xA5", '¥'),
    ("xa5", '¥'),
    ("dollar", '$'),
    ("36", '$'),
    ("x24", '$'),
    ("ndash", '–'),
    ("8211", '–'),
    ("x2013", '–'),
    ("mdash", '—'),
    ("8212", '—'),
    ("minus", '−'),
    ("8722", '−'),
];

/// The character that the tokens at an index name, and the token after: "&", "pound", ";" without blanks between.
fn entity_sign(scope: &Scope<'_>, at: usize) -> Option<(char, usize)> {
    if scope.text(at) != "&" {
        return None;
    }
    let name = at + 1 + usize::from(scope.text(at + 1) == "#");
    let whole = (at + 1..=name + 1).all(|at| scope.glued(at)) && scope.text(name + 1) == ";";
    let sign = SIGNS.iter().find(|(known, _)| *known == scope.text(name)).filter(|_| whole)?;
    Some((sign.1, name + 2))
}

/// "&pound;": the currency, and the token after its sign.
pub(crate) fn entity_currency(scope: &Scope<'_>, at: usize) -> Option<(Unit, usize)> {
    let (sign, end) = entity_sign(scope, at)?;
    let mut buffer = [0; 4];
    let unit = scope.vocabulary.prefix(join(0, hash_lower(sign.encode_utf8(&mut buffer))))?;
    scope.is_number(end).then_some((unit, end))
}

/// "20&nbsp;metres": the token after a non-breaking blank; the index itself without one.
pub(crate) fn after_entity_blank(scope: &Scope<'_>, at: usize) -> usize {
    let name = at + 1 + usize::from(scope.text(at + 1) == "#");
    let blank = scope.text(at) == "&"
        && matches!(scope.text(name), "nbsp" | "160" | "xA0" | "xa0" | "thinsp" | "8201")
        && scope.text(name + 1) == ";"
        && (at..=name + 1).all(|at| scope.glued(at));
    if blank && scope.is_word(name + 2) { name + 2 } else { at }
}

/// "&ndash;": the token after a dash.
pub(crate) fn entity_dash(scope: &Scope<'_>, at: usize) -> Option<usize> {
    entity_sign(scope, at).filter(|(sign, _)| matches!(sign, '–' | '—' | '−')).map(|(_, end)| end)
}
