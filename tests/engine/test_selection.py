"""The engine that serves, and why no better one does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.base import Engine
from engine.device_choice import DeviceChoice
from engine.errors import (
    EngineFellBack,
    EngineRefused,
    IntelDeviceUnusable,
    ModelFileDamaged,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    TensorRTMissing,
)
from engine.model_file import Network
from engine.openvino.engine import OpenVINOEngine
from engine.openvino.runtime import openvino
from engine.selection import EngineOptions, open_engine
from engine.tensorrt.factory import Nvidia
from nasfe_cam.restoration.observer import observer_network
from tests.engine.graphs import random
from tests.engine.tensorrt.simulated_card import (
    CARD,
    COMPILER,
    CudaError,
    SimulatedCuda,
    compile_simulated,
    simulated,
)
from tests.nasfe_cam.stand_ins import eventually

FACE = np.abs(random(1, 3, 256, 256)).clip(0, 1)


@pytest.fixture
def options(tmp_path: Path) -> EngineOptions:
    return EngineOptions(tmp_path / "engines", in_background=False)


@pytest.fixture
def card(monkeypatch: pytest.MonkeyPatch) -> SimulatedCuda:
    """A machine with a simulated card."""
    cuda, _, loaded, tensorrt = simulated()
    monkeypatch.setattr("engine.selection.find_nvidia", lambda: Nvidia(tensorrt, loaded, CARD))
    monkeypatch.setattr(COMPILER, compile_simulated)
    return cuda


def no_nvidia(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse() -> Nvidia:
        raise error

    monkeypatch.setattr("engine.selection.find_nvidia", refuse)


@pytest.fixture
def closing() -> Iterator[list[Engine]]:
    engines: list[Engine] = []
    yield engines
    for engine in engines:
        engine.close()


def judged(engine: Engine) -> np.ndarray:
    engine.inputs["face"][...] = FACE
    engine.run()
    return engine.outputs["identity_mean"].copy()


def test_the_cpu_that_was_asked_for_is_openvinos_alone(
    options: EngineOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_nvidia(monkeypatch, AssertionError("nobody asked for it"))
    chosen = replace(options, device=DeviceChoice.CPU)
    assert isinstance(open_engine(observer_network(), chosen, pytest.fail), OpenVINOEngine)


@pytest.mark.parametrize("device", [DeviceChoice.GPU, DeviceChoice.NPU])
def test_a_device_of_intel_that_is_not_there_is_reported_and_the_cpu_serves(
    options: EngineOptions,
    device: DeviceChoice,
    monkeypatch: pytest.MonkeyPatch,
    closing: list[Engine],
) -> None:
    if any(str(key).startswith(device.name) for key in openvino.Core().available_devices):
        pytest.skip(f"this machine has a {device.name}")
    no_nvidia(monkeypatch, AssertionError("nobody asked for it"))
    errors: list[Exception] = []
    chosen = replace(options, device=device)
    closing.append(engine := open_engine(observer_network(), chosen, errors.append))
    assert [type(error) for error in errors] == [IntelDeviceUnusable]
    assert "OpenVINO finds none" in str(errors[0])
    assert engine.describe().device.startswith("CPU")
    assert np.isfinite(judged(engine)).all()


def test_a_machine_without_a_card_has_nothing_to_report(
    options: EngineOptions, monkeypatch: pytest.MonkeyPatch, closing: list[Engine]
) -> None:
    no_nvidia(monkeypatch, NvidiaCardMissing())
    closing.append(engine := open_engine(observer_network(), options, pytest.fail))
    assert engine.describe().device.startswith("CPU")
    assert "No NVIDIA card" in engine.describe().reason


@pytest.mark.parametrize(
    ("device", "error"),
    [
        (DeviceChoice.NVIDIA, NvidiaCardMissing()),
        (DeviceChoice.AUTO, TensorRTMissing(["GeForce"], "No module named 'tensorrt'")),
        (DeviceChoice.AUTO, NvidiaDriverUnusable(["GeForce"], "cudaErrorInsufficientDriver")),
    ],
)
def test_a_card_that_cannot_serve_is_reported_with_the_next_step_and_the_cpu_serves(
    options: EngineOptions,
    monkeypatch: pytest.MonkeyPatch,
    closing: list[Engine],
    device: DeviceChoice,
    error: Exception,
) -> None:
    no_nvidia(monkeypatch, error)
    errors: list[Exception] = []
    chosen = replace(options, device=device)
    closing.append(engine := open_engine(observer_network(), chosen, errors.append))
    assert errors == [error] and str(error) in engine.describe().reason
    assert np.isfinite(judged(engine)).all()


def test_a_card_takes_over_from_the_cpu_and_gives_back_when_it_is_gone(
    options: EngineOptions, card: SimulatedCuda, closing: list[Engine]
) -> None:
    """The whole way with a shipped network: graph, cache, engine, switch, fault."""
    errors: list[Exception] = []
    closing.append(engine := open_engine(observer_network(), options, errors.append))
    judged(engine)  # by both, to be compared
    assert engine.describe().device == str(CARD)
    by_card = judged(engine)
    card.faults["cudaStreamSynchronize"] = CudaError.cudaErrorDevicesUnavailable
    card.faults["cudaGraphLaunch"] = CudaError.cudaErrorDevicesUnavailable
    by_cpu = judged(engine)
    np.testing.assert_allclose(by_cpu, by_card, atol=0.02 * np.abs(by_card).max())
    assert [type(error) for error in errors] == [EngineFellBack]
    assert engine.describe().device.startswith("CPU")


def test_the_second_start_finds_the_compiled_network(
    options: EngineOptions,
    card: SimulatedCuda,
    closing: list[Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    closing.append(open_engine(observer_network(), options, pytest.fail))
    monkeypatch.setattr(COMPILER, pytest.fail)
    closing.append(engine := open_engine(observer_network(), options, pytest.fail))
    judged(engine)
    assert engine.describe().device == str(CARD)


def test_a_kept_network_that_the_card_refuses_is_compiled_anew(
    options: EngineOptions,
    card: SimulatedCuda,
    closing: list[Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    errors: list[Exception] = []
    with monkeypatch.context() as patch:
        patch.setattr(COMPILER, lambda *_arguments, **_options: b"of another card")
        closing.append(open_engine(observer_network(), options, errors.append))
    assert [type(error) for error in errors] == [EngineRefused]
    closing.append(engine := open_engine(observer_network(), options, pytest.fail))
    judged(engine)
    assert engine.describe().device == str(CARD)


def test_the_card_is_prepared_for_while_the_cpu_serves(
    options: EngineOptions,
    card: SimulatedCuda,
    closing: list[Engine],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    may_compile, compiling = threading.Event(), threading.Event()

    def slowly(network: Network, capability: str, *_args: object, **options: object) -> bytes:
        assert options["low_priority"]
        compiling.set()
        assert may_compile.wait(60)
        return compile_simulated(network, capability)

    monkeypatch.setattr(COMPILER, slowly)
    in_background = replace(options, in_background=True)
    closing.append(engine := open_engine(observer_network(), in_background, pytest.fail))
    assert compiling.wait(60)
    judged(engine)
    assert engine.describe().device.startswith("CPU")
    may_compile.set()
    assert eventually(
        lambda: judged(engine) is not None and engine.describe().device == str(CARD), 60
    )


def test_a_damaged_file_is_an_error_before_any_card_is_looked_for(
    options: EngineOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_nvidia(monkeypatch, AssertionError("too early"))
    with pytest.raises(ModelFileDamaged):
        open_engine(replace(observer_network(), sha256="0" * 64), options, pytest.fail)
