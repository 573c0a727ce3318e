//! From the items of the rules to the annotations of the document.

use std::fmt::Write;

use copydesk_core::layers::{Change, FigureBuilder, FigureKind, NewFigure, Value};
use copydesk_core::{DocumentView, Emitter};
use jiff::civil::Date;

use crate::duration::{iso_duration, iso_lengths};
use crate::item::{Content, Counted, Item, Per};
use crate::origin::Form;
use crate::parse::amounts::si::in_si;
use crate::parse::amounts::singular::singular;
use crate::registry;
use crate::sentence::units::{Measures, Unit};
use crate::when::When;

/// Emits all items; relations between them become ids.
pub(crate) fn emit(doc: &DocumentView<'_>, items: &[Item], out: &mut Emitter) {
    let (mut from, mut to) = (String::new(), String::new());
    let mut ids = Vec::with_capacity(items.len());
    for item in items {
        from.clear();
        to.clear();
        let mut relative = false;
        let week = matches!(item.content, Content::Time(When::Week(..) | When::Weekend(..)));
        let kind = if week { FigureKind::Period } else { item.kind };
        let figure = out.figure(kind, item.span, item.origin.rule);
        let value = match item.content {
            Content::Number(number) => Value::Number(number),
            Content::Range(low, high) => Value::Range(Some(low), Some(high)),
            // Not a range: who has more is given by the order.
            Content::Score(own, other) => {
                let _ = write!(from, "{own}-{other}");
                Value::Iso(&from)
            }
            Content::Length(number) => match item.counted {
                Counted::Unit(unit) => match iso_duration(number, unit.code, &mut from) {
                    Some(()) => Value::Iso(&from),
                    None => Value::Number(number),
                },
                _ => Value::Number(number),
            },
            Content::Repeat(number) => {
                if let Counted::Unit(unit) = item.counted {
                    from.push_str("R/");
                    let _ = iso_duration(number, unit.code, &mut from);
                }
                Value::Iso(&from)
            }
            Content::Lengths(lengths) => {
                iso_lengths(lengths, &mut from);
                Value::Iso(&from)
            }
            Content::Time(when) => {
                relative = when.is_relative();
                // A week has no plain date: from its first day to its last one.
                match when.days() {
                    Some((first, last)) => {
                        let _ = write!(from, "{first}");
                        let _ = write!(to, "{last}");
                        Value::Interval(Some(&from), Some(&to))
                    }
                    None => {
                        let _ = write!(from, "{when}");
                        Value::Iso(&from)
                    }
                }
            }
            Content::Between(start, end) => {
                relative = start.is_relative() || end.is_relative();
                let (mut first, mut last) = (
                    start.days().map_or(start, |(first, _)| When::Day(first)),
                    end.days().map_or(end, |(_, last)| When::Day(last)),
                );
                // As weeks have none, decades and centuries have no ISO 8601 date: from the first day to the last one.
                if let (When::Year(a), When::Year(b), Form::Decade | Form::Century) =
                    (start, end, item.origin.form)
                    && let (Ok(a), Ok(b)) = (Date::new(a, 1, 1), Date::new(b, 12, 31))
                {
                    (first, last) = (When::Day(a), When::Day(b));
                }
                let _ = write!(from, "{first}");
                let _ = write!(to, "{last}");
                Value::Interval(Some(&from), Some(&to))
            }
        };
        let mut figure = figure.value(value).confidence(item.confidence).relative(relative);
        match item.counted {
            Counted::Nothing => {
                if let Some(per) = item.per {
                    figure = counted_by(doc, per, figure, &mut to);
                }
            }
            Counted::Unit(unit) => {
                // Decades are counted in years.
                let code = unit
                    .code
                    .rsplit_once('.')
                    .filter(|_| unit.measures == Measures::Time)
                    .map_or(unit.code, |(_, code)| code);
                figure = match item.per {
                    None => figure.unit(code, unit.name),
                    Some(per) if compound(doc, code, unit, per, &mut from, &mut to) => {
                        figure.unit(&from, &to)
                    }
                    Some(per) => counted_by(doc, per, figure.unit(code, unit.name), &mut to),
                };
            }
            Counted::Noun(noun) => {
                to.clear();
                let word = doc.tokens().get(noun).map_or("", |token| doc.slice(token.span()));
                singular(word, &mut to);
                figure = figure.unit("", &to);
                if let Some(per) = item.per {
                    figure = counted_by(doc, per, figure, &mut to);
                }
            }
        }
        if let Some(si) = in_si(item) {
            to.clear();
            to.push_str(si.unit);
            if let Some(per) = si.per {
                to.push('/');
                to.push_str(per);
            }
            figure = figure.si(si.low, si.high, &to);
        }
        if let Some((part, whole)) = item.part_whole {
            figure = figure.part_of_whole(part, whole);
        }
        if let Some(bound) = item.bound {
            figure = figure.bound(bound);
        }
        if let Some(measure) = item.measure {
            figure = figure.measure(measure);
        }
        ids.push(figure.id());
        if let (Some([first, last]), Content::Between(start, end)) = (item.ends, item.content) {
            for (span, when) in [(first, start), (last, end)] {
                from.clear();
                let _ = write!(from, "{when}");
                let figure =
                    out.figure(FigureKind::Date, span, registry::END_OF_PERIOD).value(Value::Iso(&from));
                figure.confidence(item.confidence).relative(when.is_relative());
            }
        }
    }
    let id = |at: Option<usize>| -> Option<NewFigure> { at.and_then(|at| ids.get(at).copied()) };
    for (item, own) in items.iter().zip(&ids) {
        if item.period.is_none() && item.direction.is_none() {
            continue;
        }
        let mut figure = out.figure_again(*own);
        if let Some(period) = id(item.period) {
            figure = figure.period(period);
        }
        if item.direction.is_some() {
            let mut change = Change::<NewFigure>::default();
            change.direction = item.direction;
            change.of = id(item.of);
            change.baseline.period = id(item.baseline_period);
            change.baseline.value = item.baseline_value;
            change.baseline.is_derived = item.baseline_derived;
            change.amount = item.amount;
            change.amount_is_derived = item.amount_derived;
            change.contradicts = item.contradicts;
            figure.change(change);
        }
    }
}

/// Appends the name of what a rate is counted by.
fn push_per(doc: &DocumentView<'_>, per: Per, into: &mut String) {
    match per {
        Per::Unit(unit) => into.push_str(unit.name),
        Per::Units(unit, then) => {
            into.push_str(unit.name);
            into.push_str(" per ");
            into.push_str(then.names().1);
        }
        Per::Noun(noun) => {
            into.push_str(doc.tokens().get(noun).map_or("", |token| doc.slice(token.span())));
        }
        Per::Words(first, end) => into.push_str(doc.slice(doc.token_span(first, end))),
    }
}

/// Says what a rate is counted by: "per share", with a code where it is one unit that has one.
fn counted_by<'e>(
    doc: &DocumentView<'_>,
    per: Per,
    figure: FigureBuilder<'e>,
    name: &mut String,
) -> FigureBuilder<'e> {
    name.clear();
    push_per(doc, per, name);
    let code = if let Per::Unit(unit) = per { unit.code } else { "" };
    figure.per(code, name)
}

/// Code and name of a rate of UCUM's units, which is a unit of UCUM itself: `km/h`. Money per barrel is none, nor is a count.
fn compound(
    doc: &DocumentView<'_>,
    code: &str,
    unit: Unit,
    per: Per,
    codes: &mut String,
    name: &mut String,
) -> bool {
    codes.clear();
    name.clear();
    let _ = write!(name, "{} per ", unit.name);
    push_per(doc, per, name);
    let by = match per {
        Per::Unit(by) => [by.code, ""],
        Per::Units(by, then) if !then.names().0.is_empty() => [by.code, then.names().0],
        _ => return false,
    };
    if matches!(unit.measures, Measures::Quantity) && !code.is_empty() && !by[0].is_empty() {
        codes.push_str(code);
        for code in by.iter().filter(|code| !code.is_empty()) {
            let _ = write!(codes, "/{code}");
        }
        return true;
    }
    false
}
