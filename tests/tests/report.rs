//! `copydesk report`: the content of the page, and what is refused. Its looks and behaviour are tested in `tests/browser`.

use std::path::Path;

use copydesk_tests::{copydesk, folder, root, varied};
use serde_json::Value;

/// The data of a page, and its policy.
fn read(page: &Path) -> (Value, String) {
    let html = std::fs::read_to_string(page).expect("a page");
    let between = |open: &str, close: &str| {
        let (_, rest) = html.split_once(open).unwrap_or_else(|| panic!("no {open} in {}", page.display()));
        rest.split_once(close).unwrap_or_else(|| panic!("no {close}")).0.to_owned()
    };
    let data = between("<script type=\"application/json\" id=\"data\">", "</script>");
    (serde_json::from_str(&data).expect("JSON"), between("Content-Security-Policy\" content=\"", "\""))
}

fn list<'v>(value: &'v Value, key: &str) -> &'v [Value] {
    value[key].as_array().unwrap_or_else(|| panic!("no list {key}"))
}

/// The text of an annotation, by its UTF-16 offsets.
fn words(article: &Value, item: &Value) -> String {
    let text: Vec<u16> = article["text"].as_str().expect("a text").encode_utf16().collect();
    let place = |key: &str| item[key].as_u64().expect("an offset") as usize;
    String::from_utf16(&text[place("s")..place("e")]).expect("whole characters")
}

#[test]
fn layers_of_other_stages_are_in_the_page_from_lines_and_from_tables() {
    let dir = folder();
    copydesk(dir.path(), &["plugin", "new", "tally", "--lang", "python"]).exits(0);
    std::fs::write(dir.path().join("a.txt"), "Éire's budget passed. The Budget is late.")
        .expect("an article");
    let run = ["run", "a.txt", "--stage", "./tally/tally.py", "-q", "-o"];
    for output in ["out.jsonl", "out.sqlite"] {
        copydesk(dir.path(), &[&run[..], &[output]].concat()).exits(0);
        copydesk(dir.path(), &["report", output, "-o", "page.html", "-q"]).exits(0);
        let (data, _) = read(&dir.path().join("page.html"));
        let article = &list(&data, "articles")[0];
        let found: Vec<(String, &str, &str)> = list(article, "own")
            .iter()
            .map(|one| {
                (words(article, one), one["n"].as_str().unwrap_or(""), one["v"].as_str().unwrap_or(""))
            })
            .collect();
        let expected =
            [("budget".to_owned(), "tally", "word: budget"), ("Budget".to_owned(), "tally", "word: budget")];
        assert_eq!(found, expected, "{output}");
    }
}

#[test]
fn articles_are_analysed_and_every_layer_is_in_the_page() {
    let dir = folder();
    let page = dir.path().join("report.html");
    let out = page.to_string_lossy().into_owned();
    copydesk(&root(), &["report", "examples/articles", "examples/news.jsonl", "-o", &out])
        .exits(0)
        .says(&["6 articles"]);
    let (data, policy) = read(&page);
    assert!(policy.starts_with("default-src 'none'; script-src 'sha256-"), "{policy}");
    let articles = list(&data, "articles");
    assert_eq!((articles.len(), &data["total"]), (6, &Value::from(6)));
    for article in articles {
        for layer in ["entities", "mentions", "quotes", "figures", "claims", "tones"] {
            assert!(!list(article, layer).is_empty(), "{layer} of {}", article["id"]);
        }
    }
    let lithium = articles.iter().find(|article| article["id"] == "lithium").expect("an example");
    let claim = &list(lithium, "claims")[0];
    let figure = &list(lithium, "figures")[claim["f"][0].as_u64().expect("a figure") as usize];
    assert_eq!(words(lithium, figure), "204,000 tonnes");
    assert_eq!((figure["n"].as_f64(), figure["p"][0].as_str()), (Some(204_000.0), Some("2022")));
    assert_eq!(claim["sp"], "the mining ministry");
    // A page written by copydesk is replaced, another file is not.
    copydesk(&root(), &["report", "examples/news.jsonl", "-o", &out, "-q"]).exits(0);
    std::fs::write(&page, "<p>mine").expect("a file");
    copydesk(&root(), &["report", "examples/news.jsonl", "-o", &out])
        .exits(2)
        .says(&["was not written by copydesk", "--force"]);
    copydesk(&root(), &["report", "examples/news.jsonl", "-o", &out, "--force"]).exits(0);
}

#[test]
fn lines_compressed_lines_and_sqlite_give_the_same_page() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), varied()).expect("input");
    let run = ["run", "in.jsonl", "-q", "--set", "input.languages=skip"];
    for output in ["out.jsonl", "out.jsonl.zst", "out.sqlite"] {
        copydesk(dir.path(), &[run.as_slice(), &["-o", output]].concat()).exits(0);
    }
    let page = |input: &str| {
        copydesk(dir.path(), &["report", input, "-o", "page.html", "-q", "--title", "x"]).exits(0);
        read(&dir.path().join("page.html")).0
    };
    let lines = page("out.jsonl");
    assert_eq!(lines, page("out.jsonl.zst"));
    let tables = page("out.sqlite");
    assert_eq!(lines["total"], tables["total"]);
    for (line, row) in list(&lines, "articles").iter().zip(list(&tables, "articles")) {
        for key in ["id", "title", "date", "text", "entities", "quotes", "tones"] {
            if key == "entities" {
                let names = |article: &Value| {
                    list(article, key).iter().map(|one| one["n"].clone()).collect::<Vec<_>>()
                };
                assert_eq!(names(line), names(row), "{}", line["id"]);
            } else if key == "quotes" {
                let said = |article: &Value| {
                    list(article, key)
                        .iter()
                        .map(|one| (one["s"].clone(), one["w"].clone()))
                        .collect::<Vec<_>>()
                };
                assert_eq!(said(line), said(row), "{}", line["id"]);
            } else {
                assert_eq!(line[key], row[key], "{key} of {}", line["id"]);
            }
        }
        for layer in ["mentions", "figures", "claims"] {
            let all = |article: &Value| {
                list(article, layer).iter().map(|one| words(article, one)).collect::<Vec<_>>()
            };
            let (mut line_words, mut row_words) = (all(line), all(row));
            line_words.sort();
            row_words.sort();
            assert_eq!(line_words, row_words, "{layer} of {}", line["id"]);
        }
    }
}

#[test]
fn unusable_input_is_reported() {
    let dir = folder();
    let report =
        |inputs: &[&str]| copydesk(dir.path(), &[["report", "-o", "page.html"].as_slice(), inputs].concat());
    report(&["none.jsonl"]).exits(2).says(&["none.jsonl"]);
    std::fs::write(dir.path().join("empty.jsonl"), "").expect("input");
    report(&["empty.jsonl"]).exits(2).says(&["no article"]);
    let other = rusqlite::Connection::open(dir.path().join("other.sqlite")).expect("a database");
    other.execute_batch("CREATE TABLE documents (doc TEXT)").expect("a table");
    report(&["other.sqlite"]).exits(2).says(&["other.sqlite", "not written by copydesk"]);
    std::fs::copy(root().join("examples/news.jsonl"), dir.path().join("news.jsonl")).expect("input");
    copydesk(dir.path(), &["run", "news.jsonl", "-o", "out.jsonl", "-q"]).exits(0);
    report(&["out.jsonl", "--limit", "2"]).exits(0).says(&["the first 2 of 3 articles; --limit"]);
    assert_eq!(list(&read(&dir.path().join("page.html")).0, "articles").len(), 2);
    // The page is not used as its own input.
    copydesk(dir.path(), &["report", "news.jsonl", "-o", "news.jsonl"]).exits(2);
    // Only a line that is not a result fails.
    let mut lines = std::fs::read(dir.path().join("out.jsonl")).expect("lines");
    lines.extend(b"{\"id\": \"broken\"}\n");
    std::fs::write(dir.path().join("out.jsonl"), lines).expect("lines");
    report(&["out.jsonl"]).exits(1).says(&["out.jsonl:4: not a line written by copydesk", "3 articles"]);
}
