"""The TensorRT engine keeps the contract of `engine.base.Engine`, and lets go of everything."""

from __future__ import annotations

import numpy as np
import onnx
import pytest
from onnx import TensorProto

from engine.errors import EngineRefused, EngineRunFailed
from engine.tensorrt.engine import TensorRTEngine
from tests.engine.graphs import graph, node, random
from tests.engine.tensorrt.simulated_card import (
    CARD,
    CudaError,
    SimulatedCuda,
    simulated,
)

SHAPE = [1, 3, 8, 8]
TENSORS = ("first", "second", "out")
MODEL = graph(
    [node("Add", "first first", "double"), node("Add", "double second", "out")],
    {"first": SHAPE, "second": SHAPE},
    {"out": SHAPE},
)
CALLS_AT_START = (
    *("cudaStreamCreateWithFlags", "cudaHostRegister", "cudaMalloc", "cudaMemcpyAsync"),
    "cudaStreamSynchronize",
)
CALLS_OF_CAPTURE = ("cudaStreamBeginCapture", "cudaStreamEndCapture", "cudaGraphInstantiate")


class Bench:
    """A simulated card and an engine on it."""

    def __init__(self, model: onnx.ModelProto = MODEL) -> None:
        self.cuda, self.trt, self._cuda, self._tensorrt = simulated()
        self._content = model.SerializeToString()

    def open(self, tensors: tuple[str, ...] = TENSORS) -> TensorRTEngine:
        return TensorRTEngine(self._content, tensors, self._tensorrt, self._cuda, CARD, "f16")


def test_tensors_are_bound_by_name_and_inputs_keep_their_value() -> None:
    engine = Bench().open()
    assert set(engine.inputs) == {"first", "second"} and set(engine.outputs) == {"out"}
    assert all((buffer == 0).all() for buffer in engine.inputs.values())
    first = random(*SHAPE)
    engine.inputs["first"][...] = first
    engine.run()
    np.testing.assert_allclose(engine.outputs["out"], 2 * first, rtol=1e-6)
    engine.inputs["second"][...] = 1
    engine.run()
    np.testing.assert_allclose(engine.outputs["out"], 2 * first + 1, rtol=1e-6)


def test_a_run_is_one_launch_and_one_wait_and_allocates_nothing() -> None:
    bench = Bench()
    engine = bench.open()
    held, buffer = dict(bench.cuda.held), engine.outputs["out"].ctypes.data
    bench.cuda.calls.clear()
    for _ in range(5):
        engine.run()
    assert bench.cuda.calls == ["cudaGraphLaunch", "cudaStreamSynchronize"] * 5
    assert bench.cuda.held == held and engine.outputs["out"].ctypes.data == buffer


@pytest.mark.parametrize("refused", [*CALLS_OF_CAPTURE, "is_stream_capturable"])
def test_where_capture_is_refused_the_calls_are_made_one_by_one(refused: str) -> None:
    bench = Bench()
    if refused.startswith("cuda"):
        bench.cuda.faults[refused] = CudaError.cudaErrorStreamCaptureUnsupported
    else:
        bench.trt.faults.add(refused)
    engine = bench.open()
    engine.inputs["first"][...] = 3
    engine.run()
    assert (engine.outputs["out"] == 6).all()
    assert "cudaGraphLaunch" not in bench.cuda.calls
    assert "refused" in engine.describe().reason


def test_the_engine_says_what_serves_and_why() -> None:
    description = Bench().open().describe()
    assert "Simulated RTX" in description.device and "8.9" in description.device
    assert description.runtime == "Simulated TensorRT 1.0" and description.precision == "f16"
    assert "one CUDA graph" in description.reason


def test_closing_frees_everything() -> None:
    bench = Bench()
    engine = bench.open()
    assert {kind for kind, _ in bench.cuda.held} == {
        *("memory", "pinned", "stream", "graph", "executable")
    }
    engine.close()
    assert bench.cuda.held == {}
    assert engine.inputs["first"].size == 0


def test_a_view_that_outlives_the_engine_can_still_be_read() -> None:
    engine = Bench().open()
    engine.inputs["first"][...] = 3
    view = engine.inputs["first"]
    engine.close()
    assert (view == 3).all()


@pytest.mark.parametrize("call", CALLS_AT_START)
def test_whatever_call_fails_at_the_start_is_named_and_nothing_stays_behind(call: str) -> None:
    bench = Bench()
    bench.cuda.faults[call] = CudaError.cudaErrorMemoryAllocation
    with pytest.raises(EngineRefused, match=call) as caught:
        bench.open()
    assert "\n" not in str(caught.value) and "cudaErrorMemoryAllocation" in str(caught.value)
    assert bench.cuda.held == {}


@pytest.mark.parametrize(
    "call",
    [
        *("deserialize_cuda_engine", "create_execution_context", "set_tensor_address"),
        "execute_async_v3",
    ],
)
def test_what_tensorrt_refuses_is_said_in_its_own_words_and_one_line(call: str) -> None:
    bench = Bench()
    bench.trt.faults.add(call)
    with pytest.raises(EngineRefused, match=f"{call} failed") as caught:
        bench.open()
    assert "in line 1" not in str(caught.value)
    assert bench.cuda.held == {}


@pytest.mark.parametrize("call", ["cudaGraphLaunch", "cudaStreamSynchronize"])
def test_a_card_that_disappears_in_a_run_is_an_error_and_can_be_closed(call: str) -> None:
    bench = Bench()
    engine = bench.open()
    everything = [name for name in dir(SimulatedCuda) if name.startswith("cuda")]
    gone = CudaError.cudaErrorDevicesUnavailable
    bench.cuda.faults = {name: gone for name in everything if name != "cudaGraphLaunch"}
    if call == "cudaGraphLaunch":
        bench.cuda.faults[call] = gone
    with pytest.raises(EngineRunFailed, match=f"Simulated RTX .*{call}"):
        engine.run()
    engine.close()


def test_an_engine_of_another_contract_is_refused() -> None:
    bench = Bench()
    with pytest.raises(EngineRefused, match="no tensor named restored"):
        bench.open(("first", "restored"))
    assert bench.cuda.held == {}


def test_an_engine_that_is_half_at_its_inputs_is_refused() -> None:
    model = graph([node("Relu", "x", "out")], {"x": SHAPE}, {"out": SHAPE}, {}, TensorProto.FLOAT16)
    with pytest.raises(EngineRefused, match="x is not float32"):
        Bench(model).open(("x", "out"))


def test_the_time_on_the_card_is_measured_by_events_that_are_freed() -> None:
    bench = Bench()
    engine = bench.open()
    held = dict(bench.cuda.held)
    assert engine.device_milliseconds() == 0.5
    assert bench.cuda.held == held and bench.cuda.calls.count("cudaEventRecord") == 2
