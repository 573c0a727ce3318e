//! Some hundreds of bad inputs: each is reported with its problem, and everything else is processed.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use copydesk_tests::{copydesk, folder, lines, root};
use serde_json::{Value, json};

/// A row of `bad_lines.tsv`.
struct Bad {
    becomes: String,
    told: String,
    line: Vec<u8>,
}

/// The bytes of a line in which `<e9>` is a byte.
fn bytes_of(written: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = written;
    while let Some(at) = rest.find('<') {
        let byte = rest.get(at + 1..at + 3).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        let byte = byte.filter(|_| rest[at + 3..].starts_with('>')).expect("two digits in < >");
        bytes.extend_from_slice(&rest.as_bytes()[..at]);
        bytes.push(byte);
        rest = &rest[at + 4..];
    }
    bytes.extend_from_slice(rest.as_bytes());
    bytes
}

fn bad_lines() -> Vec<Bad> {
    let text = std::fs::read_to_string(root().join("tests/data/bad_lines.tsv")).expect("the table");
    let row = |row: &str| {
        let [becomes, told, line] = *row.splitn(3, '\t').collect::<Vec<_>>() else { panic!("{row}") };
        Bad { becomes: becomes.to_owned(), told: told.to_owned(), line: bytes_of(line) }
    };
    text.lines().filter(|line| !line.starts_with("# What")).map(row).collect()
}

#[test]
fn every_bad_line_is_reported_and_nothing_else_is_lost() {
    let dir = folder();
    let bad = bad_lines();
    assert!(bad.len() > 150, "{}", bad.len());
    let mut input = Vec::new();
    for (number, bad) in bad.iter().enumerate() {
        // Every second line is valid.
        input.extend_from_slice(&bad.line);
        writeln!(input, "\n{}", json!({"id": format!("good{number}"), "text": "Sales rose 5%."}))
            .expect("memory");
    }
    std::fs::write(dir.path().join("in.jsonl"), input).expect("the input");
    copydesk(dir.path(), &["run", "in.jsonl", "-o", "out.jsonl", "-q"]).exits(1);
    let written = lines(&dir.path().join("out.jsonl"));
    let good = written.iter().filter(|line| line["id"].as_str().is_some_and(|id| id.starts_with("good")));
    assert_eq!(good.count(), bad.len());
    let errors = lines(&dir.path().join("errors.jsonl"));
    let mut wrong = String::new();
    for (number, bad) in bad.iter().enumerate() {
        let place = 2 * number as u64 + 1;
        let (what, told) = match bad.becomes.as_str() {
            "warns" => {
                let id = format!("in.jsonl#{place}");
                let line = written.iter().find(|line| line["id"] == id);
                (
                    String::from("warns"),
                    line.map_or("no line".to_owned(), |line| line["warnings"].to_string()),
                )
            }
            _ => match errors.iter().find(|error| error["line"] == place) {
                Some(error) => (text(error, "class"), text(error, "reason")),
                None => ("nothing".to_owned(), "no failure".to_owned()),
            },
        };
        if what != bad.becomes || !told.contains(&bad.told) {
            let line = String::from_utf8_lossy(&bad.line);
            let _ = writeln!(wrong, "{line}\n    {what}: {told}; expected {}: {}", bad.becomes, bad.told);
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

/// A file damaged in several ways, each with its name.
fn damaged(whole: &[u8]) -> Vec<(&'static str, Vec<u8>)> {
    let cut = |part: usize| whole[..whole.len() * part / 100].to_vec();
    let mut flipped = whole.to_vec();
    let middle = whole.len() / 2;
    flipped[middle] ^= 0x55;
    let zeros = |from: usize| {
        let mut bytes = whole.to_vec();
        let end = (from + 40).min(bytes.len());
        bytes[from..end].fill(0);
        bytes
    };
    vec![
        ("empty", Vec::new()),
        ("cut at 3 %", cut(3)),
        ("cut at 50 %", cut(50)),
        ("cut at 95 %", cut(95)),
        ("without its last byte", whole[..whole.len() - 1].to_vec()),
        ("a byte flipped", flipped),
        ("zeros in the middle", zeros(middle)),
        ("zeros at its beginning", zeros(0)),
        ("garbage behind", [whole, b"\xde\xad\xbe\xef garbage \xff\xff"].concat()),
        ("zeros behind", [whole, &[0; 512]].concat()),
        ("twice", [whole, whole].concat()),
        ("something else", b"MZ\x90\x00 this is a program, or so it says \x00\x01\x02".to_vec()),
    ]
}

/// Files of every format, with their names.
fn files() -> Vec<(&'static str, Vec<u8>)> {
    let article = |number: usize| json!({"number": number, "text": format!("Sales rose {number}% in March, Anna Lund said.")});
    let lines: String = (0..40).map(|number| article(number).to_string() + "\n").collect();
    let array = Value::from((0..40).map(article).collect::<Vec<_>>()).to_string();
    let table: String = "number,text\n".to_owned()
        + &(0..40).map(|n| format!("{n},\"Sales rose {n}%.\"\n")).collect::<String>();
    let items: String = (0..9)
        .map(|n| format!("<item><guid>{n}</guid><description>Sales rose {n}%.</description></item>"))
        .collect();
    let feed = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>T</title>{items}</channel></rss>"
    );
    let page = "<html><head><title>Sales</title></head><body><article><p>Sales rose 5% in March, Anna Lund said.</p></article></body></html>";
    let record = |n: usize| {
        let body = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{page}{n}");
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://news.example/{n}\r\nContent-Type: application/http\r\n\
             Content-Length: {}\r\n\r\n{body}\r\n\r\n",
            body.len()
        )
    };
    let warc: String = (0..9).map(record).collect();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(lines.as_bytes()).expect("gzip");
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(lines.as_bytes()).expect("bzip2");
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), lzma_rust2::XzOptions::with_preset(1)).expect("xz");
    xz.write_all(lines.as_bytes()).expect("xz");
    let mut tar = tar::Builder::new(Vec::new());
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for name in ["a.jsonl", "b.jsonl"] {
        let mut header = tar::Header::new_ustar();
        header.set_size(lines.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, lines.as_bytes()).expect("tar");
        zip.start_file(name, zip::write::SimpleFileOptions::default()).expect("zip");
        zip.write_all(lines.as_bytes()).expect("zip");
    }
    vec![
        ("x.jsonl", lines.clone().into()),
        ("x.json", array.into()),
        ("x.csv", table.into()),
        ("x.rss", feed.into()),
        ("x.html", page.into()),
        ("x.warc", warc.into()),
        ("x.jsonl.gz", gzip.finish().expect("gzip")),
        ("x.jsonl.zst", zstd::encode_all(lines.as_bytes(), 1).expect("zstd")),
        ("x.jsonl.bz2", bzip2.finish().expect("bzip2")),
        ("x.jsonl.xz", xz.finish().expect("xz")),
        ("x.tar", tar.into_inner().expect("tar")),
        ("x.zip", zip.finish().expect("zip").into_inner()),
    ]
}

/// The ids of the documents of a folder, and the failures.
fn analysed(dir: &Path) -> (Vec<String>, Vec<Value>) {
    let errors = dir.join("errors.jsonl");
    let errors = if errors.exists() { lines(&errors) } else { Vec::new() };
    (lines(&dir.join("out.jsonl")).iter().map(|line| line["id"].to_string()).collect(), errors)
}

#[test]
fn every_damaged_file_is_reported_and_nothing_else_is_lost() {
    let mut tried = 0;
    for (name, whole) in files() {
        let dir = folder();
        let dir = dir.path();
        std::fs::create_dir(dir.join("whole")).expect("a folder");
        std::fs::write(dir.join("whole").join(name), &whole).expect("a file");
        copydesk(dir, &["run", "whole", "-o", "out.jsonl", "-q"]).exits(0);
        let all = analysed(dir).0.len();
        assert!(all > 0, "{name}");
        // All damaged files of a format in one run, each next to a valid one.
        std::fs::create_dir(dir.join("in")).expect("a folder");
        let damaged = damaged(&whole);
        for (number, (_, bytes)) in damaged.iter().enumerate() {
            std::fs::write(dir.join(format!("in/{number:02}-{name}")), bytes).expect("a file");
            std::fs::write(dir.join(format!("in/{number:02}.txt")), "Sales rose 5%.").expect("a file");
        }
        copydesk(dir, &["run", "in", "-o", "out.jsonl", "-q"]).exits(1);
        let (_, errors) = analysed(dir);
        let written = lines(&dir.join("out.jsonl"));
        let good = written.iter().filter(|line| line["id"].as_str().is_some_and(|id| id.ends_with(".txt")));
        assert_eq!(good.count(), damaged.len(), "{name}");
        for (number, (what, bytes)) in damaged.iter().enumerate() {
            let file = format!("in/{number:02}-{name}");
            let told: Vec<&str> = errors
                .iter()
                .filter(|error| error["file"].as_str().is_some_and(|told| told.starts_with(&file)))
                .filter_map(|error| error["reason"].as_str())
                .collect();
            let of_file = || written.iter().filter(|line| text(line, "id").starts_with(&file));
            let documents = of_file().count();
            let warned = of_file().any(|line| !line["warnings"].is_null());
            // Entries of feeds and web archives have their own ids, and a page is read as far as it goes. An empty file
            // has nothing to lose, and damage inside a word leaves a word.
            let named = ["x.rss", "x.warc"].contains(&name);
            let harmless = ["empty", "a byte flipped"].contains(what)
                || named
                    && ["garbage behind", "zeros behind", "twice", "without its last byte"].contains(what)
                || name == "x.html"
                // Cut between two lines, the rest is a valid file.
                || bytes.ends_with(b"\n") && what.starts_with("cut");
            assert!(
                harmless || warned || !told.is_empty() || documents >= all,
                "{name}, {what}: {documents} of {all}, nothing told"
            );
            assert!(
                told.iter().all(|reason| reason.len() > 15 && reason.contains(' ')),
                "{name}, {what}: {told:?}"
            );
            tried += 1;
        }
    }
    assert!(tried >= 140, "{tried}");
}
