//! Quotes without marks, recognised by commas, and texts that resemble them.

use super::cases;

cases! {
    a_subject_and_its_predicate: "The ferry, its captain said, had passed every inspection." =>
        ["its captain (say) indirect: The ferry | had passed every inspection"];
    according_to: "The bridge, according to engineer Ines Roth, cannot be saved." =>
        ["engineer Ines Roth (according) indirect: The bridge | cannot be saved"];
    with_the_day: "Prices, Dora Klein said on Monday, would rise again." =>
        ["Dora Klein (say) indirect: Prices | would rise again"];
    an_apposition_is_no_aside: "The ferry, its captain aboard, had reached the lighthouse." => [];
    a_verb_before_its_subject: "They never came back, recalled farmer Tom Reed." =>
        ["farmer Tom Reed (recall) indirect: They never came back"];
    a_subject_and_a_verb_at_the_end: "Boats were seen off Holm, Vardo and the northern capes, captain Tom Reed said." =>
        ["captain Tom Reed (say) indirect: Boats were seen off Holm, Vardo and the northern capes"];
    a_passive_is_no_speaker: "They never came back, recalled by the army." => [];
    an_addressee_is_not_said: "Tom Reed promised the miners that the pit would stay open." =>
        ["Tom Reed (promise) indirect: that the pit would stay open"];
    another_clause_that_warns: "The harbour was closed for nine days, and Tom Reed warned of delays." =>
        ["Tom Reed (warn) indirect: delays"];
    another_clause_that_advises: "The plan was changed twice, Tom Reed advised on three of its parts." => [];
}
