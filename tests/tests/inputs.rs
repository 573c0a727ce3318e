//! Every input format, plain and in every compression, gives the same documents.

use std::io::{Cursor, Write};
use std::path::Path;
use std::sync::Arc;

use copydesk_bench::{Article, Corpus, page};
use copydesk_tests::{copydesk, copydesk_with_input, folder, lines};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

const ARTICLES: usize = 12;

fn articles() -> Vec<Article> {
    Corpus::new(15).take(ARTICLES).collect()
}

fn jsonl(articles: &[Article]) -> Vec<u8> {
    let line = |article| serde_json::to_string(article).expect("JSON") + "\n";
    articles.iter().map(line).collect::<String>().into()
}

fn json(articles: &[Article]) -> Vec<u8> {
    serde_json::to_vec_pretty(articles).expect("JSON")
}

fn table(articles: &[Article], separator: &str) -> Vec<u8> {
    let cell = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let row = |cells: [&str; 6]| cells.map(cell).join(separator) + "\r\n";
    let header = row(["id", "title", "date", "text", "outlet", "lang"]);
    let rows = articles.iter().map(|a| row([&a.id, &a.title, &a.date, &a.text, &a.outlet, a.lang]));
    (header + &rows.collect::<String>()).into()
}

fn parquet(articles: &[Article]) -> Vec<u8> {
    let schema = "message article { required binary id (UTF8); optional binary title (UTF8); required binary date (UTF8);
        required binary text (UTF8); required binary outlet (UTF8); required binary lang (UTF8); }";
    let schema = Arc::new(parse_message_type(schema).expect("a schema"));
    let mut file = SerializedFileWriter::new(Vec::new(), schema, Arc::default()).expect("a file");
    let columns: [fn(&Article) -> &str; 6] =
        [|a| &a.id, |a| &a.title, |a| &a.date, |a| &a.text, |a| &a.outlet, |a| a.lang];
    // Two groups of rows, which are read one after the other.
    for articles in articles.chunks(ARTICLES / 2) {
        let mut group = file.next_row_group().expect("a group");
        for (place, column) in columns.iter().enumerate() {
            let mut writer = group.next_column().expect("a column").expect("one more column");
            let ColumnWriter::ByteArrayColumnWriter(typed) = writer.untyped() else { panic!("no text") };
            let values: Vec<ByteArray> = articles.iter().map(|article| column(article).into()).collect();
            let defined = vec![1; values.len()];
            let levels = (place == 1).then_some(defined.as_slice());
            typed.write_batch(&values, levels, None).expect("the values");
            writer.close().expect("the column's end");
        }
        group.close().expect("the group's end");
    }
    file.into_inner().expect("the file's bytes")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

fn rss(articles: &[Article]) -> Vec<u8> {
    let item = |a: &Article| {
        let paragraphs: String =
            a.text.split("\n\n").map(|text| format!("<p>{}</p>", escape(text))).collect();
        format!(
            "<item><guid>{}</guid><title>{}</title><link>https://news.example/{}</link>\
             <pubDate>{}</pubDate><content:encoded><![CDATA[{paragraphs}]]></content:encoded></item>",
            a.id,
            escape(&a.title),
            a.id,
            a.date
        )
    };
    format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel>\
         <title>The Feed</title><language>en</language>{}</channel></rss>",
        articles.iter().map(item).collect::<String>()
    )
    .into()
}

fn warc(articles: &[Article]) -> Vec<u8> {
    let record = |(number, article): (usize, &Article)| {
        let page = page(article.clone(), number);
        let body = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {}\r\n\r\n{}",
            page.html.len(),
            page.html
        );
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {}\r\nWARC-Date: 2024-06-01T00:00:00Z\r\n\
             Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{body}\r\n\r\n",
            page.url,
            body.len()
        )
    };
    let info = "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nabcd\r\n\r\n".to_owned();
    (info + &articles.iter().enumerate().map(record).collect::<String>()).into()
}

fn compressions(bytes: &[u8]) -> [(&'static str, Vec<u8>); 5] {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(bytes).expect("gzip");
    let mut bzip2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bzip2.write_all(bytes).expect("bzip2");
    let options = lzma_rust2::XzOptions::with_preset(1);
    let mut xz = lzma_rust2::XzWriter::new(Vec::new(), options).expect("xz");
    xz.write_all(bytes).expect("xz");
    [
        ("", bytes.to_vec()),
        (".gz", gzip.finish().expect("gzip")),
        (".zst", zstd::encode_all(bytes, 1).expect("zstd")),
        (".bz2", bzip2.finish().expect("bzip2")),
        (".xz", xz.finish().expect("xz")),
    ]
}

/// Runs over a file and returns the documents without their annotations.
#[track_caller]
fn read(folder: &Path, name: &str) -> Vec<Value> {
    copydesk(folder, &["run", name, "-o", "out.jsonl", "--set", "output.detail=compact"]).exits(0);
    lines(&folder.join("out.jsonl"))
}

/// Checks the fields of each document, whatever its format.
#[track_caller]
fn check(documents: &[Value], articles: &[Article], what: &str, keys: &[&str]) {
    assert_eq!(documents.len(), articles.len(), "{what}");
    for (document, article) in documents.iter().zip(articles) {
        let expected = serde_json::to_value(article).expect("JSON");
        for key in keys {
            assert_eq!(document[key], expected[key], "{what}: {key} of {}", article.id);
        }
    }
}

/// Reads a format in every compression.
fn matrix(extension: &str, bytes: Vec<u8>, keys: &[&str]) {
    let (dir, articles) = (folder(), articles());
    for (ending, packed) in compressions(&bytes) {
        let name = format!("news.{extension}{ending}");
        std::fs::write(dir.path().join(&name), packed).expect("the input");
        check(&read(dir.path(), &name), &articles, &name, keys);
    }
}

const ALL: &[&str] = &["id", "title", "date", "text", "outlet", "lang"];

#[test]
fn json_lines() {
    matrix("jsonl", jsonl(&articles()), ALL);
}

#[test]
fn json_arrays() {
    matrix("json", json(&articles()), ALL);
}

#[test]
fn csv() {
    matrix("csv", table(&articles(), ","), ALL);
    matrix("csv", table(&articles(), ";"), ALL);
}

#[test]
fn tsv() {
    matrix("tsv", table(&articles(), "\t"), ALL);
}

#[test]
fn parquet_files() {
    matrix("parquet", parquet(&articles()), ALL);
}

#[test]
fn feeds() {
    matrix("rss", rss(&articles()), &["id", "title", "date", "text"]);
}

#[test]
fn web_archives() {
    matrix("warc", warc(&articles()), &["title"]);
}

#[test]
fn web_pages_and_texts_are_a_document_each() {
    let (dir, articles) = (folder(), articles());
    for (number, article) in articles.iter().enumerate() {
        let html = page(article.clone(), number).html;
        for (ending, packed) in compressions(html.as_bytes()) {
            std::fs::write(dir.path().join(format!("{number:02}.html{ending}")), packed).expect("a page");
        }
        std::fs::write(dir.path().join(format!("{number:02}.txt")), &article.text).expect("a text");
    }
    for ending in ["", ".gz", ".zst", ".bz2", ".xz"] {
        check(&read(dir.path(), &format!("*.html{ending}")), &articles, ending, &["title"]);
    }
    check(&read(dir.path(), "*.txt"), &articles, "texts", &["text"]);
}

#[test]
fn archives_contain_any_format() {
    let (dir, articles) = (folder(), articles());
    let members = [
        ("in/news.jsonl", jsonl(&articles)),
        ("news.csv", table(&articles, ",")),
        ("news.parquet", parquet(&articles)),
        ("scan.pdf", b"%PDF-1.4".to_vec()),
        (".hidden.jsonl", jsonl(&articles)),
    ];
    let mut tar = tar::Builder::new(Vec::new());
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in &members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        tar.append_data(&mut header, name, bytes.as_slice()).expect("a member");
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("a member");
        zip.write_all(bytes).expect("its bytes");
    }
    let expected = [articles.as_slice(); 3].concat();
    let tar = tar.into_inner().expect("the archive");
    for (ending, packed) in compressions(&tar) {
        let name = format!("news.tar{ending}");
        std::fs::write(dir.path().join(&name), packed).expect("the archive");
        check(&read(dir.path(), &name), &expected, &name, ALL);
    }
    std::fs::write(dir.path().join("news.zip"), zip.finish().expect("the archive").into_inner())
        .expect("a file");
    let ran = copydesk(dir.path(), &["run", "news.zip", "-o", "out.jsonl"]).exits(0);
    assert!(
        ran.err.contains("1 file was skipped because the format is not supported: .pdf 1"),
        "{}",
        ran.err
    );
    check(&lines(&dir.path().join("out.jsonl")), &expected, "zip", ALL);
}

#[test]
fn first_bytes_show_the_format_if_the_name_does_not() {
    let (dir, articles) = (folder(), articles());
    for (name, bytes) in [
        ("export", json(&articles)),
        ("export.dat", parquet(&articles)),
        ("export.2024", jsonl(&articles)),
        ("packed.jsonl", compressions(&jsonl(&articles))[1].1.clone()),
    ] {
        std::fs::write(dir.path().join(name), bytes).expect("the input");
        check(&read(dir.path(), name), &articles, name, ALL);
    }
    let input = compressions(&table(&articles, ","))[2].1.clone();
    let arguments = ["run", "-", "--input-format", "csv", "-o", "out.jsonl"];
    copydesk_with_input(dir.path(), &arguments, &input).exits(0);
    check(&lines(&dir.path().join("out.jsonl")), &articles, "standard input", ALL);
    // A table with a column for the text is recognised; `--format` applies to standard input if the output's name shows its format.
    let plain = table(&articles, ",");
    for arguments in
        [&["run", "-", "-o", "out.jsonl"][..], &["run", "-", "--format", "csv", "-o", "out.jsonl"]]
    {
        copydesk_with_input(dir.path(), arguments, &plain).exits(0);
        check(&lines(&dir.path().join("out.jsonl")), &articles, "standard input", ALL);
    }
    let arguments = ["run", "-", "-o", "tables/", "--format", "csv"];
    copydesk_with_input(dir.path(), &arguments, &plain).exits(0);
    assert!(dir.path().join("tables/quotes.csv").exists());
}

#[test]
fn other_encodings() {
    let dir = folder();
    let csv =
        "id;text\r\n1;\"Jürgen Groß said the café in Orléans would close on Monday – after 30 years.\"\r\n";
    let expected = "Jürgen Groß said the café in Orléans would close on Monday – after 30 years.";
    let utf16: Vec<u8> =
        std::iter::once(0xfeff).chain(csv.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let latin = |text: &str| text.chars().map(|c| if c == '–' { 0x96 } else { c as u8 }).collect::<Vec<u8>>();
    for (name, bytes, guessed) in [
        ("bom.csv", [b"\xef\xbb\xbf", csv.as_bytes()].concat(), false),
        ("utf16.csv", utf16, false),
        ("latin.csv", latin(csv), true),
        ("latin.txt", latin(expected), true),
    ] {
        std::fs::write(dir.path().join(name), bytes).expect("the input");
        let documents = read(dir.path(), name);
        assert_eq!(documents[0]["text"], expected, "{name}");
        let warned = documents[0]["warnings"].to_string().contains("windows-1252");
        assert_eq!(warned, guessed, "{name}: {}", documents[0]["warnings"]);
    }
    let arguments = ["run", "latin.csv", "-o", "out.jsonl", "--set", "input.encoding=latin1"];
    copydesk(dir.path(), &arguments).exits(0);
    assert_eq!(lines(&dir.path().join("out.jsonl"))[0]["text"], expected);
    copydesk(dir.path(), &["run", "latin.csv", "--set", "input.encoding=klingon"])
        .exits(2)
        .says(&["no encoding"]);
}

#[test]
fn nested_fields_are_named_by_their_path() {
    let dir = folder();
    let line = r#"{"meta":{"key":7,"when":{"day":"2024-05-08"}},"body":{"text":"The mayor left."}}"#;
    std::fs::write(dir.path().join("in.jsonl"), line).expect("the input");
    let arguments = ["run", "in.jsonl", "-o", "out.jsonl", "--set", "input.fields.text=\"body.text\""];
    let more = ["--set", "input.fields.id=\"meta.key\"", "--set", "input.fields.date=\"meta.when.day\""];
    copydesk(dir.path(), &[arguments.as_slice(), &more].concat()).exits(0);
    let document = &lines(&dir.path().join("out.jsonl"))[0];
    assert_eq!((&document["id"], &document["text"]), (&"7".into(), &"The mayor left.".into()));
    assert_eq!((&document["date"], &document["meta"]["key"]), (&"2024-05-08".into(), &7.into()));
}

#[test]
fn lists_of_paths() {
    let (dir, articles) = (folder(), articles());
    for (name, part) in ["b.jsonl", "a.jsonl"].iter().zip(articles.chunks(ARTICLES / 2)) {
        std::fs::write(dir.path().join(name), jsonl(part)).expect("the input");
    }
    std::fs::write(dir.path().join("list.txt"), "b.jsonl\n\na.jsonl\n").expect("the list");
    check(&read(dir.path(), "@list.txt"), &articles, "in the order of the list", ALL);
    std::fs::write(dir.path().join("list.txt"), "b.jsonl\nc.jsonl\n").expect("the list");
    let ran = copydesk(dir.path(), &["run", "@list.txt"]).exits(2);
    assert!(ran.err.contains("@list.txt: line 2: c.jsonl: no such file"), "{}", ran.err);
}

#[test]
fn documents_are_selected() {
    let (dir, articles) = (folder(), articles());
    std::fs::write(dir.path().join("in.jsonl"), jsonl(&articles)).expect("the input");
    let ids = |arguments: &[&str]| -> Vec<String> {
        let arguments = [&["run", "in.jsonl", "-o", "out.jsonl"], arguments].concat();
        copydesk(dir.path(), &arguments).exits(0);
        let documents = lines(&dir.path().join("out.jsonl"));
        documents.iter().map(|document| document["id"].as_str().expect("an id").to_owned()).collect()
    };
    let all: Vec<&str> = articles.iter().map(|article| article.id.as_str()).collect();
    assert_eq!(ids(&["--limit", "5"]), all[..5]);
    let outlet = &articles[3].outlet;
    let of_outlet: Vec<&str> = articles
        .iter()
        .filter(|article| article.outlet == *outlet)
        .map(|article| article.id.as_str())
        .collect();
    let condition = format!("outlet in [\"{outlet}\"] && lang == \"en\"");
    assert_eq!(ids(&["--where", &condition]), of_outlet);
    assert_eq!(ids(&["--where", &condition, "--limit", "1", "--jobs", "2"]), of_outlet[..1]);
    let mut dates: Vec<&str> = articles.iter().map(|article| article.date.as_str()).collect();
    dates.sort_unstable();
    assert_eq!(ids(&["--since", dates[4], "--until", dates[4]]).len(), 1);
    let (first, again) = (ids(&["--sample", "4"]), ids(&["--sample", "4", "--jobs", "2"]));
    assert_eq!((first.len(), &first), (4, &again));
    assert_ne!(first, ids(&["--sample", "4", "--seed", "9"]));
    assert_eq!(ids(&["--sample", "100%"]), all);
    copydesk(dir.path(), &["run", "in.jsonl", "--where", "outlet ="]).exits(2).says(&["--where"]);
}

#[test]
fn only_damaged_parts_are_lost() {
    let (dir, articles) = (folder(), articles());
    let gzip = compressions(&jsonl(&articles))[1].1.clone();
    let cut = gzip[..gzip.len() * 9 / 10].to_vec();
    let intact = {
        let mut text = Vec::new();
        let _ = std::io::Read::read_to_end(&mut flate2::read::GzDecoder::new(cut.as_slice()), &mut text);
        text.iter().filter(|byte| **byte == b'\n').count()
    };
    assert!(intact > 0, "some lines are intact");
    let unclosed = b"id,text\n1,The first.\n2,\"The second.\n3,The third.\n".to_vec();
    let half_array = json(&articles[..2])[..600].to_vec();
    let mut broken = warc(&articles[..4]);
    let second =
        broken.windows(8).enumerate().filter(|(_, part)| *part == b"WARC/1.0").nth(2).expect("a record").0;
    broken.splice(second..second + 8, *b"WARX/1.0");
    for (name, bytes, whole) in [
        ("cut.jsonl.gz", cut, intact),
        ("zeros.jsonl.gz", [gzip.as_slice(), &[0; 64]].concat(), ARTICLES),
        ("garbage.jsonl.gz", [gzip.as_slice(), b"garbage"].concat(), ARTICLES),
        ("unclosed.csv", unclosed, 1),
        ("half.json", half_array, 0),
        ("broken.warc", broken, 3),
        ("columns.csv", b"id,body\n1,A text.\n".to_vec(), 0),
        ("plain.jsonl.gz", jsonl(&articles), 0),
        ("not.parquet", b"PAR1 is how it begins".to_vec(), 0),
        ("not.zip", b"PK\x03\x04 is how it begins".to_vec(), 0),
        ("not.rss", b"<rss><channel>".to_vec(), 0),
        ("empty.csv", Vec::new(), 0),
        ("empty.html", b"<html><body></body></html>".to_vec(), 0),
    ] {
        std::fs::write(dir.path().join(name), bytes).expect("the input");
        copydesk(dir.path(), &["run", name, "-o", "out.jsonl"]).exits(1);
        assert_eq!(lines(&dir.path().join("out.jsonl")).len(), whole, "{name}");
        let errors = lines(&dir.path().join("errors.jsonl"));
        assert_eq!(errors.len(), 1, "{name}: {errors:?}");
    }
}
