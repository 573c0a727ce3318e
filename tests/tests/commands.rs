//! The other commands: their output and their exit codes.

use copydesk_tests::{copydesk, folder, root};
use serde_json::{Value, json};

#[test]
fn stages_are_listed_with_needs_options_and_defaults() {
    let dir = folder();
    let ran = copydesk(dir.path(), &["stages"]).exits(0);
    for part in [
        "entity 0",
        "figure 0",
        "quote 0",
        "sentiment 0",
        "claim 0",
        "uses: entities",
        "provides: figures",
        "option ",
    ] {
        assert!(ran.out.contains(part), "{part:?} is not in:\n{}", ran.out);
    }
    let ran = copydesk(dir.path(), &["stages", "--json"]).exits(0);
    let stages: Vec<Value> = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(stages.len(), 6);
    assert!(stages.iter().all(|stage| stage["options_schema"]["type"] == "object" && stage["summary"] != ""));
    copydesk(dir.path(), &["stages", "quotes"]).exits(2).says(&["no stage `quotes`"]);
}

#[test]
fn the_schema_knows_the_options_of_each_stage() {
    let ran = copydesk(&root(), &["schema"]).exits(0);
    let schema: Value = serde_json::from_str(&ran.out).expect("JSON");
    assert!(schema["properties"]["input"].is_object());
    for stage in ["entity", "figure", "quote", "sentiment", "claim"] {
        assert!(schema["$defs"][format!("options_{stage}")]["properties"].is_object(), "{stage}");
    }
    // Every reference resolves.
    let mut text = ran.out.as_str();
    while let Some(at) = text.find("\"$ref\": \"#") {
        text = &text[at + 10..];
        let pointer = &text[..text.find('"').expect("a closing mark")];
        assert!(schema.pointer(pointer).is_some(), "{pointer}");
    }
}

#[test]
fn the_example_pipeline_is_valid() {
    let ran = copydesk(&root(), &["check", "examples/pipeline.toml"]).exits(0);
    assert!(ran.out.contains(": valid\n") && ran.out.contains("sentiment"), "{}", ran.out);
}

#[test]
fn a_wrong_pipeline_ends_before_anything_runs() {
    let dir = folder();
    std::fs::write(dir.path().join("a.txt"), "Fine.").expect("input");
    std::fs::write(dir.path().join("p.toml"), "[input]\npath = \"a.txt\"\n[[stage]]\nuse = \"entiy\"\n")
        .expect("pipeline");
    let ran = copydesk(dir.path(), &["run", "p.toml", "-o", "out.jsonl"]).exits(2);
    ran.says(&[
        "error: there is no stage `entiy`",
        "--> p.toml:4:7",
        "4 | use = \"entiy\"",
        "did you mean `entity`?",
    ]);
    assert!(!dir.path().join("out.jsonl").exists());
}

#[test]
fn show_reads_an_article_plainly_when_piped() {
    let ran = copydesk(&root(), &["show", "examples/articles/harbour.txt", "--date", "2023-03-14"]).exits(0);
    assert!(!ran.out.contains('\u{1b}'), "no colours in a pipe");
    for part in ["Marit Hoekstra", "quote", "figure", "€310 million = 310000000 EUR", "Entities", "Tone: "]
    {
        assert!(ran.out.contains(part), "{part:?} is not in:\n{}", ran.out);
    }
    let ran = copydesk(&root(), &["show", "examples/news.jsonl", "--document", "2"]).exits(0);
    assert!(ran.out.contains("Aerolux"), "{}", ran.out);
    let ran = copydesk(&root(), &["show", "examples/articles/harbour.txt", "--layer", "figures"]).exits(0);
    assert!(
        ran.out.contains("€310 million = ") && !ran.out.contains("  quote") && !ran.out.contains("Entities")
    );
    let whole = copydesk(&root(), &["show", "examples/articles/harbour.txt"]).exits(0).out;
    let narrow = copydesk(&root(), &["show", "examples/articles/harbour.txt", "--width", "40"]).exits(0).out;
    assert!(whole.lines().any(|line| line.chars().count() > 100));
    let wide = |line: &&str| line.chars().count() > 40 && line.trim().contains(' ');
    assert_eq!(narrow.lines().find(wide), None);
    assert!(narrow.split_whitespace().eq(whole.split_whitespace()));
    copydesk(&root(), &["show", "examples/articles/harbour.txt", "--layer", "moods"])
        .exits(2)
        .says(&["no stage provides the layer `moods`; there are ", "quotes"]);
    copydesk(&root(), &["show", "examples/news.jsonl", "--document", "9"])
        .exits(2)
        .says(&["has no document 9"]);
}

#[test]
fn eval_scores_against_gold() {
    let dir = folder();
    let text = "“We won,” said Anna Berg in Paris. Sales rose 5% to $3 million.";
    let at = |part: &str| {
        let byte = text.find(part).expect("it is there");
        let start = text[..byte].chars().count();
        (start, start + part.chars().count())
    };
    let ((a, b), (c, d), (e, f)) = (at("Anna Berg"), at("Paris"), at("We won"));
    let gold = serde_json::json!({
        "id": "g", "text": text,
        "entities": [{"start": a, "end": b, "label": "PER"}, {"start": c, "end": d, "label": "LOC"}, {"start": 0, "end": 1, "label": "ORG"}],
        "quotes": [{"content": [[e, f]], "source": [[a, b]], "cue": [], "kind": "direct"}],
        "figures": [{"value": "5", "unit": "percentage", "kind": "percent", "change": "up"}, {"value": 3_000_000, "unit": "dollar", "kind": "money"}],
    });
    std::fs::write(dir.path().join("gold.jsonl"), gold.to_string()).expect("gold");
    let eval = |layer: &str| {
        copydesk(dir.path(), &["eval", layer, "--gold", "gold.jsonl", "--show", "5"]).exits(0).out
    };
    let out = eval("entity");
    assert!(out.contains("entity PER                         P 100.0  R 100.0  F1 100.0  gold 1"), "{out}");
    assert!(
        out.contains("entity ORG                         P   0.0  R   0.0") && out.contains("missed"),
        "{out}"
    );
    let out = eval("quote");
    assert!(out.contains("quote overlap >= .8                P 100.0  R 100.0  F1 100.0  gold 1"), "{out}");
    assert!(out.contains("quote speaker right                100.0 % of 1"), "{out}");
    let out = eval("figure");
    assert!(out.contains("figure value+unit                  P 100.0  R 100.0  F1 100.0  gold 2"), "{out}");
    copydesk(dir.path(), &["eval", "entity", "--gold", "none.jsonl"]).exits(2).says(&["none.jsonl"]);
}

#[test]
fn completions_and_help() {
    let dir = folder();
    for shell in ["bash", "zsh", "fish"] {
        let ran = copydesk(dir.path(), &["completions", shell]).exits(0);
        assert!(ran.out.contains("inspect"), "{shell}");
    }
    let ran = copydesk(dir.path(), &["--help"]).exits(0);
    assert!(ran.out.contains("Exit codes: 0 all documents were processed"), "{}", ran.out);
    copydesk(dir.path(), &["rum"]).exits(2).says(&["run"]);
}

/// Articles with one attribution each, as annotated data.
fn attributed(count: usize) -> String {
    let names = ["Moreno", "Visser", "Okafor", "Lindqvist"];
    let verbs = ["said", "announced", "claimed"];
    let line = |n: usize| {
        let (name, verb) = (names[n % names.len()], verbs[n % verbs.len()]);
        let content = "that the bridge would open in May";
        let text = format!("{name} {verb} {content}. Rain fell in the north.");
        let (cue, start) = (name.len() + 1, name.len() + verb.len() + 2);
        serde_json::json!({
            "id": n.to_string(), "text": text,
            "quotes": [{"source": [[0, name.len()]], "cue": [[cue, cue + verb.len()]],
                        "content": [[start, start + content.len()]], "kind": "indirect"}],
        })
        .to_string()
    };
    (0..count).map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn quotes_are_learned_the_same_way_each_time_and_used() {
    let dir = folder();
    std::fs::write(dir.path().join("gold.jsonl"), attributed(40)).expect("gold");
    for name in ["a.model", "b.model"] {
        let train = ["train", "quote", "--gold", "gold.jsonl", "--epochs", "3", "-o", name];
        copydesk(dir.path(), &train).exits(0).says(&["40 documents, 40 attributions"]);
    }
    let read = |name: &str| std::fs::read(dir.path().join(name)).expect("a model");
    assert!(read("a.model") == read("b.model"));
    let eval = ["eval", "quote", "--gold", "gold.jsonl", "--model", "a.model"];
    let ran = copydesk(dir.path(), &eval).exits(0);
    assert!(ran.out.contains("quote content exact                P 100.0  R 100.0"), "{}", ran.out);
    // Files that are not annotated data, and files that are not models, are reported.
    std::fs::write(dir.path().join("none.jsonl"), "{\"id\": \"1\", \"text\": \"No one spoke.\"}\n")
        .expect("gold");
    copydesk(dir.path(), &["train", "quote", "--gold", "none.jsonl", "-o", "c.model"])
        .exits(2)
        .says(&["no annotated quotes"]);
    copydesk(dir.path(), &["eval", "quote", "--gold", "gold.jsonl", "--model", "gold.jsonl"])
        .exits(2)
        .says(&["this is not a copydesk model"]);
}

#[test]
fn parts_of_speech_are_learned_and_scored() {
    let dir = folder();
    let sentence = "The_DT bridge_NN opens_VBZ in_IN May_NNP ._.\nNobody_NN knew_VBD the_DT reason_NN ._.\n";
    std::fs::write(dir.path().join("tagged.txt"), sentence.repeat(30)).expect("gold");
    let train = ["train", "syntax", "--gold", "tagged.txt", "-o", "s.model"];
    copydesk(dir.path(), &train).exits(0).says(&["330 tagged words"]);
    let eval = ["eval", "syntax", "--gold", "tagged.txt", "--model", "s.model"];
    let ran = copydesk(dir.path(), &eval).exits(0);
    assert!(ran.out.contains("parts of speech right              100.0 % of 330"), "{}", ran.out);
    std::fs::write(dir.path().join("plain.txt"), "No tags here.").expect("text");
    copydesk(dir.path(), &["train", "syntax", "--gold", "plain.txt", "-o", "t.model"])
        .exits(2)
        .says(&["carries a tag"]);
}

#[test]
fn no_escape_reaches_the_terminal() {
    let dir = folder();
    let text =
        "Mayor \u{1b}[31mAnn\u{1b}[0m Bell said: \"We \u{1b}]0;x\u{7}won.\" Prices rose 5 percent.\u{9b}2J\n";
    let name = "no\u{1b}[2Jtes.txt";
    std::fs::write(dir.path().join(name), text).expect("the input");
    std::fs::write(dir.path().join("bad\u{1b}.jsonl"), "broken\n").expect("the input");
    for arguments in [
        &["show", name][..],
        &["explain", name],
        &["run", name, "bad\u{1b}.jsonl", "-o", "out\u{1b}.jsonl"],
        &["run", "none\u{1b}.jsonl"],
        &["check", "none\u{1b}.toml"],
        &["run", name, "--where", "\u{1b}["],
    ] {
        let ran = copydesk(dir.path(), arguments);
        for (stream, text) in [("output", &ran.out), ("errors", &ran.err)] {
            let obeyed = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\t'));
            assert_eq!(obeyed, None, "{arguments:?}, {stream}: {text:?}");
        }
        assert!(!ran.out.is_empty() || !ran.err.is_empty(), "{arguments:?}");
    }
}

#[test]
fn messages_can_be_lines_of_json() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), "{\"text\":\"Sales rose 5%.\"}\nx\u{1b}[31m\n").expect("the input");
    let ran = copydesk(dir, &["run", "in.jsonl", "-o", "out.jsonl", "-v", "--log-format", "json"]).exits(1);
    let events: Vec<Value> = ran.err.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let levels: Vec<&str> = events.iter().filter_map(|event| event["level"].as_str()).collect();
    assert_eq!(levels, ["info", "info", "info", "info", "info", "warning", "summary"]);
    let summary = events.last().expect("a summary");
    assert_eq!((&summary["documents"], &summary["failed"]), (&json!(1), &json!(1)));
    assert_eq!(summary["failures"], json!({"json": 1}));
    assert!(events.iter().all(|event| event["time"].as_str().is_some_and(|time| time.ends_with('Z'))));
    let ran = copydesk(dir, &["--log-format", "json", "run", "nothing.jsonl"]).exits(2);
    let event: Value = serde_json::from_str(ran.err.trim()).expect("JSON");
    assert_eq!(event["level"], "error");
}

#[test]
fn verbose_shows_the_plan_and_every_failure() {
    let dir = folder();
    let dir = dir.path();
    std::fs::write(dir.join("in.jsonl"), "x\n".repeat(9)).expect("the input");
    let run =
        |more: &[&str]| copydesk(dir, &[&["run", "in.jsonl", "-o", "out.jsonl"], more].concat()).exits(1);
    assert!(run(&[]).says(&["… and 4 more", "9 documents failed"]).err.contains("0 documents"));
    let verbose =
        run(&["-v", "--jobs", "1"]).says(&["1 worker\n", "input: 1 file\n", "entity 0.", "in.jsonl:9: "]);
    assert!(!verbose.err.contains("more"), "{}", verbose.err);
}
