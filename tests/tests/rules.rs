//! The rules of the built-in stages, by their own examples: each rule is a test, through the real binary.

use std::collections::HashMap;
use std::process::ExitCode;

use copydesk_tests::table::{self, Case, KnownFailures};
use copydesk_tests::{copydesk, folder, root};
use serde_json::{Value, json};

const KNOWN: KnownFailures =
    KnownFailures { path: "tests/tests/rules.known.tsv", text: include_str!("rules.known.tsv") };

/// An example without its brackets, and the code points between them.
fn marked(example: &str) -> (String, std::ops::Range<u64>) {
    let (before, rest) = example.split_once('[').unwrap_or_else(|| panic!("no brackets: {example}"));
    let (words, after) = rest.split_once(']').unwrap_or_else(|| panic!("no closing bracket: {example}"));
    let start = before.chars().count() as u64;
    (format!("{before}{words}{after}"), start..start + words.chars().count() as u64)
}

fn text<'v>(value: &'v Value, key: &str) -> &'v str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key}: {value}"))
}

/// What `copydesk explain` finds in each text, by its id.
fn explained(documents: &[Value]) -> HashMap<String, Vec<Value>> {
    let dir = folder();
    let lines: String = documents.iter().map(|document| format!("{document}\n")).collect();
    std::fs::write(dir.path().join("examples.jsonl"), lines).expect("input");
    let ran = copydesk(dir.path(), &["explain", "examples.jsonl", "--json"]).exits(0);
    let line = |line: &str| {
        let mut document: Value = serde_json::from_str(line).expect("a line of JSON");
        let Value::Array(findings) = document["findings"].take() else { panic!("no findings: {line}") };
        (text(&document, "id").to_owned(), findings)
    };
    ran.out.lines().map(line).collect()
}

/// Whether one of the findings is of the rule and touches the marked words.
fn acts(findings: &[Value], code: &str, marked: &std::ops::Range<u64>) -> bool {
    findings.iter().any(|finding| {
        let place = |key: &str| finding[key].as_u64().unwrap_or_else(|| panic!("no {key}: {finding}"));
        text(finding, "rule") == code && place("start") < marked.end && marked.start < place("end")
    })
}

fn cases() -> Vec<Case> {
    let ran = copydesk(&root(), &["rules", "--json"]).exits(0);
    let rules: Vec<Value> = serde_json::from_str(&ran.out).expect("JSON");
    assert!(rules.len() > 90, "{} rules", rules.len());
    let code = |rule: &Value| format!("{}/{}", text(rule, "stage"), text(rule, "code"));
    let documents: Vec<Value> = rules
        .iter()
        .flat_map(|rule| {
            ["example", "counterexample"].map(|kind| {
                let id = format!("{} {kind}", code(rule));
                json!({"id": id, "text": marked(text(rule, kind)).0, "date": "2022-08-30"})
            })
        })
        .collect();
    let found = explained(&documents);
    let case = |rule: &Value| {
        let code = code(rule);
        let outcomes = ["example", "counterexample"].map(|kind| {
            let findings = &found[&format!("{code} {kind}")];
            acts(findings, &code, &marked(text(rule, kind)).1)
        });
        let fault = match outcomes {
            [true, false] => Ok(()),
            [false, _] => {
                Err(format!("does not act on its example: {}", text(rule, "example").replace('\n', " ")))
            }
            [true, true] => Err(format!("acts on its counterexample: {}", text(rule, "counterexample"))),
        };
        Case::new(code, move || fault)
    };
    rules.iter().map(case).collect()
}

/// The reference page is up to date.
fn page() -> Result<(), String> {
    let ran = copydesk(&root(), &["rules", "--markdown"]).exits(0);
    let page = std::fs::read_to_string(root().join("docs/rules.md")).unwrap_or_default();
    if page == ran.out {
        Ok(())
    } else {
        Err("docs/rules.md is old: cargo run --release -- rules --markdown > docs/rules.md".to_owned())
    }
}

fn main() -> ExitCode {
    let mut cases = cases();
    cases.push(Case::new("the reference page".to_owned(), page));
    table::run(cases, KNOWN)
}
