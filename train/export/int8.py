"""The exported restorer in INT8 (post-training quantisation), if that keeps the picture.

Convolutions alone are quantised: they are nine tenths of the time. Everything
else stays in floating point, because OpenVINO's INT8 kernels for depthwise
convolutions are slower than its bf16 ones, and because 8 bits are too few for
what spans many powers of ten: the spectra of the FFT operator, the exposure
gain, the softmax of attention, and the sum that makes the picture.
"""

from __future__ import annotations

import hashlib
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from engine.base import Engine
from engine.model_file import ModelFile
from engine.openvino.engine import OpenVINOEngine
from engine.openvino.runtime import openvino
from engine.precision import Precision
from engine.quantised_file import ENDING, MADE_FROM, SECTION, pack_network
from nasfe_cam.core.atomic_files import write_bytes
from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.frame import FloatArray
from nasfe_cam.measurement.fidelity import psnr
from train.data.samples.restorer_samples import RestorerSample

LARGEST_LOSS = 0.1
"""Mean loss of PSNR, in dB, up to which a network is written."""

QUANTISED = ("Convolution",)
# One scale for the encoders' features and the decoder's is too coarse for the former, which carry
# the picture: in the first nasfe-lite this layer alone made nine tenths of the loss.
KEPT_IN_FLOAT = (".*/decoder/join/.*",)
# Not layers.
_ENDS = {"Constant", "Parameter", "Result"}


@dataclass(frozen=True, slots=True)
class QuantisationLoss:
    """What INT8 costs on degraded crops, against the same network in float32.

    Attributes:
        crops: how many.
        float_psnr: mean of the float network to the truth, in dB.
        mean, worst: loss of PSNR to the truth, in dB; the mean is what decides.
        likeness: mean PSNR of the INT8 picture to the float picture, in dB.
    """

    crops: int
    float_psnr: float
    mean: float
    worst: float
    likeness: float


class QuantisationLosesTooMuch(NasfeError):
    code = "quantisation-loses-too-much"
    text = (
        "{network} was not written: INT8 loses {loss:.2f} dB on {crops} crops "
        "(allowed {allowed} dB)."
    )
    remedy = "The camera goes on in bf16; keep more layers in float in train/export/int8.py."

    network: str
    loss: float
    crops: int
    allowed: float


def quantise(content: bytes, samples: Sequence[RestorerSample]) -> openvino.Model:
    """The INT8 network of a float one.

    Args:
        content: of the ONNX file.
        samples: real degraded training crops; the ranges of the activations come
            from them. The largest value of any crop counts: with nncf's default, the
            mean over crops, dark or noisy ones leave their range and lose decibels.
    """
    # Here, because it takes seconds, and after OpenVINO, which keeps its usage reports out.
    import nncf
    from nncf.quantization.advanced_parameters import OverflowFix
    from nncf.quantization.range_estimator import RangeEstimatorParametersSet

    nncf.set_log_level(logging.ERROR)
    network = openvino.Core().read_model(content)
    layers = {layer.get_type_name() for layer in network.get_ops()} - _ENDS
    quantised: openvino.Model = nncf.quantize(
        network,
        nncf.Dataset([sample.inputs for sample in samples]),
        preset=nncf.QuantizationPreset.MIXED,
        subset_size=len(samples),
        target_device=nncf.TargetDevice.CPU,
        ignored_scope=nncf.IgnoredScope(
            types=sorted(layers - set(QUANTISED)), patterns=list(KEPT_IN_FLOAT), validate=False
        ),
        advanced_parameters=nncf.AdvancedQuantizationParameters(
            activations_range_estimator_params=RangeEstimatorParametersSet.MINMAX,
            # Weights of seven bits: a CPU without VNNI sums two products in sixteen.
            overflow_fix=OverflowFix.ENABLE,
        ),
    )
    return quantised


def export_quantised(
    model: ModelFile,
    calibration: Sequence[RestorerSample],
    checked: Sequence[RestorerSample],
) -> QuantisationLoss:
    """Write the INT8 file beside the ONNX file, through the camera's engine measured before.

    Args:
        model: the float restorer.
        calibration: see `quantise`.
        checked: degraded crops of people that training never saw.

    Raises:
        QuantisationLosesTooMuch: nothing was written, and no older INT8 file is left.
    """
    target = model.path.with_name(model.path.stem + ENDING)
    target.unlink(missing_ok=True)
    network = quantise(model.path.read_bytes(), calibration)
    network.set_rt_info(model.sha256, [SECTION, MADE_FROM])
    loss = _loss(model, _packed(network), checked)
    if not loss.mean <= LARGEST_LOSS:
        raise QuantisationLosesTooMuch(target.name, loss.mean, loss.crops, LARGEST_LOSS)
    for key, value in asdict(loss).items():
        network.set_rt_info(f"{value:.4g}", [SECTION, "loss", key])
    write_bytes(target, _packed(network))
    return loss


def _packed(network: openvino.Model) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        topology = Path(folder) / "network.xml"
        openvino.save_model(network, topology, compress_to_fp16=True)
        return pack_network(topology.read_bytes(), topology.with_suffix(".bin").read_bytes())


def _loss(model: ModelFile, content: bytes, samples: Sequence[RestorerSample]) -> QuantisationLoss:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"{model.path.stem}{ENDING}"
        path.write_bytes(content)
        file = ModelFile(path, hashlib.sha256(content).hexdigest())
        tensors = (*samples[0].inputs, "restored")
        engines = [
            OpenVINOEngine(model.path, model.sha256, tensors, precision, 1, quantised=file)
            for precision in (Precision.F32, Precision.INT8)
        ]
    by_float, by_int8 = ([_restored(engine, sample) for sample in samples] for engine in engines)
    before = [psnr(s.clean, picture) for s, picture in zip(samples, by_float, strict=True)]
    after = [psnr(s.clean, picture) for s, picture in zip(samples, by_int8, strict=True)]
    losses = np.subtract(before, after)
    return QuantisationLoss(
        crops=len(samples),
        float_psnr=float(np.mean(before)),
        mean=float(losses.mean()),
        worst=float(losses.max()),
        likeness=float(np.mean([psnr(*pair) for pair in zip(by_float, by_int8, strict=True)])),
    )


def _restored(engine: Engine, sample: RestorerSample) -> FloatArray:
    for name, value in sample.inputs.items():
        engine.inputs[name][...] = value
    engine.run()
    picture: FloatArray = np.clip(engine.outputs["restored"][0], 0, 1)
    return picture
