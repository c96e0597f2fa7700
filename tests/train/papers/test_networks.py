"""The papers' networks under test and in the camera's files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import onnx
import pytest
import torch
from torch import nn

import train
from engine.errors import ModelFileMissing
from nasfe_cam.restoration.restorer import RESTORER_TENSORS, restorer_network
from tests.train.conftest import Command
from tests.train.guided.pools import landmarks
from train.cli.options.paper_candidates import papers_under_test
from train.data.crop_store import Crop, list_crops
from train.data.test_sets import DegradedPicture
from train.evaluation.evaluation_loop import NONE, OWN, OWN_TRUE, STRANGER
from train.export.onnx import ModelText
from train.export.papers import GuideNotWarped, export_paper_network
from train.models.gfrnet.network import GFRNet, GFRNetSize, Guidance
from train.models.hifacegan.network import HiFaceGAN, HiFaceGANSize
from train.models.mmrb.network import MMRBNetwork, MMRBSize
from train.models.mmrb.stylegan2 import StyleGAN2Size
from train.papers.ablation import load_paper_ablation
from train.papers.candidate import PaperUnderTest
from train.papers.networks import OtherNetwork, fitted, unfitted

ABLATIONS = Path(train.__file__).parent / "experiments" / "papers" / "ablation"
GFRNET = GFRNetSize((4, 6, 8), (4, 6, 8))


def hifacegan() -> nn.Module:
    return HiFaceGAN(HiFaceGANSize((4, 6, 8), (4, 6, 8), 3, 4, 0, False))


def gfrnet() -> nn.Module:
    return GFRNet(GFRNET, Guidance.LANDMARKS)


def mmrb() -> nn.Module:
    return MMRBNetwork(MMRBSize(StyleGAN2Size((4, 4, 4, 4, 4), 8, 1), (4, 4, 4, 4, 4)))


def found_everywhere(picture: np.ndarray, mesh: object) -> np.ndarray:
    return landmarks()


@pytest.fixture
def crops(tiny_faces: Path) -> list[Crop]:
    return list_crops(tiny_faces, "train")


def shown(crops: list[Crop]) -> DegradedPicture:
    clean = np.random.default_rng(0).random((64, 48, 3), np.float32)
    own, stranger = crops[1:4], crops[4:8]
    return DegradedPicture(clean, 0.3 * clean, crops[0], None, tuple(own), tuple(stranger))


def under_test(network: nn.Module, crops: list[Crop]) -> PaperUnderTest:
    meshes = {crop.name: landmarks(index) for index, crop in enumerate(crops)}
    return PaperUnderTest("tiny", network.eval(), None, meshes)  # type: ignore[arg-type]


@pytest.mark.parametrize("make", [hifacegan, mmrb])
def test_networks_without_a_guide_have_one_row(
    make: Callable[[], nn.Module], crops: list[Crop]
) -> None:
    torch.manual_seed(0)
    results = under_test(make(), crops).restored(shown(crops))
    assert list(results) == [NONE]
    assert results[NONE].shape == (64, 48, 3) and np.ptp(results[NONE]) > 0


def test_a_guided_network_has_a_row_for_each_guide(crops: list[Crop]) -> None:
    torch.manual_seed(0)
    network = GFRNet(GFRNET)
    results = under_test(network, crops).restored(shown(crops))
    assert list(results) == [NONE, OWN, STRANGER]
    assert np.abs(results[OWN] - results[STRANGER]).max() > 0
    alone = under_test(GFRNet(GFRNET, Guidance.NOTHING), crops).restored(shown(crops))
    assert list(alone) == [NONE]


def test_guides_that_are_warped_have_a_row_for_true_landmarks(
    crops: list[Crop], monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.manual_seed(0)
    monkeypatch.setattr("train.papers.candidate.landmarks_of_crop", found_everywhere)
    results = under_test(gfrnet(), crops).restored(shown(crops))
    assert set(results) == {NONE, OWN, OWN_TRUE, STRANGER}
    # Where nobody finds a face, nobody's photo is shown.
    monkeypatch.setattr("train.papers.candidate.landmarks_of_crop", lambda *_: None)
    blind = under_test(gfrnet(), crops)
    torch.manual_seed(0)
    got = blind.restored(shown(crops))
    np.testing.assert_array_equal(got[OWN], got[NONE])


def test_a_guide_without_a_face_is_nobodys(crops: list[Crop]) -> None:
    nothing = np.full((478, 2), np.nan, np.float32)
    tested = PaperUnderTest(
        "tiny",
        GFRNet(GFRNET).eval(),
        None,  # type: ignore[arg-type]
        {crop.name: nothing for crop in crops},
    )
    assert list(tested.restored(shown(crops))) == [NONE]


@pytest.mark.parametrize(("height", "width"), [(64, 64), (64, 48), (50, 50), (176, 144)])
def test_what_is_fitted_comes_back_where_it_was(height: int, width: int) -> None:
    picture = torch.rand(1, 3, height, width)
    network = gfrnet()
    taken = fitted(network, picture)
    assert taken.shape[-1] == taken.shape[-2] and taken.shape[-1] % 8 == 0
    assert torch.equal(unfitted(network, taken, height, width), picture)
    smooth = torch.linspace(0, 1, height)[None, None, :, None].expand(1, 3, height, width)
    resized = mmrb()
    back = unfitted(resized, fitted(resized, smooth), height, width)
    assert back.shape == smooth.shape and (back - smooth).abs().max() < 0.05


@pytest.mark.parametrize("make", [hifacegan, gfrnet, mmrb])
def test_the_camera_finds_all_its_inputs_in_the_file(
    make: Callable[[], nn.Module], tmp_path: Path
) -> None:
    torch.manual_seed(0)
    crops = np.random.default_rng(0).random((2, 3, 256, 256), np.float32)
    path = tmp_path / "tiny.onnx"
    network = make().eval().requires_grad_(False)
    export_paper_network("tiny", network, path, crops, ModelText({"architecture": "tiny"}))
    graph = onnx.load(str(path)).graph
    named = {one.name for one in (*graph.input, *graph.output)}
    assert set(RESTORER_TENSORS) <= named
    assert ({"guidance", "memory"} <= named) == isinstance(network, GFRNet)


def test_a_network_that_warps_itself_is_not_written_for_the_camera(tmp_path: Path) -> None:
    crops = np.zeros((1, 3, 256, 256), np.float32)
    with pytest.raises(GuideNotWarped, match="flow"):
        export_paper_network("tiny", GFRNet(GFRNET), tmp_path / "a.onnx", crops, ModelText({}))
    assert not (tmp_path / "a.onnx").exists()


def test_networks_that_are_not_there_are_refused_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ModelFileMissing) as refused:
        restorer_network("hifacegan-lite", tmp_path)
    assert "\n" not in str(refused.value)
    with pytest.raises(ModelFileMissing):
        papers_under_test([tmp_path / "average.safetensors"], [])
    trained = Path(train.__file__).parent / "trained" / "nasfe-lite.safetensors"
    with pytest.raises(OtherNetwork):
        papers_under_test([trained], [])


def test_run_knows_a_papers_experiment_and_refuses_a_wrong_one(
    tmp_path: Path, nasfe_train: Command
) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('paper = "gfrnet"\nbatch = 1\n', encoding="utf-8")
    ended = nasfe_train("run", path)
    assert ended.exit_code == 2 and ended.stderr.count("\n") == 1
    assert "bad.toml" in ended.stderr


@pytest.mark.parametrize("path", sorted(ABLATIONS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_row_of_an_ablation_has_the_same_budget(path: Path) -> None:
    rows = load_paper_ablation(path)
    assert len({chosen.pictures for _, chosen in rows}) == 1
    first = rows[0][1].model_dump()
    for name, chosen in rows[1:]:
        changed = {key for key, value in chosen.model_dump().items() if value != first[key]}
        assert changed, name
    small = rows[0][1].scaled(0.1)
    assert small.pictures == round(0.1 * rows[0][1].pictures)
    assert small.adversarial_from == round(0.1 * rows[0][1].adversarial_from)
