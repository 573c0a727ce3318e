//! The stage by example: a text, and the entities as `name (kind): mentions`.

use std::sync::LazyLock;

use copydesk_core::{Document, Emitter, Source, Stage, StageType, layer};
use copydesk_syntax::{Model, Tagger};

mod coref;
mod one_thing;
mod printed;

use super::{EntityStage, Kind, Options, RuleOption};

fn analysed(text: &str, options: Options) -> Document {
    analysed_by(&EntityStage::new(options).expect("right options"), text)
}

fn analysed_by(stage: &EntityStage, text: &str) -> Document {
    static TAGGER: LazyLock<Tagger> =
        LazyLock::new(|| Tagger::new(Model::load(None).expect("the model is part of the program")));
    let mut document = Document::new(Source { text, ..Source::default() }).expect("short enough");
    let mut tags = Emitter::new();
    TAGGER.tag(&document.view(), |found| tags.parts_of_speech(found.iter().copied()));
    document.absorb(&tags, &[layer::SYNTAX]).expect("a tag a token");
    let mut emitter = Emitter::new();
    stage.analyze(&document.view(), &mut emitter).expect("no error");
    document.absorb(&emitter, &[layer::ENTITIES]).expect("right annotations");
    document
}

fn shown(text: &str) -> Vec<String> {
    shown_of(&analysed(text, Options::default()))
}

fn shown_of(document: &Document) -> Vec<String> {
    let view = document.view();
    let entity = |entity: copydesk_core::layers::Entity<'_>| {
        let mentions: Vec<_> = entity.mentions().map(|mention| view.slice(mention.span)).collect();
        format!("{} ({}): {}", entity.name(), entity.kind(), mentions.join(", "))
    };
    view.entities().map(entity).collect()
}

/// Each expected entity is among those found.
#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let found = shown(text);
    for entity in expected {
        assert!(found.iter().any(|other| other == entity), "{entity:?} is not in {found:#?}");
    }
}

/// Exactly these entities are found.
#[track_caller]
fn check_all(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

/// Rare forms are dropped after a text with more of them than are kept, and all of them where too many occurred twice.
#[test]
fn what_earlier_texts_left_changes_nothing() {
    let text =
        "Marit Hoekstra of Velden Foods met Duarte Leal in Lisbon. Hoekstra left Velden for Norland Bank.";
    let stage = EntityStage::new(Options::default()).expect("right options");
    let shown = || shown_of(&analysed_by(&stage, text));
    let fresh = shown();
    assert!(fresh.len() > 3, "{fresh:?}");
    let word = |mut number: usize| {
        let mut word = String::from("Q");
        while number > 0 {
            word.push(char::from(b'a' + (number % 26) as u8));
            number /= 26;
        }
        word
    };
    for twice in [1_000, 26_000] {
        let words = (0..26_000).chain(0..twice).map(word);
        let names: String = words.map(|word| word + " spoke. ").collect();
        analysed_by(&stage, &names);
        assert_eq!(shown(), fresh);
        assert_eq!(shown(), fresh);
    }
}

#[test]
fn titles_and_verbs_stay_outside() {
    check_all(
        "On Monday, Prime Minister Duarte Leal said it was over.",
        &["Duarte Leal (person): Duarte Leal"],
    );
    check_all(
        "German Agriculture Minister Lena Brandt told reporters in Berlin.",
        &["German (group): German", "Lena Brandt (person): Lena Brandt", "Berlin (location): Berlin"],
    );
    check(
        "US National Security Advisor Mark Delaney called.",
        &["US (location): US", "Mark Delaney (person): Mark Delaney"],
    );
    check("He met Mr. Okonkwo and Sen. Rita Alvarez.", &["Rita Alvarez (person): Rita Alvarez"]);
    check("Former Secretary of State Anna Holt was there.", &["Anna Holt (person): Anna Holt"]);
}

#[test]
fn organisations_by_their_cues() {
    check(
        "The Dutch Transport Ministry said so.",
        &["Dutch Transport Ministry (organization): Dutch Transport Ministry"],
    );
    check(
        "He works for the Ministry of Foreign Affairs.",
        &["Ministry of Foreign Affairs (organization): Ministry of Foreign Affairs"],
    );
    check(
        "The Department of Health and Human Services denied it.",
        &["Department of Health and Human Services (organization): Department of Health and Human Services"],
    );
    check(
        "A study by Nordvik University was out.",
        &["Nordvik University (organization): Nordvik University"],
    );
    check("According to data company Quorix, sales rose.", &["Quorix (organization): Quorix"]);
    check("NATO and Reuters reported it.", &["NATO (organization): NATO", "Reuters (organization): Reuters"]);
    check(
        "The Eurasian Economic Union agreed.",
        &["Eurasian Economic Union (organization): Eurasian Economic Union"],
    );
    check("Analysts at Hartwell & Sons said no.", &["Hartwell & Sons (organization): Hartwell & Sons"]);
}

#[test]
fn places() {
    check(
        "It rained in Saudi Arabia, New York and the Caspian Sea.",
        &[
            "Saudi Arabia (location): Saudi Arabia",
            "New York (location): New York",
            "Caspian Sea (location): Caspian Sea",
        ],
    );
    check("The US-led force left.", &["US (location): US"]);
    check("Russian-Iranian ties are close.", &["Russian (group): Russian", "Iranian (group): Iranian"]);
    check("They landed at Velden Airport.", &["Velden Airport (facility): Velden Airport"]);
    check(
        "The U.S. and the United States are one; America too.",
        &["United States (location): U.S., United States, America"],
    );
}

#[test]
fn laws_events_products() {
    check(
        "The Joint Comprehensive Plan of Action (JCPOA) holds. The JCPOA is old.",
        &["Joint Comprehensive Plan of Action (law): Joint Comprehensive Plan of Action, JCPOA, JCPOA"],
    );
    check("Storm Ingrid hit the coast.", &["Storm Ingrid (event): Storm Ingrid"]);
    check("They use the Velda payment system; the Velda system works.", &[]);
    check("Many adopted the Tonka app.", &["Tonka (product): Tonka"]);
}

#[test]
fn acronyms_that_a_text_introduces() {
    check(
        "The Velden Grain Corporation (VGCo) closed. Farmers wrote, and a VGCo clerk answered.",
        &["Velden Grain Corporation (organization): Velden Grain Corporation, VGCo, VGCo"],
    );
    // Other letters are not an acronym of the name.
    check(
        "The Velden Grain Corporation (Xq) closed.",
        &["Velden Grain Corporation (organization): Velden Grain Corporation"],
    );
}

#[test]
fn one_entity_per_thing() {
    check(
        "Marit Hoekstra left. Hoekstra said she would return.",
        &["Marit Hoekstra (person): Marit Hoekstra, Hoekstra, she"],
    );
    check(
        "The Bank of Norland (BoN) met. The BoN kept its rate, and the bank said so.",
        &["Bank of Norland (organization): Bank of Norland, BoN, BoN, its, the bank"],
    );
    check(
        "The Dutch Transport Ministry spoke. The ministry said more.",
        &["Dutch Transport Ministry (organization): Dutch Transport Ministry, The ministry"],
    );
    check(
        "Finance Minister Olaf Berg spoke. The minister left.",
        &["Olaf Berg (person): Olaf Berg, The minister"],
    );
}

#[test]
fn short_names_before_full_ones() {
    check(
        "Hoekstra is leaving. Marit Hoekstra told reporters on Monday. Hoekstra was tired.",
        &["Marit Hoekstra (person): Hoekstra, Marit Hoekstra, Hoekstra"],
    );
    check(
        "The NFC was late. The National Fisheries Council met in Oslo, and the NFC said so.",
        &["National Fisheries Council (organization): NFC, National Fisheries Council, NFC"],
    );
    check(
        "Elena Vargas Mora won. Vargas Mora was glad, and Vargas went home.",
        &["Elena Vargas Mora (person): Elena Vargas Mora, Vargas Mora, Vargas"],
    );
}

#[test]
fn two_of_a_surname() {
    check_all(
        "Michael Tarrant and his wife Susan Tarrant sang. Mr. Tarrant was hoarse. Mrs. Tarrant was not, she said.",
        &[
            "Michael Tarrant (person): Michael Tarrant, his, Tarrant",
            "Susan Tarrant (person): Susan Tarrant, Tarrant, she",
        ],
    );
}

#[test]
fn two_ministries_of_a_name() {
    check(
        "The Iraqi Trade Ministry spoke. The Iranian Trade Ministry was silent.",
        &[
            "Iraqi Trade Ministry (organization): Iraqi Trade Ministry",
            "Iranian Trade Ministry (organization): Iranian Trade Ministry",
        ],
    );
}

#[test]
fn pronouns_go_by_gender() {
    check(
        "Helena Brandt met Thomas Feld in Berlin. She thanked him. He left.",
        &["Helena Brandt (person): Helena Brandt, She", "Thomas Feld (person): Thomas Feld, him, He"],
    );
}

#[test]
fn nouns_refer_to_matching_entities() {
    check(
        "Quillon Motors asked the European Union for aid. The company was refused.",
        &[
            "Quillon Motors (organization): Quillon Motors, The company",
            "European Union (organization): European Union",
        ],
    );
    check(
        "The mayor of Toronto wrote to Ontario. The city wants more.",
        &["Toronto (location): Toronto, The city", "Ontario (location): Ontario"],
    );
}

#[test]
fn roles_on_both_sides() {
    let role = |text: &str| {
        let document = analysed(text, Options::default());
        let view = document.view();
        let attributes = view.entities().flat_map(|entity| entity.attributes().collect::<Vec<_>>());
        let shown = attributes.filter(|attribute| matches!(attribute.0, "role" | "of"));
        shown.map(|attribute| attribute.1.to_owned()).collect::<Vec<_>>().join(" / ")
    };
    assert_eq!(role("Ruth Peke, Norway's energy minister, said no."), "energy minister / Norway");
    assert_eq!(role("Minister of Health Kwabena Osei said no."), "Minister of Health");
    assert_eq!(
        role("The head of the Croatian Football Federation, Luka Mandic, said no."),
        "head / Croatian Football Federation"
    );
    assert_eq!(role("White House press secretary Olaf Berg said no."), "press secretary / White House");
    assert_eq!(role("He spoke of front-runner Olaf Berg."), "front-runner");
    assert_eq!(role("He wrote to editor-in-chief Olaf Berg."), "editor-in-chief");
    assert_eq!(role("He was secretary of state under President Olaf Berg."), "President");
    assert_eq!(role("He was a veteran of President Olaf Berg."), "President");
    assert_eq!(role("Then Secretary of State Olaf Berg spoke."), "Secretary of State");
    assert_eq!(role("Then under secretary Olaf Berg spoke."), "under secretary");
    assert_eq!(role("He called Berlin-based lawyer Olaf Berg."), "lawyer");
}

#[test]
fn capitals_that_are_not_names() {
    check_all("Consumer prices rose. Analysts were surprised. It was Tuesday in March.", &[]);
    check_all("Meteorologists expect rain. However, nobody knows.", &[]);
    check_all("The CEO of the firm had an MRI.", &[]);
    check_all("LOCAL MAN WINS PRIZE IN TOWN LOTTERY AGAIN", &[]);
}

#[test]
fn a_ministry_is_linked_to_its_country() {
    let document = analysed("The Norwegian Fisheries Ministry spoke.", Options::default());
    let view = document.view();
    let links: Vec<_> = view.entities().flat_map(|entity| entity.links().collect::<Vec<_>>()).collect();
    assert_eq!(links, [("iso3166", "NO")]);
}

#[test]
fn links_and_roles() {
    let document = analysed("French President Luc Amand left France.", Options::default());
    let view = document.view();
    let links: Vec<_> = view.entities().flat_map(|entity| entity.links().collect::<Vec<_>>()).collect();
    assert_eq!(links, [("iso3166", "FR"), ("iso3166", "FR")]);
    let role = view.entities().find_map(|entity| entity.attributes().next());
    assert_eq!(role.map(|role| (role.0, role.1)), Some(("role", "President")));
    assert!(
        view.entities()
            .all(|entity| entity.salience().is_some_and(|salience| (0.0..=1.0).contains(&salience)))
    );
}

#[test]
fn options_choose() {
    let text = "Marit Hoekstra left Paris. She was glad.";
    let names = |options: Options| -> Vec<String> {
        let document = analysed(text, options);
        document.view().mentions().map(|mention| document.view().slice(mention.span).to_owned()).collect()
    };
    assert_eq!(names(Options { kinds: vec![Kind::Person], ..Options::default() }), ["Marit Hoekstra", "She"]);
    assert_eq!(names(Options { nominals: false, ..Options::default() }), ["Marit Hoekstra", "Paris"]);
    assert_eq!(names(Options { min_confidence: 0.99, ..Options::default() }), Vec::<String>::new());
}

#[test]
fn lists_and_patterns_of_the_user_go_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let list = folder.path().join("ships.tsv");
    std::fs::write(&list, "# my ships\nAurora Bay\tproduct\timo-9\tthe Aurora|AB-1\n").expect("a file");
    let rule = |pattern: &str| RuleOption { kind: Kind::Law, pattern: pattern.to_owned() };
    let options = Options {
        gazetteers: vec![list.clone()],
        rules: vec![rule("under the [<Cap>+] of <num>")],
        ..Options::default()
    };
    let document =
        analysed("The Aurora sank; AB-1 was insured under the Rivers Code of 1911.", options.clone());
    let view = document.view();
    let found: Vec<String> = view
        .entities()
        .map(|entity| {
            let links: Vec<_> = entity.links().collect();
            format!("{} ({}) {links:?} {}", entity.name(), entity.kind(), entity.mentions().count())
        })
        .collect();
    assert!(found.contains(&"Aurora Bay (product) [(\"ships\", \"imo-9\")] 2".to_owned()), "{found:?}");
    assert!(found.contains(&"Rivers Code (law) [] 1".to_owned()), "{found:?}");
    let refused =
        |options: Options| EntityStage::new(options).err().map(|error| error.to_string()).unwrap_or_default();
    std::fs::write(&list, "Aurora\tship\n").expect("a file");
    assert!(refused(options).contains("ships.tsv:1"));
    assert!(
        refused(Options { rules: vec![rule("<caps>")], ..Options::default() }).contains("rules[0].pattern")
    );
    let garbage = folder.path().join("no.model");
    std::fs::write(&garbage, b"no model").expect("a file");
    assert!(refused(Options { model: Some(garbage), ..Options::default() }).contains("no.model"));
}

#[test]
fn cities_by_their_neighbours() {
    let geonames = |text: &str, name: &str| {
        let document = analysed(text, Options::default());
        let view = document.view();
        let entity = view.entities().find(|entity| entity.name() == name).map(|entity| {
            entity.links().find(|(scheme, _)| *scheme == "geonames").map(|(_, id)| id.to_owned())
        });
        entity.flatten()
    };
    assert_eq!(geonames("The mayor of London spoke in Britain.", "London").as_deref(), Some("2643743"));
    assert_eq!(geonames("A man from London, Ontario, won.", "London").as_deref(), Some("6058560"));
    // The state, not its namesake in South Africa; and the city in the country that the text names.
    assert_eq!(geonames("The governor of Virginia met Anna Holt.", "Virginia"), None);
    assert_eq!(geonames("Spain sent boats to Valencia.", "Valencia").as_deref(), Some("2509954"));
}

#[test]
fn demonyms_of_two_countries() {
    let iso = |text: &str| {
        let document = analysed(text, Options::default());
        let view = document.view();
        let group = view.entities().find(|entity| entity.name() == "Congolese");
        group.and_then(|group| group.links().next().map(|(_, id)| id.to_owned()))
    };
    assert_eq!(iso("Congolese soldiers left.").as_deref(), Some("CD"));
    assert_eq!(iso("Congolese soldiers left the Republic of Congo.").as_deref(), Some("CG"));
}

#[test]
fn hostile_text_ends() {
    for piece in [
        "A ",
        "The Ministry of ",
        "Anna-",
        "he the bank ",
        "U.S. ",
        "(ABC) ",
        "De La ",
        "Minister of ",
        "Anna Holt, the ",
        "“She said, ",
        "\"He \" said ",
        "Georgia, Alabama and ",
        "Bill Amsel Jr., his son, ",
        "AfDB the insurer ",
        "Ministry of Trade of Chad ",
    ] {
        analysed(&piece.repeat(20_000), Options::default());
    }
}
