"""Repairs the followed face of a frame: align and restore it, then blend it in.

Two halves, so that a live pipeline can restore one frame while it blends the
one before: `FaceRestoration` holds the network, `FaceBlending` needs none.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine import EngineDescription
from nasfe_cam.adjustments import Adjustments
from nasfe_cam.alignment import Matrix, crop_transform, warp_crop
from nasfe_cam.blending import blend_into
from nasfe_cam.buffers import FrameBuffers
from nasfe_cam.detail import keep_detail
from nasfe_cam.exponential_mean import ExponentialMean
from nasfe_cam.following import FollowedFace
from nasfe_cam.frame import Frame, Image
from nasfe_cam.halo import join_light
from nasfe_cam.mask import OUTLINE, agreement, face_mask
from nasfe_cam.observation import Observation
from nasfe_cam.profile import Profile
from nasfe_cam.restoration import Restorer
from nasfe_cam.steadying import CropSteadier, SteadiedCrop
from nasfe_cam.surround import Surround
from nasfe_cam.tone import estimate_gain

# Below CLEAN in every class the face is left alone; from DEGRADED on it is restored in full.
CLEAN, DEGRADED = 0.15, 0.5
# Position in the class vector c = {b, n, l}.
NOISE = 1
# In so long a time the light of the surroundings follows that of the restored face.
TONE_SECONDS = 0.5


@dataclass(frozen=True, slots=True, eq=False)
class RestoredFace:
    """What the network made of a face, on its way into the frame.

    Attributes:
        face: where the face is in the frame.
        transform: from frame to crop pixels.
        crop: S x S x 3 uint8 BGR, from the frame.
        steadied: what the network was given.
        restored: S x S x 3 uint8 BGR, what it returned.
        weight: 0..1, how much of the restored crop is to be shown.
        noise: 0..1, the noise class.
        carried: `restored` was made of an earlier frame.
    """

    face: FollowedFace
    transform: Matrix
    crop: Image
    steadied: SteadiedCrop
    restored: Image
    weight: float
    noise: float
    carried: bool = False


class FaceRestoration:
    """Aligns and restores faces; owns the network, and the crop before for steadying."""

    def __init__(self, restorer: Restorer, adjustments: Adjustments) -> None:
        self._restorer = restorer
        self._adjustments = adjustments
        self._profile: Profile | None = None
        self._steadier = CropSteadier()
        self._person = -1
        self._restored: Image | None = None

    def describe(self) -> EngineDescription:
        """Which engine serves, and why."""
        return self._restorer.describe()

    def close(self) -> None:
        """Free the network."""
        self._restorer.close()

    def crop(self, frame: Frame, face: FollowedFace) -> Image:
        """The aligned S x S x 3 BGR crop of the face."""
        size = self._restorer.size
        return warp_crop(frame.image, crop_transform(face.landmarks, size), size)

    def restore(
        self, face: FollowedFace, crop: Image, observation: Observation, strength: float = 1.0
    ) -> RestoredFace | None:
        """Restore one crop.

        Args:
            face: where the face is and how present.
            crop: from `crop`.
            observation: what the slow path last saw in this face.
            strength: 0..1, factor on the strength of the settings.

        Returns:
            None where nothing is to be done: strength 0, or a clean face.

        Raises:
            EngineRunFailed: the network could not run.
        """
        return self._repair(face, crop, observation, strength, None)

    def can_carry(self, face: FollowedFace) -> bool:
        """Whether an earlier frame of the same person was restored."""
        return self._restored is not None and face.person == self._person

    def carry(
        self, face: FollowedFace, crop: Image, observation: Observation, strength: float = 1.0
    ) -> RestoredFace | None:
        """Take what the network made of the last crop that it saw for this one too.

        Crops follow the face, so in them a head that moves is at rest, and the
        earlier restored crop belongs where the new one is: the two transforms
        carry it along. What moves within the face is brought up to date by
        `keep_detail`, and left as the camera saw it by `agreement`, which both
        compare with the new crop. Arguments and None as for `restore`; only
        where `can_carry`.
        """
        return self._repair(face, crop, observation, strength, self._restored)

    def _repair(
        self,
        face: FollowedFace,
        crop: Image,
        observation: Observation,
        strength: float,
        carried: Image | None,
    ) -> RestoredFace | None:
        wanted = self._adjustments.strength.now() * strength
        weight = wanted * face.presence * need_of(observation)
        if weight <= 0:
            self._restored = None
            return None
        self._take_up_profile()
        if face.person != self._person:
            self._steadier.reset()
            self._person = face.person
        noise = float(observation.degradation[NOISE])
        steadied = self._steadier.steady(crop, noise)
        restored = carried
        if restored is None:
            restored = self._restorer.restore(steadied.picture, observation)
        self._restored = restored
        transform = crop_transform(face.landmarks, self._restorer.size)
        return RestoredFace(
            face, transform, crop, steadied, restored, weight, noise, carried is not None
        )

    def _take_up_profile(self) -> None:
        profile = self._adjustments.profile
        if profile is not self._profile:
            self._restorer.identify(None if profile is None else profile.identity)
            self._profile = profile


class FaceBlending:
    """Blends restored crops into their frames; keeps the tone curve steady between them."""

    def __init__(self, adjustments: Adjustments) -> None:
        self._adjustments = adjustments
        self._tone = ExponentialMean(TONE_SECONDS)
        self._surround = Surround()
        self._buffers = FrameBuffers()

    def blend(self, frame: Frame, done: RestoredFace) -> Frame:
        """A new frame with the restored face in it and its surroundings brought along."""
        size = done.crop.shape[0]
        mask = face_mask(done.face.landmarks, done.transform, size)
        face = face_mask(done.face.landmarks, done.transform, size, OUTLINE)
        gain = estimate_gain(done.crop, done.restored, mask)
        mask *= agreement(done.steadied.picture, done.restored) * np.float32(done.weight)
        match = self._adjustments.tone_match.now() * done.weight
        surround = self._tone.add(gain, frame.captured_at) * match
        image = self._buffers.take(*frame.image.shape[:2])
        self._surround.bring_along(frame.image, surround, match * done.noise, image)
        detailed = keep_detail(done.restored, done.steadied)
        joined = join_light(detailed, done.crop, surround, face)
        blend_into(image, joined, mask, done.transform)
        return replace(frame, image=image)


def need_of(observation: Observation) -> float:
    """0 for a clean face, 1 for one that is surely degraded, smooth between.

    "Do no harm": a face without blur, noise or low light comes out as it went in.
    """
    worst = float(observation.degradation.max())
    rising = float(np.clip((worst - CLEAN) / (DEGRADED - CLEAN), 0, 1))
    return rising * rising * (3 - 2 * rising)
