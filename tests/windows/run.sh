#!/usr/bin/env bash
# make test-windows: the program as a Windows program, under Wine. Options go to the scenarios' pytest.
set -euo pipefail
cd "$(dirname "$0")/../.."
# A path from here, which the others would look for from elsewhere.
PYTHON=$(realpath --no-symlinks "$(command -v "${PYTHON:-python3}")")

PYTHON=$PYTHON tests/windows/setup.sh
echo "Windows is ready after $SECONDS s."

# The tests of the parts that differ by system, by Python for Windows itself.
parts=(
    core processes config vcam_host virtual_camera image_io sinks
    control/test_{access,bad_peers,control,endpoint,messages,output_status,preview,supervisor,unrestored}.py
    diagnostics/test_checks.py enrolment/test_profile_{store,transfer}.py sources/test_numbered_cameras.py
)
# Asked for the processor time of another program, Wine tells that of the asker: all look idle.
not_in_wine=(
    sinks/test_virtual_camera.py::test_a_program_that_is_late_because_it_works_is_not_replaced_for_long
)
# Hundreds of damaged files, each written and read: Wine takes minutes.
tests/windows/python.sh -m pytest -q -p no:cacheprovider --timeout 600 -k "not changed_byte" \
    "${not_in_wine[@]/#/--deselect=tests/nasfe_cam/}" "${parts[@]/#/tests/nasfe_cam/}" </dev/null
echo "The tests of the parts have passed after $SECONDS s."

OMP_NUM_THREADS=1 "$PYTHON" -m pytest -q -p no:cacheprovider --timeout 1200 -s tests/windows/scenarios "$@"
cat <<END

Passed under Wine in $SECONDS s. That shows: paths, files, locks, rings, pipes, programs, networks and
pictures, as Windows' own Python and the wheels for Windows see them. It does not show: real webcams,
Unity Capture, meeting programs, the installer's dialogs, graphics cards, speed. A real Windows: not yet.
END
