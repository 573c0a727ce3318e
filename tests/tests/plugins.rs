//! Stages as shared libraries: the built-in ones, one in C, one in Rust, and faulty ones.

use std::fmt::Write;
use std::path::Path;

use copydesk_tests::{c_plugin, copydesk, corpus, folder, lines, root, rust_plugin, stage_library};
use serde_json::json;

fn pipeline(folder: &Path, stages: &[&str]) {
    let mut text = String::new();
    for stage in stages {
        let _ = writeln!(text, "[[stage]]\nuse = {stage:?}");
    }
    std::fs::write(folder.join("p.toml"), text).expect("pipeline");
}

#[test]
fn loaded_stages_write_the_same_bytes_as_linked_ones() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(60)).expect("input");
    let libraries = ["entity", "figure", "syntax", "quote", "sentiment", "claim"].map(stage_library);
    let paths: Vec<&str> = libraries.iter().filter_map(|path| path.to_str()).collect();
    pipeline(dir.path(), &paths);
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "linked.jsonl", "-q"]).exits(0);
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "loaded.jsonl", "-q", "--jobs", "3"]).exits(0);
    let read = |name: &str| std::fs::read(dir.path().join(name)).expect("output");
    assert!(read("linked.jsonl") == read("loaded.jsonl"));
    // Any one of them, among linked ones.
    for (place, path) in paths.iter().enumerate() {
        let mut stages = ["entity", "figure", "syntax", "quote", "sentiment", "claim"];
        stages[place] = path;
        pipeline(dir.path(), &stages);
        copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "mixed.jsonl", "-q"]).exits(0);
        assert!(read("linked.jsonl") == read("mixed.jsonl"), "{path}");
    }
}

#[test]
fn a_plugin_in_c_works() {
    let dir = folder();
    let library = c_plugin(&root().join("examples/plugins/wordcount/wordcount.c"), dir.path(), &[]);
    let ran = copydesk(dir.path(), &["plugin", "inspect", library.to_str().expect("a path")]).exits(0);
    assert!(ran.out.contains("wordcount 1.0.0") && ran.out.contains("ABI 1.1"), "{}", ran.out);
    std::fs::write(dir.path().join("a.txt"), "One two. Three!").expect("input");
    pipeline(dir.path(), &["./libwordcount.so"]);
    let ran = copydesk(dir.path(), &["run", "p.toml", "a.txt", "-q"]).exits(0);
    let document: serde_json::Value = serde_json::from_str(&ran.out).expect("a line");
    assert_eq!(document["layers"]["wordcount"][0]["value"], json!({"words": 3, "sentences": 2}));
    assert_eq!(document["stages"], json!({"wordcount": "1.0.0"}));
}

#[test]
fn a_plugin_in_rust_works_with_its_options() {
    let dir = folder();
    let library = rust_plugin(&root().join("examples/plugins/readability"), "copydesk_readability");
    let library = library.to_str().expect("a path");
    std::fs::write(dir.path().join("a.txt"), "Too short.\n\nThis one is long enough to be graded.")
        .expect("input");
    pipeline(dir.path(), &[library]);
    let graded = |set: &str| {
        let ran = copydesk(dir.path(), &["run", "p.toml", "a.txt", "-q", "--set", set]).exits(0);
        let document: serde_json::Value = serde_json::from_str(&ran.out).expect("a line");
        document["layers"]["readability"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(graded("stage.0.options.min_words=5"), 1);
    assert_eq!(graded("stage.0.options.min_words=1"), 2);
    let check = |set: &str| copydesk(dir.path(), &["check", "p.toml", "--set", set]);
    check("stage.0.options.min_word=5")
        .exits(2)
        .says(&["unknown key `min_word`", "did you mean `min_words`?"]);
    check("stage.0.options.min_words='x'").exits(2).says(&["must be an integer, found a string"]);
    check("stage.0.options.min_words=0").exits(2).says(&["must be at least 1"]);
}

#[test]
fn a_stage_that_panics_or_errs_fails_only_its_document() {
    let dir = folder();
    let library = rust_plugin(&root().join("tests/plugins/moody"), "moody");
    let stage = format!("{}#moody", library.display());
    pipeline(dir.path(), &[&stage]);
    let texts = ["Fine.", "Panic.", "Fine.", "Err.", "Index.", "Fine."];
    let input: String = texts.iter().map(|text| json!({"text": text}).to_string() + "\n").collect();
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    let ran = copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl"]).exits(1);
    assert!(!ran.err.contains("thread '"), "a panic is told once, as an error of the document:\n{}", ran.err);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 3);
    let errors = lines(&dir.path().join("errors.jsonl"));
    let told: Vec<(u64, &str, &str)> = errors
        .iter()
        .map(|error| {
            let text = |key: &str| error[key].as_str().unwrap_or("");
            (error["line"].as_u64().unwrap_or(0), text("stage"), text("reason"))
        })
        .collect();
    assert_eq!(told.len(), 3);
    assert!(
        told[0].0 == 2 && told[0].1 == "moody" && told[0].2.starts_with("panicked: what a day at "),
        "{told:?}"
    );
    assert_eq!(told[1], (4, "moody", "not today"));
    assert!(told[2].0 == 5 && told[2].2.contains("index out of bounds"), "{told:?}");
}

#[test]
fn a_loaded_stage_reads_all_layers() {
    let dir = folder();
    let library = rust_plugin(&root().join("tests/plugins/moody"), "moody");
    let counter = format!("{}#counter", library.display());
    std::fs::write(dir.path().join("in.jsonl"), corpus(3)).expect("input");
    // Named first, it still runs last: it requires and uses layers of the others.
    pipeline(dir.path(), &[&counter, "sentiment", "quote", "figure", "entity"]);
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(0);
    for document in lines(&dir.path().join("out.jsonl")) {
        let count =
            |pointer: &str| document.pointer(pointer).and_then(|list| list.as_array()).map_or(0, Vec::len);
        let names = document["entities"].as_array().into_iter().flatten();
        let names: usize = names.filter_map(|entity| entity["name"].as_str()).map(str::len).sum();
        let values =
            document["figures"].as_array().into_iter().flatten().filter(|figure| !figure["value"].is_null());
        let expected = json!([
            count("/entities"),
            count("/quotes"),
            count("/figures"),
            count("/sentiment/targets"),
            names,
            values.count()
        ]);
        assert_eq!(document["layers"]["counts"][0]["value"], expected);
        assert!(count("/entities") > 0 && count("/figures") > 0);
    }
    pipeline(dir.path(), &[&counter]);
    copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(&[
        "stage `counter` needs the layer `entities`",
        "help: add [[stage]] with use = \"entity\"",
        "p.toml:2:7",
    ]);
    pipeline(dir.path(), &[library.to_str().expect("a path")]);
    copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(&["has several stages", "moody, counter"]);
}

#[test]
fn a_panic_during_a_panic_fails_only_its_document() {
    let dir = folder();
    let library = rust_plugin(&root().join("tests/plugins/moody"), "moody");
    pipeline(dir.path(), &[&format!("{}#moody", library.display())]);
    let input = "{\"text\":\"Fine.\"}\n{\"text\":\"Drop. Dead.\"}\n{\"text\":\"Fine.\"}\n";
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"])
        .exits(1)
        .says(&["in.jsonl:2: stage moody: panicked"]);
    assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 2);
}

#[cfg(unix)]
#[test]
fn a_stage_that_ends_the_process_is_named_with_its_document() {
    let dir = folder();
    let corpus: String =
        (0..600).map(|number| json!({"id": number, "text": "Good."}).to_string() + "\n").collect();
    let input = corpus + "{\"id\":\"bad\\u001b[1m\",\"text\":\"Fail.\"}\n";
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    for (define, what) in [
        ("THREAD_EXITS", "a thread of a plugin called exit()"),
        ("EXITS", "called exit()"),
        ("ABORTS", "crashed (aborted)"),
        ("CRASHES", "crashed (segmentation fault"),
        ("DEEP", "its stack is too deep"),
    ] {
        let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &[define]);
        pipeline(dir.path(), &[library.to_str().expect("a path")]);
        let ran = copydesk(
            dir.path(),
            &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--restart", "--jobs", "1"],
        );
        let ran = ran.exits(2).says(&[what, "--resume"]);
        if define != "THREAD_EXITS" {
            ran.says(&["error: stage faulty", "on the document bad?[1m"]);
        }
        // The output has whole lines, and can be continued, though not with this plugin.
        let kept = std::fs::read_to_string(dir.path().join("out.jsonl.partial")).expect("what was written");
        assert!(kept.is_empty() || kept.ends_with('\n'), "{define}");
    }
}

#[test]
fn a_truncated_library_is_refused() {
    let dir = folder();
    let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &["SAYS_WHY"]);
    let bytes = std::fs::read(&library).expect("the library");
    for part in [bytes.len() - 1, bytes.len() / 2, 3000, 100] {
        std::fs::write(dir.path().join("cut.so"), &bytes[..part]).expect("a file");
        copydesk(dir.path(), &["plugin", "inspect", "cut.so"])
            .exits(2)
            .says(&["cut.so: not a loadable library: the file is truncated"]);
    }
}

#[test]
fn plugins_are_loaded_only_where_allowed() {
    let dir = folder();
    let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &["EXITS"]);
    let library = library.to_str().expect("a path");
    pipeline(dir.path(), &[library]);
    for command in [&["check", "p.toml"][..], &["stages", library], &["plugin", "inspect", library]] {
        copydesk(dir.path(), &[command, &["--no-plugins"]].concat())
            .exits(2)
            .says(&["not loaded, since --no-plugins forbids plugins"]);
    }
    let checked = copydesk(dir.path(), &["check", "p.toml"]).exits(0);
    assert!(checked.out.contains("was loaded, which runs its code"), "{}", checked.out);
    copydesk(dir.path(), &["plugin", "inspect", library]).exits(0).says(&["note: loading"]);
}

#[test]
fn files_that_are_not_plugins_are_refused_before_any_call() {
    let dir = folder();
    std::fs::write(dir.path().join("text.so"), "just text").expect("a file");
    let inspect = |path: &Path| copydesk(dir.path(), &["plugin", "inspect", path.to_str().expect("a path")]);
    inspect(Path::new("none.so")).exits(2).says(&["none.so: no such file"]);
    inspect(Path::new("text.so")).exits(2).says(&["text.so: not a loadable library"]);
    for (define, expected) in [
        ("NO_SYMBOL", "does not export `copydesk_plugin`"),
        ("BAD_MAGIC", "does not begin with the magic number"),
        ("SHORT_HEADER", "its header has a struct_size of 12, expected at least 32"),
        ("OTHER_MAJOR", "built for plugin ABI 2.1, this copydesk speaks 1.1; build the plugin against"),
        ("NEWER_MINOR", "built for plugin ABI 1.2, this copydesk speaks 1.1; use a newer copydesk"),
        ("NO_TABLE", "its table of stages is null"),
        ("SHORT_STAGE", "stage 1: stage has a struct_size of 8, expected at least 40"),
        ("NO_ANALYZE", "stage 1: its function `analyze` is null"),
        ("NO_DESCRIBE", "stage 1: its function `describe` is null"),
        ("BAD_DESCRIPTION", "its description cannot be read"),
    ] {
        let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &[define]);
        inspect(&library).exits(2).says(&[expected]);
        pipeline(dir.path(), &[library.to_str().expect("a path")]);
        copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(&[expected, "p.toml:2:7"]);
    }
    let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &["NO_STAGE"]);
    pipeline(dir.path(), &[library.to_str().expect("a path")]);
    copydesk(dir.path(), &["check", "p.toml"]).exits(2).says(&["stage `faulty`: out of ideas"]);
}

#[test]
fn output_of_plugins_is_checked() {
    let dir = folder();
    let texts = ["Good.", "Fail é", "Good."];
    let input: String = texts.iter().map(|text| json!({"text": text}).to_string() + "\n").collect();
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    for (define, class, expected) in [
        ("SPAN_OUTSIDE", "refused", "the span 0..8 is not a range of the text (7 bytes)"),
        ("SPAN_IN_CHARACTER", "refused", "on character boundaries"),
        ("NULL_ARRAY", "stage", "quotes is null"),
        ("NOT_UTF8", "stage", "strings is not UTF-8"),
        ("NOT_JSON", "refused", "the payload is not JSON"),
        ("OTHER_LAYER", "refused", "\"falsey\", which is not among the layers that it provides"),
        ("STRING_OUTSIDE", "refused", "payload refers to something that does not exist"),
        ("NO_RULE", "refused", "custom annotation 0: rule is missing"),
        ("NO_STRIDE", "stage", "customs has a stride of 0, expected at least 36"),
        ("RESERVED", "stage", "the reserved bytes of layers are not zero"),
        ("HUGE", "stage", "customs claims 4000000000 records"),
        ("MANY", "stage", "customs claims 200000000 records"),
        ("SAYS_WHY", "stage", "it is Monday"),
        ("SAYS_NOTHING", "stage", "failed with status -1 and no reason"),
    ] {
        let library = c_plugin(&root().join("tests/plugins/faulty.c"), dir.path(), &[define]);
        pipeline(dir.path(), &[library.to_str().expect("a path")]);
        copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(1);
        assert_eq!(lines(&dir.path().join("out.jsonl")).len(), 2, "{define}");
        let errors = lines(&dir.path().join("errors.jsonl"));
        assert_eq!(errors.len(), 1, "{define}");
        let reason = errors[0]["reason"].as_str().unwrap_or("");
        assert!(errors[0]["class"] == class && reason.contains(expected), "{define}: {}", errors[0]);
    }
}

#[cfg(unix)]
#[test]
fn a_plugin_is_checked_with_difficult_documents() {
    let dir = folder();
    c_plugin(&root().join("examples/plugins/wordcount/wordcount.c"), dir.path(), &[]);
    let ran = copydesk(dir.path(), &["plugin", "check", "libwordcount.so"]).exits(0);
    assert!(ran.out.contains("wordcount 1.0.0: wordcount") && ran.out.contains("no problems"), "{}", ran.out);
    // This one crashes at a zero byte, forgets the date, and cannot count beyond its buffer.
    let source =
        std::fs::read_to_string(root().join("examples/plugins/wordcount/wordcount.c")).expect("a source");
    let begins = "const cd_host *host) {\n";
    let (before, after) = source.rsplit_once(begins).expect("the function that analyses");
    let wrong = "static int calls;\n(void)stage;\nif (document->date.data && calls++ > 0) return CD_OK;\n\
                 if (document->text.len && memchr(document->text.data, 0, document->text.len)) __builtin_trap();\n\
                 if (document->text.len > 1000000) { host->text(host->context, cd_text(\"too long\")); return CD_FAILED; }\n";
    let source = format!("{before}{begins}{wrong}{after}");
    std::fs::write(dir.path().join("wrong.c"), source).expect("a source");
    c_plugin(&dir.path().join("wrong.c"), dir.path(), &[]);
    let ran = copydesk(dir.path(), &["plugin", "check", "./libwrong.so"]).exits(1);
    for expected in [
        "problem: a zero byte: crash: its process ended: the stage crashed (illegal instruction)",
        "problem: a megabyte of news: stage: too long",
        "problem: an article with title and date: different annotations when analysed again",
    ] {
        assert!(ran.out.contains(expected), "{expected}:\n{}", ran.out);
    }
    copydesk(dir.path(), &["plugin", "check", "./none.so"]).exits(2).says(&["none.so: no such file"]);

    copydesk(dir.path(), &["plugin", "new", "marks", "--lang", "python"]).exits(0);
    let ran = copydesk(dir.path(), &["plugin", "check", "marks/marks.py", "--option", "word=news"]).exits(0);
    assert!(ran.out.contains("marks 0.1.0: marks") && ran.out.contains("no problems"), "{}", ran.out);

    std::fs::write(dir.path().join("other.so"), "copydesk_plugin").expect("a file");
    std::fs::copy(dir.path().join("marks/marks.py"), dir.path().join("marks.py")).expect("a script");
    let ran = copydesk(dir.path(), &["plugin", "list"]).exits(0);
    for expected in [
        "libwordcount.so\n  wordcount 1.0.0 -> wordcount  Counts",
        "marks.py\n  a stage in Python (not started)",
        "other.so\n  cannot be used:",
    ] {
        assert!(ran.out.contains(expected), "{expected}:\n{}", ran.out);
    }
    let ran = copydesk(dir.path(), &["plugin", "list", "marks"]).exits(0);
    assert!(ran.out.contains("marks.py"), "{}", ran.out);
    copydesk(dir.path(), &["plugin", "list", "none"]).exits(2).says(&["cannot list none"]);
}
