//! Each table format is read by pandas, Polars, DuckDB and Datasette, in a Python environment that this test creates in
//! `target/readers` and keeps.

use std::path::PathBuf;
use std::process::Command;

use copydesk_tests::queries::queries;
use copydesk_tests::{copydesk, folder, root, run_tool, target, varied};
use serde_json::json;

/// Python with these libraries.
fn python() -> PathBuf {
    let place = target().join("readers");
    let wanted = root().join("tests/readers/requirements.txt");
    let (text, installed) = (std::fs::read(&wanted).expect("requirements"), place.join("installed.txt"));
    let python = place.join("bin/python");
    if std::fs::read(&installed).is_ok_and(|held| held == text) {
        return python;
    }
    run_tool(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&place));
    let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-cache-dir", "-r"];
    run_tool(Command::new(&python).args(pip).arg(&wanted));
    std::fs::write(installed, text).expect("a mark that all is there");
    python
}

/// The rows shown in docs/queries.md, which are those of the example articles.
fn shown(table: &str) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let line = line.trim_start_matches("| ").trim_end_matches(" |");
        line.split(" | ").map(|cell| cell.replace("\\|", "|").trim().to_owned()).collect()
    };
    table.lines().skip(2).map(cells).collect()
}

#[test]
fn pandas_polars_duckdb_and_datasette_read_all_tables() {
    let dir = folder();
    let check = |inputs: &[&str], queries: &serde_json::Value| {
        let out = |name: &str| dir.path().join(name).to_string_lossy().into_owned();
        let run = |arguments: &[&str]| {
            let arguments = [["run", "-q", "--force"].as_slice(), inputs, arguments].concat();
            copydesk(&root(), &arguments).exits(0);
        };
        run(&["-o", &out("out.jsonl"), "-o", &out("news.sqlite")]);
        run(&["-o", &out("csv/"), "--format", "csv"]);
        run(&["-o", &out("pq/"), "--format", "parquet"]);
        let tables = [
            "documents",
            "entities",
            "mentions",
            "quotes",
            "figures",
            "targets",
            "stances",
            "sentences",
            "claims",
        ];
        let packed: Vec<String> = tables.iter().map(|table| out(&format!("csv.gz/{table}.csv.gz"))).collect();
        let packed: Vec<&str> = packed.iter().flat_map(|path| ["-o", path]).collect();
        run(&packed);
        std::fs::write(out("queries.json"), queries.to_string()).expect("queries");
        std::fs::write(out("schema.json"), copydesk(&root(), &["schema", "output"]).exits(0).out)
            .expect("a schema");
        let mut command = Command::new(python());
        command.arg(root().join("tests/readers/readers.py")).arg(dir.path());
        run_tool(command.arg(root().join("engine/src/writer/views.sql")));
    };
    let all = queries();
    let queries = all.iter().map(|query| {
        json!({"heading": query.heading, "sql": query.sql.trim_end_matches(';'), "rows": shown(&query.shown)})
    });
    check(&["examples/articles", "examples/news.jsonl"], &queries.collect());
    let input = dir.path().join("in.jsonl");
    std::fs::write(&input, varied()).expect("input");
    check(&[&input.to_string_lossy()], &json!([]));
}
