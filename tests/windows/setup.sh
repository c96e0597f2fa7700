#!/usr/bin/env bash
# Makes a Windows with Python and the program's packages under Wine, in $NASFE_WINDOWS.
# Again after a change of the files named in `made_of`; nothing is downloaded twice.
set -euo pipefail
cd "$(dirname "$0")"
source ./environment.sh
PYTHON=${PYTHON:-python3}

packages=(wine64 gcc-mingw-w64-x86-64-win32 unzip)
if ! dpkg --status "${packages[@]}" >/dev/null 2>&1; then
    install="apt-get install -y -qq --no-install-recommends ${packages[*]}"
    if [ "$(id -u)" != 0 ]; then
        echo "make test-windows needs: sudo $install" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive $install
fi

made_of=$(cat setup.sh unpack.py python.txt wheels.txt stubs/* | sha256sum)
[ "$(cat "$NASFE_WINDOWS/made_of" 2>/dev/null)" != "$made_of" ] || exit 0
mkdir -p "$NASFE_WINDOWS/downloads" "$HOME"
rm -rf "$WINEPREFIX" "$NASFE_WINDOWS/made_of"

download() {
    "$PYTHON" -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes \
        --dest "$NASFE_WINDOWS/downloads" --find-links "$NASFE_WINDOWS/downloads" "$@"
}
download --no-binary :all: -r python.txt
download --only-binary :all: --platform win_amd64 --python-version 3.13 -r wheels.txt

wine64 wineboot --init 2>&1 | cat
wine64 winecfg -v win10 2>&1 | cat
wineserver --wait

mkdir -p "$WINDOWS_PYTHON"
"$PYTHON" unpack.py "$NASFE_WINDOWS/downloads" python.txt wheels.txt "$WINDOWS_PYTHON"
compile="x86_64-w64-mingw32-gcc-win32 -O1 -s -shared"
$compile -o "$WINDOWS_PYTHON/bcryptprimitives.dll" stubs/bcryptprimitives.c -ladvapi32
$compile -o "$WINDOWS_PYTHON/icuuc.dll" stubs/icuuc.c
$compile -o "$WINDOWS_PYTHON/camera_filter.dll" stubs/camera_filter.c
for library in l1-1-0 error-l1-1-1; do
    $compile -o "$WINDOWS_PYTHON/api-ms-win-core-winrt-$library.dll" stubs/winrt.c
done
cp stubs/sitecustomize.py "$WINDOWS_PYTHON/Lib/site-packages"
echo "$made_of" >"$NASFE_WINDOWS/made_of"
