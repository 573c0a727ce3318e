//! The rules of the stage by name.

copydesk_core::rules! {
    /// The model's own word.
    MODEL = Finds "model" {
        what: "Marks a name that the trained recogniser found, with the kind that it gave.",
        why: "Most names are in no list; the words around them and the rest of the document tell.",
        example: "The mayor of Brevik, [Jonas Lindqvist], resigned on Monday.",
        counterexample: "The mayor of Brevik [resigned] on Monday.",
    }
    /// Storms and tournaments.
    EVENT_CUE = Finds "model-and-event-cue" {
        what: "Makes an event of a name whose own words, or the word before it, say so.",
        why: "Storms bear the names of people, and the model knows no kind for tournaments and wars.",
        example: "Forecasters said [Hurricane Odette] would reach the coast by Friday.",
        counterexample: "Forecasters said [Odette Marlin] would reach the coast by Friday.",
    }
    /// Treaties and acts.
    LAW_CUE = Finds "model-and-law-cue" {
        what: "Makes a law of a name that ends in a word for one: act, treaty, convention, agreement.",
        why: "The model puts laws, events and works under one label.",
        example: "Senators voted for the [Clean Harbours Act] on Tuesday.",
        counterexample: "Senators voted for the [Clean Harbours Party] on Tuesday.",
    }
    /// Things made and sold.
    PRODUCT_CUE = Finds "model-and-product-cue" {
        what: "Makes a product of a name that ends in a word for one.",
        why: "The model puts products under the label of everything else.",
        example: "The app runs on an [iPad] only.",
        counterexample: "The app runs on a [tablet] only.",
    }
    /// Books and films.
    WORK_MARKS = Finds "model-and-quotation-marks" {
        what: "Makes a work of a name of no kind that stands in quotation marks.",
        why: "Titles of books, films and songs are printed so.",
        example: "Her new novel, “[The Glass Orchard]”, came out in May.",
        counterexample: "Her new novel came out in [May].",
    }
    /// Clubs, firms and rivers.
    NO_PERSON = Finds "model-and-no-person-cue" {
        what: "Makes an organisation or a place of what the model took for a person and a word of its own tells otherwise.",
        why: "“Dynamo Brevik” and “Orkla River” are built like names of people.",
        example: "Goals in either half gave [Dynamo Brevik] a win at home.",
        counterexample: "Goals in either half gave [Lars Brevik] a win at home.",
    }
    /// Authorities and the like.
    ORGANIZATION = Finds "model-and-organization-cue" {
        what: "Makes an organisation of a name of no kind that ends in a word for one.",
        why: "The model is unsure of institutions that it never met.",
        example: "Good morning [Twitter], have a good day.",
        counterexample: "Good morning [Anna], have a good day.",
    }
    /// Letters that the text spelt out.
    ACRONYM_OF_NAME = Finds "acronym-of-name" {
        what: "Takes letters for the organisation named before whose words begin with them.",
        why: "News writes the name once and its letters afterwards, with or without brackets.",
        example: "The Nordvik Fisheries Board met on Monday. Members of the [NFB] were divided.",
        counterexample: "The Nordvik Fisheries Council met on Monday. Members of the [NFB] were divided.",
    }
    /// Letters in brackets.
    INTRODUCED_ACRONYM = Finds "introduced-acronym" {
        what: "Takes letters for the name behind which brackets introduced them.",
        why: "The brackets say that they are one.",
        example: "The Union of Harbour Workers (Unihaw) called a strike. [Unihaw] wants higher pay.",
        counterexample: "The Union of Harbour Workers called a strike. [Workers] want higher pay.",
    }
    /// One name, several things.
    SHARED_NAME = Finds "shared-name" {
        what: "Tells by the neighbours which of several things of one name is meant: the state of Georgia or the country.",
        why: "A wrong country code is worse than none.",
        example: "The firm moved from Alabama to Atlanta, [Georgia], in spring.",
        counterexample: "The firm moved from Berlin to [Hamburg] in spring.",
    }
    /// The West.
    THE_WEST = Finds "the-west" {
        what: "Takes “the West” for a place where it is no point of the compass.",
        why: "The model takes it for one thing here and for another there.",
        example: "He said that the [West] had broken its word.",
        counterexample: "He said that the [west] of the town was flooded.",
    }
    /// Products by the noun behind them.
    PRODUCT_CONTEXT = Finds "product-context" {
        what: "Takes a capitalised word for a product where a word such as “app” or “browser” stands behind it.",
        why: "Products have names that are in no list and look like nothing else.",
        example: "Riders pay with the [Tonka] app at every stop.",
        counterexample: "Riders pay with the [Tonka] at every stop.",
    }
    /// The firm's short name behind its long one.
    NAMED_AGAIN = Finds "named-again" {
        what: "Takes the first word of a firm's name for the firm where it stands right behind the name.",
        why: "The stop of “Ltd.” ends the sentence too, which hides that the next word is a name.",
        example: "The mill belongs to Velden Foods Ltd. [Velden] owns nine more.",
        counterexample: "The mill belongs to Velden Foods Ltd. [Farmers] own nine more.",
    }
    /// Hyphens and particles.
    JOINED = Finds "joined" {
        what: "Makes one name of the parts that hyphens and particles join: “Mazar-i-Sharif”, “van den Broek”.",
        why: "The model meets few such names and cuts them at the small words.",
        example: "Prawit [Chan-o-cha] left the palace on Friday.",
        counterexample: "The [Oslo-based] firm left the city on Friday.",
    }
    /// Brands that end in 's.
    BRAND = Finds "brand" {
        what: "Takes the ’s into a listed brand's name, and into a chain's where no noun follows.",
        why: "“McDonald’s” is the firm, “McDonald” is a man.",
        example: "Burgers at [McDonald's] cost more now.",
        counterexample: "Ann McDonald won, and [McDonald's] lawyer was glad.",
    }
    /// Places of datelines.
    DATELINE = Finds "dateline" {
        what: "Makes places of the words in capitals in front of the dash that opens a report.",
        why: "In capitals a town looks like an acronym or a person.",
        example: "[TROY], N.C. — A man was hurt on Monday.",
        counterexample: "[UPDATE] — A man was hurt on Monday.",
    }
    /// Firms called like people.
    FIRM = Finds "firm-context" {
        what: "Makes an organisation of a person's name that is a listed firm's or stands beside shares, analysts or “a maker of”.",
        why: "“Morgan Stanley” is built like a name of a person.",
        example: "Shares of [Marlin Voss] rose 4 percent after the results.",
        counterexample: "Friends of [Marlin Voss] rose to applaud.",
    }
    /// Ships.
    SHIP = Finds "ship-context" {
        what: "Makes a product of the name behind a word for a ship.",
        why: "Ships are called like people and towns.",
        example: "The ferry [Dona Paz] sank in 1987.",
        counterexample: "The singer [Dona Paz] sang in 1987.",
    }
    /// Clubs called like towns.
    CLUB = Finds "club-context" {
        what: "Makes a club of a town that beats another one or has a striker, where the sentence tells of a match.",
        why: "Reports of sport call clubs by their towns.",
        example: "[Liverpool] beat Brentford 2-1 on Saturday.",
        counterexample: "[Chile] beat Peru 2-1 on Saturday.",
    }
    /// Places called like people.
    VISITED = Finds "visited" {
        what: "Makes a place of a listed place's name behind a verb of travelling.",
        why: "“Jordan” is a man here and a country there.",
        example: "Jordan Moe visited [Jordan] in May.",
        counterexample: "Jordan Moe thanked [Jordan] in May.",
    }
    /// A person's surname, and a party's short name.
    NAMED_BEFORE = Finds "surname-of-person" {
        what: "Takes a capitalised word for the person named in full elsewhere whose surname it is.",
        why: "Surnames such as “Law” and “Young” are words, which the model leaves out where they stand alone.",
        example: "Judge Peter Law ruled against the city. [Law] gave no date.",
        counterexample: "Judge Peter Berg ruled against the city. [Law] gave no date.",
    }
    /// People whom a pronoun tells.
    CALLED = Finds "subject-before-pronoun" {
        what: "Takes a capitalised word for a person where it is the subject nearest before “he” or “she” and no list knows it.",
        why: "Excerpts name people by surname alone, which the model leaves out or takes for a firm.",
        example: "[Hedmark] has worked as a coach since he left the team.",
        counterexample: "[Hedmark] has worked as a port since it left the union.",
    }
    /// People by two words.
    GIVEN_AND_SURNAME = Finds "given-and-surname" {
        what: "Takes a listed given name and a listed surname for a person where a verb or an age follows.",
        why: "The model leaves out “Faith Stone”, whose names are words.",
        example: "[Rose Marsh], 81, sold her house.",
        counterexample: "[Hope] is what the court told her of.",
    }
    /// Acronyms with stops.
    DOTTED_ACRONYM = Finds "dotted-acronym" {
        what: "Takes three or more capitals with stops behind “the” for an organisation.",
        why: "Printed so, they are nothing else.",
        example: "The [F.A.O.] sent seed.",
        counterexample: "He came at nine [p.m.] and gave no reason.",
    }
    /// Parties by one word.
    PARTY = Finds "party" {
        what: "Takes “Labour”, “the Greens” and their like for a party.",
        why: "They are words, and no other word tells.",
        example: "[Labour] said it would oppose the bill.",
        counterexample: "He said that [labour] would become cheaper.",
    }
    /// A list of the user's.
    GAZETTEER_OPTION = Finds "gazetteer-option" {
        what: "Marks a name of the list that the option `gazetteers` names.",
        why: "Whoever made the list knows better than the model.",
        example: "Set by an option: [gazetteers].",
        counterexample: "Without a list there is [nothing] to find.",
    }
    /// A pattern of the user's.
    RULE_OPTION = Finds "rule-option" {
        what: "Marks what a pattern of the option `rules` matches.",
        why: "Whoever wrote the pattern knows better than the model.",
        example: "Set by an option: [rules].",
        counterexample: "Without a pattern there is [nothing] to find.",
    }
    /// Salem, N.H.
    TOWN_OF_STATE = Finds "town-of-state" {
        what: "Makes a place of a name before the dotted letters of a state.",
        why: "Towns are called like people; behind them stands where they lie.",
        example: "A 52-year-old [Salem], N.H., resident spoke.",
        counterexample: "A friend of [Lindsay Berg] called the police.",
    }
    /// Among Holm, Lind and Berg.
    AMONG_PEOPLE = Finds "surname-among-people" {
        what: "Makes a person of a firm's name in a row with people, where it is somebody's surname in the text.",
        why: "“Bloomberg” is a firm and a man.",
        example: "Voters know Michael Bloomberg. In a race between [Bloomberg], Anna Holm and Jonas Lind he would lose.",
        counterexample: "He gave an interview to [Bloomberg] on Monday.",
    }
    /// Columnist Ruth Holm.
    GIVEN_NAME = Finds "given-name" {
        what: "Makes a person of an uncertain organisation whose name is a given name and a surname of the text, or that a role introduces.",
        why: "No body is called “Chelsea Berg”.",
        example: "The Brevik Post columnist [Ruth Marsh] has been critical of the plan.",
        counterexample: "The [Brevik Post] has been critical of the plan.",
    }
    /// The option `kinds`.
    OTHER_KIND = HoldsBack "other-kind" {
        what: "Holds back entities of kinds that the option `kinds` does not name.",
        why: "The user asked for other kinds.",
        example: "Set by an option: [kinds].",
        counterexample: "Without the option [all] kinds are given.",
    }
    /// The option `min_confidence`.
    UNSURE = HoldsBack "unsure" {
        what: "Holds back entities below the option `min_confidence`.",
        why: "The user asked for surer ones.",
        example: "Set by an option: [min_confidence].",
        counterexample: "Without the option [all] names that the model accepts are given.",
    }
}
