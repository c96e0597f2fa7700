"""The network with guidance and memory: what its inputs do before any training."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor

from tests.train.guided.pools import TINY
from train.models.counting import macs_of_call
from train.models.guided.network import GuidedNasfe
from train.models.guided.presets import GUIDED_SIZES, build_guided
from train.models.nasfe.genotype import load_genotype
from train.models.nasfe.presets import GENOTYPES


@pytest.fixture
def network() -> GuidedNasfe:
    torch.manual_seed(0)
    return GuidedNasfe(TINY, load_genotype(GENOTYPES / "nasfe-lite-guided.toml"))


def inputs(side: int = 64) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    generator = torch.Generator().manual_seed(1)
    face = torch.rand(2, 3, side, side, generator=generator)
    return face, torch.zeros(2, 4, side, side), torch.zeros(2, 4, side, side), torch.ones(2, 3)


def test_output_is_a_picture_of_the_input_s_size(network: GuidedNasfe) -> None:
    for height, width in ((64, 64), (96, 80)):
        face = torch.rand(1, 3, height, width)
        nothing = torch.zeros(1, 4, height, width)
        assert network(face, nothing, nothing, torch.ones(1, 3)).shape == face.shape


def test_each_input_matters_and_gets_a_gradient(network: GuidedNasfe) -> None:
    plain = network(*inputs())
    for place in (1, 2):
        changed = list(inputs())
        changed[place] = torch.rand(2, 4, 64, 64).requires_grad_()
        restored = network(*changed)
        assert (restored - plain).abs().max() > 1e-4
        restored.square().mean().backward()
        assert changed[place].grad is not None and changed[place].grad.abs().sum() > 0


def test_memory_is_taken_by_its_mask_alone(network: GuidedNasfe) -> None:
    face, guidance, _, classes = inputs()
    with torch.no_grad():
        network.leave.weight.zero_()
        network.leave.bias[48:64] = 20.0
        picture = torch.rand(2, 3, 64, 64)
        mask = torch.zeros(2, 1, 64, 64)
        mask[..., :32] = 1
        memory = torch.cat([picture * mask, mask], dim=1)
        restored = network(face, guidance, memory, classes)
    assert torch.allclose(restored[..., :32], picture[..., :32], atol=1e-4)
    assert not torch.allclose(restored[..., 32:], picture[..., 32:], atol=1e-2)


def test_detail_is_kept_by_its_gate(network: GuidedNasfe) -> None:
    face, guidance, memory, classes = inputs()
    with torch.no_grad():
        network.leave.weight.zero_()
        network.leave.bias.zero_()
        network.kept[2].bias.copy_(torch.tensor([1.0, 0.0]))
        network.leave.bias[64:] = 20.0
        assert torch.allclose(network(face, guidance, memory, classes), face, atol=1e-4)
        network.leave.bias[64:] = -20.0
        smooth = network(face, guidance, memory, classes)
    assert smooth.std() < 0.5 * face.std()
    assert abs(float(smooth.mean() - face.mean())) < 0.01


def test_identity_begins_as_nothing_and_learns(network: GuidedNasfe) -> None:
    identity, statistics = torch.randn(2, 256, 8, 8), torch.rand(2, 256)
    plain = network(*inputs())
    known = network(*inputs(), identity, statistics, statistics)
    assert torch.allclose(plain, known)
    known.mean().backward()
    assert network.identity is not None
    gradient = network.identity.project.weight.grad
    assert gradient is not None and gradient.abs().sum() > 0


def test_the_lite_size_costs_what_it_may() -> None:
    with torch.device("meta"):
        network = build_guided("nasfe-lite-guided")
    four = torch.zeros(1, 4, 256, 256, device="meta")
    arguments = (torch.zeros(1, 3, 256, 256, device="meta"), four, four)
    macs = macs_of_call(network, *arguments, torch.zeros(1, 3, device="meta"))
    assert 1.6e9 < macs < 1.9e9
    assert "nasfe-lite-guided" in GUIDED_SIZES


def test_the_baseline_is_as_dear_and_has_the_same_inputs() -> None:
    with torch.device("meta"):
        plain, ours = build_guided("plain-guided"), build_guided("nasfe-lite-guided")
        four = torch.zeros(1, 4, 256, 256)
        shown = (torch.zeros(1, 3, 256, 256), four, four, torch.zeros(1, 3))
    ratio = macs_of_call(plain, *shown) / macs_of_call(ours, *shown)
    assert 0.97 < ratio < 1.03
    torch.manual_seed(0)
    network = build_guided("plain-guided")
    assert network(*inputs()).shape == (2, 3, 64, 64)
