#!/usr/bin/env bash
# The first minutes of somebody who writes a stage, from a clean clone: makes, builds, tests and runs one in Rust, C and Python with the commands of
# the guide, and prints the seconds that each step takes. With COPYDESK=path/to/copydesk the clone is not built.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"

total=0
# step NAME COMMAND…: runs it, and says how long it took; what it says is shown where it fails.
step() {
    local name=$1 begun ended
    shift
    begun=$(date +%s%N)
    "$@" >step.log 2>&1 || { cat step.log; echo "$name failed: $*" >&2; exit 1; }
    ended=$(date +%s%N)
    total=$((total + ended - begun))
    printf '%-32s %6.1f s\n' "$name" "$(((ended - begun) / 1000000))e-3"
}

step "git clone" git clone --quiet "$root" copydesk
if [ -z "${COPYDESK:-}" ]; then
    step "cargo build --release" cargo build --release --locked --manifest-path copydesk/Cargo.toml
    COPYDESK=$dir/copydesk/target/release/copydesk
fi
export COPYDESK
export PATH=$dir/bin:$PATH
mkdir bin && ln -s "$COPYDESK" bin/copydesk
printf 'LAKEFORD (Norland News) - The budget passed, said Clara Bell.' >article.txt

# finds STAGE FILE: the stage comes to the built-in ones and marks the word.
finds() {
    copydesk run article.txt --stage "$2" -o "$1.jsonl" -q
    python3 - "$1" <<'CHECK'
import json, sys
name = sys.argv[1]
line = json.loads(open(name + ".jsonl").read())
found = line["layers"][name]
assert [line["text"][one["start"]:one["end"]] for one in found] == ["budget"], found
assert line["entities"], "the built-in stages run too"
CHECK
}

step "python: new" copydesk plugin new in_python --lang python
step "python: test" bash -c 'cd in_python && python3 -m unittest'
step "python: check" copydesk plugin check ./in_python/in_python.py
step "python: run" finds in_python ./in_python/in_python.py

step "c: new" copydesk plugin new in_c --lang c
step "c: build and test" make -C in_c test
step "c: check" copydesk plugin check ./in_c/libin_c.so
step "c: run" finds in_c ./in_c/libin_c.so

step "rust: new" copydesk plugin new in_rust --lang rust --core copydesk/core
step "rust: test" cargo test --quiet --manifest-path in_rust/Cargo.toml
step "rust: build" cargo build --quiet --release --manifest-path in_rust/Cargo.toml
library=in_rust/target/release/libin_rust.so
[ -f "$library" ] || library=${library%.so}.dylib
step "rust: check" copydesk plugin check "$library"
step "rust: run" finds in_rust "./$library"

seconds=$((total / 1000000000))
echo "all of it: $seconds s"
[ "$seconds" -lt 600 ] || { echo "that is more than ten minutes" >&2; exit 1; }
