"""The doctor says what is missing for an NVIDIA card, and nothing where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.engine_cache import EngineCache
from engine.errors import (
    EngineNotBuilt,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    NvidiaError,
    TensorRTMissing,
)
from engine.model_file import Network
from engine.tensorrt.compilation import engine_key
from engine.tensorrt.factory import Nvidia
from nasfe_cam.diagnostics.checks import Check, Status
from nasfe_cam.diagnostics.nvidia import check_nvidia
from nasfe_cam.restoration.observer import observer_network
from tests.engine.tensorrt.simulated_card import CARD, compile_simulated, simulated

GEFORCE = ["GeForce RTX 4060"]


def networks() -> list[Network]:
    return [observer_network()]


def refused(error: NvidiaError, folder: Path) -> Check:
    def find() -> Nvidia:
        raise error

    return check_nvidia(networks, folder, find)


def test_no_card_is_no_note(tmp_path: Path) -> None:
    check = refused(NvidiaCardMissing(), tmp_path)
    assert check.status is Status.OK and check.line == "no card found"


@pytest.mark.parametrize(
    ("error", "word", "step"),
    [
        (TensorRTMissing(GEFORCE, "No module named 'cuda'"), "cuda", "pip install"),
        (NvidiaDriverUnusable(GEFORCE, "cudaErrorInsufficientDriver"), "Driver", "newest driver"),
        (
            EngineNotBuilt("nasfe-lite", "compute capability 9.0", "unknown"),
            "9.0",
            "runs on the CPU",
        ),
    ],
)
def test_what_is_missing_comes_with_the_next_step(
    tmp_path: Path, error: NvidiaError, word: str, step: str
) -> None:
    check = refused(error, tmp_path)
    assert check.status is Status.NOTE and step in check.next_step
    assert word in check.line and "the CPU serves" in check.line and "\n" not in check.line


def test_a_card_whose_networks_are_not_compiled_is_noted_with_the_command(tmp_path: Path) -> None:
    _, _, cuda, tensorrt = simulated()
    check = check_nvidia(networks, tmp_path / "none", lambda: Nvidia(tensorrt, cuda, CARD))
    assert check.status is Status.NOTE and "nasfe-cam compile" in check.next_step
    assert CARD.name in check.line and "observer not compiled yet" in check.line
    assert not (tmp_path / "none").exists()


def test_a_card_that_runs_the_compiled_networks_is_ok_and_let_go(tmp_path: Path) -> None:
    api, _, cuda, tensorrt = simulated()
    network = observer_network()
    key = engine_key(network, tensorrt, CARD)
    cache = EngineCache(tmp_path, pytest.fail)
    cache.load_or_build(key, lambda: compile_simulated(network, CARD.compute_capability))
    check = check_nvidia(networks, tmp_path, lambda: Nvidia(tensorrt, cuda, CARD))
    assert check.status is Status.OK and CARD.name in check.line
    assert api.held == {}
