"""The way of a frame, from the source to the outputs; read it from top to bottom.

    capture -> track -> restore -> blend -> outputs     one thread each, newest frame wins
                           |
                   observe, network                     beside them, for as many as there is time

"capture" also brings the picture to the size of the outputs, and "restore" aligns the face.

Where there is time for it, "restore" runs the network. While the machine is too slow for its
source, or on battery, the network works beside the frames, which get its last correction
(`nasfe_cam.pacing.quality_ladder`).

Whatever fails, frames go on: a part of the face path that cannot do its work says None,
the frame goes on untouched, its network is made again in the background, and while the source is
gone a notice card is shown. Frames go around a stage that hangs.
"""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import partial

from engine.base import EngineDescription
from nasfe_cam.config.settings import RestoreRate, Settings
from nasfe_cam.core.errors import OutputError
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.reporting import Report, guarded
from nasfe_cam.core.stage import Stage
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.pacing.governor import PaceGovernor
from nasfe_cam.pipeline.bypass import Bypass
from nasfe_cam.pipeline.capture_loop import CaptureLoop
from nasfe_cam.pipeline.framing import AutoFraming, View, crop
from nasfe_cam.pipeline.idle_watch import IdleWatch
from nasfe_cam.pipeline.notice import Notice
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.restoration.face_restorer import RestoredFace
from nasfe_cam.restoration.frame_light import FrameLight
from nasfe_cam.restoration.live_controls import LiveControls
from nasfe_cam.sinks.base import Sink
from nasfe_cam.sources.base import Source

_END_SECONDS = 10.0

FrameTaker = Callable[[Frame, Frame], None]
"""Given a frame untouched and restored; returns at once and writes to neither."""


@dataclass(frozen=True, slots=True, eq=False)
class _Tracked:
    frame: Frame
    face: FollowedFace | None
    light: FrameLight


@dataclass(frozen=True, slots=True, eq=False)
class _Restored:
    frame: Frame
    face: RestoredFace | None
    light: FrameLight
    followed: FollowedFace | None


@dataclass(frozen=True, slots=True, eq=False)
class _Finished:
    frame: Frame
    restored: bool
    carried: bool


class Pipeline:
    """The live camera.

    Args:
        settings: read once; see `nasfe_cam.config.settings`.
        source: already open, so that its absence is an error at start.
        open_source: opens it again after it was lost or closed; may raise `SourceError`.
        networks: how to make them, also again after they failed.
        outputs: already open; closed by the pipeline.
        report: told every failure, from any thread.
        lossless: no frame is dropped; the source waits. For files and benchmarks.

    Attributes:
        meter: measures the running pipeline.
        capture: reads the source, which may be changed while it runs.
        pace: which frames pass the network, and why not all.
        outputs: as given.
        framing: which part of the picture is shown.
        preview: told every frame before and after its restoration, or None; must
            return at once. May be set at any time.
    """

    def __init__(
        self,
        settings: Settings,
        source: Source,
        open_source: Callable[[], Source],
        networks: FaceNetworks,
        outputs: Sequence[Sink],
        report: Report,
        *,
        lossless: bool = False,
    ) -> None:
        self.meter = Meter()
        self.outputs = tuple(outputs)
        self.framing = AutoFraming(settings.output.auto_framing)
        self._view: View | None = None
        self.preview: FrameTaker | None = None
        self._settings = settings
        self._report = report = guarded(report)
        self._finished = threading.Event()

        self._faces = FaceProcessor(
            settings, networks, meter=self.meter, report=report, in_line=lossless
        )
        self.pace = PaceGovernor(
            settings.restore.rate is RestoreRate.AUTO and not lossless, self.meter
        )
        output = settings.output
        self.capture = CaptureLoop(
            source,
            open_source,
            self._fit,
            IdleWatch(self._is_watched, output.release_after),
            Notice(self._show_notice, output.width, output.height, output.label),
            self._end_stages,
            report,
        )
        # Without drops the source waits, for the networks too.
        at_start = self._faces.wait_until_tried if lossless else None
        self._tracking = Stage("track", self._track, report, at_start=at_start, lossless=lossless)
        self._restoring = Stage("restore", self._restore, report, lossless=lossless)
        self._blending = Stage("blend", self._blend, report, lossless=lossless)
        stages = () if lossless else (self._tracking, self._restoring, self._blending)
        self._bypass = Bypass(stages, report, beside=self._faces.restorer.network.stage)
        self._bypassed_at = -math.inf
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

    def _fit(self, frame: Frame) -> None:
        """Bring the picture to the size of the outputs."""
        output = self._settings.output
        with self.meter.stage("fit"):
            image = fit(frame.image, output.width, output.height, output.fit)
        frame = replace(frame, image=image)
        self._tracking.put(frame)
        if self._bypass.needed():
            self._bypassed_at = frame.captured_at
            self._output(frame, frame, self._view)

    def _track(self, frame: Frame) -> None:
        """Find the face, follow it, and see what light it is in."""
        face = self._faces.finder.find(frame)
        self._restoring.put(_Tracked(frame, face, self._faces.lighting.light(frame, face)))

    def _restore(self, tracked: _Tracked) -> None:
        """Restore the face; in case of doubt it gets no more than its light."""
        frame, light, restored = tracked.frame, tracked.light, None
        if tracked.face is not None:
            restored = self._faces.restorer.restore(
                frame,
                tracked.face,
                light.visible_noise,
                self.pace.plan(frame, self._faces.restorer.last_run),
            )
        self._blending.put(_Restored(frame, restored, light, tracked.face))

    def _blend(self, restored: _Restored) -> None:
        """Light the frame, put the restored face into it, and show the part around it."""
        frame, face = restored.frame, restored.face
        if frame.captured_at <= self._bypassed_at:
            # It hung, and newer ones were shown meanwhile.
            return
        try:
            self._view = self.framing.look(frame, restored.followed)
            frame = self._faces.blender.blend(frame, restored.light, face, restored.followed)
        except Exception as error:
            face = None
            self._report(error)
        self._output(restored.frame, frame, self._view, face)

    def _output(
        self, untouched: Frame, frame: Frame, view: View | None, face: RestoredFace | None = None
    ) -> None:
        """Hand this view of the finished frame to every output, each in its own thread."""
        shown = crop(frame, view)
        carried = face is not None and face.carried
        finished = _Finished(shown, restored=face is not None and not carried, carried=carried)
        for stage in self._showing:
            stage.put(finished)
        preview = self.preview
        if preview is not None:
            preview(shown if untouched is frame else crop(untouched, view), shown)

    def _show(self, output: Sink, finished: _Finished) -> None:
        """Show it: in the virtual camera, a file or a window."""
        frame = finished.frame
        try:
            with self.meter.stage(f"show {output.name}"):
                output.show(frame)
        except OutputError as error:
            self._report(error)
        if output is self.outputs[0]:  # A frame counts once, however many outputs show it.
            self.meter.shown(
                frame.captured_at, restored=finished.restored, carried=finished.carried
            )

    # Coming and going -----------------------------------------------------------------

    def start(self) -> None:
        """Begin; returns at once."""
        self.pace.start()
        self._faces.start()
        for stage in self._showing:
            stage.start()
        self._blending.start()
        self._restoring.start()
        self._tracking.start()
        self.capture.start()

    def stop(self) -> None:
        """End orderly: what is on its way is shown, files are finished; returns at once."""
        self.capture.stop()

    def take_profile(self, profile: Profile | None) -> None:
        """Restore this person, and find them among several, from the next frame on."""
        self._faces.look_for(profile)

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until the stream has ended; True if it has."""
        return self._finished.wait(timeout)

    def wait_until_ready(self, timeout: float) -> bool:
        """Wait until tracker and network are made; True if they are."""
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            if self._faces.ready:
                return True
            time.sleep(0.02)
        return False

    @property
    def controls(self) -> LiveControls:
        """What may be changed in the picture; `take_profile` does more for a profile."""
        return self._faces.controls

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
        return self._faces.restorer.describe()

    def _is_watched(self) -> bool:
        return self.preview is not None or any(output.watched for output in self.outputs)

    def _show_notice(self, card: Frame) -> None:
        self._output(card, card, None)

    def _end_stages(self) -> None:
        with ExitStack() as ending:  # in the opposite order, each whatever the others did
            ending.callback(self._finished.set)
            ending.callback(self._faces.close)
            ending.callback(self.pace.close)
            for stage in reversed(self._showing):
                ending.callback(stage.end, _END_SECONDS)
            ending.callback(self._blending.end, _END_SECONDS)
            ending.callback(self._restoring.end, _END_SECONDS)
            ending.callback(self._tracking.end, _END_SECONDS)
