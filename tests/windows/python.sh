#!/usr/bin/env bash
# python.sh ARGUMENTS...: Windows' Python in the folder where this is called.
# Its standard streams are pipes: with files, Python for Windows ends with "WinError 6" under Wine.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
source "$here/environment.sh"
root=$(cd "$here/../.." && pwd)
export PYTHONPATH=${WINDOWS_PYTHONPATH:-Z:${root//\//\\}}
cat | wine64 'C:\python\python.exe' "$@" 2> >(cat >&2) | cat
exit "${PIPESTATUS[1]}"
