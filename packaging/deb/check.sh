#!/usr/bin/env bash
# check.sh DEB
#
# What desktops and systemd will read in the package must be valid.
set -euo pipefail
deb=$(realpath "$1")
tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$tree" ./usr/share ./usr/lib/systemd

appstreamcli validate --no-net "$tree"/usr/share/metainfo/*.xml
desktop-file-validate "$tree"/usr/share/applications/*.desktop
# The program is not installed here, and systemd looks for it.
sed 's|^ExecStart=/usr/bin/nasfe-cam|ExecStart=/bin/true|' \
    "$tree/usr/lib/systemd/user/nasfe-cam.service" >"$tree/nasfe-cam.service"
XDG_RUNTIME_DIR=$tree systemd-analyze --user --man=no verify "$tree/nasfe-cam.service"
