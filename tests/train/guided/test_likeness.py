"""The identity loss: minds who it is, and neither grain nor where the face lies."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from train.guided.likeness import Likeness


class Everything(nn.Module):
    """Tells faces apart by every pixel."""

    def forward(self, faces: Tensor) -> Tensor:
        return nn.functional.normalize(faces.flatten(1))


@pytest.fixture
def clean() -> Tensor:
    coarse = torch.rand(2, 3, 8, 8, generator=torch.Generator().manual_seed(1))
    return nn.functional.interpolate(coarse, size=(176, 176), mode="bicubic").clamp(0, 1)


def angle(restored: Tensor, clean: Tensor, seed: int = 0) -> float:
    chance = torch.Generator().manual_seed(seed)
    return float(Likeness(Everything()).loss(restored, clean, chance))


def test_the_same_face_costs_next_to_nothing(clean: Tensor) -> None:
    # The cosine is kept off 1.
    assert angle(clean, clean) < 0.02


def test_another_face_costs_more(clean: Tensor) -> None:
    assert angle(clean.flip(0), clean) > 10 * angle(clean, clean)


def test_grain_is_hardly_seen(clean: Tensor) -> None:
    """Its gradient has nothing as fine: this loss draws no grain."""
    grain = 0.1 * torch.randn(clean.shape, generator=torch.Generator().manual_seed(2))
    seen = nn.functional.cosine_similarity((clean + grain).flatten(1), clean.flatten(1))
    assert angle(clean + grain, clean) < 0.5 * float(seen.arccos().mean())
    restored = (0.8 * clean + 0.1 * clean.flip(0)).requires_grad_()
    Likeness(Everything()).loss(restored, clean, torch.Generator()).backward()  # type: ignore[no-untyped-call]
    assert restored.grad is not None
    spectrum = torch.fft.rfft2(restored.grad).abs().mean(dim=(0, 1))
    assert float(spectrum[60:116, 60:].mean()) < 0.01 * float(spectrum[:8, :8].mean())


def test_every_look_is_another_one(clean: Tensor) -> None:
    other = 0.7 * clean + 0.3 * clean.flip(0)
    assert angle(other, clean, seed=1) == angle(other, clean, seed=1)
    assert len({angle(other, clean, seed) for seed in range(4)}) == 4
