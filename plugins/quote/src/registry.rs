//! The rules of the stage by name.

copydesk_core::rules! {
    /// The three models.
    ATTRIBUTION = Finds "attribution-model" {
        what: "Marks what a cue attributes to a source, as the trained models find it.",
        why: "A thousand words can announce a quote; the models weigh them, their source and the statement.",
        example: "The mayor said [the bridge would stay closed until spring].",
        counterexample: "The mayor closed [the bridge until spring].",
    }
    /// Names and colons.
    TRANSCRIPT = Finds "transcript" {
        what: "Takes a paragraph after a name and a colon as that speaker's words, if other paragraphs have the same layout.",
        why: "Interviews and hearings are printed like this.",
        example: "DALE: Who signed the contract?\n\nMORENO: [My deputy signed it in my absence.]",
        counterexample: "Note: [My deputy signed it in my absence.]",
    }
    /// Headlines.
    HEADLINE = Finds "headline" {
        what: "Takes a clause after a speaker and a colon in the headline as a quote.",
        why: "Headlines leave out the verb.",
        example: "Minister: [taxes will fall next year]\n\nThe budget was read on Monday.",
        counterexample: "Budget: [taxes will fall next year]\n\nThe budget was read on Monday.",
    }
    /// Signatures.
    SIGNED = Finds "signed" {
        what: "Takes words in quotation marks as a quote of the person whose name follows a dash at the end of the line.",
        why: "Pull quotes are signed like this.",
        example: "“[We never saw the river so high.]” — Ingrid Falk",
        counterexample: "[We never saw the river so high] — it broke its banks.",
    }
    /// Whole sentences in marks.
    MARKS_ALONE = Finds "marks-alone" {
        what: "Takes a whole sentence in quotation marks without a cue as a quote without a speaker.",
        why: "The marks show that somebody said it.",
        example: "The hall fell silent.\n\n“[Nobody told us that the mill would close.]”\n\nThe mill opened in 1950.",
        counterexample: "The hall fell silent.\n\n[Nobody] told us that the “mill” would close.",
    }
    /// More sentences in marks.
    SPEAKER_GOES_ON = Finds "speaker-goes-on" {
        what: "Assigns a whole sentence in quotation marks without a cue to the speaker of the quote before it.",
        why: "A speaker who continues in the same paragraph, or in the next one after a quote that was not closed, is not named again.",
        example: "“We are tired,” Moreno said on Monday. “I stayed at the mill because my brother did.\n\n“[I was nineteen and I had no lawyer.]”",
        counterexample: "“[We are tired],” Moreno said. Nobody had told them that the mill would close.",
    }
    /// Any verb.
    VERB_BESIDE = Finds "verb-beside-marks" {
        what: "Assigns words in quotation marks that belong to no other quote to the subject of the verb right next to them.",
        why: "Journalists use more verbs of saying than any table has: grumbled, deadpanned, thundered.",
        example: "“[Then we shall walk],” grumbled Ingrid Falk.",
        counterexample: "The play “[Then We Shall Walk]” opened in May.",
    }
    /// The sentence before.
    SUBJECT_BEFORE = Finds "subject-before-marks" {
        what: "Assigns a sentence in quotation marks to the only person in the sentence before it, or in the words before a colon.",
        why: "A quote that follows the description of a person is usually that person's.",
        example: "Ingrid Falk was less sure. “[Ask me in a month.]”",
        counterexample: "Ingrid Falk met Lars Moreno in the harbour. “[Ask me in a month.]”",
    }
    /// A speaker between commas.
    ASIDE = Finds "aside" {
        what: "Takes a subject and its predicate as one quote if “X said” or “according to X” stands between them in commas.",
        why: "The aside divides the clause and belongs to neither part.",
        example: "[The ferry, its captain said, had passed every inspection].",
        counterexample: "[The ferry, its captain], had passed every inspection.",
    }
    /// A verb before its subject.
    TRAILING = Finds "trailing" {
        what: "Takes a clause as a quote of the subject after the last comma, if its verb of saying ends the sentence.",
        why: "The words before “the ministry said” are what it said.",
        example: "[The bridge is closed], captain Tom Reed said.",
        counterexample: "[When asked about the price], Tom Reed smiled.",
    }
    INVERTED = Finds "inverted" {
        what: "Takes a clause as a quote of the name after a comma and a verb of saying, at the end of the sentence.",
        why: "A name in this place is always the speaker.",
        example: "[They never came back], recalled farmer Lars Moreno.",
        counterexample: "[They never came back], recalled by the army.",
    }
    /// The option `kinds`.
    OTHER_KIND = HoldsBack "other-kind" {
        what: "Holds back quotes of kinds that the option `kinds` does not name.",
        why: "The user asked for other kinds.",
        example: "Set by an option: [kinds].",
        counterexample: "Without the option [all] kinds are given.",
    }
    /// The option `classes`.
    OTHER_CLASS = HoldsBack "other-class" {
        what: "Holds back quotes whose cue is of a class that the option `classes` does not name.",
        why: "The user asked for other classes.",
        example: "Set by an option: [classes].",
        counterexample: "Without the option [all] classes are given.",
    }
    /// The option `min_confidence`.
    UNSURE = HoldsBack "unsure" {
        what: "Holds back quotes below the option `min_confidence`.",
        why: "The user asked for a higher confidence.",
        example: "Set by an option: [min_confidence].",
        counterexample: "Without the option [all] quotes that the models accept are given.",
    }
    /// Beliefs and intentions.
    ATTITUDE = HoldsBack "attitude" {
        what: "Holds back beliefs, intentions and perceptions, unless the option `attitudes` is set.",
        why: "What somebody thinks or wants, in the article's words, is not something that they said.",
        example: "The mayor believes that [the bridge will stay closed until spring].",
        counterexample: "The mayor said that [the bridge will stay closed until spring].",
    }
    /// Verbs that are not a cue.
    UNLISTED_CUE = HoldsBack "unlisted-cue" {
        what: "Holds back words without quotation marks after a cue that no table lists, unless the option `attitudes` is set.",
        why: "Half of these are actions and events. The option `cues` adds verbs.",
        example: "The ministry floated that [the tax would be cut next year].",
        counterexample: "The ministry said that [the tax would be cut next year].",
    }
    /// A verb with its own subject as object.
    REFLEXIVE = HoldsBack "reflexive" {
        what: "Holds back what follows a verb of saying and “himself”, “herself”, “themselves” and the like.",
        why: "Who asserts or explains himself acts; the words after it are no statement.",
        example: "The mayor declared [himself the winner of the vote].",
        counterexample: "The mayor declared [that he had won the vote].",
    }
    /// Noun phrases.
    NO_CLAUSE = HoldsBack "no-clause" {
        what: "Holds back indirect content without a clause, unless the option `attitudes` is set.",
        why: "“Rejected criticism” is what somebody did, not what they said.",
        example: "The mayor rejected [sharp criticism of the bridge].",
        counterexample: "The mayor rejected that [the bridge was unsafe].",
    }
    /// Indirect speech of nobody.
    NO_SPEAKER = HoldsBack "no-speaker" {
        what: "Holds back indirect content without a source that does not open with “that”, unless the option `attitudes` is set.",
        why: "Without a named speaker this is mostly a step of a procedure: “guests were asked to indicate their age”.",
        example: "Guests were asked [to indicate their age].",
        counterexample: "Guests were told [that the bridge was closed].",
    }
    /// Titles in marks.
    TITLE = HoldsBack "title-in-marks" {
        what: "Holds back words in quotation marks that are written like a title.",
        why: "“A song called “The Glass Orchard”” quotes nobody.",
        example: "[“The Long Winter,”] starring Ingrid Falk, opens on Friday.",
        counterexample: "Ingrid Falk called the plan “[a long walk in the rain]”.",
    }
    /// Declined to comment.
    REFUSAL = HoldsBack "refusal" {
        what: "Holds back what somebody declined, refused or failed to do or say, unless the option `attitudes` is set.",
        why: "“Declined to comment” says that nothing was said.",
        example: "Ingrid Falk declined [to comment].",
        counterexample: "Ingrid Falk promised [to answer in May].",
    }
    /// Rules and laws.
    NORM = HoldsBack "norm" {
        what: "Holds back what is the case according to a law, a rule or a custom, unless the option `attitudes` is set.",
        why: "It is the case because of the rule; nobody said it.",
        example: "[The fee was raised twice], according to the guidelines of the health office.",
        counterexample: "[The fee was raised twice], according to the report of the health office.",
    }
    /// The narrator's own words.
    IMPERSONAL = HoldsBack "impersonal" {
        what: "Holds back what “it is worth noting that” and similar phrases introduce, unless the option `attitudes` is set.",
        why: "These are the narrator's own words.",
        example: "It is worth noting [that the bridge was closed for three years].",
        counterexample: "It was announced [that the bridge was closed for three years].",
    }
    /// A question whether something was said.
    QUESTION = HoldsBack "question" {
        what: "Holds back what somebody said only according to a question, unless the option `attitudes` is set.",
        why: "A question does not report a statement.",
        example: "Has the minister said [that taxes will fall]?",
        counterexample: "The minister has said [that taxes will fall].",
    }
    /// A short answer.
    ANSWER = HoldsBack "short-answer" {
        what: "Holds back the clause before a verb of saying that is followed by a short answer, unless the option `attitudes` is set.",
        why: "In “when asked about it, half of them said no”, the answer is “no”.",
        example: "[Yet when the mayor tried to win a third term at the poll in 2016], 51% said no.",
        counterexample: "[The mayor tried to win a third term at the poll in 2016], 51% said.",
    }
    /// What somebody may say.
    INFINITIVE = HoldsBack "right-to" {
        what: "Holds back an infinitive after a noun that was taken for its source, unless the option `attitudes` is set.",
        why: "“The authority to call a session” is a right, and no authority spoke.",
        example: "It is the right of the chair to declare [“a state of alarm” in the town].",
        counterexample: "The chair declared [“a state of alarm” in the town].",
    }
    /// A colon after words that name nobody.
    LABEL = HoldsBack "label" {
        what: "Holds back words without quotation marks after a colon, if the words before the colon name nobody, unless the option `attitudes` is set.",
        why: "A heading, a label or a sentence that announces something is not somebody who speaks.",
        example: "This leaves one question: [do we build a dam or a bridge].",
        counterexample: "Ingrid Falk put it this way: “[Do we build a dam or a bridge?]”",
    }
    /// A clause about the object.
    RELATIVE = HoldsBack "relative" {
        what: "Holds back a clause with “that” after the object of the verb, unless the object can be told or is a word for what is said.",
        why: "The clause describes the object and is not what the subject says.",
        example: "The firm had to declare the books [that it used in May].",
        counterexample: "The firm had to tell the mayor [that it used the books].",
    }
    /// "You" for anybody.
    ANYBODY = HoldsBack "anybody" {
        what: "Holds back indirect speech of “you” in the present tense, unless the option `attitudes` is set.",
        why: "It means anybody, in an example or in advice: nobody has said it.",
        example: "At the party you explain [that your flat is on the third floor].",
        counterexample: "In May you said [that your flat was on the third floor].",
    }
    /// A word for something.
    NAMING = HoldsBack "naming" {
        what: "Holds back a word in quotation marks that something is called, without saying by whom, unless the option `attitudes` is set.",
        why: "It is a term that anybody may use, not somebody's words.",
        example: "The response is called [the “fight or flight” response].",
        counterexample: "Ingrid Falk called it [“the worst answer of all”].",
    }
    /// The number of a list.
    LIST_LABEL = HoldsBack "list-label" {
        what: "Holds back words after a number and a colon, unless the option `attitudes` is set.",
        why: "A number labels an entry of a list and says nothing.",
        example: "Norland and Velden improved, going from category 4 to 3: [“Reconsider travel” because of crime and floods].",
        counterexample: "The mayor was brief: “[Stay at home]”.",
    }
    /// Nouns of saying.
    NOUN_CUE = HoldsBack "noun-cue" {
        what: "Holds back words after a noun that do not open with “that”, unless the option `attitudes` is set.",
        why: "“Its forecast by two points” and “talks on the deal” mention words without reporting them.",
        example: "The fund raised its forecast [by two points, as the worst did not come].",
        counterexample: "The fund made the claim [that the worst was over].",
    }
}
