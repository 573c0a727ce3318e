//! The direction of changes.

use copydesk_core::layers::{Figure, Value};

use super::{DATE, analyzed, check};

#[test]
fn changes() {
    check(
        "Shares fell 0.7% and the index climbed by about 2%.",
        &["0.7%=percent 0.7 % down", "2%=percent 2 % about up"],
    );
    check("The fund lost 150 points, or 0.4%.", &["150=count 150 point down", "0.4%=percent 0.4 % down"]);
    check("Support shot up to 48 percent.", &["48 percent=percent 48 %"]);
    check("Prices fell between 3% and 5%.", &["3% and 5%=percent 3..5 % down"]);
    check(
        "Support fell from 60 percent to 45 percent.",
        &["60 percent=percent 60 %", "45 percent=percent 45 % down"],
    );
    check("An increase of 5% in a year.", &["5%=percent 5 % up"]);
    let document = analyzed(
        "In March-May 2022 output reached $2.8 billion, which is 40% more than in the same period a year earlier.",
        DATE,
        "",
    );
    let view = document.view();
    let figures: Vec<Figure<'_>> = view.figures().collect();
    let change = figures.get(2).and_then(|figure| figure.change()).unwrap_or_default();
    assert_eq!(change.of, figures.get(1).map(|figure| figure.id()));
    assert_eq!(change.baseline.period, figures.get(3).map(|figure| figure.id()));
    assert_eq!(change.baseline.value.map(|value| value.to_string()).as_deref(), Some("2000000000"));
    assert_eq!(
        figures.get(1).and_then(|figure| figure.measure()).map(|measure| view.slice(measure)),
        Some("output")
    );
    assert_eq!(figures.get(1).and_then(|figure| figure.period()), figures.first().map(|figure| figure.id()));
    assert_eq!(
        figures.get(3).and_then(|figure| figure.value()),
        Some(Value::Interval(Some("2021-03"), Some("2021-05")))
    );
}

#[test]
fn computed_values_are_marked() {
    // For each figure that changed: its words, and whether baseline and amount are computed.
    let derived = |text: &str| -> Vec<(String, bool, bool)> {
        let document = analyzed(text, DATE, "");
        let view = document.view();
        let figures: Vec<Figure<'_>> = view.figures().collect();
        let changed = figures.iter().filter_map(|figure| Some((figure, figure.change()?)));
        let derived = changed.map(|(figure, change)| {
            (view.slice(figure.span()).to_owned(), change.baseline.is_derived, change.amount_is_derived)
        });
        derived.collect()
    };
    let some = |words: &str, baseline, amount| (words.to_owned(), baseline, amount);
    assert_eq!(
        derived("Sales rose 25% to $500 million."),
        [some("25%", true, false)],
        "the text gives no baseline"
    );
    assert_eq!(
        derived("Sales fell from $500 million to $400 million."),
        [some("$400 million", false, true)],
        "the text gives both levels, and no difference"
    );
    assert_eq!(
        derived("The share price rose 20 cents to $5.20."),
        [some("20 cents", true, false), some("$5.20", true, false)],
        "the text gives the difference"
    );
    assert_eq!(derived("Prices rose by 5%."), [some("5%", false, false)]);
}
