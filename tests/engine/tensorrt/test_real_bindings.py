"""What the simulated card offers is what NVIDIA's bindings offer: names, numbers of arguments."""

from __future__ import annotations

import importlib
import inspect
from types import FunctionType

import pytest

from engine.tensorrt.runtime import TensorRT
from tests.engine.tensorrt import simulated_card
from tests.engine.tensorrt.simulated_card import (
    CudaError,
    SimulatedCuda,
    SimulatedTensorRT,
)

pytestmark = [pytest.mark.tensorrt, pytest.mark.usefixtures("tensorrt")]

CALLS = [
    name
    for name, value in vars(SimulatedCuda).items()
    if name.startswith("cuda") and isinstance(value, FunctionType)
]
OBJECTS = {
    "Runtime": simulated_card._Runtime,
    "ICudaEngine": simulated_card._Engine,
    "IExecutionContext": simulated_card._Context,
}


@pytest.mark.parametrize("call", CALLS)
def test_cuda_takes_as_many_arguments(call: str) -> None:
    real = getattr(importlib.import_module("cuda.bindings.runtime"), call)
    signature = (real.__doc__ or "").splitlines()[0]
    arguments = signature[signature.index("(") + 1 : signature.rindex(")")].split(",")
    given = list(inspect.signature(getattr(SimulatedCuda, call)).parameters)[1:]
    assert len([a for a in arguments if a.strip() and "=" not in a]) <= len(given) <= len(arguments)


@pytest.mark.parametrize("error", list(CudaError))
def test_cuda_has_the_error(error: CudaError) -> None:
    api = importlib.import_module("cuda.bindings.runtime")
    real = getattr(api.cudaError_t, error.name)
    assert int(real) == error and real.name == error.name


def test_cuda_has_the_constants() -> None:
    api = importlib.import_module("cuda.bindings.runtime")
    for enumeration in (SimulatedCuda.cudaMemcpyKind, SimulatedCuda.cudaStreamCaptureMode):
        for member in enumeration:
            assert hasattr(getattr(api, enumeration.__name__), member.name)
    assert api.cudaStreamNonBlocking == SimulatedCuda.cudaStreamNonBlocking
    assert api.cudaHostRegisterDefault == SimulatedCuda.cudaHostRegisterDefault


@pytest.mark.parametrize("name", OBJECTS)
def test_tensorrt_has_the_names(tensorrt: TensorRT, name: str) -> None:
    real = getattr(tensorrt.module, name)
    for attribute, value in vars(OBJECTS[name]).items():
        if (
            isinstance(value, FunctionType)
            and not attribute.startswith("_")
            and attribute != "fails"
        ):
            assert hasattr(real, attribute), attribute
    assert hasattr(tensorrt.module.ICudaEngine, "num_io_tensors")


def test_tensorrt_has_the_constants(tensorrt: TensorRT) -> None:
    for enumeration in (SimulatedTensorRT.DataType, SimulatedTensorRT.TensorIOMode):
        for member in enumeration:
            assert hasattr(getattr(tensorrt.module, enumeration.__name__), member.name)
    severity = tensorrt.module.ILogger.Severity
    assert severity.INTERNAL_ERROR < severity.ERROR < severity.WARNING
