//! The messages that copydesk and a program exchange.

use std::borrow::Cow;
use std::collections::BTreeMap;

use copydesk_core::{Effect, RuleInfo, StageInfo, layer};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

/// The version of the protocol.
pub(super) const VERSION: u64 = 1;

/// The first message of a program, which describes it.
#[derive(Debug, Deserialize)]
pub(super) struct Hello {
    copydesk: u64,
    name: String,
    #[serde(default)]
    version: String,
    #[serde(default)]
    summary: String,
    provides: Vec<String>,
    #[serde(default)]
    requires: Vec<String>,
    #[serde(default)]
    uses: Vec<String>,
    /// The JSON Schema of its options, with their defaults.
    #[serde(default)]
    options: Value,
    #[serde(default)]
    rules: Vec<Rule>,
    /// The JSON Schema of the values of each layer that has one.
    #[serde(default)]
    schemas: BTreeMap<String, Value>,
}

#[derive(Debug, Deserialize)]
struct Rule {
    code: String,
    #[serde(default)]
    what: String,
    #[serde(default)]
    why: String,
    #[serde(default)]
    example: String,
    #[serde(default)]
    counterexample: String,
}

/// The rule of annotations without a rule.
pub(super) const FOUND: &str = "found";

impl Hello {
    /// The description of the stage; an error is a message.
    pub(super) fn info(self) -> Result<StageInfo, String> {
        if self.copydesk != VERSION {
            return Err(format!(
                "it speaks version {} of the protocol, and this copydesk version {VERSION}",
                self.copydesk
            ));
        }
        let named =
            |name: &String| !name.is_empty() && !name.contains(|c: char| c.is_control() || c.is_whitespace());
        if !named(&self.name) || self.provides.is_empty() || !self.provides.iter().all(named) {
            return Err("its name, and each layer that it provides, must be a word".to_owned());
        }
        if let Some(own) = self.provides.iter().find(|layer| BUILT_IN.contains(&layer.as_str())) {
            return Err(format!(
                "it provides `{own}`, which only stages in Rust or C can; name a layer of its own"
            ));
        }
        let mut rules: Vec<RuleInfo> = self.rules.into_iter().map(Rule::info).collect();
        if !rules.iter().any(|rule| rule.code == FOUND) {
            rules.push(Rule::found().info());
        }
        let defaults = self.options.get("properties").and_then(Value::as_object);
        let defaults: Map<String, Value> = defaults
            .into_iter()
            .flatten()
            .filter_map(|(name, schema)| Some((name.clone(), schema.get("default")?.clone())))
            .collect();
        Ok(StageInfo {
            name: self.name,
            version: self.version,
            summary: self.summary,
            requires: self.requires,
            uses: self.uses,
            provides: self.provides,
            rules,
            options_schema: if self.options.is_null() { Value::Object(Map::new()) } else { self.options },
            options_default: Value::Object(defaults),
            schemas: self.schemas,
        })
    }
}

/// Layers with their own types of annotations.
const BUILT_IN: [&str; 6] = layer::TYPED;

impl Rule {
    fn found() -> Self {
        let what = "Whatever the program found.".to_owned();
        Self {
            code: FOUND.to_owned(),
            what,
            why: String::new(),
            example: String::new(),
            counterexample: String::new(),
        }
    }

    fn info(self) -> RuleInfo {
        RuleInfo {
            code: self.code,
            effect: Effect::Finds,
            what: self.what,
            why: self.why,
            example: self.example,
            counterexample: self.counterexample,
        }
    }
}

/// An answer.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Answer<'a> {
    /// Whether the stage accepted its options.
    pub(super) ready: bool,
    /// The number of its document.
    pub(super) number: Option<u64>,
    /// Why the stage could not process the request.
    #[serde(borrow)]
    pub(super) error: Option<Cow<'a, str>>,
    /// The annotations, by layer.
    #[serde(borrow)]
    pub(super) layers: Option<BTreeMap<Cow<'a, str>, Vec<Annotation<'a>>>>,
}

/// An annotation.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Annotation<'a> {
    /// The start offset, in code points.
    pub(super) start: u64,
    /// The end offset.
    pub(super) end: u64,
    /// The stage's own data.
    #[serde(borrow, default)]
    pub(super) value: Option<&'a RawValue>,
    #[serde(default)]
    pub(super) confidence: Option<f32>,
    #[serde(borrow, default)]
    pub(super) rule: Option<Cow<'a, str>>,
    /// The annotated text, which a program may repeat as a check.
    #[serde(borrow, default)]
    pub(super) text: Option<Cow<'a, str>>,
}
