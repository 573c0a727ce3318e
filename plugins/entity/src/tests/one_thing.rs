//! Which names refer to one thing and which to two: people, organisations, places, pronouns, nouns.

use super::{Options, analysed, check, check_all, shown};

/// The link of an entity under a scheme.
fn link(text: &str, name: &str, scheme: &str) -> Option<String> {
    let document = analysed(text, Options::default());
    let view = document.view();
    let entity = view.entities().find(|entity| entity.name() == name)?;
    entity.links().find(|(own, _)| *own == scheme).map(|(_, id)| id.to_owned())
}

#[track_caller]
pub(super) fn check_none(text: &str, unwanted: &str) {
    let found = shown(text);
    assert!(!found.iter().any(|entity| entity.contains(unwanted)), "{unwanted:?} is in {found:#?}");
}

#[test]
fn states_are_not_countries() {
    let links = |text: &str, name: &str| link(text, name, "iso3166");
    assert_eq!(links("A court in Savannah, Georgia, freed Owen Tully.", "Georgia"), None);
    assert_eq!(links("Alabama and Georgia share a lake.", "Georgia"), None);
    assert_eq!(links("Georgia sent guards to Armenia on Friday.", "Georgia").as_deref(), Some("GE"));
    assert_eq!(links("Georgia asked Washington for boats.", "Georgia").as_deref(), Some("GE"));
    assert_eq!(links("Jordan asked Egypt for help. It came late.", "Jordan").as_deref(), Some("JO"));
    assert_eq!(links("Tbilisi is quiet. Georgia votes on Sunday.", "Georgia").as_deref(), Some("GE"));
    assert_eq!(links("A fire in Lebanon, Pennsylvania, burned a barn.", "Lebanon"), None);
    assert_eq!(
        links("Lebanon sent a ship to Cyprus. It left Beirut at noon.", "Lebanon").as_deref(),
        Some("LB")
    );
    assert_eq!(link("A man from Athens, Georgia, won.", "Athens", "geonames").as_deref(), Some("4180386"));
}

#[test]
fn two_countries_with_one_name() {
    let links = |text: &str| link(text, "Congo", "iso3166");
    assert_eq!(links("Kinshasa wants peace. Congo will pay its soldiers.").as_deref(), Some("CD"));
    assert_eq!(links("Brazzaville wants peace. Congo will pay its soldiers.").as_deref(), Some("CG"));
    check(
        "Guinea closed its border with Guinea-Bissau. Guinea gave no reason.",
        &["Guinea (location): Guinea, its, Guinea", "Guinea-Bissau (location): Guinea-Bissau"],
    );
    check(
        "Niger and Nigeria share a border. Niger closed it.",
        &["Niger (location): Niger, Niger", "Nigeria (location): Nigeria"],
    );
    check(
        "Northern Ireland has fewer farms than Ireland. Ireland exports beef.",
        &["Northern Ireland (location): Northern Ireland", "Ireland (location): Ireland, Ireland"],
    );
}

#[test]
fn other_names_of_cities() {
    assert_eq!(link("It rained in Aarhus, Denmark.", "Aarhus", "geonames").as_deref(), Some("2624652"));
    // A common word is a city if it was found to be a place.
    assert_eq!(link("Farmers from Cork, Ireland, sued.", "Cork", "geonames").as_deref(), Some("2965140"));
}

#[test]
fn people_named_like_a_country() {
    check(
        "Jordan Amsel and Chad Feld rowed home. Jordan had the boat, and Chad had the idea.",
        &["Jordan Amsel (person): Jordan Amsel, Jordan", "Chad Feld (person): Chad Feld, Chad"],
    );
    check(
        "Jordan Amsel rowed home. Later Amsel flew to Jordan.",
        &["Jordan (location): Jordan", "Jordan Amsel (person): Jordan Amsel, Amsel"],
    );
}

#[test]
fn acronyms_of_countries() {
    check(
        "The Kormoran Shipping Alliance met in Gdansk. The KSA has nine members.",
        &["Kormoran Shipping Alliance (organization): Kormoran Shipping Alliance, KSA"],
    );
    check(
        "Saudi Arabia will build a port. The KSA has spent six billion dollars.",
        &["Saudi Arabia (location): Saudi Arabia, KSA"],
    );
}

#[test]
fn names_for_the_same_state() {
    check(
        "Britain and the EU agreed. The UK will pay. The European Union is glad, and British fishermen are not.",
        &["Britain (location): Britain, UK", "European Union (organization): EU, European Union"],
    );
}

#[test]
fn relations_are_not_roles() {
    let role = |text: &str| {
        let document = analysed(text, Options::default());
        let view = document.view();
        let roles = view.entities().flat_map(|entity| entity.attributes().collect::<Vec<_>>());
        roles.filter(|role| role.0 == "role").map(|role| role.1.to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(role("His son, Viktor Amsel, was there."), Vec::<String>::new());
    assert_eq!(role("Greta Amsel, his wife, was there."), Vec::<String>::new());
    assert_eq!(role("His daughter, the lawyer Greta Amsel, was there."), ["lawyer"]);
}

#[test]
fn fathers_and_sons() {
    check(
        "Edwin Marlow Sr. opened the shop. Edwin Marlow Jr. closed it. Edwin Marlow Sr. wept.",
        &[
            "Edwin Marlow Sr. (person): Edwin Marlow Sr., Edwin Marlow Sr.",
            "Edwin Marlow Jr. (person): Edwin Marlow Jr.",
        ],
    );
    check(
        "Georgia Whitlow and Chad Whitlow sang. Greta Amsel, his cousin, danced with Martin Amsel.",
        &["Georgia Whitlow (person): Georgia Whitlow"],
    );
    check(
        "Two men lied. Martin Amsel and Peter Lund ran. Greta Amsel, his mother, wept.",
        &["Martin Amsel (person): Martin Amsel, his"],
    );
}

#[test]
fn short_forms_of_given_names() {
    check(
        "William Strand resigned. Bill Strand is 60, and William liked to fish.",
        &["William Strand (person): William Strand, Bill Strand, William"],
    );
    check_all(
        "Robert Amsel met William Amsel in Oslo.",
        &[
            "Robert Amsel (person): Robert Amsel",
            "William Amsel (person): William Amsel",
            "Oslo (location): Oslo",
        ],
    );
    check(
        "George A. Lund spoke. George B. Lund did not.",
        &["George A. Lund (person): George A. Lund", "George B. Lund (person): George B. Lund"],
    );
}

#[test]
fn names_of_many_words() {
    check(
        "Rosa Elena Villar Montes won. Elena Villar thanked nobody, and Villar left.",
        &["Rosa Elena Villar Montes (person): Rosa Elena Villar Montes, Elena Villar, Villar"],
    );
    check(
        "Elena Villar won. Rosa Elena Villar Montes was born in Quito.",
        &["Rosa Elena Villar Montes (person): Elena Villar, Rosa Elena Villar Montes"],
    );
    check(
        "Faisal bin Tariq al-Dosari signed. Al-Dosari left, and Faisal al-Dosari was seen in Doha.",
        &["Faisal bin Tariq al-Dosari (person): Faisal bin Tariq al-Dosari, Al-Dosari, Faisal al-Dosari"],
    );
    check(
        "Luo Jianhua met Marta Feld. Luo thanked her.",
        &["Luo Jianhua (person): Luo Jianhua, Luo", "Marta Feld (person): Marta Feld, her"],
    );
    check(
        "Ingrid Solberg-Lunde won. Solberg-Lunde said she was tired.",
        &["Ingrid Solberg-Lunde (person): Ingrid Solberg-Lunde, Solberg-Lunde, she"],
    );
}

#[test]
fn titled_couples() {
    check(
        "Sir Julian Pemberton and Lady Pemberton sold the house. Lady Pemberton said she would move.",
        &["Julian Pemberton (person): Julian Pemberton", "Pemberton (person): Pemberton, Pemberton, she"],
    );
}

#[test]
fn ministries_by_country_and_purpose() {
    check(
        "The Polish Ministry of Defence spoke. The Lithuanian Defence Ministry was silent. The Polish Defense Ministry spoke again.",
        &[
            "Polish Ministry of Defence (organization): Polish Ministry of Defence, Polish Defense Ministry",
            "Lithuanian Defence Ministry (organization): Lithuanian Defence Ministry",
        ],
    );
    assert_eq!(
        link("Portugal's Ministry of Fisheries closed the bay.", "Ministry of Fisheries", "iso3166")
            .as_deref(),
        Some("PT")
    );
}

#[test]
fn companies_and_their_relatives() {
    check(
        "Quillon Foods plc bakes bread, and Quillon Foods said so. Quillon Foods Group owns Quillon Foods plc now.",
        &[
            "Quillon Foods plc (organization): Quillon Foods plc, Quillon Foods, Quillon Foods plc",
            "Quillon Foods Group (organization): Quillon Foods Group",
        ],
    );
    check(
        "Verdane Trust Bank closed. Shares of Verdane Trust fell.",
        &["Verdane Trust Bank (organization): Verdane Trust Bank, Verdane Trust"],
    );
    check(
        "Verdane Motors was sold by its parent Verdane Group.",
        &["Verdane Motors (organization): Verdane Motors, its"],
    );
    check(
        "The Labour Party lost. Labour had hoped for more.",
        &["Labour Party (organization): Labour Party, Labour"],
    );
}

#[test]
fn acronyms_of_two_banks() {
    check(
        "The Asian Development Bank lent money. The African Development Bank did not. The AfDB is poorer than the ADB.",
        &[
            "Asian Development Bank (organization): Asian Development Bank, ADB",
            "African Development Bank (organization): African Development Bank, AfDB",
        ],
    );
}

#[test]
fn speakers_are_not_named_in_their_own_words() {
    check(
        "Clara Amsel met Ruth Feld in Oslo. \"She lied to us,\" said Ruth Feld.",
        &["Clara Amsel (person): Clara Amsel, She", "Ruth Feld (person): Ruth Feld, Ruth Feld"],
    );
    check(
        "Clara Amsel met Ruth Feld in Oslo. Feld told reporters: “She lied to us.”",
        &["Clara Amsel (person): Clara Amsel, She"],
    );
    check(
        "Clara Amsel leads the party. Ruth Feld wants the seat. \"She is new,\" Amsel said of Feld.",
        &["Ruth Feld (person): Ruth Feld, She, Feld"],
    );
    check(
        "Clara Amsel met Ruth Feld in Oslo. ‘She lied about the workers’ pay,’ said Feld.",
        &["Clara Amsel (person): Clara Amsel, She", "Ruth Feld (person): Ruth Feld, Feld"],
    );
    check(
        "Clara Amsel met Ruth Feld in Oslo. «She lied,» said the mayor, Ruth Feld.",
        &["Clara Amsel (person): Clara Amsel, She"],
    );
    // Marks around one or two words are not a quote of hers.
    check(
        "Clara Amsel, called the \"queen\" of Oslo, said she would sing.",
        &["Clara Amsel (person): Clara Amsel, she"],
    );
}

#[test]
fn pronouns_over_several_sentences() {
    check(
        "Ingeborg Falk hired a cook. The oven was old. It broke. She bought another.",
        &["Ingeborg Falk (person): Ingeborg Falk, She"],
    );
    check(
        "Boubacar Sow sells onions. The guards know him well.",
        &["Boubacar Sow (person): Boubacar Sow, him"],
    );
}

#[test]
fn nouns_of_a_trade() {
    check(
        "Meridian Motors, a carmaker, sued the European Commission. The carmaker lost.",
        &["Meridian Motors (organization): Meridian Motors, The carmaker"],
    );
    check_none("Meridian Motors sued the European Commission. The carmaker lost.", "The carmaker");
    check(
        "The Bank of Norland met Verdane Trust Bank. The central bank was pleased.",
        &["Bank of Norland (organization): Bank of Norland, The central bank"],
    );
}

#[test]
fn the_west_is_one_place() {
    check(
        "Envoys of the West left on Monday. \"The West's patience is over,\" said Ilka Norden, who blamed the West for it.",
        &["West (location): West, West, West"],
    );
}

#[test]
fn a_father_and_his_junior() {
    check(
        "Olaf Berg sold the mill. His son, Olaf Berg Jr., sued. Berg Jr. called the price a joke. Berg said nothing.",
        &["Olaf Berg (person): Olaf Berg, His, Berg", "Olaf Berg Jr. (person): Olaf Berg Jr., Berg Jr."],
    );
    check(
        "Olaf Berg Jr. won in 2020. Berg said he would run again.",
        &["Olaf Berg Jr. (person): Olaf Berg Jr., Berg, he"],
    );
}

#[test]
fn a_newspaper_is_not_the_company_that_it_reports_about() {
    check_none("The Guardian reported on Monday that the firm had been sold.", "the firm");
    check_none("The Brevik Herald said the company would close its mill.", "the company");
    check(
        "Velden Foods reported a loss on Monday. The company said sales had fallen.",
        &["Velden Foods (organization): Velden Foods, The company"],
    );
}
