"""`nasfe-train paper-ablation`: train and measure what the parts of a paper's network are worth."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import typer
from rich.console import Console

from nasfe_cam.core.atomic_files import write_text
from train.cli.guided import all_photos
from train.cli.options.candidates import make_judge
from train.cli.options.common import FACES, RUNS, THREADS
from train.cli.options.paper_candidates import papers_under_test
from train.cli.options.sources import use_threads
from train.cli.papers.run import train_experiment
from train.data.crop_store import list_crops
from train.data.test_sets import degraded_pictures
from train.evaluation.evaluation_loop import evaluate
from train.evaluation.tables import as_json, as_markdown, as_table
from train.guided.training import AVERAGE
from train.models.counting import parameters_of
from train.papers.ablation import load_paper_ablation
from train.papers.degradations import DEGRADATIONS
from train.papers.test_sets import paper_pictures

_SIDE = 176


def paper_ablation(
    file: Path = typer.Argument(help="TOML file in train/experiments/papers/ablation."),
    test_set: str = typer.Option("Test-BNL", "--set", help="What is measured on; see evaluate."),
    pictures: int = typer.Option(104, min=1, help="How many of it."),
    budget: int = typer.Option(0, min=0, help="Pictures of each row; 0 is the file's."),
    data: Path = FACES,
    models: Path = typer.Option(Path("../shared/models"), help="Folder with the weights."),
    folder: Path = RUNS,
    json_file: Path | None = typer.Option(None, "--json", help="Also write the rows here."),
    markdown: Path | None = typer.Option(None, help="Also write a Markdown table here."),
    threads: int = THREADS,
) -> None:
    """Train every row of an ablation at the same budget, and measure it.

    An interrupted ablation goes on where it was.
    """
    use_threads(threads)
    console = Console(stderr=True)
    rows_to_train = load_paper_ablation(file)
    if budget:
        part = budget / rows_to_train[0][1].pictures
        rows_to_train = [(name, chosen.scaled(part)) for name, chosen in rows_to_train]
    pool = all_photos(data, None)
    unseen = list_crops(data / "faces", "test")
    judge = make_judge(unseen, models, threads)
    make = paper_pictures if test_set in DEGRADATIONS else degraded_pictures
    rows = []
    for number, (name, chosen) in enumerate(rows_to_train, start=1):
        console.print(f"{number}/{len(rows_to_train)}  {name}")
        target = folder / f"ablation_{file.stem}_{number}"
        train_experiment(chosen, target, models, folder, pool)
        (network,) = papers_under_test([target / AVERAGE], unseen)
        network = replace(network, name=f"{name}, {parameters_of(network.network) / 1e6:.2f} M")
        measured = evaluate(
            test_set, make(test_set, unseen, pictures, _SIDE), [], {}, judge, others=[network]
        )
        rows += [row for row in measured if row.method == network.name or number == 1]
    Console().print(as_table(rows))
    if json_file is not None:
        write_text(json_file, as_json(rows))
    if markdown is not None:
        write_text(markdown, as_markdown(rows))
