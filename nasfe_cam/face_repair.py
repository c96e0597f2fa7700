"""Repairs the followed face of one frame: align, restore, mask, match the tone, blend."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from engine import EngineDescription
from nasfe_cam.alignment import crop_transform, warp_crop
from nasfe_cam.blending import blend_into
from nasfe_cam.buffers import FrameBuffers
from nasfe_cam.following import FollowedFace
from nasfe_cam.frame import Frame, Image
from nasfe_cam.mask import agreement, face_mask
from nasfe_cam.measure import Meter
from nasfe_cam.observation import Observation
from nasfe_cam.restoration import Restorer
from nasfe_cam.settings import RestoreSettings
from nasfe_cam.steadying import CropSteadier
from nasfe_cam.surround import Surround
from nasfe_cam.tone import ToneSmoother, estimate_gain

# Below CLEAN in every class the face is left alone; from DEGRADED on it is restored in full.
CLEAN, DEGRADED = 0.15, 0.5
# Position in the class vector c = {b, n, l}.
NOISE = 1


@dataclass(frozen=True, slots=True)
class Repaired:
    """A frame after repair.

    Attributes:
        frame: the frame to show; the very same object where nothing was done.
        restored: whether the network ran on it.
    """

    frame: Frame
    restored: bool


class FaceRepair:
    """Restores one frame after another; keeps the tone curve steady between them."""

    def __init__(self, restorer: Restorer, settings: RestoreSettings, meter: Meter) -> None:
        self._restorer = restorer
        self._strength = settings.strength / 100
        self._tone_match = settings.tone_match / 100
        self._tone = ToneSmoother()
        self._steadier = CropSteadier()
        self._person = -1
        self._surround = Surround()
        self._buffers = FrameBuffers()
        self._meter = meter

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

    def repair(
        self, frame: Frame, face: FollowedFace, crop: Image, observation: Observation
    ) -> Repaired:
        """Blend the restored crop into the frame.

        Args:
            frame: from the source, at output size.
            face: where the face is and how present.
            crop: from `crop`, of the same frame and face.
            observation: what the slow path last saw in this face.

        Raises:
            EngineRunFailed: the network could not run.
        """
        weight = self._strength * face.presence * need_of(observation)
        if weight <= 0:
            return Repaired(frame, restored=False)
        with self._meter.stage("restore"):
            if face.person != self._person:
                self._steadier.reset()
                self._person = face.person
            noise = float(observation.degradation[NOISE])
            steadied = self._steadier.steady(crop, noise)
            restored = self._restorer.restore(steadied, observation)
        with self._meter.stage("blend"):
            size = self._restorer.size
            transform = crop_transform(face.landmarks, size)
            mask = face_mask(face.landmarks, transform, size)
            gain = estimate_gain(crop, restored, mask)
            mask *= agreement(crop, restored, gain) * np.float32(weight)
            surround = self._tone.smooth(gain, frame.captured_at)
            image = self._buffers.take(*frame.image.shape[:2])
            match = self._tone_match * weight
            self._surround.bring_along(frame.image, surround * match, match * noise, image)
            blend_into(image, restored, mask, transform)
        return Repaired(replace(frame, image=image), restored=True)


def need_of(observation: Observation) -> float:
    """0 for a clean face, 1 for one that is surely degraded, smooth between.

    "Do no harm": a face without blur, noise or low light comes out as it went in.
    """
    worst = float(observation.degradation.max())
    rising = float(np.clip((worst - CLEAN) / (DEGRADED - CLEAN), 0, 1))
    return rising * rising * (3 - 2 * rising)
