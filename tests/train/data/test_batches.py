"""Training batches hold the windows, sizes and captures that the experiment asks for."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
import torch

from nasfe_cam.degradation.parameters import CLEAN, Degradation, DegradationRanges
from nasfe_cam.degradation.webcam import NO_ARTEFACTS
from train.data.crop_store import list_crops
from train.data.samples.batches import BatchSampler
from train.degradation.sensor import DegradationBatch, degrade, degrade_as_captured
from train.experiment import Windows


def sampler(faces: Path, **changes: object) -> BatchSampler:
    values: dict[str, object] = {
        "windows": [Windows(side=32, batch=2)],
        "seed": 0,
        "ranges": DegradationRanges(),
        "kernels": 5,
    }
    return BatchSampler(list_crops(faces, "train"), None, **(values | changes))  # type: ignore[arg-type]


def test_kinds_of_windows_are_drawn_by_their_share(tiny_faces: Path) -> None:
    kinds = [
        Windows(side=32, batch=3, share=3.0),
        Windows(side=64, batch=1, share=1.0, whole_faces=True),
    ]
    batches = [sampler(tiny_faces, windows=kinds).draw(step) for step in range(200)]
    drawn = Counter((b.clean.shape[0], b.clean.shape[2], b.whole_faces) for b in batches)
    assert set(drawn) == {(3, 32, False), (1, 64, True)}
    assert drawn[(3, 32, False)] == pytest.approx(150, abs=25)


def test_the_camera_captures_at_other_sizes_as_often_as_asked(tiny_faces: Path) -> None:
    chosen = sampler(tiny_faces, captured=(0.5, (0.5, 1.5)))
    sides = [chosen.draw(step).noise.shape[-1] for step in range(200)]
    assert sum(side != 32 for side in sides) == pytest.approx(100, abs=25)
    assert all(16 <= side <= 48 and side % 2 == 0 for side in sides)
    assert min(sides) < 20 and max(sides) > 44


def test_webcam_artefacts_come_as_often_as_asked_and_change_nothing_else(tiny_faces: Path) -> None:
    plain, with_some = sampler(tiny_faces), sampler(tiny_faces, webcam_share=0.4)
    artefacts = []
    for step in range(100):
        one, other = plain.draw(step), with_some.draw(step)
        assert one.artefacts == [NO_ARTEFACTS] * 2
        assert torch.equal(one.clean, other.clean) and torch.equal(one.noise, other.noise)
        artefacts += other.artefacts
    assert sum(one != NO_ARTEFACTS for one in artefacts) == pytest.approx(80, abs=25)


def test_captured_at_its_own_size_is_the_plain_degradation() -> None:
    picture, noise = torch.rand(1, 3, 32, 32), torch.randn(1, 1, 32, 32)
    parameters = DegradationBatch.of([Degradation(constant_noise=0.05)])
    assert torch.equal(
        degrade_as_captured(picture, parameters, noise), degrade(picture, parameters, noise)
    )


def test_a_small_face_has_larger_grains_and_a_large_one_weaker_noise() -> None:
    half, same, twice = (captured_noise(side) for side in (64, 128, 256))
    assert neighbours(half) > 0.8 > neighbours(same)
    assert twice.std() < 0.6 * same.std()


def captured_noise(side: int) -> torch.Tensor:
    """The error, 128 x 128, of a grey window that was captured at another size."""
    noise = torch.randn(1, 1, side, side, generator=torch.Generator().manual_seed(0))
    parameters = DegradationBatch.of([Degradation(constant_noise=0.05)])
    seen = degrade_as_captured(torch.full((1, 3, 128, 128), 0.5), parameters, noise)[0, 1]
    return seen - seen.mean()


def neighbours(error: torch.Tensor) -> float:
    """Correlation of horizontal neighbours: the size of the grains."""
    return float((error[:, 1:] * error[:, :-1]).mean() / error.square().mean())


def test_a_clean_picture_survives_a_larger_capture() -> None:
    smooth = torch.nn.functional.interpolate(torch.rand(1, 3, 4, 4), 64, mode="bicubic").clamp(0, 1)
    parameters = DegradationBatch.of([CLEAN])
    seen = degrade_as_captured(smooth, parameters, torch.zeros(1, 1, 96, 96))
    assert (seen - smooth).abs().max() < 0.02
