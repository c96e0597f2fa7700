#!/usr/bin/env bash
# root.sh DEB
#
# Makes a clean Debian root with nothing but the package's own dependencies, and
# prints its folder, in $NASFE_DEB (default /var/tmp/nasfe-cam-deb). Kept until the
# dependencies change. Root; the mirror is the default one.
#
# mmdebstrap makes what debootstrap makes, in less than half the time.
set -euo pipefail
work=${NASFE_DEB:-/var/tmp/nasfe-cam-deb}
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
depends=$(dpkg-deb -f "$1" Depends)
mkdir -p "$work"
exec 9>"$work/lock"
flock 9

stamp="$suite $depends"
if [[ $(cat "$work/stamp" 2>/dev/null) != "$stamp" ]]; then
    echo "making a clean root of Debian $suite" >&2
    rm -rf "$work/root" "$work/stamp"
    export DEPENDS=$depends
    mmdebstrap --quiet --variant=minbase --aptopt='Acquire::Retries "5"' \
        --customize-hook='chroot "$1" apt-get satisfy -qq -y --no-install-recommends "$DEPENDS" >&2' \
        --customize-hook='chroot "$1" useradd --create-home --shell /bin/sh somebody' \
        "$suite" "$work/root" >"$work/root.log" 2>&1 || { tail -20 "$work/root.log" >&2; exit 1; }
    echo "$stamp" >"$work/stamp"
fi
echo "$work/root"
