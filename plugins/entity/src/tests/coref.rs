//! Whom pronouns and nouns mean, and which stay open.

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
fn what_an_organisation_or_a_country_owns() {
    check("Velden Foods will close its mill in Orkdal.", &["Velden Foods (organization): Velden Foods, its"]);
    check("Norway has cut its tax on diesel.", &["Norway (location): Norway, its"]);
}

#[test]
fn words_that_mean_nothing_named_stay_open() {
    check_none(
        "Velden Foods closed on Friday. It was raining, and it seems that nobody came.",
        "Velden Foods, ",
    );
    check_none("Norway is cold. It is known that the winters are long.", "Norway, ");
}

#[test]
fn who_speaks_in_quotation_marks() {
    check(
        "“I have never been to Graz,” Olaf Berg told reporters on Monday. “My doctor forbade it.”",
        &["Olaf Berg (person): I, Olaf Berg, My"],
    );
    check_none("“I have never been to Graz,” a nurse told Olaf Berg on Monday.", "I, Olaf Berg");
}

#[test]
fn who_speaks_behind_the_verb_is_its_subject() {
    check(
        "Many praised Olaf Berg. The ice is thin, noted captain Lars Moe.\n\n“Nobody should walk on it,” he wrote.",
        &["Lars Moe (person): Lars Moe, he", "Olaf Berg (person): Olaf Berg"],
    );
}

#[test]
fn the_writer_of_a_column_is_not_whom_it_is_about() {
    check(
        "Olaf Berg wants a new bridge. Olaf Berg has no money for it. I say that Olaf Berg is wrong.",
        &["Olaf Berg (person): Olaf Berg, Olaf Berg, Olaf Berg"],
    );
}

#[test]
fn a_clause_in_front_of_its_subject() {
    check("In his first season, Jonas Vik scored nine goals.", &["Jonas Vik (person): his, Jonas Vik"]);
}
