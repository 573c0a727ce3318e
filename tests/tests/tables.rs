//! Results as tables: CSV, Parquet and SQLite, from a run and from the lines of a run.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use copydesk_tests::{binary, c_plugin, copydesk, corpus, folder, lines, root, varied};
use rusqlite::Connection;
use serde_json::Value;

const TABLES: [&str; 9] =
    ["documents", "entities", "mentions", "quotes", "figures", "targets", "stances", "sentences", "claims"];

/// A folder with the varied corpus in `in.jsonl`.
fn with_input() -> tempfile::TempDir {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), varied()).expect("input");
    dir
}

fn run(dir: &Path, arguments: &[&str]) {
    let set = ["run", "in.jsonl", "-q", "--set", "input.languages=skip"];
    copydesk(dir, &[set.as_slice(), arguments].concat()).exits(0);
}

/// The tables of a folder with their bytes.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read(&path).expect("a file"))
        })
        .filter(|(name, _)| !name.ends_with("run.json"))
        .collect()
}

fn open(path: PathBuf) -> Connection {
    Connection::open_with_flags(path, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY).expect("an SQLite file")
}

/// The rows of a query, each cell as text.
fn rows(database: &Connection, query: &str) -> Vec<Vec<String>> {
    let mut statement = database.prepare(query).unwrap_or_else(|error| panic!("{query}: {error}"));
    let width = statement.column_count();
    let row = |row: &rusqlite::Row<'_>| {
        (0..width)
            .map(|place| {
                row.get::<_, rusqlite::types::Value>(place).map(|value| match value {
                    rusqlite::types::Value::Null => "NULL".to_owned(),
                    rusqlite::types::Value::Integer(number) => number.to_string(),
                    rusqlite::types::Value::Real(number) => number.to_string(),
                    rusqlite::types::Value::Text(text) => text,
                    rusqlite::types::Value::Blob(_) => "BLOB".to_owned(),
                })
            })
            .collect::<Result<Vec<_>, _>>()
    };
    statement.query_map([], row).expect("a query").collect::<Result<_, _>>().expect("rows")
}

#[test]
fn tables_of_a_run_and_tables_of_its_lines_are_the_same() {
    for unit in ["chars", "bytes", "utf16"] {
        let dir = with_input();
        let offsets = format!("output.offsets={unit}");
        run(dir.path(), &["-o", "run.jsonl.zst", "--set", &offsets]);
        run(dir.path(), &["-o", "run/", "--format", "csv", "--set", &offsets]);
        copydesk(dir.path(), &["export", "run.jsonl.zst", "-o", "export/", "--format", "csv", "-q"]).exits(0);
        let (run, export) = (files(&dir.path().join("run")), files(&dir.path().join("export")));
        assert_eq!(run.keys().collect::<Vec<_>>(), export.keys().collect::<Vec<_>>());
        assert_eq!(run.len(), TABLES.len());
        for (name, bytes) in run {
            assert!(bytes == export[&name], "{unit}: {name} differs");
        }
    }
}

#[test]
fn tables_are_the_same_at_any_number_of_jobs() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(700)).expect("input");
    let made = |jobs: &str| {
        let out = format!("out{jobs}");
        let places = [format!("{out}/csv/"), format!("{out}/pq/"), format!("{out}/db/news.sqlite")];
        run(dir.path(), &["--jobs", jobs, "-o", &places[0], "--format", "csv"]);
        run(dir.path(), &["--jobs", jobs, "-o", &places[1], "--format", "parquet"]);
        run(dir.path(), &["--jobs", jobs, "-o", &places[2]]);
        ["csv", "pq", "db"].map(|kind| files(&dir.path().join(&out).join(kind)))
    };
    let (one, three) = (made("1"), made("3"));
    for (one, three) in one.iter().zip(&three) {
        for (name, bytes) in one {
            assert!(*bytes == three[name], "{name} differs");
        }
    }
}

#[test]
fn an_sqlite_file_has_valid_keys_and_the_content_of_the_lines() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite", "-o", "out.jsonl", "-o", "march_quotes.csv"]);
    let database = open(dir.path().join("news.sqlite"));
    assert_eq!(rows(&database, "PRAGMA integrity_check"), [["ok"]]);
    assert_eq!(rows(&database, "PRAGMA foreign_key_check"), Vec::<Vec<String>>::new());
    let documents = lines(&dir.path().join("out.jsonl"));
    let count = |layer: &str| -> usize {
        let of = |line: &Value| {
            let own = line[layer].as_array().map_or(0, Vec::len);
            own + line["headline"][layer].as_array().map_or(0, Vec::len)
        };
        documents.iter().map(of).sum()
    };
    let rows_of = |table: &str| rows(&database, &format!("SELECT count(*) FROM {table}"))[0][0].clone();
    assert_eq!(rows_of("documents"), documents.len().to_string());
    assert_eq!(rows_of("quotes"), count("quotes").to_string());
    assert_eq!(rows_of("figures"), count("figures").to_string());
    for table in ["mentions", "targets"] {
        let key = table.trim_end_matches('s');
        let distinct =
            rows(&database, &format!("SELECT count(*) FROM (SELECT DISTINCT doc, {key} FROM {table})"));
        assert_eq!(rows_of(table), distinct[0][0], "{table}");
    }
    // The first quote of the first line, field by field.
    let quote = &documents[0]["quotes"][0];
    let row = &rows(
        &database,
        "SELECT text, start, \"end\", speaker_text, speaker_name, cue, kind FROM quotes WHERE doc = 'port' AND quote = 'q1'",
    )[0];
    let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let expected = [
        &quote["text"],
        &quote["start"],
        &quote["end"],
        &quote["speaker"]["text"],
        &quote["speaker"]["name"],
        &quote["cue"]["lemma"],
        &quote["kind"],
    ];
    assert_eq!(*row, expected.map(text));
    let csv = std::fs::read_to_string(dir.path().join("march_quotes.csv")).expect("a table");
    assert!(csv.starts_with("doc,quote,place,kind,text,"), "{csv}");
}

#[test]
fn numbers_dates_and_sentences_are_in_columns_of_their_own() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite"]);
    let database = open(dir.path().join("news.sqlite"));
    let figure = |words: &str, columns: &str| {
        rows(
            &database,
            &format!(
                "SELECT {columns} FROM figures WHERE doc = 'port' AND place = 'text' AND text = '{words}'"
            ),
        )
        .remove(0)
    };
    assert_eq!(figure("€2.5 million", "kind, value, unit"), ["money", "2500000", "EUR"]);
    assert_eq!(figure("18%", "value, unit, value_max, text_value"), ["18", "%", "NULL", "NULL"]);
    assert_eq!(figure("3 to 4", "value, value_max"), ["3", "4"]);
    assert_eq!(figure("2025", "value, text_value, period_from, period_to"), ["NULL", "2025", "2025", "2025"]);
    assert_eq!(
        figure("Tuesday", "text_value, sentence"),
        ["2024-04-09", "Mayor Jan Berg praised Müller on Tuesday."]
    );
    assert_eq!(
        rows(&database, "SELECT typeof(value) FROM figures WHERE value IS NOT NULL GROUP BY 1"),
        [["real"]]
    );
    // Annotations of the title are there too, with `place`.
    assert_eq!(
        rows(&database, "SELECT trim(text, '“”') FROM quotes WHERE doc = 'port' AND place = 'title'"),
        [["We lost 18% of our contracts"]]
    );
    let title = rows(
        &database,
        "SELECT entity, name FROM mentions WHERE doc = 'port' AND place = 'title' AND text = 'Zoë Müller'",
    );
    let name =
        rows(&database, "SELECT entity, name FROM entities WHERE doc = 'port' AND name LIKE '%Müller'");
    assert_eq!(title, name, "a mention in the title is of the entity of the article");
}

#[test]
fn repeated_ids_are_distinguished() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite"]);
    let database = open(dir.path().join("news.sqlite"));
    assert_eq!(
        rows(&database, "SELECT doc, id FROM documents WHERE id LIKE 'port%' ORDER BY rowid"),
        [["port", "port"], ["port#2", "port"], ["port#2#2", "port#2"], ["port#3", "port"]]
    );
    let names = "SELECT count(*) FROM entities WHERE doc = 'port#2' AND name = 'Zoë Müller'";
    assert_eq!(rows(&database, names), [["1"]], "its rows go with it");
}

#[test]
fn fields_that_pass_through_are_columns_of_documents() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite"]);
    let database = open(dir.path().join("news.sqlite"));
    let row = |doc: &str| {
        let columns = "outlet, words, score, paid, fields";
        rows(&database, &format!("SELECT {columns} FROM documents WHERE doc = '{doc}'")).remove(0)
    };
    // `Label` equals the column `label` in SQL, and `tags` is a list.
    let rest = r#"{"tags":["port","trade"],"Label":"x"}"#;
    assert_eq!(row("port"), ["Nordvik Post", "41", "0.5", "1", rest]);
    assert_eq!(row("port#2"), ["=SUM(A1)", "40", "2", "0", "NULL"], "cells are written as they are");
    assert_eq!(row("port#2#2"), ["a, \"b\"\r\nc", "many", "NULL", "NULL", "NULL"]);
    assert_eq!(row("port#3")[4], r#"{"input":{"date":"soon"}}"#, "what the output has a field for");
    assert_eq!(row("hafen")[4], r#"{"extra":{"a":[1,2]}}"#);
}

#[test]
fn layers_of_other_stages_are_tables() {
    let dir = with_input();
    let library = c_plugin(&root().join("examples/plugins/wordcount/wordcount.c"), dir.path(), &[]);
    let pipeline = format!(
        "[[stage]]\nuse = {:?}\n[[stage]]\nuse = \"entity\"\n[[output]]\npath = \"all/\"\nformat = \"csv\"\n[[output]]\npath = \"run.jsonl\"\n",
        library.display().to_string()
    );
    std::fs::write(dir.path().join("p.toml"), pipeline).expect("a pipeline");
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-q"]).exits(0);
    copydesk(dir.path(), &["export", "run.jsonl", "-o", "export/", "--format", "csv", "-q"]).exits(0);
    let all = files(&dir.path().join("all"));
    let names: Vec<&str> = all.keys().map(String::as_str).filter(|name| name.ends_with(".csv")).collect();
    assert_eq!(names, ["documents.csv", "entities.csv", "mentions.csv", "wordcount.csv"]);
    assert_eq!(all["wordcount.csv"], files(&dir.path().join("export"))["wordcount.csv"]);
    let table = String::from_utf8_lossy(&all["wordcount.csv"]).into_owned();
    assert!(
        table.starts_with(
            "doc,annotation,place,start,end,text,value,text_value,json,confidence,rule\nport,1,"
        )
    );
    copydesk(dir.path(), &["run", "p.toml", "in.jsonl", "-q", "-o", "quotes.csv"])
        .exits(2)
        .says(&["quotes.csv has one table, but its name does not show which"]);
}

#[test]
fn keep_selects_layers_and_tables() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite", "--keep", "documents,sentiment"]);
    let database = open(dir.path().join("news.sqlite"));
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\' ORDER BY 1";
    assert_eq!(rows(&database, tables), [["documents"], ["sentences"], ["stances"], ["targets"]]);
    run(dir.path(), &["-o", "quotes.jsonl", "--keep", "quotes"]);
    for line in lines(&dir.path().join("quotes.jsonl")) {
        assert!(line.get("figures").is_none() && line.get("sentiment").is_none(), "{line}");
    }
    run(dir.path(), &["-o", "plain.sqlite", "--set", "output.full_text=false"]);
    let plain = open(dir.path().join("plain.sqlite"));
    assert!(plain.prepare("SELECT * FROM quotes_fts").is_err(), "no full-text index");
    let ran = copydesk(dir.path(), &["run", "in.jsonl", "-o", "x.jsonl", "--keep", "quote"]).exits(2);
    ran.says(&[
        "`keep` names `quote`, which this output does not have; available: entities, quotes, figures",
    ]);
    assert!(!dir.path().join("x.jsonl").exists());
}

#[test]
fn the_full_text_index_finds_words_of_quotes_and_documents() {
    let dir = with_input();
    run(dir.path(), &["-o", "news.sqlite"]);
    let database = open(dir.path().join("news.sqlite"));
    let found = rows(
        &database,
        "SELECT DISTINCT q.speaker_name FROM quotes_fts JOIN quotes q ON q.rowid = quotes_fts.rowid WHERE quotes_fts MATCH 'contracts'",
    );
    assert!(found.contains(&vec!["Zoë Müller".to_owned()]), "{found:?}");
    let found =
        rows(&database, "SELECT count(*) FROM documents_fts WHERE documents_fts MATCH '\"salt flats\"'");
    assert_eq!(found, [["1"]]);
}

#[test]
fn foreign_files_are_not_replaced() {
    let dir = with_input();
    let write = |name: &str, bytes: &[u8]| std::fs::write(dir.path().join(name), bytes).expect("a file");
    for (name, bytes) in [
        ("quotes.csv", &b"quote,price\nQ,1\n"[..]),
        ("quotes.parquet", b"PAR1 somebody else's PAR1"),
        ("news.sqlite", b"SQLite format 3\0 somebody else's"),
        ("out.jsonl", b"{\"id\": \"my corpus\", \"text\": \"Fine.\"}\n"),
    ] {
        write(name, bytes);
        let refused = copydesk(dir.path(), &["run", "in.jsonl", "-o", name, "-q"]).exits(2);
        refused.says(&["exists and was not written by copydesk", "--force"]);
        assert_eq!(std::fs::read(dir.path().join(name)).expect("the file"), bytes);
        run(dir.path(), &["-o", name, "--force"]);
        // A file that copydesk wrote may be replaced.
        run(dir.path(), &["-o", name]);
        assert_ne!(std::fs::read(dir.path().join(name)).expect("the file"), bytes);
    }
    // One impossible output leaves the others unchanged.
    write("quotes.csv", b"mine\n");
    std::fs::write(dir.path().join("out.jsonl"), "").expect("a file");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl", "-o", "quotes.csv", "-q"]).exits(2);
    assert_eq!(std::fs::read(dir.path().join("out.jsonl")).expect("a file"), b"");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "a.db", "-o", "a.db"])
        .exits(2)
        .says(&["two outputs are the same: a.db"]);
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_devices_stay_devices() {
    use std::os::unix::fs::{FileTypeExt, symlink};
    let dir = with_input();
    std::fs::create_dir(dir.path().join("real")).expect("a folder");
    std::fs::write(dir.path().join("real/quotes.csv"), "").expect("a file");
    symlink("real/quotes.csv", dir.path().join("quotes.csv")).expect("a link");
    run(dir.path(), &["-o", "quotes.csv"]);
    assert!(dir.path().join("quotes.csv").is_symlink());
    assert_ne!(std::fs::read(dir.path().join("real/quotes.csv")).expect("a file"), b"");
    // A pipe serves as the device here, since a test must not risk /dev/null.
    let made = Command::new("mkfifo").arg(dir.path().join("pipe.sqlite")).status().expect("mkfifo runs");
    assert!(made.success());
    let ran = copydesk(dir.path(), &["run", "in.jsonl", "-q", "-o", "pipe.sqlite"]).exits(2);
    ran.says(&["cannot write pipe.sqlite: it is not a regular file"]);
    let kind = std::fs::metadata(dir.path().join("pipe.sqlite")).expect("it is there").file_type();
    assert!(kind.is_fifo());
}

#[test]
fn a_run_that_is_killed_leaves_no_half_table() {
    let dir = folder();
    let mut child = Command::new(binary())
        .args(["run", "-", "-q", "-o", "news.sqlite", "-o", "quotes.csv", "-o", "figures.parquet"])
        .args(["--set", "input.format=jsonl"])
        .current_dir(dir.path())
        .stdin(Stdio::piped())
        .spawn()
        .expect("copydesk starts");
    let mut input = child.stdin.take().expect("a pipe");
    std::io::Write::write_all(&mut input, corpus(600).as_bytes()).expect("input");
    let partial = dir.path().join(".quotes.csv.partial");
    let begun = Instant::now();
    while std::fs::metadata(&partial).map_or(0, |file| file.len()) < 1000 {
        assert!(begun.elapsed() < Duration::from_secs(300), "nothing is written");
        std::thread::sleep(Duration::from_millis(20));
    }
    child.kill().expect("it runs still, as its input has not ended");
    child.wait().expect("it ends");
    for name in ["news.sqlite", "quotes.csv", "figures.parquet"] {
        assert!(!dir.path().join(name).exists(), "{name}");
    }
    // The next run demands a decision about the left-over, and removes it.
    std::fs::write(dir.path().join("in.jsonl"), corpus(2)).expect("input");
    let outputs = ["-o", "news.sqlite", "-o", "quotes.csv", "-o", "figures.parquet"];
    copydesk(dir.path(), &[&["run", "in.jsonl"], &outputs[..]].concat())
        .exits(2)
        .says(&["--resume", "--restart"]);
    run(dir.path(), &[&outputs[..], &["--restart"]].concat());
    let left = files(dir.path());
    assert_eq!(left.keys().collect::<Vec<_>>(), ["figures.parquet", "in.jsonl", "news.sqlite", "quotes.csv"]);
}

#[test]
fn exports_report_errors() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), corpus(2)).expect("input");
    run(dir.path(), &["-o", "run.jsonl"]);
    let table = copydesk(dir.path(), &["export", "run.jsonl", "--table", "quotes"]).exits(0);
    assert!(table.out.starts_with("doc,quote,") && table.out.lines().count() > 2, "{}", table.out);
    let good = std::fs::read_to_string(dir.path().join("run.jsonl")).expect("lines");
    std::fs::write(dir.path().join("half.jsonl"), format!("{good}{{\"id\": \"x\"}}\nno json\n"))
        .expect("lines");
    let ran = copydesk(dir.path(), &["export", "half.jsonl", "-o", "half.sqlite"]).exits(1);
    ran.says(&[
        "half.jsonl:3: not a line written by copydesk: missing field `text`",
        "half.jsonl:4: ",
        "2 documents",
    ]);
    copydesk(dir.path(), &["export", "in.jsonl", "-o", "in.sqlite"])
        .exits(2)
        .says(&["missing field `offset_unit`"]);
    copydesk(dir.path(), &["export", "run.jsonl"]).exits(2).says(&["no output: give a file with -o"]);
    copydesk(dir.path(), &["export", "none.jsonl", "-o", "a.db"]).exits(2).says(&["cannot read none.jsonl"]);
    copydesk(dir.path(), &["export", "run.jsonl", "-o", "all.csv"]).exits(2).says(&["does not show which"]);
    copydesk(dir.path(), &["export", "run.jsonl", "-o", "x.jsonl"])
        .exits(2)
        .says(&["an export writes tables"]);
}

#[test]
fn an_empty_input_gives_empty_tables() {
    let dir = folder();
    std::fs::write(dir.path().join("in.jsonl"), "").expect("input");
    run(dir.path(), &["-o", "news.sqlite", "-o", "quotes.csv", "-o", "documents.parquet"]);
    let database = open(dir.path().join("news.sqlite"));
    for table in TABLES.iter().chain(&["said", "said_about", "numbers", "tone", "attitudes"]) {
        assert_eq!(rows(&database, &format!("SELECT count(*) FROM {table}")), [["0"]]);
    }
    let csv = std::fs::read_to_string(dir.path().join("quotes.csv")).expect("a table");
    assert_eq!(csv.lines().count(), 1);
}

#[test]
fn the_reference_page_is_up_to_date() {
    let ran = copydesk(&root(), &["schema", "tables", "--markdown"]).exits(0);
    let page = std::fs::read_to_string(root().join("docs/tables.md")).unwrap_or_default();
    assert!(
        page == ran.out,
        "docs/tables.md is old: cargo run --release -- schema tables --markdown > docs/tables.md"
    );
    let described: Value =
        serde_json::from_str(&copydesk(&root(), &["schema", "tables"]).exits(0).out).expect("JSON");
    let names: Vec<&str> =
        described.as_array().expect("tables").iter().filter_map(|table| table["name"].as_str()).collect();
    // And those about a whole corpus.
    assert_eq!(names, [TABLES.as_slice(), &["people", "quotations"]].concat());
}
