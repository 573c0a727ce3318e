//! Generated articles, and the endless corpus of them.

use serde::Serialize;

use crate::cast::Cast;
use crate::grammar::{Draw, Grammar};
use crate::random::Random;

/// A generated article, as an input line of copydesk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Article {
    /// Unique in its corpus.
    pub id: String,
    /// The headline.
    pub title: String,
    /// The date of publication, ISO 8601.
    pub date: String,
    /// Dateline and paragraphs, separated by empty lines.
    pub text: String,
    /// The newspaper.
    pub outlet: String,
    /// The language of the text, ISO 639-1.
    pub lang: &'static str,
}

/// The articles of a seed: an endless sequence with random access.
#[derive(Clone, Debug)]
pub struct Corpus {
    random: Random,
    next: u64,
}

impl Corpus {
    /// The corpus of a seed.
    pub fn new(seed: u64) -> Self {
        Self { random: Random::new(seed), next: 0 }
    }

    /// The article with this index.
    pub fn article(&self, number: u64) -> Article {
        self.with_cast(number, None)
    }

    /// The same article, but with the people, organisations and places of another one.
    pub(crate) fn with_cast(&self, number: u64, other: Option<u64>) -> Article {
        let grammar = Grammar::built_in();
        let mut random = self.random.part(number);
        let own = Cast::draw(grammar, &mut random);
        let cast = other.map_or(own, |other| Cast::draw(grammar, &mut self.random.part(other)));
        let mut draw = Draw::new(&cast, &mut random);
        let title = grammar.text("headline", &mut draw);
        let mut within = |low, high| draw.random.within(low, high);
        let date = format!("{}-{:02}-{:02}", within(2019, 2024), within(1, 12), within(1, 28));
        let paragraphs = within(5, 18) as usize;
        let outlet = grammar.text("outlet", &mut draw);
        let mut text = dateline(grammar, &mut draw);
        for symbol in std::iter::once("lead").chain(std::iter::repeat_n("body", paragraphs)) {
            if symbol == "body" {
                text.push_str("\n\n");
            }
            let start = text.len();
            grammar.write(symbol, &mut draw, &mut text);
            capitalise_sentences(&mut text, start);
        }
        Article { id: format!("article-{number}"), title, date, text, outlet, lang: "en" }
    }

    /// The first articles whose texts have `bytes` bytes in total, or slightly more.
    pub fn of_size(self, bytes: usize) -> impl Iterator<Item = Article> {
        let mut so_far = 0;
        self.take_while(move |article| {
            let wanted = so_far < bytes;
            so_far += article.text.len();
            wanted
        })
    }
}

impl Iterator for Corpus {
    type Item = Article;

    fn next(&mut self) -> Option<Article> {
        let article = self.article(self.next);
        self.next += 1;
        Some(article)
    }
}

impl Article {
    /// A line of JSON, with a line break.
    pub fn json_line(&self) -> String {
        serde_json::to_string(self).expect("an article is strings") + "\n"
    }
}

/// `BERLIN — ` or `BERLIN, May 4 (Newsline) - `, in two out of three articles.
fn dateline(grammar: &'static Grammar, draw: &mut Draw<'_>) -> String {
    let kind = draw.random.within(0, 2);
    if kind == 0 {
        return String::new();
    }
    let city = grammar.text("city", draw).to_uppercase();
    if kind == 1 {
        return city + " — ";
    }
    let month = grammar.text("month", draw);
    format!("{city}, {month} {} (Newsline) - ", draw.random.within(1, 28))
}

/// Capitalises sentences that begin with a slot such as "the SRC".
fn capitalise_sentences(text: &mut String, from: usize) {
    let mut begins = true;
    let capital: String = text[from..]
        .chars()
        .map(|letter| {
            let turned = if begins && letter.is_lowercase() { letter.to_ascii_uppercase() } else { letter };
            begins = (begins && !letter.is_alphanumeric()) || matches!(letter, '.' | '?' | '!');
            turned
        })
        .collect();
    text.truncate(from);
    text.push_str(&capital);
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn the_seed_determines_the_articles() {
        let articles = |seed| Corpus::new(seed).take(20).collect::<Vec<_>>();
        assert_eq!(articles(7), articles(7));
        assert_ne!(articles(7), articles(8));
        assert_eq!(Corpus::new(7).article(11), articles(7)[11]);
    }

    #[test]
    fn articles_differ_and_use_many_words() {
        let articles: Vec<Article> = Corpus::new(1).take(1000).collect();
        let texts: HashSet<&str> = articles.iter().map(|article| article.text.as_str()).collect();
        assert_eq!(texts.len(), articles.len());
        let words: HashSet<&str> = texts.iter().flat_map(|text| text.split_whitespace()).collect();
        assert!(words.len() > 10_000, "{} words", words.len());
        let sentences: HashSet<&str> = texts.iter().flat_map(|text| text.split(['.', '\n'])).collect();
        assert!(sentences.len() > 15_000, "{} sentences", sentences.len());
    }

    #[test]
    fn texts_contain_no_grammar_symbols() {
        for article in Corpus::new(3).take(500) {
            assert!(!article.text.contains(['{', '}', '^', '_']), "{}", article.text);
            assert!(!article.text.contains("  "), "{}", article.text);
        }
    }
}
