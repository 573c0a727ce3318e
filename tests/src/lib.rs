//! Helpers of the end-to-end tests: build the binary and the libraries once, run them, and read their output.
//!
//! A test fails by panicking, so these helpers panic with what went wrong.
#![allow(clippy::missing_panics_doc)]

pub mod one_way;
pub mod queries;
pub mod schema;
pub mod table;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::Value;

/// The root of the workspace.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("tests is below the root").to_owned()
}

/// The folder of the profile with which the tests were built: target/debug or target/release.
fn profile_folder() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    test.parent().and_then(Path::parent).expect("target/PROFILE/deps/test").to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    profile_folder().parent().expect("target").to_owned()
}

/// Builds the command and the loadable stages, once; cargo does not build artefacts of other packages for a test.
fn built() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        let folder = profile_folder();
        let mut cargo = cargo();
        // The whole workspace, as `cargo test --workspace` selects it: with other packages selected, dependencies would get
        // other features, and half of the workspace would be compiled a second time.
        cargo.args(["build", "--quiet", "--workspace", "--bins", "--examples"]);
        if folder.ends_with("release") {
            cargo.arg("--release");
        }
        run_tool(&mut cargo);
        folder
    })
}

/// Cargo in the workspace.
fn cargo() -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root());
    cargo
}

/// Runs a tool, which must succeed.
pub fn run_tool(command: &mut Command) {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let said = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert!(output.status.success(), "{command:?}\n{}{}", said(&output.stdout), said(&output.stderr));
}

/// The path of the built command.
pub fn binary() -> PathBuf {
    built().join("copydesk")
}

/// A built-in stage as a shared library.
pub fn stage_library(stage: &str) -> PathBuf {
    let name = format!("{}copydesk_{stage}{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    built().join("examples").join(name)
}

/// Compiles a C plugin from `source` into `folder`, with these `-D` definitions.
pub fn c_plugin(source: &Path, folder: &Path, defines: &[&str]) -> PathBuf {
    let name = source.file_stem().and_then(|stem| stem.to_str()).expect("a C file");
    let library = folder.join(format!(
        "lib{name}{}{}",
        defines.concat().replace('=', "_"),
        std::env::consts::DLL_SUFFIX
    ));
    let mut cc = Command::new("cc");
    cc.args(["-shared", "-fPIC", "-O1", "-Wall", "-Werror", "-I"]).arg(root().join("core/include"));
    cc.args(defines.iter().map(|define| format!("-D{define}")));
    run_tool(cc.arg("-o").arg(&library).arg(source));
    library
}

/// Builds a Rust plugin in a package of its own, as a user would.
pub fn rust_plugin(folder: &Path, name: &str) -> PathBuf {
    // Two tests may build the same package at the same time.
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    let _guard = ONE_AT_A_TIME.lock();
    let target = target().join("plugins");
    // With the versions that are already downloaded, offline.
    std::fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).expect("the workspace's lock file");
    let mut cargo = cargo();
    cargo.args(["build", "--quiet", "--offline", "--manifest-path"]).arg(folder.join("Cargo.toml"));
    run_tool(cargo.arg("--target-dir").arg(&target));
    target.join("debug").join(format!(
        "{}{name}{}",
        std::env::consts::DLL_PREFIX,
        std::env::consts::DLL_SUFFIX
    ))
}

/// The result of a run of the command.
pub struct Ran {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
}

/// Runs `copydesk` in `folder`.
pub fn copydesk(folder: &Path, arguments: &[&str]) -> Ran {
    copydesk_with_input(folder, arguments, b"")
}

/// Runs `copydesk` in `folder` with this standard input.
pub fn copydesk_with_input(folder: &Path, arguments: &[&str], input: &[u8]) -> Ran {
    use std::io::Write;
    let mut child = Command::new(binary())
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("copydesk starts");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    let feeder = std::thread::spawn(move || {
        // The command may stop reading before the end of its input.
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("copydesk ends");
    feeder.join().expect("the feeder ends");
    Ran::of(&output)
}

impl Ran {
    /// From a finished process.
    pub fn of(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Asserts the exit code; on failure, shows standard error.
    #[track_caller]
    pub fn exits(self, code: i32) -> Self {
        assert_eq!(self.code, code, "stdout:\n{}\nstderr:\n{}", self.out, self.err);
        self
    }

    /// Asserts that standard error contains each of these.
    #[track_caller]
    pub fn says(self, parts: &[&str]) -> Self {
        for part in parts {
            assert!(self.err.contains(part), "{part:?} is not in:\n{}", self.err);
        }
        self
    }
}

/// The lines of a file of JSON lines. Lines with results are checked against their schema.
#[track_caller]
pub fn lines(path: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .inspect(|line: &Value| {
            // Failures have no text.
            if line.get("text").is_some() {
                schema::assert_line(line);
            }
        })
        .collect()
}

/// A temporary folder, removed at the end of the test.
pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

/// Some hundred documents made from the example articles, enough for several batches.
pub fn corpus(documents: usize) -> String {
    let articles: Vec<String> = ["harbour", "rates", "storm"]
        .iter()
        .map(|name| {
            let path = root().join("examples/articles").join(name).with_extension("txt");
            std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
        })
        .collect();
    let line = |number: usize| {
        let text = &articles[number % articles.len()];
        serde_json::json!({"id": format!("d{number}"), "date": "2023-03-14", "text": text, "number": number})
    };
    (0..documents).map(|number| line(number).to_string() + "\n").collect()
}

/// Documents of every kind that tables must hold: with and without titles and dates, repeated ids, a text that is not English,
/// multi-byte characters, line breaks and quotation marks, and input fields of all types.
pub fn varied() -> String {
    let text = "\"We lost 18% of our contracts in March, or €2.5 million,\" said Zoë Müller, the head of Nordvik Shipping. 🚢\n\n                Mayor Jan Berg praised Müller on Tuesday. He said that the \"old, proud\" port would get 3 to 4 new cranes in 2025.";
    let german = "Der Bürgermeister sagte am Dienstag, dass der Hafen im nächsten Jahr neue Kräne bekommen werde und die Stadt \
                  dafür mehr Geld ausgeben wolle als bisher geplant war.";
    let special = [
        serde_json::json!({"id": "port", "title": "Zoë Müller: “We lost 18% of our contracts”", "date": "2024-04-09", "text": text,
            "outlet": "Nordvik Post", "words": 41, "score": 0.5, "paid": true, "tags": ["port", "trade"], "Label": "x"}),
        serde_json::json!({"id": "port", "text": text, "outlet": "=SUM(A1)", "words": 40, "score": 2, "paid": false}),
        serde_json::json!({"id": "port#2", "text": "Anna Lund resigned.", "outlet": "a, \"b\"\r\nc", "words": "many"}),
        serde_json::json!({"id": "port", "text": "", "outlet": null, "date": "soon"}),
        serde_json::json!({"id": "hafen", "text": german, "extra": {"a": [1, 2]}}),
    ];
    let special: String = special.iter().map(|line| line.to_string() + "\n").collect();
    let news = std::fs::read_to_string(root().join("examples/news.jsonl")).expect("the example articles");
    special + &news + &corpus(12)
}

/// How many kills, failures or other repetitions the environment asks for (`COPYDESK_KILLS`); `./test.sh --all` asks for many.
pub fn kills() -> u32 {
    std::env::var("COPYDESK_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(3)
}

/// Whether a test is to be run at its full size, though it takes long.
pub fn is_thorough() -> bool {
    kills() > 10
}

/// The files in a folder and its subfolders, by name, without unfinished files and manifests.
pub fn results(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.path().is_dir() {
            files.extend(
                results(&entry.path()).into_iter().map(|(file, bytes)| (format!("{name}/{file}"), bytes)),
            );
        } else if ![".partial", ".journal", "run.json"].iter().any(|ending| name.ends_with(ending)) {
            files.insert(name, std::fs::read(entry.path()).expect("a file"));
        }
    }
    files
}
