#!/usr/bin/env bash
# frozen.sh [FOLDER]: PyInstaller makes the programs for Windows, and they start; with FOLDER, those in it.
set -euo pipefail
cd "$(dirname "$0")/../.."
[ $# = 1 ] || PYTHON=${PYTHON:-python3} tests/windows/setup.sh
source tests/windows/environment.sh

folder=${1:-$NASFE_WINDOWS/frozen}
if [ $# = 0 ]; then
    windows=Z:${folder//\//\\}
    tests/windows/python.sh -m PyInstaller --noconfirm --distpath "$windows" \
        --workpath "$windows\\build" packaging/pyinstaller/nasfe-cam.spec </dev/null
fi

# As python.sh, its streams are pipes; doctor says 1 where there is no camera.
run() {
    cat </dev/null | wine64 "$folder/NASFE Camera/nasfe-cam.exe" "$@" 2>&1 | cat
    return "${PIPESTATUS[1]}"
}
run --version
run doctor || [ $? = 1 ]
