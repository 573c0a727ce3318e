//! The singular of a counted noun.

/// Plurals that follow no rule.
pub(crate) const IRREGULAR: &[(&str, &str)] = &[
    ("men", "man"),
    ("women", "woman"),
    ("children", "child"),
    ("mice", "mouse"),
    ("teeth", "tooth"),
    ("feet", "foot"),
    ("geese", "goose"),
    ("oxen", "ox"),
    ("wives", "wife"),
    ("lives", "life"),
    ("knives", "knife"),
    ("wolves", "wolf"),
    ("leaves", "leaf"),
    ("thieves", "thief"),
    ("halves", "half"),
    ("shelves", "shelf"),
    ("criteria", "criterion"),
    ("bacteria", "bacterium"),
    ("analyses", "analysis"),
    ("crises", "crisis"),
    ("bases", "base"),
    ("movies", "movie"),
    ("cookies", "cookie"),
    ("zombies", "zombie"),
    ("calories", "calorie"),
    ("pies", "pie"),
    ("ties", "tie"),
    ("shoes", "shoe"),
    ("series", "series"),
    ("species", "species"),
    ("buses", "bus"),
    ("gases", "gas"),
    ("viruses", "virus"),
    ("headquarters", "headquarters"),
    ("news", "news"),
    ("causes", "cause"),
    ("houses", "house"),
    ("horses", "horse"),
    ("cases", "case"),
    ("nurses", "nurse"),
    ("purchases", "purchase"),
    ("aches", "ache"),
    ("caches", "cache"),
    ("lenses", "lens"),
];

/// Appends the singular of a noun, lower-cased unless it is a name.
pub(crate) fn singular(noun: &str, into: &mut String) {
    let name = noun.chars().next().is_some_and(char::is_uppercase);
    let lowered = if name { noun.to_owned() } else { noun.to_lowercase() };
    if let Some((_, one)) = IRREGULAR.iter().find(|(many, _)| *many == lowered) {
        into.push_str(one);
        return;
    }
    let cut = |ending: &str| lowered.strip_suffix(ending);
    if let Some(stem) = cut("ies").filter(|stem| stem.len() > 1) {
        into.push_str(stem);
        into.push('y');
    } else if let Some(stem) = ["ches", "shes", "sses", "xes", "zzes", "oes"]
        .iter()
        .find_map(|ending| cut(ending).map(|_| cut("es").unwrap_or(&lowered)))
    {
        into.push_str(stem);
    } else if let Some(stem) = cut("s").filter(|stem| !stem.ends_with(['s', 'u', 'i']) && stem.len() > 1) {
        into.push_str(stem);
    } else {
        into.push_str(&lowered);
    }
}
