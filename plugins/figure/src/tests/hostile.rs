//! Text that was made to harm: it costs no more a byte, and never a panic.

use super::{DATE, analyzed};

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
        "aged 14, 15, ",
        "7 kg per ha per year a ",
        "killing six and ",
        "rose a modest 5% and ",
        ", which was expected to cost 5, ",
        "the average average was 5 ",
        "between now and May 5 and ",
        "4 to 1 vote of ",
        "first two weeks of May of ",
        "a - b - was 5 ",
        "doubled their doubled ",
        "coal- and gas- and ",
        "6-foot-2-",
        "two two two ",
        "daily monthly ",
        "of taxpayers’ ",
        "and is 5 and is 5 ",
        "cattle, sheep and ",
        ", however, ",
        ", which rose 5, ",
        "dropping 5%, falling 4%, ",
        "[1, ",
        "over 5 and under ",
        "1e400 ",
        "x 10^",
        "first half of May of ",
        "points to 5%, down 9 ",
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

/// Ten megabytes in one document take no longer a byte than one does.
#[test]
fn ten_megabytes_of_hostile_text_take_ten_times_one() {
    for piece in [
        "7",
        "1,",
        "one hundred and ",
        "5 km per 3 m/s per ",
        "rose 5% to 3, up from 2 ",
        "and is 5 and rose 6, 7, ",
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
    const PIECES: [&str; 146] = [
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
        "daily",
        "annually",
        "per",
        "year",
        "killing",
        "zero",
        "there",
        "Orthodox",
        "Easter",
        "Chinese",
        "New",
        "now",
        "until",
        "foot",
        "’",
        "s",
        "doubled",
        "their",
        "to",
        "vote",
        "oh",
        "three",
        "thirty",
        "point",
        "magnitude",
        "worth",
        "expected",
        "average",
        "held",
        "or",
        "e400",
        "x 10^",
        "[",
        "point",
        "aged",
        "something",
        "octogenarian",
        "BC",
        "AD",
        "twice",
        "coming",
        "however",
        "which",
        "dropping",
        "respectively",
        "date",
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
