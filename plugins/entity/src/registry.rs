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
}
