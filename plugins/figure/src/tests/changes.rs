//! Which way figures went.

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
