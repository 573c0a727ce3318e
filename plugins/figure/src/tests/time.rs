//! Dates, periods, times and repetitions.

use super::{DATE, analyzed, check, describe};

#[test]
fn dates() {
    check("It opened on 17 May 2023.", &["17 May 2023=date 2023-05-17"]);
    check(
        "It opened on Sept. 14, 2021, and on 2021-10-05.",
        &["Sept. 14, 2021=date 2021-09-14", "2021-10-05=date 2021-10-05"],
    );
    check("Signed 4/25/2023.", &["4/25/2023=date 2023-04-25"]);
    check("In August 2021 and in 2019 it rained.", &["August 2021=date 2021-08", "2019=date 2019"]);
    check("Exports grew in March-October 2021.", &["March-October 2021=period 2021-03/2021-10"]);
    check("Profit fell in the second quarter of 2021.", &["the second quarter of 2021=date 2021-Q2"]);
    check(
        "From 2015 to 2019 and in the 1990s.",
        &[
            "2015=date 2015",
            "2015 to 2019=period 2015/2019",
            "2019=date 2019",
            "1990s=period 1990-01-01/1999-12-31",
        ],
    );
    check("She said on Monday that it failed.", &["Monday=date 2022-08-29"]);
    check("On Wednesday, the ministers will meet.", &["Wednesday=date 2022-08-31"]);
    check("They could vote as early as December.", &["December=date 2022-12"]);
    check("The bank said Friday it will close.", &["Friday=date 2022-08-26"]);
    check(
        "It began in June and ended earlier this month.",
        &["June=date 2022-06", "earlier this month=date 2022-08"],
    );
    check("Last year was dry, yesterday was wet.", &["Last year=date 2021", "yesterday=date 2022-08-29"]);
    check(
        "It closed last week, three years ago it opened.",
        &["last week=period 2022-08-22/2022-08-28", "three years ago=date 2019"],
    );
    check("She left at ten o’clock.", &["ten o’clock=time 10:00:00"]);
    check(
        "Doors open at 5 p.m. and close at 23:30 GMT.",
        &["5 p.m.=time 17:00:00", "23:30 GMT=time 23:30:00Z"],
    );
}

#[test]
fn dates_without_a_day_of_publication_stay_relative() {
    let document = analyzed("It rained on Tuesday and last month, and in July.", None, "");
    let view = document.view();
    let found: Vec<(String, bool)> =
        view.figures().map(|figure| (describe(&view, figure), figure.is_relative())).collect();
    let expect = ["Tuesday=date XXXX-WXX-2", "last month=date P-1M", "July=date XXXX-07"];
    assert_eq!(found, expect.map(|line| (line.to_owned(), true)));
}

#[test]
fn zones_of_time() {
    check(
        "It opens at 9:30 a.m. EDT on June 3, 2022.",
        &["9:30 a.m. EDT=time 09:30:00-04:00", "June 3, 2022=date 2022-06-03"],
    );
    check("It opens at 5 p.m. Eastern time.", &["5 p.m. Eastern time=time 17:00:00-04:00"]);
    check("It opens at 06:00 UTC+2.", &["06:00 UTC+2=time 06:00:00+02:00"]);
    check("It opens at 11 p.m. IST.", &["11 p.m. IST=time 23:00:00"]);
}

#[test]
fn repetitions() {
    check("It pays every quarter.", &["every quarter=duration R/P3M mo"]);
    check("It pays every two weeks.", &["every two weeks=duration R/P2W wk"]);
    check("They meet every Monday.", &["every Monday=date XXXX-WXX-1"]);
    check("It pays every other month, and every penny counts.", &["every other month=duration R/P2M mo"]);
    check("They run 5 km every day.", &["5 km every day=quantity 5 km/d"]);
}

#[test]
fn quarters_of_the_same_year() {
    check(
        "It sold 4% in the first quarter and 6% in the second.",
        &["4%=percent 4 %", "the first quarter=date 2022-Q1", "6%=percent 6 %", "the second=date 2022-Q2"],
    );
}

#[test]
fn a_month_that_is_to_come() {
    let december = analyzed("Traders see a December cut.", Some("2022-10-12"), "");
    let view = december.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["December=date 2022-12"]);
    let document = analyzed("Rates fell after a December cut.", Some("2022-10-12"), "");
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["December=date 2021-12"]);
}

#[test]
fn a_line_with_only_a_date_is_the_day_of_publication() {
    let weekday = |text: &str| {
        let document = analyzed(text, None, "");
        let view = document.view();
        let found = view.figures().last().map(|figure| describe(&view, figure));
        found.unwrap_or_default()
    };
    for line in [
        "NAIROBI, March 16, 2015 (Agency) - The quay is open again.",
        "Monday, March 16, 2015",
        "March 16, 2015",
        "16 March 2015",
        "Published: March 16, 2015",
    ] {
        let text = format!("Harbour reopens after storm\n\n{line}\n\nThe first boats came in on Friday.");
        assert_eq!(weekday(&text), "Friday=date 2015-03-13", "{line}");
    }
    // A date inside a sentence is not such a line, nor is one without a year.
    for line in ["The storm came on March 16, 2015.", "Monday, March 16", "March 16, 2015 brought storms."] {
        let text = format!("Harbour reopens after storm\n\n{line}\n\nThe first boats came in on Friday.");
        assert_eq!(weekday(&text), "Friday=date XXXX-WXX-5", "{line}");
    }
    // The document's own day takes precedence.
    let document = analyzed("Monday, March 16, 2015\n\nBoats came in on Friday.", DATE, "");
    let view = document.view();
    let found = view.figures().last().map(|figure| describe(&view, figure));
    assert_eq!(found.as_deref(), Some("Friday=date 2022-08-26"));
}
