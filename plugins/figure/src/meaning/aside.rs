//! What is between commas and interrupts its clause: "exports, however, rose", "Output, the country's largest, shrank".

use copydesk_core::hash_lowered;
use copydesk_core::segment::token_flag;

use crate::lists::list;
use crate::meaning::verbs::RELATIVES;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// Tokens between the commas, at most.
const LONGEST: usize = 12;

impl Scope<'_> {
    /// The comma that opens the aside which another one closes.
    pub(crate) fn aside(&self, close: usize) -> Option<usize> {
        if !self.is(close, words::COMMA) {
            return None;
        }
        let open = (2..LONGEST)
            .map(|back| close.wrapping_sub(back))
            .take_while(|at| self.token(*at).is_some() && !self.is(*at, words::SEMICOLON))
            .find(|at| self.is(*at, words::COMMA))?;
        let first = open + 1;
        let told = (first..close)
            .any(|at| self.has(at, role::REPORT) || self.is_any(at, &RELATIVES) || self.text(at) == "as");
        (told || self.interrupts(open, close)).then_some(open)
    }

    /// "however", "mostly to Europe", "excluding food", "the country's largest": no clause of its own.
    fn interrupts(&self, open: usize, close: usize) -> bool {
        const LEADS: [u64; 18] = [
            hash_lowered("excluding"),
            hash_lowered("including"),
            hash_lowered("mostly"),
            hash_lowered("mainly"),
            hash_lowered("largely"),
            hash_lowered("chiefly"),
            hash_lowered("especially"),
            hash_lowered("particularly"),
            hash_lowered("unlike"),
            hash_lowered("like"),
            hash_lowered("home"),
            hash_lowered("once"),
            hash_lowered("adjusted"),
            hash_lowered("measured"),
            hash_lowered("already"),
            hash_lowered("still"),
            hash_lowered("currently"),
            words::NOW,
        ];
        let first = open + 1;
        // What comes before it must be a noun that the words can interrupt.
        let noun = open.wrapping_sub(1);
        if !self.is_word(noun)
            || self.has(noun, role::MONTH | role::WEEKDAY | role::RELATIVE | role::FUNCTION)
        {
            return false;
        }
        let opener = self.listed(first, list::OPENER) || matches!(self.text(first), "though" | "too");
        if close == first + 1 {
            return opener || self.is_manner(first);
        }
        // "by contrast", "in turn", "in contrast"
        let phrase = close == first + 2
            && self.is_any(first, &[words::IN, words::BY])
            && matches!(self.text(first + 1), "contrast" | "turn" | "comparison" | "particular" | "total");
        if phrase {
            return true;
        }
        let plain = (first..close).all(|at| {
            !self.has(at, role::VERB | role::REPORT | role::FUTURE) && !self.listed(at, list::FINITE)
        });
        let digit = |at: usize| self.token(at).is_some_and(|token| token.has(token_flag::DIGIT));
        // "The tunnel, 9 kilometres long, cost"
        let sized = digit(first) && close - first <= 5 && self.is_word(close - 1);
        let leads = LEADS.contains(&self.hash(first));
        // "the country's largest": an apposition describes one thing, so no list goes on after it.
        let apposition = self.listed(first, list::DETERMINER)
            && !self.is_any(first, &[words::THAT])
            && !(first..close).any(|at| self.is_any(at, &[words::AND, words::OR]) || digit(at));
        plain && (leads || apposition || sized)
    }
}
