//! The data of an article in a page. Field names are short, as a page contains thousands of records; offsets count UTF-16 units,
//! as the page's script does; references are indices into lists.

use copydesk_engine::output::{OffsetMap, OffsetUnit};
use serde::Serialize;
use serde_json::Value;

/// An article with its annotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Article {
    /// Its id.
    pub id: String,
    /// Its headline.
    pub title: Option<String>,
    /// The date of publication.
    pub date: Option<String>,
    pub(crate) language: Option<String>,
    pub(crate) outlet: Option<String>,
    /// The tone of the whole article, as a label.
    pub(crate) tone: Option<String>,
    pub(crate) text: String,
    pub(crate) warnings: Vec<String>,
    pub(crate) entities: Vec<Entity>,
    pub(crate) mentions: Vec<Mention>,
    pub(crate) quotes: Vec<Quote>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) tones: Vec<Tone>,
    pub(crate) stances: Vec<Stance>,
    pub(crate) own: Vec<Own>,
}

/// An optional index into a list.
pub(crate) type Place = Option<usize>;

/// The index that means the narrator, in speakers of claims.
pub(crate) const NARRATOR: i64 = -1;

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Entity {
    /// Its name.
    pub(crate) n: String,
    /// Its kind.
    pub(crate) k: String,
    /// Its identity across documents.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) g: Option<String>,
    /// Its links, as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) l: Option<String>,
    /// The polarity towards it, and its label.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) p: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) t: Option<String>,
    /// The confidence.
    pub(crate) c: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Mention {
    pub(crate) s: u64,
    pub(crate) e: u64,
    /// The entity.
    pub(crate) i: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Quote {
    pub(crate) s: u64,
    pub(crate) e: u64,
    pub(crate) k: String,
    /// The quoted words.
    pub(crate) t: String,
    /// The speaker: name or words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) w: Option<String>,
    /// The speaker's entity.
    pub(crate) i: Place,
    /// The cue and its stance.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) u: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) x: Option<String>,
    /// The entities mentioned in it.
    pub(crate) b: Vec<usize>,
    pub(crate) c: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Figure {
    pub(crate) s: u64,
    pub(crate) e: u64,
    pub(crate) k: String,
    /// The value as text, and as a number.
    pub(crate) v: String,
    pub(crate) n: Option<f64>,
    /// The unit as text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) u: Option<String>,
    /// The bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) q: Option<String>,
    /// The measure, and its entity.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) m: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) mi: Place,
    /// Start and end of its period; of a date or period, its own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) p: Option<[Option<String>; 2]>,
    /// The direction of a change, the figure that changed, and the value before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) d: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) of: Place,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) b: Option<f64>,
    pub(crate) c: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Claim {
    pub(crate) s: u64,
    pub(crate) e: u64,
    pub(crate) w: f64,
    /// The speaker: an entity, the narrator, or an unnamed speaker, whose words are in `sp`.
    pub(crate) i: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sp: Option<String>,
    /// The cue's stance; whether it is negated, modal, a forecast.
    pub(crate) x: String,
    pub(crate) ng: bool,
    pub(crate) md: bool,
    pub(crate) fc: bool,
    /// The entities that it is about.
    pub(crate) a: Vec<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) m: Option<String>,
    /// Its figures, change, baseline and period.
    pub(crate) f: Vec<usize>,
    pub(crate) ch: Place,
    pub(crate) ba: Place,
    pub(crate) p: Place,
    /// The claim that it contradicts.
    pub(crate) o: Place,
    pub(crate) c: f64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Tone {
    pub(crate) s: u64,
    pub(crate) e: u64,
    pub(crate) l: String,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Stance {
    /// Holder and target.
    pub(crate) h: usize,
    pub(crate) t: usize,
    pub(crate) p: f64,
}

/// An annotation of a custom layer.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub(crate) struct Own {
    pub(crate) s: u64,
    pub(crate) e: u64,
    /// The layer.
    pub(crate) n: String,
    /// The value as text.
    pub(crate) v: String,
    pub(crate) c: f64,
}

/// A span whose offsets can be converted to another unit.
trait Spanned {
    fn ends(&mut self) -> [&mut u64; 2];
}

macro_rules! spanned {
    ($($type:ty),+) => {
        $(impl Spanned for $type {
            fn ends(&mut self) -> [&mut u64; 2] {
                [&mut self.s, &mut self.e]
            }
        })+
    };
}
spanned!(Mention, Quote, Figure, Claim, Tone, Own);

impl Article {
    /// Converts all offsets from `unit` to UTF-16 units. An offset outside the text becomes its end.
    pub(crate) fn count_in_utf16(&mut self, unit: OffsetUnit) {
        if unit == OffsetUnit::Utf16 {
            return;
        }
        let (mut from, mut to) = (OffsetMap::new(unit), OffsetMap::new(OffsetUnit::Utf16));
        from.load(&self.text);
        to.load(&self.text);
        let text = self.text.as_str();
        let turn = |offset: &mut u64| {
            let byte = from.to_byte(text, *offset).unwrap_or(text.len());
            *offset = to.of(u32::try_from(byte).unwrap_or(u32::MAX)).into();
        };
        fn every<T: Spanned>(items: &mut [T], turn: impl Fn(&mut u64)) {
            items.iter_mut().flat_map(Spanned::ends).for_each(turn);
        }
        every(&mut self.mentions, turn);
        every(&mut self.quotes, turn);
        every(&mut self.figures, turn);
        every(&mut self.claims, turn);
        every(&mut self.tones, turn);
        every(&mut self.own, turn);
    }
}

/// The index that an id such as "e12" stands for, if it is below `count`.
pub(crate) fn place(id: &str, letter: char, count: usize) -> Place {
    let number: usize = id.strip_prefix(letter)?.parse().ok()?;
    number.checked_sub(1).filter(|place| *place < count)
}

/// A value of a custom layer as text: without the punctuation of JSON, truncated if it is long.
pub(crate) fn said(json: &str) -> String {
    const LONGEST: usize = 500;
    let plain = |value: &Value| match value {
        Value::String(text) => text.clone(),
        value => value.to_string(),
    };
    let mut text = match serde_json::from_str(json) {
        Ok(Value::Null | Value::Bool(true)) => String::new(),
        Ok(Value::Object(entries)) => {
            let entries = entries.iter().filter(|(_, value)| !value.is_null());
            entries.map(|(key, value)| format!("{key}: {}", plain(value))).collect::<Vec<_>>().join(", ")
        }
        Ok(value) => plain(&value),
        Err(_) => json.to_owned(),
    };
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// A number as text, without superfluous digits.
pub(crate) fn shown(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 { format!("{number:.0}") } else { number.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_count_utf16_units() {
        let text = "É 😀 Anna".to_owned();
        let mention = |s, e| vec![Mention { s, e, i: 0 }];
        for (unit, (s, e)) in
            [(OffsetUnit::Chars, (4, 8)), (OffsetUnit::Bytes, (8, 12)), (OffsetUnit::Utf16, (5, 9))]
        {
            let mut article = Article { text: text.clone(), mentions: mention(s, e), ..Article::default() };
            article.count_in_utf16(unit);
            assert_eq!(article.mentions, mention(5, 9), "{unit:?}");
        }
        let mut article = Article { text, mentions: mention(4, 99), ..Article::default() };
        article.count_in_utf16(OffsetUnit::Chars);
        assert_eq!(article.mentions, mention(5, 9));
    }

    #[test]
    fn values_are_said_without_marks() {
        for (json, expected) in [
            ("true", ""),
            ("null", ""),
            ("\"strike\"", "strike"),
            ("7", "7"),
            (r#"{"word": "strike", "who": null, "at": [1, 2]}"#, "word: strike, at: [1,2]"),
            ("[", "["),
        ] {
            assert_eq!(said(json), expected);
        }
        assert_eq!(said(&format!("\"{}\"", "é".repeat(600))), "é".repeat(500) + "…");
    }

    #[test]
    fn ids_become_indices() {
        assert_eq!(place("e3", 'e', 3), Some(2));
        assert_eq!(
            [place("e4", 'e', 3), place("e0", 'e', 3), place("q1", 'e', 3), place("narrator", 'e', 3)],
            [None; 4]
        );
        assert_eq!([shown(2_700_000_000.0), shown(42.7)], ["2700000000", "42.7"]);
    }
}
