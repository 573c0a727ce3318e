#!/usr/bin/env bash
# Builds the Python package, installs it into an environment of its own, and runs its tests. --release builds as released; --all also tests
# what is large (spaCy, Spark, Ray, Dask, Daft), in a second environment. Other arguments go to pytest.
set -euo pipefail
cd "$(dirname "$0")"
root=$(cd .. && pwd)
profile=dev
all=
while :; do
    case "${1:-}" in
        --release) profile=release ;;
        --all) all=1 ;;
        *) break ;;
    esac
    shift
done

# Beside the libraries of the workspace, of which half are the same.
export CARGO_TARGET_DIR=$root/target
export PIP_DISABLE_PIP_VERSION_CHECK=1
environment=$root/target/python
wheels=$root/target/wheels

# install ENVIRONMENT REQUIREMENTS: the package and what tests need, without what an earlier version left.
install() {
    python3 -m venv "$1"
    "$1/bin/pip" install -q -r "$2"
}
install "$environment" tests/requirements.txt
rm -rf "$wheels"
"$environment/bin/maturin" build -q --profile "$profile" -o "$wheels" >/dev/null
"$environment/bin/pip" install -q --force-reinstall --no-deps "$wheels"/*.whl
"$environment/bin/pytest" -q -p no:cacheprovider "$@"

if [ -n "$all" ]; then
    install "$environment-all" tests/all/requirements.txt
    "$environment-all/bin/pip" install -q pytest
    "$environment-all/bin/pip" install -q --force-reinstall --no-deps "$wheels"/*.whl
    COPYDESK_ALL=1 "$environment-all/bin/pytest" -q -p no:cacheprovider tests/all "$@"
fi
