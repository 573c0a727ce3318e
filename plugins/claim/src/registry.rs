//! The rules of the stage by name.

copydesk_core::rules! {
    /// A measure has a value.
    FIGURE = Finds "figure" {
        what: "Makes a claim from a figure whose measure is known, with its speaker, its subject and its date.",
        why: "A value of a named measure can be compared with a source.",
        example: "[The bridge cost 310 million euros].",
        counterexample: "[The bridge cost a fortune].",
    }
    /// A measure changed.
    CHANGE = Finds "change" {
        what: "Makes a claim from a measure that rose, fell or stayed the same, with its value, its change and its baseline.",
        why: "A value and its change are one statement; the figure stage links them.",
        example: "[Exports rose 12% to $4 billion in July].",
        counterexample: "[Exports were worth $4 billion in July].",
    }
    /// A number of things.
    COUNT = Finds "count" {
        what: "Makes a claim from a number of things if the clause states the number.",
        why: "“The storm destroyed 3,000 homes” can be counted again.",
        example: "[The storm destroyed 3,000 homes].",
        counterexample: "[The 3,000 homes were old].",
    }
    /// Something happened on a day.
    EVENT = Finds "event" {
        what: "Makes a claim from a past event with a date and a named participant.",
        why: "Whether it happened then can be looked up.",
        example: "[Norland joined the European Union in 1995].",
        counterexample: "[Norland has friends in Europe].",
    }
    /// Not yet.
    FORECAST = HoldsBack "forecast" {
        what: "Leaves out statements that are expected, planned, promised or wished; the option `forecasts` keeps them.",
        why: "A statement about the future cannot be checked yet.",
        example: "The economy will grow [3%] next year.",
        counterexample: "The economy grew [3%] last year.",
    }
    /// Asked.
    QUESTION = HoldsBack "question" {
        what: "Leaves out figures and dates in questions.",
        why: "A question states nothing.",
        example: "Did the ministry spend [$40 million] on the campaign?",
        counterexample: "The ministry spent [$40 million] on the campaign.",
    }
    /// If.
    CONDITION = HoldsBack "condition" {
        what: "Leaves out conditional statements.",
        why: "“If prices rise by 10%” does not say that they do.",
        example: "If prices rose by [10%], many shops closed.",
        counterexample: "Prices rose by [10%], and many shops closed.",
    }
    /// Should.
    DEMAND = HoldsBack "demand" {
        what: "Leaves out demands.",
        why: "A demand says what should be, not what is.",
        example: "The state should spend [2%] of GDP on research.",
        counterexample: "The state spends [2%] of GDP on research.",
    }
    /// Did not say.
    UNSAID = HoldsBack "unsaid" {
        what: "Leaves out statements that somebody did not make.",
        why: "Nobody claims it.",
        example: "Lars Moreno did not say that the fund had lost [$3 million].",
        counterexample: "Lars Moreno said that the fund had lost [$3 million].",
    }
    /// The two sides.
    GIVEN = HoldsBack "given" {
        what: "Leaves out numbers that the text presupposes: after “the”, “these” or a possessive.",
        why: "“The two countries” does not state their number.",
        example: "The [2] countries have close ties.",
        counterexample: "The treaty binds [27] countries.",
    }
}
