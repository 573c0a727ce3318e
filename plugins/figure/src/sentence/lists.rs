//! The lists of words that only some rules need, and rarely: bits beside the roles of [`vocabulary`](crate::sentence::vocabulary).

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
    /// Words before "to" that do not lead to a level: "compared to".
    HELD_TO = 2 "held_to",
    /// Words before the period that a change is measured against.
    AGAINST = 3 "against",
    /// Standards that do not belong to a date: "below average in May".
    NORM = 4 "norm",
    /// Words between "from" and an old level: "from a record high of 8".
    OLD_LEVEL = 5 "old_level",
    /// Nouns that a number counts in the singular, before another noun.
    MODIFIER = 6 "modifier",
    /// Verbs that form a phrasal verb with "up" or "down": "pick up at least 58".
    PHRASAL = 7 "phrasal",
    /// Verbs that mean a change of a measure, but with money or things another action.
    DEED = 8 "deed",
    /// Words between percentages of one measure for several periods.
    SERIES = 9 "series",
    /// Words after "half" if it is a part of something.
    HALF_OF = 10 "half_of",
    /// Verbs before a clause with a figure: "found that".
    THAT_CLAUSE = 11 "that_clause",
    /// Verbs before a noun phrase: "posted losses of".
    DOES = 12 "does",
    /// Nouns that say how something was counted: "in deliveries".
    ACT = 13 "act",
    /// Words after "in" that say when and how, not what: "$31.15 in afternoon trading".
    MANNER_IN = 14 "manner_in",
    /// Nouns before "of" that say how a figure was obtained, not what it measures.
    MANNER_OF = 15 "manner_of",
    /// Verbs and nouns before a place.
    PLACED = 16 "placed",
    /// Names of courts, corps and streets, if capitalised.
    PROPER = 17 "proper",
    /// Words after an ordinal in set phrases: "the second half", "the first lady".
    SET_PHRASE = 18 "set_phrase",
    /// Words joined to an ordinal by a hyphen: "third-party", "first-class".
    JOINED_ORDINAL = 19 "joined_ordinal",
    /// Words that end like a superlative.
    NO_SUPERLATIVE = 20 "no_superlative",
    /// Verbs of the past that do not end in -ed.
    PAST = 21 "past",
    /// Verbs that move what follows them: "raised prices by".
    MOVER = 22 "mover",
    /// Words before "an hour" if it is a duration.
    SPENT = 23 "spent",
    /// Words after degrees of an angle.
    ANGLE_AFTER = 24 "angle_behind",
    /// Words before degrees of an angle.
    ANGLE_BEFORE = 25 "angle_before",
    /// Words of texts in which ¥ means the yuan.
    CHINA = 26 "china",
    /// Words of texts in which ¥ means the yen.
    JAPAN = 27 "japan",
    /// Words that begin a noun phrase: articles, possessives and the like.
    DETERMINER = 29 "determiner",
    /// Finite verbs that cannot be nouns: not part of what is measured.
    FINITE = 28 "finite",
    /// Words that begin a clause inside a sentence, not a subject: "how", "whether".
    CLAUSE = 30 "clause",
    /// Words that only join a sentence to the one before: "So", "Still".
    OPENER = 31 "opener",
    /// Words that begin a question or a phrase that is not a subject: "Can", "Among".
    NO_SUBJECT = 32 "no_subject",
    /// Verbs of motion that mean a change with "up", "down" or "to".
    MOTION = 33 "motion",
    /// Verbs whose "by" gives a margin: "lost by ten points".
    MARGIN = 34 "margin",
    /// Words between a number and a unit of time: "five consecutive years".
    LASTING = 35 "lasting",
    /// Verbs in their base form after a share of people in the plural.
    OPINION = 36 "opinion",
    /// Nouns whose "of" belongs to what is measured: "margin of error".
    MEASURED_OF = 37 "measured_of",
    /// Verbs whose present tense means a future date: "sails in four days".
    APPOINTED = 38 "appointed",
    /// Verbs with a number of people as their object: "killing six".
    HARMING = 39 "harming",
    /// Adjectives after a number of people without a noun: "two missing".
    HARMED = 40 "harmed",
    /// Verbs and participles after a number that stands for people: "Five were".
    HAPPENED = 41 "happened",
    /// Words between a thing and its worth or size: "valued at", "weighing".
    WORTH = 42 "worth",
    /// Verbs of using money: "spent on".
    SPENDING = 43 "spending",
    /// Verbs whose base form after "will" or "could" leads to a figure: "double to".
    BASE = 44 "base",
    /// Auxiliaries before a base form.
    MODAL = 45 "modal",
    /// Verbs that set a measure to a level: "put the rate at".
    LEVEL_VERB = 46 "level_verb",
    /// Verbs whose subject changed: "saw a rise of".
    CHANGE_SEEN = 47 "change_seen",
    /// Words before "rate" that do not name it: "an annual rate of".
    PLAIN_RATE = 48 "plain_rate",
    /// Plurals before another noun: "sales tax".
    PLURAL_FIRST = 49 "plural_first",
    /// Words after a figure without an article: "61 percent occupancy", "$40m plan".
    ATTRIBUTE_NOUN = 50 "attribute_noun",
    /// People who may be under or over an age.
    PEOPLE = 51 "people",
    /// Words before two numbers of votes: "split 6 to 2".
    DECIDED = 52 "decided",
    /// Words after a number that it does not count.
    NO_NOUN = 53 "no_noun",
    /// Verbs that move their object with "up" or "down": "brought down costs".
    MOVES_WITH = 54 "moves_with",
    /// People who expect figures: "the $4 billion analysts had expected".
    EXPECTING = 56 "expecting",
    /// Verbs whose passive subject got or lost money: "was fined $300".
    RECEIVING = 57 "receiving",
    /// Things counted in millions: words of a sentence in which "6m" is not a length.
    IN_MILLIONS = 58 "in_millions",
    /// Things measured in metres: words of a sentence in which it is one.
    IN_METRES = 59 "in_metres",
    /// Nouns of prepositions of several words: "on top of", "in terms of".
    PREPOSITIONAL = 60 "prepositional",
    /// Verbs of motion before "from … to", which lead from one level to another in either direction.
    WENT = 61 "went",
    /// Forms of "be", "have" and "do".
    AUXILIARY = 62 "auxiliary",
    /// Nouns that a number identifies rather than counts: "the two countries".
    DEFINITE = 63 "definite",
}
