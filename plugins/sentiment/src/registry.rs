//! The rules of the stage by name. In the examples of stances the brackets stand around the words that show the attitude.

copydesk_core::rules! {
    /// The network.
    MODEL = Finds "model" {
        what: "Scores the document, its narrator, its sentences and each target with the trained network.",
        why: "The words around a target influence it by meaning and position.",
        example: "Critics called [Ingrid Falk] a disgrace to the town.",
        counterexample: "Critics met [in] the town.",
    }
    /// Means of mentions.
    MEAN = Finds "mean" {
        what: "Takes the mean of an entity's scored mentions for how the document speaks of it.",
        why: "A mean does not grow with the document.",
        example: "Critics called [Ingrid Falk] a disgrace to the town.",
        counterexample: "The meeting took place in [April].",
    }
    /// What speakers say.
    QUOTE = Finds "quote" {
        what: "Takes the polarity towards an entity inside a quote for its speaker's attitude.",
        why: "Whoever speaks well or ill of somebody holds that view.",
        example: "Ingrid Falk said that Lars Moreno had lied and [betrayed] his voters.",
        counterexample: "“The road to Brevik is [open],” Ingrid Falk said.",
    }
    /// What speakers call others.
    QUOTE_PREDICATE = Finds "quote-predicate" {
        what: "Takes what a clause inside a quote says that its subject is, or what its “I” feels, for the speaker's opinion.",
        why: "“A is a thief” or “I am proud of A”, said B: no model is needed to tell what B thinks of A.",
        example: "Ingrid Falk said that Lars Moreno was a [liar].",
        counterexample: "Ingrid Falk asked whether Lars Moreno was a [liar].",
    }
    /// What two mentions of a sentence have to do with each other.
    PAIR = Finds "pair" {
        what: "Takes one of two that a sentence mentions to hold an opinion of the other, where a trained model is confident of it.",
        why: "Most opinions have no verb of attitude between the two; the words between and around them tell.",
        example: "Ingrid Falk [hit] out at Lars Moreno for his disastrous policies.",
        counterexample: "Ingrid Falk [walked] with Lars Moreno for years.",
    }
    /// Accuse, praise, condemn.
    ATTITUDE_VERB = Finds "attitude-verb" {
        what: "Takes the subject of a verb of attitude to hold it towards the verb's object.",
        why: "“A condemned B” says what A thinks of B.",
        example: "Ingrid Falk [condemned] Lars Moreno on Monday.",
        counterexample: "Ingrid Falk [met] Lars Moreno on Monday.",
    }
    /// Criticism of, support for.
    ATTITUDE_NOUN = Finds "attitude-noun" {
        what: "Takes the owner of a noun of attitude to hold it towards what follows its preposition.",
        why: "“A's criticism of B” says what A thinks of B.",
        example: "Ingrid Falk voiced [criticism] of Lars Moreno on Monday.",
        counterexample: "Ingrid Falk spoke in the [absence] of Lars Moreno on Monday.",
    }
    /// Called him a fraud.
    ATTITUDE_NAMING = Finds "attitude-naming" {
        what: "Takes the words behind the object of a verb of naming for the subject's attitude.",
        why: "“A called B a fraud” says what A thinks of B.",
        example: "Ingrid Falk called Lars Moreno a [fraud] on Monday.",
        counterexample: "Ingrid Falk [called] Lars Moreno on Monday.",
    }
    /// Ties between two.
    ATTITUDE_BOND = Finds "attitude-bond" {
        what: "Takes a bond or a quarrel of two parties for the attitude of each towards the other.",
        why: "“A and B agreed on closer ties” says what each thinks of the other.",
        example: "Russia and Iran have been [warming] up their relations.",
        counterexample: "Russia and Iran [published] figures.",
    }
}
