//! Finds quotes with the same words: in full, cut, or slightly altered.
//!
//! Candidates share a run of four words. Of long quotes only some runs are kept, selected by winnowing (Schleimer, Wilkerson and
//! Aiken 2003), so that an excerpt still shares a run with the full quote.

use std::collections::HashMap;
use std::io;

use super::copies::neighbours;
use super::sketch::mix;
use super::sorter::Sorter;
use super::store::{Store, Stored};
use super::words::{is_altering, word};

/// How a quote matches one seen before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Match {
    /// The same words.
    Exact,
    /// One is a part of the other, or several parts.
    Cut,
    /// Some words differ, but none that changes the statement.
    Altered,
}

impl Match {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Cut => "cut",
            Self::Altered => "altered",
        }
    }
}

/// A quote to compare.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Candidate {
    /// The index of its document.
    pub(super) document: u32,
    /// Its position in the document; in a title, after the end of any text.
    pub(super) span: (u32, u32),
    /// Whether the words are quoted literally.
    pub(super) direct: bool,
    /// The speaker.
    pub(super) speaker: Speaker,
    /// Its words, as returned by [`super::words::of_quote`].
    pub(super) words: Vec<u32>,
}

/// A speaker as hashes of names; 0 if unknown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Speaker {
    /// The surname, or the name if it is not a person.
    pub(super) last: u32,
    /// The full name, if known.
    pub(super) whole: u32,
}

impl Speaker {
    /// Whether two are the same, if that can be decided.
    fn is(self, other: Self) -> Option<bool> {
        if self.last == 0 || other.last == 0 {
            return None;
        }
        let wholes = self.whole == 0 || other.whole == 0 || self.whole == other.whole;
        Some(self.last == other.last && wholes)
    }
}

/// The number of words in a run.
const RUN: usize = 4;
/// The winnowing window: of every this many neighbouring runs of a long quote, one is kept.
const WINDOW: usize = 4;
/// A quote of up to this many words keeps all its runs.
const SHORT: usize = 24;
/// Two people rarely say this many words in the same order.
const LONG: usize = 12;
/// The minimum number of words for two quotes to match if one of them names no speaker.
const FAIRLY_LONG: usize = 8;
/// Words after these are not compared.
const MAX_WORDS: usize = 400;

impl Candidate {
    /// Whether it has enough words to be distinctive. Indirect quotes need more, since the words are the reporter's.
    fn is_long_enough(&self) -> bool {
        self.words.len() >= if self.direct { 5 } else { 8 }
    }

    /// The hashes of runs by which it is found.
    fn runs(&self) -> Vec<u64> {
        let all: Vec<u64> = self
            .words
            .windows(RUN)
            .map(|run| run.iter().fold(0, |hash, next| mix(hash ^ u64::from(word(*next)))))
            .collect();
        let mut runs = if self.words.len() <= SHORT {
            all
        } else {
            all.windows(WINDOW).filter_map(|window| window.iter().min().copied()).collect()
        };
        runs.sort_unstable();
        runs.dedup();
        runs
    }

    fn to_bytes(&self) -> Vec<u8> {
        let Speaker { last, whole } = self.speaker;
        let head = [self.document, self.span.0, self.span.1, u32::from(self.direct), last, whole];
        head.iter().chain(&self.words).flat_map(|word| word.to_le_bytes()).collect()
    }

    const HEAD: usize = 6;

    fn from_bytes(bytes: &[u8]) -> Self {
        let mut words = bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word));
        let mut next = || words.next().unwrap_or(0);
        let (document, span, direct) = (next(), (next(), next()), next() == 1);
        let speaker = Speaker { last: next(), whole: next() };
        Self { document, span, direct, speaker, words: words.collect() }
    }

    /// How it matches an earlier quote, if it does, and whether the words alone prove that, whoever the speakers are.
    fn matched(&self, earlier: &Self) -> Option<(Match, bool)> {
        let overlap =
            self.document == earlier.document && self.span.0 < earlier.span.1 && earlier.span.0 < self.span.1;
        if overlap || !self.is_long_enough() || !earlier.is_long_enough() {
            return None;
        }
        let found = compare(&self.words, &earlier.words)?;
        let direct = self.direct && earlier.direct;
        let fewer = self.words.len().min(earlier.words.len());
        // Different people say "we are doing all we can"; but rarely a dozen words in the same order.
        let distinctive = direct && fewer >= LONG && found != Match::Altered;
        let said = match self.speaker.is(earlier.speaker) {
            Some(same) => same || distinctive,
            // The words of indirect quotes are the reporter's, often stock phrases: without a name they prove nothing.
            None => distinctive || (direct && fewer >= FAIRLY_LONG && found == Match::Exact),
        };
        said.then_some((found, distinctive))
    }
}

/// Compares the words of two quotes.
fn compare(a: &[u32], b: &[u32]) -> Option<Match> {
    let same =
        |a: &[u32], b: &[u32]| a.len() == b.len() && a.iter().zip(b).all(|(a, b)| word(*a) == word(*b));
    if same(a, b) {
        return Some(Match::Exact);
    }
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if long.windows(short.len()).any(|window| same(window, short)) {
        return Some(Match::Cut);
    }
    let aligned = aligned(short, long);
    let common = aligned.len();
    // Parts of a quote, with long stretches omitted between them.
    if short.len() >= FAIRLY_LONG
        && common * 20 >= short.len() * 19
        && keeps(short, long)
        && !lost(&aligned, long)
    {
        return Some(Match::Cut);
    }
    let alike = long.len() >= LONG && common * 5 >= long.len() * 4;
    (alike && keeps(short, long) && keeps(long, short)).then_some(Match::Altered)
}

/// Whether all words of `one` that can change the statement are in `other`.
fn keeps(one: &[u32], other: &[u32]) -> bool {
    let sorted = |words: &[u32], of: fn(u32) -> bool| {
        let mut words: Vec<u32> = words.iter().copied().filter(|word| of(*word)).map(word).collect();
        words.sort_unstable();
        words
    };
    let all = sorted(other, |_| true);
    let mut rest = all.iter();
    sorted(one, is_altering).iter().all(|word| rest.any(|other| other == word))
}

/// Whether a word or two were omitted that change the statement: "we will (not) wait". An ellipsis replaces more
/// words.
fn lost(aligned: &[usize], long: &[u32]) -> bool {
    const STRETCH: usize = 3;
    aligned.windows(2).any(|pair| {
        let between = long.get(pair[0] + 1..pair[1]).unwrap_or(&[]);
        between.len() < STRETCH && between.iter().any(|word| is_altering(*word))
    })
}

/// The positions in `b` of the words of a longest common subsequence.
fn aligned(a: &[u32], b: &[u32]) -> Vec<usize> {
    let width = b.len() + 1;
    // For each pair of prefixes, the length of their longest common subsequence.
    let mut table = vec![0u16; (a.len() + 1) * width];
    for (i, one) in a.iter().enumerate() {
        for (j, other) in b.iter().enumerate() {
            table[(i + 1) * width + j + 1] = if word(*one) == word(*other) {
                table[i * width + j] + 1
            } else {
                table[i * width + j + 1].max(table[(i + 1) * width + j])
            };
        }
    }
    let (mut i, mut j) = (a.len(), b.len());
    let mut places = Vec::new();
    while i > 0 && j > 0 {
        if word(a[i - 1]) == word(b[j - 1]) {
            places.push(j - 1);
            (i, j) = (i - 1, j - 1);
        } else if table[(i - 1) * width + j] >= table[i * width + j - 1] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    places.reverse();
    places
}

/// The group of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Same {
    /// The first quote of the group.
    pub(super) quotation: u32,
    /// How this quote matches the first one; `None` for the first itself.
    pub(super) matched: Option<Match>,
}

/// Collects the quotes of all documents.
pub(super) struct Quotations {
    runs: Sorter,
    quotes: Store,
    /// The start of each record, and the end of the last.
    places: Vec<u64>,
}

impl Quotations {
    pub(super) fn new(memory: usize) -> io::Result<Self> {
        Ok(Self { runs: Sorter::new(memory), quotes: Store::new()?, places: vec![0] })
    }

    /// Adds the next quote.
    pub(super) fn add(&mut self, quote: &mut Candidate) -> io::Result<()> {
        let number = self.places.len() as u32 - 1;
        quote.words.truncate(MAX_WORDS);
        let bytes = quote.to_bytes();
        let end = self.quotes.add(&bytes)? + bytes.len() as u64;
        self.places.push(end);
        if !quote.is_long_enough() {
            return Ok(());
        }
        quote.runs().into_iter().try_for_each(|run| self.runs.push(run, number))
    }

    /// The quotes that occur more than once.
    pub(super) fn find(self, memory: usize) -> io::Result<HashMap<u32, Same>> {
        let mut pairs = Sorter::new(memory);
        let mut sorted = self.runs.sorted()?;
        let mut group = Vec::new();
        while sorted.group(&mut group)?.is_some() {
            neighbours(&group, |later, earlier| pairs.push(u64::from(later), earlier))?;
        }
        drop(sorted);
        let mut quotes = Quotes { stored: self.quotes.finish()?, places: self.places };
        let mut pairs = pairs.sorted()?;
        let mut groups = Groups::default();
        let mut earlier = Vec::new();
        while let Some(later) = pairs.group(&mut earlier)? {
            let later = later as u32;
            let quote = quotes.read(later)?;
            let mut matches = Vec::new();
            for other in &earlier {
                let earlier = quotes.read(*other)?;
                if let Some((matched, distinctive)) = quote.matched(&earlier) {
                    matches.push(Joint {
                        matched,
                        other: *other,
                        distinctive,
                        speakers: [quote.speaker, earlier.speaker],
                    });
                }
            }
            matches.sort_unstable_by_key(|joint| (joint.matched, joint.other));
            let Some(best) = matches.first().map(|joint| joint.matched) else { continue };
            // Two quotes that seemed different belong together if both are parts of this one.
            let joined = matches.iter().enumerate();
            for (place, joint) in joined.filter(|(_, joint)| joint.matched.max(best) <= Match::Cut) {
                groups.join(later, joint, if place == 0 { joint.matched } else { Match::Cut });
            }
            if best == Match::Altered {
                groups.join(later, &matches[0], best);
            }
        }
        groups.all(&mut quotes)
    }
}

/// Two quotes with the same words.
struct Joint {
    matched: Match,
    other: u32,
    /// Whether they match whoever the speakers are.
    distinctive: bool,
    /// The speakers of the later quote and of the other one.
    speakers: [Speaker; 2],
}

/// Groups of matching quotes, joined step by step.
#[derive(Default)]
struct Groups {
    /// For each quote an earlier one of its group, or itself, and how they match.
    earlier: HashMap<u32, (u32, Match)>,
    /// The speaker of each group, by its first quote.
    speakers: HashMap<u32, Speaker>,
}

impl Groups {
    /// The first quote of a group, and the loosest match on the path from `quote` to it.
    fn first(&self, quote: u32) -> (u32, Match) {
        let (mut at, mut matched) = (quote, Match::Exact);
        while let Some((next, how)) = self.earlier.get(&at).filter(|(next, _)| *next != at) {
            (at, matched) = (*next, matched.max(*how));
        }
        (at, matched)
    }

    /// Joins the groups of two quotes, unless that would attribute the words of one speaker to another.
    fn join(&mut self, later: u32, joint: &Joint, matched: Match) {
        let firsts =
            [(later, joint.speakers[0]), (joint.other, joint.speakers[1])].map(|(quote, speaker)| {
                self.earlier.entry(quote).or_insert((quote, Match::Exact));
                let first = self.first(quote);
                let known = self.speakers.entry(first.0).or_default();
                if known.last == 0 {
                    *known = speaker;
                }
                (first, *known)
            });
        let [((a, _), speaker), ((b, how), other)] = firsts;
        if a == b || (speaker.is(other) == Some(false) && !joint.distinctive) {
            return;
        }
        self.earlier.insert(a.max(b), (a.min(b), matched.max(how)));
        let known = if other.last == 0 { speaker } else { other };
        self.speakers.insert(a.min(b), known);
    }

    fn all(self, quotes: &mut Quotes) -> io::Result<HashMap<u32, Same>> {
        let mut all = HashMap::new();
        let mut joined: Vec<u32> = self.earlier.keys().copied().collect();
        joined.sort_unstable();
        let mut sizes: HashMap<u32, u32> = HashMap::new();
        for quote in &joined {
            *sizes.entry(self.first(*quote).0).or_default() += 1;
        }
        for quote in joined {
            let (quotation, on_path) = self.first(quote);
            if quotation == quote {
                if sizes.get(&quote).is_some_and(|size| *size > 1) {
                    all.insert(quote, Same { quotation, matched: None });
                }
                continue;
            }
            // Compared with the first quote directly, if possible; two parts of a third quote need not match each other.
            let direct = compare(&quotes.read(quote)?.words, &quotes.read(quotation)?.words);
            all.insert(quote, Same { quotation, matched: Some(direct.unwrap_or(on_path)) });
        }
        Ok(all)
    }
}

struct Quotes {
    stored: Stored,
    places: Vec<u64>,
}

impl Quotes {
    fn read(&mut self, number: u32) -> io::Result<Candidate> {
        let place = |number: usize| self.places.get(number).copied().unwrap_or(0);
        let (start, end) = (place(number as usize), place(number as usize + 1));
        let mut bytes = vec![0; end.saturating_sub(start).max(Candidate::HEAD as u64 * 4) as usize];
        self.stored.read(start, &mut bytes)?;
        Ok(Candidate::from_bytes(&bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::of_quote;
    use super::*;

    fn quote(document: u32, speaker: u32, text: &str) -> Candidate {
        let speaker = Speaker { last: speaker, whole: 0 };
        Candidate { document, span: (0, 10), direct: true, speaker, words: of_quote(text) }
    }

    fn how(a: &str, b: &str) -> Option<Match> {
        quote(1, 7, b).matched(&quote(0, 7, a)).map(|(matched, _)| matched)
    }

    const WHOLE: &str = "We have waited eleven years for this bridge, and we will not wait another winter for the money to arrive.";

    #[test]
    fn quotes_are_compared_by_their_words() {
        use Match::{Altered, Cut, Exact};
        for (other, expected) in [
            (
                "we have waited ELEVEN years for this bridge — and we will not wait another winter for the money to arrive",
                Some(Exact),
            ),
            ("we will not wait another winter", Some(Cut)),
            ("We have waited eleven years for this bridge … we will not wait another winter", Some(Cut)),
            (
                "We have waited eleven years for that bridge, and we will not wait another winter for money to arrive.",
                Some(Altered),
            ),
            (
                "We have waited twelve years for this bridge, and we will not wait another winter for the money to arrive.",
                None,
            ),
            (
                "We have waited eleven years for this bridge, and we will wait another winter for the money to arrive.",
                None,
            ),
            (
                "We have waited too long, and this bridge has become a joke that nobody laughs about any more.",
                None,
            ),
            ("not wait", None),
        ] {
            assert_eq!(how(WHOLE, other), expected, "{other}");
        }
    }

    #[test]
    fn short_quotes_of_others_are_not_the_same() {
        let a = quote(0, 1, "We are doing all we can");
        assert_eq!(
            quote(1, 1, "We are doing all we can").matched(&a).map(|(matched, _)| matched),
            Some(Match::Exact)
        );
        assert_eq!(quote(1, 2, "We are doing all we can").matched(&a), None);
        assert_eq!(quote(1, 0, "We are doing all we can").matched(&a), None);
        assert_eq!(quote(0, 1, "We are doing all we can").matched(&a), None, "the same place");
    }

    #[test]
    fn speakers_with_one_surname_are_distinguished_by_their_names() {
        let by = |last, whole| Speaker { last, whole };
        assert_eq!(by(1, 2).is(by(1, 0)), Some(true));
        assert_eq!(by(1, 2).is(by(1, 2)), Some(true));
        assert_eq!(by(1, 2).is(by(1, 3)), Some(false));
        assert_eq!(by(1, 0).is(by(2, 0)), Some(false));
        assert_eq!(by(0, 0).is(by(2, 0)), None);
    }

    #[test]
    fn two_parts_are_joined_by_the_whole() {
        let mut quotations = Quotations::new(1000).expect("made");
        for mut quote in [
            quote(0, 2, "We have waited eleven years for this bridge"),
            quote(1, 2, "we will not wait another winter for the money"),
            quote(2, 2, WHOLE),
        ] {
            quotations.add(&mut quote).expect("added");
        }
        let found = quotations.find(1000).expect("found");
        assert_eq!(found.get(&1), Some(&Same { quotation: 0, matched: Some(Match::Cut) }));
        assert_eq!(found.get(&2), Some(&Same { quotation: 0, matched: Some(Match::Cut) }));
    }

    #[test]
    fn the_first_one_gives_its_name_to_all() {
        let mut quotations = Quotations::new(1000).expect("made");
        for mut quote in [
            quote(0, 1, "Nobody asked the people who live there."),
            quote(1, 2, WHOLE),
            quote(2, 2, "We have waited eleven years for this bridge"),
            quote(3, 2, WHOLE),
            quote(4, 2, "we will not wait another winter for the money"),
        ] {
            quotations.add(&mut quote).expect("added");
        }
        let found = quotations.find(1000).expect("found");
        assert_eq!(found.get(&0), None);
        assert_eq!(found.get(&1), Some(&Same { quotation: 1, matched: None }));
        assert_eq!(found.get(&2), Some(&Same { quotation: 1, matched: Some(Match::Cut) }));
        assert_eq!(found.get(&3), Some(&Same { quotation: 1, matched: Some(Match::Exact) }));
        assert_eq!(found.get(&4), Some(&Same { quotation: 1, matched: Some(Match::Cut) }));
    }
}
