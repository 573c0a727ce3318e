//! What a document shows about its words: the use of capitals in a sentence, other occurrences of a word, runs of capitals, listed names.

use copydesk_core::segment::token_flag as flag;
use copydesk_core::{Case, Token, hash_lowered};

use super::form::{FormFacts, sign};
use crate::tables::{LONGEST_NAME, Listed, Tables, cue, extend};

/// What capitals mean in a sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Mode {
    /// They mark names.
    #[default]
    Plain = 0,
    /// A headline in title case: nearly every word has one.
    TitleCase = 1,
    /// Everything is in capitals.
    Capitals = 2,
    /// There are none.
    Small = 3,
}

/// The use of capitals in a sentence.
pub(crate) fn mode_of(tokens: &[Token]) -> Mode {
    let (mut title, mut upper, mut small, mut short) = (0usize, 0usize, 0usize, 0usize);
    for token in tokens.iter().filter(|token| token.is_word()) {
        let long = token.span().len() > 3;
        match token.case() {
            Case::Lower if long => small += 1,
            Case::Lower => short += 1,
            Case::Title | Case::Mixed if long => title += 1,
            Case::Upper if token.span().len() > 1 => upper += 1,
            _ => {}
        }
    }
    if upper >= 2 && title == 0 && small + short == 0 || upper >= 4 && upper >= 6 * (title + small + short) {
        Mode::Capitals
    } else if title + upper >= 4 && small * 10 <= title && short * 2 <= title {
        Mode::TitleCase
    } else if title + upper == 0 && small + short >= 5 {
        Mode::Small
    } else {
        Mode::Plain
    }
}

/// The word occurs in small letters.
pub(crate) const SMALL: u16 = 1;
/// It occurs with a capital inside a sentence.
pub(crate) const INSIDE: u16 = 2;
/// It occurs after the title of a person.
pub(crate) const AFTER_TITLE: u16 = 4;
/// It occurs after a given name, capitalised.
pub(crate) const AFTER_GIVEN: u16 = 8;
/// It occurs before a word that ends the name of an organisation.
pub(crate) const BEFORE_ORGANIZATION: u16 = 16;
/// It occurs after "in" or the like.
pub(crate) const AFTER_PLACE: u16 = 32;
/// It occurs before a verb of speaking, or before "'s".
pub(crate) const SPEAKS: u16 = 64;
/// It occurs in brackets.
pub(crate) const BRACKETED: u16 = 128;
/// It occurs after another capitalised word.
pub(crate) const CLOSES: u16 = 256;
/// It occurs before another capitalised word.
pub(crate) const OPENS: u16 = 512;

/// Facts of every word of a document, by the low bits of its hash: two words of one document rarely share a slot, and then
/// they share their facts.
#[derive(Clone, Debug, Default)]
pub(crate) struct WordFacts {
    facts: Vec<u16>,
    mask: usize,
}

impl WordFacts {
    pub(crate) fn clear(&mut self, tokens: usize) {
        let slots = (tokens * 4).next_power_of_two().clamp(1 << 10, 1 << 20);
        self.facts.clear();
        self.facts.resize(slots, 0);
        self.mask = slots - 1;
    }

    pub(crate) fn of(&self, token: &Token) -> u16 {
        self.facts[(token.hash() >> 20) as usize & self.mask]
    }

    fn mark(&mut self, token: &Token, facts: u16) {
        self.facts[(token.hash() >> 20) as usize & self.mask] |= facts;
    }

    /// Adds a sentence whose capitals are informative.
    pub(crate) fn gather(&mut self, tokens: &[Token], mode: Mode, forms: &[FormFacts]) {
        const COLON: u64 = hash_lowered(":");
        const DASH: u64 = hash_lowered("-");
        const BRACKET: u64 = hash_lowered("(");
        let cues = |at: usize| forms[at].cues;
        let is = |at: usize, hash: u64| tokens[at].hash() == hash;
        let mut may_be_small = false;
        for (at, token) in tokens.iter().enumerate() {
            if !token.is_word() {
                // After an opening mark or a colon a new sentence begins.
                may_be_small &= !(token.has(flag::QUOTE_MARK)
                    || is(at, COLON)
                    || is(at, DASH) && !token.has(flag::GLUED));
                continue;
            }
            if token.case() == Case::Lower {
                if mode == Mode::Plain || mode == Mode::TitleCase {
                    self.mark(token, SMALL);
                }
                may_be_small = true;
                continue;
            }
            if mode != Mode::Plain || token.has(flag::CLITIC) {
                may_be_small = true;
                continue;
            }
            let mut facts = if may_be_small { INSIDE } else { 0 };
            let before = |cue: u64| at > 0 && cues(at - 1) & cue != 0;
            let after = |cue: u64| at + 1 < tokens.len() && cues(at + 1) & cue != 0;
            let capital = |at: usize| tokens.get(at).is_some_and(Token::is_capitalized);
            if before(cue::HONORIFIC | cue::ROLE) {
                facts |= AFTER_TITLE;
            }
            if before(cue::GIVEN) && capital(at - 1) {
                facts |= AFTER_GIVEN;
            }
            if after(cue::ORG_END) && capital(at + 1) {
                facts |= BEFORE_ORGANIZATION;
            }
            if before(cue::PLACE_PREPOSITION) && !capital(at - 1) {
                facts |= AFTER_PLACE;
            }
            if after(cue::SPEECH) {
                facts |= SPEAKS;
            }
            if at > 0 && is(at - 1, BRACKET) {
                facts |= BRACKETED;
            }
            if at > 0
                && capital(at - 1)
                && cues(at - 1) & (cue::STOP | cue::ROLE | cue::HONORIFIC | cue::CALENDAR) == 0
            {
                facts |= CLOSES;
            }
            if capital(at + 1) && cues(at + 1) & (cue::STOP | cue::ROLE | cue::HONORIFIC | cue::CALENDAR) == 0
            {
                facts |= OPENS;
            }
            self.mark(token, facts);
            may_be_small = true;
        }
    }
}

/// The kind of a listed name, and the position of a token in it: 0 for none, else 1 + 4 × (country, demonym, place) + (first,
/// inside, last, only). `tokens` and `forms` are those of a sentence.
pub(crate) fn mark_listed(tokens: &[Token], forms: &[FormFacts], tables: &Tables, into: &mut [u8]) {
    let mut at = 0;
    let opens = |form: &FormFacts| form.signs & sign::OPENS_LISTED != 0;
    while let Some(next) = forms[at..].iter().position(opens) {
        at += next;
        let (mut best, mut hash) = (None, 0);
        for (next, token) in tokens.iter().enumerate().skip(at).take(LONGEST_NAME) {
            hash = extend(hash, token.hash());
            if let Some(listed) = tables.name(hash) {
                best = Some((next + 1, listed));
            }
        }
        let Some((end, listed)) = best else {
            at += 1;
            continue;
        };
        let sort = match listed {
            Listed::Country(_) => 0,
            Listed::Demonym(_) => 1,
            Listed::Place(_) => 2,
        };
        for (word, code) in into.iter_mut().enumerate().take(end).skip(at) {
            let place = match (word == at, word + 1 == end) {
                (true, true) => 3,
                (true, false) => 0,
                (false, true) => 2,
                (false, false) => 1,
            };
            *code = 1 + 4 * sort + place;
        }
        at = end;
    }
}

/// The maximum length of a run, so that a text of nothing but capitals takes linear time.
const LONGEST_RUN: usize = 16;

/// Runs of capitalised words, with the small words that names contain between them: for each token the first token and the
/// end of its run, the same if it is in none.
pub(crate) fn mark_runs(tokens: &[Token], forms: &[FormFacts], into: &mut [(u16, u16)]) {
    let has = |at: usize, sign: u8| forms.get(at).is_some_and(|form| form.signs & sign != 0);
    let capital = |at: usize| has(at, sign::CAPITAL_WORD) && !tokens[at].has(flag::CLITIC);
    let joins = |at: usize| has(at, sign::JOINT);
    let mut at = 0;
    while let Some(next) = forms[at..].iter().position(|form| form.signs & sign::CAPITAL_WORD != 0) {
        if !capital(at + next) {
            at += next + 1;
            continue;
        }
        at += next;
        let mut end = at + 1;
        while end - at < LONGEST_RUN {
            if capital(end) {
                end += 1;
            } else if joins(end) && capital(end + 1) {
                end += 2;
            } else if joins(end) && joins(end + 1) && capital(end + 2) {
                end += 3;
            } else {
                break;
            }
        }
        let run = (u16::try_from(at).unwrap_or(0), u16::try_from(end).unwrap_or(0));
        into[at..end].fill(run);
        at = end;
    }
}
