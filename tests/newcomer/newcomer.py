"""Plays a new user; `make test-newcomer`.

    /usr/bin/python3 -m tests.newcomer.newcomer ROOT RESULTS PYTHON

in the namespaces that `run.sh` makes. Prints how long each step took.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.newcomer.readme import commands
from tests.newcomer.screen import Photographer, Screen
from tests.newcomer.terminal import Done, Terminal

USER = 1000
RUNTIME = Path(f"/run/user/{USER}")
HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[1]
SOURCE = "/home/somebody/nasfe-cam"
# A good picture is left as it is, and a busy machine restores fewer frames by itself.
WEBCAM = "--source clip.mp4 --loop --simulate-bad-webcam 60"
# What a computer without a webcam says to the commands that need one.
NO_WEBCAM = "No camera '0' was found."


def main(root: Path, results: Path, python: str) -> None:
    """Entry point."""
    shutil.copytree(HERE / "stand_ins", root / "srv/stand_ins")
    terminal = Terminal(
        root,
        {
            "HOME": "/home/somebody",
            "USER": "somebody",
            "LANG": "C.UTF-8",
            "PATH": "/usr/local/bin:/usr/bin:/bin",
            "XDG_RUNTIME_DIR": str(RUNTIME),
            "PIP_NO_INDEX": "1",
            "PIP_FIND_LINKS": "/srv/wheels",
        },
    )
    photographer = Photographer(python, results)
    # The bus refuses everybody but its user, root too.
    os.setgroups([])
    os.setresgid(USER, USER, USER)
    os.setresuid(USER, USER, USER)
    terminal.run(f"cd {SOURCE}")
    page = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    use = commands(page, "Use")
    assert use[0].startswith("nasfe-cam-ui"), "the README leads to the window first"
    with timed("from the README's first command to the meeting"):
        install(terminal, commands(page, "Install"))
        screen = Screen(RUNTIME, photographer)
        join_meeting(terminal, screen)
    end_meeting(terminal, screen, [one for one in use if runs_while_camera_runs(one)])
    for command in use[1:]:
        if not runs_while_camera_runs(command):
            use_command(terminal, command)
    print("A new user comes from the README to a meeting.", flush=True)


def install(terminal: Terminal, of_readme: list[str]) -> None:
    """As the README says; then nothing is missing but a webcam."""
    for command in of_readme:
        expect(terminal, command)
        if "pip install" in command:
            stand_in_for_the_kernel(terminal)
    check_doctor(terminal)
    make_own_files(terminal)


def stand_in_for_the_kernel(terminal: Terminal) -> None:
    """pyvirtualcam's own part asks the kernel; here it writes to a plain file."""
    folder = "$(echo .venv/lib/python3*/site-packages/pyvirtualcam)"
    expect(
        terminal,
        f"rm {folder}/_native_linux_*.so && cp /srv/stand_ins/_native_linux_*.py {folder}/",
        told=False,
    )


def check_doctor(terminal: Terminal) -> None:
    """After the installation nothing is missing but a webcam."""
    done = expect(terminal, "nasfe-cam doctor --json", code=1)
    checks = json.loads(done.said)["checks"]
    problems = {check["name"] for check in checks if check["status"] == "problem"}
    assert problems == {"cameras"}, checks


def make_own_files(terminal: Terminal) -> None:
    """What a user has: a clip, and photos, one of which is far too dark."""
    clips = "nasfe_cam/assets/clips"
    dark = "import cv2; cv2.imwrite('photos/dark.jpg', cv2.imread('photos/reference_1.jpg') // 12)"
    expect(
        terminal,
        f"cp {clips}/portrait.mp4 clip.mp4 && mkdir photos && cp {clips}/*.jpg photos/ && "
        f'python -c "{dark}"',
        told=False,
    )


def runs_while_camera_runs(command: str) -> bool:
    """Whether the README says so of it."""
    return "while it runs" in command


def use_command(terminal: Terminal, command: str) -> None:
    """A command of the README, which on a computer without a webcam says so."""
    words = command.partition("#")[0].split()
    needs_webcam = (words[1] == "run" and "--source" not in words) or "--from-camera" in words
    if not needs_webcam:
        expect(terminal, command, code=1 if words[1] == "doctor" else 0)
        return
    if "--from-camera" in words:
        # The other way to the same profile.
        expect(terminal, "nasfe-cam profiles export me me.nasfe-profile", told=False)
        expect(terminal, "nasfe-cam profiles delete me --yes", told=False)
    done = expect(terminal, command, code=2)
    assert NO_WEBCAM in done.said, done.said
    if "--from-camera" in words:
        expect(terminal, "nasfe-cam profiles import me.nasfe-profile", told=False)


def join_meeting(terminal: Terminal, screen: Screen) -> None:
    """From the first start of the window to a meeting that shows the picture."""
    for name, value in screen.environment.items():
        terminal.run(f"export {name}='{value}'")
    with timed("the window opens"):
        terminal.begin(f"nasfe-cam-ui {WEBCAM}", "window")
        screen.wait_for("Welcome to NASFE Camera")
    screen.photograph("1-welcome")
    with timed("enrolment"):
        enrol_in_window(screen)
    with timed("from Start to a meeting that shows the picture"):
        screen.click("Camera")
        screen.click("Start")
        screen.wait_for("nobody is watching")
        terminal.begin("sleep 3600 7</dev/video10", "meeting")
        screen.wait_for("In use by 1 program")


def end_meeting(terminal: Terminal, screen: Screen, while_it_runs: list[str]) -> None:
    """What the README names while the camera runs, and the end of meeting, camera and window."""
    screen.wait_for("per second")
    screen.wait_until_gone("the repair is starting")
    screen.photograph("4-meeting")
    for command in while_it_runs:
        expect(terminal, command)
    status = expect(terminal, "nasfe-cam status").said
    assert re.search(r"virtual camera: \w+, 1 watching", status), status
    assert re.search(r"restore\.profile +somebody", status), status
    expect(terminal, "kill $meeting", told=False)
    screen.wait_for("nobody is watching")
    expect(terminal, "nasfe-cam stop")
    screen.wait_for("The camera is off")
    screen.photograph("5-off")
    said = terminal.run("kill $window; wait $window; cat window.log").said
    assert not said, f"the window wrote into the terminal: {said}"


def enrol_in_window(screen: Screen) -> None:
    """Add photos, of which one is refused with its reason, and enrol."""
    screen.click("Add photos")
    for name in ("reference_1", "reference_2", "reference_3", "dark"):
        screen.click("Choose photos …")
        screen.click("File name:", role="text")
        screen.write(f"{SOURCE}/photos/{name}.jpg\n")
        screen.wait_for(f"{name}.jpg", role="label")
    screen.wait_for("too dark")
    screen.wait_for("Good.")
    screen.photograph("2-photos")
    screen.click("Name of the person", role="text")
    screen.write("somebody")
    screen.click("Enrol")
    screen.wait_for("somebody is enrolled from 3 photos")
    screen.wait_for("Repaired with the photos")
    screen.photograph("3-enrolled")
    screen.click("Close")


def expect(terminal: Terminal, command: str, *, code: int = 0, told: bool = True) -> Done:
    """Run the command, which ends with this code and leaves no traceback."""
    done = terminal.run(command)
    if told:
        print(f"{command.splitlines()[0][:64]:<66}{done.seconds:4.0f} s", flush=True)
    assert done.code == code, f"{command} ended with {done.code}: {done.said[-3000:]}"
    assert "Traceback" not in done.said, f"{command}: {done.said[-3000:]}"
    return done


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long it took."""
    begun = time.monotonic()
    yield
    print(f"{what:<66}{time.monotonic() - begun:4.0f} s", flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
