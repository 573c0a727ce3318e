//! Adds fields to a line without rewriting all of it.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::output::JsonWriter;

/// The parts of a line into which fields are inserted.
#[derive(Deserialize)]
struct Parts<'a> {
    #[serde(borrow)]
    id: &'a RawValue,
    #[serde(borrow, default)]
    entities: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    quotes: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    headline: Option<Layers<'a>>,
}

#[derive(Default, Deserialize)]
struct Layers<'a> {
    #[serde(borrow, default)]
    entities: Option<Vec<&'a RawValue>>,
    #[serde(borrow, default)]
    quotes: Option<Vec<&'a RawValue>>,
}

/// Fields with string values.
pub(super) type Fields = Vec<(&'static str, String)>;

/// The fields to add to a line.
#[derive(Debug, Default)]
pub(super) struct Additions {
    /// To the document.
    pub(super) document: Fields,
    /// To each entity of the text, then of the title, by number.
    pub(super) entities: Vec<(usize, Fields)>,
    /// To each quote of the text, then of the title, by number.
    pub(super) quotes: Vec<(usize, Fields)>,
}

impl Additions {
    /// Appends the line with these fields to `out`. The fields of a document come after its id, those of an annotation before
    /// its other fields.
    pub(super) fn write(&self, line: &[u8], out: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        let places = self.places(line)?;
        let mut from = 0;
        for (place, fields) in places {
            out.extend_from_slice(&line[from..place.at]);
            from = place.at;
            for (name, value) in fields {
                if place.follows_field {
                    out.push(b',');
                }
                let mut json = JsonWriter::new(out);
                json.string(name);
                json.byte(b':');
                json.string(value);
                drop(json);
                if !place.follows_field {
                    out.push(b',');
                }
            }
        }
        out.extend_from_slice(&line[from..]);
        Ok(())
    }

    /// The insertion points of fields, in the order of the line.
    fn places(&self, line: &[u8]) -> Result<Vec<(Place, &Fields)>, serde_json::Error> {
        let parts: Parts<'_> = serde_json::from_slice(line)?;
        let start = |raw: &RawValue| (raw.get().as_ptr() as usize).wrapping_sub(line.as_ptr() as usize);
        let mut places = Vec::new();
        if !self.document.is_empty() {
            let at = start(parts.id) + parts.id.get().len();
            places.push((Place { at, follows_field: true }, &self.document));
        }
        let headline = parts.headline.unwrap_or_default();
        let add = |of_text: Option<Vec<&RawValue>>,
                   of_title: Option<Vec<&RawValue>>,
                   all: &'_ [(usize, Fields)]|
         -> Vec<usize> {
            let items: Vec<&RawValue> =
                of_text.into_iter().flatten().chain(of_title.into_iter().flatten()).collect();
            all.iter().filter_map(|(number, _)| Some(start(items.get(*number)?) + 1)).collect()
        };
        let entities = add(parts.entities, headline.entities, &self.entities);
        let quotes = add(parts.quotes, headline.quotes, &self.quotes);
        let fields = self.entities.iter().zip(entities).chain(self.quotes.iter().zip(quotes));
        places.extend(fields.map(|((_, fields), at)| (Place { at, follows_field: false }, fields)));
        places.retain(|(place, _)| place.at <= line.len());
        places.sort_by_key(|(place, _)| place.at);
        Ok(places)
    }
}

/// An insertion point in a line.
struct Place {
    at: usize,
    /// Whether fields precede it; otherwise a field follows.
    follows_field: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_added_where_they_belong() {
        let line = r#"{"id":"a\"b","text":"x","entities":[{"id":"e1"},{"id":"e2"}],"quotes":[ {"id":"q1"} ],"headline":{"quotes":[{"id":"hq1"}]}}"#;
        let field = |value: &str| vec![("f", value.to_owned())];
        let additions = Additions {
            document: field("d\n"),
            entities: vec![(1, field("e"))],
            quotes: vec![(0, field("q")), (1, field("h"))],
        };
        let mut out = Vec::new();
        additions.write(line.as_bytes(), &mut out).expect("JSON");
        assert_eq!(
            String::from_utf8(out).expect("UTF-8"),
            r#"{"id":"a\"b","f":"d\n","text":"x","entities":[{"id":"e1"},{"f":"e","id":"e2"}],"quotes":[ {"f":"q","id":"q1"} ],"headline":{"quotes":[{"f":"h","id":"hq1"}]}}"#
        );
    }

    #[test]
    fn without_additions_the_line_stays() {
        let line = br#"{"id":1,"entities":null}"#;
        let mut out = Vec::new();
        Additions::default().write(line, &mut out).expect("JSON");
        assert_eq!(out, line);
    }
}
