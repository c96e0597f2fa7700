"""`nasfe-train search`: search the fusion network of one experiment."""

from __future__ import annotations

from pathlib import Path

import typer

from nasfe_cam.degradation.parameters import DegradationRanges
from train.checkpoint import save_state
from train.cli.options.common import FACES, RUNS, THREADS, VGG_MODELS
from train.cli.options.sources import use_threads, vgg_file
from train.data.crop_store import list_crops
from train.data.identity_cache import IdentityCache
from train.data.samples.batches import BatchSampler
from train.models.nasfe.genotype import save_genotype
from train.models.nasfe.presets import GENOTYPES
from train.models.vgg import load_vgg_features
from train.search.derivation import derive, inherited_weights
from train.search.experiment import load_search_experiment
from train.search.latency import LatencyTable, expected_latency
from train.search.relaxed_fusion import RelaxedFusionNetwork
from train.search.search_loop import SearchProgress, halves, search

SAY_EVERY = 50


def search_command(
    experiment: Path = typer.Argument(help="TOML file in train/experiments."),
    data: Path = FACES,
    models: Path = VGG_MODELS,
    folder: Path = RUNS,
    threads: int = THREADS,
) -> None:
    """Search; an interrupted search goes on where it was.

    Writes the genotype to train/genotypes, and the weights that the derived
    network inherits as a run of the same name with "_derived", from which a
    training experiment can start.
    """
    use_threads(threads)
    chosen = load_search_experiment(experiment)
    crops = list_crops(data / "faces", "train")
    vgg = load_vgg_features(vgg_file(models))
    identities = IdentityCache(folder / "cache" / "identity.npy", crops, vgg)
    for_weights, for_architecture = (
        BatchSampler(
            crops,
            identities,
            windows=chosen.windows,
            seed=chosen.seed + half,
            ranges=DegradationRanges(),
            identity_share=chosen.identity_share,
            rows=rows,
        )
        for half, rows in enumerate(halves(crops))
    )
    table = LatencyTable()

    def say(progress: SearchProgress) -> None:
        if progress.step % SAY_EVERY == 0:
            held_out = progress.held_out_loss
            typer.echo(
                f"step {progress.step}/{chosen.steps}  loss {progress.loss:.4f}  "
                f"held out {'-' if held_out is None else f'{held_out:.4f}'}  "
                f"{progress.latency:.2f} ms  entropy {progress.entropy:.2f}  "
                f"{progress.images_per_second:.0f} images/s"
            )

    name = experiment.stem
    network = search(chosen, for_weights, for_architecture, vgg, table, folder / name, say)
    fusion = network.fusion
    assert isinstance(fusion, RelaxedFusionNetwork)
    genotype = derive(fusion)
    comment = (
        f"Fusion network of {chosen.network}: nasfe-train search {experiment.name}, "
        f"{chosen.steps} steps.\nExpected latency of its operators before the choice: "
        f"{expected_latency(fusion, table).item():.2f} ms."
    )
    save_genotype(genotype, GENOTYPES / f"{name}.toml", comment)
    save_state(
        folder / f"{name}_derived" / "last.pt",
        {"average": inherited_weights(network.state_dict(), genotype)},
    )
    typer.echo(f"genotype written to {GENOTYPES / f'{name}.toml'}")
