//! Tables of cases, each row a test of its own with a name to filter by, and the rows that are known to fail.

use std::collections::{BTreeSet, HashMap};
use std::process::ExitCode;

use libtest_mimic::{Arguments, Failed, Trial};

/// A row of a table.
pub struct Case {
    /// The name to filter by in `cargo test -- NAME`; must be unique.
    pub name: String,
    /// What is wrong, on the first line; below it whatever helps to see why.
    pub check: Box<dyn FnOnce() -> Result<(), String> + Send>,
}

impl Case {
    /// A row and its check.
    pub fn new(name: String, check: impl FnOnce() -> Result<(), String> + Send + 'static) -> Self {
        Self { name, check: Box::new(check) }
    }
}

/// A file of rows that are known to fail: a line each with the row's name, a tab, and the failure.
///
/// The file can only shrink: a listed row that passes fails the test, and so does one with a different failure.
#[derive(Clone, Copy)]
pub struct KnownFailures {
    /// Its path in the repository, for messages.
    pub path: &'static str,
    /// Its text.
    pub text: &'static str,
}

/// Runs the rows as `cargo test` runs tests, with the same arguments.
pub fn run(cases: Vec<Case>, known: KnownFailures) -> ExitCode {
    let mut arguments = Arguments::from_args();
    // Names are printed only if a filter is given, since there are thousands of rows.
    arguments.quiet |= arguments.filter.is_none() && arguments.format.is_none();
    libtest_mimic::run(&arguments, trials(cases, known)).exit_code()
}

fn trials(cases: Vec<Case>, known: KnownFailures) -> Vec<Trial> {
    let mut listed: HashMap<&str, &str> = HashMap::new();
    let lines = known.text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    listed.extend(lines.filter_map(|line| line.split_once('\t')));
    let mut names = BTreeSet::new();
    let mut wrong = Vec::new();
    let mut trials = Vec::with_capacity(cases.len() + 1);
    for case in cases {
        if !names.insert(case.name.clone()) {
            wrong.push(format!("two rows are called {:?}", case.name));
        }
        let fault = listed.remove(case.name.as_str());
        let check = case.check;
        trials.push(Trial::test(case.name, move || verdict(check(), fault, known.path)));
    }
    wrong.extend(listed.keys().map(|name| format!("{} lists {name:?}, which is not a row", known.path)));
    trials.push(Trial::test("names of rows and known failures", move || {
        if wrong.is_empty() { Ok(()) } else { Err(Failed::from(wrong.join("\n"))) }
    }));
    trials
}

fn verdict(outcome: Result<(), String>, listed: Option<&str>, path: &str) -> Result<(), Failed> {
    match (outcome, listed) {
        (Ok(()), None) => Ok(()),
        (Ok(()), Some(_)) => Err(format!("passes now: remove it from {path}").into()),
        (Err(fault), None) => Err(fault.into()),
        (Err(fault), Some(listed)) if fault.lines().next() == Some(listed) => Ok(()),
        (Err(fault), Some(listed)) => {
            Err(format!("fails otherwise than {path} says\nlisted: {listed}\nfound:  {fault}").into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(outcome: Result<(), &str>, listed: Option<&str>) -> Option<String> {
        let failed = verdict(outcome.map_err(str::to_owned), listed, "known.tsv").err()?;
        Some(failed.message().unwrap_or_default().to_owned())
    }

    #[test]
    fn a_listed_row_must_fail_and_in_the_listed_way() {
        assert_eq!(message(Ok(()), None), None);
        assert_eq!(message(Err("got 5\nmore"), Some("got 5")), None);
        assert!(message(Ok(()), Some("got 5")).is_some_and(|text| text.contains("remove it from known.tsv")));
        assert!(message(Err("got 6"), Some("got 5")).is_some_and(|text| text.contains("found:  got 6")));
        assert_eq!(message(Err("got 6"), None).as_deref(), Some("got 6"));
    }
}
