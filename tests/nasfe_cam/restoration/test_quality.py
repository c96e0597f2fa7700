"""The picture path with the real tracker, the real networks and real clips."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.picture.clips import CLIPS, cosines, play
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP
from nasfe_cam.measurement.fidelity import psnr, ssim


def test_the_bundled_clip_comes_closer_to_the_clean_one() -> None:
    *_, last = play(BUNDLED_CLIP, 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 5
    before, after = ssim(last.clean, last.bad, last.restored)
    assert after > before + 0.2


def test_a_clean_face_comes_out_as_it_went_in() -> None:
    shown = list(play(BUNDLED_CLIP, 0.0))
    difference = [np.abs(s.restored.astype(int) - s.clean).mean() for s in shown]
    assert max(difference) < 1


@pytest.mark.parametrize("every", [1, 2])
def test_restoration_does_not_flicker(every: int) -> None:
    """The brightness of the restored picture moves no faster than the clean clip's, but slowly."""
    shown = list(play(BUNDLED_CLIP, 0.6, 40, every))[20:]
    restored = np.array([s.restored.mean() for s in shown])
    assert np.abs(np.diff(restored)).max() < 2.0


def test_a_carried_correction_is_nearly_as_good_as_a_new_one() -> None:
    """Of 24 frames the last is carried, with the network running for every second or third."""
    every, second, third = (
        float(
            np.mean([psnr(s.clean, s.restored) for s in list(play(BUNDLED_CLIP, 0.6, 24, n))[12:]])
        )
        for n in (1, 2, 3)
    )
    assert second > every - 0.25
    assert third > every - 0.5


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_every_clip_comes_closer_and_looks_more_like_the_person(
    shared_data: Path, name: str
) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 3
    before, after = ssim(last.clean, last.bad, last.restored)
    assert after > before + 0.05
    before, after = cosines(last)
    assert after > before


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_clean_clips_are_left_alone(shared_data: Path, name: str) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.0)
    assert np.abs(last.restored.astype(int) - last.clean).mean() < 1
