//! Figures.

use copydesk_core::Decimal;
use copydesk_core::layers::{Baseline, Bound, Change, Figure, FigureKind, SiValue, Unit, Value};

use crate::output::json::{Piece, first_key, key, literal, pieces};
use crate::output::line::Line;

impl<'l> Line<'l, '_> {
    pub(in crate::output) fn figures(&mut self) {
        let doc = self.doc;
        self.layer("figures", doc.figures(), Self::figure);
    }

    fn figure(&mut self, figure: Figure<'l>) {
        self.own_id(b'f', figure.id().index());
        self.json.piece(&pieces!("kind", FigureKind)[figure.kind() as usize]);
        self.span(figure.span());
        self.words(figure.span());
        if let Some(value) = figure.value() {
            self.json.literal(key!("value"));
            self.value(value);
        }
        self.flag(key!("relative", "true"), figure.is_relative());
        self.unit(figure);
        if let Some(si) = figure.si().filter(|_| !self.is_compact()) {
            self.si(si);
        }
        if let Some((part, whole)) = figure.part_of_whole() {
            self.decimal(key!("part"), part);
            self.decimal(key!("whole"), whole);
        }
        if let Some(bound) = figure.bound() {
            self.json.piece(&pieces!("bound", Bound)[bound as usize]);
        }
        if let Some(measure) = figure.measure() {
            self.json.literal(key!("measure"));
            self.first_span(measure);
            self.words(measure);
            if let Some(entity) = figure.measure_entity() {
                self.id(key!("entity"), b'e', entity.index());
                self.minor_name(key!("name"), entity);
            }
            self.json.close();
        }
        if let Some(period) = figure.period() {
            self.id(key!("period"), b'f', period.index());
        }
        if let Some(change) = figure.change() {
            self.change(change);
        }
        if let Some(quote) = figure.quote() {
            self.id(key!("quote"), b'q', quote.index());
        }
        self.confidence(figure.confidence());
        self.rule(figure.rule());
    }

    #[inline]
    fn decimal<const N: usize>(&mut self, key: &[u8; N], number: Decimal) {
        self.json.literal(key);
        self.json.decimal(number);
    }

    fn unit(&mut self, figure: Figure<'_>) {
        if figure.unit().is_none() && figure.per().is_none() {
            return;
        }
        self.json.literal(key!("unit", "{"));
        let unit = figure.unit().unwrap_or_default();
        // The name of a rate is the complete rate in words, so that readers that ignore `per` do not mistake it for an amount.
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

    /// The code and name of a unit, in an object that has just been opened.
    fn code_and_name(&mut self, unit: Unit<'_>) {
        if !unit.code.is_empty() {
            self.text(literal!("\"code\":"), unit.code);
        }
        if !unit.name.is_empty() {
            self.json.next();
            self.text(literal!("\"name\":"), unit.name);
        }
    }

    fn si(&mut self, si: SiValue<'_>) {
        self.json.literal(key!("si"));
        if let Some(high) = si.high {
            self.decimal(first_key!("min"), si.low);
            self.decimal(key!("max"), high);
        } else {
            self.decimal(first_key!("value"), si.low);
        }
        self.text(key!("unit"), si.unit);
        self.json.close();
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => self.json.decimal(number),
            Value::Iso(iso) => self.json.string(iso),
            Value::Range(min, max) => {
                self.json.open();
                for (key, end) in [("min", min), ("max", max)] {
                    if let Some(end) = end {
                        self.json.key(key);
                        self.json.decimal(end);
                    }
                }
                self.json.close();
            }
            Value::Interval(from, to) => {
                self.json.open();
                for (key, end) in [("from", from), ("to", to)] {
                    if let Some(end) = end {
                        self.json.key(key);
                        self.json.string(end);
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
            self.json.key("direction");
            self.json.string(direction.as_str());
        }
        if let Some(amount) = change.amount {
            self.json.key("amount");
            self.json.decimal(amount);
            self.flag(key!("amount_derived", "true"), change.amount_is_derived);
        }
        if let Some(of) = change.of {
            self.json.key("of");
            self.reference(b'f', of.index());
        }
        self.baseline(change.baseline);
        if change.contradicts {
            self.json.key("contradicts");
            self.json.raw("true");
        }
        self.json.close();
    }

    fn baseline(&mut self, baseline: Baseline) {
        if baseline.period.is_none() && baseline.value.is_none() {
            return;
        }
        self.json.key("baseline");
        self.json.open();
        if let Some(period) = baseline.period {
            self.json.key("period");
            self.reference(b'f', period.index());
        }
        if let Some(value) = baseline.value {
            self.json.key("value");
            self.json.decimal(value);
            self.flag(key!("derived", "true"), baseline.is_derived);
        }
        self.json.close();
    }
}
