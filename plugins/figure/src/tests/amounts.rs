//! Money, percentages, quantities, counts, numbers of every form.

use super::check;

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
    // Names do not show a place.
    check("The 22nd Amendment and a third-party audit came up in the final third.", &[]);
    check("He lives on 9th Avenue.", &[]);
}

#[test]
fn scores_keep_their_order() {
    check("The side won 2-1 after a 0-3 defeat.", &["2-1=other 2-1", "0-3=other 0-3"]);
}

#[test]
fn parts_of_a_unit() {
    check(
        "Rates went up by three-quarters of a percentage point.",
        &["three-quarters of a percentage point=percent 0.75 pp up"],
    );
    check("It took one hour and a half.", &["one hour and a half=duration PT1.5H h"]);
    check("A budget of $20-plus trillion.", &["$20-plus trillion=money 20000000000000 USD at_least"]);
    check("A couple of hundred guards stood there.", &["A couple of hundred=count 200 guard about"]);
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
        "The ports lost US$640 million and 3.2 million, respectively.",
        &["US$640 million=money 640000000 USD", "3.2 million=money 3200000 USD"],
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
