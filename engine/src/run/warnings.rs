//! The warnings about all documents of a run, counted by kind.

use std::collections::BTreeMap;
use std::fmt;

use crate::input::{Origin, Warning, WarningKind};

/// The number of documents with each kind of warning.
#[derive(Clone, Debug, Default)]
pub struct Warnings {
    kinds: BTreeMap<WarningKind, WarningTotal>,
}

/// All warnings of one kind.
#[derive(Clone, Debug)]
pub struct WarningTotal {
    /// The first of them.
    pub first: Warning,
    /// Its location.
    pub origin: Origin,
    /// The number of documents.
    pub count: u64,
    /// The number for each group, such as the language.
    pub groups: BTreeMap<&'static str, u64>,
}

impl Warnings {
    pub(super) fn add(&mut self, warning: Warning, origin: Origin) {
        let group = warning.group;
        let total = self.kinds.entry(warning.kind).or_insert_with(|| WarningTotal {
            first: warning,
            origin,
            count: 0,
            groups: BTreeMap::new(),
        });
        total.count += 1;
        if let Some(group) = group {
            *total.groups.entry(group).or_default() += 1;
        }
    }

    /// The total of each kind that occurred, always in the same order.
    pub fn totals(&self) -> impl Iterator<Item = &WarningTotal> {
        self.kinds.values()
    }
}

impl fmt::Display for WarningTotal {
    /// Formats it as "2 documents are not English (de 1, fr 1), first in.jsonl:3: the text is German, …".
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first.kind.summary(self.count))?;
        if !self.groups.is_empty() {
            let mut groups: Vec<_> = self.groups.iter().collect();
            groups.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), **name));
            let groups: Vec<String> = groups.iter().map(|(name, count)| format!("{name} {count}")).collect();
            write!(f, " ({})", groups.join(", "))?;
        }
        let first = if self.count == 1 { "" } else { "first " };
        write!(f, "; {first}{}: {}", self.origin, self.first.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(kind: WarningKind, group: Option<&'static str>) -> Warning {
        Warning { group, ..Warning::new(kind, "what is odd") }
    }

    #[test]
    fn totals_are_counted_and_grouped() {
        let mut warnings = Warnings::default();
        let origin = |line| Origin { file: "in.jsonl".into(), line };
        for (line, language) in [(3, "fr"), (5, "de"), (9, "de")] {
            warnings.add(warning(WarningKind::Language, Some(language)), origin(line));
        }
        warnings.add(warning(WarningKind::DateUnread, None), origin(4));
        let totals: Vec<String> = warnings.totals().map(ToString::to_string).collect();
        assert_eq!(
            totals,
            [
                "1 date could not be read; in.jsonl:4: what is odd",
                "3 documents are not English (de 2, fr 1); first in.jsonl:3: what is odd",
            ]
        );
    }
}
