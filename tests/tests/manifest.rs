//! The manifest that a run leaves next to its output: `NAME.run.json`.

use std::path::Path;

use copydesk_tests::{c_plugin, copydesk, folder, root, schema};
use serde_json::{Value, json};

fn read(path: &Path) -> Value {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let value = serde_json::from_str(&text).expect("JSON");
    let ran = copydesk(&root(), &["schema", "run"]).exits(0);
    let schema: Value = serde_json::from_str(&ran.out).expect("a JSON Schema");
    let problems = schema::problems(&schema, &value);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
    value
}

#[test]
fn a_run_leaves_what_is_needed_to_repeat_it() {
    let dir = folder();
    let dir = dir.path();
    let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir, &["SAYS_WHY"]);
    let library = library.file_name().and_then(|name| name.to_str()).expect("a name");
    let pipeline = format!("[[stage]]\nuse = \"figure\"\n[[stage]]\nuse = \"./{library}\"\n");
    std::fs::write(dir.join("p.toml"), pipeline).expect("a pipeline");
    std::fs::write(dir.join("in.jsonl"), "{\"text\":\"Sales rose 5%.\"}\n{\"text\":\"Fail.\"}\nx\n")
        .expect("the input");
    let arguments = ["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "2"];
    copydesk(dir, &[&arguments[..], &["--set", "limits.document_seconds=5"]].concat()).exits(1);
    let run = read(&dir.join("out.jsonl.run.json"));
    assert_eq!(run["state"], "finished");
    assert_eq!(
        run["command"].as_array().map(|words| words[1..8].to_vec()),
        json!(arguments[..7]).as_array().cloned()
    );
    assert_eq!(run["failures"], json!({"json": 1, "stage": 1}));
    assert_eq!((&run["counts"]["documents"], &run["counts"]["failed"]), (&json!(1), &json!(2)));
    assert_eq!(run["pipeline"]["limits"]["document_seconds"], 5);
    let input = &run["inputs"]["files"][0];
    assert_eq!((&input["path"], &input["bytes"]), (&json!("in.jsonl"), &json!(45)));
    // As `sha256sum in.jsonl` prints it.
    assert_eq!(input["sha256"], "37163840015cd9f182ed0de13ab4e422d3ae0115b6137dc750f37fe0183a6bc2");
    let stages: Vec<&str> =
        run["stages"].as_array().expect("a list").iter().filter_map(|stage| stage["name"].as_str()).collect();
    assert_eq!(stages, ["faulty", "syntax", "figure"]);
    let plugin = &run["stage_files"][0];
    assert!(
        plugin["path"].as_str().is_some_and(|path| path.ends_with(library)) && plugin["sha256"].is_string()
    );
    assert_eq!(run["outputs"][0]["path"], "out.jsonl");
}

#[test]
fn it_is_in_the_folder_of_tables_and_not_an_input() {
    let dir = folder();
    let dir = dir.path();
    std::fs::create_dir(dir.join("in")).expect("a folder");
    std::fs::write(dir.join("in/a.txt"), "Sales rose 5%.").expect("an article");
    for _ in 0..2 {
        copydesk(dir, &["run", "in", "-o", "in/tables/", "--format", "csv", "--set", "input.path=in", "-q"]);
        let run = read(&dir.join("in/tables/run.json"));
        assert_eq!(run["state"], "finished");
        let paths: Vec<&str> = run["inputs"]["files"]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(|file| file["path"].as_str())
            .filter(|path| path.ends_with(".json"))
            .collect();
        assert!(paths.is_empty(), "{paths:?}");
        std::fs::remove_file(dir.join("in/tables/documents.csv")).expect("a table");
        for entry in std::fs::read_dir(dir.join("in/tables")).expect("the folder").flatten() {
            if entry.path().extension().is_some_and(|extension| extension == "csv") {
                std::fs::remove_file(entry.path()).expect("a table");
            }
        }
    }
    // A file of this name that copydesk did not write is kept.
    std::fs::write(dir.join("out.jsonl.run.json"), "{\"mine\": 1}").expect("a file");
    copydesk(dir, &["run", "in/a.txt", "-o", "out.jsonl", "-q"])
        .exits(0)
        .says(&["was not written by copydesk"]);
    assert_eq!(std::fs::read_to_string(dir.join("out.jsonl.run.json")).expect("the file"), "{\"mine\": 1}");
}
