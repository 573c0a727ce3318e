//! Tests of pipeline files: a text, and the error message that a user sees.

use super::*;

fn errors(text: &str, sets: &[&str]) -> Vec<String> {
    let sets: Vec<String> = sets.iter().map(|set| (*set).to_owned()).collect();
    match parse(text, Path::new("news.toml"), &sets, &Registry::built_in()) {
        Ok(_) => Vec::new(),
        Err(problems) => problems.iter().map(ToString::to_string).collect(),
    }
}

/// Checks that the error contains each of these.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = errors(text, &[]).join("\n");
    for part in expected {
        assert!(found.contains(part), "{part:?} is not in:\n{found}");
    }
    assert!(!expected.is_empty() || found.is_empty(), "{found}");
}

#[test]
fn a_right_file_passes() {
    check(
        "[input]\npath = \"a/*.jsonl\"\nfields = { text = \"body\" }\n[[stage]]\nuse = \"entity\"\n[output]\noffsets = \"utf16\"",
        &[],
    );
    check("[input]\npath = [\"a\", \"b\"]\nformat = \"text\"\n[[stage]]\nuse = \"entity\"", &[]);
}

#[test]
fn errors_show_file_line_key_and_the_nearest_spelling() {
    check(
        "[input]\npth = \"a\"\n[[stage]]\nuse = \"entity\"",
        &[
            "unknown key `pth` in `input`",
            "news.toml:2:1",
            "2 | pth = \"a\"",
            "  | ^^^ did you mean `path`?",
            "  = help: known keys: path, format, fields",
        ],
    );
    check("[[stage]]\nuse = \"quotes\"", &["no stage `quotes`", "news.toml:2:7", "did you mean `quote`?"]);
    check(
        "[[stage]]\nuse = 3",
        &["`use` of each item of `stage` must be a string, found an integer", "news.toml:2:7"],
    );
    check(
        "[output]\noffsets = \"byte\"\n[[stage]]\nuse = \"entity\"",
        &["cannot be \"byte\"", "did you mean `bytes`?"],
    );
    check("[[stage]]\nuse = \"entity\"\nopions = {}", &["did you mean `options`?", "news.toml:3:1"]);
    check("[[stage]]\nuse = \"entity\"\n[stage.options]\nzzz = 1", &["unknown key `zzz`", "news.toml:4:1"]);
    check(
        "[[stage]]\noptions = {}",
        &["a stage needs `use` or `command`", "news.toml:1:1", "help: write use ="],
    );
    check("[[stage]]\nuse = \"entity\"\ncommand = [\"x\"]", &["name two stages at once", "news.toml:3:11"]);
    check("[[stage]]\nuse = \"entity\"\nseconds = 3", &["`seconds` is for programs", "news.toml:3:11"]);
    check("[[stage]\nuse = 1", &["news.toml:1:"]);
    check("x = 99999999999999999999", &["too large"]);
    check("[[stage]]\nuse = \"./none.so\"", &["none.so: no such file", "news.toml:2:7"]);
    check(
        "[[stage]]\nuse = \"entity\"\nallow = { all = true }",
        &["`allow` is for isolated", "news.toml:3:9"],
    );
    check("[[stage]]\nuse = \"entity\"\nmemory = \"1 GB\"", &["`memory` is for isolated", "news.toml:3:10"]);
    check("[input]", &["no stage", "help: add"]);
    check(
        "[[stage]]\nuse = \"entity\"\n[[stage]]\nuse = \"entity\"",
        &["both provide the layer `entities`", "news.toml:4:7"],
    );
}

#[test]
fn a_stage_is_added_where_there_is_none() {
    assert_eq!(errors("", &["stage.+.use=entity", "stage.entity.options={}"]), Vec::<String>::new());
}

#[test]
fn several_errors_are_reported_together() {
    assert_eq!(errors("a = 1\nb = 2\n[output]\nc = 3", &[]).len(), 3);
}

#[test]
fn overrides() {
    let text = "[[stage]]\nuse = \"entity\"";
    for set in [
        "output.offsets=bytes",
        "output.offsets=\"bytes\"",
        "input.path=[\"a\"]",
        "stage.entity.options={}",
        "stage.0.isolate=false",
    ] {
        assert_eq!(errors(text, &[set]), Vec::<String>::new(), "{set}");
    }
    for (set, expected) in [
        ("stage.*.isolate=true", "has no stage that is a plugin library"),
        ("output.offsets=byte", "did you mean `bytes`?"),
        ("output", "has no `=`"),
        ("stage.quote.options={}", "the pipeline has no stage `quote`"),
        ("output.offsets.x=1", "must be a string"),
        ("stage.entity.options.zzz=1", "unknown key `zzz`"),
    ] {
        let found = errors(text, &[set]).join("\n");
        assert!(found.contains(expected) && found.contains("--set"), "{set}:\n{found}");
    }
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "([\\[\\]{}=\".,#\n' a-z0-9_-]|\\PC){0,120}", set in "\\PC{0,30}") {
        let _ = errors(&text, &[]);
        let _ = errors("[[stage]]\nuse = \"entity\"", &[&set]);
    }
}
