//! Mixed quotes: some words in marks inside a reported sentence.

super::cases! {
    called: "Union leader Pieter de Graaf called the offer a “bad joke”." => ["Union leader Pieter de Graaf (call) mixed: the offer a “bad joke"];
    said_it_was: "Moreno said the plan was “a disaster for the whole region”." => ["Moreno (say) mixed: the plan was “a disaster for the whole region"];
    that_clause: "The ministry said that it had “no reason to doubt” the results." => ["The ministry (say) mixed: that it had “no reason to doubt” the results"];
    described: "Brandt described the winter as “the hardest in a generation”." => ["Brandt (describe) mixed: the winter as “the hardest in a generation"];
    told: "Visser told the court that she “never saw the letter”." => ["Visser (tell) mixed: that she “never saw the letter"];
    trailing: "The plan is “a disaster”, Moreno said." => ["Moreno (say) mixed: The plan is “a disaster"];
    two_stretches: "Okafor said the talks were “frank” but “far from over”." => ["Okafor (say) mixed: the talks were “frank” but “far from over"];
    straight_marks: "Moreno said the plan was \"a disaster for the whole region\"." => ["Moreno (say) mixed: the plan was \"a disaster for the whole region"];
    accused: "The union accused the company of “playing with lives”." => ["The union (accuse) mixed: the company of “playing with lives"];
    scare_quotes: "He lives in the “Old Town” now." => [];
    nickname: "Joe “Lefty” Marsh won the race on Sunday." => [];
    title_of_a_film: "The film “Long River” opens on Friday." => [];
}
