//! Indirect quotes: clauses with and without "that", according to, passive, nominal cues, asides.

super::cases! {
    a_subject_with_a_preposition: "The skipper said traffic in the strait would double."
        => ["The skipper (say) indirect: traffic in the strait would double"];
    that_clause: "The ministry said that the bridge would reopen in May." => ["The ministry (say) indirect: that the bridge would reopen in May"];
    bare_clause: "Moreno said the bridge would reopen in May." => ["Moreno (say) indirect: the bridge would reopen in May"];
    pronoun_that: "She said that nobody had been hurt." => ["She (say) indirect: that nobody had been hurt"];
    trailing_cue: "The bridge will reopen in May, the ministry said." => ["the ministry (say) indirect: The bridge will reopen in May"];
    trailing_inverted: "The bridge will reopen in May, said Moreno." => ["Moreno (say) indirect: The bridge will reopen in May"];
    according_first: "According to the ministry, the bridge will reopen in May." => ["the ministry (according) indirect: the bridge will reopen in May"];
    according_last: "The bridge will reopen in May, according to the ministry." => ["the ministry (according) indirect: The bridge will reopen in May"];
    asked_somebody: "She asked the author Bert Lind what the purpose of the book was." => ["She (ask) indirect: what the purpose of the book was"];
    told: "Moreno told the committee that the valves were never checked." => ["Moreno (tell) indirect: that the valves were never checked"];
    announced: "The airline announced that it would cut 300 jobs." => ["The airline (announce) indirect: that it would cut 300 jobs"];
    warned: "The central bank warned that inflation could rise again." => ["The central bank (warn) indirect: that inflation could rise again"];
    claimed: "The company claims that its filter removes all lead." => ["The company (claim) indirect: that its filter removes all lead"];
    denied: "Visser denied that she had met the lobbyist." => ["Visser (deny) indirect: that she had met the lobbyist"];
    argued: "Critics argue that the tax hurts the poor." => ["Critics (argue) indirect: that the tax hurts the poor"];
    believes: "Moreno believes that the plan will fail." => ["Moreno (believe) indirect: that the plan will fail"];
    whether: "Moreno asked whether the minister would resign." => ["Moreno (ask) indirect: whether the minister would resign"];
    apposition: "Ilse Brandt, the head of the grid operator, said the winter would be hard." => ["Ilse Brandt, the head of the grid operator (say) indirect: the winter would be hard"];
    relative_clause: "Brandt, who runs the grid, said the winter would be hard." => ["Brandt, who runs the grid (say) indirect: the winter would be hard"];
    aside_of_time: "The ministry on Tuesday said that the bridge would reopen." => ["The ministry (say) indirect: that the bridge would reopen"];
    cue_with_time: "Moreno said on Tuesday that the bridge would reopen." => ["Moreno (say) indirect: that the bridge would reopen"];
    in_a_statement: "The company said in a statement that it regretted the accident." => ["The company (say) indirect: that it regretted the accident"];
    anonymous: "Two people familiar with the matter said the merger had collapsed." => ["Two people familiar with the matter (say) indirect: the merger had collapsed"];
    officials: "Officials said the fire was under control." => ["Officials (say) indirect: the fire was under control"];
    report: "The report said that the valves had never been checked." => ["The report (say) indirect: that the valves had never been checked"];
    study_shows: "The study shows that children sleep less than they did." => ["The study (show) indirect: that children sleep less than they did"];
    poll_found: "The poll found that the plan had few friends." => ["The poll (find) indirect: that the plan had few friends"];
    quoted_as_saying: "Moreno was quoted on Friday as saying that the road would soon be open again." => ["Moreno (say) indirect: that the road would soon be open again"];
    statement_first: "In a statement, the company said it regretted the accident." => ["the company (say) indirect: it regretted the accident"];
    negated: "Moreno did not say that the plan had failed." => ["Moreno (say) indirect: that the plan had failed"];
    promised_to: "Visser promised to publish the letters." => ["Visser (promise) indirect: to publish the letters"];
    adding_that: "Moreno said the bridge was safe, adding that tests would go on." => ["Moreno (say) indirect: the bridge was safe", "Moreno (add) indirect: that tests would go on"];
    two_clauses: "Moreno said the bridge was safe, and she promised that tests would go on." => ["Moreno (say) indirect: the bridge was safe", "she (promise) indirect: that tests would go on"];
    insisted: "The mayor insisted that no money was missing." => ["The mayor (insist) indirect: that no money was missing"];
    suggested: "Analysts suggested that the bank would raise rates." => ["Analysts (suggest) indirect: that the bank would raise rates"];
    pointed_out: "Adeyemi pointed out that the law had not changed." => ["Adeyemi (point) indirect: that the law had not changed"];
    confirmed: "A spokeswoman confirmed that the talks had ended." => ["A spokeswoman (confirm) indirect: that the talks had ended"];
    reported: "The newspaper reported that the talks had ended." => ["The newspaper (report) indirect: that the talks had ended"];
    hopes: "The team hopes to finish the work by June." => ["The team (hope) indirect: to finish the work by June"];
    accused: "The union accused the company of hiding the risks." => ["The union (accuse) indirect: the company of hiding the risks"];
    long_subject: "The chairman of the parliament's budget committee said the figures were wrong." => ["The chairman of the parliament's budget committee (say) indirect: the figures were wrong"];
    last_clause: "The figures were wrong, the chairman of the budget committee told the newspaper." => ["the chairman of the budget committee (tell) indirect: The figures were wrong"];
    she_added: "She added that the budget had been approved." => ["She (add) indirect: that the budget had been approved"];
    after_a_dash: "The talks have stalled – a deal, according to the minister, could still be reached by March." => ["the minister (according) indirect: a deal | could still be reached by March"];
    after_a_hyphen: "The bridge was closed for a week - this, according to Anna Moreno, may well happen again before winter." => ["Anna Moreno (according) indirect: this | may well happen again before winter"];
    nothing_said: "The bridge reopened in May after three years of work." => [];
    nothing_at_all: "Rain fell in the north. The river rose by two metres." => [];
    an_addressee_is_not_said: "Anna Holm, who warned them the roads were closed, left." => ["who (warn) indirect: the roads were closed"];
    a_dateline_says_nothing: "MANILA (NPA) — Norland's embassy in the islands has warned its citizens who are in the north of floods." =>
        ["Norland's embassy in the islands (warn) indirect: its citizens who are in the north of floods"];
}
