//! Stages that are programs: templates in three languages, and programs that misbehave.
#![cfg(unix)]

use std::path::Path;
use std::process::Command;

use copydesk_tests::{Ran, binary, copydesk, folder, lines, root, run_tool, target};
use serde_json::{Value, json};

/// A program that does what the words of a document say.
const OBEDIENT: &str = r#"
import ctypes, json, os, signal, sys, time
import copydesk_stage

def raw(text):
    os.write(FD, text if isinstance(text, bytes) else text.encode())

def layer(**changes):
    return [{**{"start": 0, "end": 4, "value": 1}, **changes}]

def analyze(doc, options):
    do = doc["text"].split()[1]
    if do == "raise": raise ValueError("a reason")
    if do == "exit": os._exit(0)
    if do == "exit3": print("last words", file=sys.stderr); sys.stderr.flush(); os._exit(3)
    if do == "abort": os.abort()
    if do == "segfault": ctypes.string_at(0)
    if do == "kill": os.kill(os.getpid(), signal.SIGKILL)
    if do == "hang": time.sleep(1000)
    if do == "deaf": signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(1000)
    if do == "loop":
        while True: pass
    if do == "recurse": return analyze(doc, options)
    if do == "memory": return [0] * (1 << 62)
    if do == "print": print("hello"); return layer()
    if do == "shout": print("x" * 10_000_000); return layer()
    if do == "garbage": raw("not json\n"); return layer()
    if do == "bytes": raw(b"\xff\xfe\x00\n"); return layer()
    if do == "halfline": raw('{"number":'); os._exit(0)
    if do == "twice": raw('{"number": 999, "layers": {}}\n'); return layer()
    if do == "echo": raw(json.dumps({"number": 10**30, "layers": {}}) + "\n"); return layer()
    if do == "closed": os.close(FD); os.close(1); time.sleep(1000)
    if do == "otherlayer": return {"other": layer()}
    if do == "builtin": return {"quotes": layer()}
    if do == "number": return {"obey": 7}
    if do == "unknownfield": return layer(colour="red")
    if do == "beyond": return layer(end=10_000)
    if do == "backwards": return layer(start=3, end=1)
    if do == "negative": return layer(start=-1)
    if do == "fraction": return layer(start=0.5)
    if do == "huge": return layer(end=2**70)
    if do == "words": return layer(start="0")
    if do == "othertext": return layer(text="else")
    if do == "sametext": return layer(text=doc["text"][:4])
    if do == "norule": return layer(rule="nonsense")
    if do == "unsure": return layer(confidence=7)
    if do == "nan": return layer(confidence=float("nan"))
    if do == "nanvalue": return layer(value=float("nan"))
    if do == "deep": return layer(value=json.loads("[" * 500 + "]" * 500))
    if do == "breaks": return layer(value="a\nb\r\n\u2028\x00")
    if do == "many": return layer() * 200_000
    if do == "none": return None
    if do == "surrogate": return layer(value="\ud800")
    if do == "fork" and os.fork() == 0: time.sleep(3); os._exit(0)
    return layer()

FD = os.dup(1)
copydesk_stage.run(analyze, name="obey", provides="obey", version="1.0.0")
"#;

/// A folder with the program, with the library next to it.
fn with_program(program: &str) -> tempfile::TempDir {
    let dir = folder();
    std::fs::write(dir.path().join("obey.py"), program).expect("a program");
    std::fs::copy(root().join("core/python/copydesk_stage.py"), dir.path().join("copydesk_stage.py"))
        .expect("copied");
    std::fs::write(dir.path().join("p.toml"), "[[stage]]\nuse = \"obey.py\"\nseconds = 3\n")
        .expect("a pipeline");
    dir
}

fn run(dir: &Path, texts: &[&str], arguments: &[&str]) -> Ran {
    let line =
        |(number, text): (usize, &&str)| json!({"id": number.to_string(), "text": text}).to_string() + "\n";
    let input: String = texts.iter().enumerate().map(line).collect();
    std::fs::write(dir.join("in.jsonl"), input).expect("input");
    copydesk(dir, &[&["run", "p.toml", "in.jsonl", "-o", "out.jsonl", "-q"], arguments].concat())
}

/// An action of a program, and the reason of the failure; empty if the document does not fail.
const ACTIONS: &[(&str, &str)] = &[
    ("raise", "ValueError: a reason"),
    ("exit", "ended (exit status: 0)"),
    ("exit3", "ended (exit status: 3): last words"),
    ("abort", "ended (signal: 6"),
    ("segfault", "ended (signal: 11"),
    ("kill", "ended (signal: 9"),
    ("hang", "gave no answer for 3 s and was killed"),
    ("deaf", "gave no answer for 3 s and was killed"),
    ("loop", "gave no answer for 3 s and was killed"),
    ("recurse", "RecursionError"),
    ("memory", "MemoryError"),
    ("print", ""),
    ("shout", ""),
    ("garbage", "sent an invalid answer"),
    ("bytes", "sent an invalid answer"),
    ("halfline", "sent an invalid answer"),
    ("twice", "sent an answer whose `number` is not that of the request"),
    ("echo", "sent an invalid answer"),
    ("closed", "its output was closed"),
    ("otherlayer", "fills the layer `other`, which it does not provide"),
    ("builtin", "fills the layer `quotes`, which it does not provide"),
    ("number", "sent an invalid answer"),
    ("unknownfield", "unknown field `colour`"),
    ("beyond", "is at 0 to 10000, which is not a span of the text"),
    ("backwards", "is at 3 to 1, which is not a span of the text"),
    ("negative", "sent an invalid answer"),
    ("fraction", "sent an invalid answer"),
    ("huge", "sent an invalid answer"),
    ("words", "sent an invalid answer"),
    ("othertext", "differs from the document's text"),
    ("sametext", ""),
    ("norule", "names the rule `nonsense`, which the program has not declared"),
    ("unsure", "confidence"),
    ("nan", "sent an invalid answer"),
    ("nanvalue", "sent an invalid answer"),
    ("breaks", ""),
    ("many", ""),
    ("none", ""),
    ("fork", ""),
];

#[test]
fn a_misbehaving_program_fails_only_its_document() {
    let dir = with_program(OBEDIENT);
    // A normal document is between any two.
    let mut texts = vec!["Éire well".to_owned()];
    for (action, _) in ACTIONS {
        texts.extend([format!("Éire {action}"), "Éire well".to_owned()]);
    }
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    run(dir.path(), &texts, &["--jobs", "2"]).exits(1);
    let errors = lines(&dir.path().join("errors.jsonl"));
    let out = lines(&dir.path().join("out.jsonl"));
    for (place, text) in texts.iter().enumerate() {
        let id = place.to_string();
        let reason = errors.iter().find(|error| error["id"] == *id).map(|error| error["reason"].to_string());
        let found = out.iter().find(|line| line["id"] == *id).map(|line| line["layers"]["obey"].clone());
        let expected =
            ACTIONS.iter().find(|(action, _)| text.ends_with(action)).map_or("", |(_, expected)| *expected);
        if expected.is_empty() {
            assert_eq!(reason, None, "{text}");
            let found = found.unwrap_or_else(|| panic!("{text} is lost"));
            let count = found.as_array().map_or(0, Vec::len);
            let wanted = if text.ends_with("none") {
                0
            } else if text.ends_with("many") {
                200_000
            } else {
                1
            };
            assert_eq!(count, wanted, "{text}");
            assert!(wanted == 0 || found[0]["end"] == 4, "offsets count code points");
        } else {
            let reason = reason.unwrap_or_else(|| panic!("{text} did not fail"));
            assert!(reason.contains(expected), "{text}: {reason}");
            assert_eq!(found, None, "{text}");
        }
    }
    // Every line is valid, whatever the payloads contain.
    let bytes = std::fs::read(dir.path().join("out.jsonl")).expect("lines");
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), out.len());
}

#[test]
fn a_program_that_is_not_a_stage_is_refused_with_the_reason() {
    let hello = |changes: Value| {
        let mut hello = json!({"copydesk": 1, "name": "obey", "provides": ["obey"]});
        hello.as_object_mut().expect("an object").extend(changes.as_object().expect("an object").clone());
        format!("print({:?})\n", hello.to_string())
    };
    let ready = "import sys\nfor line in sys.stdin: print('{\"ready\": true}', flush=True)\n";
    let refuses = |program: &str, reason: &str| {
        let dir = with_program(program);
        let ran = run(dir.path(), &["a b"], &[]).exits(2);
        assert!(ran.err.contains(reason), "{program}: {}", ran.err);
        assert!(ran.err.contains("p.toml:2"), "the place is named: {}", ran.err);
    };
    refuses("", "ended (exit status: 0)");
    refuses("raise SystemExit('no model')", "ended (exit status: 1): no model");
    refuses("syntax error", "SyntaxError");
    refuses("print('loading…')", "does not speak copydesk's protocol: its first line is `loading…`");
    refuses("print('[]')", "does not speak copydesk's protocol");
    refuses("print('x' * 1_000_000)", "does not speak copydesk's protocol");
    refuses("import time; time.sleep(100)", "gave no answer for 3 s");
    refuses(&hello(json!({"copydesk": 2})), "speaks version 2 of the protocol");
    refuses(&hello(json!({"name": ""})), "must be a word");
    refuses(&hello(json!({"name": "two words"})), "must be a word");
    refuses(&hello(json!({"provides": []})), "must be a word");
    refuses(&hello(json!({"provides": ["quotes"]})), "provides `quotes`, which only stages in Rust or C can");
    refuses(&(hello(json!({"requires": ["moods"]})) + ready), "needs the layer `moods`");
    refuses(&hello(json!({})), "ended");
    refuses(&(hello(json!({})) + "input()\nprint('{\"error\": \"no licence\"}')"), "no licence");
    refuses(&(hello(json!({})) + "input()\nprint('{}')"), "did not accept its options");

    let dir = with_program("");
    let ran = copydesk(dir.path(), &["run", "--no-plugins", "p.toml", "p.toml"]).exits(2);
    assert!(ran.err.contains("--no-plugins forbids plugins"), "{}", ran.err);
    std::fs::write(dir.path().join("p.toml"), "[[stage]]\ncommand = [\"no-such-program\"]\n")
        .expect("a pipeline");
    let ran = run(dir.path(), &["a b"], &[]).exits(2);
    assert!(
        ran.err.contains("`no-such-program` cannot be started") && ran.err.contains("p.toml:2"),
        "{}",
        ran.err
    );
    std::fs::write(dir.path().join("p.toml"), "[[stage]]\noptions = {}\n").expect("a pipeline");
    let ran = run(dir.path(), &["a b"], &[]).exits(2);
    assert!(ran.err.contains("needs `use` or `command`"), "{}", ran.err);
}

#[test]
fn options_are_checked_against_the_schema_of_the_program() {
    let dir = folder();
    copydesk(dir.path(), &["plugin", "new", "budget"]).exits(0);
    let at = dir.path().join("budget");
    let pipeline = |options: &str| {
        let text = format!("[[stage]]\nuse = \"budget.py\"\noptions = {{ {options} }}\n");
        std::fs::write(at.join("p.toml"), text).expect("a pipeline");
    };
    std::fs::write(at.join("a.txt"), "A strike is a strike.").expect("a text");
    pipeline("word = \"strike\"");
    // From another folder: the script is next to the pipeline file.
    let ran = copydesk(dir.path(), &["run", "budget/p.toml", "budget/a.txt"]).exits(0);
    let line: Value = serde_json::from_str(&ran.out).expect("a line");
    assert_eq!(line["layers"]["budget"].as_array().map(Vec::len), Some(2));
    pipeline("wort = \"strike\"");
    let ran = copydesk(&at, &["run", "p.toml", "a.txt"]).exits(2);
    assert!(ran.err.contains("unknown key `wort`") && ran.err.contains("word"), "{}", ran.err);
    pipeline("word = 3");
    let ran = copydesk(&at, &["check", "p.toml"]).exits(2);
    assert!(ran.err.contains("p.toml:3"), "{}", ran.err);
    let ran = copydesk(&at, &["stages", "./budget.py"]).exits(0);
    assert!(ran.out.contains("option word = \"budget\""), "{}", ran.out);
}

#[test]
fn layers_of_programs_are_tables_and_do_not_depend_on_jobs() {
    let dir = with_program(OBEDIENT);
    let texts: Vec<String> = (0..200).map(|number| format!("Text well {number}")).collect();
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    run(dir.path(), &texts, &["--jobs", "1", "-o", "obey.csv"]).exits(0);
    let one = std::fs::read(dir.path().join("out.jsonl")).expect("lines");
    run(dir.path(), &texts, &["--jobs", "3"]).exits(0);
    assert!(one == std::fs::read(dir.path().join("out.jsonl")).expect("lines"));
    let table = std::fs::read_to_string(dir.path().join("obey.csv")).expect("a table");
    assert_eq!(table.lines().count(), 201);
}

#[test]
fn a_new_stage_works_at_once_in_each_language() {
    let dir = folder();
    let at = |path: &str| dir.path().join(path);
    std::fs::write(at("a.txt"), "The budget passed.").expect("a text");
    let finds = |stage: &str, library: &str| {
        let ran = copydesk(dir.path(), &["run", "a.txt", "--stage", library]).exits(0);
        let line: Value = serde_json::from_str(&ran.out).expect("a line");
        let found = &line["layers"][stage][0];
        assert_eq!((&found["start"], &found["end"]), (&json!(4), &json!(10)), "{stage}");
        assert!(line["entities"].is_array(), "the stage comes to the others");
    };
    copydesk(dir.path(), &["plugin", "new", "in_python", "--lang", "python"]).exits(0);
    run_tool(Command::new("python3").args(["-m", "unittest"]).current_dir(at("in_python")));
    finds("in_python", "./in_python/in_python.py");
    let ran = copydesk(dir.path(), &["show", "a.txt", "--stage", "./in_python/in_python.py"]).exits(0);
    assert!(ran.out.contains("in_python budget: {\"word\": \"budget\"}"), "{}", ran.out);

    copydesk(dir.path(), &["plugin", "new", "in_c", "--lang", "c"]).exits(0);
    run_tool(Command::new("make").arg("test").env("COPYDESK", binary()).current_dir(at("in_c")));
    finds("in_c", "./in_c/libin_c.so");

    copydesk(dir.path(), &["plugin", "new", "in_rust", "--lang", "rust"]).exits(0);
    // With the versions that are already downloaded, offline.
    std::fs::copy(root().join("Cargo.lock"), at("in_rust/Cargo.lock")).expect("the workspace's lock file");
    let cargo = || {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(dir.path().join("in_rust")).env("CARGO_TARGET_DIR", target().join("plugins"));
        cargo
    };
    run_tool(cargo().args(["test", "--quiet", "--offline"]));
    run_tool(cargo().args(["build", "--quiet", "--offline"]));
    let library = target().join("plugins/debug").join(format!("libin_rust{}", std::env::consts::DLL_SUFFIX));
    finds("in_rust", library.to_str().expect("a path"));

    let ran = copydesk(dir.path(), &["plugin", "new", "in_c", "--lang", "c"]).exits(2);
    assert!(ran.err.contains("in_c exists already"), "{}", ran.err);
    let ran = copydesk(dir.path(), &["plugin", "new", "My-Stage"]).exits(2);
    assert!(ran.err.contains("use lower-case letters"), "{}", ran.err);
}

#[test]
fn the_example_in_python_reads_titles() {
    let dir = folder();
    let example = root().join("examples/plugins/headlines/headlines.py");
    let articles = [
        ("Why the river rose so fast", "question"),
        ("Mayor: We were warned too late", "quote"),
        ("Ten things to know before the vote", "list"),
        ("Bakery chain closes 40 shops", "number"),
        ("Bakery chain closes its shops", "plain"),
        ("Storm", ""),
    ];
    let line = |(title, _): &(&str, &str)| {
        json!({"id": title, "title": title, "text": "It was a long day. Nobody slept."}).to_string() + "\n"
    };
    std::fs::write(dir.path().join("in.jsonl"), articles.iter().map(line).collect::<String>())
        .expect("input");
    let stage = example.to_str().expect("a path");
    copydesk(dir.path(), &["run", "in.jsonl", "--stage", stage, "-o", "out.jsonl", "-q"]).exits(0);
    for ((title, kind), line) in articles.iter().zip(lines(&dir.path().join("out.jsonl"))) {
        let found = &line["layers"]["headlines"];
        if kind.is_empty() {
            assert_eq!(found, &json!([]), "{title}");
        } else {
            assert_eq!(found[0]["value"]["kind"], *kind, "{title}");
            assert_eq!((&found[0]["end"], &found[0]["rule"]), (&json!(18), &json!("headlines/pattern")));
        }
    }
}
