"""Uses the installed package as somebody who has just installed it; Python's own library only."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

(CLIPS,) = Path("/usr/lib/nasfe-cam").glob("lib/*/site-packages/nasfe_cam/assets/clips")
PYTHON = "/usr/lib/nasfe-cam/bin/python3"
NOT_HERE = {"cameras", "virtual camera"}
START_SECONDS = 60


def main() -> None:
    """Entry point."""
    with timed("nasfe-cam --help"):
        assert "doctor" in command("--help")
    with timed("nasfe-cam doctor"):
        check_doctor()
    with timed("nasfe-cam demo"):
        check_demo()
    with timed("nasfe-cam enrol"):
        photos = sorted(str(path) for path in CLIPS.glob("*.jpg"))
        command("enrol", *photos, "--name", "somebody")
        assert "somebody" in command("profiles", "list")
    with timed("nasfe-cam-ui"):
        check_window()
    choose_in_window()


def check_doctor() -> None:
    """All is well but for what a machine without cameras lacks."""
    report = json.loads(command("doctor", "--json", exit_code=1))
    problems = {check["name"] for check in report["checks"] if check["status"] == "problem"}
    assert problems == NOT_HERE, report


def check_demo() -> None:
    """The clip, the picture and the report are written."""
    command("demo", "--folder", "/tmp/demo")
    written = {path.suffix for path in Path("/tmp/demo").iterdir() if path.stat().st_size}
    assert written == {".mp4", ".png", ".json"}, written


def check_window() -> None:
    """The window opens and starts the camera, which restores frames until it is told to stop."""
    clip = str(CLIPS / "portrait.mp4")
    # A good picture is left as it is, and on a busy machine no frame waits for the network.
    options = ["--loop", "--simulate-bad-webcam", "60", "--rate", "every-frame"]
    window = subprocess.Popen(
        ["nasfe-cam-ui", "--start", "--source", clip, "--output", "none", *options],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )
    try:
        deadline = time.monotonic() + START_SECONDS
        while not (status := camera_status()).get("restored"):
            assert window.poll() is None, "the window ended"
            assert time.monotonic() < deadline, f"the camera restores nothing: {status}"
            time.sleep(0.5)
        command("stop")
        assert window.poll() is None, "the window ended with its camera"
    finally:
        window.terminate()
        window.wait(30)


def choose_in_window() -> None:
    """What the window does when a setting and "Start with the computer" are chosen."""
    lines = (
        "from nasfe_cam.config.store import save_settings",
        "from ui.services.autostart import set_start_with_computer",
        "save_settings({'restore.retouch': 50.0})",
        "set_start_with_computer(True)",
    )
    subprocess.run([PYTHON, "-P", "-c", "\n".join(lines)], check=True)
    assert Path.home().joinpath(".config/autostart/nasfe-cam-ui.desktop").exists()


def camera_status() -> dict[str, object]:
    """What the running camera says of itself; empty without one."""
    done = subprocess.run(["nasfe-cam", "status", "--json"], capture_output=True, check=False)
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


def command(*arguments: str, exit_code: int = 0) -> str:
    """Run nasfe-cam and return what it printed."""
    done = subprocess.run(
        ["nasfe-cam", *arguments], capture_output=True, text=True, timeout=1200, check=False
    )
    assert done.returncode == exit_code, f"{arguments}: {done.stdout}{done.stderr}"
    return done.stdout


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long it took."""
    begun = time.monotonic()
    yield
    print(f"{what:<44} {time.monotonic() - begun:3.0f} s", flush=True)


if __name__ == "__main__":
    main()
