"""The perceptual loss: nothing for equal pictures, more for those further away."""

from __future__ import annotations

import pytest
import torch

from train.guided.perception import Perception
from train.models.vgg import VGGFeatures


@pytest.fixture(scope="module")
def perception() -> Perception:
    torch.manual_seed(0)
    vgg = VGGFeatures().eval().requires_grad_(False)
    return Perception(vgg, torch.device("cpu"))


@pytest.fixture
def clean() -> torch.Tensor:
    return torch.rand(2, 3, 32, 32, generator=torch.Generator().manual_seed(1))


def test_equal_pictures_cost_nothing(perception: Perception, clean: torch.Tensor) -> None:
    assert float(perception.loss(clean, clean)) == 0


def test_the_further_a_picture_is_the_more_it_costs(
    perception: Perception, clean: torch.Tensor
) -> None:
    costs = [float(perception.loss(share * clean, clean)) for share in (0.95, 0.8, 0.5)]
    assert costs == sorted(costs) and costs[0] > 0


def test_the_picture_gets_a_gradient_and_the_judge_none(
    perception: Perception, clean: torch.Tensor
) -> None:
    restored = (0.9 * clean).requires_grad_()
    perception.loss(restored, clean).backward()
    assert restored.grad is not None and float(restored.grad.abs().sum()) > 0
