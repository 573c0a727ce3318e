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
    NARRATOR = Finds "narrator" {
        what: "Takes what a sentence outside all quotes says that its subject is for the narrator's opinion, where no report of facts would call anybody so.",
        why: "A comment that calls somebody a disgrace takes sides; a report leaves that to those whom it quotes.",
        example: "Lars Moreno is a [disgrace].",
        counterexample: "Critics say that Lars Moreno is a [disgrace].",
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
    /// Cut its losses.
    TARGET_TURN = Finds "target-turn" {
        what: "Takes whoever brings about less of something bad for good, and more of it for bad.",
        why: "“Cut its losses” is praise in words of loss.",
        example: "[Toyota] cut its losses by half last year.",
        counterexample: "[Toyota] reported its losses in May.",
    }
    /// Whoever says it.
    TARGET_SOURCE = Finds "target-source" {
        what: "Leaves speakers neutral where the bad words are those that they say of others, and whoever calls somebody something.",
        why: "Critics are not coloured by their own criticism.",
        example: "Economist [Ingrid Falk] called the budget a disastrous mess.",
        counterexample: "Economist [Ingrid Falk] is corrupt and cheated hundreds of savers.",
    }
    /// The line before the news.
    TARGET_DATELINE = Finds "target-dateline" {
        what: "Leaves what a dateline or byline names neutral.",
        why: "Where and by whom an article was written says nothing of them.",
        example: "[BREVIK], May 8 (Reuters) - A brutal raid left nine farmers dead on Sunday.",
        counterexample: "On Sunday [Brevik] was quiet.",
    }
    /// Newspapers and agencies.
    TARGET_OUTLET = Finds "target-outlet" {
        what: "Leaves newspapers, agencies and broadcasters neutral where no verb or predicate is about them.",
        why: "They are named as the source of the news, which is bad more often than they are.",
        example: "Two sailors drowned when their boat sank off Brevik, the [Harbour News Agency] reported.",
        counterexample: "Critics called [Ingrid Falk] a disgrace to the town.",
    }
    /// Attacked, praised.
    TARGET_OBJECT = Finds "target-object" {
        what: "Gives the object of a verb of attitude the verb's polarity.",
        why: "In “praised A and attacked B” each has a verb of its own; words farther away count less.",
        example: "Voters praised [Ingrid Falk] and attacked Lars Moreno.",
        counterexample: "Voters met [Ingrid Falk] and attacked Lars Moreno.",
    }
    /// A is a thief.
    TARGET_PREDICATE = Finds "target-predicate" {
        what: "Takes what a clause says that its subject is for the polarity towards it.",
        why: "“A is brilliant, whereas B is lazy”: each predicate is about its own subject.",
        example: "[Ingrid Falk] is brilliant, whereas Lars Moreno is lazy and corrupt.",
        counterexample: "[Ingrid Falk] is in town.",
    }
    /// The corrupt A.
    TARGET_ATTRIBUTE = Finds "target-attribute" {
        what: "Gives a name the polarity of the adjectives that stand before it.",
        why: "“Unlike the corrupt A, B is honest”: an attribute is about the name behind it.",
        example: "Voters prefer her to the corrupt and cruel [Lars Moreno].",
        counterexample: "Voters prefer her to the tall [Lars Moreno].",
    }
    /// None better.
    TARGET_UNSURPASSED = Finds "target-unsurpassed" {
        what: "Reads “no better mayor than A” as praise, and “nobody has done more harm than A” as blame.",
        why: "The negation is about everybody else.",
        example: "No minister has caused more damage to the railway than [Lars Moreno].",
        counterexample: "No mayor has spent more time in the harbour than [Lars Moreno].",
    }
    /// Acquitted.
    TARGET_CLEARED = Finds "target-cleared" {
        what: "Leaves who is acquitted, or whose charges are dropped, neutral.",
        why: "The words for the crime are not about whoever did not commit it.",
        example: "The court cleared [Lars Moreno] of fraud.",
        counterexample: "The court convicted [Lars Moreno] of fraud.",
    }
    /// Who suffers.
    TARGET_VICTIM = Finds "target-victim" {
        what: "Leaves victims of violence, accidents and disasters neutral.",
        why: "What is done to somebody is bad, not he.",
        example: "Nurse [Ingrid Falk] was killed in a crash that a reckless lorry driver caused.",
        counterexample: "Gunman [Lars Moreno] killed nine people in the town.",
    }
    /// Whether A is a thief.
    TARGET_UNASSERTED = Finds "target-unasserted" {
        what: "Leaves a target neutral if all that is said of it is asked or a condition.",
        why: "A question says nothing of whom it is about.",
        example: "The committee asked whether [Lars Moreno] was a liar.",
        counterexample: "The committee found that [Lars Moreno] was a liar.",
    }
    /// Where it happened.
    TARGET_PLACE = Finds "target-place" {
        what: "Leaves a place neutral where a preposition says that something happens there.",
        why: "A murder in a town says nothing of the town.",
        example: "Gunmen murdered nine people in [Oslo] on Sunday.",
        counterexample: "Gunmen murdered nine people on Sunday, and [Oslo] is in shock.",
    }
    /// Nothing bears on it.
    TARGET_APART = Finds "target-apart" {
        what: "Leaves a target neutral if the network finds good or bad words near it, but none of them has to do with it.",
        why: "Most mentions of an article stand beside words that are about something else.",
        example: "The corrupt and cruel crooks fled as [Lars Moreno] arrived.",
        counterexample: "[Lars Moreno] ran a disastrous campaign.",
    }
    /// The American economy.
    TARGET_MODIFIER = Finds "target-modifier" {
        what: "Leaves a place or a nationality neutral where it tells what kind of thing the noun behind it is.",
        why: "“The troubled American economy” and “the corrupt Texas senator” are not about the United States or Texas.",
        example: "Voters attacked the corrupt [Texas] senator.",
        counterexample: "Voters attacked the corrupt [Lars Moreno].",
    }
    /// Less sure than asked for.
    STANCE_UNSURE = HoldsBack "stance-unsure" {
        what: "Holds back a stance of which the model is less sure than the option `stance_confidence` asks.",
        why: "A wrong stance is worse than none.",
        example: "Ingrid Falk joked about [Lars Moreno] at a dinner.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// The Ecuadorian president.
    STANCE_MODIFIER = HoldsBack "stance-modifier" {
        what: "Holds back a stance towards a place or nationality that tells where somebody else belongs.",
        why: "“Attacked the Ecuadorian president” is not about Ecuador.",
        example: "Ingrid Falk attacked the corrupt [Ecuadorian] president Lars Moreno.",
        counterexample: "Ingrid Falk attacked the corrupt president [Lars Moreno].",
    }
    /// Whose town it is.
    STANCE_PLACE = HoldsBack "stance-place" {
        what: "Holds back the stance of a place that does nothing in its sentence.",
        why: "Where somebody lives or speaks holds no opinion.",
        example: "The Oslo critics slammed the disgraceful [Lars Moreno].",
        counterexample: "Ingrid Falk condemned the corrupt [Lars Moreno].",
    }
    /// He denied it.
    STANCE_DENIED = HoldsBack "stance-denied" {
        what: "Holds back what somebody would hold of somebody by words that he denies.",
        why: "“Denied that B had cheated” does not say that B cheated.",
        example: "Ingrid Falk denied that [Lars Moreno] was a corrupt liar.",
        counterexample: "Ingrid Falk said that [Lars Moreno] was a corrupt liar.",
    }
    /// May endorse.
    STANCE_POSSIBLE = HoldsBack "stance-possible" {
        what: "Holds back a stance that may be or not.",
        why: "“A may attack B” says nothing of what A thinks of B.",
        example: "Ingrid Falk may slam [Lars Moreno] over his disastrous policies.",
        counterexample: "Ingrid Falk slammed [Lars Moreno] over his disastrous policies.",
    }
    /// She said that others said.
    STANCE_REPORTED = HoldsBack "stance-reported" {
        what: "Holds back a speaker's stance by what he reports that others say.",
        why: "“A said that critics call B a thief” is what the critics think.",
        example: "Ingrid Falk said critics believed that [Lars Moreno] was a corrupt liar.",
        counterexample: "Ingrid Falk said that [Lars Moreno] was a corrupt liar.",
    }
    /// Who feels it.
    STANCE_EXPERIENCER = HoldsBack "stance-experiencer" {
        what: "Holds back a stance towards whoever has the feeling that the words tell of.",
        why: "“B was angry at A” tells what B feels, not what A does.",
        example: "Ingrid Falk slammed the deal that [Lars Moreno] feared.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// No word for it in the quote.
    STANCE_APART = HoldsBack "stance-apart" {
        what: "Holds back a speaker's stance towards what he mentions where no word of that side has to do with it.",
        why: "Speakers name places and things beside whatever they complain of.",
        example: "Ingrid Falk said the disastrous and corrupt deal was signed in [Brevik].",
        counterexample: "Ingrid Falk said that [Lars Moreno] was a corrupt liar.",
    }
    /// Newspapers report.
    STANCE_OUTLET = HoldsBack "stance-outlet" {
        what: "Holds back the stance of a newspaper, agency or broadcaster that reports.",
        why: "A report is nobody's opinion.",
        example: "At a debate hosted by the Harbour News Agency, Ingrid Falk praised [Lars Moreno].",
        counterexample: "Ingrid Falk condemned the corrupt [Lars Moreno].",
    }
    /// Praised A and attacked B.
    STANCE_OBJECT = HoldsBack "stance-object" {
        what: "Holds back the stance of whoever is attacked or praised himself.",
        why: "“C praised A and attacked B” does not say what A thinks of B.",
        example: "Voters praised Ingrid Falk and attacked [Lars Moreno].",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Words of somebody else.
    STANCE_TAKEN = HoldsBack "stance-taken" {
        what: "Holds back a stance by words that show what one of two thinks of somebody else.",
        why: "One word shows one opinion.",
        example: "Ingrid Falk criticised Lars Moreno for accusing [Jonas Berg].",
        counterexample: "Ingrid Falk condemned [Lars Moreno] as Jonas Berg watched.",
    }
    /// Nothing shows it.
    STANCE_UNSHOWN = HoldsBack "stance-unshown" {
        what: "Holds back a stance that no word shows and of which the model is not very sure.",
        why: "A reader could not see why.",
        example: "Nobody will be stronger on Russian relations than Ingrid Falk, and her support and advocacy for [Russia] is proof.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Charged with theft.
    STANCE_OFFICE = HoldsBack "stance-office" {
        what: "Holds back a stance that only an act of office shows.",
        why: "“Prosecutors charged B” is what prosecutors do.",
        example: "Prosecutor Ingrid Falk charged [Lars Moreno] with fraud.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
    /// Victims, datelines.
    STANCE_SPARED = HoldsBack "stance-spared" {
        what: "Holds back a stance towards whom a rule leaves neutral: victims, datelines, the acquitted.",
        why: "The bad words near them are not about them.",
        example: "Ingrid Falk said it banned [Lars Moreno] from leaving the country.",
        counterexample: "Ingrid Falk condemned [Lars Moreno] on Monday.",
    }
}
