//! Selects the documents of the input that are analysed.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use cel::objects::Key;
use cel::{Context, Env, Program, Value};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::record::Record;

/// A selection of documents: first sampled, then filtered, then limited in number.
#[derive(Clone, Debug, Default)]
pub struct Selection {
    /// The size of the random sample.
    pub sample: Option<Sample>,
    /// The seed of the sample: the same seed draws the same documents.
    pub seed: u64,
    /// The first day, ISO 8601; a month or year stands for its first day.
    pub since: Option<String>,
    /// The last day; a month or year stands for its last day.
    pub until: Option<String>,
    /// A condition.
    pub filter: Option<Filter>,
    /// The maximum number of documents.
    pub limit: Option<u64>,
}

impl Selection {
    /// Whether the selection depends on the content of documents.
    pub fn filters(&self) -> bool {
        self.since.is_some() || self.until.is_some() || self.filter.is_some()
    }

    /// Whether a document is selected. An error is a message why this cannot be decided.
    pub(crate) fn takes(&self, record: &Record<'_>) -> Result<Choice, String> {
        if self.since.is_some() || self.until.is_some() {
            let Some(date) = record.date.as_deref() else { return Ok(Choice::Undated) };
            let day = |end: &str| date[..date.len().min(end.len())].to_owned();
            let early = self.since.as_deref().is_some_and(|since| day(since).as_str() < since);
            let late = self.until.as_deref().is_some_and(|until| day(until).as_str() > until);
            if early || late {
                return Ok(Choice::Left);
            }
        }
        let wanted = self.filter.as_ref().map_or(Ok(true), |filter| filter.accepts(record))?;
        Ok(if wanted { Choice::Taken } else { Choice::Left })
    }
}

/// Whether a document is analysed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Choice {
    Taken,
    Left,
    /// Left out because it has no date and the selection needs one.
    Undated,
}

/// The size of a sample.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Written", into = "String")]
#[schemars(with = "Written")]
pub enum Sample {
    /// This many documents. Their records are held in memory.
    Count(usize),
    /// This share, from 0 to 1.
    Share(f64),
}

/// The size of a sample as written in a pipeline file.
#[derive(Deserialize, JsonSchema)]
#[serde(untagged)]
enum Written {
    Count(usize),
    Text(String),
}

impl TryFrom<Written> for Sample {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Count(count) => Ok(Self::Count(count)),
            Written::Text(text) => text.parse(),
        }
    }
}

impl FromStr for Sample {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong =
            || format!("{text:?} is neither a number of documents, such as 500, nor a share, such as 2.5%");
        match text.trim().strip_suffix('%') {
            None => text.trim().parse().map(Self::Count).map_err(|_| wrong()),
            Some(number) => {
                let percent: f64 = number.trim().parse().map_err(|_| wrong())?;
                if (0.0..=100.0).contains(&percent) { Ok(Self::Share(percent / 100.0)) } else { Err(wrong()) }
            }
        }
    }
}

impl From<Sample> for String {
    fn from(sample: Sample) -> Self {
        match sample {
            Sample::Count(count) => count.to_string(),
            Sample::Share(share) => format!("{}%", share * 100.0),
        }
    }
}

/// A condition on the fields of a document, in the Common Expression Language: `lang == "en" && outlet in ["A", "B"]`.
#[derive(Clone)]
pub struct Filter {
    program: Arc<Program>,
    env: Arc<Env>,
    /// The fields that it reads.
    names: Vec<String>,
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter").field("names", &self.names).finish_non_exhaustive()
    }
}

impl FromStr for Filter {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let env = Arc::new(Env::stdlib());
        let compiled = copydesk_core::catch_panic(|| env.compile(text).map_err(|error| error.to_string()));
        let program = compiled.and_then(|result| result).map_err(|error| {
            let first = error.lines().next().unwrap_or_default().trim_start_matches("ERROR: <input>:");
            format!("{text:?} is not a valid condition: {first}")
        })?;
        let names = program.references().variables().into_iter().map(str::to_owned).collect();
        Ok(Self { program: Arc::new(program), env, names })
    }
}

impl Filter {
    fn accepts(&self, record: &Record<'_>) -> Result<bool, String> {
        let mut context = Context::with_env(Arc::clone(&self.env));
        for name in &self.names {
            context.add_variable_from_value(name.as_str(), field(record, name));
        }
        match self.program.execute(&context) {
            Ok(Value::Bool(wanted)) => Ok(wanted),
            Ok(other) => Err(format!("the condition gives {:?}, not true or false", other.type_of())),
            Err(error) => Err(format!("the condition cannot be evaluated: {error}")),
        }
    }
}

/// The value of a field; null if the document does not have it. `lang` is the detected language unless there is a field of that name.
fn field(record: &Record<'_>, name: &str) -> Value {
    let text = |text: Option<&str>| text.map_or(Value::Null, Value::from);
    if let Some((_, raw)) = record.others.iter().find(|(known, _)| *known == name) {
        return serde_json::from_str(raw).map_or(Value::Null, |value| convert(&value));
    }
    match name {
        "id" => text(Some(&record.id)),
        "text" => text(Some(&record.text)),
        "title" => text(record.title.as_deref()),
        "date" => text(record.date.as_deref()),
        "language" | "lang" => text(record.language),
        _ => Value::Null,
    }
}

fn convert(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Null => Value::Null,
        serde_json::Value::Bool(value) => Value::Bool(*value),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::Int(whole),
            None => Value::Float(number.as_f64().unwrap_or(f64::NAN)),
        },
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => Value::from(items.iter().map(convert).collect::<Vec<_>>()),
        serde_json::Value::Object(entries) => {
            let entries = entries.iter().map(|(key, value)| (Key::from(key.as_str()), convert(value)));
            Value::from(entries.collect::<std::collections::HashMap<_, _>>())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record<'a>(date: Option<&'a str>, others: &[(&'a str, &'a str)]) -> Record<'a> {
        let others = others.iter().map(|(name, value)| ((*name).into(), *value)).collect();
        Record { date: date.map(Into::into), others, language: Some("en"), ..Record::default() }
    }

    #[test]
    fn days_months_and_years_bound_the_dates() {
        let choice = |since: Option<&str>, until: Option<&str>, date| {
            let (since, until) = (since.map(str::to_owned), until.map(str::to_owned));
            Selection { since, until, ..Selection::default() }.takes(&record(date, &[]))
        };
        assert_eq!(choice(Some("2024-05-08"), None, Some("2024-05-08T10:00:00Z")), Ok(Choice::Taken));
        assert_eq!(choice(Some("2024-05-08"), None, Some("2024-05-07")), Ok(Choice::Left));
        assert_eq!(choice(None, Some("2024-05"), Some("2024-05-31")), Ok(Choice::Taken));
        assert_eq!(choice(None, Some("2024"), Some("2025-01-01")), Ok(Choice::Left));
        assert_eq!(choice(None, Some("2024"), None), Ok(Choice::Undated));
    }

    #[test]
    fn conditions_read_the_fields() {
        let document = record(None, &[("outlet", "\"Post\""), ("words", "812"), ("tags", "[\"eu\"]")]);
        for (condition, expected) in [
            ("lang == \"en\" && outlet in [\"Post\", \"Mail\"]", Ok(true)),
            ("words > 1000", Ok(false)),
            ("words > 800.5", Ok(true)),
            ("\"eu\" in tags", Ok(true)),
            ("section == null", Ok(true)),
            ("outlet.startsWith(\"Po\")", Ok(true)),
            ("outlet.matches(\"^P.*t$\")", Ok(true)),
        ] {
            let filter: Filter = condition.parse().unwrap();
            assert_eq!(filter.accepts(&document), expected, "{condition}");
        }
        assert!("lang ==".parse::<Filter>().is_err());
        assert!("words".parse::<Filter>().unwrap().accepts(&document).is_err());
    }

    #[test]
    fn samples_are_numbers_or_shares() {
        assert_eq!("500".parse(), Ok(Sample::Count(500)));
        assert_eq!("2.5%".parse(), Ok(Sample::Share(0.025)));
        assert!("-1".parse::<Sample>().is_err() && "101%".parse::<Sample>().is_err());
    }
}
