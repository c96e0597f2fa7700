#!/usr/bin/env bash
# Makes what boot.sh boots, in $NASFE_VM (default /var/tmp/nasfe-cam-vm): Debian's own
# kernel, a v4l2loopback module built for it, a first file system, and the emulator.
# Debian 12, root for what is missing. A second run takes a moment.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${NASFE_VM:-/var/tmp/nasfe-cam-vm}
mkdir -p "$work"
exec 9>"$work/lock"
flock 9

packages=(qemu-system-x86 busybox-static cpio kmod gcc make linux-headers-amd64
    squashfs-tools ffmpeg v4l-utils chromium)
if ! dpkg-query -W -f='${db:Status-Status}\n' "${packages[@]}" 2>/dev/null | awk '
        $1 == "installed" { found++ } END { exit found != '${#packages[@]}' }'; then
    if ((EUID != 0)); then
        echo "The virtual machine needs: sudo apt-get install ${packages[*]}" >&2
        exit 1
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        "${packages[@]}" >"$work/apt.log" 2>&1 || { tail -20 "$work/apt.log" >&2; exit 1; }
fi

# The kernel image is fetched in the version of the installed headers, not
# installed: this machine keeps its own.
headers=$(dpkg-query -W -f='${Depends}' linux-headers-amd64 | grep -o 'linux-headers-[0-9][^ ,]*' | head -1)
kernel=${headers#linux-headers-}
version=$(dpkg-query -W -f='${Version}' "$headers")
stamp="$kernel $version $(cat "$here/image.sh" "$here/init" "$here/tsc.c" | sha256sum | cut -c1-16)"
[[ $(cat "$work/stamp" 2>/dev/null) != "$stamp" ]] || exit 0

echo "making the virtual machine's kernel $kernel" >&2
rm -rf "${work:?}/image" "$work/stamp"
mkdir -p "$work/image/packages" && cd "$work/image/packages"
get() { apt-get download -qq -o APT::Sandbox::User=root "$1"; }
get "linux-image-$kernel=$version" || { apt-get update -qq && get "linux-image-$kernel=$version"; }
get v4l2loopback-dkms

root=$work/image/root
for package in *.deb; do dpkg-deb -x "$package" "$root"; done

# Of Debian's two emulators the newer: it needs less processor time. Fetched, not installed, for
# the same reason; the libraries are those of the installed one.
mkdir -p "$work/image/emulator/lists" && cd "$work/image/emulator"
echo "deb http://deb.debian.org/debian bookworm-backports main" >sources
backports=(-o Dir::Etc::SourceList="$PWD/sources" -o Dir::Etc::SourceParts=- -o APT::Sandbox::User=root
    -o Dir::State::Lists="$PWD/lists" -o Dir::Cache::pkgcache= -o Dir::Cache::srcpkgcache=)
apt-get "${backports[@]}" update -qq
apt-get "${backports[@]}" download -qq qemu-system-{x86,data} seabios
for package in *.deb; do dpkg-deb -x "$package" "$work/image/qemu"; done
source=$(dirname "$root"/usr/src/v4l2loopback-*/v4l2loopback.c)
make -C "/usr/src/$headers" M="$source" modules >"$work/module.log" 2>&1 ||
    { tail -20 "$work/module.log" >&2; exit 1; }
install -D -m644 "$source/v4l2loopback.ko" "$root/lib/modules/$kernel/updates/v4l2loopback.ko"
depmod -b "$root" "$kernel"

# What the guest needs until it has this machine's files: busybox and some modules.
first=$work/image/first
mkdir -p "$first"/{bin,dev,proc,sys,modules,host,fast,changes,root}
cp "$(command -v busybox)" "$first/bin/"
install -m755 "$here/init" "$first/init"
for module in virtio_pci virtio_blk virtio_rng squashfs 9p 9pnet_virtio overlay; do
    modprobe -d "$root" -S "$kernel" --show-depends "$module"
done | awk '$1 == "insmod" && !seen[$2]++ { print $2 }' | while read -r path; do
    cp "$path" "$first/modules/"
    basename "$path" >>"$first/modules/order"
done
(cd "$first" && find . | cpio --quiet -o -H newc | gzip -6) >"$work/initrd"
cp "$root/boot/vmlinuz-$kernel" "$work/kernel"
gcc -O2 -o "$work/tsc" "$here/tsc.c"
ln -sfn "image/root/lib/modules/$kernel" "$work/modules"
echo "$stamp" >"$work/stamp"
