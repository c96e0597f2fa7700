"""`nasfe-train export-guided`: a guided network as the camera runs it."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import typer

from nasfe_cam.config.shipped_models import MODELS, find_model
from train.cli.options.common import FACES
from train.cli.options.guided_candidate import NETWORK
from train.cli.shipping.export import CARDS, real_crops
from train.data.samples.guided_samples import draw_guided_samples
from train.export.guided import export_guided
from train.export.onnx import ModelText, write_manifest
from train.guided.training import pictures_of
from train.models.guided.presets import build_guided
from train.weights import WEIGHTS, load_weights, round_to_half

CALIBRATION, CHECKED = 100, 60
CALIBRATION_SEED, CHECK_SEED = 20261130, 20261201


def export_guided_command(
    network: str = typer.Option(NETWORK, help="Size preset."),
    weights: Path | None = typer.Option(
        None, help="Averaged weights of nasfe-train guided; default: the committed ones."
    ),
    target: Path = typer.Option(MODELS, help="Folder to write to."),
    data: Path = FACES,
    int8: bool = typer.Option(
        True, help="Write it in INT8 too, if that loses at most 0.1 dB of what it restores."
    ),
) -> None:
    """Write a network with guidance and memory, if all runtimes agree on real crops."""
    restorer = build_guided(network)
    file = weights or WEIGHTS / f"{network}.safetensors"
    load_weights(restorer, file)
    round_to_half(restorer)
    pictures = pictures_of(file)
    text = {
        "architecture": network,
        "training_data": f"see {CARDS}/{network}.md; holds research-only photos",
        "pictures": str(pictures),
        "licence": f"see {CARDS}/{network}.md",
    }
    target.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=target, prefix=".export-") as folder:
        staged = Path(folder) / f"{network}.onnx"
        export_guided(restorer, staged, real_crops(data), ModelText(text))
        staged.replace(target / staged.name)
    write_manifest(target)
    typer.echo(f"{network} ({pictures} pictures) written to {target}")
    if not int8:
        return
    # Here, because nncf takes seconds to import, and every other command would wait for it.
    from train.export.int8 import export_quantised

    model = find_model(f"{network}.onnx", target)
    calibration = draw_guided_samples(data, "train", model, CALIBRATION, CALIBRATION_SEED)
    checked = draw_guided_samples(data, "test", model, CHECKED, CHECK_SEED)
    loss = export_quantised(model, calibration, checked)
    write_manifest(target)
    typer.echo(
        f"in INT8 it loses {loss.mean:.3f} dB of {loss.float_psnr:.2f} on {loss.crops} pictures "
        f"(worst {loss.worst:.2f} dB), and is {loss.likeness:.1f} dB from the float network's"
    )
