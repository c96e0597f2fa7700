"""The stand-ins are as big as the networks that they stand for, and they run."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from benchmarks.network.stand_ins import codeformer, gfpgan
from benchmarks.network.stand_ins.codeformer import CodeFormer
from benchmarks.network.stand_ins.gfpgan import GFPGAN, ModulatedConvolution
from train.models.counting import macs_of_call, parameters_of

STAND_INS = (GFPGAN, CodeFormer)


def imagined(make: Callable[[int], nn.Module], side: int) -> tuple[nn.Module, Tensor]:
    with torch.device("meta"):
        return make(side).eval(), torch.zeros(1, 3, side, side)


@pytest.mark.parametrize("side", [256, 512])
@pytest.mark.parametrize("make", STAND_INS)
def test_a_crop_comes_back_at_its_size(make: Callable[[int], nn.Module], side: int) -> None:
    network, face = imagined(make, side)
    assert network(face).shape == face.shape


def test_gfpgan_has_every_published_parameter_that_inference_uses() -> None:
    network, _ = imagined(GFPGAN, gfpgan.NATIVE_SIDE)
    assert parameters_of(network) + gfpgan.NEVER_RUN == gfpgan.PUBLISHED_PARAMETERS


def test_codeformer_is_as_big_as_published() -> None:
    network, face = imagined(CodeFormer, codeformer.NATIVE_SIDE)
    assert parameters_of(network) == pytest.approx(codeformer.PUBLISHED_PARAMETERS, rel=0.005)
    assert macs_of_call(network, face) == pytest.approx(codeformer.PUBLISHED_MACS, rel=0.04)


@pytest.mark.parametrize(("make", "side"), [(GFPGAN, 32), (CodeFormer, 64)])
def test_random_weights_give_a_finite_picture_that_depends_on_the_face(
    make: Callable[[int], nn.Module], side: int
) -> None:
    torch.manual_seed(0)
    network = make(side).eval()
    restored, other = (network(face) for face in torch.rand(2, 1, 3, side, side) * 2 - 1)
    assert restored.isfinite().all()
    assert 0.01 < restored.std() < 100
    assert (restored - other).std() > 0.001 * restored.std()


def test_scaling_input_and_output_is_scaling_the_weights() -> None:
    torch.manual_seed(0)
    layer = ModulatedConvolution(8, 4, 3, normalises=True)
    features, style = torch.randn(1, 8, 6, 6), torch.randn(1, gfpgan.STYLE_CHANNELS)
    scaled = layer.weight * layer.style(style).reshape(1, 8, 1, 1)
    normed = scaled / (scaled.square().sum((1, 2, 3), keepdim=True) + 1e-8).sqrt()
    expected = functional.conv2d(features, normed, padding=1)
    torch.testing.assert_close(layer(features, style), expected)
