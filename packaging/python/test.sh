#!/usr/bin/env bash
# test.sh WHEEL
#
# Installs the wheel in a new environment, without extras, and runs the camera there.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
wheel=$(realpath "$1")
python=$(realpath -s "${PYTHON:-$root/.venv/bin/python}")
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

"$python" -m venv --without-pip "$place/venv"
"$python" -m pip --disable-pip-version-check --quiet --python "$place/venv/bin/python" \
    install --no-compile -c "$root/constraints.txt" "$wheel"

# Somebody without settings and profiles.
export HOME=$place XDG_RUNTIME_DIR=$place/run
mkdir -m 700 "$XDG_RUNTIME_DIR"
cd "$place"
PATH=$place/venv/bin:$PATH
for absent in PyQt6 torch onnxruntime; do
    if python -c "import $absent" 2>/dev/null; then
        echo "$absent is installed, which only an extra asks for" >&2
        exit 1
    fi
done
nasfe-cam --version
# 1: there are problems, of which a machine without a camera has two.
nasfe-cam doctor --json >doctor.json || (($? == 1))
python -c '
import json
checks = json.load(open("doctor.json"))["checks"]
problems = {check["name"] for check in checks if check["status"] == "problem"}
assert problems <= {"cameras", "virtual camera"}, checks'
nasfe-cam benchmark --frames 30 --json run.json >/dev/null
python -c '
import json
run = json.load(open("run.json"))
assert run["restored"] == run["frames"] >= 30, run
print("restored", run["restored"], "frames of the bundled clip")'
