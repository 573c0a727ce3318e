//! The grammar of articles: symbols with their forms, read from the data files.

use std::collections::HashMap;
use std::sync::OnceLock;

use crate::cast::Cast;
use crate::random::Random;

/// The maximum depth of nested forms; only a symbol that refers back to itself exceeds it.
const MAX_DEPTH: usize = 20;

/// A piece of a form.
#[derive(Debug, PartialEq)]
enum Piece {
    Text(String),
    /// A symbol or a slot of the cast, optionally with a capital letter.
    Slot {
        name: String,
        capital: bool,
    },
    Whole(u64, u64),
    /// In tenths.
    Decimal(u64, u64),
}

/// A symbol: its forms, and whether each may be used only once in an article.
#[derive(Debug, Default)]
struct Symbol {
    forms: Vec<Vec<Piece>>,
    once: bool,
}

/// All symbols and word lists.
#[derive(Debug, Default)]
pub(crate) struct Grammar {
    symbols: HashMap<String, Symbol>,
}

/// The state of drawing one article.
pub(crate) struct Draw<'a> {
    pub(crate) cast: &'a Cast,
    pub(crate) random: &'a mut Random,
    /// The forms that have been used, for symbols whose forms may be used only once.
    used: HashMap<&'static str, Vec<usize>>,
}

impl<'a> Draw<'a> {
    pub(crate) fn new(cast: &'a Cast, random: &'a mut Random) -> Self {
        Self { cast, random, used: HashMap::new() }
    }

    fn form(&mut self, name: &'static str, symbol: &'static Symbol) -> &'static [Piece] {
        if !symbol.once {
            return self.random.of::<Vec<Piece>>(&symbol.forms);
        }
        let used = self.used.entry(name).or_default();
        if used.len() == symbol.forms.len() {
            used.clear();
        }
        let left: Vec<usize> = (0..symbol.forms.len()).filter(|form| !used.contains(form)).collect();
        let form = *self.random.of(&left);
        used.push(form);
        &symbol.forms[form]
    }
}

impl Grammar {
    /// The grammar of the data files.
    pub(crate) fn built_in() -> &'static Self {
        static BUILT_IN: OnceLock<Grammar> = OnceLock::new();
        BUILT_IN.get_or_init(|| {
            let mut grammar = Self::default();
            grammar.read(include_str!("../data/names.txt"), |line| {
                line.split_whitespace().map(|word| word.replace('_', " ")).collect()
            });
            grammar.read(include_str!("../data/grammar.txt"), |line| vec![line.to_owned()]);
            grammar
        })
    }

    fn read(&mut self, file: &str, forms: impl Fn(&str) -> Vec<String>) {
        let mut name = "";
        for line in file.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            if let Some(head) = line.strip_prefix("= ") {
                name = head.strip_suffix(" once").unwrap_or(head);
                self.symbols.entry(name.to_owned()).or_default().once = name != head;
            } else {
                let read = forms(line).into_iter().map(|form| pieces(&form));
                self.symbols.entry(name.to_owned()).or_default().forms.extend(read);
            }
        }
    }

    /// Appends a form of `symbol`.
    pub(crate) fn write(&'static self, symbol: &str, draw: &mut Draw<'_>, out: &mut String) {
        self.expand(symbol, draw, out, 0);
    }

    /// A form of `symbol`.
    pub(crate) fn text(&'static self, symbol: &str, draw: &mut Draw<'_>) -> String {
        let mut out = String::new();
        self.write(symbol, draw, &mut out);
        out
    }

    fn expand(&'static self, name: &str, draw: &mut Draw<'_>, out: &mut String, depth: usize) {
        assert!(depth < MAX_DEPTH, "`{name}` in bench/data refers back to itself");
        if draw.cast.write(name, out) {
            return;
        }
        let found = self.symbols.get_key_value(name);
        let (name, symbol) = found.unwrap_or_else(|| panic!("bench/data has no symbol `{name}`"));
        for piece in draw.form(name, symbol) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Whole(low, high) => out.push_str(&with_commas(draw.random.within(*low, *high))),
                Piece::Decimal(low, high) => {
                    let tenths = draw.random.within(*low, *high);
                    out.push_str(&format!("{}.{}", tenths / 10, tenths % 10));
                }
                Piece::Slot { name, capital } => {
                    let start = out.len();
                    self.expand(name, draw, out, depth + 1);
                    if *capital {
                        capitalise(out, start);
                    }
                }
            }
        }
    }

    /// Slots of forms that are neither a symbol nor a slot of the cast.
    #[cfg(test)]
    pub(crate) fn unknown(&self, cast: &Cast) -> Vec<String> {
        let slots =
            self.symbols.values().flat_map(|symbol| &symbol.forms).flatten().filter_map(
                |piece| match piece {
                    Piece::Slot { name, .. } => Some(name),
                    _ => None,
                },
            );
        slots
            .filter(|name| !self.symbols.contains_key(*name) && !cast.write(name, &mut String::new()))
            .cloned()
            .collect()
    }
}

/// A number as in news text: 1,234, but 999.
fn with_commas(number: u64) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", with_commas(number / 1000), number % 1000)
    }
}

fn capitalise(out: &mut String, start: usize) {
    if let Some(first) = out[start..].chars().next() {
        let upper: String = first.to_uppercase().collect();
        out.replace_range(start..start + first.len_utf8(), &upper);
    }
}

fn pieces(form: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = form;
    while let Some((before, after)) = rest.split_once('{') {
        let (slot, after) =
            after.split_once('}').unwrap_or_else(|| panic!("bench/data: a brace is not closed: {form}"));
        if !before.is_empty() {
            pieces.push(Piece::Text(before.to_owned()));
        }
        pieces.push(number(slot).unwrap_or_else(|| Piece::Slot {
            name: slot.trim_start_matches('^').to_owned(),
            capital: slot.starts_with('^'),
        }));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest.to_owned()));
    }
    pieces
}

/// `2-90` or `1.5-9`.
fn number(slot: &str) -> Option<Piece> {
    let (low, high) = slot.split_once('-')?;
    if let (Ok(low), Ok(high)) = (low.parse(), high.parse()) {
        return Some(Piece::Whole(low, high));
    }
    let tenths = |number: &str| number.parse::<f64>().ok().map(|number| (number * 10.0).round() as u64);
    Some(Piece::Decimal(tenths(low)?, tenths(high)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_cut_into_pieces() {
        let slot = |name: &str, capital| Piece::Slot { name: name.to_owned(), capital };
        let text = |text: &str| Piece::Text(text.to_owned());
        assert_eq!(
            pieces("{^people} sold {2-90} of {1.5-9}."),
            [
                slot("people", true),
                text(" sold "),
                Piece::Whole(2, 90),
                text(" of "),
                Piece::Decimal(15, 90),
                text(".")
            ]
        );
        assert_eq!(with_commas(1_002_003), "1,002,003");
    }

    #[test]
    fn every_slot_of_the_data_is_defined() {
        let grammar = Grammar::built_in();
        let cast = Cast::draw(grammar, &mut Random::new(1));
        assert_eq!(grammar.unknown(&cast), Vec::<String>::new());
    }
}
