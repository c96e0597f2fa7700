"""Writes the ONNX files of a network, but only if every runtime agrees on real crops."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import tomli_w
import torch
from numpy.typing import NDArray
from onnx import numpy_helper
from torch import Tensor, nn

from engine.onnx_graph.folding import fold_constants
from engine.onnx_graph.half_precision import with_half_precision
from engine.openvino.runtime import openvino
from engine.quantised_file import ENDING
from nasfe_cam.config.shipped_models import MANIFEST
from nasfe_cam.core.atomic_files import write_bytes, write_text
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray
from train.export.float16_emulation import with_rounding
from train.models.classification import Observer
from train.models.nasfe.network import Nasfe
from train.models.nasfe.operators.fft_op import FFTOp

SIZE = 256
OPSET = 17
RESTORER_INPUTS = ("face", "identity", "identity_mean", "identity_std", "degradation")
OBSERVER_OUTPUTS = ("features", "identity_mean", "identity_std", "degradation")
# Largest difference allowed, relative to the largest value of the output.
TOLERANCE = 2e-3
# The same, for the float16 graph that GPUs are given (engine.onnx_graph).
HALF_TOLERANCE = 5e-3

_MANIFEST_HEAD = "# Made by nasfe-train export. The program runs no file with another checksum.\n"


class RuntimesDisagree(NasfeError):
    code = "runtimes-disagree"
    text = (
        "{network} was not written: {runtime} and PyTorch differ by {difference:.2e} in {tensor} "
        "(allowed {allowed:.0e})."
    )
    remedy = "Check the operators of the network."

    network: str
    runtime: str
    tensor: str
    difference: float
    allowed: float


@dataclass(frozen=True, slots=True)
class ModelText:
    """What the file says about itself; all values end up in its metadata."""

    values: Mapping[str, str]


def export_restorer(network: Nasfe, path: Path, crops: FloatArray, text: ModelText) -> None:
    """Write the restorer.

    Args:
        network: with its trained weights.
        path: the ONNX file.
        crops: N x 3 x 256 x 256 float32, RGB, 0..1: real degraded crops to compare on.
        text: metadata.

    Raises:
        RuntimesDisagree: ONNX Runtime or OpenVINO compute something else, or
            the network does not stand the rounding of half precision.
    """
    network.eval()
    for module in network.modules():
        if isinstance(module, FFTOp):
            module.use_matrices = True
    grid = SIZE // 8
    generator = torch.Generator().manual_seed(0)
    samples = []
    for index, crop in enumerate(crops):
        enrolled = float(index % 2)
        samples.append(
            (
                torch.from_numpy(crop[None]),
                enrolled * torch.randn(1, 256, grid, grid, generator=generator),
                10 * torch.rand(1, 256, generator=generator),
                10 * torch.rand(1, 256, generator=generator),
                torch.rand(1, 3, generator=generator),
            )
        )
    export_checked(network, samples, RESTORER_INPUTS, ("restored",), path, text)


def export_observer(network: Observer, path: Path, crops: FloatArray, text: ModelText) -> None:
    """Write the observer; arguments and errors as in `export_restorer`."""
    samples = [(torch.from_numpy(crop[None]),) for crop in crops]
    export_checked(network.eval(), samples, ("face",), OBSERVER_OUTPUTS, path, text)


def write_manifest(folder: Path) -> None:
    """List every model file of the folder with its sha256 and size."""
    models = {}
    for file in sorted(folder.iterdir()):
        if file.name.endswith((".onnx", ".task", ENDING)):
            content = file.read_bytes()
            models[file.name] = {
                "sha256": hashlib.sha256(content).hexdigest(),
                "bytes": len(content),
            }
    write_text(folder / MANIFEST, f"{_MANIFEST_HEAD}\n{tomli_w.dumps({'models': models})}")


def export_checked(
    network: nn.Module,
    samples: Sequence[tuple[Tensor, ...]],
    inputs: Sequence[str],
    outputs: Sequence[str],
    path: Path,
    text: ModelText,
) -> None:
    """Write any network.

    Args:
        network: in eval mode.
        samples: inputs that the runtimes are compared on.
        inputs, outputs: names of its tensors.
        path: the ONNX file.
        text: metadata.

    Raises:
        RuntimesDisagree: see `export_restorer`.
    """
    beside = path.with_suffix(".export")
    torch.onnx.export(
        network,
        samples[0],
        str(beside),
        dynamo=False,
        opset_version=OPSET,
        input_names=list(inputs),
        output_names=list(outputs),
    )
    model = onnx.load(str(beside))
    beside.unlink()
    _store_as_float16(model)
    onnx.helper.set_model_props(model, dict(text.values))
    onnx.checker.check_model(model)
    content = model.SerializeToString()
    _compare(path.name, content, network, samples, inputs, outputs)
    write_bytes(path, content)


def _store_as_float16(model: onnx.ModelProto) -> None:
    """Halve the file: large weights are kept in half precision and cast when the file is loaded."""
    casts = []
    for weight in list(model.graph.initializer):
        if weight.data_type != onnx.TensorProto.FLOAT or np.prod(weight.dims) < 1024:
            continue
        values = numpy_helper.to_array(weight).astype(np.float16)
        half = numpy_helper.from_array(values, f"{weight.name}_half")
        casts.append(
            onnx.helper.make_node("Cast", [half.name], [weight.name], to=onnx.TensorProto.FLOAT)
        )
        model.graph.initializer.remove(weight)
        model.graph.initializer.append(half)
    nodes = list(model.graph.node)
    del model.graph.node[:]
    model.graph.node.extend([*casts, *nodes])


def _compare(
    name: str,
    content: bytes,
    network: nn.Module,
    samples: Sequence[tuple[Tensor, ...]],
    inputs: Sequence[str],
    outputs: Sequence[str],
) -> None:
    core = openvino.Core()
    by_openvino = core.compile_model(
        core.read_model(content), "CPU", {"INFERENCE_PRECISION_HINT": "f32"}
    )
    by_onnx, in_half = _session(content), _session(_half(content))
    for sample in samples:
        with torch.inference_mode():
            result = network(*sample)
        wanted = [t.numpy() for t in (result if isinstance(result, tuple) else (result,))]
        feed = {key: tensor.numpy() for key, tensor in zip(inputs, sample, strict=True)}
        names = list(outputs)
        openvino_result = by_openvino(feed)
        runtimes = (
            ("ONNX Runtime", by_onnx.run(names, feed), TOLERANCE),
            ("OpenVINO", [openvino_result[tensor] for tensor in names], TOLERANCE),
            ("half precision", in_half.run(names, feed), HALF_TOLERANCE),
        )
        for runtime, got, allowed in runtimes:
            for tensor, one, other in zip(names, wanted, got, strict=True):
                difference = _difference(one, other)
                if not difference <= allowed:
                    raise RuntimesDisagree(name, runtime, tensor, difference, allowed)


def _session(content: bytes) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])


def _half(content: bytes) -> bytes:
    """What GPUs are given, computed as they compute it."""
    model = fold_constants(onnx.load_model_from_string(content))
    emulated: bytes = with_rounding(with_half_precision(model)).SerializeToString()
    return emulated


def _difference(wanted: NDArray[Any], got: NDArray[Any]) -> float:
    return float(np.abs(wanted - got).max() / max(1.0, float(np.abs(wanted).max())))
