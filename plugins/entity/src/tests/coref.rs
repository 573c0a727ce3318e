//! The referents of pronouns and nouns, and those that stay open.

use super::check;
use super::one_thing::check_none;

#[test]
fn the_subject_comes_before_the_object() {
    check(
        "Marit Lund met Petra Holm in Oslo. She said the talks had failed.",
        &["Marit Lund (person): Marit Lund, She", "Petra Holm (person): Petra Holm"],
    );
    check(
        "Nora Vik wrote to Jonas Berg in May. He did not answer her.",
        &["Nora Vik (person): Nora Vik, her", "Jonas Berg (person): Jonas Berg, He"],
    );
}

#[test]
fn a_name_in_passing_is_not_spoken_of() {
    check(
        "On Monday Holm leaned in, painting Olaf Berg as a Lind caricature. She peppered him with attacks on his platform.",
        &["Olaf Berg (person): Olaf Berg, him, his"],
    );
    check(
        "Voters were angry with Olaf Berg. “They follow him blindly.” — Jonas Lind\n\n“He has said hateful things.”",
        &["Olaf Berg (person): Olaf Berg, him, He"],
    );
}

#[test]
fn what_an_organisation_or_a_country_owns() {
    check("Velden Foods will close its mill in Orkdal.", &["Velden Foods (organization): Velden Foods, its"]);
    check("Norway has cut its tax on diesel.", &["Norway (location): Norway, its"]);
}

#[test]
fn words_without_a_named_referent_stay_open() {
    check_none(
        "Velden Foods closed on Friday. It was raining, and it seems that nobody came.",
        "Velden Foods, ",
    );
    check_none("Norway is cold. It is known that the winters are long.", "Norway, ");
}

#[test]
fn speakers_of_quotation_marks() {
    check(
        "“I have never been to Graz,” Olaf Berg told reporters on Monday. “My doctor forbade it.”",
        &["Olaf Berg (person): I, Olaf Berg, My"],
    );
    check_none("“I have never been to Graz,” a nurse told Olaf Berg on Monday.", "I, Olaf Berg");
}

#[test]
fn the_speaker_after_a_verb_is_its_subject() {
    check(
        "Many praised Olaf Berg. The ice is thin, noted captain Lars Moe.\n\n“Nobody should walk on it,” he wrote.",
        &["Lars Moe (person): Lars Moe, he", "Olaf Berg (person): Olaf Berg"],
    );
}

#[test]
fn the_author_of_a_column_is_not_its_subject() {
    check(
        "Olaf Berg wants a new bridge. Olaf Berg has no money for it. I say that Olaf Berg is wrong.",
        &["Olaf Berg (person): Olaf Berg, Olaf Berg, Olaf Berg"],
    );
}

#[test]
fn a_clause_before_its_subject() {
    check("In his first season, Jonas Vik scored nine goals.", &["Jonas Vik (person): his, Jonas Vik"]);
}

#[test]
fn an_interview_has_one_interviewee() {
    let questions = "How did you begin?\nI began in a barn.\nWhat do you eat?\nI eat what I grow.\nWill you stay?\nI will.";
    check(
        &format!("The Courier interviews Marit Lund on her farm.\n{questions}"),
        &["Marit Lund (person): Marit Lund, her, you, I, you, I, I, you, I"],
    );
    // Two may answer, and the text does not show which.
    let two = format!("The Courier interviews Marit Lund and Olaf Berg.\n{questions}");
    check_none(&two, "you");
    check_none(&two, ", I");
}

#[test]
fn signatures_of_letters() {
    check(
        "Dear Sir,\nI write about the bridge. I have seen it, and my son has fallen from it.\nSincerely, Olaf Berg",
        &["Olaf Berg (person): I, I, my, Olaf Berg"],
    );
}

#[test]
fn the_subject_before_a_pronoun_is_a_person() {
    check("Dalvik was born in Graz. He studied law.", &["Dalvik (person): Dalvik, He"]);
    check("In her book, Dalvik writes about the bay.", &["Dalvik (person): her, Dalvik"]);
    // A ship is not a person.
    check_none("The Stebrin sailed to Graz for years, and her captain liked the port.", "(person)");
}
