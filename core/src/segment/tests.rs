//! Tests of segmentation: a text, and its sentences with their tokens separated by bars.

use super::*;
use crate::{Document, Source};

fn segmented(text: &str) -> Document {
    Document::new(Source { text, ..Source::default() }).unwrap_or_default()
}

fn shown(text: &str) -> Vec<String> {
    let document = segmented(text);
    let view = document.view();
    let sentences = view.sentences().iter();
    sentences
        .map(|sentence| {
            let tokens = &view.tokens()[sentence.tokens()];
            tokens.iter().map(|token| view.slice(token.span())).collect::<Vec<_>>().join("|")
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(shown(text), expected, "{text}");
}

#[track_caller]
fn check_sentences(text: &str, expected: usize) {
    let found = shown(text);
    assert_eq!(found.len(), expected, "{text}\n{found:#?}");
}

#[test]
fn words_numbers_and_marks() {
    check("Trade grew 42.7% to $2.7 billion.", &["Trade|grew|42.7|%|to|$|2.7|billion|."]);
    check("€3.5bn, US$4.7m and 360,000 tonnes", &["€|3.5bn|,|US|$|4.7m|and|360,000|tonnes"]);
    check("Up 10-12% in Jan.-July", &["Up|10|-|12|%|in|Jan|.|-|July"]);
    check("1'000'000 francs at .5 percent", &["1'000'000|francs|at|.5|percent"]);
    check("the 21st of the '90s", &["the|21st|of|the|'|90s"]);
    check("Wait... what?!", &["Wait|...|what|?|!"]);
}

#[test]
fn apostrophes() {
    check("Iran's don't they'll O'Brien", &["Iran|'s|do|n't|they|'ll|O'Brien"]);
    check("Iran’s don’t l’Oréal", &["Iran|’s|do|n’t|l’Oréal"]);
    check("the countries' deal, cannot", &["the|countries|'|deal|,|cannot"]);
}

#[test]
fn quotation_marks_as_character_references() {
    check("&quot;We won,&quot; he said.", &["&quot;|We|won|,|&quot;|he|said|."]);
    check(
        "the &#8220;old town&#x201D; (&ldquo;so&rdquo;)",
        &["the|&#8220;|old|town|&#x201D;|(|&ldquo;|so|&rdquo;|)"],
    );
    check("NATO&quot; R&D; AT&T, a &quote; b", &["NATO|&quot;|R&D|;|AT&T|,|a|&|quote|;|b"]);
    let document = segmented("&quot;We won&rdquo;");
    let hash = |text: &str| segmented(text).view().tokens()[0].hash();
    assert_eq!(document.view().tokens()[0].hash(), hash("\""));
    assert!(document.view().tokens().last().is_some_and(|mark| mark.has(types::token_flag::CLOSING)));
}

#[test]
fn characters_of_zero_width_are_not_spaces() {
    check("Nor\u{ad}way won\u{200b}dered.", &["Nor\u{ad}way|won\u{200b}dered|."]);
    check("Oslo\u{ad} won, Berg\u{200b}'s son", &["Oslo|won|,|Berg|'s|son"]);
    // Scripts without spaces separate words by them.
    check("ไทย\u{200b}ไทย", &["ไทย|ไทย"]);
    let hash = |text: &str| segmented(text).view().tokens()[0].hash();
    assert_eq!(hash("Nor\u{ad}way"), hash("Norway"));
    assert_eq!(hash("Jose\u{301}"), hash("José"));
}

#[test]
fn abbreviations_keep_their_stop() {
    check(
        "Mr. Smith met Gen. J. K. Jones Jr. on Jan. 5 in St. Paul.",
        &["Mr.|Smith|met|Gen.|J.|K.|Jones|Jr.|on|Jan.|5|in|St.|Paul|."],
    );
    check("The U.S. President left at 5 p.m. on Friday.", &["The|U.S.|President|left|at|5|p.m.|on|Friday|."]);
    check("He joined Acme Inc. The firm grew.", &["He|joined|Acme|Inc.", "The|firm|grew|."]);
    check("He moved to the U.S. He stayed.", &["He|moved|to|the|U.S.", "He|stayed|."]);
    check("They answered no. Nobody spoke.", &["They|answered|no|.", "Nobody|spoke|."]);
    check("See No. 5 for vitamin C. The rest is fine.", &["See|No.|5|for|vitamin|C|.", "The|rest|is|fine|."]);
}

#[test]
fn names_with_inner_marks() {
    check(
        "AT&T and Amazon.com at https://x.org/a,b. Mail a.b@c.org",
        &["AT&T|and|Amazon.com|at|https://x.org/a,b|.", "Mail|a.b@c.org"],
    );
    check(
        "US-led Franco-German Reuters/Ipsos @user #topic",
        &["US|-|led|Franco|-|German|Reuters|/|Ipsos|@user|#topic"],
    );
}

#[test]
fn quotes_hold_whole_sentences() {
    check_sentences("\"We won. They lost,\" he said.", 2);
    check_sentences("“Did we win?” Smith asked. Nobody knew.", 2);
    check_sentences("“Why?” he asked.", 1);
    check_sentences("“We won.” The crowd cheered.", 2);
    check_sentences("He said: “It is over.” Then he left.", 2);
    check_sentences("\"It is over.\" \"Is it?\"", 2);
    check_sentences("“Stop!” — with that he left.", 1);
}

#[test]
fn decimals_initials_and_ellipses_do_not_end_sentences() {
    check_sentences("Prices rose 3.5 percent. Wages fell.", 2);
    check_sentences("President George W. Bush spoke.", 1);
    check_sentences("He was … well … late.", 1);
    check_sentences("end of it.Next sentence.", 2);
    check_sentences("It shut in June.The owner left.", 2);
    check_sentences("The file is at Node.Reader now.", 1);
}

#[test]
fn paragraphs() {
    let document =
        segmented("Minister resigns over budget\n\nBy Jane Smith\n\nLONDON (AP) - He left.\nShe stayed.");
    let view = document.view();
    assert_eq!(view.paragraphs().len(), 4);
    let zones: Vec<_> = view.zones().iter().map(|zone| (zone.kind(), view.slice(zone.span()))).collect();
    assert_eq!(
        zones,
        [
            (ZoneKind::Headline, "Minister resigns over budget"),
            (ZoneKind::Byline, "By Jane Smith"),
            (ZoneKind::Dateline, "LONDON (AP) -"),
        ]
    );
    let wrapped = "The minister said on Monday that the\nplan to close the plant would be\nreviewed by the end of the year.\nAll agreed.\nBut one.";
    assert_eq!(segmented(wrapped).view().paragraphs().len(), 2, "a short last line ends a wrapped paragraph");
}

#[test]
fn the_title_of_the_input_marks_the_headline() {
    let text = "Rates held.\n\nThe bank kept its rate.";
    let document =
        Document::new(Source { text, title: Some("Rates held."), ..Source::default() }).unwrap_or_default();
    assert_eq!(document.view().zone_at(0), ZoneKind::Headline);
    assert_eq!(document.view().zone_at(20), ZoneKind::Body);
}

#[test]
fn other_scripts_are_segmented() {
    check("Владимир Путин сказал. Он ушёл.", &["Владимир|Путин|сказал|.", "Он|ушёл|."]);
    check("東京。大阪", &["東|京|。", "大|阪"]);
    check("مرحبا بالعالم", &["مرحبا|بالعالم"]);
    check("go 👩‍👩‍👧‍👦 🇩🇪!", &["go|👩‍👩‍👧‍👦|🇩🇪|!"]);
    check("नमस्ते दुनिया", &["नमस्ते|दुनिया"]);
    check("a\0b\u{3000}c", &["a|b|c"]);
}

#[test]
fn white_space_has_no_sentences() {
    for text in ["", " \n\t\r\n ", "\u{a0}\u{feff}", "\0\0"] {
        let document = segmented(text);
        assert!(document.view().tokens().is_empty() && document.view().sentences().is_empty(), "{text:?}");
    }
}

proptest::proptest! {
    #[test]
    fn the_short_cut_for_letters_changes_nothing(
        text in "([a-zA-Z]{1,20}|[a-zA-Z]{0,3}[0-9.,'’&@_:;\"“”é\u{ad}\r\n\t–-]|www\\.|http://|n't|\\PC| ){0,120}"
    ) {
        let (mut tokens, mut plainly) = (Vec::new(), Vec::new());
        for end in [text.len(), text.floor_char_boundary(text.len() / 2)] {
            let within = crate::Span::raw(0, end as u32);
            tokens::tokenize(&text, within, &mut tokens);
            tokens::tokenize_by::<false>(&text, within, &mut plainly);
            proptest::prop_assert_eq!(&tokens, &plainly);
        }
    }

    /// For any text: spans lie on character boundaries, in order, without overlap; sentences and paragraphs cover the tokens.
    #[test]
    fn spans_hold_for_any_text(text in "([A-Za-z0-9 .,'\"“”’\\-$€%()\n]|\\PC|\r|\0){0,200}") {
        let document = segmented(&text);
        let view = document.view();
        let mut last = 0;
        for token in view.tokens() {
            proptest::prop_assert!(token.span().is_valid_in(&text) && !token.span().is_empty());
            proptest::prop_assert!(token.span().start() >= last);
            last = token.span().end();
            proptest::prop_assert!(view.sentences()[token.sentence()].span().contains(token.span()));
        }
        let in_sentences: usize = view.sentences().iter().map(|sentence| sentence.tokens().len()).sum();
        proptest::prop_assert_eq!(in_sentences, view.tokens().len());
        let in_paragraphs: usize = view.paragraphs().iter().map(|paragraph| paragraph.sentences().len()).sum();
        proptest::prop_assert_eq!(in_paragraphs, view.sentences().len());
        // Only white space and characters of zero width are between tokens.
        let mut at = 0;
        for token in view.tokens() {
            let between = &text[at..token.span().start() as usize];
            proptest::prop_assert!(between.chars().all(|c| !c.is_alphanumeric()), "lost {:?}", between);
            at = token.span().end() as usize;
        }
    }
}
