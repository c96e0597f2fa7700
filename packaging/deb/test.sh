#!/usr/bin/env bash
# test.sh DEB
#
# Installs the package in a clean Debian root that has no network, uses it as an
# ordinary user, removes and purges it, and checks after each which files are left.
# Debian, root. The report is printed; nothing of the root outlives the test.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deb=$(realpath "$1")
if ((EUID != 0)); then
    echo "The test makes a Debian root, which needs: sudo packaging/deb/test.sh $1" >&2
    exit 1
fi
root=$("$here/root.sh" "$deb")

# In namespaces of its own: what is mounted and what runs ends with it.
export root deb here
unshare --mount --pid --fork --net --kill-child bash -euo pipefail -c '
    layers=$(mktemp -d)
    mount -t tmpfs -o mode=755 tmpfs "$layers"
    mkdir "$layers"/{changes,work,root}
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$layers/changes,workdir=$layers/work" "$layers/root"
    cd "$layers/root"
    mount -t proc proc proc
    mount --rbind /dev dev
    mount -t tmpfs -o mode=1777 tmpfs tmp
    mount -t tmpfs -o mode=755 tmpfs run
    cp "$deb" tmp/nasfe-cam.deb
    cp "$here"/in_root.sh "$here"/use.py tmp/
    env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 chroot . bash /tmp/in_root.sh
'
