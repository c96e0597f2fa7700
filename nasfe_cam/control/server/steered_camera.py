"""A running camera, and the requests that other programs can make."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import asdict
from pathlib import Path

import psutil

from nasfe_cam.config.errors import SettingUnknown
from nasfe_cam.config.names import (
    SettingValue,
    live_settings,
    setting_fields,
    setting_values,
)
from nasfe_cam.config.settings import Settings
from nasfe_cam.control.protocol.errors import (
    ControlConnectionLost,
    PreviewNotShown,
    SettingNeedsRestart,
)
from nasfe_cam.control.protocol.messages import (
    EndingEvent,
    EndReason,
    Explanation,
    Percentiles,
    Status,
    StatusEvent,
)
from nasfe_cam.control.server.error_log import ErrorLog
from nasfe_cam.control.server.event_bus import EventBus
from nasfe_cam.control.server.output_status import output_status
from nasfe_cam.control.server.preview_feed import PreviewFeed
from nasfe_cam.core.errors import NasfeError, ProfileError
from nasfe_cam.core.reporting import guarded
from nasfe_cam.core.text.foreign import readable
from nasfe_cam.pipeline.factory import make_source, read_profile
from nasfe_cam.pipeline.pipeline import FrameTaker, Pipeline
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.vcam_host.shared_frames import RingError

_FPS_SECONDS = 2.0


class ProfileDeleted(ProfileError):
    code = "profile-deleted"
    text = "The profile {name!r} was deleted; the camera goes on without it."
    remedy = "Enrol again to have this person's face restored true to them."

    name: str


class SteeredCamera:
    """Changes, shows and ends a pipeline; any thread may call anything.

    Args:
        pipeline: started or about to be.
        settings: those it was made with.
        errors: what went wrong so far; filled by whoever the pipeline reports to.
        announcer: told of changes and of the end.
        preview_ring: where the preview goes while somebody looks.
        report: told what goes wrong with the preview, and when the person's profile is gone.
    """

    def __init__(
        self,
        pipeline: Pipeline,
        settings: Settings,
        errors: ErrorLog,
        announcer: EventBus,
        preview_ring: Path,
        report: Callable[[Exception], None],
    ) -> None:
        self.announcer = announcer
        self._pipeline = pipeline
        self._settings = settings
        self._errors = errors
        self._report = guarded(report)
        self._began = time.monotonic()
        self._changing = threading.Lock()
        # Reentrant: a signal handler may call `stop` while it runs already.
        self._ending = threading.RLock()
        self._ended = False
        self._preview = PreviewFeed(
            preview_ring,
            settings.output.width,
            settings.output.height,
            self._connect,
            self._report,
        )

    def status(self) -> Status:
        """What the camera does now."""
        pipeline = self._pipeline
        engine = pipeline.describe_engine()
        return Status(
            fps=round(pipeline.meter.fps(_FPS_SECONDS), 2),
            latency_ms=Percentiles.model_validate(asdict(pipeline.meter.latency())),
            shown=pipeline.meter.frames_shown,
            restored=pipeline.meter.frames_restored,
            carried=pipeline.meter.frames_carried,
            no_face_s=round(pipeline.meter.seconds_without_face(), 1),
            restore_every=pipeline.pace.effort.every,
            restore_less_because=pipeline.pace.reason,
            dropped=pipeline.dropped,
            device=None if engine is None else str(engine),
            device_reasons=tuple(map(Explanation.of, () if engine is None else engine.reasons)),
            source=readable(pipeline.capture.source.describe().name),
            source_lost=pipeline.capture.lost,
            outputs=tuple(output_status(output) for output in pipeline.outputs),
            viewers=self._preview.viewers,
            memory_mb=round(psutil.Process().memory_info().rss / 1e6, 1),
            resting=pipeline.capture.resting,
            running_s=round(time.monotonic() - self._began, 1),
            settings=setting_values(self._settings),
            errors=self._errors.newest_first(),
        )

    def change(self, name: str, value: SettingValue) -> None:
        """Change a setting; it has taken effect, or begun to, on return.

        Args:
            name: dotted.
            value: also as text that can be converted.

        Raises:
            SettingUnknown, SettingNeedsRestart, SettingsError: it cannot be changed
                so, or not while the camera runs.
            SourceError, ProfileError: what was asked for is not there; nothing has
                changed.
        """
        # One at a time: opening a camera takes seconds.
        with self._changing:
            if name not in setting_fields():
                raise SettingUnknown(name)
            if name not in live_settings():
                raise SettingNeedsRestart(name, tuple(sorted(live_settings())))
            wanted = self._settings.replaced({name: value})
            if wanted == self._settings:
                return
            self._take_up(name, wanted)
            self._settings = wanted
        self.announcer.tell(StatusEvent(status=self.status()))

    def show_preview_to(self, viewer: Hashable) -> Path:
        """Begin to show the preview; returns its ring file; raises PreviewNotShown."""
        try:
            return self._preview.show_to(viewer)
        except RingError as error:
            raise PreviewNotShown(str(error)) from None

    def hide_preview_from(self, viewer: Hashable) -> None:
        """End the preview of this viewer, if it has one."""
        self._preview.hide_from(viewer)

    def forget_deleted_person(self) -> None:
        """Restore the enrolled person no more once their profile is gone; to be called often."""
        # Whoever calls this also has to notice the end: a source that is being opened may hang.
        if not self._changing.acquire(blocking=False):
            return
        try:
            name = self._settings.restore.profile
            if self._pipeline.controls.profile is None or _is_kept(name):
                return
            self._pipeline.take_profile(None)
            self._settings = self._settings.replaced({"restore.profile": ""})
        finally:
            self._changing.release()
        self._report(ProfileDeleted(name))
        self.announcer.tell(StatusEvent(status=self.status()))

    def stop(self) -> None:
        """Stop the camera; returns at once."""
        self.announce_end(EndReason.STOPPED)
        self._pipeline.stop()

    def announce_end(self, reason: EndReason) -> None:
        """Tell everybody that the camera ends, once."""
        with self._ending:
            ended, self._ended = self._ended, True
        if not ended:
            self.announcer.tell(EndingEvent(reason=reason))

    def _take_up(self, name: str, wanted: Settings) -> None:
        restore = wanted.restore
        match name:
            case "restore.light":
                self._pipeline.controls.light.set(restore.light)
            case "restore.retouch":
                self._pipeline.controls.set_retouch(restore.retouch)
            case "restore.white_balance":
                self._pipeline.controls.white_balance.target = float(restore.white_balance)
            case "restore.profile":
                self._pipeline.take_profile(read_profile(restore))
            case "output.auto_framing":
                self._pipeline.framing.on = wanted.output.auto_framing
            case "source.source":
                source = make_source(wanted)
                if not self._pipeline.capture.change(source, lambda: make_source(wanted)):
                    raise ControlConnectionLost
            case _:
                raise NotImplementedError(f"{name} is declared live")

    def _connect(self, take: FrameTaker | None) -> None:
        self._pipeline.preview = take


def _is_kept(name: str) -> bool:
    """Whether the profile is still there, or nobody can tell."""
    try:
        return ProfileStore(profiles_folder()).has(name)
    except NasfeError:
        return True
