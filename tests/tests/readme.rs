//! The README is correct: the output shown is the actual output, and the plugin shown builds and runs.

use copydesk_tests::schema::assert_line;
use copydesk_tests::{copydesk, folder, root, rust_plugin};
use serde_json::Value;

fn readme() -> String {
    std::fs::read_to_string(root().join("README.md")).expect("README.md")
}

/// The first code block in `language` after `heading`.
fn block(heading: &str, language: &str) -> String {
    let readme = readme();
    let (_, section) = readme.split_once(&format!("\n{heading}\n")).expect("the heading");
    let (_, block) = section.split_once(&format!("```{language}\n")).expect("a code block");
    block.split_once("\n```").expect("the block's end").0.to_owned()
}

/// Whether everything in `shown` is in `real` too. Lists may be abridged, but keep their order.
fn is_part(shown: &Value, real: &Value) -> bool {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            shown.iter().all(|(key, value)| real.get(key).is_some_and(|real| is_part(value, real)))
        }
        (Value::Array(shown), Value::Array(real)) => {
            let mut real = real.iter();
            shown.iter().all(|value| real.any(|real| is_part(value, real)))
        }
        _ => shown == real,
    }
}

#[test]
fn the_output_shown_is_the_output_written() {
    let shown: Value = serde_json::from_str(&block("## What it writes", "json")).expect("JSON");
    let ran = copydesk(&root(), &["run", "examples/news.jsonl", "-q"]).exits(0);
    let real: Value = serde_json::from_str(ran.out.lines().next().expect("a line")).expect("JSON");
    assert_line(&real);
    for (key, value) in shown.as_object().expect("an object") {
        assert!(is_part(value, &real[key]), "{key}: README.md shows\n{value}\nwritten is\n{}", real[key]);
    }
}

#[test]
fn the_article_shown_is_the_one_printed() {
    let shown = block("## What it writes", "console");
    let mut lines = shown.lines();
    let command = lines.next().and_then(|line| line.strip_prefix("$ copydesk ")).expect("a command");
    let ran = copydesk(&root(), &command.split(' ').collect::<Vec<_>>()).exits(0);
    for line in lines.filter(|line| *line != "…") {
        assert!(ran.out.lines().any(|printed| printed == line), "not printed: {line}\n{}", ran.out);
    }
}

#[test]
fn the_tables_are_written_and_the_first_query_returns_what_is_shown() {
    let shown = block("### Tables", "console");
    let mut lines = shown.lines();
    let run = lines.next().and_then(|line| line.strip_prefix("$ copydesk ")).expect("a command");
    let query = lines.next().and_then(|line| line.strip_prefix("$ sqlite3 news.sqlite \"")).expect("a query");
    let dir = folder();
    let place = |word: &str| match word.starts_with("examples/") {
        true => root().join(word).to_string_lossy().into_owned(),
        false => word.to_owned(),
    };
    let arguments: Vec<String> = run.split(' ').map(place).collect();
    copydesk(dir.path(), &arguments.iter().map(String::as_str).collect::<Vec<_>>()).exits(0);
    assert!(dir.path().join("quotes.parquet").exists());
    let database = rusqlite::Connection::open(dir.path().join("news.sqlite")).expect("an SQLite file");
    let mut statement = database.prepare(query.trim_end_matches('"')).expect("a query");
    let cells =
        |row: &rusqlite::Row<'_>| Ok(format!("{}|{}", row.get::<_, String>(0)?, row.get::<_, String>(1)?));
    let found: Vec<String> =
        statement.query_map([], cells).expect("rows").collect::<Result<_, _>>().expect("rows");
    assert_eq!(found, lines.collect::<Vec<_>>());
}

#[test]
fn the_plugin_builds_and_runs() {
    let dir = folder();
    let package = dir.path().join("shout");
    std::fs::create_dir_all(package.join("src")).expect("a folder");
    let core = root().join("core");
    let manifest = block("## Write your own stage", "toml");
    let manifest = manifest.replace("\"copydesk/core\"", &format!("{:?}", core.display().to_string()));
    std::fs::write(package.join("Cargo.toml"), manifest).expect("Cargo.toml");
    std::fs::write(package.join("src/lib.rs"), block("## Write your own stage", "rust")).expect("lib.rs");
    let library = rust_plugin(&package, "shout");
    std::fs::write(
        dir.path().join("p.toml"),
        format!("[[stage]]\nuse = {:?}\n", library.display().to_string()),
    )
    .expect("pipeline");
    std::fs::write(dir.path().join("a.txt"), "This is HUGE news, said JR on Monday.").expect("input");
    let ran = copydesk(dir.path(), &["run", "p.toml", "a.txt", "-q"]).exits(0);
    let document: Value = serde_json::from_str(&ran.out).expect("a line");
    let found = document["layers"]["shout"].as_array().expect("a layer");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0]["value"], "HUGE");
}
