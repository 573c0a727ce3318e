//! The rules of the stage by name.

copydesk_core::rules! {
    /// The model's own kind.
    MODEL = Finds "model" {
        what: "Marks a name that the trained recogniser found, with the kind that it gave.",
        why: "Most names are in no list; the words around them and the rest of the document show the kind.",
        example: "The mayor of Brevik, [Jonas Lindqvist], resigned on Monday.",
        counterexample: "The mayor of Brevik [resigned] on Monday.",
    }
    /// Storms and tournaments.
    EVENT_CUE = Finds "model-and-event-cue" {
        what: "Classifies a name as an event if its own words or the word before it show one.",
        why: "Storms have names of people, and the model has no kind for tournaments and wars.",
        example: "Forecasters said [Hurricane Odette] would reach the coast by Friday.",
        counterexample: "Forecasters said [Odette Marlin] would reach the coast by Friday.",
    }
    /// Treaties and acts.
    LAW_CUE = Finds "model-and-law-cue" {
        what: "Classifies a name as a law if it ends in a word for one: act, treaty, convention, agreement.",
        why: "The model has one label for laws, events and works.",
        example: "Senators voted for the [Clean Harbours Act] on Tuesday.",
        counterexample: "Senators voted for the [Clean Harbours Party] on Tuesday.",
    }
    /// Things made and sold.
    PRODUCT_CUE = Finds "model-and-product-cue" {
        what: "Classifies a name as a product if it ends in a word for one.",
        why: "The model gives products the label of everything else.",
        example: "The app runs on an [iPad] only.",
        counterexample: "The app runs on a [tablet] only.",
    }
    /// Books and films.
    WORK_MARKS = Finds "model-and-quotation-marks" {
        what: "Classifies a name without a kind as a work if it is in quotation marks.",
        why: "Titles of books, films and songs are often printed in quotation marks.",
        example: "Her new novel, “[The Glass Orchard]”, came out in May.",
        counterexample: "Her new novel came out in [May].",
    }
    /// Clubs, firms and rivers.
    NO_PERSON = Finds "model-and-no-person-cue" {
        what: "Classifies a name that the model took for a person as an organisation or a place if a word of the name shows it.",
        why: "“Dynamo Brevik” and “Orkla River” look like names of people.",
        example: "Goals in either half gave [Dynamo Holm] a win at home.",
        counterexample: "Goals in either half gave [Lars Holm] a win at home.",
    }
    /// Authorities and the like.
    ORGANIZATION = Finds "model-and-organization-cue" {
        what: "Classifies a name without a kind as an organisation if it ends in a word for one.",
        why: "The model is uncertain about institutions that are not in its training data.",
        example: "Good morning [Twitter], have a good day.",
        counterexample: "Good morning [Anna], have a good day.",
    }
    /// Acronyms of names in the text.
    ACRONYM_OF_NAME = Finds "acronym-of-name" {
        what: "Reads an acronym as the organisation named before whose words begin with its letters.",
        why: "News write the name once and its acronym afterwards, with or without brackets.",
        example: "The Nordvik Fisheries Board met on Monday. Members of the [NFB] were divided.",
        counterexample: "The Nordvik Fisheries Council met on Monday. Members of the [NFB] were divided.",
    }
    /// Letters in brackets.
    INTRODUCED_ACRONYM = Finds "introduced-acronym" {
        what: "Reads an acronym as the name after which brackets introduced it.",
        why: "The brackets say that both are the same.",
        example: "The Union of Harbour Workers (Unihaw) called a strike. [Unihaw] wants higher pay.",
        counterexample: "The Union of Harbour Workers called a strike. [Workers] want higher pay.",
    }
    /// One name, several things.
    SHARED_NAME = Finds "shared-name" {
        what: "Chooses among several things with one name by the words next to it: the state of Georgia or the country.",
        why: "A wrong country code is worse than none.",
        example: "The firm moved from Alabama to Atlanta, [Georgia], in spring.",
        counterexample: "The firm moved from Berlin to [Hamburg] in spring.",
    }
    /// The West.
    THE_WEST = Finds "the-west" {
        what: "Reads “the West” as a place if it is not a point of the compass.",
        why: "The model is inconsistent about it.",
        example: "He said that the [West] had broken its word.",
        counterexample: "He said that the [west] of the town was flooded.",
    }
    /// Products by the noun after them.
    PRODUCT_CONTEXT = Finds "product-context" {
        what: "Reads a capitalised word as a product if a word such as “app” or “browser” follows.",
        why: "Product names are in no list and have no typical form.",
        example: "Riders pay with the [Tonka] app at every stop.",
        counterexample: "Riders pay with the [Tonka] at every stop.",
    }
    /// The firm's short name after its long one.
    NAMED_AGAIN = Finds "named-again" {
        what: "Reads the first word of a firm's name as the firm if it comes right after the name.",
        why: "The full stop of “Ltd.” also ends the sentence, so the capital of the next word does not show a name.",
        example: "The mill belongs to Velden Foods Ltd. [Velden] owns nine more.",
        counterexample: "The mill belongs to Velden Foods Ltd. [Farmers] own nine more.",
    }
    /// Hyphens and particles.
    JOINED = Finds "joined" {
        what: "Makes one name of the parts that hyphens and particles join: “Mazar-i-Sharif”, “van den Broek”.",
        why: "Such names are rare in the training data, and the model cuts them at the small words.",
        example: "Prawit [Chan-o-cha] left the palace on Friday.",
        counterexample: "The [Oslo-based] firm left the city on Friday.",
    }
    /// Brands that end in 's.
    BRAND = Finds "brand" {
        what: "Includes the ’s in a listed brand's name, and in a chain's if no noun follows.",
        why: "“McDonald’s” is the firm, “McDonald” is a man.",
        example: "Burgers at [McDonald's] cost more now.",
        counterexample: "Ann McDonald won, and [McDonald's] lawyer was glad.",
    }
    /// Places of datelines.
    DATELINE = Finds "dateline" {
        what: "Classifies the words in capitals before the dash that opens a report as places.",
        why: "In capitals a town looks like an acronym or a person.",
        example: "[TROY], N.C. — A man was hurt on Monday.",
        counterexample: "[UPDATE] — A man was hurt on Monday.",
    }
    /// Firms named like people.
    FIRM = Finds "firm-context" {
        what: "Classifies a person's name as an organisation if it is a listed firm's or next to shares, analysts or “a maker of”.",
        why: "“Morgan Stanley” looks like the name of a person.",
        example: "Shares of [Marlin Voss] rose 4 percent after the results.",
        counterexample: "Friends of [Marlin Voss] rose to applaud.",
    }
    /// Ships.
    SHIP = Finds "ship-context" {
        what: "Classifies the name after a word for a ship as a product.",
        why: "Ships are named like people and towns.",
        example: "The ferry [Dona Paz] sank in 1987.",
        counterexample: "The singer [Dona Paz] sang in 1987.",
    }
    /// Clubs named like towns.
    CLUB = Finds "club-context" {
        what: "Classifies a town as a club if it beats another one or has a striker, in a sentence about a match.",
        why: "Sports reports call clubs by the names of their towns.",
        example: "[Liverpool] beat Brentford 2-1 on Saturday.",
        counterexample: "[Chile] beat Peru 2-1 on Saturday.",
    }
    /// Places named like people.
    VISITED = Finds "visited" {
        what: "Classifies the name of a listed place after a verb of travelling as a place.",
        why: "“Jordan” may be a man or a country.",
        example: "Jordan Moe visited [Jordan] in May.",
        counterexample: "Jordan Moe thanked [Jordan] in May.",
    }
    /// A person's surname, and a party's short name.
    NAMED_BEFORE = Finds "surname-of-person" {
        what: "Reads a capitalised word as the person named in full elsewhere with this surname.",
        why: "Surnames such as “Law” and “Young” are common words, which the model misses if they stand alone.",
        example: "Judge Peter Law ruled against the city. [Law] gave no date.",
        counterexample: "Judge Peter Berg ruled against the city. [Law] gave no date.",
    }
    /// People shown by a pronoun.
    CALLED = Finds "subject-before-pronoun" {
        what: "Reads an unlisted capitalised word as a person if it is the subject nearest before “he” or “she”.",
        why: "Excerpts name people by surname alone, which the model misses or takes for a firm.",
        example: "[Hedmark] has worked as a coach since he left the team.",
        counterexample: "[Hedmark] has worked as a port since it left the union.",
    }
    /// People by two words.
    GIVEN_AND_SURNAME = Finds "given-and-surname" {
        what: "Reads a listed given name and a listed surname as a person if a verb or an age follows.",
        why: "The model misses “Faith Stone”, whose names are common words.",
        example: "[Rose Marsh], 81, sold her house.",
        counterexample: "[Hope] is what the court told her of.",
    }
    /// Acronyms with full stops.
    DOTTED_ACRONYM = Finds "dotted-acronym" {
        what: "Reads three or more capitals with full stops after “the” as an organisation.",
        why: "In this form they are nothing else.",
        example: "The [F.A.O.] sent seed.",
        counterexample: "He came at nine [p.m.] and gave no reason.",
    }
    /// Parties named by one word.
    PARTY = Finds "party" {
        what: "Reads “Labour”, “the Greens” and the like as a party.",
        why: "They are common words, and no other word shows the kind.",
        example: "[Labour] said it would oppose the bill.",
        counterexample: "He said that [labour] would become cheaper.",
    }
    /// A list of the user's.
    GAZETTEER_OPTION = Finds "gazetteer-option" {
        what: "Marks a name of the list given by the option `gazetteers`.",
        why: "The user's list takes precedence over the model.",
        example: "Set by an option: [gazetteers].",
        counterexample: "Without a list there is [nothing] to find.",
    }
    /// A pattern of the user's.
    RULE_OPTION = Finds "rule-option" {
        what: "Marks the words that a pattern of the option `rules` matches.",
        why: "The user's pattern takes precedence over the model.",
        example: "Set by an option: [rules].",
        counterexample: "Without a pattern there is [nothing] to find.",
    }
    /// Salem, N.H.
    TOWN_OF_STATE = Finds "town-of-state" {
        what: "Classifies a name before the abbreviation of a state as a place.",
        why: "Towns are named like people; the state shows that it is a town.",
        example: "A 52-year-old [Salem], N.H., resident spoke.",
        counterexample: "A friend of [Lindsay Berg] called the police.",
    }
    /// Among Holm, Lind and Berg.
    AMONG_PEOPLE = Finds "surname-among-people" {
        what: "Classifies a firm's name in a list of people as a person if it is somebody's surname in the text.",
        why: "“Bloomberg” is a firm and a man.",
        example: "Voters know Michael Bloomberg. In a race between [Bloomberg], Anna Holm and Jonas Lind he would lose.",
        counterexample: "He gave an interview to [Bloomberg] on Monday.",
    }
    /// Columnist Ruth Holm.
    GIVEN_NAME = Finds "given-name" {
        what: "Classifies an uncertain organisation as a person if its name is a given name and a surname of the text, if a role precedes it, or if particles follow the given name (“Pieter van der Berg”).",
        why: "No organisation has a name like “Chelsea Berg”.",
        example: "The Brevik Post columnist [Ruth Marsh] has been critical of the plan.",
        counterexample: "The [Brevik Post] has been critical of the plan.",
    }
    /// Its architect, Mira Sand.
    ROLE_IN_APPOSITION = Finds "role-in-apposition" {
        what: "Makes a person of a place or an organisation that begins with a given name and has somebody's role in apposition.",
        why: "“Sand” and “Brook” are words of places, but places are not architects.",
        example: "Its architect, [Mira Sand], has won several prizes.",
        counterexample: "A town nearby, [Mira Sands], has several beaches.",
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
        why: "The user asked for a higher confidence.",
        example: "Set by an option: [min_confidence].",
        counterexample: "Without the option [all] names that the model accepts are given.",
    }
}
