"""`nasfe-train evaluate`: the tables."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

import torch
import typer
from rich.console import Console
from rich.progress import Progress

from nasfe_cam.files import write_text
from train.checkpoint import load_checkpoint, restore_state
from train.cli.sources import vgg_file
from train.data.archives import Crop, list_crops
from train.data.test_sets import degraded_pictures
from train.evaluation.classical import METHODS
from train.evaluation.evaluating import Network, evaluate
from train.evaluation.niqe import load_pristine
from train.evaluation.recognition import SFace, make_gallery
from train.evaluation.scores import Judge
from train.evaluation.tables import as_json, as_markdown, as_table
from train.models.classification import ClassificationHead, Observer
from train.models.lpips import load_lpips
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
    test_sets: list[TestSet] = typer.Option(
        [TestSet.BNL], "--set", help="Test set of Table 4; may be given several times."
    ),
    pictures: int = typer.Option(520, min=1, help="How many of a set, spread evenly over it."),
    side: int = typer.Option(176, min=128, max=256, help="176 is the paper's 176 x 144."),
    checkpoint: Path | None = typer.Option(None, help="Measure this run instead."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    models: Path = typer.Option(
        Path("../shared/models"), help="Folder with the VGG, SFace and LPIPS weights."
    ),
    json_file: Path | None = typer.Option(None, "--json", help="Also write the rows here."),
    markdown: Path | None = typer.Option(None, help="Also write a Markdown table here."),
    threads: int = typer.Option(0, min=0, help="CPU threads; 0 takes all."),
) -> None:
    """Measure restoration on test sets: PSNR, SSIM, LPIPS, NIQE, identity.

    Compared are the degraded input, histogram equalisation, two classical
    pipelines and the network, with nobody's, the person's own and a stranger's
    identity features. Identity is judged by SFace, which no loss uses: cosine to
    the clean picture, and Top-1 and Top-5 among one photo of every test person.
    """
    if threads:
        torch.set_num_threads(threads)
    torch.set_grad_enabled(False)
    console = Console(stderr=True)
    crops = list_crops(data / "faces", "test")
    network = _network(f"nasfe-{model.value}", checkpoint, models)
    with console.status("gallery"):
        judge = make_judge(crops, models, threads)
    rows = []
    with Progress(console=console, transient=True) as progress:
        for chosen in test_sets:
            task = progress.add_task(chosen.value, total=pictures)
            rows += evaluate(
                chosen.value,
                degraded_pictures(chosen.value, crops, pictures, side),
                [network],
                METHODS,
                judge,
                lambda done, task=task: progress.update(task, completed=done),  # type: ignore[misc]
            )
    Console().print(as_table(rows))
    if json_file is not None:
        write_text(json_file, as_json(rows))
    if markdown is not None:
        write_text(markdown, as_markdown(rows))


def make_judge(crops: list[Crop], models: Path, threads: int) -> Judge:
    """Everything that scores, with the gallery of a test split."""
    recogniser = SFace(models / "sface_2021dec_fp16w.onnx", threads)
    return Judge(
        recogniser,
        make_gallery(crops, recogniser),
        load_lpips(models / "lpips_alex_v01.safetensors"),
        load_pristine(),
    )


def _network(name: str, checkpoint: Path | None, models: Path) -> Network:
    restorer = build(name)
    if checkpoint is None:
        load_weights(restorer, WEIGHTS / f"{name}.safetensors")
    else:
        restore_state(checkpoint, restorer, load_checkpoint(checkpoint)["average"])
    head = ClassificationHead()
    load_weights(head, WEIGHTS / "observer-head.safetensors")
    observer = Observer(load_vgg_features(vgg_file(models)), head)
    return Network(name, restorer.eval(), observer.eval())
