//! Quotation marks of every kind, balanced and not.

use super::{check, shown};

super::cases! {
    straight: "\"The road is open again,\" Moreno said." => ["Moreno (say) direct: The road is open again,"];
    curly: "“The road is open again,” Moreno said." => ["Moreno (say) direct: The road is open again,"];
    single: "‘The road is open again,’ Moreno said." => ["Moreno (say) direct: The road is open again,"];
    straight_single: "'The road is open again,' Moreno said." => ["Moreno (say) direct: The road is open again,"];
    guillemets: "«The road is open again,» Moreno said." => ["Moreno (say) direct: The road is open again,"];
    low_marks: "„The road is open again,“ Moreno said." => ["Moreno (say) direct: The road is open again,"];
    two_apostrophes: "''The road is open again,'' Moreno said." => ["Moreno (say) direct: The road is open again,"];
    apostrophes_inside: "“It's the council's fault, isn't it,” Moreno said." => ["Moreno (say) direct: It's the council's fault, isn't it,"];
    plural_genitive: "‘The workers’ rights are at risk,’ Moreno said." => ["Moreno (say) direct: The workers’ rights are at risk,"];
    nested: "“They told me ‘go home’ and closed the door,” Moreno said." => ["Moreno (say) direct: They told me ‘go home’ and closed the door,"];
    over_paragraphs: "“The road is closed,” Moreno said.\n\n“We will open it when it is safe to do so." => ["Moreno (say) direct: The road is closed,"];
    reopened: "Moreno said: “The road is closed today.\n\n“It will open again when it is safe.”" => [
        "Moreno (say) direct: The road is closed today.",
        "Moreno (?) direct: It will open again when it is safe.",
    ];
}

#[test]
fn an_unbalanced_mark_costs_its_own_quote_only() {
    let found = shown("“This one never ends, he said.\n\n“This one does,” said Anna Kowalska.");
    assert_eq!(found.last().map(String::as_str), Some("Anna Kowalska (say) direct: This one does,"));
    let found = shown("\"This one never ends, he said. \"This one does,\" said Anna Kowalska.");
    assert_eq!(found.last().map(String::as_str), Some("Anna Kowalska (say) direct: This one does,"));
}

#[test]
fn a_stray_closing_mark_is_passed_over() {
    check(
        "The road is closed.” “It will open soon,” Moreno said.",
        &["Moreno (say) direct: It will open soon,"],
    );
}

#[test]
fn hostile_text_ends() {
    for piece in ["\"", "“", "“a”", "said ", "\"A said\" ", "'", "‘a ", "A: ", "“a” – B\n"] {
        shown(&piece.repeat(10_000));
    }
}
