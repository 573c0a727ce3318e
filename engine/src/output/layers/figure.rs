//! Figures.

use copydesk_core::layers::{Change, Figure, Value};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn figures(&mut self) {
        self.json.key("figures");
        self.json.open_array();
        for figure in self.doc.figures() {
            self.json.next();
            self.figure(figure);
        }
        self.json.close_array();
    }

    fn figure(&mut self, figure: Figure<'_>) {
        self.json.open();
        self.id("id", b'f', figure.id().index());
        self.text("kind", figure.kind().as_str());
        self.span(figure.span());
        if let Some(value) = figure.value() {
            self.json.key("value");
            self.value(value);
        }
        if figure.is_relative() {
            self.json.key("relative");
            self.json.raw("true");
        }
        let (code, name) = (figure.unit_code(), figure.unit_name());
        if !(code.is_empty() && name.is_empty()) {
            self.json.key("unit");
            self.json.open();
            for (key, value) in [("code", code), ("name", name)] {
                if !value.is_empty() {
                    self.text(key, value);
                }
            }
            self.json.close();
        }
        if let Some(si) = figure.si() {
            self.json.key("si");
            self.json.open();
            for (key, end) in match si.high {
                Some(high) => [("min", Some(si.low)), ("max", Some(high))],
                None => [("value", Some(si.low)), ("", None)],
            } {
                if let Some(end) = end {
                    self.json.key(key);
                    self.json.display(end);
                }
            }
            self.text("unit", si.unit);
            self.json.close();
        }
        if let Some((part, whole)) = figure.part_of_whole() {
            for (key, number) in [("part", part), ("whole", whole)] {
                self.json.key(key);
                self.json.display(number);
            }
        }
        if let Some(bound) = figure.bound() {
            self.text("bound", bound.as_str());
        }
        if let Some(measure) = figure.measure() {
            self.json.key("measure");
            self.json.open();
            self.span(measure);
            if let Some(entity) = figure.measure_entity() {
                self.id("entity", b'e', entity.index());
            }
            self.json.close();
        }
        if let Some(period) = figure.period() {
            self.id("period", b'f', period.index());
        }
        if let Some(change) = figure.change() {
            self.change(change);
        }
        if let Some(quote) = figure.quote() {
            self.id("quote", b'q', quote.index());
        }
        self.confidence(figure.confidence());
        self.provenance(figure.rule());
        self.json.close();
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => self.json.display(number),
            Value::Iso(iso) => self.json.string(iso),
            Value::Range(min, max) => {
                self.json.open();
                for (key, end) in [("min", min), ("max", max)] {
                    if let Some(end) = end {
                        self.json.key(key);
                        self.json.display(end);
                    }
                }
                self.json.close();
            }
            Value::Interval(from, to) => {
                self.json.open();
                for (key, end) in [("from", from), ("to", to)] {
                    if let Some(end) = end {
                        self.text(key, end);
                    }
                }
                self.json.close();
            }
        }
    }

    fn change(&mut self, change: Change) {
        self.json.key("change");
        self.json.open();
        if let Some(direction) = change.direction {
            self.text("direction", direction.as_str());
        }
        if let Some(amount) = change.amount {
            self.json.key("amount");
            self.json.display(amount);
        }
        if let Some(of) = change.of {
            self.id("of", b'f', of.index());
        }
        if change.baseline.period.is_some() || change.baseline.value.is_some() {
            self.json.key("baseline");
            self.json.open();
            if let Some(period) = change.baseline.period {
                self.id("period", b'f', period.index());
            }
            if let Some(value) = change.baseline.value {
                self.json.key("value");
                self.json.display(value);
            }
            self.json.close();
        }
        if change.contradicts {
            self.json.key("contradicts");
            self.json.raw("true");
        }
        self.json.close();
    }
}
