//! Units and currencies by their forms, in tables that `unit_forms` laid out.

use copydesk_core::{Decimal, FixedLexicon};

use crate::sentence::units::{Measures, PARTS, Si, TEXT, UNIT, Unit};

/// The tables of the built-in units and currencies.
static BUILT_IN: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/units.bin"));

/// The number of a unit.
type Number = [u8; 2];

/// Units and currencies by the hash of their words; symbols by a hash that distinguishes capitals from small letters.
#[derive(Debug, Default)]
pub(crate) struct Table {
    units: &'static [[u8; UNIT]],
    /// The codes and names of units.
    texts: &'static str,
    words: FixedLexicon<2>,
    symbols: FixedLexicon<2>,
    /// Symbols in any case, asked last: "20 kw".
    careless: FixedLexicon<2>,
    prefixes: FixedLexicon<2>,
    written: FixedLexicon<3>,
    starts: &'static [[u8; 8]],
    openers: &'static [[u8; 8]],
}

impl Table {
    /// The built-in units and currencies.
    pub(crate) fn built_in() -> Option<Self> {
        Self::read(BUILT_IN)
    }

    /// Reads the output of `Forms::laid_out`; `None` if it is something else.
    pub(crate) fn read(mut bytes: &'static [u8]) -> Option<Self> {
        let mut parts: [&'static [u8]; PARTS] = [&[]; PARTS];
        for part in &mut parts {
            let (length, rest) = bytes.split_first_chunk()?;
            (*part, bytes) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        }
        let [units, texts, words, symbols, careless, prefixes, written, starts, openers] = parts;
        Some(Self {
            units: units.as_chunks().0,
            texts: std::str::from_utf8(texts).ok()?,
            words: FixedLexicon::read(words)?,
            symbols: FixedLexicon::read(symbols)?,
            careless: FixedLexicon::read(careless)?,
            prefixes: FixedLexicon::read(prefixes)?,
            written: FixedLexicon::read(written)?,
            starts: starts.as_chunks().0,
            openers: openers.as_chunks().0,
        })
    }

    /// The unit after a number: by its exact symbol, by words, or by a symbol in any case.
    pub(crate) fn unit(&self, phrase: u64, exact: u64, careless: bool) -> Option<Unit> {
        let number = self
            .symbols
            .get(exact)
            .or_else(|| self.words.get(phrase))
            .or_else(|| if careless { self.careless.get(phrase) } else { None })?;
        self.numbered(*number)
    }

    /// The currency before a number, by the hash of its phrase.
    pub(crate) fn prefix(&self, phrase: u64) -> Option<Unit> {
        self.numbered(*self.prefixes.get(phrase)?)
    }

    /// The currency of a code by the hash of its letters, and whether any number after it is enough.
    pub(crate) fn written(&self, exact: u64) -> Option<(Unit, bool)> {
        let [low, high, sure] = *self.written.get(exact)?;
        Some((self.numbered([low, high])?, sure != 0))
    }

    /// The hashes of the words that begin a unit after a number.
    pub(crate) fn starts(&self) -> impl Iterator<Item = u64> + use<> {
        self.starts.iter().map(|hash| u64::from_le_bytes(*hash))
    }

    /// The hashes of the words that begin a currency before a number.
    pub(crate) fn openers(&self) -> impl Iterator<Item = u64> + use<> {
        self.openers.iter().map(|hash| u64::from_le_bytes(*hash))
    }

    /// The unit with a number.
    fn numbered(&self, number: Number) -> Option<Unit> {
        let (texts, rest) = self.units.get(usize::from(u16::from_le_bytes(number)))?.split_at(3 * TEXT);
        let [code, name, si] = texts.as_chunks::<TEXT>().0 else { return None };
        let (mantissa, [exponent, measures]) = rest.split_first_chunk::<8>()? else { return None };
        let (si, exponent) = (self.text(si)?, i32::from(exponent.cast_signed()));
        let factor = Decimal::new(i64::from_le_bytes(*mantissa), exponent)?;
        Some(Unit {
            measures: *Measures::ALL.get(usize::from(*measures))?,
            code: self.text(code)?,
            name: self.text(name)?,
            si: (!si.is_empty()).then_some(Si { factor, unit: si }),
        })
    }

    /// The text at a place.
    fn text(&self, place: &[u8; TEXT]) -> Option<&'static str> {
        let [s0, s1, s2, s3, e0, e1, e2, e3] = *place;
        self.texts
            .get(u32::from_le_bytes([s0, s1, s2, s3]) as usize..u32::from_le_bytes([e0, e1, e2, e3]) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sentence::unit_forms::Forms;

    #[test]
    fn the_build_script_lays_out_what_a_run_would() {
        let mut forms = Forms::of_units();
        forms.currencies();
        assert!(forms.laid_out() == BUILT_IN);
        let table = Table::built_in().expect("a table");
        assert!(table.units.len() >= 500, "{}", table.units.len());
        assert!((0..table.units.len() as u16).all(|number| table.numbered(number.to_le_bytes()).is_some()));
    }
}
