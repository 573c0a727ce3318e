//! Units, currencies and nouns that a figure shares with a neighbour: "3, 5 and 7 percent", "up from 2.4 million".

use copydesk_core::layers::FigureKind;
use copydesk_core::{Decimal, hash_lowered};

use crate::item::{Content, Counted, Item, after};
use crate::origin;
use crate::origin::Form;
use crate::sentence::scope::Scope;
use crate::sentence::units::Measures;
use crate::sentence::vocabulary::role;
use crate::sentence::{marks, noun, words};

/// "3, 5 and 7 percent": the unit after the last number applies to all.
pub(crate) fn share_units(scope: &Scope<'_>, items: &mut [Item], from: usize) {
    for at in (from + 1..items.len()).rev() {
        let (left, right) = items.split_at_mut(at);
        let (Some(left), Some(right)) = (left.last_mut(), right.first()) else { continue };
        let gap = left.end..right.first;
        let listed = !gap.is_empty()
            && gap.len() <= 2
            && gap
                .clone()
                .all(|at| scope.is_any(at, &[words::COMMA, words::AND, words::OR, words::TO, words::HYPHEN]));
        // "3.5 x 7 cm", "10 by 15 metres".
        let crossed = gap.len() == 1
            && scope.is_any(gap.start, &[hash_lowered("x"), hash_lowered("×"), words::BY])
            && right.kind == FigureKind::Quantity;
        let listed = listed || crossed;
        // "300 million of the 2.6 billion kroner".
        let whole = gap.len() == 2 && scope.is(gap.start, words::OF) && scope.is(gap.start + 1, words::THE);
        let listed = listed || whole && left.scale > 0;
        let Content::Number(value) = left.content else { continue };
        if !(listed && left.is_bare())
            || right.is_time()
            || right.kind == FigureKind::Ordinal
            || right.kind == FigureKind::Ratio
        {
            continue;
        }
        // "in 2019, 5 percent" never gets here; "of 300, 5 percent" has only a comma.
        if gap.len() == 1 && scope.is(gap.start, words::COMMA) && right.origin.form != Form::SharedUnit {
            continue;
        }
        let scale = if left.scale == 0 && value < Decimal::from(1000) { right.scale } else { 0 };
        if let Some(scaled) = value.scale(scale) {
            left.content = Content::Number(scaled);
            left.scale = scale;
        }
        left.set_counted(right.counted);
        left.origin = origin::SHARED_UNIT;
        left.confidence = 0.8;
    }
}

/// "$300 million and 1.7 million": a sign before the first applies to the next number of similar size too.
pub(crate) fn share_currency(scope: &Scope<'_>, items: &mut [Item], at: usize) {
    let (left, right) = items.split_at_mut(at);
    let (Some(left), Some(right)) = (left.last(), right.first_mut()) else { return };
    let gap = left.end..right.first;
    let listed = (1..=2).contains(&gap.len())
        && gap.clone().all(|at| scope.is_any(at, &[words::AND, words::COMMA, words::OR]));
    if listed
        && left.origin.form == Form::Currency
        && left.per.is_none()
        && left.scale > 0
        && right.is_bare()
        && right.scale >= left.scale - 3
        && right.scale > 0
        && let Counted::Unit(unit) = left.counted
    {
        right.set_unit(unit);
        (right.origin, right.confidence) = (origin::SHARED_UNIT, 0.75);
    }
}

/// "eight million 250ml bottles", "two 500 MW reactors": the first number counts the noun after the size.
pub(crate) fn noun_after_size(scope: &Scope<'_>, items: &mut [Item], at: usize) {
    let (Some(item), Some(size)) = (items.get(at), items.get(at + 1)) else { return };
    let sized = item.is_bare() && size.first == item.end && size.kind == FigureKind::Quantity;
    if !sized {
        return;
    }
    if let Some(noun) = noun::plural_noun(scope, size.end)
        && let Some(item) = items.get_mut(at)
    {
        item.counted = Counted::Noun(noun);
    }
}

/// "5.8 million lanterns, up from 4.1 million", "460 vans, compared with 63": the unit of the figure that is compared.
pub(crate) fn elided_unit(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    const BEFORE: [u64; 8] = [
        words::FROM,
        words::TO,
        words::THAN,
        words::VERSUS,
        words::AGAINST,
        hash_lowered("with"),
        hash_lowered("including"),
        hash_lowered("vs"),
    ];
    let Some(&item) = items.get(at) else { return };
    if !item.is_bare() || !matches!(item.content, Content::Number(_)) {
        return;
    }
    if unit_of_converted(scope, items, from, at) {
        return;
    }
    if !scope.is_any(item.first.wrapping_sub(1), &BEFORE) {
        percent_of_neighbour(scope, items, from, at);
        unit_of_dated(scope, items, from, at);
        return;
    }
    // "fewer than 300" is not a comparison with an earlier figure.
    const MORE: [&str; 4] = ["more", "less", "fewer", "rather"];
    let before = item.first.wrapping_sub(1);
    if scope.is(before, words::THAN) && MORE.contains(&scope.text(before.wrapping_sub(1))) {
        return;
    }
    let with = scope.is(item.first.wrapping_sub(1), hash_lowered("with"));
    if with && !scope.is(item.first.wrapping_sub(2), words::COMPARED) {
        return;
    }
    let other = (from..at).rev().take(6).filter_map(|place| items.get(place)).find(|other| {
        matches!(other.kind, FigureKind::Money | FigureKind::Quantity | FigureKind::Count)
            && other.counted != Counted::Nothing
            && other.per.is_none()
            && !scope.is(other.first.wrapping_sub(1), hash_lowered("per"))
    });
    // "to" has many uses; it needs the same size or a count before.
    let Some(&other) = other else { return };
    let (Content::Number(a), Content::Number(b)) = (item.content, other.content) else { return };
    let ratio = a.to_f64().abs().max(1e-9) / b.to_f64().abs().max(1e-9);
    if scope.is(item.first.wrapping_sub(1), words::TO) && !(0.2..5.0).contains(&ratio) {
        return;
    }
    if let Some(item) = items.get_mut(at) {
        item.set_counted(other.counted);
        item.origin = origin::ELIDED_UNIT;
        item.confidence = 0.75;
    }
}

/// "gained 2 percent while the CAC lost 1": the unit is left out after a second verb of change.
fn percent_of_neighbour(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    let Some(other) = at.checked_sub(1).filter(|other| *other >= from).and_then(|other| items.get(other))
    else {
        return;
    };
    let Some(item) = items.get(at) else { return };
    let verb = item.first.wrapping_sub(1);
    let gap = other.end..verb;
    let moved = scope.has(verb, role::UP | role::DOWN) && scope.has(verb, role::VERB);
    let joined = gap.len() <= 7
        && gap.clone().any(|at| scope.is_any(at, &[words::AND, words::WHILE, words::BUT]))
        && gap.clone().all(|at| !scope.has(at, role::VERB | role::REPORT));
    let small = matches!(item.content, Content::Number(number) if number < Decimal::from(100));
    let closed = marks::is_end(scope, item.end) || scope.is_any(item.end, &[words::COMMA, words::AND]);
    let shares = other.kind == FigureKind::Percent && moved && joined && small && closed;
    let counted = other.counted;
    if let Some(item) = items.get_mut(at).filter(|_| shares) {
        item.set_counted(counted);
        (item.origin, item.confidence) = (origin::ELIDED_UNIT, 0.7);
    }
}

/// "slipped 2 points to 24 percent", "37 percent, down 9 points": points of the percentage next to them.
pub(crate) fn points_of_percent(scope: &Scope<'_>, items: &mut [Item], at: usize) {
    let (left, right) = items.split_at_mut(at);
    let (Some(left), Some(right)) = (left.last_mut(), right.first_mut()) else { return };
    let points = |item: &Item| match item.counted {
        Counted::Noun(noun) if item.kind == FigureKind::Count && noun == item.end => {
            Some(noun).filter(|noun| scope.text(*noun).starts_with("point"))
        }
        _ => None,
    };
    let (item, noun) = if let Some(noun) =
        points(left).filter(|noun| scope.is_any(noun + 1, &[words::TO, words::AT]))
        && right.kind == FigureKind::Percent
        && noun + 2 == right.first
    {
        (left, noun)
    } else if let Some(noun) = points(right)
        && left.kind == FigureKind::Percent
        && left.end + 2 == right.first
        && scope.is(left.end, words::COMMA)
        && scope.is_any(left.end + 1, &[words::UP, words::DOWN])
    {
        (right, noun)
    } else {
        return;
    };
    if let Some(unit) = scope.vocabulary.point() {
        item.set_unit(unit);
        (item.end, item.span) = (noun + 1, scope.span(item.first, noun + 1));
    }
}

/// "2.4 million yen ($22,000) and 2.1 million ($20,000)": the currency that was converted before.
pub(crate) fn unit_of_converted(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) -> bool {
    let bracketed = |first: &Item, second: &Item| {
        second.kind == FigureKind::Money && second.first == first.end + 1 && scope.is(first.end, words::OPEN)
    };
    let (Some(item), Some(next)) = (items.get(at), items.get(at + 1)) else { return false };
    if !bracketed(item, next) {
        return false;
    }
    let converted =
        items.get(from..at).unwrap_or_default().windows(2).rev().take(4).find_map(|pair| match pair {
            [first, second] if bracketed(first, second) && second.counted == next.counted => {
                match first.counted {
                    Counted::Unit(unit) if unit.measures == Measures::Money => Some(unit),
                    _ => None,
                }
            }
            _ => None,
        });
    if let (Some(unit), Some(item)) = (converted, items.get_mut(at)) {
        item.set_unit(unit);
        (item.origin, item.confidence) = (origin::ELIDED_UNIT, 0.75);
    }
    converted.is_some()
}

/// "3.6 percent in 2013 and 3.2 last year": figures of one series, each with its date.
pub(crate) fn unit_of_dated(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    let dated = |place: usize| {
        let (Some(item), Some(next)) = (items.get(place), items.get(place + 1)) else { return false };
        let gap = next.first.wrapping_sub(after(item));
        next.is_time() && (gap == 0 || gap == 1 && scope.is_any(after(item), &[words::IN, words::FOR]))
    };
    let Some(before) = at.checked_sub(2).filter(|before| *before >= from) else { return };
    let (Some(&item), Some(&other), Some(time)) = (items.get(at), items.get(before), items.get(before + 1))
    else {
        return;
    };
    let joined = item.first.wrapping_sub(time.end);
    let listed = (1..=2).contains(&joined)
        && (time.end..item.first).all(|at| scope.is_any(at, &[words::AND, words::COMMA, words::BUT]));
    if !(listed && dated(at) && time.is_time()) || other.counted == Counted::Nothing {
        return;
    }
    if let Some(item) = items.get_mut(at) {
        item.set_counted(other.counted);
        item.per = other.per;
        item.origin = origin::ELIDED_UNIT;
        item.confidence = 0.7;
    }
}
