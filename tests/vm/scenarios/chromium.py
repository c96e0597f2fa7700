"""A headless Chromium that watches a camera, as a meeting in a browser does."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.vm import picture
from tests.vm.picture import Seen
from tests.vm.scenarios.watcher import PATIENCE, Moment, numbers

PAGE = Path(__file__).parent / "meeting.html"
_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-extensions",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
    "--window-size=960,640",
    "--remote-debugging-pipe",
]


class Chromium:
    """One browser with the page `meeting.html`, steered through its debugging pipe."""

    def __init__(self, log: Path) -> None:
        self._profile = tempfile.TemporaryDirectory(prefix="chromium-", ignore_cleanup_errors=True)
        command_end, self._commands = os.pipe()
        self._answers, answer_end = os.pipe()
        command = ["chromium", *_OPTIONS, f"--user-data-dir={self._profile.name}", PAGE.as_uri()]
        with log.open("wb") as output:
            self._process = subprocess.Popen(
                # Chromium reads commands from descriptor 3 and answers on 4.
                ["bash", "-c", f'exec "$@" 3<&{command_end} 4>&{answer_end}', "bash", *command],
                pass_fds=(command_end, answer_end),
                stdout=output,
                stderr=output,
            )
        os.close(command_end)
        os.close(answer_end)
        self._number = 0
        self._unread = b""
        # As somebody would who is asked. The page is told the cameras' labels, and so need not open
        # one of them to learn which is ours: the first may be the webcam, which then stands still.
        self._call("Browser.grantPermissions", {"permissions": ["videoCapture"]})
        self._session = self._attach()
        while not self._evaluate("typeof watch === 'function'"):
            time.sleep(0.5)

    def cameras(self) -> list[str]:
        """The labels that a page is told."""
        return list(self._evaluate("cameras()"))

    def watch(self, label: str) -> dict[str, Any]:
        """Open the camera of this label as soon as there is one, and go on looking at it.

        Returns:
            The label, width and height of the track.
        """
        deadline = time.monotonic() + PATIENCE
        while label not in (labels := self.cameras()):
            assert time.monotonic() < deadline, f"no {label} among {labels}"
            time.sleep(0.5)
        layout = {
            "width": picture.WIDTH,
            "height": picture.HEIGHT,
            "row": picture.ROW,
            "patch": picture.PATCH,
            "colours": picture.COLOURS.tolist(),
            "bits": picture.BITS,
            "face": picture.FACE,
        }
        return dict(self._evaluate(f"watch({json.dumps(label)}, {json.dumps(layout)})"))

    def moments(self) -> list[Moment]:
        """What was shown since the last call, a few times per second."""
        return [
            Moment(time_, Seen(error, number, stripes))
            for time_, error, number, stripes in self._evaluate("taken()")
        ]

    def look_on(self, seconds: float) -> list[Moment]:
        """What is shown from now on for so long."""
        self.moments()
        time.sleep(seconds)
        return self.moments()

    def wait_for(
        self, what: Callable[[Seen], bool], seconds: float = PATIENCE, since: float = 0.0
    ) -> float:
        """Wait for such a picture; the time when it was shown. Fails after `seconds`."""
        deadline = time.monotonic() + seconds
        shown: list[Moment] = []
        while time.monotonic() < deadline:
            shown += self.moments()
            for moment in shown:
                if moment.time >= since and what(moment.seen):
                    return moment.time
            time.sleep(0.1)
        raise AssertionError(f"not within {seconds} s; at last {shown[-3:]}")

    def wait_for_motion(self, pictures: int = 3) -> list[Moment]:
        """Wait until so many different pictures were shown from now on; all that was shown."""
        deadline = time.monotonic() + PATIENCE
        self.moments()
        shown: list[Moment] = []
        while len(numbers(shown)) < pictures:
            assert time.monotonic() < deadline, "the picture stands still"
            shown += self.moments()
            time.sleep(0.1)
        return shown

    def ended(self) -> bool:
        """Whether the browser took the camera for gone."""
        return bool(self._evaluate("ended"))

    def leave(self) -> None:
        """Switch the camera off, as at the end of a meeting."""
        self._evaluate("leave()")

    def screenshot(self, path: Path) -> None:
        """Write what the window shows as a PNG."""
        shot = self._call("Page.captureScreenshot", {"format": "png"}, self._session)
        path.write_bytes(base64.b64decode(shot["data"]))

    def close(self) -> None:
        """End the browser."""
        self._process.terminate()
        try:
            self._process.wait(30)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._commands)
        os.close(self._answers)
        self._profile.cleanup()

    def _attach(self) -> str:
        while True:
            for target in self._call("Target.getTargets", {})["targetInfos"]:
                if target["type"] == "page" and target["url"] == PAGE.as_uri():
                    options = {"targetId": target["targetId"], "flatten": True}
                    return str(self._call("Target.attachToTarget", options)["sessionId"])
            time.sleep(0.5)

    def _evaluate(self, expression: str) -> Any:
        options = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self._call("Runtime.evaluate", options, self._session)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def _call(self, method: str, options: dict[str, Any], session: str | None = None) -> Any:
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": options}
        if session is not None:
            message["sessionId"] = session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                assert "error" not in answer, answer
                return answer["result"]

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._unread:
            part = os.read(self._answers, 1 << 20)
            assert part, "Chromium has ended; see its log"
            self._unread += part
        message, _, self._unread = self._unread.partition(b"\0")
        return dict(json.loads(message))
