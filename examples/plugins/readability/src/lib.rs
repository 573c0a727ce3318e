//! How hard each paragraph is to read: the automated readability index (Senter and Smith, 1967) as a custom layer.

use copydesk_core::schema::Schemas;
use copydesk_core::{DocumentView, Emitter, RuleId, Stage, StageError, StageType};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

copydesk_core::export_stage!(Readability);

copydesk_core::rules! {
    /// The one that there is.
    READABILITY_INDEX = Finds "automated-readability-index" {
        what: "Grades a paragraph by the length of its words and sentences.",
        why: "The index needs no count of syllables, so it is exact.",
        example: "[The committee postponed its deliberations indefinitely.]",
        counterexample: "[Yes.]",
    }
}

/// A paragraph's grade.
#[derive(Serialize, JsonSchema)]
struct Grade {
    /// How many words it has.
    words: usize,
    /// The school year in which a reader is at ease with it.
    grade: f64,
}

/// What can be set in a pipeline file.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
struct Options {
    /// Paragraphs of fewer words are left out.
    #[schemars(range(min = 1))]
    min_words: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { min_words: 5 }
    }
}

struct Readability {
    min_words: usize,
}

impl Stage for Readability {
    fn analyze(&self, doc: &DocumentView<'_>, out: &mut Emitter) -> Result<(), StageError> {
        for paragraph in doc.paragraphs() {
            let words = doc.tokens()[doc.tokens_in(paragraph.span())].iter().filter(|token| token.is_word());
            let (count, letters) = words.fold((0, 0), |(n, sum), token| (n + 1, sum + token.span().len()));
            if count < self.min_words {
                continue;
            }
            let (words, sentences) = (count as f64, paragraph.sentences().len() as f64);
            let index = 4.71 * f64::from(letters) / words + 0.5 * words / sentences - 21.43;
            let grade = Grade { words: count, grade: (index * 10.0).round() / 10.0 };
            out.custom("readability", paragraph.span(), &grade, READABILITY_INDEX)?;
        }
        Ok(())
    }
}

impl StageType for Readability {
    const NAME: &'static str = "readability";
    const VERSION: &'static str = env!("CARGO_PKG_VERSION");
    const SUMMARY: &'static str = "Grades how hard each paragraph is to read.";
    const PROVIDES: &'static [&'static str] = &["readability"];
    const RULES: &'static [RuleId] = RULES;
    type Options = Options;

    fn schemas() -> Schemas {
        Schemas::new().layer::<Grade>("readability")
    }

    fn new(options: Options) -> Result<Self, StageError> {
        Ok(Self { min_words: options.min_words })
    }
}
