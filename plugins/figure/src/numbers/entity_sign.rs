//! Signs that a page's source writes by name or number and that were left so: "&pound;3 million", "10&ndash;12 percent".

use copydesk_core::hash_lower;

use crate::scope::Scope;
use crate::vocabulary::{Unit, join};

/// Names and numbers of signs, and the sign.
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

impl Scope<'_> {
    /// The sign that the tokens at a place name, and the token after: "&", "pound", ";" touching one another.
    fn entity_sign(&self, at: usize) -> Option<(char, usize)> {
        if self.text(at) != "&" {
            return None;
        }
        let name = at + 1 + usize::from(self.text(at + 1) == "#");
        let whole = (at + 1..=name + 1).all(|at| self.glued(at)) && self.text(name + 1) == ";";
        let sign = SIGNS.iter().find(|(known, _)| *known == self.text(name)).filter(|_| whole)?;
        Some((sign.1, name + 2))
    }

    /// "&pound;": the currency, and the token after its sign.
    pub(crate) fn entity_currency(&self, at: usize) -> Option<(Unit, usize)> {
        let (sign, end) = self.entity_sign(at)?;
        let mut buffer = [0; 4];
        let unit = self.vocabulary.prefix(join(0, hash_lower(sign.encode_utf8(&mut buffer))))?;
        self.is_number(end).then_some((unit, end))
    }

    /// "20&nbsp;metres": the token after a blank that must not break; the place itself without one.
    pub(crate) fn behind_entity_blank(&self, at: usize) -> usize {
        let name = at + 1 + usize::from(self.text(at + 1) == "#");
        let blank = self.text(at) == "&"
            && matches!(self.text(name), "nbsp" | "160" | "xA0" | "xa0" | "thinsp" | "8201")
            && self.text(name + 1) == ";"
            && (at..=name + 1).all(|at| self.glued(at));
        if blank && self.is_word(name + 2) { name + 2 } else { at }
    }

    /// "&ndash;": the token after a dash.
    pub(crate) fn entity_dash(&self, at: usize) -> Option<usize> {
        self.entity_sign(at).filter(|(sign, _)| matches!(sign, '–' | '—' | '−')).map(|(_, end)| end)
    }
}
