"""The screen of the new user: finds what it says as a screen reader does, and clicks there."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

PATIENCE_SECONDS = 600.0
_SIZE = "1280x900x24"


# One picture for each line: the display, and the file.
_TAKE_PICTURES = """
import sys
from PIL import ImageGrab
for line in sys.stdin:
    display, path = line.split()
    ImageGrab.grab(xdisplay=display).save(path)
    print("taken", flush=True)
"""


class Photographer:
    """Takes pictures of a screen, with the rights that this process has now.

    Args:
        python: an interpreter that has Pillow.
        folder: where the pictures go.
    """

    def __init__(self, python: str, folder: Path) -> None:
        self._folder = folder
        self._process = subprocess.Popen(
            [python, "-c", _TAKE_PICTURES], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def take(self, display: str, name: str) -> None:
        """Save what the display shows as a picture of this name."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{display} {self._folder / name}.png\n")
        self._process.stdin.flush()
        assert self._process.stdout.readline(), f"no picture {name} could be taken"


class Screen:
    """An X server, and the bus on which programs tell what they show.

    Args:
        runtime: folder in which the bus listens; it belongs to the user that this process is.
        photographer: takes its pictures.

    Attributes:
        environment: what a program needs to show itself here.
    """

    def __init__(self, runtime: Path, photographer: Photographer) -> None:
        self._photographer = photographer
        reading, writing = os.pipe()
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writing), "-screen", "0", _SIZE, "-ac", "-nolisten", "tcp"],
            pass_fds=[writing],
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        with os.fdopen(reading) as display:
            number = display.readline().strip()
        address = f"unix:path={runtime}/bus"
        self.environment = {
            "DISPLAY": f":{number}",
            "DBUS_SESSION_BUS_ADDRESS": address,
            "XDG_RUNTIME_DIR": str(runtime),
            # Without a desktop nobody has told it that a screen reader listens.
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        os.environ.update(self.environment)
        self._bus = subprocess.Popen(
            ["dbus-daemon", "--session", "--nofork", f"--address={address}"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (runtime / "bus").exists():
            assert time.monotonic() < deadline, "the bus does not start"
            time.sleep(0.05)
        Atspi.init()

    def wait_for(self, words: str, *, role: str = "") -> Any:
        """The first thing shown whose name holds the words, in any case, once there is one."""
        return self._wait(lambda: self._find(words, role), f"{words!r} is not shown")

    def wait_until_gone(self, words: str) -> None:
        """Wait until nothing holds the words."""
        self._wait(lambda: self._find(words, "") is None, f"{words!r} is still shown")

    def click(self, name: str, *, role: str = "") -> None:
        """Click on the middle of what has just this name, as soon as it can be clicked."""
        thing = self._wait(lambda: self._find_able(name, role), f"{name!r} cannot be clicked")
        box = thing.get_extents(Atspi.CoordType.SCREEN)
        point = [str(box.x + box.width // 2), str(box.y + box.height // 2)]
        subprocess.run(["xdotool", "mousemove", *point, "click", "1"], check=True)
        time.sleep(0.5)

    def write(self, text: str) -> None:
        """Type the text where the cursor stands; a line end is the Enter key."""
        for line in text.splitlines(keepends=True):
            subprocess.run(["xdotool", "type", "--delay", "30", line.rstrip("\n")], check=True)
            if line.endswith("\n"):
                subprocess.run(["xdotool", "key", "Return"], check=True)

    def texts(self) -> list[str]:
        """Everything that can be read, in the order of the window."""
        return [name for thing in self._things() if (name := thing.get_name())]

    def photograph(self, name: str) -> None:
        """Save what is on the screen as a picture of this name."""
        self._photographer.take(self.environment["DISPLAY"], name)

    def _wait(self, look: Callable[[], Any], otherwise: str) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            try:
                if found := look():
                    return found
            except GLib.Error:
                pass  # It went away while it was looked at.
            time.sleep(0.3)
        raise AssertionError(f"{otherwise}; there is: {self.texts()}")

    def _find(self, words: str, role: str) -> Any:
        for thing in self._things():
            if (
                words.casefold() in (thing.get_name() or "").casefold()
                and role in thing.get_role_name()
            ):
                return thing
        return None

    def _find_able(self, name: str, role: str) -> Any:
        for thing in self._things():
            able = thing.get_state_set().contains(Atspi.StateType.ENABLED)
            if able and thing.get_name() == name and role in thing.get_role_name():
                return thing
        return None

    def _things(self) -> Iterator[Any]:
        """All that is shown, windows in front first."""
        desktop = Atspi.get_desktop(0)
        for number in range(desktop.get_child_count()):
            program = desktop.get_child_at_index(number)
            # It would be kept up to date by events, to which nothing here listens.
            program.clear_cache()
            windows = [program.get_child_at_index(one) for one in range(program.get_child_count())]
            for window in reversed(windows):
                yield from _below(window)


def _below(thing: Any) -> Iterator[Any]:
    if thing is None or not thing.get_state_set().contains(Atspi.StateType.SHOWING):
        return
    yield thing
    for number in range(thing.get_child_count()):
        yield from _below(thing.get_child_at_index(number))
