#!/usr/bin/env bash
# boot.sh RESULTS SECONDS COMMAND...
#
# Runs COMMAND as root in the virtual machine, in this folder, and ends with its
# status; 124 after SECONDS, 125 if the machine ended before its command did.
# Whatever the command leaves in $RESULTS there comes back to the folder RESULTS.
#
# $NASFE_VM/fast is a file system of files that are read often; see run.sh.
#
# The machine sees this machine's files, and what it changes is lost. It has no
# network. Software emulation on purpose: the same everywhere, and no rights needed. The
# emulator copies one byte at a time where a guest is told that such copies are fast (erms, fsrm).
set -euo pipefail
work=${NASFE_VM:-/var/tmp/nasfe-cam-vm}
results=$1 seconds=$2
shift 2

job=$(mktemp -d "${TMPDIR:-/tmp}/nasfe-vm.XXXXXX")
machine=
trap '[[ -z $machine ]] || kill "$machine" 2>/dev/null; rm -rf "$job"' EXIT
mkdir -p "$results" "$job/results"
{
    echo "export HOME=/root LANG=C.UTF-8 TERM=dumb PATH=$(printf %q "$PATH")"
    echo "export PATIENCE=${PATIENCE:-240} LOOP_SECONDS=${LOOP_SECONDS:-}"
    echo "export XDG_RUNTIME_DIR=/run/user/0 RESULTS=/run/job/results"
    echo 'mkdir -p "/lib/modules/$(uname -r)"'
    echo "mount --bind $(printf %q "$work/modules/") \"/lib/modules/\$(uname -r)\" || exit 125"
    printf 'cd %q && exec' "$PWD"
    printf ' %q' "$@"
} >"$job/job"

qemu=$work/image/qemu/usr
"$qemu/bin/qemu-system-x86_64" -L "$qemu/share/qemu" -L "$qemu/share/seabios" \
    -name nasfe-cam-vm -M q35 -accel tcg,thread=multi -cpu max,-erms,-fsrm -smp "${CPUS:-$(nproc)}" -m 4096 \
    -nodefaults -display none -no-reboot -nic none -serial stdio -device virtio-rng-pci \
    -kernel "$work/kernel" -initrd "$work/initrd" \
    -append "console=ttyS0 quiet panic=-1 mitigations=off nokaslr no5lvl no_timer_check \
tsc=reliable tsc_early_khz=$("$work/tsc") rcupdate.rcu_cpu_stall_suppress=1 nosoftlockup" \
    -drive "file=$work/fast,if=virtio,format=raw,readonly=on" \
    -virtfs "local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap" \
    -virtfs "local,path=$job,mount_tag=job,security_model=none" \
    </dev/null &
machine=$!
deadline=$((SECONDS + seconds))
while kill -0 "$machine" 2>/dev/null && ((SECONDS < deadline)); do sleep 0.2; done
cp -r "$job/results/." "$results/"
if kill -0 "$machine" 2>/dev/null; then
    echo "The virtual machine was stopped after $seconds seconds." >&2
    exit 124
fi
machine=
exit "$(cat "$job/status" 2>/dev/null || echo 125)"
