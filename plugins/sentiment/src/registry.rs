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
        what: "Takes the mean of an entity's scored mentions as the document's polarity towards it.",
        why: "A mean does not grow with the document.",
        example: "Critics called [Ingrid Falk] a disgrace to the town.",
        counterexample: "The meeting took place in [April].",
    }
    /// What speakers say.
    QUOTE = Finds "quote" {
        what: "Takes the polarity towards an entity inside a quote as its speaker's attitude.",
        why: "A speaker's words about somebody show the speaker's opinion.",
        example: "Ingrid Falk said that Lars Moreno had lied and [betrayed] his voters.",
        counterexample: "“The road to Brevik is [open],” Ingrid Falk said.",
    }
    /// What speakers call others.
    QUOTE_PREDICATE = Finds "quote-predicate" {
        what: "Takes what a clause inside a quote calls its subject, or what its “I” feels, as the speaker's opinion.",
        why: "“A is a thief” or “I am proud of A”, said B: B's opinion of A is explicit.",
        example: "Ingrid Falk said that Lars Moreno was a [liar].",
        counterexample: "Ingrid Falk asked whether Lars Moreno was a [liar].",
    }
    NARRATOR = Finds "narrator" {
        what: "Takes what a sentence outside quotes calls its subject as the narrator's opinion, if a factual report would not say so.",
        why: "A comment that calls somebody a disgrace takes sides; a report leaves that to the people it quotes.",
        example: "Lars Moreno is a [disgrace].",
        counterexample: "Critics say that Lars Moreno is a [disgrace].",
    }
    /// Attitudes between two mentions of a sentence.
    PAIR = Finds "pair" {
        what: "Takes one of two entities in a sentence to have an opinion of the other, if a trained model is confident of it.",
        why: "Most opinions have no verb of attitude between the two; the words between and around them show it.",
        example: "Ingrid Falk [hit] out at Lars Moreno for his disastrous policies.",
        counterexample: "Ingrid Falk [walked] with Lars Moreno for years.",
    }
    /// Accuse, praise, condemn.
    ATTITUDE_VERB = Finds "attitude-verb" {
        what: "Takes a verb of attitude as the attitude of its subject towards its object.",
        why: "“A condemned B” says what A thinks of B.",
        example: "Ingrid Falk [condemned] Lars Moreno on Monday.",
        counterexample: "Ingrid Falk [met] Lars Moreno on Monday.",
    }
    /// Criticism of, support for.
    ATTITUDE_NOUN = Finds "attitude-noun" {
        what: "Takes a noun of attitude as the attitude of its possessor towards the object of its preposition.",
        why: "“A's criticism of B” says what A thinks of B.",
        example: "Ingrid Falk voiced [criticism] of Lars Moreno on Monday.",
        counterexample: "Ingrid Falk spoke in the [absence] of Lars Moreno on Monday.",
    }
    /// Called him a fraud.
    ATTITUDE_NAMING = Finds "attitude-naming" {
        what: "Takes the words after the object of a verb of naming as the subject's attitude.",
        why: "“A called B a fraud” says what A thinks of B.",
        example: "Ingrid Falk called Lars Moreno a [fraud] on Monday.",
        counterexample: "Ingrid Falk [called] Lars Moreno on Monday.",
    }
    /// Ties between two.
    ATTITUDE_BOND = Finds "attitude-bond" {
        what: "Takes a bond or a quarrel of two parties as the attitude of each towards the other.",
        why: "“A and B agreed on closer ties” says what each thinks of the other.",
        example: "Russia and Iran have been [warming] up their relations.",
        counterexample: "Russia and Iran [published] figures.",
    }
    /// Cut its losses.
    TARGET_TURN = Finds "target-turn" {
        what: "Rates a cause of less of something bad as positive, and a cause of more of it as negative.",
        why: "“Cut its losses” is praise in words of loss.",
        example: "[Toyota] cut its losses by half last year.",
        counterexample: "[Toyota] reported its losses in May.",
    }
    /// The speaker of the words.
    TARGET_SOURCE = Finds "target-source" {
        what: "Leaves speakers neutral if the words near them are what they say about others.",
        why: "Criticism says nothing about the critic.",
        example: "Economist [Ingrid Falk] called the budget a disastrous mess.",
        counterexample: "Economist [Ingrid Falk] is corrupt and cheated hundreds of savers.",
    }
    /// Datelines and bylines.
    TARGET_DATELINE = Finds "target-dateline" {
        what: "Leaves the names of a dateline or byline neutral.",
        why: "Where and by whom an article was written says nothing about them.",
        example: "[BREVIK], May 8 (Reuters) - A brutal raid left nine farmers dead on Sunday.",
        counterexample: "On Sunday [Brevik] was quiet.",
    }
    /// Newspapers and agencies.
    TARGET_OUTLET = Finds "target-outlet" {
        what: "Leaves newspapers, agencies and broadcasters neutral if no verb or predicate is about them.",
        why: "They are named as the source of the news, which is bad more often than they are.",
        example: "He told the [Brevik Post] that the mayor was a corrupt liar.",
        counterexample: "Critics called [Ingrid Falk] a disgrace to the town.",
    }
    /// Attacked, praised.
    TARGET_OBJECT = Finds "target-object" {
        what: "Gives the object of a verb of attitude the verb's polarity.",
        why: "In “praised A and attacked B” each has a verb of its own; more distant words count less.",
        example: "Voters praised [Ingrid Falk] and attacked Lars Moreno.",
        counterexample: "Voters met [Ingrid Falk] and attacked Lars Moreno.",
    }
    /// A is a thief.
    TARGET_PREDICATE = Finds "target-predicate" {
        what: "Takes what a clause calls its subject as the polarity towards it.",
        why: "“A is brilliant, whereas B is lazy”: each predicate is about its own subject.",
        example: "[Ingrid Falk] is brilliant, whereas Lars Moreno is lazy and corrupt.",
        counterexample: "[Ingrid Falk] is in town.",
    }
    /// The corrupt A.
    TARGET_ATTRIBUTE = Finds "target-attribute" {
        what: "Gives a name the polarity of the adjectives before it.",
        why: "“Unlike the corrupt A, B is honest”: an attribute is about the name after it.",
        example: "Voters prefer her to the corrupt and cruel [Lars Moreno].",
        counterexample: "Voters prefer her to the tall [Lars Moreno].",
    }
    /// No better mayor.
    TARGET_UNSURPASSED = Finds "target-unsurpassed" {
        what: "Reads “no better mayor than A” as praise, and “nobody has done more harm than A” as blame.",
        why: "The negation is about everybody else.",
        example: "No minister has caused more damage to the railway than [Lars Moreno].",
        counterexample: "No mayor has spent more time in the harbour than [Lars Moreno].",
    }
    /// Acquitted.
    TARGET_CLEARED = Finds "target-cleared" {
        what: "Leaves people who are acquitted, or whose charges are dropped, neutral.",
        why: "The words for the crime are not about somebody who did not commit it.",
        example: "The court cleared [Lars Moreno] of fraud.",
        counterexample: "The court convicted [Lars Moreno] of fraud.",
    }
    /// Victims.
    TARGET_VICTIM = Finds "target-victim" {
        what: "Leaves victims of violence, accidents and disasters neutral.",
        why: "What happens to somebody is bad, not the person.",
        example: "Nurse [Ingrid Falk] was killed in a crash that a reckless lorry driver caused.",
        counterexample: "Gunman [Lars Moreno] killed nine people in the town.",
    }
    /// Whether A is a thief.
    TARGET_UNASSERTED = Finds "target-unasserted" {
        what: "Leaves a target neutral if everything said about it is a question or a condition.",
        why: "A question says nothing about its subject.",
        example: "The committee asked whether [Lars Moreno] was a liar.",
        counterexample: "The committee found that [Lars Moreno] was a liar.",
    }
    /// The place of an event.
    TARGET_PLACE = Finds "target-place" {
        what: "Leaves a place neutral if a preposition shows that something happens there.",
        why: "A murder in a town says nothing about the town.",
        example: "Gunmen murdered nine people in [Oslo] on Sunday.",
        counterexample: "Gunmen murdered nine people on Sunday, and [Oslo] is in shock.",
    }
    /// No word is about it.
    TARGET_APART = Finds "target-apart" {
        what: "Leaves a target neutral if the network finds good or bad words near it, but none of them is about it.",
        why: "Most mentions of an article are near words about something else.",
        example: "The corrupt and cruel crooks fled as [Lars Moreno] arrived.",
        counterexample: "[Lars Moreno] ran a disastrous campaign.",
    }
    /// The American economy.
    TARGET_MODIFIER = Finds "target-modifier" {
        what: "Leaves a place or a nationality neutral if it describes the noun after it.",
        why: "“The troubled American economy” and “the corrupt Texas senator” are not about the United States or Texas.",
        example: "Voters attacked the corrupt [Texas] senator.",
        counterexample: "Voters attacked the corrupt [Lars Moreno].",
    }
    /// Less confident than the option.
    STANCE_UNSURE = HoldsBack "stance-unsure" {
        what: "Holds back a stance with less confidence than the option `stance_confidence`.",
        why: "A wrong stance is worse than none.",
        example: "Ingrid Falk joked about [Lars Moreno] at a dinner.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// The Ecuadorian president.
    STANCE_MODIFIER = HoldsBack "stance-modifier" {
        what: "Holds back a stance towards a place or nationality that only describes somebody else.",
        why: "“Attacked the Ecuadorian president” is not about Ecuador.",
        example: "Ingrid Falk attacked the corrupt [Ecuadorian] president Lars Moreno.",
        counterexample: "Ingrid Falk attacked the corrupt president [Lars Moreno].",
    }
    /// A's brother.
    STANCE_PART = HoldsBack "stance-part" {
        what: "Holds back a stance whose holder or target only tells to whom or what somebody else belongs.",
        why: "“A's brother praised B” says nothing of what A thinks, and “a third of A” is not A.",
        example: "Ingrid Falk criticised [Lars Moreno]'s supporters on Monday.",
        counterexample: "Ingrid Falk criticised [Lars Moreno] on Monday.",
    }
    /// Whom "he" means.
    STANCE_UNCLEAR = HoldsBack "stance-unclear" {
        what: "Holds back a stance where it is not clear whom a pronoun means.",
        why: "Where two are named before, “he” may be either of them.",
        example: "Lars Moreno and Jonas Berg met in Brevik. Ingrid Falk loathes [him].",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// The home of a speaker.
    STANCE_PLACE = HoldsBack "stance-place" {
        what: "Holds back the stance of a place that is not an actor in its sentence.",
        why: "The place where somebody lives or speaks has no opinion.",
        example: "The Oslo critics slammed the disgraceful [Lars Moreno].",
        counterexample: "Ingrid Falk condemned the corrupt [Lars Moreno].",
    }
    /// He denied it.
    STANCE_DENIED = HoldsBack "stance-denied" {
        what: "Holds back a stance by words that the speaker denies.",
        why: "“Denied that B had cheated” does not say that B cheated.",
        example: "Ingrid Falk denied that [Lars Moreno] was a corrupt liar.",
        counterexample: "Ingrid Falk said that [Lars Moreno] was a corrupt liar.",
    }
    /// May endorse.
    STANCE_POSSIBLE = HoldsBack "stance-possible" {
        what: "Holds back a stance that is only a possibility.",
        why: "“A may attack B” does not say what A thinks of B.",
        example: "Ingrid Falk may slam [Lars Moreno] over his disastrous policies.",
        counterexample: "Ingrid Falk slammed [Lars Moreno] over his disastrous policies.",
    }
    /// She said that others said.
    STANCE_REPORTED = HoldsBack "stance-reported" {
        what: "Holds back a speaker's stance by words that the speaker reports from others.",
        why: "“A said that critics call B a thief” is the opinion of the critics.",
        example: "“Many people think that [Lars Moreno] is a disgrace,” Ingrid Falk said.",
        counterexample: "“[Lars Moreno] is a disgrace,” Ingrid Falk said.",
    }
    /// The one who feels it.
    STANCE_EXPERIENCER = HoldsBack "stance-experiencer" {
        what: "Holds back a stance towards somebody whose own feeling the words describe.",
        why: "“B was angry at A” says what B feels, not what A does.",
        example: "Ingrid Falk slammed the deal that [Lars Moreno] feared.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// No word for it in the quote.
    STANCE_APART = HoldsBack "stance-apart" {
        what: "Holds back a speaker's stance towards something mentioned if no word of that side is about it.",
        why: "Speakers mention places and things near what they complain about.",
        example: "Ingrid Falk said the disastrous and corrupt deal was signed in [Brevik].",
        counterexample: "Ingrid Falk said that [Lars Moreno] was a corrupt liar.",
    }
    /// Newspapers report.
    STANCE_OUTLET = HoldsBack "stance-outlet" {
        what: "Holds back the stance of a newspaper, agency or broadcaster that reports.",
        why: "A report is not an opinion.",
        example: "At a debate hosted by the Harbour News Agency, Ingrid Falk praised [Lars Moreno].",
        counterexample: "Ingrid Falk condemned the corrupt [Lars Moreno].",
    }
    /// Praised A and attacked B.
    STANCE_OBJECT = HoldsBack "stance-object" {
        what: "Holds back the stance of somebody who is the object of attack or praise.",
        why: "“C praised A and attacked B” does not say what A thinks of B.",
        example: "Voters praised Ingrid Falk and attacked [Lars Moreno].",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Words of somebody else.
    STANCE_TAKEN = HoldsBack "stance-taken" {
        what: "Holds back a stance by words that show an opinion of somebody else.",
        why: "One word shows one opinion.",
        example: "Ingrid Falk criticised Lars Moreno, and [Lars Moreno] slammed the corrupt council.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] as Jonas Berg watched.",
    }
    /// Nothing shows it.
    STANCE_UNSHOWN = HoldsBack "stance-unshown" {
        what: "Holds back a stance that no word shows and that the model gives without high confidence.",
        why: "A reader could not see the reason.",
        example: "Nobody will be stronger on Russian relations than Ingrid Falk, and her support and advocacy for [Russia] is proof.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Charged with theft.
    STANCE_OFFICE = HoldsBack "stance-office" {
        what: "Holds back a stance that only an official act shows.",
        why: "“Prosecutors charged B” reports their work, not an opinion.",
        example: "Prosecutor Ingrid Falk charged [Lars Moreno] with fraud.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Victims, datelines.
    STANCE_SPARED = HoldsBack "stance-spared" {
        what: "Holds back a stance towards an entity that a rule leaves neutral: victims, datelines, the acquitted.",
        why: "The bad words near them are not about them.",
        example: "Ingrid Falk said the disgraceful liar [Lars Moreno] was murdered in May.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
}
