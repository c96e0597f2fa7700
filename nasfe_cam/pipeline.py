"""The way of a frame, from the source to the outputs; read it from top to bottom.

    capture -> track -> restore -> blend -> outputs     one thread each, newest frame wins
                           |
                        observe                         slow path, a few times per second

While the machine is too slow for its source, or on battery, fewer frames pass the
network and the others get its last correction (`nasfe_cam.pace`).

Whatever fails, frames go on: a stage that cannot do its part hands the frame on
untouched, its resource is made again in the background, and while the source is
gone a notice card is shown.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import cv2

from engine import EngineDescription
from nasfe_cam.adjustments import Adjustments
from nasfe_cam.audience import Audience
from nasfe_cam.capturing import Capturing
from nasfe_cam.errors import OutputError
from nasfe_cam.face_repair import FaceBlending, RestoredFace
from nasfe_cam.fit import fit
from nasfe_cam.following import FollowedFace
from nasfe_cam.frame import Frame
from nasfe_cam.keeping_pace import KeepingPace
from nasfe_cam.measure import Meter
from nasfe_cam.notice import Notice
from nasfe_cam.outputs.base import Output
from nasfe_cam.profile import Profile
from nasfe_cam.resources import Resources
from nasfe_cam.restoring_faces import RestoringFaces
from nasfe_cam.settings import Settings
from nasfe_cam.sources import Source
from nasfe_cam.stage import Stage
from nasfe_cam.tracking_faces import TrackingFaces

_END_SECONDS = 10.0

FrameTaker = Callable[[Frame, Frame], None]
"""Given a frame untouched and restored; returns at once and writes to neither."""


@dataclass(frozen=True, slots=True, eq=False)
class _Tracked:
    frame: Frame
    face: FollowedFace | None


@dataclass(frozen=True, slots=True, eq=False)
class _Restored:
    frame: Frame
    face: RestoredFace | None


class Pipeline:
    """The live camera.

    Args:
        settings: read once; see `nasfe_cam.settings`.
        source: already open, so that its absence is an error at start.
        resources: how to make everything, also again after it failed.
        outputs: already open; closed by the pipeline.
        report: told every failure, from any thread.
        lossless: no frame is dropped; the source waits. For files and benchmarks.

    Attributes:
        meter: measures the running pipeline.
        capturing: reads the source, which may be changed while it runs.
        adjustments: what else may be changed; `take_profile` does more for a profile.
        outputs: as given.
        preview: told every frame before and after its restoration, or None; must
            return at once. May be set at any time.
    """

    def __init__(
        self,
        settings: Settings,
        source: Source,
        resources: Resources,
        outputs: Sequence[Output],
        report: Callable[[Exception], None],
        *,
        lossless: bool = False,
    ) -> None:
        self.meter = Meter()
        self.adjustments = Adjustments(settings.restore, resources.profile)
        self.outputs = tuple(outputs)
        self.preview: FrameTaker | None = None
        self._settings = settings
        self._report = report
        self._finished = threading.Event()

        self._tracking_faces = TrackingFaces(resources, settings.tracking, report, self.meter)
        self._restoring_faces = RestoringFaces(
            resources, settings.restore, self.adjustments, report, self.meter, lossless=lossless
        )
        self._face_blending = FaceBlending(self.adjustments)
        output = settings.output
        self.capturing = Capturing(
            source,
            resources.source,
            self._capture,
            Audience(self._is_watched, output.release_after),
            Notice(self._show_notice, output.width, output.height, output.label),
            self._end_stages,
            report,
        )
        self._tracking = Stage("track", self._track, report, lossless=lossless)
        self._restoring = Stage("restore", self._restore, report, lossless=lossless)
        self._blending = Stage("blend", self._blend, report, lossless=lossless)
        self._showing = [
            Stage(
                f"output-{output.name}",
                partial(self._show, output),
                report,
                output.close,
                lossless=lossless,
            )
            for output in outputs
        ]

    # The way of a frame ---------------------------------------------------------------

    def _capture(self, frame: Frame) -> None:
        """Bring the picture to the size of the outputs."""
        output = self._settings.output
        with self.meter.stage("fit"):
            image = fit(frame.image, output.width, output.height, output.fit)
        self._tracking.put(replace(frame, image=image))

    def _track(self, frame: Frame) -> None:
        """Find the face and follow it."""
        self._restoring.put(_Tracked(frame, self._tracking_faces.track(frame)))

    def _restore(self, tracked: _Tracked) -> None:
        """Restore the face; in case of doubt the frame goes on untouched."""
        frame, face = tracked.frame, tracked.face
        restored = None if face is None else self._restoring_faces.restore(frame, face)
        self._blending.put(_Restored(frame, restored))

    def _blend(self, restored: _Restored) -> None:
        """Put the restored face into its frame."""
        frame = restored.frame
        if restored.face is not None:
            if restored.face.carried:
                self._blending.pause(self.pace.hold(frame))
            try:
                with self.meter.stage("blend"):
                    frame = self._face_blending.blend(restored.frame, restored.face)
                if restored.face.carried:
                    self.meter.carried()
                else:
                    self.meter.restored()
            except Exception as error:
                self._report(error)
        self._output(restored.frame, frame)

    def _output(self, untouched: Frame, frame: Frame) -> None:
        """Hand the finished frame to every output, each in its own thread."""
        preview = self.preview
        if preview is not None:
            preview(untouched, frame)
        for stage in self._showing:
            stage.put(frame)

    def _show(self, output: Output, frame: Frame) -> None:
        """Show it: in the virtual camera, a file or a window."""
        try:
            with self.meter.stage(f"show {output.name}"):
                output.show(frame)
        except OutputError as error:
            self._report(error)
        self.meter.shown(frame.captured_at)

    # Coming and going -----------------------------------------------------------------

    def start(self) -> None:
        """Begin; returns at once."""
        # The stages are the threads. OpenCV's own wait for work by spinning, and with those of
        # two stages at a time that takes the cores from the network.
        cv2.setNumThreads(1)
        self._restoring_faces.start()
        self._tracking_faces.start()
        for stage in self._showing:
            stage.start()
        self._blending.start()
        self._restoring.start()
        self._tracking.start()
        self.capturing.start()

    def stop(self) -> None:
        """End orderly: what is on its way is shown, files are finished; returns at once."""
        self.capturing.stop()

    def take_profile(self, profile: Profile | None) -> None:
        """Restore this person, and find them among several, from the next frame on."""
        self.adjustments.profile = profile
        self._tracking_faces.look_for(profile)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the stream has ended; True if it has."""
        return self._finished.wait(timeout)

    def wait_until_ready(self, timeout: float) -> bool:
        """Wait until tracker and network are made; True if they are."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._tracking_faces.ready and self._restoring_faces.ready:
                return True
            time.sleep(0.02)
        return False

    @property
    def pace(self) -> KeepingPace:
        """Which frames pass the network, and why not all."""
        return self._restoring_faces.pace

    @property
    def dropped(self) -> dict[str, int]:
        """Frames replaced by newer ones before a stage took them, by stage."""
        return {
            "track": self._tracking.dropped,
            "restore": self._restoring.dropped,
            "blend": self._blending.dropped,
            "output": sum(stage.dropped for stage in self._showing),
        }

    def describe_device(self) -> str:
        """Which device serves the network, in words."""
        engine = self.describe_engine()
        return "none yet" if engine is None else str(engine)

    def describe_engine(self) -> EngineDescription | None:
        """Which engine serves the network, and why; None while it is being made."""
        return self._restoring_faces.describe_engine()

    def _is_watched(self) -> bool:
        return self.preview is not None or any(output.watched for output in self.outputs)

    def _show_notice(self, card: Frame) -> None:
        self._output(card, card)

    def _end_stages(self) -> None:
        self._tracking.end(_END_SECONDS)
        self._restoring.end(_END_SECONDS)
        self._blending.end(_END_SECONDS)
        for stage in self._showing:
            stage.end(_END_SECONDS)
        self._restoring_faces.close()
        self._tracking_faces.close()
        self._finished.set()
