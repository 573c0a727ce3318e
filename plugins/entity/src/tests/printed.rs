//! Names as news print them, and the referents of nouns and pronouns: a text, and the entities that matter in it.

use super::{Options, analysed, check, one_thing::check_none};

#[test]
fn double_names() {
    check(
        "The prize went to Anne-Marie Solheim, and Solheim thanked Karl-Heinz Drost.",
        &[
            "Anne-Marie Solheim (person): Anne-Marie Solheim, Solheim",
            "Karl-Heinz Drost (person): Karl-Heinz Drost",
        ],
    );
    check(
        "Police questioned Ingrid Vik-Larsen on Monday. Vik-Larsen denied it.",
        &["Ingrid Vik-Larsen (person): Ingrid Vik-Larsen, Vik-Larsen"],
    );
    check("Ann-Kristin said the shop would stay open.", &["Ann-Kristin (person): Ann-Kristin"]);
}

#[test]
fn neighbouring_words_correct_the_kind() {
    check("She spoke of a 52-year-old Salem, N.H., resident.", &["Salem (location): Salem"]);
    check(
        "The Brevik Post columnist Ruth Marsh has been critical of the plan.",
        &["Ruth Marsh (person): Ruth Marsh"],
    );
    check(
        "Michael Bloomberg may run. In a race between Bloomberg, Anna Holm and Jonas Lind he would lose.",
        &["Michael Bloomberg (person): Michael Bloomberg, Bloomberg, he"],
    );
    check(
        "Madeleine Kuhn, the former Vermont Democratic governor, spoke to African Americans.",
        &["Vermont (location): Vermont", "African Americans (group): African Americans"],
    );
}

#[test]
fn a_role_in_apposition_makes_a_person() {
    check("Its architect, Mira Sand, has won several prizes.", &["Mira Sand (person): Mira Sand"]);
    check("Her brother, Martin Lake, said the family would appeal.", &["Martin Lake (person): Martin Lake"]);
    check(
        "Charlotte Rivers, the mayor of Salem, spoke in Charlotte.",
        &["Charlotte Rivers (person): Charlotte Rivers", "Charlotte (location): Charlotte"],
    );
    check("The host, New Zealand, won by two points.", &["New Zealand (location): New Zealand"]);
}

#[test]
fn a_weekday_is_not_part_of_a_name() {
    check("He told CNN Tuesday that he would run.", &["CNN (organization): CNN"]);
    check("Ana Holm left. The police found Ana Holm Friday.", &["Ana Holm (person): Ana Holm, Ana Holm"]);
}

#[test]
fn chambers_of_two_states() {
    check(
        "The White House did not answer. House Speaker Per Lind said he would wait.",
        &["White House (organization): White House"],
    );
    check(
        "The Senate met on Monday. The North Carolina Senate passed the bill. A seat in the U.S. Senate is vacant.",
        &["U.S. Senate (organization): U.S. Senate"],
    );
}

#[test]
fn given_names_with_particles() {
    check(
        "The pianists Yves de la Cour and Pieter van der Horn played in Brevik.",
        &["Yves de la Cour (person): Yves de la Cour", "Pieter van der Horn (person): Pieter van der Horn"],
    );
}

#[test]
fn a_title_does_not_make_a_name_fuller() {
    check(
        "A rival of Ted Cruz spoke. Critics of Sen. Cruz met.",
        &["Ted Cruz (person): Ted Cruz, Sen. Cruz"],
    );
}

#[test]
fn particles() {
    check(
        "Pieter van den Broek lost. Van den Broek said he was tired.",
        &["Pieter van den Broek (person): Pieter van den Broek, Van den Broek, he"],
    );
    check(
        "The judge told Sofia de la Parra that it was over. Ms. de la Parra wept.",
        &["Sofia de la Parra (person): Sofia de la Parra, de la Parra"],
    );
    check("Prawit Chan-o-cha left the palace on Friday.", &["Prawit Chan-o-cha (person): Prawit Chan-o-cha"]);
    check("Troops reached Deh-i-Naw at dawn.", &["Deh-i-Naw (location): Deh-i-Naw"]);
    check(
        "Gunmen fired at a convoy near Mazar-i-Sharif, the army said.",
        &["Mazar-i-Sharif (location): Mazar-i-Sharif"],
    );
}

#[test]
fn possessive_brands() {
    check(
        "Burgers at McDonald's cost more now, and Wendy's followed.",
        &["McDonald's (organization): McDonald's", "Wendy's (organization): Wendy's"],
    );
    check("Moody's cut the rating to junk on Tuesday.", &["Moody's (organization): Moody's"]);
    check(
        "Shares in Sainsbury’s fell 3 percent after Lidl opened stores.",
        &["Sainsbury’s (organization): Sainsbury’s"],
    );
    check("Ann Wendy Berg spoke. Berg's lawyer agreed.", &["Ann Wendy Berg (person): Ann Wendy Berg, Berg"]);
    check(
        "The supermarket chain Trundle's will close nine stores.",
        &["Trundle's (organization): Trundle's"],
    );
}

#[test]
fn dotted_acronyms() {
    check(
        "The C.I.A. declined to comment. A former CIA officer said no.",
        &["C.I.A. (organization): C.I.A., CIA"],
    );
    check("The F.B.I. searched the house. The FBI gave no reason.", &["F.B.I. (organization): F.B.I., FBI"]);
    check(
        "The Nordvik Grain Board (N.G.B.) met. The NGB was split.",
        &["Nordvik Grain Board (organization): Nordvik Grain Board, N.G.B., NGB"],
    );
    check("The U.N. sent aid; a UN spokesman confirmed it.", &["U.N. (organization): U.N., UN"]);
}

#[test]
fn soft_hyphen() {
    check(
        "The Euro\u{ad}pean Com\u{ad}mission fined the firm.",
        &["European Commission (organization): Euro\u{ad}pean Com\u{ad}mission"],
    );
    check(
        "Marit Hoek\u{ad}stra resigned. Hoekstra gave no reason.",
        &["Marit Hoekstra (person): Marit Hoek\u{ad}stra, Hoekstra"],
    );
    check(
        "Talks in Stock\u{200b}holm failed, Swe\u{ad}den said.",
        &["Stockholm (location): Stock\u{200b}holm", "Sweden (location): Swe\u{ad}den"],
    );
}

#[test]
fn nfd_nfc() {
    check(
        "Jose\u{301} Marti\u{301}nez arrived. Martínez spoke.",
        &["José Martínez (person): Jose\u{301} Marti\u{301}nez, Martínez"],
    );
    check(
        "Protests shook Bogota\u{301}, and Bogotá's mayor left.",
        &["Bogotá (location): Bogota\u{301}, Bogotá"],
    );
    check("Zu\u{308}rich is dear. Zürich has a lake.", &["Zürich (person): Zu\u{308}rich, Zürich"]);
}

#[test]
fn datelines() {
    check("TROY, N.C. — A man was hurt on Monday.", &["TROY (location): TROY"]);
    check("NORDVIK — The mayor resigned on Monday.", &["NORDVIK (location): NORDVIK"]);
    check(
        "BERGEN, Norway (AP) — Police closed a bridge.",
        &["BERGEN (location): BERGEN", "Norway (location): Norway"],
    );
    check("MADISON, Wis. (AP) — Lawmakers went home.", &["MADISON (location): MADISON"]);
    check("ST. PAUL, Minn. – Police closed a bridge.", &["ST. PAUL (location): ST. PAUL"]);
}

#[test]
fn state_links() {
    check("She moved to Portland, Maine, in May.", &["Portland (location): Portland"]);
    check("A plant in Columbus, Georgia, closed.", &["Columbus (location): Columbus"]);
    check("He was born in Portland, Oregon.", &["Portland (location): Portland"]);
}

#[test]
fn region_links() {
    check("The vineyards of Cambridge, New Zealand, are small.", &["Cambridge (location): Cambridge"]);
    check("A museum in London, Ontario, reopened.", &["London (location): London"]);
}

#[test]
fn new_firms() {
    check("Goldman Sachs said it would cut jobs.", &["Goldman Sachs (organization): Goldman Sachs"]);
    check(
        "Shares of Marlin Voss rose 4 percent after the results.",
        &["Marlin Voss (organization): Marlin Voss"],
    );
    check(
        "Harper Quill, a maker of pens, filed for bankruptcy.",
        &["Harper Quill (organization): Harper Quill"],
    );
    check(
        "A spokesman for Morgan Stanley declined to comment.",
        &["Morgan Stanley (organization): Morgan Stanley"],
    );
    check("The start-up Odessa Bloom raised $40 million.", &["Odessa Bloom (organization): Odessa Bloom"]);
    check("Analysts at Jordan Pike expect a rate cut.", &["Jordan Pike (organization): Jordan Pike"]);
    check("The ferry Dona Paz sank in 1987.", &["Dona Paz (product): Dona Paz"]);
    check("The oil tanker Nora Maersk ran aground off Brest.", &["Nora Maersk (product): Nora Maersk"]);
}

#[test]
fn groups_and_parties() {
    check(
        "Liverpool beat Brentford 2-1 on Saturday.",
        &["Liverpool (organization): Liverpool", "Brentford (organization): Brentford"],
    );
    check(
        "Burnley striker Tom Hale scored twice as Preston lost to Derby.",
        &[
            "Burnley (organization): Burnley",
            "Preston (organization): Preston",
            "Derby (organization): Derby",
        ],
    );
    check(
        "Labour said it would oppose the bill, and the Liberal Democrats agreed.",
        &["Labour (organization): Labour", "Liberal Democrats (organization): Liberal Democrats"],
    );
    check("The Greens and the Tories voted against it.", &["Tories (group): Tories"]);
}

#[test]
fn list_of_names() {
    check(
        "Present were Olaf Berg, Rita Lund, Jonas Vik and Petra Holm.",
        &[
            "Olaf Berg (person): Olaf Berg",
            "Rita Lund (person): Rita Lund",
            "Jonas Vik (person): Jonas Vik",
            "Petra Holm (person): Petra Holm",
        ],
    );
    check(
        "Offices in Oslo, Bergen, Turku and Malmo will shut.",
        &[
            "Oslo (location): Oslo",
            "Bergen (location): Bergen",
            "Turku (location): Turku",
            "Malmo (location): Malmo",
        ],
    );
    check(
        "The winners: Ana Ruiz; Li Wei; Tomas Novak.",
        &["Ana Ruiz (person): Ana Ruiz", "Li Wei (person): Li Wei", "Tomas Novak (person): Tomas Novak"],
    );
}

#[test]
fn odd_surnames() {
    check(
        "Senator Grace Price voted no. Price said the bill was bad.",
        &["Grace Price (person): Grace Price, Price"],
    );
    check(
        "Will Young met Mark Field. Young left first, Field said.",
        &["Will Young (person): Will Young, Young", "Mark Field (person): Mark Field, Field"],
    );
    check(
        "Judge Peter Law ruled against the city. Law gave no date.",
        &["Peter Law (person): Peter Law, Law"],
    );
}

#[test]
fn person_place() {
    check(
        "Jordan Moe visited Jordan in May.",
        &["Jordan Moe (person): Jordan Moe", "Jordan (location): Jordan"],
    );
    check(
        "Paris Lund flew to Paris. Lund slept.",
        &["Paris Lund (person): Paris Lund, Lund", "Paris (location): Paris"],
    );
}

#[test]
fn title_case() {
    check(
        "Mayor Olaf Berg Urges Calm After Floods In Nordvik\n\nOlaf Berg spoke on Monday.",
        &["Olaf Berg (person): Olaf Berg, Olaf Berg"],
    );
}

#[test]
fn same_surname() {
    check(
        "Hillary Clinton and Bill Clinton came. Mrs. Clinton spoke first; Mr. Clinton waved.",
        &[
            "Hillary Clinton (person): Hillary Clinton, Clinton",
            "Bill Clinton (person): Bill Clinton, Clinton",
        ],
    );
}

#[test]
fn nominal_company() {
    check(
        "Velden Foods sued Marlin Oil on Monday. The company said it had lost money.",
        &["Velden Foods (organization): Velden Foods, The company, it"],
    );
    check(
        "Velden Foods, which is owned by Hartwell Group, will close two mills. The company employs 900 people.",
        &["Velden Foods (organization): Velden Foods, The company"],
    );
    check(
        "The Nordvik Council fined Velden Foods. The company will appeal.",
        &["Velden Foods (organization): Velden Foods, The company"],
    );
}

#[test]
fn nominal_institution() {
    check(
        "The Nordvik Institute and the Transport Ministry clashed. The ministry wants a bridge; the institute wants a tunnel.",
        &[
            "Nordvik Institute (organization): Nordvik Institute, the institute",
            "Transport Ministry (organization): Transport Ministry, The ministry",
        ],
    );
    check(
        "The Supreme Court met on Monday. Velden Foods had sued. The court will rule in May.",
        &["Supreme Court (organization): Supreme Court, The court"],
    );
}

#[test]
fn pronoun_subject() {
    check(
        "Olaf Berg met Jonas Vik in Oslo. He said the talks had failed.",
        &["Olaf Berg (person): Olaf Berg, He"],
    );
    check("Rita Lund praised Olaf Holm, and she thanked Tom Hale.", &["Rita Lund (person): Rita Lund, she"]);
    check(
        "“He is a liar,” Olaf Berg said of Jonas Vik.",
        &["Jonas Vik (person): He, Jonas Vik", "Olaf Berg (person): Olaf Berg"],
    );
}

#[test]
fn nouns_that_may_mean_two_stay_open() {
    check_none(
        "The Foreign Ministry and the Finance Ministry gave statements. The ministry was closed.",
        "The ministry",
    );
    check_none("Velden Foods opened a mill. The university protested.", "The university");
    check_none("Britain and France agreed. The company was not told.", "The company");
}

#[test]
fn towns_by_the_state_after_them() {
    let towns = [
        ("A fire in Rochester, N.H., hurt two people.", Some("5091872")),
        ("A fire in Rochester hurt two people in New York.", Some("5134086")),
        ("She moved to Portland, Maine, in May.", Some("4975802")),
        ("The vineyards of Cambridge, New Zealand, are small.", Some("6240770")),
        ("A mill in Boston, Ala., burned down.", None),
        ("A mill in Lisbon, Ohio, burned down.", None),
    ];
    for (text, town) in towns {
        let document = analysed(text, Options::default());
        let view = document.view();
        let links: Vec<_> =
            view.entities().flat_map(|entity| entity.links()).filter(|link| link.0 == "geonames").collect();
        assert_eq!(links.first().map(|link| link.1), town, "{text}");
    }
}

#[test]
fn a_surname_and_a_state_before_a_noun() {
    check(
        "Ruth Lindqvist thanked them. The Lindqvist Iowa campaign hired two people.",
        &["Ruth Lindqvist (person): Ruth Lindqvist, Lindqvist", "Iowa (location): Iowa"],
    );
    check("Montana Sen. Jon Lind said no.", &["Montana (location): Montana", "Jon Lind (person): Jon Lind"]);
    check("A Hannah Montana tour was planned.", &["Hannah Montana (person): Hannah Montana"]);
}

#[test]
fn a_newspaper_named_after_a_country() {
    check("He told USA TODAY on Monday that he would stay.", &["USA TODAY (organization): USA TODAY"]);
    check_none("Sen. Ann Holm, I-Vt., voted no.", "I-Vt");
}

#[test]
fn a_given_name_that_is_a_common_word() {
    check(r#""It is late," Per Solheim said."#, &["Per Solheim (person): Per Solheim"]);
    check("The mayor, Per Solheim, met Will Drost.", &["Per Solheim (person): Per Solheim"]);
    check(
        "Per Solheim's count, the vote was lost. In May Solheim left.",
        &["Solheim (person): Solheim, Solheim"],
    );
}
