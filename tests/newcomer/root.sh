#!/usr/bin/env bash
# root.sh
#
# Makes a clean Debian 12 with sudo and one user, and nothing else; prints its folder. Beside
# it are the Python packages of the README's installation, so that only apt needs a network.
# In $NASFE_NEWCOMER (default /var/tmp/nasfe-cam-newcomer). Root; the mirror is the default one.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
python=$(realpath -s "${PYTHON:-$repository/.venv/bin/python}")
work=${NASFE_NEWCOMER:-/var/tmp/nasfe-cam-newcomer}
mkdir -p "$work"
exec 9>"$work/lock"
flock 9

# wanted STAMP CONTENT: whether what the stamp stands for has to be made anew.
wanted() { [[ $(cat "$work/$1" 2>/dev/null) != "$2" ]]; }

versions=$( (cat "$repository/constraints.txt" && sed '/^\[tool/,$d' "$repository/pyproject.toml") | sha256sum)
if wanted wheels.stamp "$versions"; then
    echo "fetching the Python packages" >&2
    rm -rf "$work/wheels"
    "$python" -m pip --disable-pip-version-check download --quiet -d "$work/wheels" \
        -c "$repository/constraints.txt" "$repository[ui]" 'setuptools>=77'
    rm -f "$work"/wheels/nasfe_cam-*
    echo "$versions" >"$work/wheels.stamp"
fi

# A package as `nasfe-cam camera install` asks for it, with what stands in for the kernel.
stand_in() {
    local name=$1 tree
    tree=$(mktemp -d)
    mkdir -p "$tree/DEBIAN" "$tree/usr/local/sbin" "$tree/usr/local/bin"
    printf '%s\n' "Package: $name" "Version: 99" "Architecture: all" "Depends: python3, kmod" \
        "Maintainer: nobody <nobody@nowhere.invalid>" "Description: stands in for $name" \
        >"$tree/DEBIAN/control"
    # A package without a file of its own is taken to have been replaced.
    install -D /dev/null "$tree/usr/share/doc/$name/stand-in"
    if [[ $name == v4l2loopback-dkms ]]; then
        install -m 755 "$here/stand_ins/modprobe.py" "$tree/usr/local/sbin/modprobe"
        install -m 755 "$here/stand_ins/modinfo.sh" "$tree/usr/local/bin/modinfo"
    fi
    dpkg-deb --root-owner-group --build "$tree" "$work/debs/$name.deb" >/dev/null
    printf '%s\n' "$(dpkg-deb -f "$work/debs/$name.deb")" "Filename: ./$name.deb" \
        "Size: $(stat -c %s "$work/debs/$name.deb")" \
        "SHA256: $(sha256sum <"$work/debs/$name.deb" | cut -d' ' -f1)" "" >>"$work/debs/Packages"
    rm -rf "$tree"
}

made=$(cat "$here/root.sh" "$here"/stand_ins/* | sha256sum)
if wanted root.stamp "$made"; then
    echo "making a clean root of Debian 12" >&2
    rm -rf "$work/root" "$work/debs"
    mkdir "$work/debs"
    stand_in v4l2loopback-dkms
    stand_in linux-headers-amd64
    mmdebstrap --quiet --variant=minbase --include=sudo,ca-certificates \
        --aptopt='Acquire::Retries "5"' \
        --customize-hook='chroot "$1" useradd --create-home --uid 1000 --shell /bin/bash somebody' \
        --customize-hook='echo "somebody ALL=(ALL) NOPASSWD: ALL" >"$1/etc/sudoers.d/somebody"' \
        --customize-hook='mkdir -p "$1/etc/modules-load.d"  # of systemd, which every computer has' \
        --customize-hook="copy-in $work/debs /srv" \
        --customize-hook='echo "deb [trusted=yes] file:/srv/debs ./" >"$1/etc/apt/sources.list.d/stand-ins.list"' \
        bookworm "$work/root" >"$work/root.log" 2>&1 || { tail -20 "$work/root.log" >&2; exit 1; }
    echo "$made" >"$work/root.stamp"
fi
echo "$work/root"
