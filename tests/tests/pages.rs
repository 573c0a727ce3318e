//! The articles of web pages: all paragraphs are found, and everything else is left out.

use copydesk_bench::{Corpus, page};
use copydesk_tests::{copydesk, folder, lines};
use serde_json::Value;

/// Pages in six layouts with six articles each.
const PAGES: usize = 36;

#[test]
fn articles_are_extracted_completely_and_without_extras() {
    let dir = folder();
    let pages: Vec<_> =
        Corpus::new(41).take(PAGES).enumerate().map(|(number, article)| page(article, number)).collect();
    std::fs::create_dir(dir.path().join("pages")).expect("a folder");
    for (number, page) in pages.iter().enumerate() {
        let file = dir.path().join(format!("pages/{number:02}-{}.html", page.layout));
        std::fs::write(file, &page.html).expect("a page");
    }
    copydesk(dir.path(), &["run", "pages", "-o", "out.jsonl"]).exits(0);
    let documents = lines(&dir.path().join("out.jsonl"));
    assert_eq!(documents.len(), PAGES);
    let (mut right, mut found, mut wanted) = (0, 0, 0);
    let mut wrong = Vec::new();
    for (document, page) in documents.iter().zip(&pages) {
        let text = |key: &str| document[key].as_str().unwrap_or_default();
        let mut expected: Vec<&str> = page.article.text.split("\n\n").collect();
        // One layout has a heading between the paragraphs.
        expected.extend(page.html.contains("<h2>What it means</h2>").then_some("What it means"));
        let read: Vec<&str> = text("text").split("\n\n").collect();
        right += read.iter().filter(|paragraph| expected.contains(paragraph)).count();
        (found, wanted) = (found + read.len(), wanted + expected.len());
        for paragraph in read.iter().filter(|paragraph| !expected.contains(paragraph)) {
            wrong.push(format!("{}: too much: {paragraph}", page.layout));
        }
        for paragraph in expected.iter().filter(|paragraph| !read.contains(paragraph)) {
            wrong.push(format!("{}: missing: {paragraph}", page.layout));
        }
        assert_eq!(text("title"), page.article.title, "{}", page.layout);
        assert_eq!(&text("date")[..text("date").len().min(10)], page.article.date, "{}", page.layout);
        if page.html.contains(&page.url) {
            assert_eq!(text("url"), page.url, "{}", page.layout);
        }
        // The other layouts do not mark their authors.
        if !["agency", "live"].contains(&page.layout) {
            assert_eq!(document["author"], Value::from(page.author), "{}", page.layout);
        }
    }
    let (precision, recall) = (right as f64 / found as f64, right as f64 / wanted as f64);
    assert!(
        precision >= 0.99 && recall >= 0.995,
        "of {wanted} paragraphs: precision {precision:.3}, recall {recall:.3}\n{}",
        wrong.join("\n")
    );
}
