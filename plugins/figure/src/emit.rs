//! Converts the items of the rules to annotations of the document.

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
    let mut texts = Texts::default();
    let mut ids = Vec::with_capacity(items.len());
    for item in items {
        ids.push(figure(doc, item, &mut texts, out));
        if let (Some([first, last]), Content::Between(start, end)) = (item.ends, item.content) {
            for (span, when) in [(first, start), (last, end)] {
                texts.first.clear();
                let _ = write!(texts.first, "{when}");
                let date = out.figure(FigureKind::Date, span, registry::END_OF_PERIOD);
                let date = date.value(Value::Iso(&texts.first));
                date.confidence(item.confidence).relative(when.is_relative());
            }
        }
    }
    for (item, own) in items.iter().zip(&ids) {
        relate(item, *own, &ids, out);
    }
}

/// Buffers for the texts of one figure, reused.
#[derive(Default)]
struct Texts {
    first: String,
    second: String,
}

/// Emits a figure without its relations to others.
fn figure(doc: &DocumentView<'_>, item: &Item, texts: &mut Texts, out: &mut Emitter) -> NewFigure {
    let week = matches!(item.content, Content::Time(When::Week(..) | When::Weekend(..)));
    let kind = if week { FigureKind::Period } else { item.kind };
    let figure = out.figure(kind, item.span, item.origin.rule);
    let (value, relative) = value(item, texts);
    let figure = figure.value(value).confidence(item.confidence).relative(relative);
    let mut figure = counted(doc, item, figure, texts);
    if let Some(si) = in_si(item) {
        let unit = &mut texts.second;
        unit.clear();
        unit.push_str(si.unit);
        if let Some(per) = si.per {
            unit.push('/');
            unit.push_str(per);
        }
        figure = figure.si(si.low, si.high, unit);
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
    figure.id()
}

/// The value of a figure, and whether it is a date that depends on an unknown day of publication.
fn value<'t>(item: &Item, texts: &'t mut Texts) -> (Value<'t>, bool) {
    let Texts { first: from, second: to } = texts;
    from.clear();
    to.clear();
    let value = match item.content {
        Content::Number(number) => Value::Number(number),
        Content::Range(low, high) => Value::Range(Some(low), Some(high)),
        // Not a range: the order says who has more.
        Content::Score(own, other) => {
            let _ = write!(from, "{own}-{other}");
            Value::Iso(from)
        }
        Content::Length(number) => match item.counted {
            Counted::Unit(unit) => match iso_duration(number, unit.code, from) {
                Some(()) => Value::Iso(from),
                None => Value::Number(number),
            },
            _ => Value::Number(number),
        },
        Content::Repeat(number) => {
            if let Counted::Unit(unit) = item.counted {
                from.push_str("R/");
                let _ = iso_duration(number, unit.code, from);
            }
            Value::Iso(from)
        }
        Content::Lengths(lengths) => {
            iso_lengths(lengths, from);
            Value::Iso(from)
        }
        Content::Time(when) => {
            let value = match when.days() {
                // A week has no plain date: from its first day to its last one.
                Some((first, last)) => {
                    let _ = write!(from, "{first}");
                    let _ = write!(to, "{last}");
                    Value::Interval(Some(from), Some(to))
                }
                None => {
                    let _ = write!(from, "{when}");
                    Value::Iso(from)
                }
            };
            return (value, when.is_relative());
        }
        Content::Between(start, end) => {
            let (first, last) = ends(item, start, end);
            let _ = write!(from, "{first}");
            let _ = write!(to, "{last}");
            return (Value::Interval(Some(from), Some(to)), start.is_relative() || end.is_relative());
        }
    };
    (value, false)
}

/// The ends of a period, as days if they have no ISO 8601 date: those of weeks, decades and centuries.
fn ends(item: &Item, start: When, end: When) -> (When, When) {
    if let (When::Year(a), When::Year(b), Form::Decade | Form::Century) = (start, end, item.origin.form)
        && let (Ok(a), Ok(b)) = (Date::new(a, 1, 1), Date::new(b, 12, 31))
    {
        return (When::Day(a), When::Day(b));
    }
    let first = start.days().map_or(start, |(first, _)| When::Day(first));
    let last = end.days().map_or(end, |(_, last)| When::Day(last));
    (first, last)
}

/// Sets the unit of a figure (a unit of measurement or the counted noun) and the denominator of a rate.
fn counted<'e>(
    doc: &DocumentView<'_>,
    item: &Item,
    figure: FigureBuilder<'e>,
    texts: &mut Texts,
) -> FigureBuilder<'e> {
    let Texts { first: code_text, second: name } = texts;
    match item.counted {
        Counted::Nothing => match item.per {
            Some(per) => counted_by(doc, per, figure, name),
            None => figure,
        },
        Counted::Unit(unit) => {
            // Decades are counted in years.
            let code = unit
                .code
                .rsplit_once('.')
                .filter(|_| unit.measures == Measures::Time)
                .map_or(unit.code, |(_, code)| code);
            match item.per {
                None => figure.unit(code, unit.name),
                Some(per) if compound(doc, code, unit, per, code_text, name) => figure.unit(code_text, name),
                Some(per) => counted_by(doc, per, figure.unit(code, unit.name), name),
            }
        }
        Counted::Noun(noun) => {
            name.clear();
            let word = doc.tokens().get(noun).map_or("", |token| doc.slice(token.span()));
            singular(word, name);
            let figure = figure.unit("", name);
            match item.per {
                Some(per) => counted_by(doc, per, figure, name),
                None => figure,
            }
        }
    }
}

/// Sets the relations of a figure to others: its period, its change.
fn relate(item: &Item, own: NewFigure, ids: &[NewFigure], out: &mut Emitter) {
    if item.period.is_none() && item.direction.is_none() {
        return;
    }
    let id = |at: Option<usize>| at.and_then(|at| ids.get(at).copied());
    let mut figure = out.figure_again(own);
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

/// Appends the name of the denominator of a rate.
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

/// Sets the denominator of a rate: "per share", with a code if it is one unit that has one.
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

/// Code and name of a rate of UCUM's units, which is itself a unit of UCUM: `km/h`. Money per barrel is not, nor is a count.
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
