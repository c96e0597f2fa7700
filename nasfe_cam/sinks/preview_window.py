"""The preview window: `python -m nasfe_cam.sinks.preview_window --ring FILE`.

OpenCV's window code can abort the process, so it has one to itself.
"""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from nasfe_cam.vcam_host.ring_layout import Feedback, OutputState
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames

EXIT_NO_DISPLAY = 20
EXIT_RING_UNREADABLE = 21

_TITLE = "NASFE Camera preview"
_LARGEST_WINDOW = 960
_POLL_MILLISECONDS = 8
_WRITER_CHECK_SECONDS = 0.5
_ESCAPE = 27
_GREY = 40


def main(arguments: Sequence[str]) -> int:
    """Show the frames of a ring in a window until it or the worker closes it.

    Args:
        arguments: the command line without the program's name.

    Returns:
        0 when the window was closed or the worker ended; on a failure one line
        was written to stderr.
    """
    parser = argparse.ArgumentParser(prog="python -m nasfe_cam.sinks.preview_window")
    parser.add_argument("--ring", type=Path, required=True, help="ring file to read")
    options = parser.parse_args(arguments)
    # OpenCV brings its own Qt with one platform only, and aborts the process where
    # the desktop or the calling program asks for another one.
    os.environ.pop("QT_QPA_PLATFORM", None)
    if not display_reachable():
        return _fail(EXIT_NO_DISPLAY, "there is no display to open a window on")
    try:
        with SharedFrames.attach(options.ring) as ring:
            try:
                _show(ring)
            finally:
                # Nobody's pictures stay behind where the camera was killed.
                ring.remove_orphan()
    except RingError as error:
        return _fail(EXIT_RING_UNREADABLE, f"frames cannot be read: {error}")
    except cv2.error as error:
        return _fail(EXIT_NO_DISPLAY, f"no window can be opened: {error.err or error}")
    return 0


def display_reachable() -> bool:
    """Whether a window can be opened; OpenCV aborts the process where it cannot.

    OpenCV's Linux build draws through X11 only, which Wayland desktops offer
    too. Windows and macOS always have a display.
    """
    if sys.platform != "linux":
        return True
    host, _, number = os.environ.get("DISPLAY", "").rpartition(":")
    screen = number.partition(".")[0]
    if not screen.isdigit():
        return False
    if host not in ("", "unix"):
        # Forwarded over the network; only trying would tell.
        return True
    name = f"/tmp/.X11-unix/X{screen}"
    # X servers listen on the file, on the abstract name, or on both.
    return any(_answers(address) for address in (name, "\0" + name))


def _answers(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.settimeout(1.0)
        try:
            connection.connect(address)
        except OSError:
            return False
    return True


def _show(ring: SharedFrames) -> None:
    shape = (ring.height, ring.width, 3)
    shown = np.full(shape, _GREY, np.uint8)
    spare = np.zeros(shape, np.uint8)
    feedback = Feedback(process=os.getpid(), state=OutputState.SHOWING_FRAMES)
    cv2.namedWindow(_TITLE, cv2.WINDOW_NORMAL | cv2.WINDOW_KEEPRATIO | cv2.WINDOW_GUI_NORMAL)
    scale = min(1.0, _LARGEST_WINDOW / max(ring.width, ring.height))
    cv2.resizeWindow(_TITLE, round(ring.width * scale), round(ring.height * scale))
    cv2.imshow(_TITLE, shown)
    writer_check_at = time.monotonic() + _WRITER_CHECK_SECONDS
    while not ring.stop_requested:
        key = cv2.waitKey(_POLL_MILLISECONDS)
        if key in (_ESCAPE, ord("q")) or cv2.getWindowProperty(_TITLE, cv2.WND_PROP_VISIBLE) < 1:
            break
        info = ring.read_newest(spare)
        now = time.monotonic()
        if info is not None:
            shown, spare = spare, shown
            cv2.imshow(_TITLE, shown)
            feedback = replace(
                feedback,
                frames_shown=feedback.frames_shown + 1,
                last_index=info.index,
                last_latency=now - info.captured_at,
            )
        feedback = replace(feedback, reported_at=now)
        ring.report(feedback)
        if now >= writer_check_at:
            writer_check_at = now + _WRITER_CHECK_SECONDS
            if not ring.writer_alive():
                break
    ring.report(replace(feedback, state=OutputState.ENDED))
    with suppress(cv2.error):
        cv2.destroyAllWindows()


def _fail(code: int, line: str) -> int:
    with suppress(OSError, ValueError):
        print("preview: " + " ".join(line.split()), file=sys.stderr, flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
