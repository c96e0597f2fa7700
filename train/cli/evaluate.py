"""`nasfe-train evaluate`: the tables."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import torch
import typer
from rich.console import Console
from rich.progress import Progress
from rich.table import Table

from nasfe_cam.files import write_text
from nasfe_cam.frame import FloatArray
from train.checkpoint import load_checkpoint
from train.data.archives import list_crops
from train.data.test_sets import degraded_pictures
from train.evaluation import Embed, Row, evaluate
from train.models.classification import ClassificationHead, Observer
from train.models.presets import build
from train.models.vgg import load_vgg_features
from train.weights import WEIGHTS, load_weights


class Model(StrEnum):
    """Names of the shipped networks."""

    LITE = "lite"


class TestSet(StrEnum):
    """Table 4 of the long version."""

    B = "Test-B"
    N = "Test-N"
    L = "Test-L"
    BN = "Test-BN"
    BNL = "Test-BNL"


def evaluate_command(
    model: Model = typer.Option(Model.LITE, help="Shipped network."),
    test_set: TestSet = typer.Option(TestSet.BNL, "--set", help="Test set of Table 4."),
    pictures: int = typer.Option(520, min=1, help="How many, spread over the whole set."),
    side: int = typer.Option(176, min=128, max=256, help="176 is the paper's 176 x 144."),
    checkpoint: Path | None = typer.Option(None, help="Measure this run instead."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(Path("../shared/models"), help="Folder with VGG and SFace."),
    json_file: Path | None = typer.Option(None, "--json", help="Also write the rows here."),
) -> None:
    """Measure PSNR, SSIM and identity cosine (SFace) on a test set.

    LPIPS, NIQE, Top-1 and Top-5 are null in the JSON: they come with the tables
    of the next milestone.
    """
    name = f"nasfe-{model.value}"
    restorer = build(name)
    if checkpoint is None:
        load_weights(restorer, WEIGHTS / f"{name}.safetensors")
    else:
        restorer.load_state_dict(load_checkpoint(checkpoint)["average"])
    head = ClassificationHead()
    load_weights(head, WEIGHTS / "observer-head.safetensors")
    observer = Observer(load_vgg_features(models / "vgg16_torchvision_pool3.safetensors"), head)
    torch.set_grad_enabled(False)
    crops = list_crops(data / "faces", "test")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(test_set.value, total=pictures)
        rows = evaluate(
            test_set.value,
            degraded_pictures(test_set.value, crops, pictures, side),
            restorer.eval(),
            observer.eval(),
            sface(models / "sface_2021dec_fp16w.onnx"),
            lambda done: progress.update(task, completed=done),
        )
    _print(rows)
    if json_file is not None:
        write_text(json_file, json.dumps([asdict(row) for row in rows], indent=2) + "\n")


def sface(path: Path) -> Embed:
    """The recogniser that no loss uses."""
    session = onnxruntime.InferenceSession(str(path), providers=["CPUExecutionProvider"])

    def embed(crop: FloatArray) -> FloatArray:
        tensor = np.ascontiguousarray(crop.transpose(2, 0, 1)[None] * np.float32(255))
        outputs: list[Any] = session.run(None, {"data": tensor})
        vector = np.asarray(outputs[0][0], np.float32)
        return vector / np.float32(np.linalg.norm(vector))

    return embed


def _print(rows: list[Row]) -> None:
    table = Table()
    for column in ("method", "identity", "PSNR", "95 %", "SSIM", "id cosine", "n"):
        table.add_column(column)
    for row in rows:
        table.add_row(
            row.method,
            row.identity,
            f"{row.psnr:.2f}",
            f"{row.psnr_interval[0]:.2f}..{row.psnr_interval[1]:.2f}",
            f"{row.ssim:.3f}",
            "" if row.id_cosine is None else f"{row.id_cosine:.3f}",
            str(row.n),
        )
    Console().print(table)
