//! Directions of percentages that are farther from their verb: "rose a modest 4%", "grew at an annual rate of 4%", "raised fees 4%",
//! "were off 4%".

use copydesk_core::hash_lowered;
use copydesk_core::layers::{Direction, FigureKind};

use crate::item::Item;
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

impl Scope<'_> {
    /// The direction that a verb farther before it gives a percentage. `before` is where the figure begins, bound included.
    pub(crate) fn moved_otherwise(&self, item: &Item, before: usize) -> Option<Direction> {
        if item.kind != FigureKind::Percent {
            return None;
        }
        let at = before.wrapping_sub(1);
        // "Sales were off 4%"
        if self.is(at, hash_lowered("off")) && self.has(at.wrapping_sub(1), role::VERB) {
            return Some(Direction::Down);
        }
        // "gave up 0.3%"
        let gave = ["gave", "give", "gives", "giving", "given"];
        if self.is(at, words::UP) && gave.contains(&self.text(at.wrapping_sub(1))) {
            return Some(Direction::Down);
        }
        if self.is(at, words::OF) {
            return self.moved_at_pace(at.wrapping_sub(1));
        }
        self.moved_with_adjective(item, at).or_else(|| self.moved_over_noun(at))
    }

    /// "grew at an annual rate of 4%"; `head` is the rate.
    fn moved_at_pace(&self, head: usize) -> Option<Direction> {
        if !matches!(self.text(head), "rate" | "pace" | "clip") {
            return None;
        }
        let at = (1..5).map(|back| head.wrapping_sub(back)).find(|at| self.is(*at, words::AT))?;
        self.entry(at.wrapping_sub(1)).way()
    }

    /// "rose a modest 4%", "fell a seasonally adjusted 4 percent": what follows is no noun that the figure belongs to.
    fn moved_with_adjective(&self, item: &Item, at: usize) -> Option<Direction> {
        // "expanded at an annualised 2.4% pace"
        let pace = matches!(self.text(item.end), "pace" | "rate" | "clip");
        let noun = self.is_lower_word(item.end)
            && !pace
            && !self.has(item.end, role::FUNCTION | role::BREAK | role::RELATIVE | role::VERB);
        if noun || !self.is_lower_word(at) {
            return None;
        }
        let article = (1..4)
            .map(|back| at.wrapping_sub(back))
            .take_while(|at| self.is_lower_word(*at))
            .find(|at| self.is_any(*at, &[words::A, words::AN]))?;
        let plain = (article + 1..=at)
            .all(|at| !self.has(at, role::UP | role::DOWN | role::VERB | role::FUNCTION | role::BREAK));
        let verb = article.wrapping_sub(1);
        // "by a modest 4%"
        let verb =
            verb.wrapping_sub(usize::from(self.is(verb, words::BY) || pace && self.is(verb, words::AT)));
        if plain { self.entry(verb).way() } else { None }
    }

    /// "raised fees 4%", "cut its prices 4 percent".
    pub(crate) fn moved_over_noun(&self, at: usize) -> Option<Direction> {
        if !self.is_lower_word(at) || self.has(at, role::FUNCTION | role::VERB | role::UP | role::DOWN) {
            return None;
        }
        let verb = (1..5)
            .map(|back| at.wrapping_sub(back))
            .take_while(|at| {
                self.is_word(*at) && (!self.has(*at, role::FUNCTION) || self.listed(*at, list::DETERMINER))
            })
            .find(|at| self.moves_object(*at))?;
        self.entry(verb).way()
    }
}
