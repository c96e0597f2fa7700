"""The better engine takes over between two runs, and its failure costs no run."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnx
import pytest

from engine.errors import EngineDisagrees, EngineFellBack, EngineNotBuilt
from engine.failover import FailoverEngine
from engine.openvino.engine import OpenVINOEngine
from engine.precision import Precision
from tests.engine.faulty import FaultyEngine
from tests.engine.graphs import add_network, random
from tests.nasfe_cam.stand_ins import eventually

SHAPE = (1, 3, 8, 8)


def opened(path: Path, precision: Precision = Precision.F32) -> OpenVINOEngine:
    checksum = hashlib.sha256(path.read_bytes()).hexdigest()
    return OpenVINOEngine(path, checksum, ["first", "second", "out"], precision)


BETTER = "the better device"
"""What `FaultyEngine` calls itself; a processor may compute bf16 in f32, as the other does."""


class Bench:
    """A switching engine on bf16, whose better engine in f32 is ready when the test says so."""

    def __init__(self, path: Path, better: FaultyEngine | None = None) -> None:
        self.may_finish = threading.Event()
        self.better = better or FaultyEngine(opened(path))
        self.errors: list[Exception] = []
        self.engine = FailoverEngine(opened(path, Precision.BF16), self._make, self.errors.append)

    def _make(self, closing: threading.Event) -> FaultyEngine:
        while not self.may_finish.wait(0.01) and not closing.is_set():
            pass
        return self.better

    def run(self, first: np.ndarray) -> np.ndarray:
        """One frame's work: inputs, run, outputs."""
        self.engine.inputs["first"][...] = first
        self.engine.run()
        return self.engine.outputs["out"].copy()

    def switch(self) -> None:
        """Let the better engine finish, and run until it serves."""
        self.may_finish.set()
        assert eventually(lambda: self.run(random(*SHAPE)) is not None and self.better.runs > 1)


@pytest.fixture
def network(tmp_path: Path) -> Path:
    return add_network(tmp_path / "network.onnx")


@pytest.fixture
def bench(network: Path) -> Iterator[Callable[..., Bench]]:
    benches: list[Bench] = []

    def make(better: FaultyEngine | None = None) -> Bench:
        benches.append(Bench(network, better))
        return benches[-1]

    yield make
    for made in benches:
        made.engine.close()


def test_the_sure_engine_serves_at_once_and_says_that_a_better_one_comes(
    bench: Callable[..., Bench],
) -> None:
    rig = bench()
    first = random(*SHAPE)
    np.testing.assert_allclose(rig.run(first), 2 * first, rtol=0.02)
    description = rig.engine.describe()
    assert description.device != BETTER and "being prepared" in description.reason
    assert rig.better.runs == 0


def test_constant_inputs_are_there_after_the_switch(bench: Callable[..., Bench]) -> None:
    rig = bench()
    rig.engine.inputs["second"][...] = 100
    rig.switch()
    first = random(*SHAPE)
    np.testing.assert_allclose(rig.run(first), 2 * first + 100, rtol=1e-6)
    assert rig.engine.describe().device == BETTER
    assert rig.errors == []


def test_every_run_before_during_and_after_the_switch_is_right(bench: Callable[..., Bench]) -> None:
    rig = bench()
    for number in range(200):
        first = random(*SHAPE, seed=number)
        np.testing.assert_allclose(rig.run(first), 2 * first, rtol=0.02, atol=0.02)
        if number == 50:
            rig.may_finish.set()
            assert eventually(lambda: rig.engine._offered is not None)
    assert rig.better.runs == 149


@pytest.mark.parametrize("error", [None, RuntimeError("CUDA_ERROR"), MemoryError()])
def test_a_run_in_which_the_better_engine_fails_is_computed_by_the_sure_one(
    bench: Callable[..., Bench], network: Path, error: Exception | None
) -> None:
    rig = bench(FaultyEngine(opened(network), error))
    rig.engine.inputs["second"][...] = 100
    rig.switch()
    rig.better.broken.set()
    for number in range(3):
        first = random(*SHAPE, seed=number)
        np.testing.assert_allclose(rig.run(first), 2 * first + 100, rtol=0.02)
    assert [type(e) for e in rig.errors] == [EngineFellBack]
    assert "\n" not in str(rig.errors[0]) and "CPU" in str(rig.errors[0])
    assert rig.engine.describe().device != BETTER
    assert "stopped running" in rig.engine.describe().reason
    assert rig.better.closed.wait(10)


def test_an_engine_that_fails_at_its_first_run_never_serves(bench: Callable[..., Bench]) -> None:
    rig = bench()
    rig.better.broken.set()
    rig.may_finish.set()
    first = random(*SHAPE)
    assert eventually(lambda: rig.run(first) is not None and rig.errors)
    np.testing.assert_allclose(rig.run(first), 2 * first, rtol=0.02)
    assert [type(e) for e in rig.errors] == [EngineFellBack] and rig.better.closed.wait(10)


@pytest.mark.parametrize("spoil", ["other result", "no number"])
def test_an_engine_that_computes_something_else_never_serves(
    bench: Callable[..., Bench], network: Path, spoil: str
) -> None:
    other = network.with_name("other.onnx")
    model = onnx.load(str(network))
    operator = {"other result": "Sub", "no number": "Div"}[spoil]
    model.graph.node[0].CopyFrom(onnx.helper.make_node(operator, ["first", "first"], ["double"]))
    onnx.save(model, str(other))
    rig = bench(FaultyEngine(opened(other)))
    rig.may_finish.set()
    first = random(*SHAPE)
    first[0, 0, 0, 0] = 0  # 0 / 0 is no number
    assert eventually(lambda: rig.run(first) is not None and rig.errors)
    np.testing.assert_allclose(rig.run(first), 2 * first, rtol=0.02)
    assert [type(e) for e in rig.errors] == [EngineDisagrees] and "out" in str(rig.errors[0])
    assert rig.better.closed.wait(10)


def test_an_engine_that_cannot_be_made_is_said_and_the_sure_one_serves(network: Path) -> None:
    errors: list[Exception] = []

    def refuse(_closing: threading.Event) -> OpenVINOEngine:
        raise EngineNotBuilt("network", "compute capability 9.0", "not supported")

    engine = FailoverEngine(opened(network), refuse, errors.append, in_background=False)
    engine.run()
    assert [type(error) for error in errors] == [EngineNotBuilt]
    assert "9.0" in engine.describe().reason
    engine.close()


def test_in_the_foreground_the_first_run_is_the_better_engines(network: Path) -> None:
    better = FaultyEngine(opened(network))
    engine = FailoverEngine(
        opened(network), lambda _closing: better, pytest.fail, in_background=False
    )
    engine.run()
    assert engine.describe().device == BETTER
    engine.close()
    assert better.closed.is_set()


def test_closing_stops_the_making_and_closes_what_was_made(network: Path) -> None:
    rig = Bench(network)
    rig.engine.close()
    assert rig.better.closed.is_set()
    assert rig.errors == []
