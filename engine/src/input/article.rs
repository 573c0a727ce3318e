//! Extracts the article of a web page: its text, title, date, author, language and address.

use std::borrow::Cow;

use copydesk_core::catch_panic;
use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::Encoding;

use super::batch::Fetched;
use super::junk;
use super::record::Fields;
use super::source::{Object, begin, begins_with};
use super::stream::guess;

/// Pages with more elements are not read; no news page has this many.
const MAX_ELEMENTS: usize = 50_000;
/// The maximum nesting of elements. Deeper nesting would exhaust the stack.
const MAX_DEPTH: usize = 400;

/// Posts by others that the article embeds.
const EMBEDDED: &str = "blockquote.twitter-tweet, blockquote.instagram-media, blockquote.tiktok-embed";

/// The metadata of a page's article.
#[derive(Default)]
struct Article {
    text: String,
    title: Option<String>,
    date: Option<String>,
    author: Option<String>,
    language: Option<String>,
    url: Option<String>,
    site: Option<String>,
}

/// Converts a page to a JSON object with the names of `fields`; an error is a message why there is no article. `encoding` is the
/// encoding set by the user.
pub(super) fn read(
    bytes: &[u8],
    fetched: Option<&Fetched>,
    encoding: Option<&'static Encoding>,
    fields: &Fields,
) -> Result<Vec<u8>, String> {
    let html = decode(bytes, fetched, encoding);
    let article = extract(&html, fetched)?;
    let mut written = Vec::with_capacity(article.text.len() + 512);
    let mut object = Object::open(&mut written);
    object.optional(&fields.id, fetched.map(|fetched| fetched.url.as_str()));
    object.optional(&fields.title, article.title.as_deref());
    object.string(&fields.text, &article.text);
    object.optional(&fields.date, article.date.as_deref());
    object.optional(&fields.language, article.language.as_deref());
    object.optional("url", article.url.as_deref().or(fetched.map(|fetched| fetched.url.as_str())));
    object.optional("author", article.author.as_deref());
    object.optional("site", article.site.as_deref());
    object.optional("fetched", fetched.and_then(|fetched| fetched.at.as_deref()));
    object.close();
    Ok(written)
}

/// The article of a web page that is given as text, such as one that was pasted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Page {
    /// The article's text.
    pub text: String,
    /// Its title.
    pub title: Option<String>,
    /// Its date, ISO 8601.
    pub date: Option<String>,
}

impl Page {
    /// Whether a text is a web page.
    pub fn is_page(text: &str) -> bool {
        let head = begin(text.as_bytes());
        ["<!doctype html", "<html", "<head", "<body"].iter().any(|start| begins_with(head, start.as_bytes()))
    }

    /// Extracts the article of a page; an error is a message why there is none.
    pub fn read(html: &str) -> Result<Self, String> {
        let article = extract(html, None)?;
        let date = article.date.as_deref().and_then(|written| super::read_date(written, None).ok());
        Ok(Self { text: article.text, title: article.title, date })
    }
}

/// The page as text, decoded with the encoding that the user, a byte order mark, the server or the page itself names, or else the
/// encoding detected from its bytes.
fn decode<'b>(
    bytes: &'b [u8],
    fetched: Option<&Fetched>,
    encoding: Option<&'static Encoding>,
) -> Cow<'b, str> {
    let named = fetched.and_then(|fetched| fetched.charset.as_deref()).map(str::as_bytes);
    let declared_encoding = encoding
        .or_else(|| Encoding::for_bom(bytes).map(|(encoding, _)| encoding))
        .or_else(|| named.and_then(Encoding::for_label))
        .or_else(|| Encoding::for_label(declared(bytes)?));
    // A page that is valid UTF-8 is read as UTF-8, whatever it declares: other encodings are hardly ever valid UTF-8 by chance.
    let encoding = match declared_encoding {
        Some(declared_encoding) if std::str::from_utf8(bytes).is_err() => declared_encoding,
        _ => guess(bytes).unwrap_or(encoding_rs::UTF_8),
    };
    encoding.decode(bytes).0
}

/// The encoding declared in the page's head: `<meta charset="…">` or inside a content type.
fn declared(bytes: &[u8]) -> Option<&[u8]> {
    const HEAD: usize = 4096;
    let head = &bytes[..bytes.len().min(HEAD)];
    let at = memchr::memmem::find(head, b"charset=")? + "charset=".len();
    let rest = head[at..].trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end = rest.iter().position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:.".contains(byte)))?;
    Some(&rest[..end])
}

/// Refuses pages that are built to exhaust a parser, with more elements than any news page has.
fn check_elements(html: &str) -> Result<(), String> {
    let bytes = html.as_bytes();
    let begins = |at: &usize| bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic);
    let elements = memchr::memchr_iter(b'<', bytes).filter(begins).count();
    // An end tag without a start tag creates an element too.
    let ends = memchr::memmem::find_iter(bytes, "</p").count();
    let most = elements.max(ends);
    if most > MAX_ELEMENTS { Err(format!("the page has {most} elements")) } else { Ok(()) }
}

/// Refuses pages with elements nested so deep that the recursive functions that walk them would exhaust the stack.
fn check_depth(document: &Document) -> Result<(), String> {
    let mut open = vec![(document.root(), 0)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return Err(format!("the page has elements more than {MAX_DEPTH} deep"));
        }
        open.extend(node.children_it(false).map(|child| (child, depth + 1)));
    }
    Ok(())
}

/// The article of a page, whatever the page does to the parser.
fn extract(html: &str, fetched: Option<&Fetched>) -> Result<Article, String> {
    check_elements(html)?;
    catch_panic(|| find(html, fetched))?
}

fn find(html: &str, fetched: Option<&Fetched>) -> Result<Article, String> {
    let document = Document::from(html);
    check_depth(&document)?;
    let mut article = described(&document);
    document.select(EMBEDDED).remove();
    let config = Config { text_mode: TextMode::Formatted, ..Config::default() };
    let address = fetched.map(|fetched| fetched.url.as_str()).filter(|url| url.starts_with("http"));
    let mut reader = Readability::with_document(document, address, Some(config))
        .map_err(|error| format!("no article on the page: {error}"))?;
    let found = reader.parse().map_err(|_| "no article on the page".to_owned())?;
    article.text =
        junk::without(&found.text_content, &[&found.title, article.title.as_deref().unwrap_or("")]);
    if article.text.is_empty() {
        return Err("no article on the page".to_owned());
    }
    let title = Some(found.title).filter(|title| !title.trim().is_empty());
    article.title = article.title.or(title);
    article.date = found.published_time.or(article.date);
    article.author = found.byline.or(article.author).map(|author| author_name(&author));
    article.language = found.lang.or(article.language);
    article.site = found.site_name.or(article.site);
    Ok(article)
}

/// The metadata in the page's head, and its headline if it has only one.
fn described(document: &Document) -> Article {
    let attribute = |selector: &str, name: &str| {
        let selection = document.try_select(selector)?;
        let value = selection.attr(name)?.trim().to_owned();
        (!value.is_empty()).then_some(value)
    };
    let date = [
        ("meta[property='article:published_time']", "content"),
        ("meta[itemprop='datePublished']", "content"),
        ("meta[name='parsely-pub-date']", "content"),
        ("meta[name='pubdate']", "content"),
        ("meta[name='date']", "content"),
        ("meta[name='DC.date']", "content"),
        ("meta[name='dcterms.created']", "content"),
        ("meta[name='sailthru.date']", "content"),
        ("time[itemprop='datePublished']", "datetime"),
        ("article time[datetime]", "datetime"),
        ("time[datetime]", "datetime"),
    ];
    let headlines = document.select("h1");
    let headline = (headlines.length() == 1).then(|| one_line(&headlines.text()));
    Article {
        title: headline.filter(|headline| !headline.is_empty()),
        date: date.into_iter().find_map(|(selector, name)| attribute(selector, name)),
        author: attribute("meta[name='author']", "content").filter(|author| !author.starts_with("http")),
        language: attribute("html[lang]", "lang"),
        url: attribute("link[rel='canonical']", "href")
            .or_else(|| attribute("meta[property='og:url']", "content")),
        site: attribute("meta[property='og:site_name']", "content"),
        ..Article::default()
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The author without "By": "By Ana Ruiz" → "Ana Ruiz".
fn author_name(line: &str) -> String {
    let line = one_line(line);
    let rest = line.get(..3).filter(|by| by.eq_ignore_ascii_case("by ")).map(|_| line[3..].to_owned());
    rest.unwrap_or(line)
}
