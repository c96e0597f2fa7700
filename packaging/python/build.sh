#!/usr/bin/env bash
# build.sh FOLDER
#
# Makes the source distribution, and from it the wheel, in FOLDER; checks both.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
mkdir -p "$1"
folder=$(realpath "$1")
python=$(realpath -s "${PYTHON:-$root/.venv/bin/python}")
log=$(mktemp)
trap 'rm -f "$log"' EXIT

rm -f "$folder"/nasfe_cam-*
# The pinned setuptools is in this environment. The wheel comes from the unpacked source
# distribution, so that one that lacks a file makes no wheel.
(cd "$root" && "$python" -m build --no-isolation --outdir "$folder" .) >"$log" 2>&1 || { tail -30 "$log" >&2; exit 1; }
"$python" -m twine check --strict "$folder"/nasfe_cam-* >&2
"$python" "$root/packaging/python/check_contents.py" "$folder"/nasfe_cam-*.whl "$folder"/nasfe_cam-*.tar.gz >&2
echo "$folder"/nasfe_cam-*.whl
