//! Saved RSS and Atom feeds. An entry becomes a document: its content, or if it has none its summary.

use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::Arc;

use dom_query::Document;
use feed_rs::model::{Entry, Text};

use super::object::Object;
use super::{Context, Format, InputFormat, More, Source, begin, begins_with, file_too_long, malformed};
use crate::input::batch::{Batch, Form, Origin};
use crate::input::record::Fields;
use crate::input::stream::Stream;
use crate::limits::Limits;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Feed,
    extensions: &["rss", "atom", "xml"],
    sniff: |head| {
        let head = begin(head);
        let has = |tag: &[u8]| memchr::memmem::find(head, tag).is_some();
        let xml = begins_with(head, b"<?xml");
        begins_with(head, b"<rss")
            || begins_with(head, b"<feed")
            || xml && (has(b"<rss") || has(b"<feed") || has(b"<rdf:RDF"))
    },
    open,
};

/// The entries of a feed.
struct Feed {
    file: Arc<str>,
    fields: Arc<Fields>,
    name: Option<String>,
    language: Option<String>,
    entries: VecDeque<Entry>,
    next: u64,
}

fn open(stream: Stream, context: &Context) -> io::Result<Box<dyn Source>> {
    let file = Arc::clone(&stream.name);
    let (input, _) = stream.decoded(context.encoding)?;
    let mut text = Vec::new();
    input.take(Limits::LONGEST as u64 + 1).read_to_end(&mut text)?;
    if text.len() > Limits::LONGEST {
        return Err(malformed(file_too_long()));
    }
    let feed = feed_rs::parser::parse(text.as_slice())
        .map_err(|error| malformed(format!("not an RSS or Atom feed: {error}")))?;
    Ok(Box::new(Feed {
        file,
        fields: Arc::clone(&context.fields),
        name: feed.title.map(|title| plain(&title)),
        language: feed.language,
        entries: feed.entries.into(),
        next: 1,
    }))
}

impl Source for Feed {
    fn fill(&mut self, batch: &mut Batch) -> More {
        while !batch.is_full() {
            let Some(entry) = self.entries.pop_front() else { return More::No };
            let origin = Origin { file: Arc::clone(&self.file), line: self.next };
            self.next += 1;
            let start = batch.bytes.len();
            self.write(&entry, &mut batch.bytes);
            batch.add(start..batch.bytes.len(), origin, Form::Json);
        }
        More::Yes
    }
}

impl Feed {
    fn write(&self, entry: &Entry, into: &mut Vec<u8>) {
        let fields = &self.fields;
        let mut object = Object::open(into);
        object.optional(&fields.id, Some(&entry.id));
        object.optional(&fields.title, entry.title.as_ref().map(plain).as_deref());
        object.string(&fields.text, &text(entry));
        let date = entry.published.or(entry.updated).map(|date| date.to_rfc3339());
        object.optional(&fields.date, date.as_deref());
        object.optional(&fields.language, self.language.as_deref());
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        object.optional("url", link.or(entry.links.first()).map(|link| link.href.as_str()));
        let authors: Vec<&str> = entry.authors.iter().filter_map(|author| author.name.as_deref()).collect();
        object.optional("author", Some(&authors.join(", ")));
        object.optional("feed", self.name.as_deref());
        object.close();
    }
}

/// The entry's text, without mark-up.
fn text(entry: &Entry) -> String {
    let content = entry.content.as_ref().and_then(|content| content.body.as_deref());
    match content.filter(|body| !body.trim().is_empty()) {
        Some(body) => without_tags(body),
        None => entry.summary.as_ref().map(plain).unwrap_or_default(),
    }
}

fn plain(text: &Text) -> String {
    without_tags(&text.content)
}

/// Feeds declare a text as plain although it has HTML, too.
fn without_tags(text: &str) -> String {
    if text.contains('<') || text.contains('&') {
        Document::from(text).formatted_text().trim().to_owned()
    } else {
        text.trim().to_owned()
    }
}
