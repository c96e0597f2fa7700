"""A window on this screen that shows the output."""

from __future__ import annotations

import secrets
import time

from nasfe_cam.core.errors import OutputError
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.user_files import UserFolder, user_folder
from nasfe_cam.sinks.errors import OutputSizeFixed
from nasfe_cam.sinks.helper_program import HelperProgram
from nasfe_cam.sinks.kept_ring import in_usable_folder, leave_folder
from nasfe_cam.sinks.preview_window import EXIT_NO_DISPLAY, display_reachable
from nasfe_cam.vcam_host.shared_frames import RingError, SharedFrames

_START_SECONDS = 10.0


class PreviewFailed(OutputError):
    code = "preview-failed"
    text = "The preview window cannot be shown ({reason})."
    remedy = "Start nasfe-cam on a desktop, or leave out the output 'preview'."

    reason: str


class Preview:
    """The `Sink` that feeds a preview window in a process of its own.

    OpenCV's windows end the whole process when the display refuses them, so the
    window is not in this one. It never reads the virtual camera: when one
    reader of a loopback leaves, another stops receiving.

    Attributes:
        closed_by_user: whether the window was closed; `show` then does nothing.
    """

    name = "preview"

    def __init__(self, width: int, height: int) -> None:
        """Open the window.

        Args:
            width: of every frame, in pixels.
            height: of every frame, in pixels.

        Raises:
            PreviewFailed: there is no display, or the window does not open.
        """
        if not display_reachable():
            raise PreviewFailed("no display")
        self.closed_by_user = False
        name = f"preview-window-{secrets.token_hex(8)}.ring"
        self._program: HelperProgram | None = None
        self._ring: SharedFrames | None = None
        try:
            path = in_usable_folder(user_folder(UserFolder.RUNTIME) / name)
            self._ring = SharedFrames.create(path, width, height)
            self._program = HelperProgram(
                "nasfe_cam.sinks.preview_window", ["--ring", str(self._ring.path)]
            )
            self._wait_for_window(self._ring, self._program)
        except (RingError, OSError) as error:
            self.close()
            raise PreviewFailed(str(error).rstrip(".")) from None
        except BaseException:
            self.close()
            raise

    @property
    def watched(self) -> bool:
        """Whether its window is open."""
        return not self.closed_by_user

    def show(self, frame: Frame) -> None:
        """Hand the frame to the window; does not wait for it.

        Raises:
            PreviewFailed: the window's program broke, raised once.
            OutputError: the frame has another size.
        """
        if self._ring is None or self._program is None:
            return
        code = self._program.exit_code()
        if code is not None:
            failure = _failure(code, self._program.last_line())
            self.closed_by_user = failure is None
            self.close()
            if failure is not None:
                raise failure
            return
        try:
            self._ring.write(frame.image, frame.captured_at, frame.index)
        except ValueError as error:
            raise OutputSizeFixed("The preview", str(error)) from None

    def close(self) -> None:
        """Close the window."""
        ring, self._ring = self._ring, None
        program, self._program = self._program, None
        if ring is not None:
            ring.request_stop()
        if program is not None:
            program.stop()
        if ring is not None:
            ring.close()
            leave_folder(ring.path)

    def _wait_for_window(self, ring: SharedFrames, program: HelperProgram) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if ring.feedback().alive(time.monotonic()):
                return
            code = program.exit_code()
            if code is not None:
                raise _failure(code, program.last_line()) or PreviewFailed("closed at once")
            time.sleep(0.02)


def _failure(code: int, line: str) -> PreviewFailed | None:
    if code == 0:
        return None
    if code == EXIT_NO_DISPLAY:
        return PreviewFailed("no display")
    if code < 0:
        # Qt aborts when the display refuses it.
        return PreviewFailed(f"ended by signal {-code}")
    return PreviewFailed(line or f"exit code {code}")
