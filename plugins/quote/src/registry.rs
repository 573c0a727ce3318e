//! The rules of the stage by name.

copydesk_core::rules! {
    /// The three models.
    ATTRIBUTION = Finds "attribution-model" {
        what: "Marks what a cue attributes to a source, as the trained models tell.",
        why: "A thousand words can announce a quote; the models weigh them, their source and what is said.",
        example: "The mayor said [the bridge would stay closed until spring].",
        counterexample: "The mayor closed [the bridge until spring].",
    }
    /// Names and colons.
    TRANSCRIPT = Finds "transcript" {
        what: "Takes a paragraph behind a name and a colon for what that speaker says, where others are laid out alike.",
        why: "Interviews and hearings are printed so.",
        example: "DALE: Who signed the contract?\n\nMORENO: [My deputy signed it in my absence.]",
        counterexample: "Note: [My deputy signed it in my absence.]",
    }
    /// Headlines.
    HEADLINE = Finds "headline" {
        what: "Takes a clause behind a speaker and a colon in the headline for a quote.",
        why: "Headlines leave out the verb.",
        example: "Minister: [taxes will fall next year]\n\nThe budget was read on Monday.",
        counterexample: "Budget: [taxes will fall next year]\n\nThe budget was read on Monday.",
    }
    /// Signatures.
    SIGNED = Finds "signed" {
        what: "Takes words in quotation marks for a quote of the name behind a dash at the end of the line.",
        why: "Pull quotes are signed so.",
        example: "“[We never saw the river so high.]” — Ingrid Falk",
        counterexample: "[We never saw the river so high] — it broke its banks.",
    }
    /// Whole sentences in marks.
    MARKS_ALONE = Finds "marks-alone" {
        what: "Takes a whole sentence in quotation marks without a cue for a quote of nobody named.",
        why: "The marks say that somebody said it.",
        example: "The hall fell silent.\n\n“[Nobody told us that the mill would close.]”\n\nThe mill opened in 1950.",
        counterexample: "The hall fell silent.\n\n[Nobody] told us that the “mill” would close.",
    }
    /// More sentences in marks.
    SPEAKER_GOES_ON = Finds "speaker-goes-on" {
        what: "Gives a whole sentence in quotation marks without a cue to the speaker of the quote before it.",
        why: "A speaker who goes on in the same paragraph, or in the next one after a quote that was not closed, is not named again.",
        example: "“We are tired,” Moreno said on Monday. “I signed because I was told to.\n\n“[I was nineteen and I had no lawyer.]”",
        counterexample: "“[We are tired],” Moreno said. Nobody had told them that the mill would close.",
    }
}
