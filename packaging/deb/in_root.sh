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
home=/home/$user
install -d -o "$user" -m 700 "/run/user/$(id -u "$user")"
su "$user" -c "env --chdir=$home XDG_RUNTIME_DIR=/run/user/$(id -u "$user") \
    HOME=$home python3 /tmp/use.py"
began=$SECONDS

# As `nasfe-cam camera install` leaves them; there is no kernel module here to load.
touch /etc/modprobe.d/nasfe-cam.conf /etc/modules-load.d/nasfe-cam.conf
# As `systemctl --user enable` does; there is no systemd here.
unit=.config/systemd/user/default.target.wants/nasfe-cam.service
su "$user" -c "cd $home && mkdir -p '${unit%/*}' && ln -s /usr/lib/systemd/user/nasfe-cam.service '$unit'"

# Files that were not there before: without fontconfig's cache, which every program shares.
added() {
    comm -13 /tmp/before /tmp/after | while read -r path; do
        [[ $path == "$home"/* && -d $path || $path == */.cache/fontconfig/* ]] || echo "$path"
    done
}

# expect_left COMMAND FILE...: apt-get does that to the package, and these files are left.
expect_left() {
    apt-get "$1" -qq -y nasfe-cam >/tmp/apt.log 2>&1 || { cat /tmp/apt.log; exit 1; }
    files >/tmp/after
    took "apt-get $1"
    if ! diff <(printf '%s\n' "${@:2}") <(added) || [[ -n $(comm -23 /tmp/before /tmp/after) ]]; then
        echo "apt-get $1 leaves more (>), or takes away more (<):" >&2
        comm -23 /tmp/before /tmp/after
        exit 1
    fi
}
profile=$home/.local/share/nasfe-cam/profiles/$user.nasfe-profile
expect_left remove "$home/.config/nasfe-cam/settings.toml" "$home/.config/nasfe-cam/window.conf" "$profile"
expect_left purge "$profile"
