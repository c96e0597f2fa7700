"""GFRNet's sampling, losses and rows against their equations."""

from __future__ import annotations

import pytest
import torch

from train.models.gfrnet.discriminator import cut, landmark_boxes
from train.models.gfrnet.network import GFRNet, GFRNetSize, Guidance
from train.models.gfrnet.presets import GFRNET_SIZES
from train.models.gfrnet.sampling import flow_at, identity_flow, warp_by_flow
from train.papers.losses import (
    landmark_loss,
    perceptual_loss,
    smoothed_judge_loss,
    total_variation,
)

TINY = GFRNetSize((4, 6, 8), (4, 6, 8))


def picture() -> torch.Tensor:
    return torch.rand(2, 3, 6, 8, generator=torch.Generator().manual_seed(0))


def test_the_identity_flow_moves_nothing() -> None:
    guide = picture()
    torch.testing.assert_close(warp_by_flow(guide, identity_flow(2, 6, 8)), guide)


def test_a_flow_of_one_pixel_shifts_by_one_pixel() -> None:
    guide, flow = picture(), identity_flow(2, 6, 8).clone()
    flow[:, 0] += 2 / 8
    warped = warp_by_flow(guide, flow)
    torch.testing.assert_close(warped[..., :-1], guide[..., 1:])
    # Beyond the edge there is nothing.
    assert warped[..., -1].abs().max() < 1e-5


def test_a_mirrored_flow_flips() -> None:
    guide, flow = picture(), identity_flow(2, 6, 8).clone()
    flow[:, 0] *= -1
    torch.testing.assert_close(warp_by_flow(guide, flow), guide.flip(-1))


def test_any_flow_is_equation_2() -> None:
    guide = picture()[:1]
    torch.manual_seed(0)
    flow = 0.9 * (2 * torch.rand(1, 2, 4, 5) - 1)
    warped = warp_by_flow(guide, flow)
    _, _, height, width = guide.shape
    for i in range(4):
        for j in range(5):
            # Phi^x and Phi^y of eq. 2, in pixels.
            x = (flow[0, 0, i, j] + 1) * width / 2 - 0.5
            y = (flow[0, 1, i, j] + 1) * height / 2 - 0.5
            total = torch.zeros(3)
            for h in range(height):
                for w in range(width):
                    weight = (1 - (y - h).abs()).clamp(min=0) * (1 - (x - w).abs()).clamp(min=0)
                    total += guide[0, :, h, w] * weight
            torch.testing.assert_close(warped[0, :, i, j], total, rtol=1e-4, atol=1e-5)


def test_the_landmark_loss_is_zero_for_a_perfect_flow_and_grows_with_its_square() -> None:
    torch.manual_seed(0)
    landmarks = 0.2 + 0.6 * torch.rand(2, 68, 2)
    moved = identity_flow(2, 64, 64).clone()
    moved[:, 0] += 0.1
    moved[:, 1] -= 0.2
    # In crops the way is half as long as in -1..1.
    perfect = landmarks + torch.tensor([0.05, -0.1])
    assert landmark_loss(moved, landmarks, perfect).item() < 1e-6
    # Off by d in -1..1 in x, for every landmark: 68 d^2.
    for d in (0.1, 0.2):
        off = perfect + torch.tensor([d / 2, 0.0])
        assert landmark_loss(moved, landmarks, off).item() == pytest.approx(68 * d**2, rel=1e-3)


def test_the_flow_is_read_between_pixels() -> None:
    flow = identity_flow(1, 16, 16)
    points = torch.tensor([[[0.3, -0.55], [0.0, 0.0]]])
    torch.testing.assert_close(flow_at(flow, points), points)


def test_total_variation_is_equation_10() -> None:
    flow = torch.randn(2, 2, 4, 5, generator=torch.Generator().manual_seed(0))
    wanted = 0.0
    for n in range(2):
        for plane in flow[n]:
            for i in range(4):
                for j in range(5):
                    wanted += float((plane[i, j + 1] - plane[i, j]) ** 2) if j < 4 else 0.0
                    wanted += float((plane[i + 1, j] - plane[i, j]) ** 2) if i < 3 else 0.0
    assert total_variation(flow).item() == pytest.approx(wanted / 2, rel=1e-5)
    assert total_variation(torch.ones(1, 2, 4, 4)).item() == 0


def test_labels_are_smoothed_to_nine_tenths() -> None:
    confident = torch.full((1, 1, 2, 2), 12.0)
    right = torch.full((1, 1, 2, 2), 2.1972)  # sigmoid = 0.9
    fake = torch.full((1, 1, 2, 2), -12.0)
    assert smoothed_judge_loss(right, fake) < smoothed_judge_loss(confident, fake)


def test_perceptual_loss_is_equation_5() -> None:
    one, other = torch.rand(2, 3, 4, 4), torch.rand(2, 3, 4, 4)
    wanted = ((one - other) ** 2).sum(dim=(1, 2, 3)).mean() / 48
    torch.testing.assert_close(perceptual_loss(one, other), wanted)


def test_an_untrained_warp_net_nearly_hands_the_guide_on() -> None:
    torch.manual_seed(0)
    network = GFRNet(TINY)
    guided = network.guided(torch.rand(4, 3, 16, 16), torch.rand(4, 3, 16, 16))
    assert guided.flow is not None and guided.warped is not None
    assert (guided.flow - identity_flow(4, 16, 16)).abs().max() < 0.5
    assert guided.restored.shape == (4, 3, 16, 16)
    # Through the sampling, what is restored teaches WarpNet.
    guided.restored.mean().backward()
    assert network.warp_net is not None
    assert all(p.grad is not None for p in network.warp_net.parameters())


@pytest.mark.parametrize("guidance", list(Guidance))
def test_rows_look_at_what_they_say(guidance: Guidance) -> None:
    torch.manual_seed(0)
    network = GFRNet(TINY, guidance).eval()
    channels = 4 if guidance is Guidance.LANDMARKS else 3
    face = torch.rand(1, 3, 16, 16)
    one, other = torch.rand(1, channels, 16, 16), torch.rand(1, channels, 16, 16)
    same = torch.allclose(network(face, one), network(face, other))
    assert same == (guidance is Guidance.NOTHING)
    assert (network.warp_net is not None) == (guidance is Guidance.FLOW)


def test_the_papers_size_has_eight_layers_each_way() -> None:
    size = GFRNET_SIZES["gfrnet"]
    with torch.device("meta"):
        network = GFRNet(size)
    assert network.warp_net is not None
    assert len(network.warp_net.encoder) == len(network.warp_net.decoder) == 8
    assert len(network.rec_net.encoder) == len(network.rec_net.decoder) == 8


def test_the_local_discriminator_is_shown_the_box_of_the_landmarks() -> None:
    rows = torch.arange(16.0)[:, None].expand(16, 16)
    pictures = torch.stack([rows, rows.T])[None]
    landmarks = torch.tensor([[[0.25, 0.5], [0.75, 1.0]]])
    boxes = landmark_boxes(landmarks)
    assert boxes.tolist() == [[0.25, 0.5, 0.75, 1.0]]
    got = cut(pictures, boxes, 8)
    torch.testing.assert_close(got, pictures[..., 8:, 4:12])
