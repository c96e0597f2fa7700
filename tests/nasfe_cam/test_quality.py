"""The picture path with the real tracker, the real networks and real clips."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from benchmarks.clips import CLIPS, cosines, play
from nasfe_cam.benchmarking import BUNDLED_CLIP
from nasfe_cam.demonstration import psnr, ssim


def test_the_bundled_clip_comes_closer_to_the_clean_one() -> None:
    *_, last = play(BUNDLED_CLIP, 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 5
    assert ssim(last.clean, last.restored) > ssim(last.clean, last.bad) + 0.2


def test_a_clean_face_comes_out_as_it_went_in() -> None:
    shown = list(play(BUNDLED_CLIP, 0.0))
    difference = [np.abs(s.restored.astype(int) - s.clean).mean() for s in shown]
    assert max(difference) < 1


def test_restoration_does_not_flicker() -> None:
    """The brightness of the restored picture moves no faster than the clean clip's, but slowly."""
    shown = list(play(BUNDLED_CLIP, 0.6, frames=40))[20:]
    restored = np.array([s.restored.mean() for s in shown])
    assert np.abs(np.diff(restored)).max() < 2.0


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_every_clip_comes_closer_and_looks_more_like_the_person(
    shared_data: Path, name: str
) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.6)
    assert last.did_restore
    assert psnr(last.clean, last.restored) > psnr(last.clean, last.bad) + 3
    assert ssim(last.clean, last.restored) > ssim(last.clean, last.bad) + 0.05
    before, after = cosines(last)
    assert after > before


@pytest.mark.shared
@pytest.mark.parametrize("name", CLIPS)
def test_clean_clips_are_left_alone(shared_data: Path, name: str) -> None:
    *_, last = play(shared_data / "clips" / f"{name}.mp4", 0.0)
    assert np.abs(last.restored.astype(int) - last.clean).mean() < 1
