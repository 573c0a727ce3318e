//! Runs a program under callgrind and reads the costs of its functions.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, bail};

/// The inclusive cost of each function in instructions, by demangled name.
///
/// Calls of a recursive function are counted several times, so use this only for functions that are not recursive.
pub type Costs = HashMap<String, u64>;

/// Runs `program` under callgrind and writes the profile to `profile`.
pub fn run(program: &mut Command, profile: &Path) -> anyhow::Result<Costs> {
    start(program, profile, None)?;
    read_file(profile)
}

/// Runs `program` under callgrind and returns the costs for each call of `function`, from the end of the previous call to its
/// end.
///
/// The profiles are written beside `profile`; the number of the call is appended to the name.
pub fn run_by_call(program: &mut Command, profile: &Path, function: &str) -> anyhow::Result<Vec<Costs>> {
    let numbered = |number: usize| PathBuf::from(format!("{}.{number}", profile.display()));
    // Profiles of an earlier run would be mistaken for calls of this one.
    for old in (1..).map(numbered).take_while(|path| path.exists()) {
        std::fs::remove_file(&old).with_context(|| format!("cannot remove {}", old.display()))?;
    }
    start(program, profile, Some(function))?;
    (1..).map(numbered).take_while(|path| path.exists()).map(|path| read_file(&path)).collect()
}

fn read_file(profile: &Path) -> anyhow::Result<Costs> {
    read(&std::fs::read_to_string(profile).with_context(|| format!("cannot read {}", profile.display()))?)
}

fn start(program: &Command, profile: &Path, dump_after: Option<&str>) -> anyhow::Result<()> {
    let mut valgrind = Command::new("valgrind");
    valgrind.arg("-q").arg("--tool=callgrind").arg(format!("--callgrind-out-file={}", profile.display()));
    valgrind.args(dump_after.map(|function| format!("--dump-after={function}")));
    valgrind.arg(program.get_program()).args(program.get_args());
    let output = valgrind.output().context("cannot start valgrind: install the package valgrind")?;
    if !output.status.success() {
        bail!("{valgrind:?} failed: {}", String::from_utf8_lossy(&output.stderr));
    }
    Ok(())
}

/// Reads a profile. <https://valgrind.org/docs/manual/cl-format.html>
pub fn read(profile: &str) -> anyhow::Result<Costs> {
    let mut names: HashMap<&str, &str> = HashMap::new();
    let mut by_id: HashMap<&str, u64> = HashMap::new();
    let mut called = None;
    let mut lines = profile.lines();
    while let Some(line) = lines.next() {
        if let Some(named) = line.strip_prefix("fn=") {
            name(named, &mut names);
        } else if let Some(named) = line.strip_prefix("cfn=") {
            called = Some(name(named, &mut names));
        } else if line.starts_with("calls=") {
            // The next line has the position of the call and its cost.
            let cost = lines.next().and_then(|line| line.split(' ').nth(1)?.parse::<u64>().ok());
            match (called, cost) {
                (Some(id), Some(cost)) => *by_id.entry(id).or_default() += cost,
                _ => bail!("a call without a function or a cost in a callgrind profile: {line}"),
            }
        }
    }
    let mut costs = Costs::new();
    for (id, cost) in by_id {
        *costs.entry(names.get(id).copied().unwrap_or(id).to_owned()).or_default() += cost;
    }
    Ok(costs)
}

/// `(12) name` defines an id, `(12)` alone refers to it.
fn name<'p>(named: &'p str, names: &mut HashMap<&'p str, &'p str>) -> &'p str {
    let (id, name) = named.split_once(' ').unwrap_or((named, ""));
    if !name.is_empty() {
        names.insert(id, name);
    }
    id
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn costs_of_calls_are_added_up_by_function() {
        let profile = "events: Ir\n\nfl=(1) main.c\nfn=(1) main\n1 5\ncfn=(2) work\ncalls=2 7\n3 100\n4 1\n\
                       fn=(2)\n7 100\ncfn=(3) helper\ncalls=1 +3\n+1 40\n\nfn=(1)\ncfn=(2)\ncalls=1 7\n* 11\n";
        let costs = read(profile).expect("a profile");
        assert_eq!((costs["work"], costs["helper"]), (111, 40));
        assert!(!costs.contains_key("main"), "nobody calls it");
        assert!(read("calls=1 2\nx\n").is_err());
    }
}
