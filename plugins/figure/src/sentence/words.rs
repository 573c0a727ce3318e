//! Hashes of the single words that rules name.

/// Declares constants that hold the hash of a lower-cased word.
macro_rules! words {
    ($($name:ident = $form:literal),* $(,)?) => {
        $(pub(crate) const $name: u64 = copydesk_core::hash_lowered($form);)*
    };
}

words! {
    A = "a", AN = "an", AND = "and", OR = "or", TO = "to", OF = "of", IN = "in", OUT = "out", THE = "the", THAN = "than",
    BETWEEN = "between", FROM = "from", BY = "by", AT = "at", FOR = "for",     HALF = "half", ONE = "one", NO = "no", EVERY = "every", MINUS = "minus", SAME = "same", YEAR = "year",
    AGO = "ago", EARLIER = "earlier", LATER = "later", BEFORE = "before", LAST = "last", FIRST = "first", NEXT = "next", THIS = "this",
    PREVIOUS = "previous", PAST = "past", COMING = "coming", CURRENT = "current", TIME = "time",
    QUARTER = "quarter", CENTURY = "century", OTHER = "other", EACH = "each", WHICH = "which",
    EARLY = "early",
    LATE = "late", MID = "mid", MORE = "more", LESS = "less", SO = "so", PLUS = "plus", SUB = "sub", THROUGH = "through",
    UNTIL = "until", DURING = "during", AROUND = "around", MAY = "may", MARCH = "march",
    THAT = "that", UP = "up", DOWN = "down", DOZEN = "dozen", DOZENS = "dozens",     NOW = "now", VERSUS = "versus", TOP = "top",
    AGAINST = "against", COMPARED = "compared", OVER = "over", OLD = "old", AGED = "aged", FOLLOWING = "following", TURNED = "turned", AGE = "age", BOTTOM = "bottom", AGES = "ages",     COMMA = ",", HYPHEN = "-", EN_DASH = "–", EM_DASH = "—", MINUS_SIGN = "−", SLASH = "/", COLON = ":", DOT = ".",
    SEMICOLON = ";", OPEN = "(", CLOSE = ")", OPEN_SQUARE = "[", CLOSE_SQUARE = "]", PLUS_SIGN = "+",
    BUT = "but", WHILE = "while", ON = "on", SINCE = "since",
    TILL = "till", TILDE = "~",
    COUPLE = "couple", PAIR = "pair", FEW = "few", HUNDRED = "hundred", SECOND = "second", NEGATIVE = "negative",
    NUMBER_SIGN = "#", S = "'s", IS = "is", ARE = "are", WORTH = "worth",
}
