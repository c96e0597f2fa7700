"""The child of `benchmarks/parts.py`: times the parts of one checkout's picture path.

    PYTHONPATH=CHECKOUT python benchmarks/parts_of_a_tree.py PICTURES FRAMES

PICTURES is a file of `numpy.savez` with JPEG pictures of one size. For every line on
standard input it plays FRAMES more of them through whatever picture path is importable
and answers with one line of JSON, the milliseconds of CPU time that each part took of
each frame. A line that names a file also leaves every shown picture there.
"""

from __future__ import annotations

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cv2
import numpy as np

import nasfe_cam.demonstration
import nasfe_cam.face_repair
from nasfe_cam.frame import Image
from nasfe_cam.live import resources
from nasfe_cam.settings import Settings
from nasfe_cam.sources.recorded import Recorded

FPS = 30.0
# Where a part is looked up when it is called: module, name. What a checkout lacks is left out.
FUNCTIONS = {
    nasfe_cam.face_repair: (
        "crop_transform",
        "warp_crop",
        "face_mask",
        "estimate_gain",
        "agreement",
        "keep_detail",
        "join_light",
        "blend_into",
    ),
}


class Clock:
    """Sums CPU time of this process, all its threads, by part."""

    def __init__(self) -> None:
        self._sums: dict[str, float] = defaultdict(float)

    def time(self, owner: Any, name: str, part: str) -> None:
        """Replace a function or method, if it is there, by one that is timed."""
        call: Callable[..., Any] | None = getattr(owner, name, None)
        if call is None:
            return
        sums = self._sums

        def timed(*arguments: Any, **options: Any) -> Any:
            began = time.process_time()
            try:
                return call(*arguments, **options)
            finally:
                sums[part] += time.process_time() - began

        setattr(owner, name, timed)

    def take(self, frames: int) -> dict[str, float]:
        """Milliseconds per frame by part since the last call."""
        taken = {part: value * 1000 / frames for part, value in self._sums.items()}
        self._sums.clear()
        return taken


class PicturePath:
    """Decodes, tracks, restores and blends recorded pictures, one after another, in one thread."""

    def __init__(self, pictures: list[Image]) -> None:
        settings = Settings()
        self._clock = Clock()
        self._source = Recorded(pictures, FPS, sys.maxsize, paced=False)
        self._repair = nasfe_cam.demonstration.OfflineRepair(
            settings, resources(settings, _no_source), observe_every=15
        )
        for module, names in FUNCTIONS.items():
            for name in names:
                self._clock.time(module, name, name)
        repair = self._repair
        for owner, name, part in (
            (self._source, "read", "decode"),
            (repair._tracker, "track", "track"),
            (repair._follower, "follow", "follow"),
            (repair._observer, "observe", "observe, one frame in 15"),
            (repair._restoration, "crop", "align"),
            (repair._restoration, "restore", "restore"),
            (repair._restoration._steadier, "steady", "steady"),
            (repair._restoration._restorer._engine, "run", "network"),
            (repair._blending, "blend", "blend"),
            (repair._blending._surround, "bring_along", "bring_along"),
        ):
            self._clock.time(owner, name, part)

    def play(self, frames: int) -> Iterator[Image]:
        """The next pictures as shown; those of the source are given times of a steady 30 per s."""
        for _ in range(frames):
            frame = self._source.read()
            assert frame is not None
            steady = nasfe_cam.demonstration.replace(frame, captured_at=frame.index / FPS)
            yield self._repair.restore(steady)[0].image

    def measure(self, frames: int) -> dict[str, float]:
        """Milliseconds per frame of CPU time by part."""
        self._clock.take(1)
        began = time.process_time()
        for _ in self.play(frames):
            pass
        whole = (time.process_time() - began) * 1000 / frames
        return self._clock.take(frames) | {"whole frame": whole}


def _no_source() -> Any:
    raise AssertionError


def main() -> None:
    path, frames = sys.argv[1], int(sys.argv[2])
    # Idle threads of OpenCV spin, and would be counted with whatever part comes next.
    cv2.setNumThreads(1)
    with np.load(path) as stored:
        pictures = [stored[name] for name in sorted(stored.files)]
    picture_path = PicturePath(pictures)
    for line in sys.stdin:
        target = line.strip()
        if target:
            shown = np.stack([picture.copy() for picture in picture_path.play(frames)])
            np.save(Path(target), shown)
            print("{}", flush=True)
        else:
            print(json.dumps(picture_path.measure(frames)), flush=True)


if __name__ == "__main__":
    main()
