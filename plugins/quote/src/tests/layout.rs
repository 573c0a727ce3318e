//! Quotes that the layout shows: transcripts, signed quotes, headlines, running quotation.

use super::cases;
super::cases! {
    transcript_in_capitals: "SMITH: Well, look, nobody asked us about the plan." => ["SMITH (:) direct: Well, look, nobody asked us about the plan."];
    transcript_of_two: "SMITH: Who signed the letter?\n\nOKAFOR: I did, and I would do it again." => [
        "SMITH (:) direct: Who signed the letter?",
        "OKAFOR (:) direct: I did, and I would do it again.",
    ];
    transcript_in_small_letters: "Smith: Who signed the letter?\n\nOkafor: I did it myself.\n\nSmith: Why did you do it?\n\nOkafor: Because nobody else would." => [
        "Smith (:) direct: Who signed the letter?",
        "Okafor (:) direct: I did it myself.",
        "Smith (:) direct: Why did you do it?",
        "Okafor (:) direct: Because nobody else would.",
    ];
    signed: "“A bridge is a promise to the other side.” — Ada Kowalska" => ["Ada Kowalska (—) direct: A bridge is a promise to the other side."];
    no_transcript: "The recipe needs three things: apples, pears and plums." => [];
    headline: "Minister: taxes will fall next year\n\nThe finance ministry will publish its plan in May. It has not been seen by parliament." => ["Minister (:) direct: taxes will fall next year"];
    no_headline: "Recipe: apples make the best cake\n\nThe region has grown apples for centuries. They are sold in May." => [];
    no_time: "The train leaves at 10:45 from the main station." => [];
    paragraph_of_quotation: "“The road is closed,” Moreno said. “We will open it soon. Nobody should worry about it.”" => [
        "Moreno (say) direct: The road is closed, | We will open it soon. Nobody should worry about it.",
    ];
    quote_alone: "“The road is closed and will stay closed.”" => ["? (?) direct: The road is closed and will stay closed."];
}

cases! {
    a_title_in_capitals_is_no_speaker: "JOAN PELL, HOST OF THE LATE SHOW: Good evening, and welcome.\n\nREED: Thank you for having me." =>
        ["JOAN PELL (:) direct: Good evening, and welcome.", "REED (:) direct: Thank you for having me."];
    an_interview_of_two_lines: "Reporter: How long will it take?\nAna Duarte: Two years. Perhaps three." =>
        ["Reporter (:) direct: How long will it take?", "Ana Duarte (:) direct: Two years. Perhaps three."];
    a_signature_tells_who_that_is: "“Nobody told us the water was bad” — Ana Duarte, teacher, Orkdal" =>
        ["Ana Duarte (—) direct: Nobody told us the water was bad"];
    a_headline_in_marks: "“We had no choice”: mayor defends closures\n\nTwo schools of Orkdal are shut." =>
        ["mayor (:) direct: We had no choice"];
    a_line_of_labels_is_no_interview: "Date: Monday\nPlace: Orkdal harbour, pier four" => [];
}
