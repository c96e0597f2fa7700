"""`nasfe-train ablation`: train and measure the rows of Table 6."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console

from nasfe_cam.core.atomic_files import write_text
from train.ablation import load_ablation
from train.cli.evaluate import TestSet
from train.cli.options.candidates import make_judge
from train.cli.options.common import FACES, THREADS
from train.cli.options.sources import load_observer, sampler_of, use_threads
from train.data.crop_store import list_crops
from train.data.identity_cache import IdentityCache
from train.data.test_sets import degraded_pictures
from train.evaluation.evaluation_loop import evaluate
from train.evaluation.networks import Network
from train.evaluation.tables import as_json, as_markdown, as_table
from train.models.counting import parameters_of
from train.models.mobilefacenet import load_mobilefacenet
from train.objective import Objective
from train.training import train


def ablation(
    file: Path = typer.Argument(Path("train/experiments/ablation.toml"), help="The rows."),
    pictures: int = typer.Option(104, min=1, help="How many of each test set."),
    data: Path = FACES,
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the weights."),
    folder: Path = typer.Option(Path("runs"), help="Where checkpoints go."),
    json_file: Path | None = typer.Option(None, "--json", help="Also write the rows here."),
    markdown: Path | None = typer.Option(None, help="Also write a Markdown table here."),
    threads: int = THREADS,
) -> None:
    """Train every row of Table 6 at the same budget and measure it on Test-BN and Test-BNL.

    An interrupted ablation goes on where it was.
    """
    use_threads(threads)
    console = Console(stderr=True)
    rows_to_train = load_ablation(file).experiments()
    observer = load_observer(models)
    vgg = observer.vgg
    crops = list_crops(data / "faces", "train")
    identities = IdentityCache(folder / "cache" / "identity.npy", crops, vgg)
    recogniser = load_mobilefacenet(models / "mobilefacenet_arcface.safetensors")
    unseen = list_crops(data / "faces", "test")
    judge = make_judge(unseen, models, threads)
    rows = []
    for number, (name, experiment) in enumerate(rows_to_train, start=1):
        console.print(f"{number}/{len(rows_to_train)}  {name}")
        average = train(
            Objective(experiment, vgg, recogniser),
            sampler_of(experiment, crops, identities),
            # Beside other runs, from whose weights a row may start.
            folder / f"{file.stem}_{number}",
            lambda _step: None,
        )
        network = Network(
            f"{name}, {parameters_of(average) / 1e6:.2f} M",
            average.eval(),
            observer,
            uses_classes=experiment.use_classes,
            uses_identity=experiment.identity_share > 0,
        )
        for test_set in (TestSet.BN, TestSet.BNL):
            measured = evaluate(
                test_set.value,
                degraded_pictures(test_set.value, unseen, pictures),
                [network],
                {},
                judge,
            )
            rows += [row for row in measured if row.method == network.name or number == 1]
    Console().print(as_table(rows))
    if json_file is not None:
        write_text(json_file, as_json(rows))
    if markdown is not None:
        write_text(markdown, as_markdown(rows))
