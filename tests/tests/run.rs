//! `copydesk run`: inputs, outputs, and their order.

use std::io::{Read, Write};

use copydesk_tests::{copydesk, copydesk_with_input, corpus, folder, lines, root};
use serde_json::Value;

/// The arguments of the first command in the README.
fn readme_command() -> Vec<String> {
    let readme = std::fs::read_to_string(root().join("README.md")).expect("README.md");
    let line = readme
        .lines()
        .find_map(|line| line.strip_prefix("cargo run --release -- "))
        .expect("its first command");
    let command = line.split('#').next().expect("what stands before the comment");
    command.split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_examples_run_as_the_readme_says() {
    let out = folder();
    let path = out.path().join("out.jsonl");
    let mut arguments = readme_command();
    let output = arguments.iter_mut().find(|argument| *argument == "out.jsonl").expect("an output file");
    *output = path.to_str().expect("a path").to_owned();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ran = copydesk(&root(), &arguments).exits(0);
    assert!(ran.err.contains("6 documents"), "{}", ran.err);
    let documents = lines(&path);
    let ids: Vec<&str> = documents.iter().filter_map(|document| document["id"].as_str()).collect();
    assert_eq!(ids.len(), 6);
    assert!(ids[0].ends_with("harbour.txt"), "a text file is called by its name: {ids:?}");
    assert_eq!(ids[3..], ["lithium", "merger", "schools"]);
    for document in &documents {
        for layer in ["entities", "quotes", "figures"] {
            assert!(
                document[layer].as_array().is_some_and(|found| !found.is_empty()),
                "no {layer} in {document}"
            );
        }
        assert!(document["sentiment"]["document"]["polarity"].is_number());
    }
    assert_eq!(documents[3]["desk"], "economy", "other fields pass through");
}

/// Checks that every span of the output, at any depth, is within the text in code points.
fn check_spans(value: &Value, length: u64) {
    if let (Some(start), Some(end)) = (value["start"].as_u64(), value["end"].as_u64()) {
        assert!(start <= end && end <= length, "{value}");
    }
    match value {
        Value::Array(items) => items.iter().for_each(|item| check_spans(item, length)),
        Value::Object(fields) => fields.values().for_each(|field| check_spans(field, length)),
        _ => {}
    }
}

#[test]
fn the_contract_holds_and_references_lead_somewhere() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(3)).expect("input");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(0);
    for document in lines(&dir.path().join("out.jsonl")) {
        let text: Vec<char> = document["text"].as_str().expect("text").chars().collect();
        assert_eq!(document["offset_unit"], "chars");
        let own = serde_json::json!([
            document["entities"],
            document["quotes"],
            document["figures"],
            document["sentiment"]
        ]);
        check_spans(&own, text.len() as u64);
        let count = |layer: &str| document[layer].as_array().map_or(0, Vec::len);
        let leads = |id: &Value, letter: char, layer: &str| {
            let id = id.as_str().expect("an id");
            let number: usize = id.strip_prefix(letter).expect("its letter").parse().expect("its number");
            assert!((1..=count(layer)).contains(&number), "{id} leads nowhere");
        };
        for quote in document["quotes"].as_array().expect("quotes") {
            for id in quote["entities"].as_array().into_iter().flatten() {
                leads(id, 'e', "entities");
            }
            for id in quote["figures"].as_array().into_iter().flatten() {
                leads(id, 'f', "figures");
            }
            if quote["speaker"]["entity"].is_string() {
                leads(&quote["speaker"]["entity"], 'e', "entities");
            }
            assert!(
                quote["rule"].as_str().is_some_and(|rule| rule.starts_with("quote/"))
                    && quote["confidence"].is_number()
            );
        }
        for entity in document["entities"].as_array().expect("entities") {
            let mention = &entity["mentions"][0];
            let span = mention["start"].as_u64().expect("start") as usize
                ..mention["end"].as_u64().expect("end") as usize;
            assert!(!text[span].is_empty());
        }
    }
}

#[test]
fn output_is_the_same_at_any_number_of_jobs_and_in_input_order() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(1000)).expect("input");
    let run = |jobs: &str, out: &str| {
        copydesk(dir.path(), &["run", "in.jsonl", "-o", out, "--jobs", jobs, "-q"]).exits(0);
        std::fs::read(dir.path().join(out)).expect("output")
    };
    let one = run("1", "one.jsonl");
    assert_eq!(one, run("2", "two.jsonl"));
    assert_eq!(one, run("8", "eight.jsonl"));
    assert_eq!(one, run("8", "again.jsonl"));
    let numbers: Vec<u64> = lines(&dir.path().join("one.jsonl"))
        .iter()
        .filter_map(|document| document["number"].as_u64())
        .collect();
    assert_eq!(numbers, (0..1000).collect::<Vec<_>>());
}

#[test]
fn gzip_goes_in_and_comes_out() {
    let dir = folder();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(corpus(5).as_bytes()).expect("compression");
    std::fs::write(dir.path().join("in.jsonl.gz"), gzip.finish().expect("compression")).expect("input");
    std::fs::write(dir.path().join("in.jsonl"), corpus(5)).expect("input");
    copydesk(dir.path(), &["run", "in.jsonl.gz", "-o", "out.jsonl.gz", "-q"]).exits(0);
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "plain.jsonl", "-q"]).exits(0);
    let mut text = String::new();
    let file = std::fs::File::open(dir.path().join("out.jsonl.gz")).expect("output");
    flate2::read::MultiGzDecoder::new(file).read_to_string(&mut text).expect("a gzip file");
    assert_eq!(text, std::fs::read_to_string(dir.path().join("plain.jsonl")).expect("output"));
    // An empty input gives an empty gzip file.
    std::fs::write(dir.path().join("empty.jsonl"), "").expect("input");
    copydesk(dir.path(), &["run", "empty.jsonl", "-o", "empty.jsonl.gz", "-q"]);
    let empty = std::fs::read(dir.path().join("empty.jsonl.gz")).unwrap_or_default();
    assert!(
        empty.is_empty() || flate2::read::GzDecoder::new(empty.as_slice()).read_to_string(&mut text).is_ok()
    );
}

#[test]
fn zstd_comes_out_and_goes_in() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(300)).expect("input");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl.zst", "-q"]).exits(0);
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "plain.jsonl", "-q"]).exits(0);
    let file = std::fs::File::open(dir.path().join("out.jsonl.zst")).expect("output");
    let plain = std::fs::read(dir.path().join("plain.jsonl")).expect("output");
    assert!(zstd::decode_all(file).expect("zstd frames") == plain);
    let ids = |out: &str| -> Vec<Value> {
        lines(&dir.path().join(out)).iter().map(|line| line["id"].clone()).collect()
    };
    copydesk(dir.path(), &["run", "out.jsonl.zst", "-o", "again.jsonl", "-q"]);
    assert_eq!(ids("again.jsonl"), ids("plain.jsonl"));
    std::fs::write(dir.path().join("empty.jsonl"), "").expect("input");
    copydesk(dir.path(), &["run", "empty.jsonl", "-o", "empty.jsonl.zst", "-q"]);
    let empty = std::fs::read(dir.path().join("empty.jsonl.zst")).expect("output");
    assert_eq!(zstd::decode_all(empty.as_slice()).expect("a frame of nothing"), b"");
}

#[test]
fn compressed_output_is_the_same_at_any_number_of_jobs() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(700)).expect("input");
    for ending in ["gz", "zst"] {
        let bytes = |jobs: &str| {
            let name = format!("out{jobs}.jsonl.{ending}");
            copydesk(dir.path(), &["run", "in.jsonl", "-o", &name, "-q", "--jobs", jobs]).exits(0);
            std::fs::read(dir.path().join(name)).expect("output")
        };
        assert!(bytes("1") == bytes("3"), "{ending}");
    }
}

#[test]
fn folders_globs_and_standard_input() {
    let dir = folder();
    std::fs::create_dir_all(dir.path().join("in/deep")).expect("a folder");
    for (name, text) in
        [("in/b.txt", "B."), ("in/a.txt", "A."), ("in/deep/c.txt", "C."), ("in/skip.docx", "x")]
    {
        std::fs::write(dir.path().join(name), text).expect("input");
    }
    let ids = |arguments: &[&str]| -> Vec<String> {
        copydesk(dir.path(), &[&["run"], arguments, &["-o", "out.jsonl", "-q"]].concat()).exits(0);
        let documents = lines(&dir.path().join("out.jsonl"));
        documents.iter().map(|document| document["id"].as_str().unwrap_or("").to_owned()).collect()
    };
    assert_eq!(ids(&["in"]), ["in/a.txt", "in/b.txt", "in/deep/c.txt"]);
    assert_eq!(ids(&["in/*.txt"]), ["in/a.txt", "in/b.txt"]);
    assert_eq!(ids(&["in/**/*.txt"]), ["in/a.txt", "in/b.txt", "in/deep/c.txt"]);
    assert_eq!(ids(&["in/b.txt", "in/a.txt"]), ["in/b.txt", "in/a.txt"]);
    let ran = copydesk_with_input(dir.path(), &["run", "-", "-q"], b"One article.").exits(0);
    assert!(ran.out.starts_with("{\"id\":\"-\"") && ran.out.contains("One article."), "{}", ran.out);
    let ran =
        copydesk_with_input(dir.path(), &["run", "-", "-q"], b" {\"id\": 7, \"text\": \"Seven.\"}").exits(0);
    assert!(ran.out.starts_with("{\"id\":\"7\""), "{}", ran.out);
}

#[test]
fn offsets_have_the_requested_unit() {
    let dir = folder();
    let text = "🌧 “Très bien,” said Anna Smith in Paris.";
    std::fs::write(dir.path().join("in.jsonl"), serde_json::json!({"text": text}).to_string())
        .expect("input");
    for (unit, of) in [
        ("chars", (|part: &str| part.chars().count()) as fn(&str) -> usize),
        ("bytes", str::len),
        ("utf16", |part: &str| part.encode_utf16().count()),
    ] {
        let set = format!("output.offsets={unit}");
        let ran = copydesk(dir.path(), &["run", "in.jsonl", "-q", "--set", &set]).exits(0);
        let document: Value = serde_json::from_str(&ran.out).expect("a line");
        assert_eq!(document["offset_unit"], unit);
        let quote = &document["quotes"][0]["content"][0];
        let start = text.find("Très").expect("it is there");
        assert_eq!(quote["start"].as_u64(), Some(of(&text[..start]) as u64), "{quote}");
        let end = text.find("bien").expect("it is there") + 4;
        let comma = text.find("bien,").expect("it is there") + 5;
        let found = quote["end"].as_u64();
        assert!(
            found == Some(of(&text[..end]) as u64) || found == Some(of(&text[..comma]) as u64),
            "{quote}"
        );
    }
}

#[test]
fn input_fields_and_own_names() {
    let dir = folder();
    let line = serde_json::json!({
        "url": "http://x", "body": "Anna left.", "headline": "Gone", "entities": [1], "n": {"a": [1.50]},
    });
    std::fs::write(dir.path().join("in.jsonl"), line.to_string()).expect("input");
    let pipeline = "[input]\nfields = { id = \"url\", text = \"body\", title = \"headline\" }\n[[stage]]\nuse = \"entity\"\n";
    std::fs::write(dir.path().join("p.toml"), pipeline).expect("pipeline");
    let ran = copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-q"]).exits(0);
    let document: Value = serde_json::from_str(&ran.out).expect("a line");
    assert_eq!(document["id"], "http://x");
    assert_eq!(document["title"], "Gone");
    assert_eq!(document["n"]["a"][0], 1.5);
    assert_eq!(document["input"]["entities"][0], 1, "an input field with a name of the output is kept apart");
    assert!(document["entities"].is_array() && document.get("quotes").is_none());
}

#[test]
fn given_targets_are_scored() {
    let dir = folder();
    let text = "«é» The mayor is a brilliant, honest and wonderful leader.";
    let start =
        text.chars().count() - "The mayor is a brilliant, honest and wonderful leader.".chars().count();
    let line = serde_json::json!({"text": text, "targets": [{"start": start, "end": start + 9}]});
    std::fs::write(dir.path().join("in.jsonl"), line.to_string()).expect("input");
    let ran = copydesk(dir.path(), &["run", "in.jsonl", "-q"]).exits(0);
    let document: Value = serde_json::from_str(&ran.out).expect("a line");
    let targets = document["sentiment"]["targets"].as_array().expect("targets");
    let target = targets.iter().find(|target| target["start"] == start && target["end"] == start + 9);
    assert_eq!(target.expect("the given target")["label"], "positive");
}

#[test]
fn a_closed_reader_is_not_an_error() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(2000)).expect("input");
    let mut child = std::process::Command::new(copydesk_tests::binary())
        .args(["run", "in.jsonl"])
        .current_dir(dir.path())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("copydesk starts");
    let mut first = [0; 100];
    let mut stdout = child.stdout.take().expect("a pipe");
    stdout.read_exact(&mut first).expect("some output");
    drop(stdout);
    let output = child.wait_with_output().expect("copydesk ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("error"));
}

#[test]
fn no_document_depends_on_those_before_it() {
    // Words with the same hash but different spellings: what a stage caches for one must not affect the other.
    let texts = [
        "Acme Inc. said the children’s fund in Nordvik lost 1984 shares to McDonald.",
        "Acme Inc said the children's fund in Nordvik lost 2021 shares to MCDONALD.",
        "ACME INC SAID THE CHILDREN'S FUND IN NORDVIK LOST 3.5BN SHARES TO MCDONALD.",
        "Valentine’s Day, said the U.S. bank’s Élodie Brandt, is on Jan. 14.",
        "Valentine's Day, said the US bank's Elodie Brandt, is on Jan 14.",
        "The U.S bank’S élodie brandt www.acme.com said nothing of 1,984 or 2.5bn.",
    ];
    let dir = folder();
    let read = |name: &str, order: &[usize]| {
        let line = |n: &usize| serde_json::json!({"id": n.to_string(), "text": texts[*n]}).to_string();
        let input = order.iter().map(line).collect::<Vec<_>>().join("\n");
        std::fs::write(dir.path().join(name), input).expect("input");
        copydesk(dir.path(), &["run", name, "-o", "out.jsonl", "-q", "--jobs", "1"]).exits(0);
        let output = std::fs::read_to_string(dir.path().join("out.jsonl")).expect("output");
        let mut lines: Vec<String> = output.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let forward = read("forward.jsonl", &[0, 1, 2, 3, 4, 5]);
    assert_eq!(forward, read("backward.jsonl", &[5, 4, 3, 2, 1, 0]));
    for n in 0..texts.len() {
        assert_eq!(read("alone.jsonl", &[n]), forward[n..=n]);
    }
}
