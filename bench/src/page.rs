//! Web pages like those of news sites, with a known article.

use crate::article::Article;

/// The layouts, one per kind of site, with navigation, adverts, related links, comments and other boilerplate.
const LAYOUTS: [(&str, &str); 6] = [
    ("broadsheet", include_str!("../data/pages/broadsheet.html")),
    ("tabloid", include_str!("../data/pages/tabloid.html")),
    ("agency", include_str!("../data/pages/agency.html")),
    ("blog", include_str!("../data/pages/blog.html")),
    ("business", include_str!("../data/pages/business.html")),
    ("live", include_str!("../data/pages/live.html")),
];

/// A page and its content.
#[derive(Clone, Debug)]
pub struct Page {
    /// The name of its layout.
    pub layout: &'static str,
    /// The page.
    pub html: String,
    /// Its article.
    pub article: Article,
    /// The author.
    pub author: &'static str,
    /// Its address, which some layouts do not contain.
    pub url: String,
}

/// The page of an article in the layout with this number.
pub fn page(article: Article, number: usize) -> Page {
    const AUTHORS: [&str; 5] =
        ["Ines Halvorsen", "Tomás Reyes", "Grace Oduya", "Piotr Lewicki", "Anna-Marie Koch"];
    let (layout, template) = LAYOUTS[number % LAYOUTS.len()];
    let author = AUTHORS[number % AUTHORS.len()];
    let url = format!("https://news.example/{}/{}", article.date.replace('-', "/"), article.id);
    let html = fill(template, &article, author, &url);
    Page { layout, html, article, author, url }
}

/// Fills the article into a template: `{title}` and the like, `{t:3}` the text of the third paragraph, `{p:3-5}` and `{p:6-}`
/// paragraphs as `<p>`, `{d:7-}` as `<div>`.
fn fill(template: &str, article: &Article, author: &str, url: &str) -> String {
    let paragraphs: Vec<String> = article.text.split("\n\n").map(escape).collect();
    let json = |text: &str| serde_json::Value::from(text).to_string().replace('<', "\\u003c");
    let mut html = String::with_capacity(template.len() + 2 * article.text.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        html.push_str(&rest[..at]);
        rest = &rest[at..];
        let value = rest.find('}').and_then(|end| {
            let (name, value) = (&rest[1..end], end + 1);
            let text = match name {
                "title" => escape(&article.title),
                "outlet" => escape(&article.outlet),
                "author" => escape(author),
                "date" => article.date.clone(),
                "url" => url.to_owned(),
                "title_json" => json(&article.title),
                "author_json" => json(author),
                "outlet_json" => json(&article.outlet),
                _ => part(name, &paragraphs)?,
            };
            Some((text, value))
        });
        match value {
            Some((text, length)) => {
                html.push_str(&text);
                rest = &rest[length..];
            }
            None => {
                html.push('{');
                rest = &rest[1..];
            }
        }
    }
    html.push_str(rest);
    html
}

/// Paragraphs for `t:1`, `p:2-3`, `p:4-` or `d:4-`; none if the article is too short.
fn part(name: &str, paragraphs: &[String]) -> Option<String> {
    let (kind, places) = name.split_once(':')?;
    let (first, last) = places.split_once('-').unwrap_or((places, places));
    let first: usize = first.parse().ok()?;
    let last = if last.is_empty() { paragraphs.len() } else { last.parse().ok()? };
    let wanted = paragraphs.get(first - 1..last.min(paragraphs.len())).unwrap_or(&[]);
    match kind {
        "t" => Some(wanted.concat()),
        "p" => Some(wanted.iter().map(|text| format!("<p>{text}</p>\n")).collect()),
        "d" => Some(wanted.iter().map(|text| format!("<div class=\"para\">{text}</div>\n")).collect()),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
