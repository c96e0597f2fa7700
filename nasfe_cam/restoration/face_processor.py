"""The face path: a frame goes in, and a frame with a repaired face comes out.

    find -> light -> restore -> blend
                        |
                     observe       slow path, a few times per second

`FaceProcessor.process` goes all the way in the caller's thread. The live camera calls the
parts from a thread each, so that one frame is restored while the one before is
blended; whoever wants the same pictures without the threads calls the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import Any, TypeVar

from nasfe_cam.config.settings import Settings
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Closable, Held, Required, Supervised
from nasfe_cam.faces.follower import FaceFollower, FollowedFace
from nasfe_cam.faces.identity_selector import IdentitySelector
from nasfe_cam.pacing.governor import FULL_EFFORT, Plan
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.restoration.face_blender import FaceBlender
from nasfe_cam.restoration.face_finder import FaceFinder
from nasfe_cam.restoration.face_networks import FaceNetworks
from nasfe_cam.restoration.face_restorer import FaceRestorer, RestoredFace
from nasfe_cam.restoration.frame_light import FrameLighting
from nasfe_cam.restoration.library_threads import use_calling_thread_only
from nasfe_cam.restoration.live_controls import LiveControls
from nasfe_cam.restoration.observer_worker import ObserverWorker

R = TypeVar("R", bound=Closable)


@dataclass(frozen=True, slots=True, eq=False)
class ProcessedFrame:
    """A frame, and what was done to it.

    Attributes:
        frame: to be shown.
        face: the face that is followed; None where there is none.
        restored: what the network made of it; None where the face has no more than its light.
    """

    frame: Frame
    face: FollowedFace | None
    restored: RestoredFace | None


class FaceProcessor:
    """Follows, aligns, judges, restores and blends the face of a stream of frames.

    Args:
        settings: read once.
        networks: makes the networks, and names the person at first.
        meter: counts the stages; one of its own where none is given.
        report: told every failure. With it the networks are made in the background, frames
            are left as they are meanwhile, and what fails is made again. Without it the
            networks are made now, and what fails is raised.
        in_line: the slow paths work in the thread of the frame that is due, so that the same
            frames give the same pictures; else each has a thread, and no frame waits for it.
            Without `report` they always do.

    Attributes:
        controls: what may change between frames; `look_for` does more for a profile.
        finder, lighting, restorer, blender: the parts, each for one thread at a time.

    Raises:
        NasfeError: without `report`: a network cannot be made.
    """

    def __init__(
        self,
        settings: Settings,
        networks: FaceNetworks,
        *,
        meter: Meter | None = None,
        report: Callable[[Exception], None] | None = None,
        in_line: bool = False,
    ) -> None:
        use_calling_thread_only()
        self.controls = LiveControls(settings.restore, networks.profile)
        self.meter = Meter() if meter is None else meter
        # A slow path that has somebody to report to works in a thread of its own.
        slow_path_report = None if in_line else report

        def hold(make: Callable[[], R], name: str) -> Held[R]:
            return Required(make) if report is None else Supervised(make, report, name)

        with ExitStack() as made:
            held_tracker = made.enter_context(closing(hold(networks.tracker, "make-tracker")))
            held_restorer = made.enter_context(closing(hold(networks.restorer, "make-restorer")))
            held_observer = made.enter_context(closing(hold(networks.observer, "make-observer")))
            # All are there: from here on the parts close them.
            made.pop_all()
        self._needed: tuple[Held[Any], ...] = (held_tracker, held_restorer)
        self._held = (*self._needed, held_observer)
        follower = FaceFollower(settings.tracking)
        profile = networks.profile
        self._selector = IdentitySelector(
            lambda: hold(networks.recogniser, "make-recogniser"),
            None if profile is None else profile.embedding,
            follower.prefer,
            self.meter,
            slow_path_report,
        )
        self._observer = ObserverWorker(
            held_observer, settings.restore.observe_rate, self.meter, slow_path_report
        )
        self.finder = FaceFinder(held_tracker, follower, self._selector, self.meter)
        self.restorer = FaceRestorer(
            held_restorer,
            self._observer,
            self.controls,
            self.meter,
            lambda: hold(networks.mesh, "make-mesh"),
            report,
        )
        self.lighting = FrameLighting(self.controls, report)
        self.blender = FaceBlender(self.meter)

    def process(self, frame: Frame, plan: Plan = FULL_EFFORT) -> ProcessedFrame:
        """Repair the face of one frame; frames come in the order of their time.

        Args:
            frame: at the size of the outputs; `captured_at` may be any time that only grows.
            plan: whether the network runs for it.
        """
        face = self.finder.find(frame)
        light = self.lighting.light(frame, face)
        restored = None
        if face is not None:
            restored = self.restorer.restore(frame, face, light.visible_noise, plan)
        return ProcessedFrame(self.blender.blend(frame, light, restored, face), face, restored)

    def start(self) -> None:
        """Start the threads of the slow paths, where they have any."""
        self._selector.start()
        self._observer.start()

    @property
    def ready(self) -> bool:
        """Whether tracker and restorer are made."""
        return all(held.get() is not None for held in self._needed)

    def wait_until_tried(self) -> None:
        """Wait until every network is made or has failed once."""
        for held in self._held:
            held.wait_until_tried()

    def look_for(self, profile: Profile | None) -> None:
        """Restore this person, and find them among several, from the next frame on."""
        self.controls.profile = profile
        self._selector.look_for(None if profile is None else profile.embedding)

    def close(self) -> None:
        """Stop and free the networks; each part closes what it holds."""
        self.restorer.close()
        self.finder.close()
