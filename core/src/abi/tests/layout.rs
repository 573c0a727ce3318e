//! Sizes and offsets of everything in the ABI: compares the C header with the Rust structs, and both with the frozen layouts.

use std::fmt::Write;
use std::mem::offset_of;
use std::path::Path;

use super::super::*;
use super::compile;
use crate::layers::*;
use crate::segment::{Paragraph, Sentence, Token, Zone};

/// Lines "type.field offset" and "type size", for the Rust structs and, as a C program, for the header.
macro_rules! layouts {
    ($($rust:ty = $c:literal { $($field:ident $(as $c_field:literal)?),+ $(,)? })+) => {{
        let (mut rust, mut c) = (String::new(), String::new());
        $(
            let _ = writeln!(rust, "{} {}", $c, size_of::<$rust>());
            let _ = writeln!(c, "P(\"{0} %zu\\n\", sizeof({0}));", $c);
            $(
                let name = [$($c_field,)? stringify!($field)][0];
                let _ = writeln!(rust, "{}.{name} {}", $c, offset_of!($rust, $field));
                let _ = writeln!(c, "P(\"{0}.{name} %zu\\n\", offsetof({0}, {name}));", $c);
            )+
        )+
        (rust, c)
    }};
}

/// The layout of the Rust structs, and the body of a C program that prints that of the header.
fn layout() -> (String, String) {
    let (rust, c) = layouts! {
        Bytes = "cd_bytes" { data, len }
        StrRef = "cd_str" { start, len }
        Run = "cd_run" { start, len }
        Token = "cd_token" { hash, span, sentence, kind, case as "letter_case", flags }
        Sentence = "cd_sentence" { span, first_token, end_token, paragraph }
        Paragraph = "cd_paragraph" { span, first_sentence, end_sentence }
        Zone = "cd_zone" { span, kind, reserved }
        EntityRecord = "cd_entity" { name, rule, mentions, links, attributes, confidence, salience, kind, reserved }
        MentionRecord = "cd_mention" { span, entity, form, reserved }
        PairRecord = "cd_pair" { key, value, entity }
        QuoteRecord = "cd_quote" {
            span, content, cue, cue_lemma, speaker, speaker_entity, speaker_of, parent, entities, figures, rule,
            confidence, flags, kind, cue_class, cue_stance, reserved,
        }
        FigureRecord = "cd_figure" {
            low, high, baseline_value, change_amount, si_low, si_high, part, whole, span, text_from, text_to, unit_code,
            unit_name, per_code, per_name, si_unit, measure, measure_entity, period,
            change_of, baseline_period, quote, confidence, rule, flags, kind, value_kind, bound, direction,
        }
        PolarityRecord = "cd_polarity" { score, confidence, label, reserved }
        SummaryRecord = "cd_summary" { document, narrator, rule }
        SentencePolarityRecord = "cd_sentence_polarity" { span, polarity }
        TargetRecord = "cd_target" { span, evidence, polarity, entity, rule }
        EntityPolarityRecord = "cd_entity_polarity" { entity, polarity, negative, positive, mentions, rule }
        StanceRecord = "cd_stance" { holder, target, quote, evidence, polarity, rule }
        CustomRecord = "cd_custom" { layer, span, payload, rule, confidence }
        HeldBackRecord = "cd_held_back" { span, candidate, rule, confidence }
        ClaimRecord = "cd_claim" {
            span, measure, about, figures, speaker, quote, change, baseline, period, contradicts, rule, worth, confidence,
            flags, kind, stance, reserved,
        }
        RawLayers = "cd_layers" {
            struct_size, reserved, strings, pairs, spans, contents, entities, mentions, mention_order, quotes, figures,
            summaries, sentence_polarities, targets, entity_polarities, stances, customs, tags, held_back,
            claims, claim_entities, claim_figures,
        }
        RawDocument = "cd_document" {
            struct_size, flags, id, text, title, date, targets, tokens, sentences, paragraphs, zones, layers,
        }
        Host = "cd_host" { struct_size, abi_minor, context, emit, text }
        StageType = "cd_stage_type" { struct_size, reserved, describe, create, analyze, destroy }
        Plugin = "cd_plugin" { magic, struct_size, abi_major, abi_minor, stages, stage_count }
    };
    let rust = rust
        + &format!("cd_span {}\ncd_decimal {}\n", size_of::<crate::Span>(), size_of::<crate::Decimal>())
        + &format!("magic {MAGIC:x}\n")
        + &format!("tags {} {}\n", EntityKind::Other as u8, FigureKind::Other as u8);
    let c = c
        + "P(\"cd_span %zu\\ncd_decimal %zu\\n\", sizeof(cd_span), sizeof(cd_decimal));\n"
        + "P(\"magic %llx\\n\", (unsigned long long)CD_MAGIC);\n"
        + "P(\"tags %d %d\\n\", CD_ENTITY_OTHER, CD_FIGURE_OTHER);\n";
    (rust, c)
}

#[test]
#[cfg_attr(any(miri, feature = "abi-next"), ignore = "compiles C, and no header has the next version")]
fn the_c_header_matches_the_rust_structs() {
    let (rust, c) = layout();
    let program = format!(
        "#include <stdio.h>\n#include \"copydesk.h\"\n#define P printf\nint main(void) {{\n\
         P(\"abi %d %d\\n\", CD_ABI_MAJOR, CD_ABI_MINOR);\n{c}return 0; }}\n"
    );
    let folder = tempfile::tempdir().expect("a folder for the C program");
    let source = folder.path().join("layout.c");
    std::fs::write(&source, program).expect("the C program");
    let binary = compile(&source, folder.path(), "include", &[]);
    let printed = std::process::Command::new(&binary).output().expect("the C program runs").stdout;
    assert_eq!(String::from_utf8_lossy(&printed), format!("abi {ABI_MAJOR} {ABI_MINOR}\n{rust}"));
}

/// The layouts of all versions for 64-bit machines, in the files `frozen/layout-MAJOR.MINOR.txt`.
#[test]
#[cfg(target_pointer_width = "64")]
fn layouts_change_only_with_a_new_version() {
    let frozen = Path::new(env!("CARGO_MANIFEST_DIR")).join("frozen");
    let (now, _) = layout();
    let current = frozen.join(format!("layout-{ABI_MAJOR}.{ABI_MINOR}.txt"));
    if cfg!(not(feature = "abi-next")) {
        if std::env::var_os("COPYDESK_FREEZE").is_some() && !current.exists() {
            std::fs::write(&current, &now).expect("the layout is written");
        }
        let recorded = std::fs::read_to_string(&current).unwrap_or_default();
        assert!(
            recorded == now,
            "the layout differs from {}: increment ABI_MINOR if fields were appended (ABI_MAJOR for anything else), in \
             copydesk.h too, and write the new file with COPYDESK_FREEZE=1.\n{}",
            current.display(),
            difference(&recorded, &now)
        );
    }
    let earlier: Vec<u16> = (0..ABI_MINOR).collect();
    for minor in earlier {
        let path = frozen.join(format!("layout-{ABI_MAJOR}.{minor}.txt"));
        let recorded = std::fs::read_to_string(&path).expect("the layout of an earlier version");
        for line in recorded.lines() {
            let (name, old) = line.split_once(' ').expect("a name and a number");
            let new = now.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(' '));
            // Offsets of fields must not change; structs may grow.
            let holds =
                new.is_some_and(|new| match (name.contains('.'), old.parse::<u64>(), new.parse::<u64>()) {
                    (false, Ok(old), Ok(new)) => new >= old,
                    _ => new == old,
                });
            assert!(
                holds,
                "{name} was {old} in ABI {ABI_MAJOR}.{minor} and is {new:?} now: increment ABI_MAJOR"
            );
        }
    }
}

/// The lines that are only in one of the two.
fn difference(old: &str, new: &str) -> String {
    let mut text = String::new();
    for (sign, lines, other) in [('-', old, new), ('+', new, old)] {
        for line in lines.lines().filter(|line| !other.lines().any(|other| other == *line)) {
            let _ = writeln!(text, "{sign} {line}");
        }
    }
    text
}
