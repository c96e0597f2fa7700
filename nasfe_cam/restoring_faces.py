"""Restores the face of a live frame, as often as there is time for it."""

from __future__ import annotations

from collections.abc import Callable

from engine import EngineDescription
from nasfe_cam.adjustments import Adjustments
from nasfe_cam.face_repair import FaceRestoration, RestoredFace
from nasfe_cam.following import FollowedFace
from nasfe_cam.frame import Frame
from nasfe_cam.keeping_pace import KeepingPace
from nasfe_cam.measure import Meter
from nasfe_cam.observing import CropToJudge, Observing
from nasfe_cam.resources import Resources
from nasfe_cam.settings import RestoreRate, RestoreSettings
from nasfe_cam.supervision import Supervised


class RestoringFaces:
    """Holds the restorer and the slow path; both are made, and made again, in the background.

    Args:
        resources: its restorer and observer are used.
        settings: read once.
        adjustments: read for every frame.
        report: told every failure.
        meter: counts the stages "align", "restore", "carry" and "observe".
        lossless: the source waits, so that there is always time.

    Attributes:
        pace: which frames pass the network, and why not all.
    """

    def __init__(
        self,
        resources: Resources,
        settings: RestoreSettings,
        adjustments: Adjustments,
        report: Callable[[Exception], None],
        meter: Meter,
        *,
        lossless: bool,
    ) -> None:
        self._restoration = Supervised(
            lambda: FaceRestoration(resources.restorer(), adjustments), report, "make-restorer"
        )
        self._observing = Observing(resources.observer, settings.observe_rate, report, meter)
        self._meter = meter
        self.pace = KeepingPace(settings.rate is RestoreRate.AUTO and not lossless, meter)

    @property
    def ready(self) -> bool:
        """Whether the restorer is made."""
        return self._restoration.get() is not None

    def describe_engine(self) -> EngineDescription | None:
        """Which engine serves the network, and why; None while it is being made."""
        restoration = self._restoration.get()
        return None if restoration is None else restoration.describe()

    def start(self) -> None:
        """Begin to judge what is offered, and to watch the battery."""
        self.pace.start()
        self._observing.start()

    def restore(self, frame: Frame, face: FollowedFace) -> RestoredFace | None:
        """What the network made of the face; None where it is to stay, or has to, as it is."""
        restoration = self._restoration.get()
        if restoration is None:
            return None
        plan = self.pace.plan(frame)
        if plan.strength <= 0:
            return None
        try:
            with self._meter.stage("align"):
                crop = restoration.crop(frame, face)
            self._observing.offer(CropToJudge(crop, frame.captured_at, face.person))
            observation = self._observing.newest(face.person)
            if observation is None:
                return None
            if not plan.run and restoration.can_carry(face):
                with self._meter.stage("carry"):
                    done = restoration.carry(face, crop, observation, plan.strength)
            else:
                with self._meter.stage("restore"):
                    done = restoration.restore(face, crop, observation, plan.strength)
                self.pace.ran(frame)
        except Exception as error:
            self._restoration.failed(error)
            return None
        self._restoration.succeeded()
        return done

    def close(self) -> None:
        """Stop and free the networks."""
        self.pace.close()
        self._observing.close()
        self._restoration.close()
