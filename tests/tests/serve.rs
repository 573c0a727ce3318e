//! `copydesk serve`: its responses, and requests that are refused. Looks and behaviour of its pages are tested in `tests/browser`.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use copydesk_tests::{binary, copydesk, folder, root};
use serde_json::Value;

/// A server, which is stopped at the end of the test.
struct Server {
    child: Child,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A response: its status, headers and body.
struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Server {
    fn start(file: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(binary());
        command.arg("serve").arg(file).args(["--listen", "127.0.0.1:0"]).args(arguments);
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the server starts");
        let mut line = String::new();
        let errors = child.stderr.take().expect("standard error");
        BufReader::new(errors).read_line(&mut line).expect("a line");
        let (_, rest) = line.split_once("http://").unwrap_or_else(|| panic!("no address: {line}"));
        let address = rest.split('/').next().expect("an address").to_owned();
        Self { child, address }
    }

    /// Sends bytes unchanged.
    fn send(&self, request: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a limit");
        stream.write_all(request.as_bytes()).expect("a request");
        let mut bytes = Vec::new();
        // A server that refuses a body may close the connection before all of it was sent.
        let _ = stream.read_to_end(&mut bytes);
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or(0);
        let body = if head.to_lowercase().contains("transfer-encoding: chunked") {
            unchunked(body)
        } else {
            body.to_owned()
        };
        Answer { status, head: head.to_lowercase(), body }
    }

    fn get(&self, path: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address))
    }

    fn json(&self, path: &str) -> Value {
        let answer = self.get(path);
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        serde_json::from_str(&answer.body).unwrap_or_else(|error| panic!("{path}: {error}: {}", answer.body))
    }
}

fn unchunked(body: &str) -> String {
    let (mut rest, mut whole) = (body, String::new());
    while let Some((size, after)) = rest.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        let Some(chunk) = after.get(..size).filter(|_| size > 0) else { break };
        whole.push_str(chunk);
        rest = after.get(size + 2..).unwrap_or("");
    }
    whole
}

/// The example articles as an SQLite file.
fn news() -> (tempfile::TempDir, std::path::PathBuf) {
    let dir = folder();
    let file = dir.path().join("news.sqlite");
    let out = file.to_string_lossy().into_owned();
    copydesk(&root(), &["run", "examples/articles", "examples/news.jsonl", "-o", &out, "-q"]).exits(0);
    (dir, file)
}

#[test]
fn articles_quotes_and_claims_are_found_shown_and_exported() {
    let (_dir, file) = news();
    let before = std::fs::read(&file).expect("the file");
    let server = Server::start(&file, &[]);
    let start = server.get("/");
    assert!(
        start.status == 200
            && start.body.contains("<form id=\"form\"")
            && start.body.contains("id=\"paste\"")
    );
    for header in [
        "x-content-type-options: nosniff",
        "x-frame-options: deny",
        "cache-control: no-store",
        "referrer-policy: no-referrer",
    ] {
        assert!(start.head.contains(header), "{header} is not in\n{}", start.head);
    }
    let all = server.json("/search");
    assert_eq!((all["total"].as_u64(), all["more"].as_bool()), (Some(6), Some(false)));
    let found = server.json("/search?q=lithium");
    assert_eq!((found["total"].as_u64(), found["items"][0]["doc"].as_str()), (Some(1), Some("lithium")));
    let quotes = server.json("/search?in=quotes&q=demand+never");
    assert_eq!(quotes["items"][0]["speaker"], "Clara Fuentes");
    assert_eq!(quotes["facets"]["speaker"][0]["value"], "Clara Fuentes");
    let claims = server.json("/search?in=claims&q=lithium+output");
    assert_eq!(claims["items"][0]["measure"], "Chile's lithium output");
    assert_eq!(server.json("/search?in=quotes&speaker=Lena%20Brandt")["total"], 2);
    assert_eq!(server.json("/search?month=2023-05")["total"], 3);
    assert_eq!(server.json("/search?q=nothinglikethis")["total"], 0);
    let page = server.get("/read?doc=lithium");
    assert!(
        page.status == 200
            && page.body.contains("Content-Security-Policy")
            && page.body.contains("204,000 tonnes")
    );
    assert_eq!(server.get("/read?doc=none").status, 404);
    assert!(server.get("/report?q=lithium").body.contains("1 article"));
    let csv = server.get("/export?in=quotes&speaker=Clara%20Fuentes");
    assert!(
        csv.head.contains("attachment; filename=\"quotes.csv\"")
            && csv.body.starts_with("doc,quote,place,kind,text")
    );
    assert_eq!(csv.body.trim().lines().count(), 2);
    let json: Value = serde_json::from_str(&server.get("/export?in=claims&format=json").body).expect("JSON");
    assert!(json.as_array().is_some_and(|rows| rows.len() > 5));
    let article = "Exports of Norland rose 12% to $4 billion in July, Trade Minister Ada Lind said.";
    assert!(pasted(&server, article).contains("Ada Lind"));
    let page = "<!DOCTYPE html><html><head><title>Bridge shut</title></head><body><nav><a href=/>All news</a></nav><article><h1>Bridge shut</h1>\
        <p>The bridge over the Tamm was shut on Monday after a crash, said Mayor Clara Bell. It was built in 1964 and carries two lanes.</p>\
        <p>About 12,000 cars use the bridge each day, the city said in a statement. Buses take another road.</p></article>\
        <footer>Contact the newsroom</footer></body></html>";
    let shown = pasted(&server, page);
    assert!(shown.contains("Clara Bell") && shown.contains("12,000"), "{shown}");
    assert!(!shown.contains("Contact the newsroom") && !shown.contains("All news"), "{shown}");
    drop(server);
    assert!(before == std::fs::read(&file).expect("the file"), "the file has changed");
}

/// The page that shows a pasted article.
fn pasted(server: &Server, article: &str) -> String {
    let sent = server.send(&format!(
        "POST /analyse HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nContent-Type: text/plain\r\nContent-Length: {1}\r\nConnection: close\r\n\r\n{article}",
        server.address,
        article.len()
    ));
    let to: Value = serde_json::from_str(&sent.body).expect("JSON");
    server.get(&format!("/{}", to["page"].as_str().expect("a page"))).body
}

#[test]
fn bad_and_hostile_requests_change_nothing() {
    let (dir, file) = news();
    let before = std::fs::read(&file).expect("the file");
    let server = Server::start(&file, &["--no-analysis"]);
    for attack in [
        "%27%3B%20DROP%20TABLE%20documents%3B--",
        "%27%20OR%20%271%27%3D%271",
        "a%22%20OR%20b%2A",
        "NEAR%28a%20b%29",
        "%00",
        "%F0%9F%98%80",
        "%FF%FE",
        "-",
        "%22",
    ] {
        for name in ["q", "speaker", "measure", "month", "tone", "outlet", "doc", "offset"] {
            for (path, kind) in [
                ("search", "documents"),
                ("search", "quotes"),
                ("search", "claims"),
                ("export", "claims"),
                ("read", "documents"),
                ("report", "documents"),
            ] {
                let status = server.get(&format!("/{path}?in={kind}&{name}={attack}")).status;
                assert!([200, 400, 404].contains(&status), "{path} {kind} {name} {attack}: {status}");
            }
        }
    }
    for (path, expected) in [
        ("/../../etc/passwd", 404),
        ("/%2e%2e/%2e%2e/etc/passwd", 404),
        ("/read?doc=../../etc/passwd", 404),
        ("/search?in=sqlite_schema", 400),
        ("/export?format=exe", 400),
        ("/search?offset=99999999999999999999", 200),
        ("/search?offset=-1", 200),
        ("/pasted?number=1", 404),
        ("/nothing", 404),
    ] {
        assert_eq!(server.get(path).status, expected, "{path}");
    }
    assert_eq!(server.get(&format!("/search?q={}", "x".repeat(301))).status, 400);
    assert!([400, 414, 431].contains(&server.get(&format!("/search?q={}", "x".repeat(200_000))).status));
    let raw = |line: &str, headers: &str| {
        server.send(&format!("{line} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n")).status
    };
    let host = format!("Host: {}\r\n", server.address);
    // A foreign host name that resolves to this server, and a page from another origin, are refused.
    assert_eq!(raw("GET /search", "Host: evil.example\r\n"), 421);
    assert_eq!(raw("GET /search", &format!("{host}Origin: http://evil.example\r\n")), 421);
    for method in ["POST", "PUT", "DELETE", "PATCH"] {
        assert_eq!(raw(&format!("{method} /search"), &format!("{host}Content-Length: 0\r\n")), 405);
    }
    assert_eq!(raw("POST /analyse", &format!("{host}Content-Length: 0\r\n")), 404);
    server.send("\u{0}\u{1}garbage\r\n\r\n");
    assert_eq!(server.json("/search")["total"], 6);
    assert!(before == std::fs::read(&file).expect("the file"), "the file has changed");
    assert_eq!(
        std::fs::read_dir(dir.path()).expect("a folder").count(),
        2,
        "only the file and what the run wrote beside it"
    );
}

#[test]
fn unusable_files_are_reported() {
    let dir = folder();
    let serve = |arguments: &[&str]| copydesk(dir.path(), &[["serve"].as_slice(), arguments].concat());
    serve(&["none.sqlite"]).exits(2).says(&["cannot serve none.sqlite"]);
    std::fs::write(
        dir.path().join("text.sqlite"),
        "just text, which is long enough to be read as the header of a file, or is it not? It is now.",
    )
    .expect("a file");
    serve(&["text.sqlite"]).exits(2).says(&["cannot serve text.sqlite"]);
    serve(&["text.sqlite", "--listen", "here"]).exits(2).says(&["not an address such as 127.0.0.1:8321"]);
}
