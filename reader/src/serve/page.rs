//! The search page, and rows as CSV.

use std::fmt::Write;

use serde_json::Value;

use crate::page::{STYLE, escaped, hash};

const SCRIPT: &str = include_str!("../../assets/search.js");

/// The search page of a file.
pub(super) fn search(name: &str, analyses: bool) -> String {
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; connect-src 'self'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let name = escaped(name);
    let paste = if analyses {
        "<form id=\"paste\"><label for=\"article\">Analyse an article: paste its text, or drop a file</label>\
         <textarea id=\"article\" dir=\"auto\"></textarea><button class=\"tool\" type=\"submit\">Analyse</button></form>"
    } else {
        ""
    };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{name} · copydesk</title>\n<style>{STYLE}</style>\n</head>\n\
         <body>\n<header><h1 dir=\"auto\">{name}</h1><p id=\"status\" role=\"status\"></p></header>\n<main id=\"main\"><div class=\"search\">\n\
         <form id=\"form\" role=\"search\"><label for=\"in\">Search</label><select id=\"in\"><option value=\"documents\">articles</option>\
         <option value=\"quotes\">quotes</option><option value=\"claims\">claims</option></select>\
         <input type=\"search\" id=\"q\" aria-label=\"Words\" maxlength=\"300\"><button class=\"tool\" type=\"submit\">Search</button>\
         <a id=\"page\" href=\"report\">As a page</a> <a id=\"csv\" href=\"export\">CSV</a> <a id=\"json\" href=\"export\">JSON</a></form>\n\
         <aside id=\"facets\" aria-label=\"Facets\"></aside><section id=\"results\" aria-label=\"Results\"></section>\n</div>{paste}</main>\n\
         <script>{SCRIPT}</script>\n</body>\n</html>\n"
    )
}

/// Rows as CSV (RFC 4180); cells that a spreadsheet would read as formulas are escaped.
pub(super) fn csv(names: &[String], rows: &[Value]) -> String {
    let mut out = names.iter().map(|name| cell(name)).collect::<Vec<_>>().join(",") + "\r\n";
    for row in rows {
        for (place, name) in names.iter().enumerate() {
            let text = match &row[name] {
                Value::Null => String::new(),
                Value::String(text) => cell(text),
                number => number.to_string(),
            };
            let _ = write!(out, "{}{text}", if place == 0 { "" } else { "," });
        }
        out.push_str("\r\n");
    }
    out
}

fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_formulas_escaped() {
        let names = ["a".to_owned(), "b".to_owned()];
        let rows =
            [serde_json::json!({"a": "=1+1", "b": "x, \"y\"\nz"}), serde_json::json!({"a": null, "b": -2.5})];
        assert_eq!(csv(&names, &rows), "a,b\r\n'=1+1,\"x, \"\"y\"\"\nz\"\r\n,-2.5\r\n");
    }

    #[test]
    fn the_page_has_the_hash_of_its_script_and_escapes_html() {
        let page = search("</title><script>alert(1)</script>", true);
        assert_eq!(page.matches("<script").count(), 1);
        assert!(
            page.contains(&format!("script-src 'sha256-{}'", hash(SCRIPT)))
                && !page.contains("alert(1)</script")
        );
        assert!(["innerHTML", "eval(", "document.write"].iter().all(|part| !SCRIPT.contains(part)));
    }
}
