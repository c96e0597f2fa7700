"""Restores the face of a frame: align, judge, then run the network or carry its last result.

On a machine that is quick enough a frame waits for the network. On others the network works
beside the frames, each of which gets what it returned last: so none is lost or late for it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from engine.base import EngineDescription
from engine.errors import EngineRunFailed
from nasfe_cam.compositing.light import calm_share
from nasfe_cam.compositing.noise.crop_denoiser import CropDenoiser, DenoisedCrop
from nasfe_cam.compositing.unsharp_mask import unsharp_mask
from nasfe_cam.core.errors import ProfileCopiesUnusable
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.supervised import Held
from nasfe_cam.faces.alignment import Matrix, crop_transform, warp_crop
from nasfe_cam.faces.crop_landmarks import landmarks_in_crop
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.faces.landmark_network import LandmarkNetwork
from nasfe_cam.faces.warp import WarpTarget, warp_whole
from nasfe_cam.pacing.carried_share import CarriedShare
from nasfe_cam.pacing.governor import FULL_EFFORT, Plan
from nasfe_cam.restoration.face_memory import FaceMemory
from nasfe_cam.restoration.live_controls import LiveControls
from nasfe_cam.restoration.need import need_of
from nasfe_cam.restoration.network_thread import NetworkThread
from nasfe_cam.restoration.observer import Observation
from nasfe_cam.restoration.observer_worker import CropToJudge, ObserverWorker
from nasfe_cam.restoration.photo_guides import GuideChoice, GuidePhoto, guide_photos
from nasfe_cam.restoration.restorer import NOTHING, References, Restorer


@dataclass(frozen=True, slots=True, eq=False)
class RestoredFace:
    """What the network made of a face, on its way into the frame.

    Attributes:
        face: where the face is in the frame.
        transform: from frame to crop pixels.
        crop: S x S x 3 uint8 BGR, from the frame.
        denoised: what the network was given.
        restored: S x S x 3 uint8 BGR, what it returned.
        weight: 0..1, how much of the restored crop is to be shown.
        presence: 0..1, how much the face is there at all, while it comes and goes.
        carried: `restored` was made of an earlier frame.
    """

    face: FollowedFace
    transform: Matrix
    crop: Image
    denoised: DenoisedCrop
    restored: Image
    weight: float
    presence: float
    carried: bool = False


@dataclass(frozen=True, eq=False)
class _Aligned:
    """The face of a frame, cut out; `landmarks` are those in the crop."""

    frame: Frame
    face: FollowedFace
    transform: Matrix
    crop: Image
    landmarks: FloatArray

    @cached_property
    def target(self) -> WarpTarget:
        """What pictures of other moments are warped to."""
        return WarpTarget(self.landmarks)


@dataclass(frozen=True, slots=True, eq=False)
class _Result:
    """What the network returned for a frame.

    Attributes:
        picture: S x S x 3 uint8 BGR, which is remembered.
        sharp: the same, as it is shown.
        landmarks: of that frame, in its crop.
        captured_at: of that frame, in seconds.
        generation: of what was known then; see `FaceRestorer._forget`.
    """

    picture: Image
    sharp: Image
    landmarks: FloatArray
    captured_at: float
    generation: int


class FaceRestorer:
    """The second part of the face path; closes what it was given.

    Args:
        restorer: the network.
        observer: the slow path, which judges the crops.
        controls: read for every frame.
        meter: counts the stages "align", "restore" and "carry".
        open_mesh: makes the network that finds the landmarks of enrolled photos.
        report: told that no photo of a profile can be used; without it, that is raised.

    Attributes:
        last_run: index of the frame that the network was given last; None before the first.
        network: its thread, for plans in which it works beside the frames.
    """

    def __init__(
        self,
        restorer: Held[Restorer],
        observer: ObserverWorker,
        controls: LiveControls,
        meter: Meter,
        open_mesh: Callable[[], Held[LandmarkNetwork]],
        report: Callable[[Exception], None] | None = None,
    ) -> None:
        self._restorer = restorer
        self._observer = observer
        self._open_mesh = open_mesh
        self._mesh: Held[LandmarkNetwork] | None = None
        self._report = report
        self._memory = FaceMemory()
        self._guides = GuideChoice()
        self._unread: Iterator[GuidePhoto] = iter(())
        self._controls = controls
        self._meter = meter
        self._denoiser = CropDenoiser()
        self._person = -1
        self.last_run: int | None = None
        self.network: NetworkThread[_Result] = NetworkThread(report or _raise)
        self._result: _Result | None = None
        self._share = CarriedShare()
        self._generation = 0
        self._fault: Exception | None = None
        self._identified: tuple[object, ...] | None = None

    def describe(self) -> EngineDescription | None:
        """Which engine serves, and why; None while it is being made."""
        restorer = self._restorer.get()
        return None if restorer is None else restorer.describe()

    def restore(
        self,
        frame: Frame,
        face: FollowedFace,
        visible_noise: float,
        plan: Plan = FULL_EFFORT,
    ) -> RestoredFace | None:
        """Restore the face of one frame.

        Where the plan spares the network, or lets it work beside the frames, what it made of
        the last frame that it saw is carried along: warped from the landmarks of then to
        those of now. What else has changed is brought up to date by `transfer_detail`, and
        left as the camera saw it by `agreement`; both compare with the new crop.

        Args:
            frame: the camera's.
            face: where the face is in it, and how present.
            visible_noise: deviation of its noise, in grey levels, in the light that is shown.
            plan: whether the network runs, and how much of its work is shown.

        Returns:
            None where the face is to stay, or has to, as it is: no retouch, a clean face, or
            a network that is not there (yet).
        """
        restorer = self._restorer.get()
        if restorer is None or plan.strength <= 0:
            return None
        if self._fault is not None:
            self._give_up(self._fault)
            return None
        try:
            done = self._restore(restorer, frame, face, visible_noise, plan)
        except Exception as error:
            self._forget()
            self._give_up(error)
            return None
        self._restorer.succeeded()
        return done

    def close(self) -> None:
        """Stop and free the networks; one that hangs keeps its memory, in which it may compute."""
        self.network.close()
        self._observer.close()
        if not self.network.busy:
            self._restorer.close()
        if self._mesh is not None:
            self._mesh.close()

    def _give_up(self, fault: Exception) -> None:
        """Have the network made again, but not before a run of it that is under way has ended."""
        self._fault = fault
        if self.network.busy:
            return
        # What that run raised is no failure of the network that comes.
        self.network.forget()
        self._fault = None
        self._restorer.failed(fault)

    def _restore(
        self,
        restorer: Restorer,
        frame: Frame,
        face: FollowedFace,
        visible_noise: float,
        plan: Plan,
    ) -> RestoredFace | None:
        with self._meter.stage("align"):
            transform = crop_transform(face.landmarks, restorer.size)
            crop = warp_crop(frame.image, transform, restorer.size)
        self._observer.offer(CropToJudge(crop, frame.captured_at, face.person))
        observation = self._observer.newest(face.person)
        if observation is None:
            return None
        need = need_of(observation, visible_noise)
        weight = self._controls.retouch.of(need, 1.0) * plan.strength
        if weight <= 0:
            self._forget()
            return None
        if face.person != self._person:
            self._denoiser.reset()
            self._forget()
            self._person = face.person
        # In this order: what comes in between is taken with the next frame, not written over.
        idle = not self.network.busy
        came = self.network.take()
        if came is not None and self._result is not None:
            self._share.replaced(frame.captured_at - self._result.captured_at)
        self._keep(came)
        waits = idle and not plan.beside and (plan.run_network or self._result is None)
        landmarks = landmarks_in_crop(face.landmarks, transform, restorer.size)
        aligned = _Aligned(frame, face, transform, crop, landmarks)
        with self._meter.stage("restore" if waits else "carry"):
            denoised = self._denoiser.steady(crop, calm_share(visible_noise))
            if waits or (idle and plan.run_network):
                run = self._begin(restorer, aligned, denoised, observation)
                if waits:
                    self._keep(run())
                else:
                    self.network.begin(self._measured(run))
            weight *= self._share_now(frame)
            if self._result is None or weight <= 0:
                return None
            restored = self._result.sharp if waits else _carried(self._result, aligned)
        return RestoredFace(
            face,
            transform,
            crop,
            denoised,
            restored,
            weight,
            face.presence,
            carried=not waits,
        )

    def _begin(
        self,
        restorer: Restorer,
        aligned: _Aligned,
        denoised: DenoisedCrop,
        observation: Observation,
    ) -> Callable[[], _Result]:
        """Choose what the network is shown; its work is left to the caller, in any thread."""
        frame, landmarks = aligned.frame, aligned.landmarks
        self.last_run = frame.index
        self._identify(restorer)
        self._read_a_guide()
        references = NOTHING
        if restorer.takes_references:
            references = References(
                self._guides.choose(aligned.target, landmarks, frame.captured_at),
                self._memory.recall(aligned.target, landmarks, aligned.crop, frame.captured_at),
            )
        generation = self._generation

        def run() -> _Result:
            picture = restorer.restore(denoised.picture, observation, references)
            sharp = unsharp_mask(picture)
            return _Result(picture, sharp, landmarks, frame.captured_at, generation)

        return run

    def _measured(self, run: Callable[[], _Result]) -> Callable[[], _Result]:
        def measured() -> _Result:
            with self._meter.stage("restore"):
                return run()

        return measured

    def _share_now(self, frame: Frame) -> float:
        """How much of the result is shown in a frame."""
        result = self._result
        age = math.inf if result is None else frame.captured_at - result.captured_at
        return self._share.at(frame.captured_at, age)

    def _keep(self, result: _Result | None) -> None:
        """Take up what the network returned, unless it was forgotten before it came."""
        if result is None or result.generation != self._generation:
            return
        self._result = result
        self._memory.keep(result.picture, result.landmarks, result.captured_at)

    def _forget(self) -> None:
        """What was restored before, and what is on its way, has nothing to do with what comes."""
        self._result = None
        self._generation += 1
        self._memory.forget()
        self._guides.reset()

    def _identify(self, restorer: Restorer) -> None:
        """Tell the network who is there, where it does not know yet; it may be a new one."""
        profile = self._controls.profile
        mesh = None
        if restorer.takes_references and profile is not None and profile.keeps_photos:
            self._mesh = self._mesh or self._open_mesh()
            mesh = self._mesh.get()
        known = (restorer, profile, mesh)
        if known == self._identified:
            return
        self._identified = known
        restorer.identify(None if profile is None else profile.identity)
        self._memory.forget()
        self._guides = GuideChoice()
        self._unread = iter(())
        if mesh is not None and profile is not None:
            self._unread = guide_photos(profile, mesh, restorer.size)

    def _read_a_guide(self) -> None:
        """Make one more photo of the person ready; a frame has no time for more."""
        try:
            photo = next(self._unread, None)
        except ProfileCopiesUnusable as error:
            if self._report is None:
                raise
            self._report(error)
        except EngineRunFailed as error:
            assert self._mesh is not None
            self._mesh.failed(error)
        else:
            if photo is not None:
                self._guides.add(photo)


def _carried(result: _Result, aligned: _Aligned) -> Image:
    """What was restored, with its landmarks where they are now: eyes and mouth open as they do."""
    field = aligned.target.field_from(result.landmarks)
    return result.sharp if field is None else warp_whole(result.sharp, field)


def _raise(error: Exception) -> None:
    raise error
