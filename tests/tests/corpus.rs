//! `copydesk corpus`: copies, repeated quotes, and people across documents, measured on generated corpora with known
//! relations.

#![allow(
    clippy::print_stdout,
    reason = "the values that were measured, for whoever asks for them with --nocapture"
)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use copydesk_bench::{Wire, WireArticle};
use copydesk_tests::schema::assert_line;
use copydesk_tests::{copydesk, folder, lines};
use rusqlite::Connection;
use serde_json::Value;

/// Runs the stages over a generated corpus; returns it, and a folder with `out.jsonl`.
fn analysed(seed: u64, documents: usize) -> (Vec<WireArticle>, tempfile::TempDir) {
    let articles: Vec<WireArticle> = Wire::new(seed).take(documents).collect();
    let dir = folder();
    let input: String = articles.iter().map(WireArticle::json_line).collect();
    std::fs::write(dir.path().join("in.jsonl"), input).expect("input");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(0);
    (articles, dir)
}

fn corpus(dir: &Path, arguments: &[&str]) {
    copydesk(dir, &[&["corpus", "out.jsonl"], arguments].concat()).exits(0);
}

/// The numbers of pairs with equal keys: (found and true, found, true).
fn pairs<K: PartialEq>(truth: &[K], said: &[Option<String>]) -> (f64, f64, f64) {
    let (mut both, mut all_said, mut all_true) = (0.0, 0.0, 0.0);
    for a in 0..truth.len() {
        for b in a + 1..truth.len() {
            let (same, found) = (truth[a] == truth[b], said[a].is_some() && said[a] == said[b]);
            both += f64::from(u8::from(same && found));
            all_said += f64::from(u8::from(found));
            all_true += f64::from(u8::from(same));
        }
    }
    (both, all_said, all_true)
}

fn string(value: &Value, field: &str) -> Option<String> {
    value[field].as_str().map(str::to_owned)
}

fn array(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[test]
fn copies_are_found_and_reports_with_one_pattern_are_not() {
    let (articles, dir) = analysed(41, 500);
    corpus(dir.path(), &["-o", "c.jsonl", "-q"]);
    let found = lines(&dir.path().join("c.jsonl"));
    found.iter().for_each(assert_line);
    let stories: Vec<&str> = articles.iter().map(|article| article.story.as_str()).collect();
    let clusters: Vec<Option<String>> = found.iter().map(|line| string(line, "duplicate_cluster")).collect();
    let (both, said, truth) = pairs(&stories, &clusters);
    let (precision, recall) = (both / said, both / truth);
    println!("copies: precision {precision:.3}, recall {recall:.3} of {truth} pairs");
    assert!(precision > 0.98 && recall > 0.95, "{precision} {recall}");
    let ids: HashMap<&str, usize> =
        articles.iter().map(|article| article.article.id.as_str()).zip(0..).collect();
    for (place, line) in found.iter().enumerate() {
        let earlier = |field| string(line, field).map(|id| ids[id.as_str()]);
        match (earlier("duplicate_of"), earlier("duplicate_cluster")) {
            (Some(of), Some(cluster)) => assert!(cluster <= of && of < place, "{place}"),
            (None, Some(cluster)) => assert_eq!(cluster, place, "the first of a cluster is its name"),
            (of, None) => assert_eq!(of, None),
        }
    }
}

#[test]
fn repeated_quotes_are_one_quotation() {
    let (articles, dir) = analysed(42, 500);
    corpus(dir.path(), &["-o", "c.jsonl", "-q"]);
    let (mut truth, mut said) = (Vec::new(), Vec::new());
    for (article, line) in articles.iter().zip(lines(&dir.path().join("c.jsonl"))) {
        // The quotes of a copy match trivially.
        for spoken in article.spoken.iter().filter(|_| article.edit == "original") {
            let whole = |quote: &&Value| {
                quote["kind"] == "direct"
                    && quote["text"].as_str().is_some_and(|text| text.contains(&spoken.text))
            };
            if let Some(quote) = array(&line["quotes"]).iter().find(whole) {
                truth.push(&spoken.quotation);
                said.push(string(quote, "quotation"));
            }
        }
    }
    let (both, all_said, all_true) = pairs(&truth, &said);
    let (precision, recall) = (both / all_said, both / all_true);
    println!("quotations: precision {precision:.3}, recall {recall:.3} of {all_true} pairs");
    // Two of three parts of a quote may have nothing in common, and the full quote may not occur in any article.
    assert!(precision > 0.95 && recall > 0.85, "{precision} {recall}");
}

#[test]
fn people_are_matched_across_documents_and_a_list_identifies_them() {
    let (articles, dir) = analysed(43, 300);
    corpus(dir.path(), &["-o", "c.jsonl", "-o", "people.csv", "-q"]);
    let found = lines(&dir.path().join("c.jsonl"));
    let (mut right, mut wrong) = (0, 0);
    let mut ids = HashSet::new();
    for (article, line) in articles.iter().zip(&found) {
        for entity in array(&line["entities"]) {
            let Some(id) = entity["global_id"].as_str() else { continue };
            ids.insert(id.to_owned());
            assert!(entity["global_evidence"].is_string());
            let name = entity["name"].as_str().expect("a name");
            for spoken in article.spoken.iter().filter(|spoken| spoken.speaker.ends_with(name)) {
                let same = id == spoken.speaker.to_lowercase().replace(' ', "-");
                (right, wrong) = (right + u32::from(same), wrong + u32::from(!same));
            }
        }
    }
    println!("people: {right} right, {wrong} wrong");
    assert!(right > 60 && wrong * 30 < right, "{right} {wrong}");
    let table = std::fs::read_to_string(dir.path().join("people.csv")).expect("a table");
    assert!(table.starts_with("global_id,name,names,roles,documents,stories,"), "{table}");
    assert_eq!(table.lines().count() - 1, ids.len());

    let spoken = articles.iter().flat_map(|article| &article.spoken).next().expect("a quote");
    let list = format!("id\tname\ncd:17\t{}\n", spoken.speaker);
    std::fs::write(dir.path().join("people.tsv"), list).expect("a list");
    corpus(dir.path(), &["--people", "people.tsv", "-o", "listed.jsonl", "-q"]);
    let listed = lines(&dir.path().join("listed.jsonl"));
    let entities = listed.iter().flat_map(|line| array(&line["entities"]));
    let named: Vec<&Value> = entities.filter(|entity| entity["global_id"] == "cd:17").collect();
    assert!(!named.is_empty() && named.iter().all(|entity| entity["name"] == *spoken.speaker));
}

#[test]
fn tables_match_the_lines_whatever_the_memory_limit() {
    let (_, dir) = analysed(44, 200);
    let at = |name: &str| dir.path().join(name);
    corpus(
        dir.path(),
        &["-o", "c.jsonl.zst", "-o", "c.sqlite", "-o", "tables/", "--format", "parquet", "-q"],
    );
    assert!(at("tables/quotations.parquet").is_file(), "a folder has the tables of the corpus too");
    corpus(dir.path(), &["-o", "c.jsonl", "--memory", "1", "-q"]);
    let plain = std::fs::read(at("c.jsonl")).expect("lines");
    let packed = std::fs::File::open(at("c.jsonl.zst")).expect("a file");
    assert!(plain == zstd::decode_all(packed).expect("zstd"));

    let database = Connection::open(at("c.sqlite")).expect("SQLite");
    let one = |query: &str| -> i64 {
        database.query_row(query, [], |row| row.get(0)).unwrap_or_else(|error| panic!("{query}: {error}"))
    };
    let mut quotations: BTreeMap<String, i64> = BTreeMap::new();
    let mut copies = 0;
    for line in lines(&at("c.jsonl")) {
        copies += i64::from(line["duplicate_of"].is_string());
        let title = array(&line["headline"]["quotes"]);
        for id in array(&line["quotes"]).iter().chain(title).filter_map(|quote| string(quote, "quotation")) {
            *quotations.entry(id).or_default() += 1;
        }
    }
    assert!(copies > 20 && quotations.len() > 20);
    assert_eq!(one("SELECT count(*) FROM documents WHERE duplicate_of IS NOT NULL"), copies);
    assert_eq!(one("SELECT count(*) FROM quotations") as usize, quotations.len());
    assert_eq!(one("SELECT sum(quotes) FROM quotations"), quotations.values().sum::<i64>());
    let lost = "SELECT count(*) FROM quotes q LEFT JOIN quotations n USING (quotation) WHERE q.quotation IS NOT NULL AND n.text IS NULL";
    assert_eq!(one(lost), 0, "every quotation has its row, with words");
    let first = "SELECT count(*) FROM quotations n JOIN quotes q ON q.doc || '/' || q.quote = n.quotation WHERE q.text = n.text";
    assert_eq!(one(first) as usize, quotations.len(), "its name is where the first quote is");
    let speakers =
        "SELECT count(*) FROM quotes WHERE speaker_global_id NOT IN (SELECT global_id FROM people)";
    assert_eq!(one(speakers), 0);
    assert_eq!(one("SELECT count(*) FROM pragma_foreign_key_check"), 0);

    // An export of these lines has the same columns.
    copydesk(dir.path(), &["export", "c.jsonl", "-o", "again.sqlite", "-q"]).exits(0);
    let again = Connection::open(at("again.sqlite")).expect("SQLite");
    let count: i64 = again
        .query_row("SELECT count(*) FROM quotes WHERE quotation IS NOT NULL", [], |row| row.get(0))
        .expect("rows");
    assert_eq!(count, quotations.values().sum::<i64>());
}

#[test]
fn impossible_requests_are_errors() {
    let (_, dir) = analysed(45, 20);
    let refuses = |arguments: &[&str], reason: &str| {
        let ran = copydesk(dir.path(), &[&["corpus"], arguments].concat()).exits(2);
        assert!(ran.err.contains(reason), "{}", ran.err);
    };
    refuses(&["-"], "read twice");
    refuses(&["out.jsonl", "-o", "out.jsonl"], "would destroy it");
    refuses(&["missing.jsonl", "-o", "c.jsonl"], "missing.jsonl");
    refuses(&["out.jsonl", "--people", "none.tsv", "-o", "c.jsonl"], "none.tsv");
    refuses(&["out.jsonl", "--similarity", "3", "-o", "c.jsonl"], "not between 0 and 1");
    refuses(&["in.jsonl", "-o", "c.jsonl"], "in.jsonl:1: not a line written by copydesk");
    corpus(dir.path(), &["-o", "c.jsonl", "-q"]);
    refuses(&["c.jsonl", "-o", "d.jsonl"], "has written this line");

    // A damaged line is reported, and the others are processed.
    let mut text = std::fs::read_to_string(dir.path().join("out.jsonl")).expect("lines");
    text.insert_str(0, "{\"id\":\"cut off\",\"te\n\n");
    std::fs::write(dir.path().join("damaged.jsonl"), text).expect("written");
    let ran = copydesk(dir.path(), &["corpus", "damaged.jsonl", "-o", "e.jsonl"]).exits(1);
    assert!(ran.err.contains("damaged.jsonl:1: "), "{}", ran.err);
    assert!(
        std::fs::read(dir.path().join("c.jsonl")).expect("c")
            == std::fs::read(dir.path().join("e.jsonl")).expect("e")
    );
}
