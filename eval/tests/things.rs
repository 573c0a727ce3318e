//! Names, clusters and links in `data/things.marked`, through all stages: each text is a test.

use std::path::Path;
use std::process::ExitCode;
use std::sync::{Arc, LazyLock};

use copydesk_engine::{Plan, Registry, config};
use copydesk_eval::{GoldDocument, Layer, Row, evaluate, read_gold};
use copydesk_tests::table::{self, Case, KnownFailures};

const KNOWN: KnownFailures =
    KnownFailures { path: "eval/tests/things.known.tsv", text: include_str!("things.known.tsv") };

static PLAN: LazyLock<Arc<Plan>> = LazyLock::new(|| {
    let config = config::default(&[], &Registry::built_in());
    config.unwrap_or_else(|problems| panic!("the default pipeline: {problems:?}")).plan
});

/// A measure that is below its best.
fn fault(row: &Row) -> Option<String> {
    match row {
        Row::Prf(name, score) if score.right < score.gold.max(score.found) => {
            Some(format!("{name}: {} right, {} found, {} wanted", score.right, score.found, score.gold))
        }
        Row::Share(name, percent, whole) if *whole > 0 && *percent < 100.0 - 1e-9 => {
            Some(format!("{name}: {percent:.1} %"))
        }
        _ => None,
    }
}

fn check(text: GoldDocument) -> Result<(), String> {
    let outcome = evaluate(Layer::Entity, &[text], &PLAN, usize::MAX);
    assert_eq!(outcome.failed, Vec::<String>::new());
    let faults: Vec<String> = outcome.rows.iter().filter_map(fault).collect();
    if faults.is_empty() {
        Ok(())
    } else {
        Err(format!("{}\n{}", faults.join("; "), outcome.errors.join("\n")))
    }
}

fn main() -> ExitCode {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/things.marked");
    let texts = read_gold(&path).unwrap_or_else(|error| panic!("{error}"));
    let cases = texts.into_iter().map(|text| Case::new(format!("things {}", text.id), move || check(text)));
    table::run(cases.collect(), KNOWN)
}
