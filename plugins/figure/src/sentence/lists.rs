//! The lists of words that only some rules ask, and seldom: bits beside the roles of [`vocabulary`](crate::sentence::vocabulary).

/// Declares a bit for each list, and the table of their names in `data/words.tsv`.
macro_rules! lists {
    ($($(#[$doc:meta])* $constant:ident = $place:literal $name:literal,)*) => {
        /// Bits of the lists.
        pub(crate) mod list {
            $($(#[$doc])* pub(crate) const $constant: u64 = 1 << $place;)*

            pub(crate) const NAMES: &[(&str, u64)] = &[$(($name, $constant),)*];
        }
    };
}

lists! {
    /// Currency codes that are words in small letters: "all", "try".
    CODE_WORD = 0 "code_word",
    /// Nouns whose numbers have points: "section 4.2".
    NUMBERED = 1 "numbered",
    /// What "to" follows without leading to a level: "compared to".
    HELD_TO = 2 "held_to",
    /// What leads to the period that a change is measured against.
    AGAINST = 3 "against",
    /// Standards that are no date's: "below average in May".
    NORM = 4 "norm",
    /// What may be between "from" and an old level: "from a record high of 8".
    OLD_LEVEL = 5 "old_level",
    /// Nouns that a number counts in the singular, before another noun.
    MODIFIER = 6 "modifier",
    /// Verbs that make a word of their own with "up" or "down": "pick up at least 58".
    PHRASAL = 7 "phrasal",
    /// Verbs that indicate a change of a measure, but of money or of things say what was done with them.
    DEED = 8 "deed",
    /// What is between percentages of one measure against several periods.
    SERIES = 9 "series",
    /// What "half" precedes where it is a part of something.
    HALF_OF = 10 "half_of",
    /// Verbs before a clause that indicates a figure.
    TOLD = 11 "told",
    /// Verbs that a noun phrase follows: "posted losses of".
    DOES = 12 "does",
    /// Nouns that say how something was counted: "in deliveries".
    ACT = 13 "act",
    /// What says when and how after "in", not what: "$31.15 in afternoon trading".
    MANNER_IN = 14 "manner_in",
    /// Nouns before "of" that say how a figure was got, not what it is of.
    MANNER_OF = 15 "manner_of",
    /// Verbs and nouns that a place follows.
    PLACED = 16 "placed",
    /// Names of courts, corps and streets, where they have a capital.
    PROPER = 17 "proper",
    /// What an ordinal precedes in set phrases: "the second half", "the first lady".
    SET_PHRASE = 18 "set_phrase",
    /// What a hyphen makes one word with an ordinal: "third-party", "first-class".
    JOINED_ORDINAL = 19 "joined_ordinal",
    /// Words that end like a superlative.
    NO_SUPERLATIVE = 20 "no_superlative",
    /// Verbs of the past that do not end in -ed.
    PAST = 21 "past",
    /// Verbs that move what follows them: "raised prices by".
    MOVER = 22 "mover",
    /// What "an hour" follows where it says how long.
    SPENT = 23 "spent",
    /// What follows degrees of an angle.
    ANGLE_BEHIND = 24 "angle_behind",
    /// What precedes degrees of an angle.
    ANGLE_BEFORE = 25 "angle_before",
    /// Words of texts whose yuan has the sign of the yen.
    CHINA = 26 "china",
    /// Words of texts whose sign is the yen's.
    JAPAN = 27 "japan",
    /// What begins a noun phrase: articles, possessives and the like.
    DETERMINER = 29 "determiner",
    /// Finite verbs that are no nouns: no part of what is measured.
    FINITE = 28 "finite",
    /// What begins a clause inside a sentence, and no subject: "how", "whether".
    CLAUSE = 30 "clause",
    /// What only joins a sentence to the one before: "So", "Still".
    OPENER = 31 "opener",
    /// What begins a question or a phrase that is no subject: "Can", "Among".
    NO_SUBJECT = 32 "no_subject",
    /// Verbs of motion that indicate a change with "up", "down" or "to".
    MOTION = 33 "motion",
    /// Verbs whose "by" indicates a margin: "lost by ten points".
    MARGIN = 34 "margin",
    /// What may be between a number and a unit of time: "five consecutive years".
    LASTING = 35 "lasting",
    /// What shares of people do: verbs in their base form after a plural.
    OPINION = 36 "opinion",
    /// Nouns whose "of" belongs to what is measured: "margin of error".
    MEASURED_OF = 37 "measured_of",
    /// Verbs whose present tense says what is fixed for a day to come: "sails in four days".
    APPOINTED = 38 "appointed",
    /// Verbs whose object is how many people they befell: "killing six".
    HARMING = 39 "harming",
    /// What people are that were counted without a noun: "two missing".
    HARMED = 40 "harmed",
    /// What people did or were that a number alone stands for: "Five were".
    HAPPENED = 41 "happened",
    /// What leads from a thing to its worth or size: "valued at", "weighing".
    WORTH = 42 "worth",
    /// What was done with money: "spent on".
    SPENDING = 43 "spending",
    /// Verbs whose base form leads to a figure after "will" or "could": "double to".
    BASE = 44 "base",
    /// Auxiliaries before a base form.
    MODAL = 45 "modal",
    /// Verbs that put a measure at a level: "put the rate at".
    LEVEL_VERB = 46 "level_verb",
    /// Verbs whose subject is what changed: "saw a rise of".
    CHANGE_SEEN = 47 "change_seen",
    /// What precedes "rate" and names none: "an annual rate of".
    PLAIN_RATE = 48 "plain_rate",
    /// Plurals that precede another noun: "sales tax".
    PLURAL_FIRST = 49 "plural_first",
    /// What a figure may precede without an article: "61 percent occupancy", "$40m plan".
    ATTRIBUTE_NOUN = 50 "attribute_noun",
    /// Who may be under or over an age.
    PEOPLE = 51 "people",
    /// What two numbers of votes follow: "split 6 to 2".
    DECIDED = 52 "decided",
    /// Words after a number that it does not count.
    NO_NOUN = 53 "no_noun",
    /// Verbs that move their object with "up" or "down": "brought down costs".
    MOVES_WITH = 54 "moves_with",
    /// What shows pictures: "4K TV".
    PICTURE = 55 "picture",
    /// Who expects figures: "the $4 billion analysts had expected".
    EXPECTING = 56 "expecting",
    /// What was done to those who got or lost money: "was fined $300".
    RECEIVING = 57 "receiving",
    /// What is counted in millions: words of a sentence in which "6m" is no length.
    IN_MILLIONS = 58 "in_millions",
    /// What is measured in metres: words of a sentence in which it is one.
    IN_METRES = 59 "in_metres",
    /// Nouns of prepositions of several words: "on top of", "in terms of".
    PREPOSITIONAL = 60 "prepositional",
    /// Verbs of motion before "from … to", which lead from one level to another, whichever is higher.
    WENT = 61 "went",
    /// Forms of "be", "have" and "do".
    AUXILIARY = 62 "auxiliary",
    /// What is known before it is counted: "the two countries".
    DEFINITE = 63 "definite",
}
