#!/usr/bin/env bash
# Makes dist/nasfe-cam.dmg with NASFE Camera.app, on a Mac with Python 3.11 to 3.13.
# $IDENTITY, a "Developer ID Application", signs it; without, it is signed ad hoc and
# other Macs ask before they open it. Then `xcrun notarytool submit` and `stapler`.
set -euo pipefail
cd "$(dirname "$0")/../.."
[[ -x .venv/bin/python ]] || python3 -m venv .venv
.venv/bin/python -m pip install --quiet -c constraints.txt -e '.[ui,packaging]'
PYTHONPATH=$PWD .venv/bin/python packaging/icons.py build/nasfe-cam.icns
.venv/bin/pyinstaller --noconfirm packaging/pyinstaller/nasfe-cam.spec

app="dist/NASFE Camera.app"
documents="$app/Contents/Resources"
cp LICENSE "$documents/LICENSE.txt"
cp nasfe_cam/assets/models/LICENSE.md "$documents/LICENSE of the networks.md"
.venv/bin/cyclonedx-py environment --pyproject pyproject.toml \
    -o "$documents/nasfe-cam.cdx.json" .venv/bin/python
codesign --force --deep --options runtime --entitlements packaging/macos/entitlements.plist \
    --sign "${IDENTITY:--}" "$app"

content=$(mktemp -d)
trap 'rm -rf "$content"' EXIT
cp -R "$app" "$content/"
ln -s /Applications "$content/Applications"
hdiutil create -volname "NASFE Camera" -srcfolder "$content" -ov -format UDZO dist/nasfe-cam.dmg
