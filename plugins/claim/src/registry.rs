//! The rules of the stage by name.

copydesk_core::rules! {
    /// A measure has a value.
    FIGURE = Finds "figure" {
        what: "Takes a figure whose measure is known for a claim: who says it, of whom, and when.",
        why: "A value of a named measure can be compared with a source.",
        example: "[The bridge cost 310 million euros].",
        counterexample: "[The bridge cost a fortune].",
    }
    /// A measure changed.
    CHANGE = Finds "change" {
        what: "Takes a measure that rose, fell or stayed for a claim, with its value, its change and what it is compared with.",
        why: "A value and its change are one statement; the figure stage tells which belongs to which.",
        example: "[Exports rose 12% to $4 billion in July].",
        counterexample: "[Exports were worth $4 billion in July].",
    }
    /// A number of things.
    COUNT = Finds "count" {
        what: "Takes a number of things that the clause tells something new of for a claim.",
        why: "“The storm destroyed 3,000 homes” can be counted again.",
        example: "[The storm destroyed 3,000 homes].",
        counterexample: "[The 3,000 homes were old].",
    }
    /// Something happened on a day.
    EVENT = Finds "event" {
        what: "Takes a finished event with a date, which names who took part, for a claim.",
        why: "Whether it happened then can be looked up.",
        example: "[Norland joined the European Union in 1995].",
        counterexample: "[Norland has friends in Europe].",
    }
    /// Not yet.
    FORECAST = HoldsBack "forecast" {
        what: "Leaves out what is expected, planned, promised or wished; the option `forecasts` keeps it.",
        why: "What has not happened cannot be checked yet.",
        example: "The economy will grow [3%] next year.",
        counterexample: "The economy grew [3%] last year.",
    }
    /// Asked.
    QUESTION = HoldsBack "question" {
        what: "Leaves out figures and dates of questions.",
        why: "A question states nothing.",
        example: "Did the ministry spend [$40 million] on the campaign?",
        counterexample: "The ministry spent [$40 million] on the campaign.",
    }
    /// If.
    CONDITION = HoldsBack "condition" {
        what: "Leaves out what is said under a condition.",
        why: "“If prices rise by 10%” does not say that they do.",
        example: "If prices rose by [10%], many shops closed.",
        counterexample: "Prices rose by [10%], and many shops closed.",
    }
    /// Should.
    DEMAND = HoldsBack "demand" {
        what: "Leaves out what somebody asks for.",
        why: "A demand says what should be, not what is.",
        example: "The state should spend [2%] of GDP on research.",
        counterexample: "The state spends [2%] of GDP on research.",
    }
    /// Did not say.
    UNSAID = HoldsBack "unsaid" {
        what: "Leaves out what somebody did not say.",
        why: "Nobody claims it.",
        example: "Lars Moreno did not say that the fund had lost [$3 million].",
        counterexample: "Lars Moreno said that the fund had lost [$3 million].",
    }
    /// The two sides.
    GIVEN = HoldsBack "given" {
        what: "Leaves out numbers of things that the text takes for known: behind “the”, “these” or an owner.",
        why: "“The two countries” tells nothing of their number.",
        example: "The [2] countries have close ties.",
        counterexample: "The treaty binds [27] countries.",
    }
}
