//! Runs: stretches of capitalised words, with the small words that names hold, that may be one name or several.

use std::ops::Range;

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, DocumentView, Token};

use crate::evidence::{Evidence, opens};
use crate::tables::{LONGEST_NAME, Listed, Tables, cue, extend};

/// A run is cut here, so that a text of nothing but capitals stays linear.
const LONGEST_RUN: usize = 16;

/// What is needed to read a document.
pub(crate) struct Reader<'r> {
    pub(crate) doc: &'r DocumentView<'r>,
    pub(crate) tables: &'r Tables,
    pub(crate) evidence: &'r Evidence,
}

impl<'r> Reader<'r> {
    pub(crate) fn token(&self, at: usize) -> &'r Token {
        &self.doc.tokens()[at]
    }

    pub(crate) fn cues(&self, at: usize) -> u64 {
        self.evidence.cues.get(at).copied().unwrap_or(0)
    }

    pub(crate) fn has(&self, at: usize, cues: u64) -> bool {
        self.cues(at) & cues != 0
    }

    pub(crate) fn text(&self, at: usize) -> &'r str {
        self.doc.tokens().get(at).map_or("", |token| self.doc.slice(token.span()))
    }

    /// The longest listed name that begins at `at`, before `end`: its end and what it is.
    pub(crate) fn listed(&self, at: usize, end: usize) -> Option<(usize, Listed)> {
        if !self.has(at, cue::GAZETTEER) {
            return None;
        }
        let mut hash = 0;
        let mut best = None;
        for next in at..end.min(at + LONGEST_NAME) {
            hash = extend(hash, self.token(next).hash());
            if let Some(listed) = self.tables.name(hash) {
                best = Some((next + 1, listed));
            }
        }
        // "us", "it", "am" are words unless they are written in capitals.
        let word = self.token(at);
        let short = word.span().len() <= 2 && word.case() != Case::Upper;
        best.filter(|(end, _)| !(short && *end == at + 1))
    }

    /// Whether a token can be part of a name.
    pub(crate) fn nameable(&self, at: usize) -> bool {
        let Some(token) = self.doc.tokens().get(at) else { return false };
        if !token.is_word() || token.has(flag::CLITIC) {
            return false;
        }
        match token.case() {
            Case::Title => !self.has(at, cue::STOP | cue::CALENDAR),
            Case::Upper => token.span().len() > 1 && !self.has(at, cue::CALENDAR) && !self.shouts_common(at),
            Case::Mixed => true,
            Case::Lower | Case::None => false,
        }
    }

    /// A common word in a line of capitals.
    fn shouts_common(&self, at: usize) -> bool {
        self.shouting(at) && self.has(at, cue::COMMON | cue::STOP)
    }

    pub(crate) fn shouting(&self, at: usize) -> bool {
        self.evidence.shouting[self.token(at).sentence()]
    }

    /// Whether a capital at `at` may be that of a sentence's start and tells nothing.
    pub(crate) fn starts_sentence(&self, at: usize) -> bool {
        self.token(at).has(flag::SENTENCE_START)
            || at > 0 && !self.token(at - 1).is_word() && opens(self.token(at - 1), self.doc)
            || at > 0 && self.token(at - 1).has(flag::SENTENCE_START) && !self.token(at - 1).is_word()
    }

    /// Whether a run can begin here.
    fn begins(&self, at: usize, end: usize) -> bool {
        if !self.nameable(at) {
            return false;
        }
        let token = self.token(at);
        if token.case() == Case::Upper && !self.shouting(at) {
            return true;
        }
        let (common, inside) = (self.has(at, cue::COMMON), self.evidence.capital_inside(token));
        if self.shouting(at) {
            // Here only what is known elsewhere counts.
            return inside || !common || self.listed(at, end).is_some();
        }
        if !self.starts_sentence(at) {
            return true;
        }
        if self.listed(at, end).is_some() || inside {
            return true;
        }
        let next = at + 1 < end && self.nameable(at + 1);
        let small = self.evidence.seen_small(token);
        if common || small {
            let helps = cue::HONORIFIC
                | cue::ROLE
                | cue::MODIFIER
                | cue::ORG_HEAD
                | cue::PLACE_HEAD
                | cue::EVENT_HEAD
                | cue::ORG
                | cue::GIVEN;
            return next && (self.has(at, helps) || !small) || self.has(at, cue::ORG) && !small;
        }
        next || self.has(at, cue::GIVEN | cue::SURNAME | cue::ORG | cue::HONORIFIC)
            || !looks_plain(self.text(at))
    }

    /// The run that begins at `at`, before `end`.
    pub(crate) fn run(&self, at: usize, end: usize) -> Option<Range<usize>> {
        if !self.begins(at, end) {
            return None;
        }
        let end = end.min(at + LONGEST_RUN);
        let mut last = at + 1;
        while let Some(next) = self.continues(at, last, end) {
            last = next;
        }
        Some(at..last)
    }

    /// Where the run `first..at` ends when it is continued at `at`.
    fn continues(&self, first: usize, at: usize, end: usize) -> Option<usize> {
        if at >= end {
            return None;
        }
        if self.nameable(at) {
            return (!self.shouting(at) || self.begins(at, end)).then_some(at + 1);
        }
        let token = self.token(at);
        let next = |ahead: usize| at + ahead < end && self.nameable(at + ahead);
        match self.text(at) {
            "-" | "‑" | "–" if token.has(flag::GLUED) => {
                let glued = next(1) && self.token(at + 1).has(flag::GLUED);
                // "Russian-Iranian", "US-China" are two names.
                let listed = |at: usize| self.listed(at, end).is_some() || self.has(at, cue::GROUP);
                if glued {
                    return (!(listed(at - 1) && listed(at + 1))).then_some(at + 2);
                }
                // "Moon Jae-in", but not "New York-based".
                let small = self.doc.tokens().get(at + 1).is_some_and(|token| {
                    at + 1 < end
                        && token.has(flag::GLUED)
                        && token.case() == Case::Lower
                        && token.span().len() <= 5
                });
                let person =
                    at - first == 2 && self.listed(first, at).is_none() && !self.has(at - 1, cue::COMMON);
                let compound =
                    ["based", "led", "born", "style", "era", "run", "area", "wide", "made", "like", "owned"];
                (small && person && !compound.contains(&self.text(at + 1))).then_some(at + 2)
            }
            "&" => next(1).then_some(at + 2),
            // "Theresa May", "Ms March": a month that is a surname.
            _ if token.is_capitalized() && self.has(at, cue::CALENDAR) => {
                self.has(at - 1, cue::GIVEN | cue::HONORIFIC).then_some(at + 1)
            }
            "of" | "for" => {
                let heads = cue::ORG_HEAD
                    | cue::ORG_END
                    | cue::LAW_END
                    | cue::EVENT_END
                    | cue::PLACE_END
                    | cue::PLACE_HEAD;
                let office = self.has(at - 1, cue::ROLE) && next(1) && self.has(at + 1, cue::MODIFIER);
                let headed = (first..at).any(|word| self.has(word, heads)) && !self.has(at - 1, cue::ROLE);
                // "the Cabinet of Prime Minister …": a person, and no part of the name.
                let role = self.has(at + 1, cue::ROLE)
                    || self.has(at + 1, cue::MODIFIER) && self.has(at + 2, cue::ROLE);
                if !(office || headed && !role) {
                    return None;
                }
                if next(1) {
                    Some(at + 2)
                } else if self.text(at + 1) == "the" && next(2) {
                    Some(at + 3)
                } else {
                    None
                }
            }
            // "Department of Health and Human Services": only where "of" stands before.
            "and" => {
                let within = (first..at).any(|word| matches!(self.text(word), "of" | "for"));
                (within && next(1) && self.has(at + 1, cue::COMMON) && self.listed(at + 1, end).is_none())
                    .then_some(at + 2)
            }
            _ if token.case() == Case::Lower && self.has(at, cue::PARTICLE) => {
                let more = self.has(at + 1, cue::PARTICLE) && next(2);
                let person = !self.has(at - 1, cue::COMMON) || self.has(at - 1, cue::GIVEN);
                if !person {
                    None
                } else if next(1) {
                    Some(at + 2)
                } else if more {
                    Some(at + 3)
                } else {
                    None
                }
            }
            _ => None,
        }
    }
}

/// A word that no list knows but that is built like a common one: "Meteorologists", "Reportedly".
fn looks_plain(word: &str) -> bool {
    const ENDINGS: [&str; 16] = [
        "ly", "ing", "ists", "ers", "ors", "ions", "ments", "ness", "ities", "ies", "ed", "ants", "ents",
        "ians", "als", "ives",
    ];
    word.len() > 5 && ENDINGS.iter().any(|ending| word.ends_with(ending))
}
