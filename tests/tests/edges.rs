//! Problems of input, output and pipeline files are reported, never ignored silently.

use std::path::Path;

use copydesk_tests::{Ran, copydesk, folder, lines};
use serde_json::{Value, json};

const ENGLISH: &str =
    "The mayor said on Tuesday that the bridge would open in June, and that it would be free.";
const GERMAN: &str = "Der Bürgermeister sagte am Dienstag, die neue Brücke werde nach zwei Jahren Verzögerung im Mai eröffnet. Die Kosten seien gestiegen.";

/// Runs over these lines with these arguments; returns the documents and the finished process.
#[track_caller]
fn run(input: &[Value], arguments: &[&str]) -> (Vec<Value>, Ran) {
    let dir = folder();
    let text: String = input.iter().map(|line| line.to_string() + "\n").collect();
    std::fs::write(dir.path().join("in.jsonl"), text).expect("input");
    let ran = copydesk(dir.path(), &[&["run", "in.jsonl", "-o", "out.jsonl"], arguments].concat()).exits(0);
    (lines(&dir.path().join("out.jsonl")), ran)
}

fn codes(document: &Value) -> Vec<&str> {
    let warnings = document["warnings"].as_array().map(Vec::as_slice).unwrap_or_default();
    warnings.iter().filter_map(|warning| warning["code"].as_str()).collect()
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    std::fs::write(path, text).unwrap_or_else(|error| panic!("{name}: {error}"));
}

#[test]
fn dates_are_read_in_common_forms_and_resolve_relative_ones() {
    let written = [
        json!("2024-05-08"),
        json!("Wed, 08 May 2024 23:30:00 -0700"),
        json!("May 8th, 2024"),
        json!("08.05.2024"),
        json!(1_715_155_200),
        json!(1_715_155_200_000_u64),
        json!("2024-05-08T10:30:00Z"),
    ];
    let input: Vec<Value> = written.iter().map(|date| json!({"text": ENGLISH, "date": date})).collect();
    let (documents, _) = run(&input, &[]);
    for (document, date) in documents.iter().zip(&written) {
        assert_eq!(document["date"], "2024-05-08", "{date}");
        let tuesday = document["figures"].as_array().and_then(|figures| figures.first()).expect("a figure");
        assert_eq!(tuesday["value"], "2024-05-07", "{date}");
        let kept = document["input"].get("date").cloned().unwrap_or(json!("2024-05-08"));
        assert_eq!(&kept, date, "what was written is kept where it differs");
        assert!(codes(document).is_empty(), "{document}");
    }
}

#[test]
fn an_unreadable_date_is_reported_and_not_guessed() {
    let input = [
        json!({"text": ENGLISH, "date": "last week"}),
        json!({"text": ENGLISH, "date": "08/05/2024"}),
        json!({"text": ENGLISH, "date": {"year": 2024}}),
        json!({"text": ENGLISH, "date": null}),
        json!({"text": ENGLISH, "date": ""}),
    ];
    let (documents, ran) = run(&input, &[]);
    let found: Vec<Vec<&str>> = documents.iter().map(codes).collect();
    assert_eq!(found, [vec!["date-unread"], vec!["date-ambiguous"], vec!["date-unread"], vec![], vec![]]);
    assert!(documents.iter().all(|document| document.get("date").is_none()));
    assert_eq!(documents[0]["figures"][0]["relative"], true, "no stage sees a date");
    assert_eq!(documents[2]["input"]["date"]["year"], 2024);
    ran.says(&[
        "warning: 2 dates could not be read; first in.jsonl:1: the date \"last week\" could not be read",
        "warning: 1 date may have the day or the month first and was not read; in.jsonl:2:",
        "8 May 2024 or 5 August 2024; set input.day_first",
    ]);
    let (documents, ran) = run(&input[1..2], &["--set", "input.day_first=true"]);
    assert_eq!(documents[0]["date"], "2024-05-08");
    assert!(!ran.err.contains("warning"), "{}", ran.err);
}

#[test]
fn show_accepts_the_same_forms_of_dates() {
    let dir = folder();
    write(dir.path(), "a.txt", ENGLISH);
    let show = |date: &str| copydesk(dir.path(), &["show", "a.txt", "--date", date]);
    assert!(show("8 May 2024").exits(0).out.contains("Tuesday = 2024-05-07"));
    show("8/5/2024").exits(2).says(&["--date: the date \"8/5/2024\" may be 8 May 2024 or 5 August 2024"]);
    show("soon").exits(2).says(&["--date: the date \"soon\" could not be read; write it as YYYY-MM-DD"]);
}

#[test]
fn texts_that_are_not_english_are_found() {
    let input = [
        json!({"id": "a", "text": ENGLISH}),
        json!({"id": "b", "text": GERMAN}),
        json!({"id": "c", "text": GERMAN, "language": "en-GB"}),
        json!({"id": "d", "text": "Ja.", "lang": "de"}),
        json!({"id": "e", "text": "Ja."}),
        json!({"id": "f", "text": ENGLISH, "language": "de"}),
    ];
    let (documents, ran) = run(&input, &[]);
    let languages: Vec<&Value> = documents.iter().map(|document| &document["language"]).collect();
    assert_eq!(
        languages,
        [&json!("en"), &json!("de"), &json!("en"), &json!("de"), &Value::Null, &json!("en")]
    );
    let found: Vec<Vec<&str>> = documents.iter().map(codes).collect();
    assert_eq!(found, [vec![], vec!["language"], vec![], vec!["language"], vec![], vec![]]);
    assert!(documents[1]["entities"].is_array(), "analysed all the same");
    assert_eq!(documents[2]["input"]["language"], "en-GB");
    assert_eq!(documents[3]["lang"], "de");
    assert_eq!(documents[5]["input"]["language"], "de");
    ran.says(&["warning: 2 documents are not English (de 2); first in.jsonl:2: the text is German"]);

    let (documents, ran) = run(&input[..2], &["--set", "input.languages=skip"]);
    assert!(documents[0]["entities"].is_array());
    assert_eq!(documents[1]["text"], GERMAN);
    for layer in ["entities", "quotes", "figures", "sentiment", "claims", "stages"] {
        assert!(documents[1].get(layer).is_none(), "no {layer} in what was not analysed");
    }
    ran.says(&["1 document is not English (de 1)", "it was not analysed", "2 documents, "]);

    let (documents, ran) = run(&input[..2], &["--set", "input.languages=any"]);
    assert_eq!(documents[1]["language"], Value::Null, "nobody looked");
    assert!(codes(&documents[1]).is_empty() && !ran.err.contains("warning"), "{}", ran.err);
}

#[test]
fn damaged_texts_are_reported() {
    let input = [
        json!({"text": ""}),
        json!({"text": " \n "}),
        json!({"text": "The mayorâ€™s plan was good."}),
        json!({"text": "The mayor\u{fffd}s plan was good."}),
        json!({"text": "The mayor\0s plan was good."}),
        json!({"text": "<p>The mayor&#39;s plan was good.</p>"}),
    ];
    let (documents, ran) = run(&input, &["-q"]);
    let found: Vec<&str> = documents.iter().flat_map(codes).collect();
    let expected = ["text-empty", "text-empty", "text-mojibake", "text-replacement", "text-nul", "text-html"];
    assert_eq!(found, expected);
    ran.says(&[
        "warning: 2 documents have no text; first in.jsonl:1: the text is empty",
        "warning: 1 text is garbled; in.jsonl:3: the text has \"â€™\"",
        "warning: 1 text lost characters; in.jsonl:4",
        "warning: 1 text has NUL characters; in.jsonl:5",
        "warning: 1 text has HTML in it; in.jsonl:6: the text has HTML in it, such as <p>",
    ]);
}

#[test]
fn an_empty_input_is_reported() {
    let dir = folder();
    write(dir.path(), "in.jsonl", "\n\n");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl"])
        .exits(0)
        .says(&["warning: the input contains no documents", "0 documents, "]);
}

#[test]
fn unknown_formats_are_errors() {
    let dir = folder();
    for name in ["in.jsonl", "in.docx", "in.pdf"] {
        write(dir.path(), name, "{\"text\": \"Fine.\"}\n");
    }
    let run = |input: &str, output: &str| copydesk(dir.path(), &["run", input, "-o", output, "-q"]);
    for output in ["out.xlsx", "quotes.parquet.gz", "out.xml.zst", "out.json"] {
        run("in.jsonl", output)
            .exits(2)
            .says(&["copydesk does not write .", "use one of the extensions .jsonl or .csv"]);
        assert!(!dir.path().join(output).exists(), "{output}");
    }
    // The first bytes of a text do not show its format.
    write(dir.path(), "in", "Fine.");
    for input in ["in.docx", "in.pdf"] {
        write(dir.path(), input, "Not of any format.");
        run(input, "out.jsonl")
            .exits(2)
            .says(&["copydesk does not read .", "it reads .jsonl .ndjson .json .csv"]);
        copydesk(dir.path(), &["show", input]).exits(2).says(&["copydesk does not read ."]);
    }
    run("in", "out.jsonl")
        .exits(2)
        .says(&["in: the name does not show the format", "--set input.format=text"]);
    assert!(!dir.path().join("out.jsonl").exists());
    // A given format applies whatever the name.
    write(dir.path(), "in.docx", "{\"text\": \"Fine.\"}\n");
    let set = ["--set", "input.format=jsonl", "--set", "output.format=jsonl"];
    copydesk(dir.path(), &[&["run", "in.docx", "-o", "out.csv", "-q"], set.as_slice()].concat()).exits(0);
    assert_eq!(lines(&dir.path().join("out.csv")).len(), 1);
    // A name without extension does not conflict with it.
    run("in.jsonl", "/dev/stdout").exits(0);
    run("in.jsonl", "results").exits(0);
}

#[test]
fn skipped_files_in_folders_are_counted() {
    let dir = folder();
    for name in ["in/a.txt", "in/b.pdf", "in/deep/c.pdf", "in/d.docx", "in/README", "none/x.pdf"] {
        write(dir.path(), name, "Fine.");
    }
    let ran = copydesk(dir.path(), &["run", "in", "-o", "out.jsonl"]).exits(0);
    ran.says(&[
        "warning: 4 files were skipped because the format is not supported: .pdf 2, .docx 1, no extension 1",
    ]);
    let ran = copydesk(dir.path(), &["run", "in/*.docx", "-o", "out.jsonl"]).exits(2);
    ran.says(&["in/*.docx: no input files there, only .docx 1"]);
    copydesk(dir.path(), &["run", "none", "-o", "out.jsonl"]).exits(2).says(&["only .pdf 1"]);
}

#[test]
fn paths_in_a_pipeline_file_are_relative_to_its_folder() {
    let dir = folder();
    write(dir.path(), "desk/in/a.txt", "Nordvik voted.");
    write(dir.path(), "desk/names.tsv", "Nordvik\tlocation\tn1\t\n");
    write(dir.path(), "other/in/b.txt", "Nordvik slept.");
    let pipeline = "[input]\npath = \"in\"\n\n[[stage]]\nuse = \"entity\"\noptions = { gazetteers = [\"names.tsv\"] }\n\n[output]\npath = \"out/\"\n";
    write(dir.path(), "desk/p.toml", pipeline);
    copydesk(dir.path(), &["run", "desk/p.toml", "-q"]).exits(0);
    let documents = lines(&dir.path().join("desk/out/documents.jsonl"));
    assert_eq!(documents[0]["id"], "desk/in/a.txt");
    assert_eq!(documents[0]["entities"][0]["links"]["names"], "n1");
    // Paths on the command line are relative to the working folder.
    let set = ["--set", "output.path=out.jsonl", "--set", "input.path=other/in"];
    copydesk(dir.path(), &[&["run", "desk/p.toml", "-q"], set.as_slice()].concat()).exits(0);
    assert_eq!(lines(&dir.path().join("out.jsonl"))[0]["id"], "other/in/b.txt");
    copydesk(dir.path(), &["run", "desk/p.toml", "other/in/b.txt", "-q", "-o", "two.jsonl"]).exits(0);
    assert_eq!(lines(&dir.path().join("two.jsonl"))[0]["id"], "other/in/b.txt");
}

#[test]
fn check_finds_impossible_inputs_and_outputs() {
    let dir = folder();
    write(dir.path(), "articles/a.txt", "Fine.");
    let check = |input: &str, output: &str| {
        let text =
            format!("[input]\npath = {input}\n[[stage]]\nuse = \"entity\"\n[output]\npath = \"{output}\"\n");
        write(dir.path(), "p.toml", &text);
        copydesk(dir.path(), &["check", "p.toml"])
    };
    let ran = check("\"articles\"", "out.jsonl").exits(0);
    assert!(ran.out.contains("1 input file\n"), "{}", ran.out);
    check("[\"articles\", \"artcles\"]", "out.jsonl").exits(2).says(&[
        "error: artcles: no such file or folder",
        "--> p.toml:2:21",
        "did you mean `articles`?",
        "help: relative paths in a pipeline file are relative to its folder",
    ]);
    check("\"articles/*.jsonl\"", "out.jsonl").exits(2).says(&["no input files there", "p.toml:2:8"]);
    check("\"articles\"", "out.xlsx").exits(2).says(&[
        "does not write .xlsx files",
        "p.toml:6:8",
        "help: use one of the extensions",
    ]);
    check("\"articles\"", "out.csv").exits(2).says(&[
        "out.csv has one table, but its name does not show which",
        "p.toml:6:8",
        "help: let it end in the name of a table, such as quotes.csv",
    ]);
    // `run` reports the same.
    check("\"artcles\"", "out.jsonl");
    copydesk(dir.path(), &["run", "p.toml"]).exits(2).says(&["--> p.toml:2:8", "did you mean `articles`?"]);
}

#[test]
fn a_separate_title_is_analysed_as_a_headline() {
    let text = "Governor Aino Salmela said at a news conference in Nordvik on Tuesday that rates would rise by 3%. Salmela gave no date.";
    let input = [
        json!({"id": "a", "title": "Salmela: “Rates will rise by 3%”", "text": text}),
        json!({"id": "b", "title": "Rates will rise", "text": format!("Rates will rise\n\n{text}")}),
        json!({"id": "c", "text": text}),
        json!({"id": "d", "title": " ", "text": text}),
        json!({"id": "e", "title": "Élan Skyline wins €3 million", "text": text, "headline": "kept"}),
    ];
    let (documents, _) = run(&input, &[]);
    for document in &documents[1..4] {
        assert!(document.get("headline").is_none(), "{}", document["id"]);
    }
    // The results for the article are the same with and without a title.
    for layer in ["quotes", "figures", "sentiment", "claims"] {
        assert_eq!(documents[0][layer], documents[2][layer], "{layer}");
    }
    let slice = |title: &Value, span: &Value| -> String {
        let chars = title.as_str().unwrap_or_default().chars();
        let (start, end) =
            (span["start"].as_u64().unwrap_or(0) as usize, span["end"].as_u64().unwrap_or(0) as usize);
        chars.skip(start).take(end - start).collect()
    };
    let (headline, title) = (&documents[0]["headline"], &documents[0]["title"]);
    let speaker = documents[0]["entities"]
        .as_array()
        .and_then(|all| all.iter().find(|entity| entity["name"] == "Aino Salmela"));
    let speaker = &speaker.expect("the governor")["id"];
    let entity = &headline["entities"][0];
    assert_eq!(entity["id"], "he1");
    assert_eq!(&entity["entity"], speaker, "{entity}");
    assert_eq!(slice(title, &entity["mentions"][0]), "Salmela");
    let quote = &headline["quotes"][0];
    assert_eq!(quote["id"], "hq1");
    assert_eq!(&quote["speaker"]["entity"], speaker, "references lead to the article's entity");
    assert!(slice(title, &quote["content"][0]).contains("Rates will rise by 3%"), "{quote}");
    assert_eq!(headline["figures"][0]["id"], "hf1");
    assert_eq!(slice(title, &headline["figures"][0]), "3%");
    assert_eq!(headline["figures"][0]["quote"], "hq1");
    assert!(headline["sentiment"]["document"]["polarity"].is_number());
    // Offsets count characters of the title; an input field named `headline` is kept separately.
    let (headline, title) = (&documents[4]["headline"], &documents[4]["title"]);
    assert_eq!(slice(title, &headline["figures"][0]), "€3 million");
    assert_eq!(documents[4]["input"]["headline"], "kept");
    for entity in headline["entities"].as_array().into_iter().flatten() {
        assert!(entity.get("entity").is_none(), "the text does not name it: {entity}");
    }
}

#[test]
fn show_prints_a_title_above_the_article() {
    let dir = folder();
    let line = json!({"title": "Rates to rise by 3%", "text": ENGLISH});
    write(dir.path(), "in.jsonl", &line.to_string());
    let ran = copydesk(dir.path(), &["show", "in.jsonl"]).exits(0);
    assert!(ran.out.starts_with("Rates to rise by 3%\n  figure  3% = 3 %"), "{}", ran.out);
    assert!(ran.out.contains(ENGLISH), "{}", ran.out);
}
