//! The rules of the stage by name.

copydesk_core::rules! {
    ABSOLUTE_ZERO = Finds "absolute-zero" {
        what: "Reads “absolute zero” as its temperature.",
        why: "It is the name of a number.",
        example: "Helium was cooled to near [absolute zero] in the tank.",
        counterexample: "The bill was reduced to [nothing].",
    }
    AFTER_NEXT = Finds "after-next" {
        what: "Reads the week, month or year after the next one.",
        why: "It is counted from the day of publication.",
        example: "The vote will take place [the week after next].",
        counterexample: "The vote will take place [after lunch].",
    }
    AGE = Finds "age" {
        what: "Reads a number between commas after a name, or after “at” and “died”, as an age.",
        why: "“Years old” is left out there; the position shows it.",
        example: "Ingrid Falk, [40], was hurt in the crash.",
        counterexample: "Lot [40] was sold.",
    }
    AGE_IN_TENS = Finds "age-in-tens" {
        what: "Reads an age by its decade: “in her forties”.",
        why: "It is a range of ages.",
        example: "A woman [in her forties] was rescued.",
        counterexample: "A woman [in her flat] was rescued.",
    }
    AGED_GROUP = Finds "aged-group" {
        what: "Reads the bounds of a group's age.",
        why: "“Over-60s” counts nobody; it bounds an age.",
        example: "Vaccines went to the [over-60s] first.",
        counterexample: "Vaccines went to [everybody] first.",
    }
    AGO = Finds "ago" {
        what: "Reads a length of time before the day of publication.",
        why: "It is a date if that day is known.",
        example: "The bridge closed [three weeks ago].",
        counterexample: "The bridge closed for [three weeks].",
    }
    BEFORE_LAST = Finds "before-last" {
        what: "Reads the week, month or year before the last one.",
        why: "It is counted from the day of publication.",
        example: "The strike began [the week before last].",
        counterexample: "The strike began [before noon].",
    }
    CENTURY = Finds "century" {
        what: "Reads a century as its first and last day.",
        why: "A century has no ISO 8601 date.",
        example: "The church dates from the [15th century].",
        counterexample: "The church is the [15th] of its kind.",
    }
    COIN = Finds "coin" {
        what: "Reads a text that is nothing but the name of a coin, such as the cell of a table.",
        why: "There is no year that quarters could be parts of.",
        example: "[four quarters]",
        counterexample: "Sales rose in [four quarters].",
    }
    COUNTED_NOUN = Finds "counted-noun" {
        what: "Reads a number and the noun that it counts.",
        why: "The counted noun is the unit of a count.",
        example: "Police arrested [12 demonstrators].",
        counterexample: "Police arrested [demonstrators].",
    }
    CURRENCY = Finds "currency" {
        what: "Reads an amount after a currency's sign or code.",
        why: "Signs differ by country; the document's places decide.",
        example: "The harbour cost [€3.5bn].",
        counterexample: "The harbour cost [a fortune].",
    }
    DATE = Finds "date" {
        what: "Reads a calendar date.",
        why: "Day, month and year are written in many orders.",
        example: "The court sat on [14 May 2021].",
        counterexample: "The court sat in [May].",
    }
    DAY_OF_MONTH = Finds "day-of-month" {
        what: "Reads the day of a month that is not named.",
        why: "It is the one nearest to the day of publication.",
        example: "The ferry stopped running [on the 14th].",
        counterexample: "The ferry is the [14th] of its class.",
    }
    DAYS = Finds "days" {
        what: "Reads several days of a month as a period.",
        why: "A list or range of days has one month.",
        example: "The fair runs [14-16 May 2021].",
        counterexample: "The fair has [14] stalls.",
    }
    DECADE = Finds "decade" {
        what: "Reads a decade as its first and last day.",
        why: "A decade has no ISO 8601 date.",
        example: "The dam was built in the [1950s].",
        counterexample: "The dam was built in [1950].",
    }
    EARLIER = Finds "earlier" {
        what: "Reads a length of time before another one.",
        why: "“A year earlier” is counted from a time that the text mentioned.",
        example: "Sales were higher [a year earlier].",
        counterexample: "Sales were higher [in the north].",
    }
    ELIDED_UNIT = Finds "elided-unit" {
        what: "Gives a bare number the unit of the figure before it.",
        why: "“From 340 million readers to 390 million” leaves out the counted noun the second time.",
        example: "The site had 340 million readers in May, which rose to [390 million] in June.",
        counterexample: "The gate is number [5].",
    }
    END_OF_PERIOD = Finds "end-of-period" {
        what: "Reads the ends of a period that are dates of their own.",
        why: "Other figures can refer to each end.",
        example: "The fair lasted from [14 May 2021] to 16 June 2021.",
        counterexample: "The fair lasted for [days].",
    }
    FACTOR = Finds "factor" {
        what: "Reads the number after “a factor of” as a ratio.",
        why: "It says by how many times something changed.",
        example: "Output grew by a factor of [3] in a year.",
        counterexample: "He was fined [three times].",
    }
    FISCAL_YEAR = Finds "fiscal-year" {
        what: "Reads a fiscal year.",
        why: "It is not a calendar year, but is named like one.",
        example: "Profit rose in [fiscal 2021].",
        counterexample: "Profit rose in [2021].",
    }
    FORTNIGHT = Finds "fortnight" {
        what: "Reads a fortnight as its days.",
        why: "It is two weeks.",
        example: "The road was shut [this fortnight].",
        counterexample: "Rain is forecast for [the coast].",
    }
    FRACTION = Finds "fraction" {
        what: "Reads a fraction in words or figures.",
        why: "“Two thirds” is a ratio of a whole.",
        example: "[Two thirds] of the voters stayed at home.",
        counterexample: "[Two] of the voters stayed at home.",
    }
    FROM_NOW = Finds "from-now" {
        what: "Reads a length of time after the day of publication.",
        why: "It is a date if that day is known.",
        example: "The permit ends [two years from now].",
        counterexample: "The permit ends in [the north].",
    }
    FROM_TO = Finds "from-to" {
        what: "Reads a period from its two ends.",
        why: "Both ends are dates.",
        example: "The office was shut [from 3 May to 9 July 2021].",
        counterexample: "The office was moved [from Brevik to Velden].",
    }
    HALF_MONTH = Finds "half-month" {
        what: "Reads the first or second half of a month.",
        why: "It is a period of days.",
        example: "Prices rose in the [first half of May].",
        counterexample: "Prices rose in the [first] shop.",
    }
    HOLIDAY = Finds "holiday" {
        what: "Reads the day of a holiday.",
        why: "Holidays fall on a date each year.",
        example: "Shops are closed on [Christmas Day].",
        counterexample: "Shops are closed on [the quay].",
    }
    IN = Finds "in" {
        what: "Reads “in” and a length of time as a future day.",
        why: "With a verb of the future it is a date.",
        example: "The new term will begin [in three weeks].",
        counterexample: "The wall was built [in three weeks].",
    }
    INTERVAL = Finds "interval" {
        what: "Reads an interval in mathematical notation.",
        why: "Two numbers with a comma in brackets, one of them square, are bounds.",
        example: "The estimate lies in [(2.1, 3.4]].",
        counterexample: "The estimate lies in [between].",
    }
    LATER = Finds "later" {
        what: "Reads a length of time after another one.",
        why: "It is counted from a time that the text mentioned.",
        example: "The bridge collapsed [two days later].",
        counterexample: "The bridge collapsed in [two] places.",
    }
    MONTH = Finds "month" {
        what: "Reads a month with or without its year.",
        why: "It is the one nearest to the day of publication.",
        example: "The ferry was sold in [May 2021].",
        counterexample: "The ferry was sold in [Brevik].",
    }
    MONTHS = Finds "months" {
        what: "Reads several months as a period.",
        why: "They share one year.",
        example: "Exports fell in [January-July 2022].",
        counterexample: "Exports fell in [July].",
    }
    MULTIPLE = Finds "multiple" {
        what: "Reads a verb or adjective that multiplies: doubled, threefold.",
        why: "It is a ratio of change.",
        example: "Rents have [doubled] since the fair.",
        counterexample: "Rents have [risen] since the fair.",
    }
    NTH = Finds "nth" {
        what: "Reads the nth day or week of a period.",
        why: "“The first Monday in May” is one date.",
        example: "The council meets on the [first Monday in May 2021].",
        counterexample: "The council met its [first] test.",
    }
    NUMBER = Finds "number" {
        what: "Reads a number without a unit.",
        why: "It may count something that the sentence leaves out.",
        example: "The index closed at [4,210.5] on Monday.",
        counterexample: "The index closed [lower] on Monday.",
    }
    ORDINAL = Finds "ordinal" {
        what: "Reads an ordinal.",
        why: "“The third ship” is a rank, not a fraction.",
        example: "It was her [third] book.",
        counterexample: "It was her [best] book.",
    }
    ORDINAL_RANGE = Finds "ordinal-range" {
        what: "Reads a range of ordinals.",
        why: "“Between the sixth and the ninth” has two ends.",
        example: "Pupils from [first to third] grade stayed at home.",
        counterexample: "Runners finished in [Brevik].",
    }
    PART_OF_POINT = Finds "part-of-point" {
        what: "Reads parts of a percentage point.",
        why: "“Half a point” of a rate is a percentage point.",
        example: "The bank raised its rate by [half a point].",
        counterexample: "The bank raised [a point] of order.",
    }
    PATTERN = Finds "pattern" {
        what: "Reads a date that matches a row of the table of patterns.",
        why: "Dates of a fixed shape are data, which users can extend.",
        example: "The fair opened in [mid-August].",
        counterexample: "She ran the [Mid-American] Mile.",
    }
    PERCENTAGE_OF = Finds "percentage-of" {
        what: "Reads the number after “percentage of” as a percentage.",
        why: "There, the unit precedes the number.",
        example: "She has a shooting percentage of [45.2] this season.",
        counterexample: "About [60] members voted.",
    }
    QUARTER = Finds "quarter" {
        what: "Reads a quarter of a year.",
        why: "It is a period of three months.",
        example: "Profit fell in the [second quarter of 2021].",
        counterexample: "Profit fell by a [quarter].",
    }
    RANGE = Finds "range" {
        what: "Reads two numbers as a range.",
        why: "“10 to 12” has two ends.",
        example: "Waves were [10 to 12 metres] high.",
        counterexample: "Waves were [high].",
    }
    RANK = Finds "rank" {
        what: "Reads a place in a contest.",
        why: "“Third” in a race is a rank; elsewhere it may only order the narrative.",
        example: "The swimmer came [third] in the 400m.",
        counterexample: "It was her [third] book.",
    }
    RATIO = Finds "ratio" {
        what: "Reads a share of two numbers.",
        why: "“One in five” is a ratio.",
        example: "[One in five] homes has no heating.",
        counterexample: "[One] of the homes has no heating.",
    }
    RELATIVE = Finds "relative" {
        what: "Reads a day, month or year by its distance from the publication.",
        why: "“Last year” is a date if that day is known.",
        example: "The dam broke [last year].",
        counterexample: "The dam broke [last].",
    }
    RELATIVE_DAY = Finds "relative-day" {
        what: "Reads today, yesterday, tomorrow.",
        why: "They are dates if the day of publication is known.",
        example: "The vote was held [yesterday].",
        counterexample: "The vote was held [there].",
    }
    REST = Finds "rest" {
        what: "Reads the rest of a period.",
        why: "It begins on the day of publication.",
        example: "The road is shut for [the rest of the year].",
        counterexample: "The road is shut for [the rest].",
    }
    RUN_TIME = Finds "run-time" {
        what: "Reads the duration of a race.",
        why: "Minutes and seconds of a race are a duration, not a time of day.",
        example: "She finished in [2:03:14] on Sunday.",
        counterexample: "The train leaves at [4:12].",
    }
    RUNNING = Finds "running" {
        what: "Reads the end or beginning of the current period.",
        why: "“The end of the year” is that of the year of publication.",
        example: "The figures are due by [the end of the year].",
        counterexample: "The figures are due in [this] office.",
    }
    SAME_PERIOD = Finds "same-period" {
        what: "Reads “the same period” of another year.",
        why: "It is the period mentioned before, in that year.",
        example: "In March 2022 sales rose, compared with [the same month last year].",
        counterexample: "In March 2022 sales rose on [the same] street.",
    }
    SCORE = Finds "score" {
        what: "Reads the score of a match or a vote.",
        why: "Two numbers of two sides are not a range.",
        example: "Brevik beat Velden [3-1] on Saturday.",
        counterexample: "Brevik sold [3] players on Saturday.",
    }
    SEASON = Finds "season" {
        what: "Reads a season with its year.",
        why: "It is a part of a year.",
        example: "The frigate was sold in [spring 2021].",
        counterexample: "The frigate was sold in [2021].",
    }
    SET = Finds "set" {
        what: "Reads repetitions: daily, every week.",
        why: "It is a repeated length.",
        example: "The ferry sails [every week].",
        counterexample: "The ferry sails [slowly].",
    }
    SHARED_UNIT = Finds "shared-unit" {
        what: "Assigns a number the unit that its neighbour names for both.",
        why: "“10, 12 and 15 metres” names it once.",
        example: "Masts of [10], 12 and 15 metres were sold.",
        counterexample: "Lot [10] was sold.",
    }
    SHIFTED = Finds "shifted" {
        what: "Reads a date by its distance from another one.",
        why: "“Two days before Christmas” is a date.",
        example: "The ship left [two days before Christmas].",
        counterexample: "The ship left [two] anchors.",
    }
    STARTING = Finds "starting" {
        what: "Reads a length of time and the day on which it starts.",
        why: "Both together make a period.",
        example: "The road is shut for [two weeks starting May 20].",
        counterexample: "Fares start [low].",
    }
    STRETCH = Finds "stretch" {
        what: "Reads the last or next days, months or years.",
        why: "They end or begin on the day of publication.",
        example: "Prices fell over [the past three years].",
        counterexample: "Prices fell over [the harbour].",
    }
    STRETCH_TO = Finds "stretch-to" {
        what: "Reads a stretch of time up to a date.",
        why: "It has a length and an end.",
        example: "Output fell in [the three months to June].",
        counterexample: "Output fell in [the north].",
    }
    TILL_NOW = Finds "till-now" {
        what: "Reads a period from a date up to the present.",
        why: "The day of publication is its end.",
        example: "He led the firm from [2015 until now].",
        counterexample: "He led the firm until [the end].",
    }
    TIME = Finds "time" {
        what: "Reads a time of day.",
        why: "A clock time is not a count.",
        example: "The blast was heard at [3:45 p.m.] on Monday.",
        counterexample: "The blast was heard at [45] points.",
    }
    TIMES_A = Finds "times-a" {
        what: "Reads how often something happens in a length of time.",
        why: "“Twice a week” is a rate.",
        example: "The ferry sails [twice a week].",
        counterexample: "The ferry sailed [twice].",
    }
    TO_DATE = Finds "to-date" {
        what: "Reads a period up to the day of publication.",
        why: "“The year to date” ends on it.",
        example: "Losses in [the year to date] are small.",
        counterexample: "Losses on [the date] are small.",
    }
    TWO_BOUNDS = Finds "two-bounds" {
        what: "Reads a range from two bounds.",
        why: "“At least 10 but no more than 12” is one range.",
        example: "Crews of [at least 10 but no more than 12] were allowed.",
        counterexample: "Crews of [strangers] were allowed.",
    }
    UNIT = Finds "unit" {
        what: "Reads a number and its unit.",
        why: "UCUM gives units a code.",
        example: "The truck carried [42 tonnes] of sand.",
        counterexample: "The truck carried [sand].",
    }
    WEEK = Finds "week" {
        what: "Reads a week by its first and last day.",
        why: "A week has no ISO 8601 date.",
        example: "The fair opened in the [week of 14 May 2021].",
        counterexample: "The fair opened with a [week] of talks.",
    }
    WEEKDAY = Finds "weekday" {
        what: "Reads a weekday.",
        why: "It is the one nearest to the day of publication.",
        example: "The council met on [Tuesday].",
        counterexample: "The council met [twice].",
    }
    WEEKEND = Finds "weekend" {
        what: "Reads a weekend.",
        why: "It is Saturday and Sunday.",
        example: "Rain is expected over the [weekend].",
        counterexample: "The fair opens [this] door.",
    }
    WITHIN = Finds "within" {
        what: "Reads a length of time within which something will happen.",
        why: "It begins on the day of publication.",
        example: "The council will decide [within two weeks].",
        counterexample: "The council will meet [within] the walls.",
    }
    WORKWEEK = Finds "workweek" {
        what: "Reads a working week.",
        why: "It is Monday to Friday.",
        example: "Buses run late [this workweek].",
        counterexample: "Buses run late for [work].",
    }
    YEAR = Finds "year" {
        what: "Reads a year.",
        why: "Four digits in such a position are a year, not a count.",
        example: "The mill closed in [1998].",
        counterexample: "The mill made [1,998] shirts.",
    }
    YEARS = Finds "years" {
        what: "Reads two years as a period.",
        why: "“2015-17” is from one to the other.",
        example: "He was mayor in [2015-2017].",
        counterexample: "He was mayor of [Brevik].",
    }
    YUAN_SIGN = Finds "yuan-sign" {
        what: "Reads the sign that yen and yuan share.",
        why: "The document's places decide.",
        example: "Factories in Beijing sold cars for [¥90,000] each, Chinese officials said.",
        counterexample: "Factories sold cars for [cash].",
    }
    CHAIN = HoldsBack "chain-of-digits" {
        what: "Holds back several numbers joined by hyphens, dots or slashes: telephone numbers, versions, codes.",
        why: "They count nothing.",
        example: "Call [202-555-0147] for tickets.",
        counterexample: "The club sold [2,025] tickets.",
    }
    COUNTS_NOTHING = HoldsBack "counts-nothing" {
        what: "Holds back a number without a unit or a counted noun that names something, or means no more than “some”.",
        why: "It is not a figure that could be checked.",
        example: "The [three] agreed on Monday.",
        counterexample: "The [three schools] agreed on Monday.",
    }
    LABEL = HoldsBack "label" {
        what: "Holds back the number of a page, chapter, route or case.",
        why: "It says which one, not how many.",
        example: "The map is on [pages 12 to 17] of the report.",
        counterexample: "The report has [17 pages].",
    }
    NO_NUMBER = HoldsBack "no-number" {
        what: "Holds back words that look like a number and are not: division by zero, powers out of range.",
        why: "They have no value.",
        example: "The sheet showed [1/0] in that cell.",
        counterexample: "The sheet showed [1/2] in that cell.",
    }
    ORDINAL_NAME = HoldsBack "ordinal-in-name" {
        what: "Holds back ordinals that are parts of a name or of a set phrase.",
        why: "“First Lady” and “the final third” are not ranks.",
        example: "The [First] Lady opened the fair.",
        counterexample: "The team finished [first] in the league.",
    }
    PART_OF_NAME = HoldsBack "part-of-name" {
        what: "Holds back numbers inside names: of models, groups, days and viruses.",
        why: "“F-16” and “9/11” count nothing.",
        example: "Two F-[16] jets crossed the fjord.",
        counterexample: "[16 jets] crossed the fjord.",
    }
    PATTERN_NOTHING = HoldsBack "pattern-nothing" {
        what: "Holds back words that a row of the table of patterns excludes (`gives = \"nothing\"`).",
        why: "Their shape shows that they are not a figure. The option `patterns` adds rows.",
        example: "The court heard docket No. [22-cv-01234] on Monday.",
        counterexample: "The court heard [22 cases] on Monday.",
    }
    SECOND_NUMBER = HoldsBack "second-number" {
        what: "Holds back a number between another one and the noun that it counts.",
        why: "“Three old 310 Plus engines” are three.",
        example: "The airline sold three old [310] Plus engines.",
        counterexample: "The airline sold [310 engines].",
    }
    STREET = HoldsBack "street-number" {
        what: "Holds back the numbers of houses and streets.",
        why: "They say where something is.",
        example: "He lives at 4 West [12th Street] in town.",
        counterexample: "He came [12th] in the race.",
    }
    UNWANTED_ORDINAL = HoldsBack "unwanted-ordinal" {
        what: "Holds back ordinals if the option `ordinals` is false.",
        why: "The user asked for none.",
        example: "Set by an option: [ordinals].",
        counterexample: "Without the option [all] ordinals are given.",
    }
}
