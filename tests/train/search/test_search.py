"""The search draws architectures, pays for latency, resumes exactly, derives faithfully."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
import torch

from nasfe_cam.degradation.parameters import DegradationRanges
from train.data.crop_store import list_crops
from train.data.samples.batches import BatchSampler
from train.experiment import Windows
from train.models.nasfe.fusion_cell import Place
from train.models.nasfe.fusion_network import FusionNetwork
from train.models.nasfe.genotype import load_genotype, save_genotype
from train.models.nasfe.network import Nasfe
from train.models.nasfe.presets import SIZES
from train.models.vgg import VGGFeatures
from train.search.architecture_sampling import draw, policy_loss
from train.search.derivation import derive, inherited_weights
from train.search.experiment import SearchExperiment, load_search_experiment
from train.search.latency import LatencyTable, PlaceNotMeasured, expected_latency
from train.search.relaxed_fusion import OPERATOR_NAMES, RelaxedFusionNetwork
from train.search.search_loop import LOG, halves, relaxed_network, search

ENTRY = Place(128, 8)
CELLS = (Place(96, 8), Place(192, 16), Place(96, 8))


def relaxed(blocks: int = 2) -> RelaxedFusionNetwork:
    torch.manual_seed(0)
    return RelaxedFusionNetwork(ENTRY, CELLS, blocks)


def test_draws_follow_the_softmax_and_never_repeat_within_one() -> None:
    torch.manual_seed(0)
    logits = torch.tensor([0.0, 1.0, 2.0])
    draws = [draw(logits)[0][0] for _ in range(3000)]
    for index, share in enumerate(torch.softmax(logits, 0).tolist()):
        assert Counter(draws)[index] / 3000 == pytest.approx(share, abs=0.03)
    assert all(len(set(draw(logits, 2)[0])) == 2 for _ in range(50))


def test_a_draw_says_how_likely_it_was() -> None:
    torch.manual_seed(0)
    logits = torch.tensor([0.5, -0.5, 1.0])
    expected = {tuple(d): p.exp().item() for d, p in (draw(logits, 2) for _ in range(200))}
    assert len(expected) == 6
    assert sum(expected.values()) == pytest.approx(1, abs=1e-5)
    seen = Counter(tuple(draw(logits, 2)[0]) for _ in range(3000))
    for pair, probability in expected.items():
        assert seen[pair] / 3000 == pytest.approx(probability, abs=0.03)


def test_the_estimated_gradient_is_that_of_the_expected_loss() -> None:
    torch.manual_seed(0)
    logits = torch.tensor([0.3, -0.2, 0.0], requires_grad=True)
    losses = torch.tensor([1.0, 3.0, 2.0])
    (exact,) = torch.autograd.grad((torch.softmax(logits, 0) * losses).sum(), logits)
    total = torch.zeros(3)
    for _ in range(2000):
        drawn = [draw(logits) for _ in range(3)]
        seen = torch.stack([losses[index] for (index,), _ in drawn])
        estimate = policy_loss(seen, torch.stack([probability for _, probability in drawn]))
        total += torch.autograd.grad(estimate, logits)[0]
    torch.testing.assert_close(total / 2000, exact, atol=0.04, rtol=0)


def test_only_drawn_connections_learn_from_the_picture_and_all_from_latency() -> None:
    network = relaxed()
    chosen, probability = network.draw()
    probability.backward()
    first = chosen.cells[0].blocks[0].first
    touched = network.relaxed_cells()[0].operator_logits[0].grad
    assert touched is not None and touched[first.source].abs().sum() > 0
    network.zero_grad()
    expected_latency(network, LatencyTable()).backward()
    for cell in network.relaxed_cells():
        for logits in cell.operator_logits:
            assert logits.grad is not None and (logits.grad.abs().sum(1) > 0).all()


def test_the_search_prefers_what_restores_better() -> None:
    """Where only one operator of the first block makes the loss small, it is found."""
    network = relaxed(blocks=1)
    optimiser = torch.optim.Adam(network.architecture(), 0.05)
    for _ in range(300):
        drawn = [network.draw() for _ in range(3)]
        losses = torch.tensor(
            [float(g.cells[0].blocks[0].first.operator != "res2block") for g, _ in drawn]
        )
        loss = policy_loss(losses, torch.stack([probability for _, probability in drawn]))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    assert derive(network).cells[0].blocks[0].first.operator == "res2block"


def test_a_width_that_was_never_measured_says_how_to_measure_it() -> None:
    with pytest.raises(PlaceNotMeasured, match=r"measured at 7x64x64.*operators --write"):
        LatencyTable().row(Place(7, 4))


def test_paying_for_latency_makes_the_architecture_faster() -> None:
    network, table = relaxed(), LatencyTable()
    before = expected_latency(network, table).item()
    optimiser = torch.optim.Adam(network.architecture(), 0.05)
    for _ in range(50):
        optimiser.zero_grad()
        expected_latency(network, table).backward()
        optimiser.step()
    assert expected_latency(network, table).item() < 0.3 * before


def test_the_derived_network_computes_what_the_searched_one_does(tmp_path: Path) -> None:
    """Computing the derived architecture gives the same, with its own copy of the weights."""
    network = relaxed()
    torch.manual_seed(3)
    for logits in network.architecture():
        logits.data = 200.0 * torch.rand(logits.shape).argsort().argsort().float()
    genotype = derive(network)
    network.chosen = genotype
    path = tmp_path / "genotype.toml"
    save_genotype(genotype, path, "made by a test")
    assert load_genotype(path) == genotype
    derived = FusionNetwork(ENTRY, CELLS, genotype)
    state = {f"fusion.{name}": value for name, value in network.state_dict().items()}
    own = inherited_weights(state, genotype)
    derived.load_state_dict({name.removeprefix("fusion."): v for name, v in own.items()})
    features = torch.randn(1, 128, 8, 8)
    with torch.inference_mode():
        torch.testing.assert_close(derived(features), network(features), rtol=1e-4, atol=1e-4)


def test_a_block_always_has_one_operator_that_does_something() -> None:
    network = relaxed()
    for cell in network.relaxed_cells():
        for logits in cell.operator_logits:
            logits.data[:, OPERATOR_NAMES.index("none")] = 10
    for cell_genotype in derive(network).cells:
        assert all(block.first.operator != "none" for block in cell_genotype.blocks)


def test_no_person_is_in_both_halves(tiny_faces: Path) -> None:
    crops = list_crops(tiny_faces, "train")
    one, other = halves(crops)
    assert sorted(one + other) == list(range(len(crops)))
    assert not {crops[i].person for i in one} & {crops[i].person for i in other}


def test_stop_and_resume_equals_one_search(tiny_faces: Path, tmp_path: Path) -> None:
    experiment = SearchExperiment(
        network="nasfe-space",
        blocks=1,
        steps=4,
        architecture_from=1,
        windows=(Windows(side=32, batch=1),),
        learning_rate=1e-3,
        architecture_rate=1e-2,
        latency_weight=1e-3,
        checkpoint_every=2,
    )
    crops = list_crops(tiny_faces, "train")
    torch.manual_seed(0)
    vgg = VGGFeatures().eval().requires_grad_(False)
    samplers = [
        BatchSampler(
            crops,
            None,
            windows=experiment.windows,
            seed=seed,
            ranges=DegradationRanges(),
            kernels=3,
        )
        for seed in (1, 2)
    ]

    def run(folder: Path, stop_at: int | None = None) -> Nasfe:
        def report(progress: object) -> None:
            if progress.step == stop_at:  # type: ignore[attr-defined]
                raise KeyboardInterrupt

        return search(experiment, samplers[0], samplers[1], vgg, LatencyTable(), folder, report)

    whole = run(tmp_path / "whole")
    with pytest.raises(KeyboardInterrupt):
        run(tmp_path / "parts", stop_at=3)
    resumed = run(tmp_path / "parts")
    for one, other in zip(whole.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(one, other, rtol=0, atol=1e-6)
    lines = (tmp_path / "parts" / LOG).read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [1, 2, 3, 4]


def test_committed_searches_are_valid(repository: Path) -> None:
    files = list((repository / "train" / "experiments").glob("*_search.toml"))
    assert files
    for file in files:
        chosen = load_search_experiment(file)
        assert isinstance(relaxed_network(chosen).fusion, RelaxedFusionNetwork)
        assert chosen.network in SIZES
