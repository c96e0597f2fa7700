"""Lights a frame and puts its restored face into it; needs no network."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from nasfe_cam.compositing.background import Background, calm_colour
from nasfe_cam.compositing.blend import blend_into
from nasfe_cam.compositing.detail_transfer import transfer_detail
from nasfe_cam.compositing.fine_detail import add_fine_detail
from nasfe_cam.compositing.frame_pool import FramePool
from nasfe_cam.compositing.light_match import match_light
from nasfe_cam.compositing.mask import agreement, face_mask
from nasfe_cam.compositing.tone_curve import look_up_between
from nasfe_cam.core.frame import FloatArray, Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.core.smoothing.smooth_step import smooth_step
from nasfe_cam.faces.alignment import crop_transform
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.restoration.face_restorer import RestoredFace
from nasfe_cam.restoration.frame_light import FrameLight

# Side of the crop in which a face is outlined that no network restores.
CROP_SIZE = 256
# Where the camera's own face shows by this part beside the network's, its colour is wholly calmed;
# by less, in part, so that no frame differs by a step from the one before.
WHOLLY_CALMED = 0.25
# Deviation of the visible noise, in grey levels, up to which the colour of lips and eyes is worth
# more than the calm, and from which on all of it is calmed.
LITTLE_NOISE, MUCH_NOISE = 6.0, 10.0


class FaceBlender:
    """The last part of the face path.

    Args:
        meter: counts the stage "blend".
    """

    def __init__(self, meter: Meter) -> None:
        self._meter = meter
        self._background = Background()
        self._pool = FramePool()

    def blend(
        self,
        frame: Frame,
        light: FrameLight,
        done: RestoredFace | None,
        face: FollowedFace | None = None,
    ) -> Frame:
        """A new frame in better light, with less noise, and with the restored face in it.

        Args:
            frame: the camera's.
            light: how it is to be lit.
            done: its face; None where there is none, or it stays as it is but for the light.
            face: where it is; calming the frame leaves it as sharp as the camera saw it.

        Returns:
            The frame itself where nothing is to be done.
        """
        if light.as_it_is and done is None:
            self._background.rest()
            return frame
        with self._meter.stage("blend"):
            image = self._pool.take(*frame.image.shape[:2])
            self._background.relight(frame.image, light.table, light.steadied, light.calm, image)
            if done is not None:
                self._put(image, frame.image, light, done)
            elif face is not None and light.calm > 0:
                self._sharpen(image, frame.image, light, face)
            return replace(frame, image=image)

    @staticmethod
    def _put(image: Image, camera: Image, light: FrameLight, done: RestoredFace) -> None:
        """Put the face into the lit frame."""
        lit = look_up_between(done.denoised.picture, light.table)
        matched = match_light(transfer_detail(done.restored, done.denoised), lit)
        # Where little of the network is wanted, the rest is the face steadied over time, which is
        # sharper than the room around it.
        whole = max(done.weight, light.calm)
        part = done.weight / whole
        # The network takes grains of colour away; the eye sees them on skin first.
        noisy = smooth_step(light.visible_noise, LITTLE_NOISE, MUCH_NOISE)
        calmed = noisy * min(1.0, (1 - part) / WHOLLY_CALMED)
        if calmed > 0:
            calm_colour(lit, calmed)
        trust = agreement(done.denoised.picture, done.restored) * np.float32(part)
        mixed = _mixed(lit, matched, trust)
        mask = face_mask(done.face.landmarks, done.transform, lit.shape[0])
        mask *= np.float32(done.presence)
        blend_into(image, mixed, mask * np.float32(whole), done.transform)
        add_fine_detail(
            image,
            camera,
            light.table,
            light.visible_noise,
            mask,
            done.weight,
            done.transform,
            lit.shape[0],
        )

    @staticmethod
    def _sharpen(image: Image, camera: Image, light: FrameLight, face: FollowedFace) -> None:
        """Leave a face that passed no network as sharp as the camera saw it."""
        transform = crop_transform(face.landmarks, CROP_SIZE)
        mask = face_mask(face.landmarks, transform, CROP_SIZE) * np.float32(face.presence)
        add_fine_detail(
            image, camera, light.table, light.visible_noise, mask, 0.0, transform, CROP_SIZE
        )


def _mixed(one: Image, other: Image, share: FloatArray) -> Image:
    """The first picture where the share (M x M float32, 0..1) is 0, the other where it is 1."""
    if share.min() >= 1:
        return other
    size = one.shape[1::-1]
    factor = cv2.merge([cv2.convertScaleAbs(cv2.resize(share, size), alpha=255)] * 3)
    shown = cv2.multiply(other, factor, scale=1 / 255)
    rest = cv2.multiply(one, cv2.bitwise_not(factor), scale=1 / 255)
    return np.asarray(cv2.add(shown, rest), np.uint8)
