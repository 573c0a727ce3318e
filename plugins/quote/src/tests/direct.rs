//! Direct quotes: the order of quote, cue and speaker, and what stands between them.

super::cases! {
    verb_then_name: "\"We lost a lot,\" said Marit Hoekstra." => ["Marit Hoekstra (say) direct: We lost a lot,"];
    noun_then_verb: "“We lost a lot,” the ministry said." => ["the ministry (say) direct: We lost a lot,"];
    speaker_first: "Hoekstra said: “We lost a lot.”" => ["Hoekstra (say) direct: We lost a lot."];
    speaker_first_comma: "Hoekstra said, “We lost a lot this year.”" => ["Hoekstra (say) direct: We lost a lot this year."];
    comma_after_the_mark: "“The harbour is closed until Monday”, Lindqvist said." => ["Lindqvist (say) direct: The harbour is closed until Monday"];
    stop_after_the_mark: "Lindqvist said: “The harbour is closed until Monday”." => ["Lindqvist (say) direct: The harbour is closed until Monday"];
    pronoun: "“The bridge will reopen in May,” she said." => ["she (say) direct: The bridge will reopen in May,"];
    split_by_cue: "“This was foretold,” she said, “and nobody listened.”" => ["she (say) direct: This was foretold, | and nobody listened."];
    second_sentence: "“The harbour is closed,” Lindqvist said. “Nobody knows for how long.”" => ["Lindqvist (say) direct: The harbour is closed, | Nobody knows for how long."];
    question: "“Why did nobody warn us?” asked Teodora Marin." => ["Teodora Marin (ask) direct: Why did nobody warn us?"];
    exclamation: "“Enough is enough!” shouted one of the dockers." => ["one of the dockers (shout) direct: Enough is enough!"];
    added: "“We will appeal,” Okafor added." => ["Okafor (add) direct: We will appeal,"];
    told_someone: "“The money is gone,” Okafor told reporters on Friday." => ["Okafor (tell) direct: The money is gone,"];
    with_title: "“The vote was fair,” said Justice Minister Anneke Visser." => ["Justice Minister Anneke Visser (say) direct: The vote was fair,"];
    with_apposition_after: "“The vote was fair,” said Visser, the justice minister." => ["Visser, the justice minister (say) direct: The vote was fair,"];
    with_apposition_before: "“We expect a hard winter,” Ilse Brandt, the head of the grid operator, said." => ["Ilse Brandt, the head of the grid operator (say) direct: We expect a hard winter,"];
    with_relative_clause: "“We were not asked,” said Brandt, who runs the grid." => ["Brandt, who runs the grid (say) direct: We were not asked,"];
    adverb: "“That is simply not true,” Moreno said angrily." => ["Moreno (say) direct: That is simply not true,"];
    perfect: "“The test worked,” the company has said." => ["the company (say) direct: The test worked,"];
    present: "“It is a matter of trust,” says Moreno." => ["Moreno (say) direct: It is a matter of trust,"];
    wrote: "“I have resigned today,” Moreno wrote on her website." => ["Moreno (write) direct: I have resigned today,"];
    tweeted: "“Proud of this team,” Adeyemi tweeted." => ["Adeyemi (tweet) direct: Proud of this team,"];
    according_to: "“The valves were never checked,” according to the report." => ["the report (according) direct: The valves were never checked,"];
    several_sentences: "“We tried everything. We called the council. Nobody came,” said Femi Adeyemi." => ["Femi Adeyemi (say) direct: We tried everything. We called the council. Nobody came,"];
    two_speakers: "“It is safe,” said Moreno. “It is not,” said Visser." => ["Moreno (say) direct: It is safe,", "Visser (say) direct: It is not,"];
    next_paragraph: "“It is safe,” said Moreno.\n\n“It is not,” said Visser." => ["Moreno (say) direct: It is safe,", "Visser (say) direct: It is not,"];
    plural_speaker: "“We will not leave,” the residents said." => ["the residents (say) direct: We will not leave,"];
    two_people: "“We will not leave,” said Anna Kowalska and Jan Nowak." => ["Anna Kowalska and Jan Nowak (say) direct: We will not leave,"];
    capital_adding: "“The price is fair,” she said, adding: “Nobody has to buy.”" => ["she (say) direct: The price is fair,", "she (add) direct: Nobody has to buy."];
}
