"""What `evaluate`, `evaluate-real` and `ablation` measure, and with what."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from train.checkpoint import CheckpointRefused, load_checkpoint, restore_state
from train.cli.options.sources import load_observer
from train.data.crop_store import Crop
from train.evaluation.engines import EngineNetwork
from train.evaluation.metrics import Judge
from train.evaluation.networks import Network
from train.evaluation.niqe import load_pristine
from train.evaluation.recognition import SFace, make_gallery
from train.models.classification import Observer
from train.models.lpips import load_lpips
from train.models.nasfe.presets import build
from train.weights import WEIGHTS, load_weights


class Model(StrEnum):
    """Networks whose trained weights are committed."""

    LITE = "lite"
    NASFE = "nasfe"

    @property
    def preset(self) -> str:
        """Key of `train.models.nasfe.presets.SIZES`."""
        return "nasfe-lite" if self is Model.LITE else "nasfe"


def networks_under_test(model: Model, checkpoints: Sequence[Path], models: Path) -> list[Network]:
    """The committed network or, where there are any, the averaged networks of runs.

    Raises:
        ModelFileMissing, ModelFileDamaged, CheckpointRefused: a file cannot be used.
    """
    observer = load_observer(models)
    if checkpoints:
        return [_of_run(path, observer) for path in checkpoints]
    restorer = build(model.preset)
    load_weights(restorer, WEIGHTS / f"{model.preset}.safetensors")
    return [Network(model.preset, restorer.eval(), observer)]


def engines_under_test(
    model: Model, precisions: Sequence[Precision], models: Path, threads: int
) -> list[Network]:
    """The shipped network as the camera's engine runs it, once for each precision.

    Raises:
        EngineError, PrecisionNotServed: see `EngineNetwork`.
    """
    observer = load_observer(models)
    networks = []
    for precision in precisions:
        restorer = EngineNetwork(find_model(f"{model.preset}.onnx"), precision, threads)
        name = f"{model.preset} ({restorer.precision})"
        networks.append(Network(name, restorer.eval(), observer))
    return networks


def _of_run(path: Path, observer: Observer) -> Network:
    state = load_checkpoint(path)
    try:
        experiment, average = state["experiment"], state["average"]
        if experiment.get("task") is not None:
            raise CheckpointRefused(path, "it holds an encoder alone, which restores nothing")
        restorer = build(experiment["network"], experiment["genotype"])
    except (KeyError, TypeError, AttributeError) as error:
        raise CheckpointRefused(path, f"it is no training run: no {error}") from None
    restore_state(path, restorer, average)
    return Network(
        f"{experiment['network']}, {path.resolve().parent.name}",
        restorer.eval(),
        observer,
        uses_classes=experiment.get("use_classes", True),
        uses_identity=experiment.get("identity_share", 1) > 0,
    )


def make_judge(crops: Sequence[Crop], models: Path, threads: int) -> Judge:
    """Everything that scores, with the gallery of a test split."""
    recogniser = SFace(models / "sface_2021dec_fp16w.onnx", threads)
    return Judge(
        recogniser,
        make_gallery(crops, recogniser),
        load_lpips(models / "lpips_alex_v01.safetensors"),
        load_pristine(),
    )
