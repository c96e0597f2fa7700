"""A face that passes no network is calmed with its room, and stays as sharp as it was."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import cv2
import numpy as np

from nasfe_cam.compositing.noise.crop_denoiser import DenoisedCrop
from nasfe_cam.compositing.tone_curve import tone_table
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.faces.alignment import crop_transform, warp_crop
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.restoration.face_blender import FaceBlender
from nasfe_cam.restoration.face_restorer import RestoredFace
from nasfe_cam.restoration.frame_light import FrameLight
from tests.nasfe_cam.stand_ins import face_at

CALM = FrameLight(tone_table(0.0), visible_noise=2.0, steadied=0.3, calm=0.3, as_it_is=False)
FACE = FollowedFace(face_at(150, 20, 300).landmarks, presence=1.0, person=0)
IN_THE_FACE, IN_THE_ROOM = (slice(230, 300), slice(280, 360)), (slice(100, 170), slice(10, 90))


def seen() -> Image:
    """Fine lines in face and room alike, and some noise."""
    picture = np.full((720, 1280, 3), 125.0)
    picture[:, 4::16] = picture[:, 5::16] = 60
    picture += np.random.default_rng(5).normal(0, 2, picture.shape)
    return np.asarray(np.clip(picture, 0, 255), np.uint8)


def test_a_face_that_needs_no_network_is_no_softer_for_the_calming_of_its_room() -> None:
    camera = seen()
    with_face, without = (
        FaceBlender(Meter()).blend(Frame(camera, 0.0, 0), CALM, None, face).image.copy()
        for face in (FACE, None)
    )
    sharp, soft = (float(one[IN_THE_FACE].std()) for one in (with_face, without))
    assert soft < 0.92 * camera[IN_THE_FACE].std()
    assert sharp > 0.94 * camera[IN_THE_FACE].std()
    assert (with_face[IN_THE_ROOM] == without[IN_THE_ROOM]).all()


def restored_by(weight: float, camera: Image, restored: Image) -> RestoredFace:
    """What the network made of the face in the camera's frame, carried along."""
    transform = crop_transform(FACE.landmarks, 256)
    crop = warp_crop(camera, transform, 256)
    denoised = DenoisedCrop(crop.astype(np.float32), np.ones((256, 256), np.float32))
    return RestoredFace(
        FACE,
        transform,
        crop,
        denoised,
        restored,
        weight,
        presence=1.0,
        carried=True,
    )


def test_colour_is_calmed_without_a_step_as_the_network_fades() -> None:
    """A hand before the face is the camera's own at any weight, and must not change at one."""
    rng = np.random.default_rng(9)
    camera = np.clip(rng.normal(90, 12, (720, 1280, 3)), 0, 255).astype(np.uint8)
    # The network made up bars that are not there, so that it is mistrusted.
    bars = np.full((256, 256, 3), 20, np.uint8)
    bars[(np.arange(256) // 32) % 2 == 0] = 230
    calm = replace(CALM, visible_noise=20.0, calm=0.8)
    shown = [
        FaceBlender(Meter())
        .blend(Frame(camera, 0.0, 0), calm, restored_by(weight, camera, bars), FACE)
        .image.astype(int)
        for weight in np.linspace(0.85, 0.55, 31)
    ]
    steps = [float(np.abs(b - a)[IN_THE_FACE].mean()) for a, b in pairwise(shown)]
    assert sum(steps) > 1
    assert max(steps) < 0.15 * sum(steps)


def test_where_the_network_counts_in_part_no_grains_of_colour_come_through() -> None:
    """A carried face shows the camera's own besides: half of its grains were still too many."""
    rng = np.random.default_rng(7)
    frame = np.clip(rng.normal(60, 8, (720, 1280, 3)), 0, 255).astype(np.uint8)
    calm = replace(CALM, visible_noise=20.0, calm=1.0)

    def grains(weight: float) -> float:
        done = restored_by(weight, frame, np.full((256, 256, 3), 60, np.uint8))
        shown = FaceBlender(Meter()).blend(Frame(frame, 0.0, 0), calm, done, FACE).image
        face = cv2.cvtColor(shown[IN_THE_FACE], cv2.COLOR_BGR2YCrCb)
        return float(face[..., 1:].std())

    untouched = float(cv2.cvtColor(frame[IN_THE_FACE], cv2.COLOR_BGR2YCrCb)[..., 1:].std())
    assert grains(1.0) < 0.15 * untouched
    assert grains(0.9) < 0.2 * untouched
    assert grains(0.5) < 0.15 * untouched


def test_where_there_is_little_noise_lips_keep_their_colour() -> None:
    """Averaged colour took 0.004 of a hardly degraded face's likeness."""
    camera = np.full((720, 1280, 3), (110, 120, 170), np.uint8)
    camera[::4] = (90, 80, 190)
    grey = np.full((256, 256, 3), 125, np.uint8)

    def redness(noise: float) -> float:
        calm = replace(CALM, visible_noise=noise, calm=0.8)
        done = restored_by(0.4, camera, grey)
        shown = FaceBlender(Meter()).blend(Frame(camera, 0.0, 0), calm, done, FACE).image
        return float(cv2.cvtColor(shown[IN_THE_FACE], cv2.COLOR_BGR2YCrCb)[..., 1].std())

    assert redness(4.0) > 1.5 * redness(20.0)
