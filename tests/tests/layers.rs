//! Layers of a stage's own, through every way out: lines, tables, pages and the terminal; with the schema that the stage declares of their
//! values, and the annotations that these refer to.

use std::path::{Path, PathBuf};

use copydesk_tests::schema::problems;
use copydesk_tests::{c_plugin, copydesk, folder, lines, root, stage_library};
use serde_json::{Value, json};

const STRIKE: &str =
    "Clara Bell of Norland Steel announced a strike on Tuesday. The striking workers met Jan Berg.";

fn alerts(folder: &Path) -> PathBuf {
    c_plugin(&root().join("examples/plugins/alerts/alerts.c"), folder, &[])
}

/// A folder with an article whose title is not part of its text, and the example in C that refers to entities.
fn with_alerts() -> tempfile::TempDir {
    let dir = folder();
    alerts(dir.path());
    let titled = json!({"id": "a", "title": "Clara Bell calls strike, Ada Lind protests", "text": STRIKE});
    let other = json!({"id": "b", "text": "Nothing happened."});
    std::fs::write(dir.path().join("in.jsonl"), format!("{titled}\n{other}\n")).expect("input");
    dir
}

const RUN: [&str; 6] = ["run", "in.jsonl", "-q", "--stage", "./libalerts.so", "-o"];

fn run(dir: &Path, more: &[&str]) {
    copydesk(dir, &[&RUN[..], more].concat()).exits(0);
}

#[test]
fn the_example_in_c_marks_keywords_with_the_entity_next_to_them() {
    let dir = with_alerts();
    run(dir.path(), &["out.jsonl"]);
    let found = lines(&dir.path().join("out.jsonl"));
    let alerts = found[0]["layers"]["alerts"].as_array().expect("a layer");
    assert_eq!(alerts.len(), 1, "{alerts:?}");
    let words = |alert: &Value| {
        let place = |key: &str| alert[key].as_u64().expect("an offset") as usize;
        STRIKE[place("start")..place("end")].to_owned()
    };
    assert_eq!((words(&alerts[0]).as_str(), &alerts[0]["rule"]), ("strike", &json!("alerts/keyword")));
    let names = |ids: &Value| -> Vec<String> {
        let name = |id: &Value| {
            let entities = found[0]["entities"].as_array().into_iter().flatten();
            let headline = found[0]["headline"]["entities"].as_array().into_iter().flatten();
            let mut entities = entities.chain(headline).filter(|entity| entity["id"] == *id);
            entities.next().and_then(|entity| entity["name"].as_str()).unwrap_or("none").to_owned()
        };
        ids.as_array().into_iter().flatten().map(name).collect()
    };
    assert_eq!(names(&alerts[0]["value"]["near"]), ["Clara Bell", "Norland Steel"]);
    // In a headline, ids are those of the article's entities, or begin with h.
    let headline = &found[0]["headline"]["layers"]["alerts"][0]["value"]["near"];
    assert_eq!(names(headline), ["Clara Bell", "Ada Lind"], "{headline}");
    assert_eq!((&headline[0], &headline[1]), (&alerts[0]["value"]["near"][0], &json!("he2")));
    assert_eq!(found[1]["layers"]["alerts"], json!([]));
}

#[test]
fn its_options_are_a_list_and_a_file() {
    let dir = with_alerts();
    std::fs::write(dir.path().join("words.txt"), "workers\n\nnorland steel\r\n").expect("a file");
    let pipeline = |options: &str| {
        let text = format!(
            "[[stage]]\nuse = \"entity\"\n[[stage]]\nuse = \"./libalerts.so\"\noptions = {{ {options} }}\n"
        );
        std::fs::write(dir.path().join("p.toml"), text).expect("a pipeline");
    };
    let keywords = |options: &str, more: &[&str]| -> Vec<String> {
        pipeline(options);
        let ran =
            copydesk(dir.path(), &[&["run", "p.toml", "in.jsonl", "-q", "--keep", "alerts"], more].concat())
                .exits(0);
        let line: Value = serde_json::from_str(ran.out.lines().next().unwrap_or_default()).expect("a line");
        let alerts = line["layers"]["alerts"].as_array().expect("a layer");
        alerts.iter().map(|alert| alert["value"]["keyword"].to_string()).collect()
    };
    let own = "keywords = [\"Jan Berg\"], file = \"words.txt\"";
    assert_eq!(keywords(own, &[]), ["\"norland steel\"", "\"workers\"", "\"Jan Berg\""]);
    // Isolated, it may read the file that its option names.
    assert_eq!(keywords(own, &["--isolate"]), ["\"norland steel\"", "\"workers\"", "\"Jan Berg\""]);
    let refused = |options: &str, says: &[&str]| {
        pipeline(options);
        copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(says);
    };
    refused("keywords = [\"a \\\"b\\\"\"]", &["stage `alerts`", "has a quotation mark"]);
    refused("file = \"none.txt\"", &["stage `alerts`", "none.txt cannot be read"]);
    refused("keywords = \"strike\"", &["must be an array, found a string"]);
    refused("keyword = []", &["unknown key `keyword`", "did you mean `keywords`?"]);
}

#[test]
fn a_schema_is_in_the_description_the_schema_of_lines_and_the_columns_of_tables() {
    let dir = with_alerts();
    let ran = copydesk(dir.path(), &["stages", "./libalerts.so"]).exits(0);
    for part in ["value of alerts: object", "keyword: string", "The keyword.", "near: array"] {
        assert!(ran.out.contains(part), "{part}: {}", ran.out);
    }
    let plain = copydesk(dir.path(), &["schema", "output"]).exits(0);
    let ran = copydesk(dir.path(), &["schema", "output", "--stage", "./libalerts.so"]).exits(0);
    assert!(plain.out.len() < ran.out.len());
    let schema: Value = serde_json::from_str(&ran.out).expect("a JSON Schema");
    run(dir.path(), &["out.jsonl"]);
    let mut line = lines(&dir.path().join("out.jsonl")).remove(0);
    assert_eq!(problems(&schema, &line), [""; 0]);
    line["layers"]["alerts"][0]["value"]["keyword"] = json!(7);
    assert!(
        problems(&schema, &line).iter().any(|problem| problem.contains("/layers/alerts/0/value/keyword"))
    );

    run(dir.path(), &["run/", "--format", "csv"]);
    let table = |path: &str| std::fs::read_to_string(dir.path().join(path)).expect("a table");
    let alerts = table("run/alerts.csv");
    let header = "doc,annotation,place,start,end,text,value,text_value,json,confidence,rule,keyword";
    let mut rows = alerts.lines();
    assert_eq!(rows.next(), Some(header));
    assert!(rows.next().is_some_and(
        |row| row.starts_with("a,1,text,40,46,strike,") && row.ends_with(",alerts/keyword,strike")
    ));
    assert!(rows.next().is_some_and(|row| row.starts_with("a,2,title,")));
    // Lines do not contain the schema: an export takes the stage as an argument.
    let export = ["export", "out.jsonl", "-q", "--format", "csv", "-o"];
    copydesk(dir.path(), &[&export[..], &["told/", "--stage", "./libalerts.so"]].concat()).exits(0);
    copydesk(dir.path(), &[&export[..], &["plain/"]].concat()).exits(0);
    assert_eq!(table("told/alerts.csv"), alerts);
    assert_eq!(table("plain/alerts.csv").lines().next(), header.strip_suffix(",keyword"));
    let ran = copydesk(dir.path(), &["schema", "tables", "--stage", "./libalerts.so"]).exits(0);
    assert!(
        ran.out.contains("\"name\": \"alerts\"") && ran.out.contains("\"name\": \"keyword\""),
        "{}",
        ran.out
    );

    run(dir.path(), &["news.sqlite"]);
    let database = rusqlite::Connection::open(dir.path().join("news.sqlite")).expect("an SQLite file");
    let near = "SELECT e.name FROM alerts a, json_each(a.json, '$.near') n, entities e \
                WHERE a.place = 'text' AND e.doc = a.doc AND e.entity = n.value ORDER BY 1";
    let mut statement = database.prepare(near).expect("a query");
    let names: Vec<String> = statement.query_map([], |row| row.get(0)).expect("rows").flatten().collect();
    assert_eq!(names, ["Clara Bell", "Norland Steel"]);
    let shown = copydesk(dir.path(), &["show", "in.jsonl", "--stage", "./libalerts.so", "--layer", "alerts"])
        .exits(0);
    assert!(shown.out.contains("alerts") && shown.out.contains("\"keyword\": \"strike\""), "{}", shown.out);
}

/// A stage in Python that gives what an article's text is, as JSON.
const SAYS: &str = r#"
import json
import copydesk_stage

def analyze(doc, options):
    yield {"start": 0, "end": 1, "value": json.loads(doc["text"])}

SCHEMAS = {"says": {
    "type": "object", "required": ["level"], "additionalProperties": False,
    "properties": {"level": {"type": "integer", "maximum": 5}, "who": {"type": ["string", "null"], "format": "entity"}},
}}
copydesk_stage.run(analyze, name="says", provides="says", requires=["entities"], schemas=SCHEMAS)
"#;

#[test]
fn a_value_that_violates_its_schema_fails_its_document() {
    let dir = folder();
    std::fs::write(dir.path().join("says.py"), SAYS).expect("a stage");
    std::fs::copy(root().join("core/python/copydesk_stage.py"), dir.path().join("copydesk_stage.py"))
        .expect("copied");
    let cases = [
        ("{\"level\": 1, \"who\": null}", ""),
        ("{\"level\": 2.0}", ""),
        (
            "{\"level\": 9}",
            "`says` at 0..1 does not match the layer's schema: `level` must be at most 5, found 9",
        ),
        ("{\"level\": \"1\"}", "`level` must be an integer, found a string"),
        ("{}", "the value has no `level`"),
        ("{\"level\": 1, \"more\": 1}", "`more` is not allowed"),
        (
            "{\"level\": 1, \"who\": \"e1\"}",
            "`who` refers to \"e1\", which does not exist: the document's layer `entities` has 0",
        ),
        ("{\"level\": 1, \"who\": \"Bell\"}", "must be the id of a document's entity, such as \"e1\""),
        ("7", "the value must be an object, found a number"),
    ];
    let line = |(place, (text, _)): (usize, &(&str, &str))| {
        json!({"id": place.to_string(), "text": text}).to_string() + "\n"
    };
    std::fs::write(dir.path().join("in.jsonl"), cases.iter().enumerate().map(line).collect::<String>())
        .expect("input");
    copydesk(dir.path(), &["run", "in.jsonl", "-q", "--stage", "./says.py", "-o", "out.jsonl"]).exits(1);
    let errors = lines(&dir.path().join("errors.jsonl"));
    for (place, (text, says)) in cases.iter().enumerate() {
        let error = errors.iter().find(|error| error["id"] == json!(place.to_string()));
        let reason = error.map_or("", |error| error["reason"].as_str().unwrap_or(""));
        assert!(reason.contains(says) && reason.is_empty() == says.is_empty(), "{text}: {reason}");
        assert!(
            error.is_none_or(|error| error["class"] == "refused" && error["stage"] == "says"),
            "{error:?}"
        );
    }
    // A check of the plugin says so, too: no document of it is a value.
    let ran = copydesk(dir.path(), &["plugin", "check", "./says.py"]).exits(1);
    assert!(ran.out.contains("problem: a letter: "), "{}", ran.out);
}

#[test]
fn an_added_stage_replaces_the_built_in_one_with_its_layer() {
    let dir = folder();
    std::fs::write(dir.path().join("a.txt"), STRIKE).expect("input");
    let quote = stage_library("quote");
    let quote = quote.to_str().expect("a path");
    let ran = copydesk(dir.path(), &["run", "a.txt", "--stage", quote, "-o", "loaded.jsonl"]).exits(0);
    let ran = ran.says(&["note: the stage `quote` replaces `quote`, as it provides the same layer"]);
    assert!(!ran.err.contains("error"), "{}", ran.err);
    copydesk(dir.path(), &["run", "a.txt", "-o", "linked.jsonl", "-q"]).exits(0);
    let read = |name: &str| std::fs::read(dir.path().join(name)).expect("lines");
    assert!(read("loaded.jsonl") == read("linked.jsonl"));
    // Two in one file are a mistake of the file.
    std::fs::write(
        dir.path().join("p.toml"),
        format!("[[stage]]\nuse = \"entity\"\n[[stage]]\nuse = \"quote\"\n[[stage]]\nuse = {quote:?}\n"),
    )
    .expect("a pipeline");
    copydesk(dir.path(), &["check", "p.toml"])
        .exits(2)
        .says(&["both provide the layer `quotes`", "p.toml:6"]);
}

#[test]
fn the_output_and_tracebacks_of_a_program_are_messages_of_the_run() {
    let dir = folder();
    let program = "import copydesk_stage\n\ndef analyze(doc, options):\n    print('seen ' + doc['id'])\n    if doc['id'] == '7':\n        raise ValueError('bad')\n    return []\n\ncopydesk_stage.run(analyze, name='talks', provides='talks')\n";
    std::fs::write(dir.path().join("talks.py"), program).expect("a stage");
    std::fs::copy(root().join("core/python/copydesk_stage.py"), dir.path().join("copydesk_stage.py"))
        .expect("copied");
    let input: String =
        (0..40).map(|id| json!({"id": id.to_string(), "text": "A text."}).to_string() + "\n").collect();
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    let run = ["run", "in.jsonl", "--stage", "./talks.py", "-o", "out.jsonl", "--jobs", "1"];
    let ran = copydesk(dir.path(), &[&run[..], &["--verbose"]].concat()).exits(1);
    let ran = ran.says(&[
        "talks.py: seen 39",
        "talks.py: Traceback (most recent call last):",
        "talks.py: ValueError: bad",
    ]);
    assert_eq!(ran.err.matches("talks.py: seen").count(), 40);
    let errors = lines(&dir.path().join("errors.jsonl"));
    assert!(
        errors[0]["reason"]
            .as_str()
            .is_some_and(|reason| reason.contains("ValueError: bad") && reason.contains("line 6")),
        "{errors:?}"
    );
    let ran = copydesk(dir.path(), &run).exits(1).says(&["talks.py: seen 0", "--verbose shows all of it"]);
    assert!(ran.err.matches("talks.py:").count() <= 20, "{}", ran.err);
    let ran = copydesk(dir.path(), &[&run[..], &["-q"]].concat()).exits(1);
    assert!(!ran.err.contains("seen"), "{}", ran.err);
    assert!(lines(&dir.path().join("out.jsonl")).len() == 39);
}
