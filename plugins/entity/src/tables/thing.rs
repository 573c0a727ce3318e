//! The flags of words in `things.tsv`, which show whether names and nouns refer to the same thing. A word may have several.

/// A relation between people: "son".
pub(crate) const KIN: u32 = 1;
/// Titles and family words of men, and of women.
pub(crate) const HE: u32 = 1 << 1;
pub(crate) const SHE: u32 = 1 << 2;
/// Given names of men, and of women.
pub(crate) const HE_NAME: u32 = 1 << 3;
pub(crate) const SHE_NAME: u32 = 1 << 4;
/// "Jr", "Sr", "III" after a name.
pub(crate) const JUNIOR: u32 = 1 << 5;
pub(crate) const SENIOR: u32 = 1 << 6;
pub(crate) const NUMBERED: u32 = 1 << 7;
/// A verb between a speaker and quotation marks.
pub(crate) const SAY: u32 = 1 << 8;
/// The first word of a sports club's name.
pub(crate) const CLUB: u32 = 1 << 9;
/// Words in the names of bodies of state, of newspapers, and of ministries.
pub(crate) const PUBLIC: u32 = 1 << 10;
pub(crate) const PRESS: u32 = 1 << 11;
pub(crate) const MINISTRY: u32 = 1 << 12;
/// Nouns that mean a private organisation, any organisation, a newspaper, a town, or one with the noun in its name.
pub(crate) const COMPANY: u32 = 1 << 13;
pub(crate) const BODY: u32 = 1 << 14;
pub(crate) const PAPER: u32 = 1 << 15;
pub(crate) const TOWN: u32 = 1 << 16;
pub(crate) const OWN: u32 = 1 << 17;
pub(crate) const COUNTRY: u32 = 1 << 18;
/// Nouns that mean an organisation next to which they occurred.
pub(crate) const TRADE: u32 = 1 << 21;
/// Has short forms, or is one.
pub(crate) const NICKNAME: u32 = 1 << 19;
/// Has two spellings.
pub(crate) const SPELT: u32 = 1 << 20;
/// The last word of a place's name, and not of a person's.
pub(crate) const PLACE: u32 = 1 << 22;
/// Before the 's of a firm's name: "McDonald's".
pub(crate) const BRAND: u32 = 1 << 23;
/// Before the name of a ship.
pub(crate) const SHIP: u32 = 1 << 24;
/// A party, by one word.
pub(crate) const PARTY: u32 = 1 << 25;
/// Verbs between two clubs, and nouns for people in a club.
pub(crate) const BEAT: u32 = 1 << 26;
pub(crate) const PLAYER: u32 = 1 << 27;
/// Verbs before a place.
pub(crate) const VISIT: u32 = 1 << 28;
/// People who work at a firm.
pub(crate) const STAFF: u32 = 1 << 29;
/// The first word of a firm named like a person.
pub(crate) const FIRM: u32 = 1 << 30;
/// What a person is by trade, beyond the roles of `cues.tsv`: "architect".
pub(crate) const PROFESSION: u32 = 1 << 31;
/// Any noun that may refer to an entity named before.
pub(crate) const NOUN: u32 = COMPANY | BODY | PAPER | TOWN | OWN | COUNTRY | TRADE;
/// Any word after a name that shows the generation.
pub(crate) const GENERATION: u32 = JUNIOR | SENIOR | NUMBERED;

/// The first column of `things.tsv`, and the bit.
#[allow(dead_code, reason = "the build script asks")]
pub(crate) const NAMES: [(&str, u32); 27] = [
    ("kin", KIN),
    ("he", HE),
    ("she", SHE),
    ("junior", JUNIOR),
    ("senior", SENIOR),
    ("numbered", NUMBERED),
    ("say", SAY),
    ("club", CLUB),
    ("public", PUBLIC),
    ("press", PRESS),
    ("ministry", MINISTRY),
    ("company", COMPANY),
    ("body", BODY),
    ("paper", PAPER),
    ("town", TOWN),
    ("own", OWN),
    ("country", COUNTRY),
    ("trade", TRADE),
    ("place", PLACE),
    ("brand", BRAND),
    ("ship", SHIP),
    ("party", PARTY),
    ("beat", BEAT),
    ("player", PLAYER),
    ("visit", VISIT),
    ("staff", STAFF),
    ("profession", PROFESSION),
];
