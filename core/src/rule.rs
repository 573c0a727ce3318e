//! Named rules: what a stage finds or suppresses, and why, as data.

use serde::{Deserialize, Serialize};

/// A rule of a stage. Every annotation names the rule that made it.
///
/// A stage declares its rules with [`rules!`](crate::rules) and lists them in [`StageType::RULES`](crate::StageType::RULES). In
/// the examples, square brackets mark the words that the rule applies to: `"It cost [€3.5bn]."`.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// A short name in lower case, words joined by hyphens. In the output it follows the stage's name: `figure/currency`.
    pub code: &'static str,
    /// Whether it makes annotations or suppresses them.
    pub effect: Effect,
    /// What it does, in one sentence.
    pub what: &'static str,
    /// Why it is right, and where it is known to fail.
    pub why: &'static str,
    /// A text in which it applies to the marked words.
    pub example: &'static str,
    /// A text in which it does not apply to the marked words.
    pub counterexample: &'static str,
}

/// What a rule does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    /// It makes annotations.
    Finds,
    /// It suppresses annotations; `copydesk explain` shows them.
    HoldsBack,
}

/// A reference to a declared rule, as builders require it.
#[derive(Clone, Copy, Debug)]
pub struct RuleId(&'static Rule);

impl RuleId {
    /// Refers to a declared rule. [`rules!`](crate::rules) generates this call.
    pub const fn new(rule: &'static Rule) -> Self {
        Self(rule)
    }

    /// The rule's code, without the stage's name.
    pub const fn code(self) -> &'static str {
        self.0.code
    }

    /// The rule.
    pub const fn rule(self) -> &'static Rule {
        self.0
    }
}

impl PartialEq for RuleId {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for RuleId {}

/// A rule in the description that a stage gives to the host, which may have loaded the stage from a library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleInfo {
    /// Its code, without the stage's name.
    pub code: String,
    /// Whether it makes annotations or suppresses them.
    pub effect: Effect,
    /// What it does.
    pub what: String,
    /// Why.
    pub why: String,
    /// A text in which it applies to the words in square brackets.
    pub example: String,
    /// A text in which it does not apply to the words in square brackets.
    pub counterexample: String,
}

impl RuleInfo {
    /// The description of a rule.
    pub fn of(rule: &Rule) -> Self {
        Self {
            code: rule.code.to_owned(),
            effect: rule.effect,
            what: rule.what.to_owned(),
            why: rule.why.to_owned(),
            example: rule.example.to_owned(),
            counterexample: rule.counterexample.to_owned(),
        }
    }
}

/// Declares the rules of a stage: a [`RuleId`] constant for each, and `RULES`, which lists all of them in this order.
///
/// ```
/// copydesk_core::rules! {
///     /// Words in capitals.
///     CAPITALS = Finds "capitals" {
///         what: "Marks words in capitals.",
///         why: "In running text only acronyms are in capitals.",
///         example: "They joined [NATO].",
///         counterexample: "They joined [Nato].",
///     }
/// }
/// assert_eq!(CAPITALS.code(), RULES[0].code());
/// ```
#[macro_export]
macro_rules! rules {
    ($($(#[$doc:meta])* $name:ident = $effect:ident $code:literal {
        what: $what:expr, why: $why:expr, example: $example:expr, counterexample: $counterexample:expr $(,)?
    })+) => {
        $(
            $(#[$doc])*
            pub(crate) const $name: $crate::RuleId = {
                static RULE: $crate::Rule = $crate::Rule {
                    code: $code,
                    effect: $crate::Effect::$effect,
                    what: $what,
                    why: $why,
                    example: $example,
                    counterexample: $counterexample,
                };
                $crate::RuleId::new(&RULE)
            };
        )+
        /// Every rule declared here.
        #[allow(dead_code, reason = "a test may declare a rule that no stage lists")]
        pub(crate) static RULES: &[$crate::RuleId] = &[$($name),+];
    };
}

/// The text of an example without its brackets, and the byte range of the marked words.
///
/// # Errors
/// If there is not exactly one pair of brackets.
pub fn marked(example: &str) -> Result<(String, std::ops::Range<usize>), String> {
    let wrong = || format!("an example needs exactly one pair of square brackets: {example}");
    let (before, rest) = example.split_once('[').ok_or_else(wrong)?;
    let (words, after) = rest.split_once(']').ok_or_else(wrong)?;
    if [before, words, after].iter().any(|part| part.contains(['[', ']'])) {
        return Err(wrong());
    }
    Ok((format!("{before}{words}{after}"), before.len()..before.len() + words.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_mark_the_words() {
        assert_eq!(marked("It cost [€3]."), Ok(("It cost €3.".to_owned(), 8..12)));
        for wrong in ["It cost €3.", "[It] cost [€3].", "It ]cost[", "It [cost"] {
            assert!(marked(wrong).is_err(), "{wrong}");
        }
    }
}
