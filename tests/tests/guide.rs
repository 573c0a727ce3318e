//! The guide: its links resolve, its pages are in the book, generated pages are up to date, and manual pages list every option.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use copydesk_tests::{copydesk, folder, root};

/// The pages of the guide, and those at the root of the repository.
fn pages() -> Vec<PathBuf> {
    let of = |folder: PathBuf| {
        let entries =
            std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        entries
            .flatten()
            .map(|entry| entry.path())
            .filter(|path| path.extension().is_some_and(|end| end == "md"))
    };
    let mut pages: Vec<PathBuf> = of(root()).chain(of(root().join("docs"))).collect();
    pages.sort();
    pages
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The text without code, in which brackets are not links.
fn prose(page: &str) -> String {
    let outside = page.split("```").step_by(2).collect::<String>();
    outside.split('`').step_by(2).collect()
}

/// The targets of the links in a page.
fn links(page: &str) -> Vec<String> {
    let page = prose(page);
    let targets = page.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(target, _)| target);
    targets.map(str::to_owned).collect()
}

/// The anchors of a page's headings, in the usual form: lower case, words joined by hyphens.
fn anchors(page: &str) -> BTreeSet<String> {
    let outside = page.split("```").step_by(2).collect::<String>();
    let headings =
        outside.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches('#').trim());
    let anchor = |heading: &str| -> String {
        let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
        kept.map(|c| if c == ' ' { '-' } else { c.to_ascii_lowercase() }).collect()
    };
    headings.map(anchor).collect()
}

#[test]
fn every_link_leads_to_a_file_and_a_heading_that_exist() {
    let mut dead = Vec::new();
    let mut checked = 0;
    for page in pages() {
        for link in links(&read(&page)) {
            if link.starts_with("https://") || link.starts_with("http://") {
                continue;
            }
            let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
            let target = if path.is_empty() { page.clone() } else { page.with_file_name("").join(path) };
            let found = target.exists() && (anchor.is_empty() || anchors(&read(&target)).contains(anchor));
            if !found {
                dead.push(format!("{}: {link}", page.display()));
            }
            checked += 1;
        }
    }
    assert!(dead.is_empty(), "{dead:#?}");
    assert!(checked > 60, "{checked} links");
}

#[test]
fn the_book_has_every_page_and_no_other() {
    let summary = links(&read(&root().join("docs/SUMMARY.md")));
    let named: BTreeSet<&str> = summary.iter().map(String::as_str).collect();
    assert_eq!(named.len(), summary.len(), "a page stands there twice");
    let there: Vec<PathBuf> =
        pages().into_iter().filter(|page| page.parent() == Some(&root().join("docs"))).collect();
    let there: BTreeSet<&str> = there.iter().filter_map(|page| page.file_name()?.to_str()).collect();
    let there: BTreeSet<&str> = there.into_iter().filter(|page| *page != "SUMMARY.md").collect();
    assert_eq!(named, there);
}

#[test]
fn the_page_of_options_is_up_to_date_and_complete() {
    let ran = copydesk(&root(), &["schema", "options", "--markdown"]).exits(0);
    let path = root().join("docs/options.md");
    if std::env::var_os("COPYDESK_UPDATE").is_some() {
        std::fs::write(&path, &ran.out).expect("the page");
    }
    assert!(
        read(&path) == ran.out,
        "docs/options.md is old: cargo run --release -- schema options --markdown > docs/options.md"
    );
    for expected in [
        "### copydesk run",
        "`--isolate`",
        "### [[stage]]",
        "| `isolate` |",
        "### quote",
        "`--resume`",
        "| `kinds` |",
    ] {
        assert!(ran.out.contains(expected), "{expected}");
    }
}

#[test]
fn there_is_a_manual_page_for_every_command() {
    let dir = folder();
    copydesk(dir.path(), &["man", "man1"]).exits(0).says(&["man -l man1/copydesk-run.1"]);
    let page = |name: &str| read(&dir.path().join("man1").join(name));
    for (name, expected) in [
        ("copydesk.1", "copydesk\\-run(1)"),
        ("copydesk-run.1", "\\-\\-resume"),
        ("copydesk-run.1", "Common Expression Language"),
        ("copydesk-plugin-check.1", "\\-\\-seconds"),
        ("copydesk-plugin-new.1", "\\-\\-lang"),
        ("copydesk-man.1", "manual page"),
    ] {
        assert!(page(name).contains(expected), "{name}: {expected}");
    }
    let pages = std::fs::read_dir(dir.path().join("man1")).expect("pages").count();
    assert!(pages > 20, "{pages} pages");
    assert!(!dir.path().join("man1/copydesk-stage-process.1").exists(), "what is hidden has no page");
}
