//! Texts with inline annotations, written by hand.
//!
//! `# id` begins a document. `[Olaf Berg|person|berg]` is a name with its kind and the thing it names; further parts are
//! `form=nominal` or a link, `iso3166=FR` (`iso3166=-` for a thing that has none). A thing's links may stand at any of its
//! mentions.

use serde_json::{Map, Value, json};

/// The documents of a file.
pub(super) fn read(text: &str) -> Result<Vec<Value>, String> {
    let mut documents = Vec::new();
    let mut id = None;
    let mut body = String::new();
    for line in text.lines().chain(["# "]) {
        if let Some(next) = line.strip_prefix("# ") {
            if let Some(id) = id.take() {
                documents.push(document(id, body.trim())?);
            }
            body.clear();
            id = Some(next.trim());
        } else {
            body.push_str(line);
            body.push('\n');
        }
    }
    Ok(documents)
}

/// One document.
fn document(id: &str, marked: &str) -> Result<Value, String> {
    let (mut text, mut length) = (String::new(), 0);
    let (mut names, mut things) = (Vec::new(), Map::new());
    let mut rest = marked;
    while let Some(start) = rest.find('[') {
        let (before, mark) = rest.split_at(start);
        let end = mark.find(']').ok_or_else(|| format!("{id}: a `[` without its `]`"))?;
        let mut parts = mark[1..end].split('|');
        let words = parts.next().unwrap_or("");
        let label = parts.next().ok_or_else(|| format!("{id}: {words:?} has no kind"))?;
        let thing = parts.next().ok_or_else(|| format!("{id}: {words:?} names nothing"))?;
        text.push_str(before);
        length += before.chars().count();
        let from = length;
        text.push_str(words);
        length += words.chars().count();
        let mut form = "name";
        for part in parts {
            let (key, value) =
                part.split_once('=').ok_or_else(|| format!("{id}: {part:?} is not key=value"))?;
            if key == "form" {
                form = value;
            } else {
                let links = things.entry(thing.to_owned()).or_insert_with(|| json!({}));
                links[key] = json!(value);
            }
        }
        names.push(json!({"start": from, "end": length, "label": label, "thing": thing, "form": form}));
        rest = &mark[end + 1..];
    }
    text.push_str(rest);
    Ok(json!({"id": id, "text": text, "entities": names, "things": things}))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_become_spans_and_things() {
        let read = read("# one\n[Olaf Berg|person|b] is in [Paris|location|p|geonames=2988507]. [He|person|b|form=pronoun] left.\n# two\nNothing.\n").expect("documents");
        assert_eq!(read[0]["text"], "Olaf Berg is in Paris. He left.");
        assert_eq!(
            read[0]["entities"][2],
            json!({"start": 23, "end": 25, "label": "person", "thing": "b", "form": "pronoun"})
        );
        assert_eq!(read[0]["things"]["p"]["geonames"], "2988507");
        assert_eq!((read.len(), &read[1]["text"]), (2, &json!("Nothing.")));
        assert!(super::read("# a\n[x|person]").is_err() && super::read("# a\n[x").is_err());
    }
}
