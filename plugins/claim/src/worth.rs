//! Scores how worthwhile a claim is to check: a sum of features for and against it.
//!
//! The weights were set once, on sentences written for that purpose (`tests/sentences.tsv`), so that 0.5 separates what a fact-checker
//! would check from what they would skip.

use copydesk_core::layers::{Figure, FigureKind, PartOfSpeech, Quote, Stance, Value};

use crate::Draft;
use crate::attribution::Attribution;
use crate::clause::Page;
use crate::words::{Words, role};

/// The initial score of every claim.
const BASE: f32 = 0.25;

impl Draft {
    /// Sets the worth of a claim that gives a figure.
    pub(crate) fn weigh_figure(
        &mut self,
        page: &Page<'_>,
        figure: Figure<'_>,
        quote: Option<Quote<'_>>,
        attribution: Attribution,
    ) {
        let mut worth = BASE;
        worth += match figure.kind() {
            FigureKind::Count => 0.15,
            FigureKind::Duration => 0.05,
            _ => 0.2,
        };
        worth += if self.measure.is_some() { 0.1 } else { 0.0 };
        worth += if self.change.is_some() { 0.15 } else { 0.0 };
        worth += if self.period.is_some() { 0.08 } else { 0.0 };
        worth += if self.baseline.is_some() { 0.06 } else { 0.0 };
        worth -= if is_small(page, figure) && self.change.is_none() { 0.2 } else { 0.0 };
        worth -= if is_vague(page, figure) { 0.15 } else { 0.0 };
        // A share or a number of nothing.
        let sum = matches!(figure.kind(), FigureKind::Money | FigureKind::Quantity);
        worth -= if self.measure.is_none() && !sum { 0.25 } else { 0.0 };
        worth -= if self.measure.is_some_and(|span| page.doc.slice(span) == "times") { 0.2 } else { 0.0 };
        self.worth = worth + self.around(page, quote, attribution);
        self.worth = self.worth.clamp(0.0, 1.0);
    }

    /// Sets the worth of a dated event. A year or a full date is more specific than "on Tuesday"; a pronoun less than a name.
    pub(crate) fn weigh_event(
        &mut self,
        page: &Page<'_>,
        date: Figure<'_>,
        named: bool,
        quote: Option<Quote<'_>>,
        attribution: Attribution,
    ) {
        let written = page.doc.slice(date.span()).bytes().any(|byte| byte.is_ascii_digit());
        let mut worth = BASE + 0.1;
        worth += if named { 0.1 } else { 0.0 };
        worth += if written { 0.05 } else { -0.06 };
        if let Some(verb) = self.attitude.verb {
            worth -= if is_relative(page, verb) { 0.1 } else { 0.0 };
            // A date far from the verb usually belongs to something else.
            const NEAR: usize = 10;
            let date = page.tokens(date.span());
            worth -= if date.start.abs_diff(verb) > NEAR { 0.1 } else { 0.0 };
        }
        self.worth = (worth + self.around(page, quote, attribution)).clamp(0.0, 1.0);
    }

    /// The contribution of the context and the speaker.
    fn around(&self, page: &Page<'_>, quote: Option<Quote<'_>>, attribution: Attribution) -> f32 {
        let tokens = page.tokens(self.span);
        let mut worth = 0.0;
        let roles = tokens.fold(0, |roles, token| {
            let own = page.roles(token) & (role::SUPERLATIVE | role::COMPARISON);
            let at = || page.text(token.wrapping_sub(1)).eq_ignore_ascii_case("at");
            if own != 0 && !at() { roles | own } else { roles }
        });
        worth += if roles & role::SUPERLATIVE != 0 { 0.12 } else { 0.0 };
        worth += if roles & role::COMPARISON != 0 { 0.06 } else { 0.0 };
        worth -= if self.attitude.verb.is_none() { 0.15 } else { 0.0 };
        worth -= if self.attitude.infinitive { 0.2 } else { 0.0 };
        worth -= if self.attitude.modal { 0.25 } else { 0.0 };
        worth -= if self.attitude.forecast { 0.3 } else { 0.0 };
        worth += match attribution {
            Attribution::Entity(_) => 0.1,
            Attribution::Unnamed => -0.2,
            Attribution::None => 0.0,
        };
        if let Some(quote) = quote {
            worth += if self.speaker.is_some() && !quote.is_anonymous() { 0.1 } else { 0.0 };
            worth -= if is_belief(page.words, quote) { 0.2 } else { 0.0 };
        }
        worth + if matches!(self.stance, Stance::Distance | Stance::Deny) { 0.05 } else { 0.0 }
    }
}

fn is_belief(words: &Words, quote: Quote<'_>) -> bool {
    quote
        .cue()
        .is_some_and(|cue| words.has(copydesk_core::hash_lower(cue.lemma), role::BELIEVING | role::NAMING))
}

/// Whether a verb is in a relative clause, "a vision that emerged in May", except after a name: "Lind, who resigned in May".
fn is_relative(page: &Page<'_>, verb: usize) -> bool {
    let tag = |back: usize| verb.checked_sub(back).and_then(|token| page.tag(token));
    let relative = matches!(tag(1), Some(PartOfSpeech::WhDeterminer | PartOfSpeech::WhPronoun));
    let head = if tag(2) == Some(PartOfSpeech::Comma) { tag(3) } else { tag(2) };
    relative && head != Some(PartOfSpeech::ProperNoun)
}

/// "Millions", "a few thousand": too vague to be wrong.
fn is_vague(page: &Page<'_>, figure: Figure<'_>) -> bool {
    let words = page.doc.slice(figure.span());
    let large = |word: &str| {
        ["thousand", "million", "billion", "hundred", "dozen"].iter().any(|scale| word.starts_with(scale))
    };
    let first = words.split([' ', '-']).next().unwrap_or("").to_ascii_lowercase();
    !words.bytes().any(|byte| byte.is_ascii_digit())
        && (large(&first) || matches!(&*first, "few" | "several" | "many"))
}

/// One, two or three of something, or up to a dozen after a preposition ("in nine countries"): usually not what is claimed.
fn is_small(page: &Page<'_>, figure: Figure<'_>) -> bool {
    let Some(Value::Number(number)) = figure.value().filter(|_| figure.kind() == FigureKind::Count) else {
        return false;
    };
    let before = page.tokens(figure.span()).start.checked_sub(1);
    let adjunct = before.is_some_and(|token| page.tag(token) == Some(PartOfSpeech::Preposition));
    let most = if adjunct { 12.0 } else { 3.0 };
    number.to_string().parse::<f64>().is_ok_and(|number| number <= most)
}
