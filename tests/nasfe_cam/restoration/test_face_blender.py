"""A face that passes no network is calmed with its room, and stays as sharp as it was."""

from __future__ import annotations

import numpy as np

from nasfe_cam.compositing.tone_curve import tone_table
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.core.meter import Meter
from nasfe_cam.faces.follower import FollowedFace
from nasfe_cam.restoration.face_blender import FaceBlender
from nasfe_cam.restoration.frame_light import FrameLight
from tests.nasfe_cam.stand_ins import face_at

CALM = FrameLight(tone_table(0.0), visible_noise=2.0, calm=0.3, as_it_is=False)
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
