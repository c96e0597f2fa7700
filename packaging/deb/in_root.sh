#!/usr/bin/env bash
# Runs in the clean root, as root: installs, lets somebody use it, removes, compares.
set -euo pipefail

# Files of the root, less the package manager's own books and what is not on its disk.
files() {
    find / -xdev \( -path /proc -o -path /dev -o -path /run -o -path /tmp -o -path /var/lib/dpkg \
        -o -path /var/lib/apt -o -path /var/cache -o -path /var/log \) -prune -o -print | sort
}

took() { printf '%-44s %3d s\n' "$1" $((SECONDS - began)); began=$SECONDS; }
began=$SECONDS

mkdir -p /etc/modprobe.d /etc/modules-load.d  # of Debian's package kmod
files >/tmp/before
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends /tmp/nasfe-cam.deb >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
took "installed"

# Every library finds what it needs. OpenCL comes with the driver of an Intel GPU.
missing=$(find /usr/lib/nasfe-cam -name '*.so*' -type f ! -name libopenvino_intel_gpu_plugin.so \
    -exec ldd {} + 2>/dev/null | grep 'not found' | sort -u) || true
if [[ -n $missing ]]; then
    printf 'The package lacks a dependency for:\n%s\n' "$missing"
    exit 1
fi
took "libraries found"

user=somebody
install -d -o "$user" -m 700 "/run/user/$(id -u "$user")"
su "$user" -c "env --chdir=/home/$user XDG_RUNTIME_DIR=/run/user/$(id -u "$user") \
    HOME=/home/$user python3 /tmp/use.py"
began=$SECONDS

# As `nasfe-cam camera install` leaves them; there is no kernel module here to load.
touch /etc/modprobe.d/nasfe-cam.conf /etc/modules-load.d/nasfe-cam.conf
apt-get remove -qq -y nasfe-cam >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
files >/tmp/after
took "removed"

left=$(comm -13 /tmp/before /tmp/after)
lost=$(comm -23 /tmp/before /tmp/after)
elsewhere=$(grep -v "^/home/$user/" <<<"$left") || true
if [[ -n $elsewhere || -n $lost ]]; then
    printf 'Left behind:\n%s\nTaken away:\n%s\n' "$elsewhere" "$lost"
    exit 1
fi
printf "left, all of the user's own:\n%s\n" "$left"
grep -q "/.local/share/nasfe-cam/profiles/" <<<"$left" || { echo "The profile is gone."; exit 1; }
