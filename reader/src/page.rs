//! The page: data, script and style in one file, with a policy that forbids everything else to run or load.

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::model::Article;

const SCRIPT: &str = include_str!("../assets/reader.js");
pub(crate) const STYLE: &str = include_str!("../assets/reader.css");

/// A line near the beginning of every page of copydesk; a file that has it may be replaced.
pub const GENERATOR: &str = "<meta name=\"generator\" content=\"copydesk\">";

/// The content of a page.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Page<'a> {
    /// Its title.
    pub title: &'a str,
    /// The number of articles, including those that are not in the page.
    pub total: u64,
    /// The articles.
    pub articles: &'a [Article],
}

/// The page as HTML.
///
/// # Errors
/// If the articles cannot be written as JSON; no article causes that.
pub fn page(page: &Page<'_>) -> serde_json::Result<String> {
    let data = data(page)?;
    let title = escaped(page.title);
    let summary = if page.total > page.articles.len() as u64 {
        format!("The first {} of {} articles", page.articles.len(), page.total)
    } else {
        let plural = if page.articles.len() == 1 { "" } else { "s" };
        format!("{} article{plural}", page.articles.len())
    };
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE)
    );
    let mut html = String::with_capacity(data.len() + SCRIPT.len() + STYLE.len() + 4096);
    for part in [
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n",
        GENERATOR,
        "\n<meta http-equiv=\"Content-Security-Policy\" content=\"",
        &policy,
        "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
        &title,
        "</title>\n<style>",
        STYLE,
        "</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#main\">Skip to the content</a>\n<header><h1 dir=\"auto\">",
        &title,
        "</h1><p>",
        &summary,
        "</p><p id=\"status\" role=\"status\"></p></header>\n<nav id=\"nav\" aria-label=\"Views\"></nav>\n\
         <section aria-label=\"Filters\"><fieldset class=\"filters\" id=\"filters\"><legend>Show</legend></fieldset></section>\n\
         <main id=\"main\" tabindex=\"-1\"><noscript><p>Allow scripts: this page needs its own one.</p></noscript></main>\n\
         <div id=\"tip\" role=\"tooltip\" hidden></div>\n<script type=\"application/json\" id=\"data\">",
        &data,
        "</script>\n<script>",
        SCRIPT,
        "</script>\n</body>\n</html>\n",
    ] {
        html.push_str(part);
    }
    Ok(html)
}

/// The articles as JSON that cannot end the enclosing element or begin another.
fn data(page: &Page<'_>) -> serde_json::Result<String> {
    let json = serde_json::to_string(page)?;
    let mut safe = String::with_capacity(json.len() + json.len() / 64);
    for character in json.chars() {
        match character {
            '<' => safe.push_str("\\u003c"),
            '>' => safe.push_str("\\u003e"),
            '&' => safe.push_str("\\u0026"),
            '\u{2028}' => safe.push_str("\\u2028"),
            '\u{2029}' => safe.push_str("\\u2029"),
            other => safe.push(other),
        }
    }
    Ok(safe)
}

/// Escapes text for HTML, in an element or an attribute.
pub(crate) fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// The SHA-256 of a text in base64, in the form that a policy needs.
pub(crate) fn hash(text: &str) -> String {
    base64(&Sha256::digest(text.as_bytes()))
}

fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits =
            three.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * place)) as usize & 63];
            text.push(if place <= three.len() { char::from(digit) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text between two marks, each of which occurs once.
    fn between<'h>(html: &'h str, open: &str, close: &str) -> &'h str {
        let (_, rest) = html.split_once(open).unwrap_or_else(|| panic!("no {open}"));
        rest.split_once(close).unwrap_or_else(|| panic!("no {close}")).0
    }

    const HOSTILE: &str = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(2)> ]]> & \u{2028} \"' \u{202e} مرحبا";

    fn hostile() -> String {
        let article = Article {
            id: HOSTILE.to_owned(),
            title: Some(HOSTILE.to_owned()),
            text: HOSTILE.to_owned(),
            ..Article::default()
        };
        page(&Page { title: HOSTILE, total: 3, articles: &[article] }).expect("a page")
    }

    #[test]
    fn content_of_articles_is_not_parsed_as_html() {
        let html = hostile();
        assert!(!html.contains("alert(1)</script") && !html.contains("<img") && !html.contains("<!-- "));
        // The data and the script.
        assert_eq!(html.matches("<script").count(), 2);
        assert_eq!(html.matches("</script>").count(), 2);
        let data = between(&html, "id=\"data\">", "</script>");
        assert!(!data.contains(['<', '>', '&', '\u{2028}']));
        let read: serde_json::Value = serde_json::from_str(data).expect("JSON");
        for key in ["id", "title", "text"] {
            assert_eq!(read["articles"][0][key], HOSTILE);
        }
        assert!(between(&html, "<title>", "</title>").starts_with("&lt;/script&gt;"));
        assert!(html.contains("The first 1 of 3 articles"));
    }

    #[test]
    fn the_policy_has_the_hashes_of_script_and_style() {
        let html = hostile();
        let policy = between(&html, "Content-Security-Policy\" content=\"", "\"");
        let script = html
            .rsplit_once("<script>")
            .and_then(|(_, rest)| rest.split_once("</script>"))
            .expect("a script")
            .0;
        let style = between(&html, "<style>", "</style>");
        assert!(policy.contains(&format!("script-src 'sha256-{}'", hash(script))));
        assert!(policy.contains(&format!("style-src 'sha256-{}'", hash(style))));
        assert!(policy.starts_with("default-src 'none';") && !policy.contains("unsafe"));
        // The policy comes before everything that it applies to.
        assert!(html.find("Content-Security-Policy") < html.find("<style>"));
        assert!(html.find(GENERATOR).is_some_and(|at| at < 200));
    }

    #[test]
    fn the_page_needs_no_other_file_and_is_small() {
        let html = page(&Page { title: "x", total: 0, articles: &[] }).expect("a page");
        let outside = ["src=", "@import", "url(", "http:", "fetch(", "XMLHttpRequest", "import("];
        // The only address is the namespace of SVG.
        let script = html.replace("http://www.w3.org/2000/svg", "");
        assert!(outside.iter().all(|part| !script.contains(part)), "{outside:?}");
        let code =
            ["innerHTML", "outerHTML", "insertAdjacentHTML", "eval(", "new Function", "document.write"];
        let script = SCRIPT.lines().filter(|line| !line.starts_with("//")).collect::<String>();
        assert!(code.iter().all(|part| !script.contains(part)), "{code:?}");
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</script") && !SCRIPT.contains("<!--"));
        assert!(SCRIPT.len() + STYLE.len() < 150_000);
        for part in [
            "lang=\"en\"",
            "<main",
            "<nav",
            "<h1",
            "class=\"skip\"",
            "role=\"status\"",
            "<legend>",
            "name=\"viewport\"",
        ] {
            assert!(html.contains(part), "{part}");
        }
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
