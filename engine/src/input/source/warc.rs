//! Web archives (WARC, ISO 28500), such as those of Common Crawl: one document per page.
//!
//! After a damaged record the reader continues at the next one, in a compressed archive at the next gzip member.

use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

use flate2::read::GzDecoder;

use super::object::Object;
use super::{Format, InputFormat, More, Source, begins_with};
use crate::input::batch::{Batch, Fetched, Form, Origin};
use crate::input::record::Fields;
use crate::input::stream::Stream;

pub(super) const FORMAT: Format = Format {
    format: InputFormat::Warc,
    extensions: &["warc", "wet", "arc"],
    sniff: |head| head.starts_with(b"WARC/"),
    open: |stream, context| {
        let file = Arc::clone(&stream.name);
        let fields = Arc::clone(&context.fields);
        let input = BufReader::with_capacity(READ, stream);
        Ok(Box::new(Warc { file, fields, longest: context.limits.longest() as u64, input, number: 0 }))
    },
};

const READ: usize = 256 * 1024;
/// The maximum number of lines in the header of a record or response.
const MAX_HEADERS: usize = 1000;
/// The maximum length of a header line in bytes.
const LONGEST_HEADER: u64 = 64 * 1024;

struct Warc {
    file: Arc<str>,
    fields: Arc<Fields>,
    /// The maximum length of a page in bytes; longer ones are skipped.
    longest: u64,
    input: BufReader<Stream>,
    number: u64,
}

/// The names, in lower case, and values of a header.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether a value begins with one of these words, in any case.
    fn is(&self, name: &str, words: &[&str]) -> bool {
        let value = self.get(name).unwrap_or_default();
        words.iter().any(|word| begins_with(value.as_bytes(), word.as_bytes()))
    }
}

impl Source for Warc {
    fn fill(&mut self, batch: &mut Batch) -> More {
        while !batch.is_full() {
            match self.next(batch) {
                Ok(more @ More::No) => return more,
                Ok(More::Yes) => {}
                Err(error) => {
                    batch.fail(
                        self.origin(),
                        format!("damaged record: {error}; reading continues at the next one"),
                    );
                    if !self.skip_to_next_record() {
                        return More::No;
                    }
                }
            }
        }
        More::Yes
    }
}

impl Warc {
    fn origin(&self) -> Origin {
        Origin { file: Arc::clone(&self.file), line: self.number }
    }

    /// Reads a record.
    fn next(&mut self, batch: &mut Batch) -> io::Result<More> {
        let Some(version) = self.first_line()? else { return Ok(More::No) };
        self.number += 1;
        if !version.starts_with("WARC/") {
            return Err(broken("no WARC header"));
        }
        let headers = headers(&mut self.input)?;
        let length = headers.get("content-length").and_then(|length| length.parse::<u64>().ok());
        let length = length.ok_or_else(|| broken("no Content-Length"))?;
        let origin = self.origin();
        let mut block = (&mut self.input).take(length);
        let target = Target { fields: &self.fields, longest: self.longest, batch, origin };
        let outcome = read_block(&headers, &mut block, length, target);
        if outcome.is_ok() {
            let left = block.limit();
            if io::copy(&mut block, &mut io::sink())? < left {
                return Err(broken("the file ends within it"));
            }
        }
        outcome.map(|()| More::Yes)
    }

    /// The next line that is not empty.
    fn first_line(&mut self) -> io::Result<Option<String>> {
        for _ in 0..MAX_HEADERS {
            match line(&mut self.input)? {
                None => return Ok(None),
                Some(line) if line.is_empty() => {}
                line => return Ok(line),
            }
        }
        Err(broken("only empty lines"))
    }

    /// Skips to the next line that begins a record; returns whether there is one.
    fn skip_to_next_record(&mut self) -> bool {
        loop {
            let at_record = match self.input.fill_buf() {
                Ok([]) | Err(_) => return false,
                Ok(ahead) => {
                    if ahead.starts_with(b"WARC/1") {
                        return true;
                    }
                    memchr::memmem::find(ahead, b"\nWARC/1").map_or(ahead.len(), |at| at + 1)
                }
            };
            self.input.consume(at_record);
        }
    }
}

/// The destination of the page of a record.
struct Target<'t> {
    fields: &'t Fields,
    longest: u64,
    batch: &'t mut Batch,
    origin: Origin,
}

/// Adds the page of a record, if it has one.
fn read_block(
    headers: &Headers,
    block: &mut impl BufRead,
    length: u64,
    target: Target<'_>,
) -> io::Result<()> {
    let Target { fields, longest, batch, origin } = target;
    let url = headers.get("warc-target-uri").unwrap_or_default().trim_matches(['<', '>']).to_owned();
    let at = headers.get("warc-date").map(str::to_owned);
    let response =
        headers.is("warc-type", &["response"]) && headers.is("content-type", &["application/http"]);
    let whole = headers.is("warc-type", &["resource", "conversion"]);
    if !response && !whole {
        return Ok(());
    }
    let http = if response {
        let status = line(block)?.unwrap_or_default();
        if status.split(' ').nth(1) != Some("200") {
            return Ok(());
        }
        Some(self::headers(block)?)
    } else {
        None
    };
    let about = http.as_ref().unwrap_or(headers);
    let is_page = about.is("content-type", &["text/html", "application/xhtml"]);
    if !is_page && !about.is("content-type", &["text/plain"]) {
        return Ok(());
    }
    if length > longest {
        batch.too_long(origin);
        return Ok(());
    }
    let mut body = Vec::new();
    block.read_to_end(&mut body)?;
    if let Some(http) = &http {
        body = unpacked(body, http, longest)?;
    }
    let start = batch.bytes.len();
    if is_page {
        let charset = about.get("content-type").and_then(charset);
        batch.bytes.extend_from_slice(&body);
        let fetched = Fetched { url, at, charset };
        batch.add(start..batch.bytes.len(), origin, Form::Page(Some(Box::new(fetched))));
    } else {
        let mut object = Object::open(&mut batch.bytes);
        object.optional(&fields.id, Some(&url));
        object.string(&fields.text, &String::from_utf8_lossy(&body));
        object.optional("url", Some(&url));
        object.optional("fetched", at.as_deref());
        object.close();
        batch.add(start..batch.bytes.len(), origin, Form::Json);
    }
    Ok(())
}

/// The body of a response without its transfer and content encodings.
fn unpacked(body: Vec<u8>, http: &Headers, longest: u64) -> io::Result<Vec<u8>> {
    let body = if http.is("transfer-encoding", &["chunked"]) { joined(&body).unwrap_or(body) } else { body };
    if !(http.is("content-encoding", &["gzip", "x-gzip"]) && body.starts_with(b"\x1f\x8b")) {
        return Ok(body);
    }
    let mut plain = Vec::new();
    GzDecoder::new(body.as_slice()).take(longest + 1).read_to_end(&mut plain)?;
    Ok(plain)
}

/// The joined chunks of a body; `None` if it is not chunked, such as when the archive has joined them already.
fn joined(body: &[u8]) -> Option<Vec<u8>> {
    let (mut rest, mut joined) = (body, Vec::new());
    loop {
        let end = memchr::memmem::find(rest, b"\r\n")?;
        let size = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 2..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

/// The encoding in a content type.
fn charset(content_type: &str) -> Option<String> {
    let at = content_type.to_ascii_lowercase().find("charset=")?;
    let name = content_type[at + "charset=".len()..].split([';', ' ']).next()?;
    Some(name.trim_matches(['"', '\'']).to_owned())
}

/// The lines up to the next empty one.
fn headers(input: &mut impl BufRead) -> io::Result<Headers> {
    let mut headers = Vec::new();
    while headers.len() < MAX_HEADERS {
        let line = line(input)?.ok_or_else(|| broken("the file ends within its header"))?;
        if line.is_empty() {
            return Ok(Headers(headers));
        }
        if let Some((name, value)) = line.split_once(':') {
            headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Err(broken("its header has too many lines"))
}

/// A line without its end; `None` at the end of the input.
fn line(input: &mut impl BufRead) -> io::Result<Option<String>> {
    let mut line = Vec::new();
    if input.take(LONGEST_HEADER).read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    Ok(Some(String::from_utf8_lossy(&line).trim_end().to_owned()))
}

fn broken(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
