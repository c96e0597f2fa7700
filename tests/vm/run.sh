#!/usr/bin/env bash
# run.sh [PYTEST OPTION...]
#
# Makes the virtual machine and what the tests need in it, and runs them there.
# Pictures and logs are left in build/vm/results. The long meeting lasts $MINUTES (3).
# What does not happen within $PATIENCE seconds (240) counts as failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python=$(realpath -s "${PYTHON:-.venv/bin/python}")
minutes=${MINUTES:-3}
export PATIENCE=${PATIENCE:-240}
export NASFE_VM=${NASFE_VM:-/var/tmp/nasfe-cam-vm} PYTHONPATH=$PWD

tests/vm/image.sh
mkdir -p build/vm
rm -rf build/vm/results
"$python" tests/vm/stand_in_models.py build/vm/models
"$python" tests/vm/fake_webcam.py build/vm/webcam.yuyv
# By itself the program restores fewer frames on a machine that is too slow, as this one is.
printf '[tracking]\nmaximum_faces = 1\n[restore]\nrate = "every-frame"\n' >build/vm/settings.toml
# Compiles the scenarios as well, and fails sooner than the machine would if one is broken.
"$python" -m pytest -p no:hypothesispytest --collect-only -q tests/vm/scenarios "$@" >build/vm/collected ||
    { cat build/vm/collected >&2; exit 1; }

# Opening a file of the host takes the guest a hundredth of a second, and Python opens
# thousands: those that it imports come as one file system. Compiling them would take it a minute;
# some libraries hold broken examples.
library=$("$python" -c 'import sysconfig; print(sysconfig.get_path("stdlib"))')
packages=$("$python" tests/vm/camera_packages.py)
mapfile -t packages <<<"$packages"
"$python" -m compileall -qq -j 2 "${packages[@]}" || true
"$python" -m compileall -q nasfe_cam engine tests/vm
mksquashfs "$library" "${packages[@]}" "$PWD"/{nasfe_cam,engine,tests} "$NASFE_VM/fast.new" \
    -no-strip -noappend -no-xattrs -noI -noD -noF -noX -quiet -no-progress -wildcards \
    -e "${library#/}/site-packages" "${library#/}/test"
mv "$NASFE_VM/fast.new" "$NASFE_VM/fast"

LOOP_SECONDS=$("$python" tests/vm/speed.py)
export LOOP_SECONDS
tests/vm/boot.sh build/vm/results $((10 * PATIENCE + 60 * minutes)) \
    "$python" -m pytest -p no:hypothesispytest -o timeout=$((3 * PATIENCE + 60 * minutes)) \
    --minutes "$minutes" tests/vm/scenarios "$@"
