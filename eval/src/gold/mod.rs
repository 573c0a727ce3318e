//! Reads annotated data.

mod brat;
mod conll;
mod marked;
mod tagged;

pub use tagged::read_tagged;

use std::path::{Path, PathBuf};

use copydesk_core::Span;
use copydesk_core::layers::Label;
use copydesk_engine::output::{OffsetMap, OffsetUnit};
use serde_json::Value;

/// A text with its annotations, offsets in bytes.
#[derive(Clone, Debug, Default)]
pub struct GoldDocument {
    /// The id.
    pub id: String,
    /// The text.
    pub text: String,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication.
    pub date: Option<String>,
    /// The target whose polarity is annotated.
    pub target: Vec<Span>,
    /// The annotations, as they are.
    pub(crate) line: Value,
    offsets: OffsetMap,
}

/// Who says what, with which words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldAttribution {
    /// Who; empty where the text does not tell.
    pub source: Vec<Span>,
    /// The words that announce it.
    pub cue: Vec<Span>,
    /// What.
    pub content: Vec<Span>,
}

/// An opinion that the first of two holds of the second (`Ok`) or the second of the first (`Err`); `None` where neither does.
pub type GoldOpinion = Option<Result<Label, Label>>;

/// Mentions of one thing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GoldCluster {
    /// Its mentions.
    pub mentions: Vec<GoldMention>,
}

/// A mention of a thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoldMention {
    /// All of it.
    pub span: Span,
    /// Its head.
    pub head: Span,
    /// "name", "nominal" or "pronoun".
    pub form: String,
}

impl GoldMention {
    /// Whether it is a name.
    pub fn is_name(&self) -> bool {
        self.form == "name"
    }
}

/// Why annotated data cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum GoldError {
    /// The file cannot be read.
    #[error("{0}: {1}")]
    Read(PathBuf, std::io::Error),
    /// A line is no annotated text.
    #[error("{0}:{1}: {2}")]
    Line(PathBuf, usize, String),
}

/// Reads annotated data: JSON lines; CoNLL columns; a brat `.ann` file with its text beside it, or a folder of them; or texts
/// with marks in them (`.marked`).
pub fn read_gold(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let failed = |error| GoldError::Read(path.to_owned(), error);
    if path.is_dir() {
        return read_folder(path);
    }
    let text = std::fs::read_to_string(path).map_err(failed)?;
    let wrong = |line: usize, reason: String| GoldError::Line(path.to_owned(), line, reason);
    let name = path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or("");
    let documents = if extension == "ann" {
        let source = brat::text_of(path).map_err(failed)?;
        vec![brat::read(&source, &text, &name).map_err(|reason| wrong(1, reason))?]
    } else if extension == "marked" {
        marked::read(&text).map_err(|reason| wrong(1, reason))?
    } else if conll::looks_like(&text) {
        conll::read(&text, &name)
    } else {
        return read_lines(path, &text);
    };
    Ok(documents.into_iter().filter_map(GoldDocument::new).collect())
}

/// All stand-off annotations of a folder, by name.
fn read_folder(path: &Path) -> Result<Vec<GoldDocument>, GoldError> {
    let failed = |error| GoldError::Read(path.to_owned(), error);
    let mut files = Vec::new();
    for entry in std::fs::read_dir(path).map_err(failed)? {
        let file = entry.map_err(failed)?.path();
        if file.extension().is_some_and(|extension| extension == "ann") {
            files.push(file);
        }
    }
    files.sort();
    let documents: Result<Vec<_>, _> = files.iter().map(|file| read_gold(file)).collect();
    Ok(documents?.into_iter().flatten().collect())
}

fn read_lines(path: &Path, text: &str) -> Result<Vec<GoldDocument>, GoldError> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(number, line)| {
            let wrong = |reason: String| GoldError::Line(path.to_owned(), number + 1, reason);
            let line: Value = serde_json::from_str(line).map_err(|error| wrong(error.to_string()))?;
            GoldDocument::new(line).ok_or_else(|| wrong("no field `text`".to_owned()))
        })
        .collect()
}

impl GoldDocument {
    pub(crate) fn new(line: Value) -> Option<Self> {
        let string = |value: Option<&Value>| value.and_then(Value::as_str).map(str::to_owned);
        let text = string(line.get("text"))?;
        let mut offsets = OffsetMap::new(OffsetUnit::Chars);
        offsets.load(&text);
        let reference = line.pointer("/context/ReferenceDateTime");
        let mut document = Self {
            id: string(line.get("id")).unwrap_or_default(),
            title: string(line.get("title")),
            date: string(line.get("date")).or_else(|| string(reference)).or_else(|| scripted(&line)),
            text,
            target: Vec::new(),
            offsets,
            line: Value::Null,
        };
        document.target.extend(line.get("target").and_then(|target| document.span(target)));
        document.line = line;
        Some(document)
    }

    /// The names of entities that are annotated, each with its label.
    pub fn names(&self) -> impl Iterator<Item = (Span, &str)> {
        self.list("entities")
            .iter()
            .filter_map(|entity| Some((self.span(entity)?, entity.get("label").and_then(Value::as_str)?)))
    }

    /// What a document is made of.
    pub fn source(&self) -> copydesk_core::Source<'_> {
        copydesk_core::Source {
            id: &self.id,
            text: &self.text,
            title: self.title.as_deref(),
            date: self.date.as_deref(),
            targets: self.target.as_slice(),
        }
    }

    /// The same document as a style writes it. What is annotated keeps its place.
    #[must_use]
    pub fn written(mut self, style: crate::Style) -> Self {
        for text in [Some(&mut self.text), self.title.as_mut()].into_iter().flatten() {
            let plain = std::mem::take(text);
            style.write(&plain, text);
        }
        self
    }

    /// The annotated polarity: towards the target, or of the whole.
    pub fn label(&self) -> Option<Label> {
        Label::from_word(&self.line.get("label")?.as_str()?.to_lowercase())
    }

    /// The annotated polarity of the whole as a number, on whatever scale.
    pub fn score(&self) -> Option<f64> {
        self.line.get("score")?.as_f64()
    }

    /// The annotated attributions.
    pub fn attributions(&self) -> impl Iterator<Item = GoldAttribution> + '_ {
        self.list("quotes").iter().map(|quote| GoldAttribution {
            source: self.spans(quote.get("source")),
            cue: self.spans(quote.get("cue")),
            content: self.spans(quote.get("content")),
        })
    }

    /// The annotated pronoun and the one of its candidates that it means.
    pub fn choice(&self) -> Option<(Span, Span)> {
        let right = |candidate: &&Value| candidate.get("same").and_then(Value::as_bool) == Some(true);
        let pronoun = self.span(self.line.get("pronoun")?)?;
        Some((pronoun, self.span(self.list("candidates").iter().find(right)?)?))
    }

    /// Two marked mentions, and the opinion that one holds of the other.
    pub fn opinion(&self) -> Option<([Span; 2], GoldOpinion)> {
        let spans = [self.span(self.line.get("p")?)?, self.span(self.line.get("q")?)?];
        let label = self.label();
        let opinion = match self.line.get("direction")?.as_str()? {
            "pq" => label.map(Ok),
            "qp" => label.map(Err),
            _ => None,
        };
        Some((spans, opinion))
    }

    /// Whether clusters of mentions are annotated, were it none.
    pub fn has_clusters(&self) -> bool {
        self.line.get("clusters").is_some()
    }

    /// The annotated clusters of mentions.
    pub fn clusters(&self) -> impl Iterator<Item = GoldCluster> + '_ {
        let mention = |value: &Value| {
            let span = self.span(value)?;
            let head = value.get("head").and_then(|head| self.span(head)).unwrap_or(span);
            Some(GoldMention { span, head, form: value.get("form")?.as_str()?.to_owned() })
        };
        let mentions =
            |cluster: &Value| cluster.get("mentions").and_then(Value::as_array).cloned().unwrap_or_default();
        self.list("clusters").iter().map(move |cluster| GoldCluster {
            mentions: mentions(cluster).iter().filter_map(mention).collect(),
        })
    }

    /// The annotations of this name.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.line.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }

    /// A `{"start", "end"}` or `[start, end]` of the gold as a span.
    pub(crate) fn span(&self, value: &Value) -> Option<Span> {
        let (start, end) = match value {
            Value::Array(pair) => (pair.first()?, pair.get(1)?),
            value => (value.get("start")?, value.get("end")?),
        };
        let byte = |offset: &Value| self.offsets.to_byte(&self.text, offset.as_u64()?);
        Span::checked(&self.text, byte(start)?, byte(end)?)
    }

    /// A list of such spans.
    pub(crate) fn spans(&self, value: Option<&Value>) -> Vec<Span> {
        let list = value.and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(|span| self.span(span)).collect()
    }
}

/// The day of a reference written as a script's arguments, months from zero: "2020, 7 - 1, 6".
fn scripted(line: &Value) -> Option<String> {
    let mut parts = line.pointer("/context/ref_js")?.as_str()?.split(',').map(|part| {
        let mut terms = part.split('-').map(|term| term.trim().parse::<i32>().ok());
        let first = terms.next()??;
        terms.try_fold(first, |sum, term| Some(sum - term?))
    });
    let (year, month, day) = (parts.next()??, parts.next()?? + 1, parts.next()??);
    Some(format!("{year:04}-{month:02}-{day:02}"))
}
