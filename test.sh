#!/usr/bin/env bash
# Runs every test of copydesk, on a machine where nothing but Rust was installed by hand. With --all also those that take long.
set -euo pipefail
cd "$(dirname "$0")"

# A C compiler and make build the plugins in C (Rust links with it too); valgrind watches the plugin boundary; Python reads tables.
need() {
    "${@:2}" >/dev/null 2>&1 && return
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq && apt-get install -y -qq "$1" >/dev/null
    else
        echo "test.sh needs the package $1: install it" >&2
        exit 1
    fi
}
need gcc command -v cc
need make command -v make
need valgrind command -v valgrind
need python3 command -v python3
need python3-venv python3 -c "import venv, ensurepip"

# Each step selects the whole workspace, so that all of them share what the first one compiled.
cargo test --workspace --locked

echo "== the plugin boundary under valgrind"
CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUNNER="valgrind -q --error-exitcode=9" \
CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUNNER="valgrind -q --error-exitcode=9" \
    cargo test --workspace --locked --lib abi::

echo "== plugins of version 1.0 in a host that has grown"
cargo test --locked -p copydesk-core --features abi-next --lib abi::

echo "== the Python package"
python/test.sh

echo "== the guide as a book, and its links"
docs/build.sh

echo "== documentation"
RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --locked --quiet

if [ "${1:-}" = --all ]; then
    echo "== a thousand kills of lines, as many of tables, every failing call, disks of every size"
    COPYDESK_KILLS=334 cargo test --release --workspace --locked --test kills --test faults --test disk

    echo "== the ten minutes to a stage of one's own, from a clean clone"
    tests/ten_minutes.sh

    echo "== the page of \`copydesk report\` in a browser"
    need chromium command -v chromium
    need nodejs command -v node
    need npm command -v npm
    (cd tests/browser && npm ci --silent --no-audit --no-fund)
    cargo build --release --workspace --locked --bins
    node --test tests/browser/reader.mjs

    echo "== Python as released, spaCy, Spark, Ray, Dask and Daft"
    need openjdk-17-jre-headless command -v java
    python/test.sh --release --all
fi

echo "all tests passed"
