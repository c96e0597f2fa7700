"""Cards are found, or it is said what is missing; no call's failure goes unnoticed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest

from engine.errors import (
    CudaCallFailed,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    TensorRTMissing,
)
from engine.tensorrt import factory as opening
from engine.tensorrt.cuda import Cuda, find_card, load_cuda
from tests.engine.tensorrt.simulated_card import CARD, CudaError, SimulatedCuda

GEFORCE = ["GeForce RTX 4060"]


def test_a_failing_call_is_named_with_its_error() -> None:
    api = SimulatedCuda()
    api.faults["cudaMalloc"] = CudaError.cudaErrorMemoryAllocation
    with pytest.raises(CudaCallFailed, match=r"cudaMalloc \(cudaErrorMemoryAllocation\)"):
        Cuda(api).call("cudaMalloc", 8)


def test_freeing_on_a_card_that_is_gone_is_no_failure() -> None:
    api = SimulatedCuda()
    api.faults["cudaFree"] = CudaError.cudaErrorDevicesUnavailable
    Cuda(api).release("cudaFree", 1)
    assert api.calls == ["cudaFree"]


def test_the_card_is_described_by_what_decides_whether_an_engine_fits() -> None:
    card = find_card(Cuda(SimulatedCuda()))
    assert (card.name, card.compute_capability) == (CARD.name, "8.9")
    assert card.driver


@pytest.mark.parametrize("error", ["cudaErrorInsufficientDriver", "cudaErrorNoDevice"])
def test_a_missing_libcuda_is_a_missing_card_unless_the_system_shows_one(error: str) -> None:
    api = SimulatedCuda()
    api.faults["cudaGetDeviceCount"] = CudaError[error]
    with pytest.raises(NvidiaCardMissing):
        find_card(Cuda(api))
    with pytest.raises(NvidiaDriverUnusable, match=f"{GEFORCE[0]}.*{error}.*driver"):
        find_card(Cuda(api), GEFORCE)


@pytest.mark.tensorrt
@pytest.mark.usefixtures("tensorrt")
def test_the_real_bindings_without_a_card_say_so() -> None:
    """In a process that sees no card, whether or not there is one, or a driver."""
    done = subprocess.run(
        [
            *(sys.executable, "-c"),
            "from engine.tensorrt.cuda import load_cuda, find_card\n"
            "from engine.errors import NvidiaCardMissing\n"
            "try: find_card(load_cuda())\n"
            "except NvidiaCardMissing as error: print(error)",
        ],
        env={"CUDA_VISIBLE_DEVICES": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("No NVIDIA card was found"), done.stderr


def hide(monkeypatch: pytest.MonkeyPatch, *packages: str) -> None:
    """Make packages as good as not installed."""
    for name in [name for name in sys.modules if name.split(".")[0] in packages]:
        monkeypatch.setitem(sys.modules, name, None)
    for package in packages:
        monkeypatch.setitem(sys.modules, package, None)


def test_a_card_without_the_extra_comes_with_the_command_that_helps(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(monkeypatch, "cuda")
    monkeypatch.setattr(opening, "nvidia_cards", lambda: GEFORCE)
    with pytest.raises(TensorRTMissing) as caught:
        opening.find_nvidia()
    assert GEFORCE[0] in str(caught.value)
    assert "pip install 'nasfe-cam[tensorrt]'" in str(caught.value)


def test_without_a_card_nobody_is_told_to_install_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    hide(monkeypatch, "cuda")
    monkeypatch.setattr(opening, "nvidia_cards", list)
    with pytest.raises(NvidiaCardMissing):
        opening.find_nvidia()


@pytest.mark.parametrize("missing", ["tensorrt_rtx_bindings", "onnxruntime_ep_nv_tensorrt_rtx"])
def test_half_an_extra_is_named(monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    hide(monkeypatch, "tensorrt", "tensorrt_rtx", missing)
    simulated: Callable[[object], Cuda] = lambda _cards: Cuda(SimulatedCuda())  # noqa: E731
    monkeypatch.setattr(opening, "load_cuda", simulated)
    monkeypatch.setattr(opening, "nvidia_cards", list)
    with pytest.raises(TensorRTMissing, match=f"{CARD.name}.*(tensorrt|find)"):
        opening.find_nvidia()


def test_bindings_that_are_not_installed_are_the_extra_that_is_missing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(monkeypatch, "cuda")
    with pytest.raises(TensorRTMissing, match="nasfe-cam\\[tensorrt\\]"):
        load_cuda(GEFORCE)
