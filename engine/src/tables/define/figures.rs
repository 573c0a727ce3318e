//! `figures`

use super::table;
use crate::output::parsed::{Baseline, Change, Figure, Measure, Per, Unit, Value};
use crate::tables::context::Context;

table! {
    /// An amount, percentage, quantity, date, period or other figure, with its value and what it measures.
    figures(figure: &Figure<'_>, cx: &Context<'_>) key ["figure"] {
        /// Its id in the document.
        figure: text = &figure.id,
        /// The text that offsets refer to: text or title.
        place: text = cx.place.as_str(),
        /// money, percent, quantity, count, ordinal, ratio, duration, date, period, time or other.
        kind: text = &figure.kind,
        /// Its text.
        text: text = &figure.text,
        /// The start offset.
        start: integer = figure.start,
        /// The end offset.
        end: integer = figure.end,
        /// Its value; for a range the lower end. Dates, times, periods and durations have none.
        value: real null = numbers(figure)[0],
        /// The upper end of a range.
        value_max: real null = numbers(figure)[1],
        /// The value of a date, time or duration in ISO 8601; for a period `from/to`, with `..` for an open end.
        text_value: text null = text_value(figure),
        /// Its unit: an ISO 4217 or UCUM code; the name of what is counted, if that has no code.
        unit: text null = figure.unit.as_ref().and_then(code),
        /// The unit in words; for a rate in full: "euro per share".
        unit_name: text null = figure.unit.as_ref().and_then(|unit| unit.name.as_ref()),
        /// For a rate, the denominator.
        per: text null = per(figure).and_then(|per| per.code.as_ref().or(per.name.as_ref())),
        /// about, more_than, less_than, at_least or at_most.
        bound: text null = &figure.bound,
        /// Whether a date or duration is relative to an unknown day.
        relative: boolean = figure.relative,
        /// The value in the SI unit; for a range the lower end.
        si_value: real null = figure.si.as_ref().and_then(|si| si.value.or(si.min)),
        /// The upper end of a range in the SI unit.
        si_value_max: real null = figure.si.as_ref().and_then(|si| si.max),
        /// The SI unit.
        si_unit: text null = figure.si.as_ref().map(|si| &si.unit),
        /// The first number of a ratio such as "three of five".
        ratio_part: real null = figure.part,
        /// The second number of a ratio such as "three of five".
        ratio_whole: real null = figure.whole,
        /// The words for what it measures.
        measure: text null = measure(figure).map(|measure| &measure.text),
        /// The entity whose measure it is: named by these words, alone, as possessor, or after “of” or “in”.
        measure_entity: text null -> entities = measure(figure).and_then(|measure| measure.entity.as_ref()),
        /// The name of that entity.
        measure_name: text null = measure(figure).and_then(|measure| cx.name(measure.entity.as_ref())),
        /// The figure that gives its period or day.
        period: text null -> figures = &figure.period,
        /// The start of that period, ISO 8601; for a date or period, its own start.
        period_from: text null = period(figure, cx)[0],
        /// The end of that period.
        period_to: text null = period(figure, cx)[1],
        /// up, down or flat.
        direction: text null = change(figure).and_then(|change| change.direction.as_ref()),
        /// The amount of change, in its unit.
        amount: real null = change(figure).and_then(|change| change.amount),
        /// Whether the amount is computed from other figures.
        amount_derived: boolean = change(figure).is_some_and(|change| change.amount_derived),
        /// The figure whose change this figure gives.
        change_of: text null -> figures = change(figure).and_then(|change| change.of.as_ref()),
        /// The previous value.
        baseline: real null = baseline(figure).and_then(|baseline| baseline.value),
        /// Whether the baseline is computed from other figures.
        baseline_derived: boolean = baseline(figure).is_some_and(|baseline| baseline.derived),
        /// The figure that gives the period of the baseline.
        baseline_period: text null -> figures = baseline(figure).and_then(|baseline| baseline.period.as_ref()),
        /// Whether anything in this row is computed rather than in the text.
        derived: boolean = change(figure).is_some_and(|change| change.amount_derived)
            || baseline(figure).is_some_and(|baseline| baseline.derived),
        /// Whether the figures of the text contradict one another.
        contradicts: boolean = change(figure).is_some_and(|change| change.contradicts),
        /// The quote that contains it.
        quote: text null -> quotes = &figure.quote,
        /// The sentence that contains it.
        sentence: text null = cx.sentence(figure.start),
        /// The confidence of the stage, 0 to 1.
        confidence: real = figure.confidence.unwrap_or(1.0),
        /// The rule that found it.
        rule: text null = &figure.rule,
    }
}

pub(super) fn numbers(figure: &Figure<'_>) -> [Option<f64>; 2] {
    match figure.value {
        Some(Value::Number(number)) => [Some(number), None],
        Some(Value::Range(min, max)) => [min, max],
        _ => [None; 2],
    }
}

pub(super) fn text_value(figure: &Figure<'_>) -> Option<String> {
    match figure.value.as_ref()? {
        Value::Iso(iso) => Some(iso.to_string()),
        Value::Interval(from, to) => {
            let end = |end: &Option<_>| end.as_deref().map_or("..".to_owned(), str::to_owned);
            Some(format!("{}/{}", end(from), end(to)))
        }
        _ => None,
    }
}

pub(super) fn code<'c>(unit: &'c Unit<'_>) -> Option<&'c str> {
    // The name of a rate includes its denominator, so for a rate of a counted noun it is not a unit.
    let name = unit.name.as_deref().filter(|_| unit.per.is_none());
    unit.code.as_deref().or(name)
}

fn per<'c>(figure: &'c Figure<'_>) -> Option<&'c Per<'c>> {
    figure.unit.as_ref()?.per.as_ref()
}

fn measure<'c>(figure: &'c Figure<'_>) -> Option<&'c Measure<'c>> {
    figure.measure.as_ref()
}

pub(super) fn change<'c>(figure: &'c Figure<'_>) -> Option<&'c Change<'c>> {
    figure.change.as_ref()
}

pub(super) fn baseline<'c>(figure: &'c Figure<'_>) -> Option<&'c Baseline<'c>> {
    figure.change.as_ref()?.baseline.as_ref()
}

/// Start and end of the period of a figure, or of the figure itself if it is a date or a period.
pub(super) fn period<'c>(figure: &'c Figure<'_>, cx: &Context<'c>) -> [Option<&'c str>; 2] {
    let period = figure.period.as_ref().and_then(|id| cx.figure(id));
    let of = |figure: &'c Figure<'c>| match figure.value.as_ref() {
        Some(Value::Iso(iso)) if matches!(&*figure.kind, "date" | "period") => [Some(&**iso); 2],
        Some(Value::Interval(from, to)) => [from.as_deref(), to.as_deref()],
        _ => [None; 2],
    };
    period.map_or_else(|| of(figure), of)
}
