//! The flags of cue words. A word may have several.

pub(crate) const STOP: u64 = 1;
pub(crate) const CALENDAR: u64 = 1 << 1;
pub(crate) const HONORIFIC: u64 = 1 << 2;
pub(crate) const ROLE: u64 = 1 << 3;
pub(crate) const MODIFIER: u64 = 1 << 4;
pub(crate) const ROLE_NOUN: u64 = 1 << 5;
pub(crate) const SPEECH: u64 = 1 << 6;
pub(crate) const ORG_END: u64 = 1 << 7;
pub(crate) const ORG_HEAD: u64 = 1 << 8;
pub(crate) const ORG: u64 = 1 << 9;
pub(crate) const FACILITY_END: u64 = 1 << 10;
pub(crate) const PLACE_END: u64 = 1 << 11;
pub(crate) const PLACE_HEAD: u64 = 1 << 12;
pub(crate) const EVENT_END: u64 = 1 << 13;
pub(crate) const EVENT_HEAD: u64 = 1 << 14;
pub(crate) const LAW_END: u64 = 1 << 15;
pub(crate) const PRODUCT_END: u64 = 1 << 16;
pub(crate) const NOMINAL: u64 = 1 << 17;
pub(crate) const PARTICLE: u64 = 1 << 18;
pub(crate) const CONNECTOR: u64 = 1 << 19;
pub(crate) const COMPANY_CONTEXT: u64 = 1 << 20;
pub(crate) const PLACE_PREPOSITION: u64 = 1 << 21;
pub(crate) const COMMON: u64 = 1 << 22;
pub(crate) const GIVEN: u64 = 1 << 23;
pub(crate) const SURNAME: u64 = 1 << 24;
/// The first word of a place's name of any length.
pub(crate) const GAZETTEER: u64 = 1 << 25;
pub(crate) const GROUP: u64 = 1 << 26;
pub(crate) const PLAIN: u64 = 1 << 27;
pub(crate) const PRODUCT_CONTEXT: u64 = 1 << 28;
pub(crate) const ORG_NOUN: u64 = 1 << 29;
/// "Inc", "Ltd": after the name of a company, and not needed to recognise it again.
pub(crate) const LEGAL_FORM: u64 = 1 << 30;
/// Given names, titles and roles of men, and those of women.
pub(crate) const HE: u64 = 1 << 31;
pub(crate) const SHE: u64 = 1 << 32;
/// Words of reports about sport.
pub(crate) const SPORT: u64 = 1 << 33;
/// Any cue that makes an organisation, law, event, facility or place of the words before it.
pub(crate) const NAME_END: u64 = ORG_END | FACILITY_END | PLACE_END | EVENT_END | LAW_END;

/// The first column of `cues.tsv`, and the bit.
#[allow(dead_code, reason = "the build script asks")]
pub(crate) const NAMES: [(&str, u64); 30] = [
    ("stop", STOP),
    ("calendar", CALENDAR),
    ("honorific", HONORIFIC),
    ("role", ROLE),
    ("modifier", MODIFIER),
    ("role_noun", ROLE_NOUN),
    ("speech", SPEECH),
    ("org_end", ORG_END),
    ("org_head", ORG_HEAD),
    ("org", ORG),
    ("facility_end", FACILITY_END),
    ("place_end", PLACE_END),
    ("place_head", PLACE_HEAD),
    ("event_end", EVENT_END),
    ("event_head", EVENT_HEAD),
    ("law_end", LAW_END),
    ("product_end", PRODUCT_END),
    ("nominal", NOMINAL),
    ("particle", PARTICLE),
    ("connector", CONNECTOR),
    ("company_context", COMPANY_CONTEXT),
    ("place_preposition", PLACE_PREPOSITION),
    ("group", GROUP),
    ("plain", PLAIN),
    ("product_context", PRODUCT_CONTEXT),
    ("org_noun", ORG_NOUN),
    ("legal_form", LEGAL_FORM),
    ("he", HE),
    ("she", SHE),
    ("sport", SPORT),
];
