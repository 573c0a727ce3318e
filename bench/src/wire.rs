//! A corpus of related documents, with annotations: articles that several outlets print, edited or not, repeated quotes, people
//! who recur, and reports that follow one pattern but are not copies.

use serde::Serialize;

use crate::article::{Article, Corpus};
use crate::cast::Cast;
use crate::grammar::{Draw, Grammar};
use crate::random::Random;

/// An article and its annotations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WireArticle {
    /// The article.
    #[serde(flatten)]
    pub article: Article,
    /// Articles of one story are copies of each other.
    pub story: String,
    /// The kind of edit: `original`, `verbatim`, `cut`, `local`, `edited`, or `pattern` for a report that only uses the same
    /// words.
    pub edit: &'static str,
    /// Its quotes that also occur in other articles.
    pub spoken: Vec<Spoken>,
}

/// A repeated quote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Spoken {
    /// The id of the quote, which is the same for shortened and altered versions.
    pub quotation: String,
    /// The full name of the speaker.
    pub speaker: String,
    /// The words in this article.
    pub text: String,
}

/// The kind of an article.
#[derive(Clone, Copy)]
enum Kind {
    Original,
    Copy { of: u64, edit: &'static str },
    Pattern { of: u64 },
}

/// The articles of a seed: an endless sequence with random access.
#[derive(Clone, Debug)]
pub struct Wire {
    corpus: Corpus,
    random: Random,
    next: u64,
}

/// Replacements that do not change the meaning.
const CHANGES: &[(&str, &str)] = &[
    (" said", " told reporters"),
    (" would ", " will "),
    (" more than ", " over "),
    (" near ", " close to "),
    (" people ", " persons "),
    (" after ", " following "),
    (" but ", " yet "),
    (" began ", " started "),
    (" about ", " around "),
    (" largest ", " biggest "),
];

/// The maximum distance between a copy and its original, in articles.
const MAX_DISTANCE: u64 = 300;

impl Wire {
    /// The corpus of a seed.
    pub fn new(seed: u64) -> Self {
        Self { corpus: Corpus::new(seed), random: Random::new(seed ^ 0x5769_7265), next: 0 }
    }

    fn kind(&self, number: u64) -> Kind {
        let mut random = self.random.part(number);
        let what = random.within(0, 99);
        if number == 0 || what >= 36 {
            return Kind::Original;
        }
        let of = number - random.within(1, MAX_DISTANCE.min(number));
        let of = match self.kind(of) {
            Kind::Original | Kind::Pattern { .. } => of,
            Kind::Copy { of, .. } => of,
        };
        match what {
            0..6 => Kind::Pattern { of: self.origin(of) },
            6..14 => Kind::Copy { of, edit: "verbatim" },
            14..22 => Kind::Copy { of, edit: "cut" },
            22..29 => Kind::Copy { of, edit: "local" },
            _ => Kind::Copy { of, edit: "edited" },
        }
    }

    /// The article whose words a pattern report uses.
    fn origin(&self, number: u64) -> u64 {
        match self.kind(number) {
            Kind::Original => number,
            Kind::Copy { of, .. } | Kind::Pattern { of } => self.origin(of),
        }
    }

    /// The article with this index.
    pub fn article(&self, number: u64) -> WireArticle {
        let mut random = self.random.part(number).part(7);
        let own = self.corpus.article(number);
        let (of, edit) = match self.kind(number) {
            Kind::Original => return self.original(number),
            Kind::Pattern { of } => {
                let mut article = self.corpus.with_cast(of, Some(number));
                article.text = other_numbers(&article.text, &mut random);
                let article = Article { id: own.id, date: own.date, outlet: own.outlet, ..article };
                return WireArticle {
                    article,
                    story: format!("s{number}"),
                    edit: "pattern",
                    spoken: Vec::new(),
                };
            }
            Kind::Copy { of, edit } => (of, edit),
        };
        let mut copy = self.article(of);
        copy.edit = edit;
        let text = edited(&copy.article.text, edit, &own.text, &mut random);
        let title = if edit == "verbatim" { copy.article.title } else { own.title };
        copy.article = Article { id: own.id, outlet: own.outlet, title, text, ..copy.article };
        copy.spoken.retain(|spoken| copy.article.text.contains(&spoken.text));
        copy
    }

    fn original(&self, number: u64) -> WireArticle {
        let mut random = self.random.part(number).part(11);
        let mut article = self.corpus.article(number);
        let mut spoken = Vec::new();
        for _ in 0..random.within(0, 2) {
            let quotation = number / 12 * 3 + random.within(0, 2);
            let (said, paragraph) = self.spoken(quotation, &mut random);
            if spoken.iter().all(|other: &Spoken| other.quotation != said.quotation) {
                let paragraphs: Vec<&str> = article.text.split("\n\n").collect();
                let place = random.within(1, paragraphs.len() as u64) as usize;
                let all = [&paragraphs[..place], &[paragraph.as_str()], &paragraphs[place..]].concat();
                article.text = all.join("\n\n");
                spoken.push(said);
            }
        }
        WireArticle { article, story: format!("s{number}"), edit: "original", spoken }
    }

    /// A quote as it appears in an article, and its paragraph.
    fn spoken(&self, quotation: u64, random: &mut Random) -> (Spoken, String) {
        let grammar = Grammar::built_in();
        let mut own = self.random.part(quotation).part(13);
        let cast = Cast::draw(grammar, &mut own);
        let mut draw = Draw::new(&cast, &mut own);
        let (first, second) = (grammar.text("opinion", &mut draw), grammar.text("opinion_more", &mut draw));
        let mut slot = |name| grammar.text(name, &mut draw);
        let (name, last, role) = (slot("p1"), slot("p1.last"), slot("p1.role"));
        let text = match random.within(0, 5) {
            0 => first,
            1 => second,
            2 => format!("{first} and I say it again: {second}"),
            3 => format!("{first}, and {second}").replacen(" is ", " was ", 1).replacen(" the ", " this ", 1),
            _ => format!("{first}, and {second}"),
        };
        let text = capital(&text);
        let paragraph = match random.within(0, 3) {
            0 => format!("{} {last} said: “{text}.”", title_case(&role)),
            1 => format!("“{text},” said {role} {name}."),
            _ => format!("“{text},” said {name}, the {role}. {last} spoke on Monday."),
        };
        (Spoken { quotation: format!("k{quotation}"), speaker: name, text }, paragraph)
    }
}

impl Iterator for Wire {
    type Item = WireArticle;

    fn next(&mut self) -> Option<WireArticle> {
        let article = self.article(self.next);
        self.next += 1;
        Some(article)
    }
}

impl WireArticle {
    /// A line of JSON, with a line break.
    pub fn json_line(&self) -> String {
        serde_json::to_string(self).expect("an article is strings") + "\n"
    }
}

fn edited(text: &str, edit: &str, other: &str, random: &mut Random) -> String {
    let paragraphs: Vec<&str> = text.split("\n\n").collect();
    let count = paragraphs.len();
    match edit {
        "cut" => paragraphs[..(count * random.within(50, 85) as usize / 100).max(2).min(count)].join("\n\n"),
        "local" => {
            let lead: Vec<&str> = other.split("\n\n").take(1).collect();
            let own: Vec<&str> = other.split("\n\n").skip(3).take(1).collect();
            let middle = (count / 2).max(1);
            [&lead, &paragraphs[1.min(count)..middle], &own, &paragraphs[middle..]].concat().join("\n\n")
        }
        "edited" => {
            let kept: Vec<&str> = paragraphs.iter().copied().filter(|_| random.within(0, 9) > 0).collect();
            let mut text = kept.join("\n\n");
            for (from, to) in CHANGES.iter().filter(|_| random.within(0, 1) == 0) {
                text = text.replace(from, to);
            }
            text
        }
        _ => text.to_owned(),
    }
}

/// The text with different digits in each number, as in the next report of a series.
fn other_numbers(text: &str, random: &mut Random) -> String {
    let digit = |letter: char, random: &mut Random| match letter {
        '1'..='9' => char::from_digit(random.within(1, 9) as u32, 10).unwrap_or(letter),
        letter => letter,
    };
    text.chars().map(|letter| digit(letter, random)).collect()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn title_case(text: &str) -> String {
    text.split(' ').map(capital).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seed_determines_the_articles() {
        let articles = |seed| Wire::new(seed).take(60).collect::<Vec<_>>();
        assert_eq!(articles(5), articles(5));
        assert_eq!(Wire::new(5).article(33), articles(5)[33]);
    }

    #[test]
    fn there_are_copies_of_all_kinds_and_repeated_quotes() {
        let articles: Vec<WireArticle> = Wire::new(2).take(400).collect();
        for edit in ["original", "verbatim", "cut", "local", "edited", "pattern"] {
            assert!(articles.iter().filter(|article| article.edit == edit).count() > 8, "{edit}");
        }
        let spoken: Vec<&Spoken> = articles.iter().flat_map(|article| &article.spoken).collect();
        let different: std::collections::HashSet<&str> = spoken.iter().map(|said| &*said.quotation).collect();
        assert!(spoken.len() > 2 * different.len(), "{} {}", spoken.len(), different.len());
        for article in &articles {
            assert!(article.spoken.iter().all(|said| article.article.text.contains(&said.text)));
        }
    }
}
