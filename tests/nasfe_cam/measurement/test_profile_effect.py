"""After enrolment the person is shown what their photos do, through the camera's own path."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.config.settings import Settings
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.networks import open_networks
from nasfe_cam.measurement.profile_effect import profile_effect
from nasfe_cam.profiles.profile import Profile

SETTINGS = Settings().replaced({"restore.device": "cpu", "restore.precision": "f32"})


@pytest.fixture(scope="module")
def profile(shared_data: Path) -> Profile:
    files = sorted((shared_data / "enrol" / "celeba_wild_c07270").glob("*.jpg"))[:4]
    with open_networks() as networks:
        return enrol("Ada", files, networks, keep_photos=True).profile


def test_a_bad_picture_of_the_person_becomes_more_like_them(profile: Profile) -> None:
    effect = profile_effect(profile, SETTINGS)
    assert effect is not None
    bad, without, with_photos = effect.likenesses
    assert bad < without - 0.05
    assert with_photos > bad + 0.05
    assert effect.side_by_side.shape == (512, 1536, 3)
    assert effect.bad.mean() < 0.6 * effect.without.mean()


def test_the_photo_that_is_made_bad_does_not_help_itself(profile: Profile) -> None:
    """With two photos the profile that is used holds one: the other one."""
    two = replace(profile, photos=profile.photos[:2])
    effect = profile_effect(two, SETTINGS)
    assert effect is not None and np.abs(effect.likenesses).max() < 1


def test_one_photo_or_none_proves_nothing(profile: Profile) -> None:
    assert profile_effect(replace(profile, photos=profile.photos[:1]), SETTINGS) is None
    forgotten = tuple(replace(photo, copy=None) for photo in profile.photos)
    assert profile_effect(replace(profile, photos=forgotten), SETTINGS) is None
