//! A copydesk stage: marks a word. Change `analyze` to find what you need.

use copydesk_core::schema::Schemas;
use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

copydesk_core::export_stage!(Words);

copydesk_core::rules! {
    /// The word to mark.
    WORD = Finds "word" {
        what: "Marks a word.",
        why: "The option `word` names it.",
        example: "The [budget] passed.",
        counterexample: "Budgets pass.",
    }
}

/// The options in a pipeline file.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Options {
    /// The word.
    word: String,
}

impl Default for Options {
    fn default() -> Self {
        Self { word: "budget".to_owned() }
    }
}

/// The value of an annotation. copydesk validates it, and tables have a column for each field.
#[derive(Serialize, JsonSchema)]
struct Found {
    /// The word as written in the text.
    word: String,
}

struct Words {
    word: String,
}

impl Stage for Words {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        for token in doc.tokens() {
            if doc.slice(token.span()).eq_ignore_ascii_case(&self.word) {
                let found = Found { word: doc.slice(token.span()).to_owned() };
                out.custom("@NAME@", token.span(), &found, WORD)?;
            }
        }
        Ok(())
    }
}

impl StageType for Words {
    const NAME: &'static str = "@NAME@";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "Marks a word.";
    const PROVIDES: &'static [&'static str] = &["@NAME@"];
    const RULES: &'static [RuleId] = RULES;
    type Options = Options;

    fn schemas() -> Schemas {
        Schemas::new().layer::<Found>("@NAME@")
    }

    fn new(options: Options) -> Result<Self, StageError> {
        if options.word.is_empty() {
            return Err(StageError::option("word", "it is empty: name a word"));
        }
        Ok(Self { word: options.word })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use copydesk_core::assert_annotations;

    #[test]
    fn a_word_is_found() {
        // Expected annotations are in square brackets; copydesk_core::testing describes marks for names, quotes and figures.
        assert_annotations!(Words, r#"The [Budget]({"word": "Budget"}) passed; budgets do."#);
        assert_annotations!(Words, {"word": "strike"}, "The budget fell, and a [strike] began.");
    }
}
