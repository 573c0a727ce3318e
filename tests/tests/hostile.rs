//! Plugins that misbehave in every way, through the real binary: each action is tested in the process of the run and in its own.
//!
//! `cargo test -p copydesk-tests --test hostile -- isolated/abort` runs one. Isolated, an action costs at most its document; in the
//! process of the run, invalid annotations cost the document, an action that ends the process is reported, and one that never ends is
//! abandoned at the time limit of a document.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Output, Stdio};
use std::sync::OnceLock;

use copydesk_tests::table::{self, Case, KnownFailures};
use copydesk_tests::{Ran, binary, c_plugin, folder, lines, root};
use serde_json::{Value, json};

/// The outcome for a document whose text makes a plugin do something.
#[derive(Clone, Copy)]
enum Outcome {
    /// It has this many annotations.
    Right(usize),
    /// It fails with this class, and a reason that contains these words.
    Fails(&'static str, &'static str),
    /// The process ends: the reason for an isolated document contains these words, and in the process of the run it is reported.
    Dies(&'static str),
    /// The same, but no message can be written any more: the process of the run just ends.
    Vanishes(&'static str),
    /// The stage does not return.
    Hangs,
    /// Its own process ends; in the process of the run nothing is guaranteed.
    DiesApart(&'static str, &'static str),
    /// In its own process it has its annotations; in the process of the run nothing is guaranteed.
    RightApart(usize),
}

use Outcome::{Dies, DiesApart, Fails, Hangs, Right, RightApart, Vanishes};

const SEGMENTATION: &str = "crashed (segmentation fault";
const ACTIONS: &[(&str, Outcome)] = &[
    ("nothing_wrong", Right(1)),
    ("abort", Dies("crashed (aborted)")),
    ("null", Dies(SEGMENTATION)),
    ("wild", Dies(SEGMENTATION)),
    ("call_null", Dies(SEGMENTATION)),
    ("call_data", Dies(SEGMENTATION)),
    ("write_code", Dies(SEGMENTATION)),
    ("bus", Dies("crashed (bus error")),
    ("fpe", Dies("crashed (arithmetic error)")),
    ("trap", Dies("crashed (illegal instruction)")),
    ("exit0", Dies("called exit()")),
    ("exit7", Dies("called exit()")),
    ("underscore_exit", Vanishes("(exit status: 0)")),
    ("quick_exit", Vanishes("(exit status: 3)")),
    ("kill", Vanishes("(signal: 9")),
    ("term", DiesApart("crash", "(signal: 15")),
    ("alarm", Vanishes("(signal: 14")),
    ("stop", DiesApart("time", "not done after")),
    ("stack", Dies("its stack is too deep")),
    ("loop", Hangs),
    ("sleep", Hangs),
    ("deaf", Hangs),
    ("deadlock", Hangs),
    ("comes_back", Hangs),
    ("default_segv", Vanishes("(signal: 11")),
    ("memory", DiesApart("crash", "at its limit of memory")),
    ("memory_at_once", Dies(SEGMENTATION)),
    ("memory_mapped", DiesApart("crash", "at its limit of memory")),
    ("memory_unlimited", DiesApart("crash", "crashed (aborted)")),
    ("memory_in_thread", DiesApart("crash", "at its limit of memory")),
    ("thread_exits", DiesApart("crash", "a thread of the stage called exit()")),
    ("thread_crashes", DiesApart("crash", "a thread of the stage crashed (segmentation fault")),
    ("foreign_exception", Dies("crashed (aborted)")),
    ("frees", DiesApart("crash", "crashed (aborted)")),
    ("corrupts", Dies("crashed (aborted)")),
    ("closes", DiesApart("crash", "its process")),
    ("garbage", DiesApart("crash", "sent data that is not an answer")),
    ("half_answer", DiesApart("crash", "(exit status: 0)")),
    ("huge_answer", DiesApart("crash", "answered with more than 1 GB")),
    ("steals", DiesApart("time", "not done after")),
    ("thread_crashes_later", RightApart(1)),
    ("thread_spins", Right(1)),
    ("thread_prints", Right(1)),
    ("prints", RightApart(1)),
    ("shouts", RightApart(1)),
    ("shouts_errors", Right(1)),
    ("closes_stdout", RightApart(1)),
    ("closes_stderr", Right(1)),
    ("reads_stdin", Right(1)),
    ("goes_away", RightApart(1)),
    ("nice", Right(1)),
    ("writes_input", RightApart(1)),
    ("atexit", RightApart(1)),
    // What an isolated process may and may not do.
    ("reads_passwords", RightApart(1)),
    ("reads_input", RightApart(1)),
    ("reads_home", RightApart(1)),
    ("reads_parent", RightApart(1)),
    ("reads_allowed", RightApart(1)),
    ("writes_allowed", RightApart(1)),
    ("writes_readable", RightApart(1)),
    ("writes_here", RightApart(1)),
    ("writes_temporary", RightApart(1)),
    ("removes", RightApart(1)),
    ("links", RightApart(1)),
    ("forks", RightApart(1)),
    ("fork_bomb", RightApart(1)),
    ("runs_programs", RightApart(1)),
    ("network", RightApart(1)),
    ("network_allowed", RightApart(1)),
    ("local_socket", RightApart(1)),
    ("kills_parent", RightApart(1)),
    ("kills_group", RightApart(1)),
    ("raises_limit", RightApart(1)),
    ("traces_parent", RightApart(1)),
    ("outlives_parent", RightApart(1)),
    ("span_outside", Fails("refused", "is not a range of the text")),
    ("span_backwards", Fails("refused", "is not a range of the text")),
    ("span_huge", Fails("refused", "is not a range of the text")),
    ("span_in_character", Fails("refused", "on character boundaries")),
    ("payload_not_utf8", Fails("stage", "strings is not UTF-8")),
    ("payload_surrogate", Fails("stage", "strings is not UTF-8")),
    ("payload_not_json", Fails("refused", "the payload is not JSON")),
    ("payload_two", Fails("refused", "the payload is not JSON")),
    ("payload_empty", Fails("refused", "the payload is not JSON")),
    ("payload_nan", Fails("refused", "the payload is not JSON")),
    ("payload_nul", Fails("refused", "the payload is not JSON")),
    ("payload_line_break", Fails("refused", "the payload is not JSON")),
    ("payload_spread", Right(1)),
    ("payload_separators", Right(1)),
    ("payload_deep", Fails("refused", "the payload is not JSON")),
    ("other_layer", Fails("refused", "\"hostyle\", which is not among the layers that it provides")),
    ("empty_layer", Fails("refused", "a custom layer cannot be called \"\"")),
    ("layer_not_utf8", Fails("stage", "strings is not UTF-8")),
    ("built_in_layer", Fails("refused", "which is not among the layers that it provides")),
    ("syntax_layer", Fails("refused", "which is not among the layers that it provides")),
    ("string_outside", Fails("refused", "refers to something that does not exist")),
    ("string_overflows", Fails("refused", "refers to something that does not exist")),
    ("string_in_character", Fails("refused", "refers to something that does not exist")),
    ("no_rule", Fails("refused", "rule is missing")),
    ("confidence_nan", Fails("refused", "confidence")),
    ("confidence_two", Fails("refused", "confidence")),
    ("confidence_infinite", Fails("refused", "confidence")),
    ("stride_zero", Fails("stage", "customs has a stride of 0")),
    ("stride_odd", Fails("stage", "customs has a stride of 37")),
    ("stride_huge", Fails("stage", "customs has a stride of 4294967292")),
    ("length_huge", Fails("stage", "customs claims 4294967295 records")),
    ("array_null", Fails("stage", "quotes is null")),
    ("array_misaligned", Fails("stage", "customs is not aligned")),
    ("array_wild", Dies(SEGMENTATION)),
    ("strings_null", Fails("stage", "strings is null")),
    ("strings_wild", Dies(SEGMENTATION)),
    ("strings_huge", Fails("stage", "strings claims")),
    ("reserved", Fails("stage", "the reserved bytes of layers are not zero")),
    ("size_zero", Fails("stage", "layers has a struct_size of 0")),
    ("size_small", Fails("stage", "layers has a struct_size of 100")),
    ("size_larger", Right(1)),
    ("many", Right(20_000)),
    ("million", Fails("stage", "customs claims 100000 records")),
    ("million_in_parts", Fails("stage", "customs claims")),
    ("emits_nothing", Right(0)),
    ("emits_null", Fails("stage", "layers is null")),
    ("emits_misaligned", Fails("stage", "layers is not aligned")),
    ("emits_wildly", Dies(SEGMENTATION)),
    ("emits_without_context", Fails("stage", "failed with status 1 and no reason")),
    ("emits_twice", Right(2)),
    ("ignores_refusal", Fails("stage", "the reserved bytes of layers are not zero")),
    ("says_why", Fails("stage", "it is Monday")),
    ("says_nothing", Fails("stage", "failed with status -1 and no reason")),
    ("says_null", Fails("stage", "text is null")),
    ("says_garbage", Fails("stage", "text is not UTF-8")),
    ("says_breaks", Fails("stage", "one\ntwo")),
    ("says_much", Fails("stage", "xxxxxxxx")),
    ("fails_late", Fails("stage", "too late")),
];

const NOT_THERE: &str = "refers to something that does not exist";

/// Annotations of built-in layers with an invalid id, list or number; the plugin provides these layers here.
const TYPED: &[(&str, Outcome)] = &[
    ("typed_right", Right(0)),
    ("id_speaker", Fails("refused", NOT_THERE)),
    ("id_speaker_of", Fails("refused", NOT_THERE)),
    ("id_own_parent", Fails("refused", NOT_THERE)),
    ("id_parent", Fails("refused", NOT_THERE)),
    ("id_measure", Fails("refused", NOT_THERE)),
    ("id_period", Fails("refused", NOT_THERE)),
    ("id_change", Fails("refused", NOT_THERE)),
    ("id_baseline", Fails("refused", NOT_THERE)),
    ("id_target", Fails("refused", NOT_THERE)),
    ("id_holder", Fails("refused", NOT_THERE)),
    ("id_stance_quote", Fails("refused", NOT_THERE)),
    ("id_figure_of_host", Right(0)),
    ("typed_run", Fails("refused", NOT_THERE)),
    ("typed_run_huge", Fails("refused", NOT_THERE)),
    ("typed_run_of_evidence", Fails("refused", NOT_THERE)),
    ("typed_no_content", Fails("refused", "content is missing")),
    ("typed_kind", Fails("refused", "kind is 200, which is not a known value")),
    ("typed_flags", Fails("refused", "flags is 2147483648, which is not a known value")),
    ("typed_reserved", Fails("refused", "reserved bytes are not zero")),
    ("typed_decimal", Fails("refused", "low is out of range")),
    ("typed_score", Fails("refused", "is out of range")),
    ("typed_no_end", Fails("refused", "an end of its range is missing")),
];

/// A failure before the first document, and the message of a run that does not start; empty if it does.
const AT_FIRST: &[(&str, &str, Where)] = &[
    ("load_exits", "called exit()", Where::Both),
    ("load_crashes", SEGMENTATION, Where::Both),
    ("load_loops", "was not done after 0.3 s", Where::Apart),
    ("load_prints", "", Where::Apart),
    ("load_memory", "at its limit of memory", Where::Apart),
    ("header_magic", "does not begin with the magic number", Where::Both),
    ("header_small", "its header has a struct_size of 8", Where::Both),
    ("header_zero", "its header has a struct_size of 0", Where::Both),
    ("header_old", "built for plugin ABI 0.", Where::Both),
    ("header_new", "built for plugin ABI 1.999", Where::Both),
    ("header_none", "it claims 0 stages", Where::Both),
    ("header_many", "it claims 18446744073709551615 stages", Where::Both),
    ("header_null", "its table of stages is null", Where::Both),
    ("header_misaligned", "is null or not aligned", Where::Both),
    ("header_wild", SEGMENTATION, Where::Both),
    ("stage_small", "stage has a struct_size of 8", Where::Both),
    ("stage_reserved", "the reserved bytes of stage are not zero", Where::Both),
    ("stage_no_create", "its function `create` is null", Where::Both),
    ("stage_no_destroy", "its function `destroy` is null", Where::Both),
    ("stage_wild", SEGMENTATION, Where::Both),
    ("describe_exits", "called exit()", Where::Both),
    ("describe_crashes", SEGMENTATION, Where::Both),
    ("describe_loops", "was not done after 0.3 s", Where::Apart),
    ("describe_emits", "annotations outside of an analysis", Where::Both),
    ("describe_fails", "not in the mood", Where::Both),
    ("describe_nothing", "its description cannot be read", Where::Both),
    ("describe_garbage", "its description cannot be read", Where::Both),
    ("describe_no_json", "its description cannot be read", Where::Both),
    ("describe_no_layer", "no layers that it provides", Where::Both),
    ("schema_no_object", "`#` is neither an object nor true or false", Where::Both),
    ("schema_unchecked", "`pattern` at `#/items` is not supported by copydesk", Where::Both),
    ("schema_leads_nowhere", "`#/$defs/none` does not exist in the schema", Where::Both),
    (
        "schema_of_ids_unread",
        "refer to the layer `entities`, which the stage neither requires nor uses",
        Where::Both,
    ),
    ("create_exits", "called exit()", Where::Both),
    ("create_crashes", SEGMENTATION, Where::Both),
    ("create_loops", "was not done after 0.3 s", Where::Apart),
    ("create_memory", "at its limit of memory", Where::Apart),
    ("create_fails", "stage `hostile`: no licence", Where::Both),
    ("create_nothing", "returned no stage", Where::Both),
    ("destroy_crashes", "", Where::Apart),
    ("destroy_exits", "", Where::Apart),
    ("destroy_loops", "", Where::Apart),
];

/// Schemas that the values of the plugin violate; every document is refused for this reason.
const SCHEMAS: &[(&str, &str)] = &[
    ("schema_without_end", "needs too many steps to check"),
    ("schema_not_kept", " does not match the layer's schema: the value must be a string, found a number"),
];

/// Whether an outcome in the process of the run is guaranteed.
#[derive(Clone, Copy, PartialEq)]
enum Where {
    Both,
    Apart,
}

/// The path of the library, which is compiled once.
fn library() -> &'static Path {
    static LIBRARY: OnceLock<(tempfile::TempDir, PathBuf)> = OnceLock::new();
    let (_, library) = LIBRARY.get_or_init(|| {
        let dir = folder();
        let library = c_plugin(&root().join("tests/plugins/hostile.c"), dir.path(), &[]);
        (dir, library)
    });
    library
}

/// Runs the plugin over a document that tells it to do something, between two that do not.
fn run(dir: &Path, action: &str, keys: &str, set: &[&str], told: Option<&str>) -> Output {
    let pipeline = format!("[[stage]]\nuse = {:?}\n{keys}", library());
    std::fs::write(dir.join("p.toml"), pipeline).expect("a pipeline");
    let documents = [("first", "Good é"), ("bad", &format!("Do {action}. Now é")), ("last", "Good é")];
    let input: String =
        documents.iter().map(|(id, text)| json!({"id": id, "text": text}).to_string() + "\n").collect();
    std::fs::write(dir.join("in.jsonl"), input).expect("input");
    let mut command = Command::new(binary());
    command.args(["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q", "--jobs", "1"]);
    command.args(set.iter().flat_map(|set| ["--set", set]));
    command.current_dir(dir).stdin(Stdio::null());
    if let Some(told) = told {
        command.env("HOSTILE", told);
    }
    command.output().expect("copydesk runs")
}

const ISOLATED: &str = "isolate = true\nseconds = 0.3\nmemory = \"100 MB\"\n";
/// Using up the memory takes longer than that on a busy machine.
const PATIENT: &str = "isolate = true\nseconds = 20\nmemory = \"100 MB\"\n";

fn isolation(action: &str) -> &'static str {
    if action.contains("memory") { PATIENT } else { ISOLATED }
}

const ALLOW: &str = "allow = { read = [\"readable\"], write = [\"writable\"] }\n";
const ALLOW_NETWORK: &str = "allow = { network = true }\n";

/// The annotations of each document that has any, and the error of each that failed.
struct Results {
    right: Vec<(String, usize)>,
    errors: Vec<Value>,
}

fn results(dir: &Path) -> Results {
    let out = lines(&dir.join("out.jsonl"));
    let right = out.iter().map(|line| {
        let count = line["layers"]["hostile"].as_array().map_or(0, Vec::len);
        (line["id"].as_str().unwrap_or("").to_owned(), count)
    });
    let errors = dir.join("errors.jsonl");
    let errors = if errors.exists() { lines(&errors) } else { Vec::new() };
    Results { right: right.collect(), errors }
}

impl Results {
    /// Checks that the other documents are right, and that this one has this many annotations, or failed for this reason.
    fn check(&self, count: Option<usize>, class: &str, reason: &str) -> Result<(), String> {
        let good = |id: &str| (id.to_owned(), 1);
        let mut expected = vec![good("first")];
        expected.extend(count.map(|count| ("bad".to_owned(), count)));
        expected.push(good("last"));
        if self.right != expected {
            return Err(format!("{:?}\n{:?}", self.right, self.errors));
        }
        match (&self.errors[..], count) {
            ([], Some(_)) => Ok(()),
            ([error], None)
                if error["id"] == "bad"
                    && error["stage"] == "hostile"
                    && error["class"] == class
                    && error["reason"].as_str().is_some_and(|found| found.contains(reason)) =>
            {
                Ok(())
            }
            (errors, _) => Err(format!("{class}, {reason}: {errors:?}")),
        }
    }
}

fn isolated(action: &str, outcome: Outcome, told: Option<&str>) -> Result<(), String> {
    let dir = folder();
    for folder in ["readable", "writable"] {
        let made = std::fs::create_dir(dir.path().join(folder));
        made.and_then(|()| std::fs::write(dir.path().join(folder).join("in.txt"), "x")).expect("a file");
    }
    let allow = if action == "network_allowed" { ALLOW_NETWORK } else { ALLOW };
    let ran = Ran::of(&run(dir.path(), action, &format!("{}{allow}", isolation(action)), &[], told));
    let (count, class, reason) = match outcome {
        Right(count) | RightApart(count) => (Some(count), "", ""),
        Fails(class, reason) | DiesApart(class, reason) => (None, class, reason),
        Dies(reason) | Vanishes(reason) => (None, "crash", reason),
        Hangs => (None, "time", "not done after 0.3 s, the limit that `seconds` sets"),
    };
    if ran.code != i32::from(count.is_none()) {
        return Err(format!("exit code {}\n{}", ran.code, ran.err));
    }
    results(dir.path()).check(count, class, reason)?;
    nobody_is_left(dir.path())
}

/// Checks that no process has the folder of the run as its working folder.
fn nobody_is_left(dir: &Path) -> Result<(), String> {
    let dir = dir.canonicalize().map_err(|error| error.to_string())?;
    let processes = std::fs::read_dir("/proc").into_iter().flatten().flatten();
    let left = processes
        .filter(|process| std::fs::read_link(process.path().join("cwd")).is_ok_and(|folder| folder == dir));
    let left: Vec<_> = left.map(|process| process.file_name()).collect();
    if left.is_empty() { Ok(()) } else { Err(format!("processes are left: {left:?}")) }
}

fn in_process(action: &str, outcome: Outcome, told: Option<&str>) -> Result<(), String> {
    let dir = folder();
    let ran = Ran::of(&run(dir.path(), action, "", &["limits.document_seconds=1"], told));
    match outcome {
        Right(count) => results(dir.path()).check(Some(count), "", ""),
        Fails(class, reason) => results(dir.path()).check(None, class, reason),
        Hangs => results(dir.path()).check(None, "time", "not done after 1 s"),
        Dies(what) => {
            let told = ran.code == 2
                && [what, "error: stage hostile", "on the document bad"]
                    .iter()
                    .all(|part| ran.err.contains(part));
            if told { Ok(()) } else { Err(format!("exit code {}\n{}", ran.code, ran.err)) }
        }
        Vanishes(_) => {
            // The run can be continued; no file has the name of a result.
            let whole = dir.path().join("out.jsonl").exists();
            if whole { Err("a run that vanished left a result".to_owned()) } else { Ok(()) }
        }
        DiesApart(..) | RightApart(_) => Ok(()),
    }
}

fn at_first(action: &str, expected: &str, keys: &str) -> Result<(), String> {
    let dir = folder();
    let ran = Ran::of(&run(dir.path(), "nothing_wrong", keys, &[], Some(action)));
    if expected.is_empty() {
        return results(dir.path()).check(Some(1), "", "");
    }
    let named = ["hostile", expected].iter().all(|part| ran.err.contains(part));
    if ran.code == 2 && named { Ok(()) } else { Err(format!("exit code {}\n{}", ran.code, ran.err)) }
}

fn against_schema(schema: &str, expected: &str, keys: &str) -> Result<(), String> {
    let dir = folder();
    let ran = Ran::of(&run(dir.path(), "nothing_wrong", keys, &[], Some(schema)));
    let Results { right, errors } = results(dir.path());
    let is_refused = |error: &Value| {
        error["class"] == "refused"
            && error["reason"].as_str().is_some_and(|reason| reason.contains(expected))
    };
    let all = right.is_empty() && errors.len() == 3 && errors.iter().all(is_refused);
    if all { Ok(()) } else { Err(format!("exit code {}\n{right:?}\n{errors:?}", ran.code)) }
}

/// `docs/hostile.md` has a row for each action.
fn the_page_is_up_to_date() -> Result<(), String> {
    let mut page = String::from(PAGE);
    let mut row = |action: &str, apart: &str, here: &str| {
        page.push_str(&format!("| `{action}` | {apart} | {here} |\n"));
    };
    for &(action, outcome) in ACTIONS.iter().chain(TYPED) {
        let (apart, here) = outcome.told();
        row(action, &apart, &here);
    }
    for &(action, reason) in SCHEMAS {
        row(action, &format!("every document is `refused`: {}", plain(reason)), "the same");
    }
    for &(action, reason, place) in AT_FIRST {
        let apart = match reason {
            "" => "the run is not affected".to_owned(),
            reason => format!("the run does not start: {}", plain(reason)),
        };
        row(action, &apart, if place == Where::Both { "the same" } else { "not defined" });
    }
    let path = root().join("docs/hostile.md");
    if std::env::var_os("COPYDESK_UPDATE").is_some() {
        return std::fs::write(&path, page).map_err(|error| error.to_string());
    }
    match std::fs::read_to_string(&path) {
        Ok(written) if written == page => Ok(()),
        _ => Err(
            "docs/hostile.md is out of date: COPYDESK_UPDATE=1 cargo test -p copydesk-tests --test hostile -- page"
                .to_owned(),
        ),
    }
}

const PAGE: &str = "\
# Hostile plugins

<!-- Generated: `COPYDESK_UPDATE=1 cargo test -p copydesk-tests --test hostile -- page`. -->

`tests/plugins/hostile.c` performs one of these actions when a document tells it to. Each row has the outcome for that document if the stage is
isolated, and if it runs in the process of the run. In both cases the documents before and after it are right, unless the run ends. Two tests
verify a row with the real command: `cargo test -p copydesk-tests --test hostile -- isolated/NAME` and `in_process/NAME`. Panics of stages in Rust
are tested in `tests/tests/plugins.rs` and `isolate.rs`, programs (Python and other languages) in `process.rs`.

| action | isolated | in process |
|---|---|---|
";

/// A reason as a cell of a table.
fn plain(reason: &str) -> String {
    format!("“{}”", reason.replace('|', "\\|").replace('\n', " ⏎ "))
}

impl Outcome {
    /// What becomes of the document, isolated and in process.
    fn told(self) -> (String, String) {
        let same = || "the same".to_owned();
        let undefined = || "not defined".to_owned();
        let right = |count: usize| match count {
            0 => "correct, without annotations".to_owned(),
            1 => "correct".to_owned(),
            count => format!("correct, with {count} annotations"),
        };
        match self {
            Right(count) => (right(count), same()),
            RightApart(count) => (right(count), undefined()),
            Fails(class, reason) => (format!("`{class}`: {}", plain(reason)), same()),
            Dies(reason) => (
                format!("`crash`: {}", plain(reason)),
                "the run ends with exit code 2 and names stage and document; it can be resumed".to_owned(),
            ),
            Vanishes(reason) => (
                format!("`crash`: {}", plain(reason)),
                "the run ends without a message; it can be resumed".to_owned(),
            ),
            DiesApart(class, reason) => (format!("`{class}`: {}", plain(reason)), undefined()),
            Hangs => (
                "`time`: killed after `seconds`".to_owned(),
                "`time`: abandoned after `limits.document_seconds`".to_owned(),
            ),
        }
    }
}

fn main() -> ExitCode {
    let mut cases = Vec::new();
    let actions = ACTIONS.iter().map(|row| (row, None)).chain(TYPED.iter().map(|row| (row, Some("typed"))));
    for (&(action, outcome), told) in actions {
        cases.push(Case::new(format!("isolated/{action}"), move || isolated(action, outcome, told)));
        if !matches!(outcome, DiesApart(..) | RightApart(_)) {
            cases.push(Case::new(format!("in_process/{action}"), move || in_process(action, outcome, told)));
        }
    }
    cases.push(Case::new("the_page_is_up_to_date".to_owned(), the_page_is_up_to_date));
    for &(schema, expected) in SCHEMAS {
        cases.push(Case::new(format!("isolated/{schema}"), move || {
            against_schema(schema, expected, ISOLATED)
        }));
        cases.push(Case::new(format!("in_process/{schema}"), move || against_schema(schema, expected, "")));
    }
    for &(action, expected, place) in AT_FIRST {
        cases.push(Case::new(format!("isolated/{action}"), move || {
            at_first(action, expected, isolation(action))
        }));
        if place == Where::Both {
            cases.push(Case::new(format!("in_process/{action}"), move || at_first(action, expected, "")));
        }
    }
    table::run(cases, KnownFailures { path: "tests/tests/hostile.rs", text: "" })
}
