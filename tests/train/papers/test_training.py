"""Every paper's network learns, and resumes to the same weights as without a break."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch

import train
from tests.train.guided.pools import pool
from train.checkpoint import CheckpointRefused
from train.experiment import ExperimentRefused
from train.guided.training import AVERAGE, CHECKPOINT
from train.models.gfrnet import presets as gfrnet_presets
from train.models.gfrnet.network import GFRNetSize, Guidance
from train.models.hifacegan import presets as hifacegan_presets
from train.models.hifacegan.network import HiFaceGANSize
from train.models.mmrb import presets as mmrb_presets
from train.models.mmrb.network import MMRBSize
from train.models.mmrb.stylegan2 import StyleGAN2Size
from train.models.mobilefacenet import MobileFaceNet
from train.models.vgg import VGGFeatures
from train.papers import networks
from train.papers.experiment import (
    GFRNetExperiment,
    HiFaceGANExperiment,
    MMRBExperiment,
    PaperExperiment,
    PriorExperiment,
    load_paper_experiment,
    paper_of,
)
from train.papers.gfrnet_recipe import GFRNetRecipe
from train.papers.hifacegan_recipe import HiFaceGANRecipe
from train.papers.mmrb_recipe import MMRBRecipe
from train.papers.prior_recipe import PriorRecipe
from train.papers.recipe import Recipe
from train.papers.samples import PaperBatch, PaperSampler, Shown
from train.papers.training import begin, train_paper
from train.training import TrainingDiverged

EXPERIMENTS = Path(train.__file__).parent / "experiments" / "papers"
SIDE = 64

PRIOR = StyleGAN2Size((8, 8, 8, 8, 8), 8, 2)
COMMON = {"network": "tiny", "pictures": 8, "batch": 2, "side": SIDE, "learning_rate": 1e-3}
CHOSEN: dict[str, PaperExperiment] = {
    "hifacegan": HiFaceGANExperiment(paper="hifacegan", **COMMON),
    "gfrnet": GFRNetExperiment(paper="gfrnet", warp_pictures=2, **COMMON),
    "mmrb": MMRBExperiment(paper="mmrb", **COMMON),
    "stylegan2": PriorExperiment(paper="stylegan2", penalty_every=2, **COMMON),
}


@pytest.fixture(autouse=True)
def tiny_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    size = HiFaceGANSize((4, 6, 8), (4, 6, 8), 3, 4, 1, False)
    monkeypatch.setitem(hifacegan_presets.HIFACEGAN_SIZES, "tiny", size)
    monkeypatch.setitem(hifacegan_presets.HIFACEGAN_WIDTHS, "tiny", (4, 6, 8))
    monkeypatch.setitem(gfrnet_presets.GFRNET_SIZES, "tiny", GFRNetSize((4, 6, 8), (4, 6, 8)))
    monkeypatch.setitem(gfrnet_presets.GFRNET_WIDTHS, "tiny", (4, 6, 8))
    monkeypatch.setitem(mmrb_presets.PRIOR_SIZES, "tiny", PRIOR)
    monkeypatch.setitem(mmrb_presets.MMRB_SIZES, "tiny", MMRBSize(PRIOR, (4, 4, 4, 4, 4)))
    monkeypatch.setitem(mmrb_presets.LOCAL_WIDTHS, "tiny", (4, 4, 4))


@pytest.fixture(scope="module")
def vgg() -> VGGFeatures:
    torch.manual_seed(0)
    return VGGFeatures().eval().requires_grad_(False)


@pytest.fixture(scope="module")
def recogniser() -> MobileFaceNet:
    torch.manual_seed(0)
    return MobileFaceNet().eval().requires_grad_(False)


@pytest.fixture
def make(vgg: VGGFeatures, recogniser: MobileFaceNet) -> Callable[[PaperExperiment], Recipe]:
    def built(chosen: PaperExperiment) -> Recipe:
        if isinstance(chosen, HiFaceGANExperiment):
            return HiFaceGANRecipe(chosen, vgg)
        if isinstance(chosen, GFRNetExperiment):
            return GFRNetRecipe(chosen, vgg)
        if isinstance(chosen, MMRBExperiment):
            return MMRBRecipe(chosen, vgg, recogniser, None)
        assert isinstance(chosen, PriorExperiment)
        return PriorRecipe(chosen)

    return built


def sampler(chosen: PaperExperiment) -> PaperSampler:
    shown = Shown(
        chosen.side,
        chosen.batch,
        ("FR-4x", "GFR", "MMRB", "NASFE"),
        guides=isinstance(chosen, GFRNetExperiment),
        warped=isinstance(chosen, GFRNetExperiment) and chosen.guidance is Guidance.LANDMARKS,
        no_guide_share=0.2,
    )
    return PaperSampler(pool, shown, 1, [torch.full((3, 3), 1 / 9).numpy()])


def run(
    chosen: PaperExperiment,
    make: Callable[[PaperExperiment], Recipe],
    folder: Path,
    steps: int = 1000,
) -> list[dict[str, float]]:
    folder.mkdir(exist_ok=True)
    told: list[dict[str, float]] = []
    training = begin(chosen, lambda: make(chosen), folder)
    train_paper(
        chosen,
        training,
        sampler(chosen),
        folder,
        lambda pictures, parts: told.append(parts),
        stopped=lambda: len(told) >= steps,
    )
    return told


@pytest.mark.parametrize("paper", list(CHOSEN))
def test_a_run_that_was_interrupted_ends_with_the_same_weights(
    paper: str, tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    chosen = CHOSEN[paper]
    whole = run(chosen, make, tmp_path / "whole")
    first = run(chosen, make, tmp_path / "parts", steps=2)
    rest = run(chosen, make, tmp_path / "parts")
    assert len(whole) == 4 and len(first) == 2 and len(rest) == 2
    for one, other in zip(whole, [*first, *rest], strict=True):
        assert one == pytest.approx(other, rel=1e-4)
    ends = [
        torch.load(tmp_path / name / CHECKPOINT, weights_only=True) for name in ("whole", "parts")
    ]
    assert ends[0]["pictures"] == ends[1]["pictures"] == 8
    for part in ("network", "average", "judges"):
        assert ends[0][part].keys() == ends[1][part].keys()
        for name, value in ends[0][part].items():
            torch.testing.assert_close(value, ends[1][part][name], rtol=1e-3, atol=1e-5)


class Repeating:
    """Shows the first batch over and over."""

    def __init__(self, chosen: PaperExperiment) -> None:
        self._batch = sampler(chosen).draw(0)

    def draw(self, step: int) -> PaperBatch:
        return self._batch


@pytest.mark.parametrize(("paper", "rate"), [("hifacegan", 4e-3), ("gfrnet", 4e-3), ("mmrb", 4e-3)])
def test_it_learns_to_restore(
    paper: str, rate: float, tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    changes = {"pictures": 100, "learning_rate": rate, "adversarial_from": 1000}
    if paper == "hifacegan":
        changes["lambda_l1"] = 1
    if paper == "gfrnet":
        changes["warp_pictures"] = 0
    chosen = CHOSEN[paper].model_copy(update=changes)
    told: list[dict[str, float]] = []
    training = begin(chosen, lambda: make(chosen), tmp_path)
    train_paper(chosen, training, Repeating(chosen), tmp_path, lambda _, parts: told.append(parts))
    measured = "l2" if paper == "gfrnet" else "l1"
    assert told[-1][measured] < 0.7 * told[0][measured]


def test_warp_net_is_trained_alone_at_first(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    told = run(CHOSEN["gfrnet"], make, tmp_path)
    assert {"landmarks", "variation"} <= told[0].keys() and "l2" not in told[0]
    assert {"l2", "face", "box", "perceptual"} <= told[1].keys()


def test_a_batch_without_any_guide_is_trained_on_too(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    chosen = CHOSEN["gfrnet"].model_copy(update={"warp_pictures": 0})
    batch = sampler(chosen).draw(0)
    unguided = replace(batch, guided=torch.zeros_like(batch.guided))
    recipe = make(chosen)
    losses = recipe.loss(unguided, recipe.make(unguided), 0)
    assert "landmarks" not in losses and all(loss.isfinite() for loss in losses.values())


def test_a_row_without_flow_has_no_flow_losses(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    chosen = CHOSEN["gfrnet"].model_copy(update={"guidance": Guidance.LANDMARKS, "pictures": 4})
    told = run(chosen, make, tmp_path)
    assert "l2" in told[0] and "landmarks" not in told[0]


def test_a_checkpoint_of_another_network_is_refused(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    run(CHOSEN["hifacegan"], make, tmp_path, steps=1)
    with pytest.raises(CheckpointRefused, match="another architecture"):
        begin(CHOSEN["gfrnet"], lambda: make(CHOSEN["gfrnet"]), tmp_path)


def test_a_loss_that_is_no_number_ends_the_run(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe]
) -> None:
    chosen = CHOSEN["hifacegan"].model_copy(update={"lambda_l1": math.inf})
    with pytest.raises(TrainingDiverged):
        run(chosen, make, tmp_path)


def test_averaged_weights_say_what_they_are_of(
    tmp_path: Path, make: Callable[[PaperExperiment], Recipe], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(networks.PAPERS, "tiny", "hifacegan")
    chosen = CHOSEN["hifacegan"].model_copy(update={"adaptive": False, "pictures": 2})
    run(chosen, make, tmp_path)
    name, network = networks.load_paper_network(tmp_path / AVERAGE)
    assert name == "tiny"
    face = torch.rand(1, 3, 50, 42)
    restored = networks.restore_picture(network, face)
    assert restored.shape == face.shape


def test_networks_of_others_are_refused_in_one_line() -> None:
    weights = Path(train.__file__).parent / "trained" / "nasfe-lite-guided.safetensors"
    with pytest.raises(networks.OtherNetwork, match="'nasfe-lite-guided'"):
        networks.load_paper_network(weights)


@pytest.mark.parametrize("path", sorted(EXPERIMENTS.glob("*.toml")), ids=lambda path: path.stem)
def test_every_committed_experiment_can_be_read(path: Path) -> None:
    chosen = load_paper_experiment(path)
    assert paper_of(path) is not None
    known = {**networks.PAPERS, "stylegan2": "", "stylegan2-lite": ""}
    assert chosen.network in known


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('paper = "other"', "'other' is none of"),
        ('paper = "gfrnet"\nnetwork = "x"\npictures = 1\nlearning_rate = 1\nbatch = 1', "batch"),
        (
            'paper = "mmrb"\nnetwork = "x"\npictures = 1\nlearning_rate = 1\n'
            'degradation = ["rain"]',
            "'rain' is none of",
        ),
        ('paper = "mmrb"\nlayers = 3', "network: Field required"),
    ],
)
def test_bad_experiments_are_refused_in_one_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ExperimentRefused) as refused:
        load_paper_experiment(path)
    assert said in str(refused.value) and "\n" not in str(refused.value)
