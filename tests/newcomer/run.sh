#!/usr/bin/env bash
# run.sh
#
# Plays a new user: a clean Debian 12, the README's commands as they stand there, and the window,
# clicked from its first start until a meeting shows the picture. Screenshots are left in
# build/newcomer. Debian 12, root; where there is no kernel module, see stand_ins.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
repository=$(cd "$here/../.." && pwd)
packages=(mmdebstrap xvfb xdotool dbus at-spi2-core gir1.2-atspi-2.0 python3-gi)
if ((EUID != 0)) || ! dpkg --status "${packages[@]}" >/dev/null 2>&1; then
    echo "This makes a Debian root, and clicks; as root, with: apt install ${packages[*]}" >&2
    exit 1
fi
root=$("$here/root.sh")
results=$repository/build/newcomer
rm -rf "$results"
mkdir -p "$results"

# In namespaces of its own: what is mounted and what runs ends with it.
python=$(realpath -s "${PYTHON:-$repository/.venv/bin/python}")
export root here repository results python
unshare --mount --pid --fork --kill-child bash -euo pipefail -c '
    mount -t proc proc /proc
    layers=$(mktemp -d)
    trap "rmdir $layers 2>/dev/null || true" EXIT
    mount -t tmpfs -o mode=755 tmpfs "$layers"
    mkdir "$layers"/{changes,work,root}
    mount -t overlay overlay -o "lowerdir=$root,upperdir=$layers/changes,workdir=$layers/work" "$layers/root"
    cd "$layers/root"
    mount -t proc proc proc
    mkdir -p sys/devices srv/wheels
    mount --rbind /sys/devices sys/devices
    mount --bind "${root%/root}/wheels" srv/wheels
    mount -t tmpfs -o mode=1777 tmpfs tmp
    # No device of this computer: it may have webcams, and a virtual camera.
    mount -t tmpfs -o mode=755 tmpfs dev
    for node in null zero full random urandom tty; do
        touch "dev/$node"
        mount --bind "/dev/$node" "dev/$node"
    done
    mkdir -m 1777 dev/shm
    ln -s /proc/self/fd dev/fd
    # The same folder on both sides: the screen reader that clicks is outside.
    mount -t tmpfs -o mode=755 tmpfs /run
    mkdir -p /run/user/1000 run/user/1000
    chown 1000:1000 /run/user/1000
    chmod 700 /run/user/1000
    mount --bind /run/user/1000 run/user/1000
    cp /etc/resolv.conf etc/resolv.conf
    echo "127.0.0.1 localhost $(hostname)" >etc/hosts
    mkdir home/somebody/nasfe-cam
    (cd "$repository" && git ls-files -z | tar --null -T - -c) | tar -x -C home/somebody/nasfe-cam
    chown -R 1000:1000 home/somebody/nasfe-cam
    PYTHONPATH=$repository /usr/bin/python3 -P -m tests.newcomer.newcomer "$PWD" "$results" "$python"
' </dev/null
