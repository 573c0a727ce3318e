//! Figures.

use copydesk_core::layers::{Change, Figure, SiValue, Unit, Value};

use crate::output::line::Line;

impl Line<'_, '_> {
    pub(in crate::output) fn figures(&mut self) {
        let doc = self.doc;
        self.objects("figures", doc.figures(), Self::figure);
    }

    fn figure(&mut self, figure: Figure<'_>) {
        self.own_id(b'f', figure.id().index());
        self.text("kind", figure.kind().as_str());
        self.span(figure.span());
        self.words(figure.span());
        if let Some(value) = figure.value() {
            self.json.key("value");
            self.value(value);
        }
        self.flag("relative", figure.is_relative());
        self.unit(figure);
        if let Some(si) = figure.si().filter(|_| !self.is_compact()) {
            self.si(si);
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
            self.words(measure);
            if let Some(entity) = figure.measure_entity() {
                self.id("entity", b'e', entity.index());
                self.minor_name("name", entity);
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
        self.rule(figure.rule());
    }

    fn unit(&mut self, figure: Figure<'_>) {
        if figure.unit().is_none() && figure.per().is_none() {
            return;
        }
        self.json.key("unit");
        self.json.open();
        let unit = figure.unit().unwrap_or_default();
        // The name of a rate is the whole of it in words, so that readers that know no `per` do not take it for an amount.
        let label = figure.per().map(|_| figure.unit_label());
        self.code_and_name(Unit { name: label.as_deref().unwrap_or(unit.name), ..unit });
        if let Some(per) = figure.per() {
            self.json.key("per");
            self.json.open();
            self.code_and_name(per);
            self.json.close();
        }
        self.json.close();
    }

    fn code_and_name(&mut self, unit: Unit<'_>) {
        for (key, value) in [("code", unit.code), ("name", unit.name)] {
            if !value.is_empty() {
                self.text(key, value);
            }
        }
    }

    fn si(&mut self, si: SiValue<'_>) {
        self.json.key("si");
        self.json.open();
        self.json.key(if si.high.is_some() { "min" } else { "value" });
        self.json.display(si.low);
        if let Some(high) = si.high {
            self.json.key("max");
            self.json.display(high);
        }
        self.text("unit", si.unit);
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
            self.flag("amount_derived", change.amount_is_derived);
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
                self.flag("derived", change.baseline.is_derived);
            }
            self.json.close();
        }
        self.flag("contradicts", change.contradicts);
        self.json.close();
    }
}
