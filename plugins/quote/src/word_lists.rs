//! The word lists of the stage: `words.tsv`.

use copydesk_core::Lexicon;

/// The lists of the table.
pub(crate) struct WordLists {
    pub(crate) asides: Lexicon<()>,
    pub(crate) days: Lexicon<()>,
    pub(crate) refusing: Lexicon<()>,
    pub(crate) directing: Lexicon<()>,
    pub(crate) accusing: Lexicon<()>,
    pub(crate) addressing: Lexicon<()>,
    pub(crate) passing_on: Lexicon<()>,
    pub(crate) finding: Lexicon<()>,
    pub(crate) researching: Lexicon<()>,
    pub(crate) unsaid: Lexicon<()>,
    pub(crate) auxiliaries: Lexicon<()>,
    pub(crate) reminding: Lexicon<()>,
    pub(crate) norms: Lexicon<()>,
    pub(crate) labels: Lexicon<()>,
    pub(crate) answers: Lexicon<()>,
    pub(crate) telling: Lexicon<()>,
    pub(crate) times: Lexicon<()>,
    pub(crate) judging: Lexicon<()>,
}

impl Default for WordLists {
    fn default() -> Self {
        let lines = include_str!("../data/words.tsv").lines();
        let rows: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once('\t')).collect();
        let list = |name: &str| list(&rows, name);
        Self {
            asides: list("aside"),
            days: list("day"),
            refusing: list("refusing"),
            directing: list("directing"),
            accusing: list("accusing"),
            addressing: list("addressing"),
            passing_on: list("passing_on"),
            finding: list("finding"),
            researching: list("researching"),
            unsaid: list("unsaid"),
            auxiliaries: list("auxiliary"),
            reminding: list("reminding"),
            norms: list("norm"),
            labels: list("label"),
            answers: list("answer"),
            telling: list("telling"),
            times: list("time"),
            judging: list("judging"),
        }
    }
}

/// The words of the rows with a name.
fn list(rows: &[(&str, &str)], name: &str) -> Lexicon<()> {
    let own = rows.iter().filter(|(key, _)| *key == name);
    let list =
        Lexicon::from_forms(own.flat_map(|(_, words)| words.split_whitespace()).map(|word| (word, ())));
    debug_assert!(!list.is_empty(), "words.tsv has no row for {name}");
    list
}
