//! Quotes that the layout tells: transcripts, signed quotes, headlines, running quotation.

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
