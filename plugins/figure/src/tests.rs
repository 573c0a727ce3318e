//! What the stage finds in sentences written for the project.

use copydesk_core::layers::{Figure, Value};
use copydesk_core::{Document, DocumentView, Emitter, Source, Stage, build};

use crate::FigureStage;

/// `text=kind value unit [bound] [direction]` of a figure.
fn describe(doc: &DocumentView<'_>, figure: Figure<'_>) -> String {
    let value = match figure.value() {
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Range(low, high)) => {
            format!("{}..{}", low.unwrap_or_default(), high.unwrap_or_default())
        }
        Some(Value::Iso(iso)) => iso.to_owned(),
        Some(Value::Interval(from, to)) => format!("{}/{}", from.unwrap_or(".."), to.unwrap_or("..")),
        None => "-".to_owned(),
    };
    let unit = if figure.unit_code().is_empty() { figure.unit_name() } else { figure.unit_code() };
    let mut line = format!("{}={} {value}", doc.slice(figure.span()), figure.kind());
    for part in [unit, figure.bound().map_or("", |bound| bound.as_str())] {
        if !part.is_empty() {
            line = format!("{line} {part}");
        }
    }
    if let Some(direction) = figure.change().and_then(|change| change.direction) {
        line = format!("{line} {direction}");
    }
    line
}

fn analyzed(text: &str, date: Option<&str>, options: &str) -> Document {
    let mut document =
        Document::new(Source { id: "test", text, date, ..Source::default() }).unwrap_or_default();
    let mut found = Emitter::new();
    if let Ok(stage) = build::<FigureStage>(options) {
        assert_eq!(stage.analyze(&document.view(), &mut found), Ok(()));
    }
    assert_eq!(
        document.absorb(&found, &["figures"]).map_err(|violation| violation.to_string()),
        Ok(()),
        "{text}"
    );
    document
}

/// A Tuesday.
const DATE: Option<&str> = Some("2022-08-30");

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    let document = analyzed(text, DATE, "");
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, expect, "{text}");
}

#[test]
fn money() {
    check("The port cost $2.5 billion to build.", &["$2.5 billion=money 2500000000 USD"]);
    check(
        "It sold for US$4.7bn, or €3.5bn.",
        &["US$4.7bn=money 4700000000 USD", "€3.5bn=money 3500000000 EUR"],
    );
    check("They paid £5m for it.", &["£5m=money 5000000 GBP"]);
    check("The town owes 5 million euros.", &["5 million euros=money 5000000 EUR"]);
    check("The road cost Rs 6.4 crore.", &["Rs 6.4 crore=money 64000000 INR"]);
    check("A deal of RM17.20 a share.", &["RM17.20 a share=money 17.2 Malaysian ringgit per share"]);
    check("The house went for $US41,250,000.", &["$US41,250,000=money 41250000 USD"]);
    check(
        "They lost R1.2 million, N7.2bn, Dh5.2 million and P45,000 on the N7 road.",
        &[
            "R1.2 million=money 1200000 ZAR",
            "N7.2bn=money 7200000000 NGN",
            "Dh5.2 million=money 5200000 AED",
            "P45,000=money 45000 PHP",
        ],
    );
    check("He lent HK$300 and 20 yuan.", &["HK$300=money 300 HKD", "20 yuan=money 20 CNY"]);
    check(
        "Sales came to EUR 12 million and 8 million USD.",
        &["EUR 12 million=money 12000000 EUR", "8 million USD=money 8000000 USD"],
    );
    check("A $5 million deal and a $6 fee.", &["$5 million=money 5000000 USD", "$6=money 6 USD"]);
    check("The plant in Osaka cost ¥5 billion.", &["¥5 billion=money 5000000000 JPY"]);
    check("The plant in Shanghai, China, cost ¥5 billion.", &["¥5 billion=money 5000000000 CNY"]);
    check("A fine of half a million dollars.", &["half a million dollars=money 500000 USD"]);
}

#[test]
fn percentages_and_points() {
    check("Turnout was 42.7%.", &["42.7%=percent 42.7 %"]);
    check("Turnout was twelve per cent.", &["twelve per cent=percent 12 %"]);
    check("The rate rose by 25 basis points.", &["25 basis points=percent 25 bp up"]);
    check("Support fell 3 percentage points.", &["3 percentage points=percent 3 pp down"]);
    check(
        "She paid 20 million of the 80 million pesos.",
        &["20 million=money 20000000 peso", "80 million pesos=money 80000000 peso"],
    );
    check("Rates of 3, 5 and 7 percent apply.", &["3=percent 3 %", "5=percent 5 %", "7 percent=percent 7 %"]);
}

#[test]
fn quantities_and_counts() {
    check("The mill bought 360,000 metric tonnes of barley.", &["360,000 metric tonnes=quantity 360000 t"]);
    check("The train reached 320 km/h.", &["320 km/h=quantity 320 km/h"]);
    check("A 5kW heater stood 2 metres away.", &["5kW=quantity 5 kW", "2 metres=quantity 2 m"]);
    check("The two countries signed.", &["two=count 2 country"]);
    check(
        "Three hundred and five thousand people fled.",
        &["Three hundred and five thousand=count 305000 people"],
    );
    check(
        "She bought a dozen eggs and twenty-five apples.",
        &["a dozen=count 12 egg", "twenty-five=count 25 apple"],
    );
    check("Police held 85 Red and Blue supporters.", &["85=count 85 supporter"]);
    check("No one spoke, and this one stayed.", &[]);
    check(
        "A 35-year-old man, three years in office.",
        &["35-year-old=quantity 35 a", "three years=duration P3Y a"],
    );
    check("The plant brought 1,200 steady, skilled jobs.", &["1,200=count 1200 job"]);
    check("At least 12 500 people came.", &["12 500=count 12500 people at_least"]);
    check("Ana Bello, aged 39, is the captain.", &["39=quantity 39 a"]);
    check("He waited 90 minutes.", &["90 minutes=duration PT90M min"]);
}

#[test]
fn ranges_bounds_ratios_ordinals() {
    check("Between 3 and 5 million birds came.", &["3 and 5 million=count 3000000..5000000 bird"]);
    check("Growth of 10-12% is likely.", &["10-12%=percent 10..12 % up"]);
    check(
        "Bids of $1.2 million to $23.5 million came in.",
        &["$1.2 million to $23.5 million=money 1200000..23500000 USD"],
    );
    check(
        "More than 600 horses and at least 20 carts.",
        &["600=count 600 horse more_than", "20=count 20 cart at_least"],
    );
    check("It can take up to $8 million.", &["$8 million=money 8000000 USD at_most"]);
    check("It drew about 9,000 fans, or more.", &["9,000=count 9000 fan about"]);
    check("One in five children reads.", &["One in five=ratio 0.2 child"]);
    check(
        "Two thirds of the voters agreed; 12 of 27 members did not.",
        &["Two thirds=ratio 0.666666666666667 voter", "12 of 27=ratio 0.444444444444444 member"],
    );
    check("It was the 21st visit and the third attempt.", &["21st=ordinal 21", "third=ordinal 3"]);
}

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
    assert_eq!(change.baseline_period, figures.get(3).map(|figure| figure.id()));
    assert_eq!(change.baseline_value.map(|value| value.to_string()).as_deref(), Some("2000000000"));
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
fn dates() {
    check("It opened on 30 August 2022.", &["30 August 2022=date 2022-08-30"]);
    check(
        "It opened on Aug. 30, 2022, and on 2022-08-31.",
        &["Aug. 30, 2022=date 2022-08-30", "2022-08-31=date 2022-08-31"],
    );
    check("Signed 8/30/2022.", &["8/30/2022=date 2022-08-30"]);
    check("In August 2021 and in 2019 it rained.", &["August 2021=date 2021-08", "2019=date 2019"]);
    check("Exports grew in January-July 2022.", &["January-July 2022=period 2022-01/2022-07"]);
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
        "It began in July and ended earlier this month.",
        &["July=date 2022-07", "earlier this month=date 2022-08"],
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
fn no_figures() {
    for text in [
        "The bottom half of the table.",
        "The F-16 and the G20 and COVID-19.",
        "After 9/11 they were there 24/7.",
        "Call 555-1234 or 202-555-0147.",
        "Ring 202 555 0147 now.",
        "A Boeing 737 landed.",
        "See page 12.",
        "Version 2.4.1 is out.",
        "Agent 007 came.",
        "They may march.",
    ] {
        check(text, &[]);
    }
}

#[test]
fn options_work() {
    let document =
        analyzed("Signed 5/6/2022, the third time.", DATE, r#"{"day_first": true, "ordinals": false}"#);
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["5/6/2022=date 2022-06-05"]);
    assert!(build::<FigureStage>(r#"{"dayfirst": true}"#).is_err());
}

#[test]
fn hostile_text_is_read_in_linear_time() {
    for piece in [
        "9",
        "1,",
        "and ",
        "two hundred and ",
        "between 3 and ",
        "12-",
        "1/",
        "half a ",
        "July ",
        "same period last year ",
        "% ",
        "$",
        "€1 to ",
        "hundred ",
        "one hundred ",
        "two and two thirds ",
        "a half and a half ",
        "5 km 3 m ",
        "$5 per kg per km a day ",
        "km / km / km ",
        "the end of the end of ",
        "from May to ",
        "May 2 to June 3 through ",
        "rose 5% to $5 from $4 ",
        "3 days after ",
        "last week of last week of ",
        "4 years, 7 months, ",
        "first second third ",
        "Easter ",
        "1e",
        "1x10^",
        "-",
        "doubled ",
        "1.000",
        "2 x 10",
        "the day before ",
        "a month after ",
        "10 to 11 ",
        "quarter of a ",
        "two more ",
        "aged 5 and ",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let started = std::time::Instant::now();
        analyzed(&text, DATE, "");
        assert!(started.elapsed().as_secs() < 20, "{piece}");
    }
    for text in [
        "½",
        "-",
        "$",
        "€€€5",
        "5e",
        "٣ kilos",
        "1 000 000 $",
        "’90s",
        "1/2/3/4/5",
        "99/99/9999",
        "31 February 2022",
        "−",
    ] {
        analyzed(text, DATE, "");
    }
}

#[test]
fn units_of_ones_own() {
    let path = std::env::temp_dir().join(format!("copydesk-units-{}.toml", std::process::id()));
    let file = "[[unit]]\ncode = \"[smoot]\"\nname = \"smoot\"\nforms = [\"smoot+\"]\nsi = \"1.7018 m\"\n";
    assert!(std::fs::write(&path, file).is_ok());
    let options = format!(r#"{{"units": [{:?}]}}"#, path.to_string_lossy());
    let document = analyzed("The bridge is 364 smoots long.", DATE, &options);
    let view = document.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["364 smoots=quantity 364 [smoot]"]);
    let si = view.figures().next().and_then(|figure| figure.si());
    assert_eq!(si.map(|si| (si.low.to_string(), si.unit)), Some(("619.4552".to_owned(), "m")));
    assert!(std::fs::write(&path, "[[unit]]\nnome = \"smoot\"\n").is_ok());
    assert!(build::<FigureStage>(&options).is_err());
    let _ = std::fs::remove_file(&path);
    assert!(build::<FigureStage>(&options).is_err());
}

#[test]
fn units_with_their_si_values() {
    let si = |text: &str| {
        let document = analyzed(text, DATE, "");
        let view = document.view();
        view.figures().next().and_then(|figure| figure.si()).map(|si| format!("{} {}", si.low, si.unit))
    };
    assert_eq!(si("It is 5 miles away.").as_deref(), Some("8046.72 m"));
    assert_eq!(si("The wind blew at 36 km/h.").as_deref(), Some("10 m/s"));
    assert_eq!(si("A plant of 2.5 GW.").as_deref(), Some("2500000000 W"));
    assert_eq!(si("It was 77 degrees Fahrenheit.").as_deref(), Some("298.15 K"));
    assert_eq!(si("A farm of 3 square kilometres.").as_deref(), Some("3000000 m2"));
    assert_eq!(si("She earned 5 dollars."), None);
    assert!(crate::table::BUILT_IN.count >= 500, "{}", crate::table::BUILT_IN.count);
}

/// Ten megabytes in one document take no longer a byte than one does.
#[test]
fn ten_megabytes_of_hostile_text_take_ten_times_one() {
    for piece in [
        "7",
        "1,",
        "one hundred and ",
        "5 km per 3 m/s per ",
        "rose 5% to 3, up from 2 ",
        "cut the first of 9 (3) by the quarter ended June 5 ",
    ] {
        let time = |bytes: usize| {
            let text = piece.repeat(bytes / piece.len());
            let started = std::time::Instant::now();
            analyzed(&text, DATE, "");
            started.elapsed().as_secs_f64()
        };
        let (one, ten) = (time(1_000_000), time(10_000_000));
        // A tenfold text that cost the square would take a hundred times as long.
        assert!(ten < 40.0 * one.max(0.02), "{piece}: {one} s, then {ten} s");
    }
}

#[test]
fn any_mixture_of_pieces_is_read_without_a_panic() {
    const PIECES: [&str; 100] = [
        "5",
        "12",
        "2019",
        "1,200",
        "3.5bn",
        "21st",
        "90s",
        "½",
        "-",
        "–",
        "—",
        "−",
        "/",
        ":",
        ".",
        ",",
        "(",
        ")",
        "$",
        "€",
        "%",
        "°C",
        "one",
        "two",
        "twenty",
        "hundred",
        "and",
        "a",
        "half",
        "third",
        "million",
        "thousands",
        "of",
        "dozen",
        "July",
        "May",
        "Tuesday",
        "last",
        "same",
        "period",
        "year",
        "quarter",
        "second",
        "the",
        "from",
        "to",
        "between",
        "in",
        "more",
        "than",
        "up",
        "fell",
        "by",
        "km",
        "per",
        "hour",
        "tonnes",
        "people",
        "pounds",
        "p.m.",
        "US",
        "RM17",
        "’s",
        "\n",
        "ended",
        "through",
        "ago",
        "earlier",
        "prior",
        "for every",
        "100,000",
        "square",
        "absolute",
        "zero",
        "below",
        "degrees",
        "on",
        "scale",
        "Celsius",
        "tripled",
        "twofold",
        "points",
        "percentage",
        "at",
        "pace",
        "cut",
        "its",
        "with",
        "compared",
        "against",
        "EDT",
        "UTC",
        "+",
        "Eastern",
        "No",
        "ranked",
        "first",
        "out",
        "cases",
        "C$6",
    ];
    let mut state = 0x2545_f491_4f6c_dd1du64;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state
    };
    for _ in 0..8_000 {
        let mut text = String::new();
        for _ in 0..24 {
            text.push_str(PIECES[(next() % PIECES.len() as u64) as usize]);
            if next() % 3 > 0 {
                text.push(' ');
            }
        }
        analyzed(&text, if next() % 2 == 0 { DATE } else { None }, "");
    }
}

#[test]
fn rates_of_counts() {
    check(
        "There are 420 people per square kilometre and 3 doctors per 1,000 residents.",
        &["420=count 420 people per square kilometre", "3=count 3 doctor per 1,000 residents"],
    );
    check("A rate of 350 thefts per million inhabitants.", &["350=count 350 theft per million inhabitants"]);
    check(
        "The shares cost C$6 (US$4.50) per unit.",
        &["C$6=money 6 Canadian dollar per unit", "US$4.50=money 4.5 US dollar per unit"],
    );
    check("It emits 120 grams of soot per kilometre.", &["120 grams=quantity 120 g/km"]);
}

#[test]
fn places_in_a_row() {
    check("She came 12th out of 180 swimmers.", &["12th=ordinal 12"]);
    check("It is the third-largest port.", &["third=ordinal 3"]);
    check("He was ranked No. 4 in the world.", &["4=ordinal 4"]);
    check("Teams between the sixth and the ninth play again.", &["sixth and the ninth=ordinal 6..9"]);
    check("She was the first person and the first party to win.", &["first=ordinal 1", "first=ordinal 1"]);
    // Names tell no place.
    check("The 22nd Amendment and a third-party audit came up in the final third.", &[]);
    check("He lives on 9th Avenue.", &[]);
}

#[test]
fn scores_keep_their_order() {
    check("The side won 2-1 after a 0-3 defeat.", &["2-1=other 2-1", "0-3=other 0-3"]);
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
fn what_comes_again() {
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
fn parts_of_a_unit() {
    check(
        "Rates went up by three-quarters of a percentage point.",
        &["three-quarters of a percentage point=percent 0.75 pp up"],
    );
    check("It took one hour and a half.", &["one hour and a half=duration PT1.5H h"]);
    check("A budget of $20-plus trillion.", &["$20-plus trillion=money 20000000000000 USD at_least"]);
    check("A couple of hundred guards stood there.", &["A couple of hundred=count 200 guard"]);
    check("They sold it for a few hundred yuan.", &["hundred yuan=money 100..1000 CNY"]);
    check("He is 6'3\" tall.", &["6'3\"=quantity 75 in"]);
    check("He will pick up at least 58 votes.", &["58=count 58 vote at_least"]);
    check("It lost 3 million and a half.", &["3 million and a half=count 3500000"]);
    check("Atoms rest at absolute zero.", &["absolute zero=quantity 0 K"]);
    check("It was −40° on the Fahrenheit scale.", &["−40° on the Fahrenheit scale=quantity -40 degF"]);
    check("It was 10 below zero.", &["10 below zero=quantity -10 degree"]);
    check("Net income was ($99.99).", &["$99.99=money -99.99 USD"]);
    check("Net income was £80 ($99.99).", &["£80=money 80 GBP", "$99.99=money 99.99 USD"]);
    check("The error is +/-3 percentage points.", &["3 percentage points=percent 3 pp"]);
    check("Give or take plus or minus 3 percentage points.", &["3 percentage points=percent 3 pp"]);
}

#[test]
fn careless_and_spoken_numbers() {
    check("He died aged five.", &["five=quantity 5 a"]);
    check(
        "She is in her 40s, he in his late twenties.",
        &["40s=quantity 40..49 a", "twenties=quantity 20..29 a"],
    );
    check("It measures 3.5 x 7 cm.", &["3.5=quantity 3.5 cm", "7 cm=quantity 7 cm"]);
    check("It weighed two-and-a-half pounds.", &["two-and-a-half pounds=quantity 2.5 lb"]);
    check("Add 2 and 1/2 cups.", &["2 and 1/2 cups=quantity 2.5 [cup_us]"]);
    check("The flat has 250 sq. ft. of floor.", &["250 sq. ft.=quantity 250 ft2"]);
    check("It was 98.6F outside.", &["98.6F=quantity 98.6 degF"]);
    check(
        "They stole US$300 million and 1.7 million, respectively.",
        &["US$300 million=money 300000000 USD", "1.7 million=money 1700000 USD"],
    );
    check(
        "The car costs 2.4 million yen ($22,000) and the van 2.1 million ($20,000).",
        &[
            "2.4 million yen=money 2400000 JPY",
            "$22,000=money 22000 USD",
            "2.1 million=money 2100000 JPY",
            "$20,000=money 20000 USD",
        ],
    );
    check("It makes 40 gigawatt-hours a year.", &["40 gigawatt-hours a year=quantity 40 GW.h/a"]);
    check("It is a 5,125-square-foot space.", &["5,125-square-foot=quantity 5125 ft2"]);
    check("Under section 110B of post 681365594273267717.", &[]);
    check("It sells for €12,50.", &["€12,50=money 12.5 EUR"]);
}

#[test]
fn a_month_that_is_to_come() {
    let december = analyzed("Traders see a December cut.", Some("2022-10-12"), "");
    let view = december.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["December=date 2022-12"]);
    let told = analyzed("Rates fell after a December cut.", Some("2022-10-12"), "");
    let view = told.view();
    let found: Vec<String> = view.figures().map(|figure| describe(&view, figure)).collect();
    assert_eq!(found, ["December=date 2021-12"]);
}
