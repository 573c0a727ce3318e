#!/usr/bin/env bash
# Builds the Python package, installs it into an environment of its own, and runs its tests. With --release as it is released.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
environment=$root/target/python
profile=dev
[ "${1:-}" != --release ] || { profile=release; shift; }

# Beside the libraries of the workspace, of which half are the same.
export CARGO_TARGET_DIR=$root/target
python3 -m venv "$environment"
export PIP_DISABLE_PIP_VERSION_CHECK=1
"$environment/bin/pip" install -q -r tests/requirements.txt
rm -rf "$environment/wheels"
"$environment/bin/maturin" build -q --profile "$profile" -o "$environment/wheels"
"$environment/bin/pip" install -q --force-reinstall --no-deps "$environment"/wheels/*.whl
"$environment/bin/pytest" -q -p no:cacheprovider "$@"
