//! The direction of change that the words around a figure indicate.

use copydesk_core::layers::{Direction, FigureKind};
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item};
use crate::lists::list;
use crate::scope::Scope;
use crate::vocabulary::role;
use crate::words;

/// A sign before a percentage.
pub(crate) fn signed(scope: &Scope<'_>, item: &Item) -> Option<Direction> {
    let Content::Number(number) = item.content else { return None };
    let percent = item.kind == FigureKind::Percent;
    if percent && number < Decimal::ZERO {
        Some(Direction::Down)
    } else if percent && scope.is(item.first, words::PLUS_SIGN) {
        Some(Direction::Up)
    } else {
        None
    }
}

impl Scope<'_> {
    /// The direction of change that a figure indicates. `before` is where it begins, bound included.
    pub(crate) fn direction_of(&self, item: &Item, before: usize) -> Option<Direction> {
        let measured = matches!(
            item.kind,
            FigureKind::Money
                | FigureKind::Percent
                | FigureKind::Quantity
                | FigureKind::Count
                | FigureKind::Ratio
        );
        if !measured || matches!(item.content, Content::Length(_) | Content::Time(_) | Content::Between(..)) {
            return None;
        }
        self.direction_behind(item)
            .or_else(|| self.direction_before(item, before))
            .or_else(|| self.moved_otherwise(item, before))
            .or_else(|| signed(self, item))
    }

    /// "40% more than", "a 3 percent drop", "30 basis point rise", "5% down".
    pub(crate) fn direction_behind(&self, item: &Item) -> Option<Direction> {
        let at = item.end + usize::from(self.is(item.end, words::HYPHEN));
        if item.kind == FigureKind::Count
            && let Counted::Noun(noun) = item.counted
            && self.text(noun).starts_with("point")
        {
            // "108.38 points higher"
            return match self.text(noun + 1) {
                "higher" | "up" => Some(Direction::Up),
                "lower" | "down" => Some(Direction::Down),
                _ => None,
            };
        }
        let than = self.is(at + 1, words::THAN);
        // "40 fewer than the year before", "20 cents more than last autumn"
        if than && matches!(item.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count) {
            if self.is(at, words::MORE) {
                return Some(Direction::Up);
            }
            if self.is_any(at, &[words::LESS, hash_lowered("fewer")])
                && !self.is(at.wrapping_sub(1), words::OR)
            {
                return Some(Direction::Down);
            }
        }
        // "a fifth lower than in 2022"
        if item.kind == FigureKind::Ratio && than {
            let told = if self.is(at, words::MORE) {
                Some(Direction::Up)
            } else if self.is_any(at, &[words::LESS, hash_lowered("fewer")]) {
                Some(Direction::Down)
            } else {
                None
            };
            return told.or_else(|| self.entry(at).way());
        }
        if item.kind == FigureKind::Count || item.kind == FigureKind::Ratio {
            return None;
        }
        if item.kind == FigureKind::Percent {
            if self.is_any(at, &[words::MORE, hash_lowered("above"), hash_lowered("ahead")]) {
                return Some(Direction::Up);
            }
            if self.is_any(at, &[words::LESS, hash_lowered("fewer"), hash_lowered("below")])
                && !self.is(at.wrapping_sub(1), words::OR)
            {
                return Some(Direction::Down);
            }
        }
        let entry = self.entry(at);
        // A verb after has another subject: "70% rose" is no rise by 81%.
        let verb = entry.is(role::VERB)
            && !self.is_any(item.first.wrapping_sub(1), &[words::A, words::AN, words::THE])
            && !than;
        // "734 feet down to the shaft" is a way, no change.
        let way = item.kind == FigureKind::Quantity && self.is_any(at, &[words::UP, words::DOWN]);
        let other = way || item.kind != FigureKind::Percent && verb || self.text(at).ends_with("ed");
        let noun = self.is_lower_word(at) && !other;
        entry.way().filter(|_| noun)
    }

    /// "fell by about 7%", "was up 19 cents", "an increase of 5 percent".
    pub(crate) fn direction_before(&self, item: &Item, before: usize) -> Option<Direction> {
        let mut at = before.wrapping_sub(1);
        let mut by = false;
        // "gained a 5 percent stake", "added a 30 km section": the figure is an attribute of what was gained.
        if self.is_any(at, &[words::A, words::AN, words::THE])
            && !(self.is(at.wrapping_sub(1), words::OF) || self.is(at.wrapping_sub(1), words::BY))
        {
            // "shrank at a 0.6% annual pace"
            let pace = self.is(at.wrapping_sub(1), words::AT)
                && (item.end..item.end + 3)
                    .any(|at| self.is_any(at, &[hash_lowered("pace"), hash_lowered("rate")]));
            let verb = self.entry(at.wrapping_sub(2));
            return verb.way().filter(|_| pace);
        }
        for _ in 0..5 {
            let entry = self.entry(at);
            let (up, down) = (entry.is(role::UP), entry.is(role::DOWN));
            // "sending up about 40 crates", "to dig up 30 coins"
            let verb = at.wrapping_sub(1);
            if self.is_any(at, &[words::UP, words::DOWN])
                && self.is_lower_word(verb)
                && !self.has(verb, role::UP | role::DOWN | role::VERB)
                && (self.text(verb).ends_with("ing") && !self.listed(verb, list::MOTION)
                    || self.is(verb.wrapping_sub(1), words::TO))
            {
                return None;
            }
            // "lost the race by ten points" indicates a margin.
            if by && self.listed(at, list::MARGIN) {
                return None;
            }
            // "Prices have come down 4%", but "came up with 4 plans"
            let moving = item.kind == FigureKind::Percent
                && matches!(
                    self.text(at.wrapping_sub(1)),
                    "come" | "comes" | "came" | "coming" | "brought" | "bring" | "brings" | "grew" | "grow"
                );
            if self.is_any(at, &[words::UP, words::DOWN])
                && !moving
                && (self.listed(at.wrapping_sub(1), list::PHRASAL)
                    || self.listed(at.wrapping_sub(2), list::PHRASAL)
                        && self.is_word(at.wrapping_sub(1))
                        && !self.has(at.wrapping_sub(1), role::VERB))
            {
                return None;
            }
            // "the lower 95 percent"
            if self.text(at).ends_with("er") && self.is_any(at.wrapping_sub(1), &[words::THE, words::A]) {
                return None;
            }
            // "dropping $2.5 million on advertisements"
            // "dropped $3 million worth of ads"
            if down
                && !up
                && item.kind == FigureKind::Money
                && !by
                && (self.is(item.end, words::ON) || self.is(item.end, hash_lowered("worth")))
            {
                return None;
            }
            if up != down {
                // "up to" is a bound, and was taken as one.
                let points =
                    matches!(item.counted, Counted::Noun(noun) if self.text(noun).starts_with("point"));
                let thing = matches!(
                    item.kind,
                    FigureKind::Money | FigureKind::Count | FigureKind::Quantity | FigureKind::Ratio
                ) && !by
                    && !points;
                let deed = thing && self.listed(at, list::DEED);
                let counted = item.kind == FigureKind::Count
                    && thing
                    && !self.is_any(at, &[words::UP, words::DOWN])
                    && matches!(item.counted, Counted::Noun(_));
                return (!deed && !counted).then_some(if up { Direction::Up } else { Direction::Down });
            }
            // "up from 8": what is left after does not rise.
            if self.is_any(at, &[words::TO, words::AT, words::FROM]) || self.token(at).is_none() {
                return None;
            }
            by |= self.is_any(at, &[words::BY, words::OF]);
            // "dropped, the agency said, by 4 percent"
            if self.is(at, words::BY)
                && let Some(open) = self.aside(at.wrapping_sub(1))
                && let Some(way) = self.entry(open.wrapping_sub(1)).way()
            {
                return Some(way);
            }
            // "raise output by 8 percent": the object is between.
            if self.is(at, words::BY)
                && (!self.has(at.wrapping_sub(1), role::UP | role::DOWN)
                    || self.is(at.wrapping_sub(1), hash_lowered("growth")))
                && self.toward(at.wrapping_sub(1)).is_none()
            {
                return self.direction_over_object(at.wrapping_sub(1));
            }
            // "revised upward by".
            if by && let Some(direction) = self.toward(at) {
                return Some(direction);
            }
            let passes = entry.is(role::ADVERB | role::BOUND)
                || self.is_any(at, &[words::OF, words::BETWEEN])
                || self.is_lower_word(at) && self.text(at).ends_with("ly");
            if !passes {
                return None;
            }
            at = at.wrapping_sub(1);
        }
        None
    }

    /// "upward", "downwards".
    pub(crate) fn toward(&self, at: usize) -> Option<Direction> {
        match self.text(at) {
            "upward" | "upwards" => Some(Direction::Up),
            "downward" | "downwards" => Some(Direction::Down),
            _ => None,
        }
    }

    pub(crate) fn direction_over_object(&self, from: usize) -> Option<Direction> {
        // "cut its forecast for demand growth by 200,000": the verb, not the noun on the way.
        let mover = (0..12).map(|back| from.wrapping_sub(back)).take_while(|at| {
            self.token(*at).is_some_and(|token| token.is_word()) && !self.has(*at, role::BREAK)
        });
        for at in mover {
            if self.listed(at, list::MARGIN) {
                return None;
            }
            if self.moves_object(at) {
                return self.entry(at).way();
            }
        }
        for back in 0..5 {
            let at = from.wrapping_sub(back);
            let entry = self.entry(at);
            if !self.is_word(at) || entry.is(role::BREAK) {
                return None;
            }
            if let Some(way) = entry.way() {
                return Some(way);
            }
        }
        None
    }
}
