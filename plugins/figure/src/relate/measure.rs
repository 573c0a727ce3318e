//! The words that name what a figure measures.

use copydesk_core::Span;
use copydesk_core::hash_lowered;
use copydesk_core::layers::{FigureKind, PartOfSpeech};

use crate::item::{Counted, Item};
use crate::origin::Form;
use crate::relate::{apposition, inherited, measure_front, subject};
use crate::sentence::lists::list;
use crate::sentence::scope::Scope;
use crate::sentence::units::{Measures, Unit};
use crate::sentence::vocabulary::role;
use crate::sentence::{multiples, phrase, words};

/// The words that name what is measured.
pub(crate) fn measure(scope: &Scope<'_>, items: &mut [Item], from: usize, at: usize) {
    let Some(&item) = items.get(at) else { return };
    if item.measure.is_some()
        || item.is_time()
        || matches!(item.kind, FigureKind::Ordinal | FigureKind::Other)
    {
        return;
    }
    let found = if item.kind == FigureKind::Duration {
        is_length_of_subject(scope, &item).then(|| subject::subject(scope, items, from, at)).flatten()
    } else if let Some(multiplied) = multiplied(scope, &item) {
        Some(multiplied)
    } else {
        // "The world needs up to": a verb is not part of what is measured.
        measure_of(scope, items, from, at)
            .filter(|span| !ends_in_verb(scope, *span, item.lead) && !is_adverb(scope, *span))
    };
    if let Some(item) = items.get_mut(at) {
        item.measure = found;
    }
}

/// "The average wait was 45 minutes": of a length of time only the subject.
fn is_length_of_subject(scope: &Scope<'_>, item: &Item) -> bool {
    let leads = matches!(
        scope.text(item.lead.wrapping_sub(1)),
        "is" | "are" | "was" | "were" | "be" | "averaged" | "averages" | "average" | "totaled" | "totalled"
    );
    leads && !matches!(scope.text(item.end), "away" | "before" | "after" | "into" | "from" | "since")
}

/// "doubled the lead of": what is multiplied follows.
fn multiplied(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let multiplies = item.origin.form == Form::Multiple
        && multiples::is_multiple(scope, item.first)
        && scope.listed(item.end, list::DETERMINER);
    multiplies.then(|| phrase::noun_phrase(scope, item.end)).flatten()
}

/// What an amount, a share or a count measures: from the first place that names it.
fn measure_of(scope: &Scope<'_>, items: &[Item], from: usize, at: usize) -> Option<Span> {
    let item = *items.get(at)?;
    let points = matches!(item.counted, Counted::Noun(noun) if scope.text(noun).starts_with("point"));
    let bare = item.kind != FigureKind::Count || item.is_bare() || points;
    let mut measure = measure_beside(scope, items, from, at, &item, bare);
    if measure.is_none() && bare {
        measure = apposition::measured_as_attribute(scope, &item)
            .or_else(|| apposition::measured_by_apposition(scope, &item));
    }
    // "in deliveries" says how it was counted.
    if measure.is_none() || scope.is(item.end, words::IN) && scope.listed(item.end + 1, list::ACT) {
        measure = measured_with(scope, &item).or(measure);
    }
    let has_subject = item.kind != FigureKind::Count
        || item.is_bare()
        || item.per.is_some()
        || item.direction.is_some()
            && (item.amount.is_none() || scope.is(item.lead.wrapping_sub(1), words::TO));
    if measure.is_none() && has_subject && !is_attributive_age(scope, &item) {
        measure = subject::subject(scope, items, from, at);
    }
    if measure.is_none()
        && scope.is(item.end, words::COMMA)
        && scope.is(item.first.wrapping_sub(1), words::AT)
    {
        measure = subject::subject_after(scope, &item);
    }
    if measure.is_none() && bare {
        measure = apposition::measured_as_purpose(scope, &item)
            .or_else(|| apposition::measured_in_line(scope, &item));
    }
    measure.or_else(|| inherited::inherited_measure(scope, items, from, at))
}

/// What the words right after or before a figure say that it measures.
fn measure_beside(
    scope: &Scope<'_>,
    items: &[Item],
    from: usize,
    at: usize,
    item: &Item,
    bare: bool,
) -> Option<Span> {
    let dated = items
        .iter()
        .skip(at + 1)
        .take(2)
        .any(|next| next.is_time() && next.first <= item.end + 1 && next.end > item.end);
    let mut measure = if dated { None } else { measured_after(scope, item) };
    // "widen to 5.5 percent of GDP": the whole of which the subject is given as a share.
    if item.kind == FigureKind::Percent && scope.is(item.end, words::OF) && is_economy(scope, item.end + 1) {
        // "foresees a deficit of 3.2% of GDP"
        measure = subject::subject(scope, items, from, at)
            .or_else(|| measure_front::measured_before(scope, item))
            .or(measure);
    }
    // "dreads the threat of 70 percent inflation"
    let named = item.kind == FigureKind::Percent && scope.listed(item.end, list::ATTRIBUTE_NOUN);
    if named {
        measure = apposition::measured_as_attribute(scope, item);
    }
    // "earnings of $1.30 a share on revenue of $4 billion"
    let long = matches!(item.counted, Counted::Unit(unit) if unit.si.is_some_and(|si| si.unit == "m"));
    let front = if named { measure.is_none() } else { !scope.is(item.end, words::OF) || long };
    if bare && front {
        measure = measure_front::measured_before(scope, item).or(measure);
    }
    measure
}

/// "a sea wall 3.7 kilometres away": an adverb after the figure is not what is measured.
fn is_adverb(scope: &Scope<'_>, span: Span) -> bool {
    let tokens = scope.doc.tokens_in(span);
    tokens.len() == 1 && scope.listed(tokens.start, list::NO_NOUN)
}

/// Whether the last token of a span is a verb with a subject; `lead` is the token where the figure begins. A word in -s is one only
/// right before the figure: "Housing starts: up 3 percent".
fn ends_in_verb(scope: &Scope<'_>, span: Span, lead: usize) -> bool {
    let end = scope.doc.tokens().partition_point(|token| token.span().start() < span.end());
    match end.checked_sub(1).and_then(|last| scope.tag(last)) {
        Some(PartOfSpeech::VerbThird) => end == lead,
        Some(PartOfSpeech::VerbPresent | PartOfSpeech::VerbPast | PartOfSpeech::Modal) => true,
        _ => false,
    }
}

/// "GDP", "gross domestic product", "its value", "capacity": the whole of which deficits, losses and stocks are given as a share.
fn is_economy(scope: &Scope<'_>, at: usize) -> bool {
    let name = at + usize::from(scope.listed(at, list::DETERMINER));
    let own = matches!(scope.text(at), "its" | "their") && scope.text(name) == "value";
    let full = scope.text(name) == "capacity" && !scope.is_word(name + 1)
        || scope.text(name) == "capacity" && scope.has(name + 1, role::FUNCTION);
    let normal = matches!(scope.text(name), "normal" | "average")
        && (!scope.is_word(name + 1) || scope.has(name + 1, role::FUNCTION));
    own || full
        || normal
        || matches!(scope.text(name), "GDP" | "GNP" | "GNI")
        || scope.text(name) == "gross" && matches!(scope.text(name + 1), "domestic" | "national")
}

/// "taught an 11-year-old girl": an age that belongs to the noun after it.
fn is_attributive_age(scope: &Scope<'_>, item: &Item) -> bool {
    let age = matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age);
    age && ((item.first..item.end).any(|at| scope.is(at, words::HYPHEN))
        // "effective in adults over 60"
        || scope.listed(item.lead.wrapping_sub(1), list::PEOPLE))
}

/// Whether "in" after a figure leads to what it consists of, "$5 million in aid", rather than a place.
fn holds_inside(scope: &Scope<'_>, item: &Item) -> bool {
    let spender = item.lead.wrapping_sub(1);
    match (item.kind, item.counted) {
        // "$1,900 in the old town"; but what was invested in it
        (FigureKind::Money, _) => {
            item.per.is_none()
                && (!scope.listed(item.end + 1, list::DETERMINER)
                    || scope.listed(spender, list::SPENDING)
                    || matches!(scope.text(spender), "invest" | "investing" | "invests"))
        }
        // "38 degrees in the shade", "9 metres in the dark" say where.
        (FigureKind::Quantity, Counted::Unit(unit)) => {
            unit.si.is_some_and(|si| matches!(si.unit, "kg" | "m3" | "J" | "W"))
        }
        (FigureKind::Quantity, _) => true,
        _ => false,
    }
}

/// "360,000 metric tonnes of wheat", "70% of farmers", "$5 million in aid".
pub(crate) fn measured_after(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let of = scope.is(item.end, words::OF)
        && matches!(
            item.kind,
            FigureKind::Quantity | FigureKind::Percent | FigureKind::Ratio | FigureKind::Money
        );
    // "71 years old of", "$14 an hour in low-cost towns" say nothing about what is measured.
    if matches!(item.counted, Counted::Unit(unit) if unit.measures == Measures::Age) {
        return None;
    }
    let inside = scope.is(item.end, words::IN) && holds_inside(scope, item)
        || scope.is(item.end, words::ON) && item.kind == FigureKind::Money;
    // "a 3.9 percent rise in property tax"
    let moved = item.kind == FigureKind::Percent
        && item.direction.is_some()
        && scope.has(item.end, role::UP | role::DOWN)
        && scope.is_any(item.end + 1, &[words::IN, words::OF]);
    if !(of || inside || moved) {
        return None;
    }
    // "$2 million on top of $5 million"
    if scope.listed(item.end + 1, list::PREPOSITIONAL) && scope.is(item.end + 2, words::OF) {
        return None;
    }
    // "$31.15 in afternoon trading", "$5 million in total" say when and how, not what.
    if scope.is(item.end, words::IN)
        && (1..=3).any(|ahead| {
            let word = item.end + ahead;
            scope.is_lower_word(word) && (scope.listed(word, list::MANNER_IN) || scope.has(word, role::SPAN))
        })
    {
        return None;
    }
    let first = item.end + 1 + usize::from(moved);
    phrase::noun_phrase(scope, first)
}

/// "purchasing Danish barley with 300 tonnes in deliveries": the weighed noun precedes "with".
fn measured_with(scope: &Scope<'_>, item: &Item) -> Option<Span> {
    let with = item.first.wrapping_sub(1);
    let stuff = matches!(
        item.counted,
        Counted::Unit(Unit { si: Some(si), .. }) if matches!(si.unit, "kg" | "m3")
    );
    if !scope.is(with, hash_lowered("with")) || !stuff || !scope.is_lower_word(with.wrapping_sub(1)) {
        return None;
    }
    phrase::phrase_before(scope, with)
}
