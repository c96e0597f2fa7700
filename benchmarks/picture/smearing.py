"""Does the memory smear what moves in front of a face? Errors with it and without it.

    python -m benchmarks.picture.smearing --weights average.safetensors --data ../shared/data

Still faces behind a moving blob, from bad cameras: where the picture has changed since the last
frame (newly covered or newly seen), the memory is wrong, and everywhere else it is right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import torch
import torch.nn.functional as F
import typer
from torch import Tensor

from engine.precision import Precision
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.faces.landmark_network import LANDMARKS_FILE, LandmarkNetwork
from train.data.crop_store import list_crops
from train.data.landmark_cache import landmarks_of_crops
from train.guided.memory import Memories
from train.guided.scenes.photos import real_photos
from train.guided.scenes.scene import SHARES
from train.guided.scenes.streams import Framing, StreamSampler
from train.guided.training import pictures_of
from train.models.guided.presets import build_guided
from train.weights import load_weights, read_about
from train.work_folder import work_folder

# Level differences of the clean picture that are a change, and how far around it is looked.
CHANGED, AROUND = 0.08, 5


def main(
    weights: Path = typer.Option(help="average.safetensors of nasfe-train guided."),
    data: Path = typer.Option(Path("../shared/data"), help="Folder with faces/."),
    frames: int = typer.Option(40, min=2, help="Frames of each of eight slots."),
    threads: int = typer.Option(1, min=1, help="CPU threads."),
) -> None:
    """Print mean absolute errors, in levels of 255."""
    torch.set_num_threads(threads)
    name = read_about(weights)["network"]
    network = build_guided(name).eval()
    load_weights(network, weights)
    crops = list_crops(data / "faces", "test")
    mesh = LandmarkNetwork(find_model(LANDMARKS_FILE), Precision.F32)
    pool = real_photos(crops, landmarks_of_crops(work_folder(), crops, mesh), 176)
    film = StreamSampler(
        lambda: pool,
        slots=8,
        framing=Framing(176, 144, (176, 176)),
        webcam_share=0.5,
        seed=1,
        kernels=200,
        shares=replace(SHARES, occluded=1.0, moved=0.0, own=0.0, stranger=0.0),
    )
    errors: defaultdict[str, list[float]] = defaultdict(list)
    memories, before = Memories(), film.next().clean
    with torch.inference_mode():
        for _ in range(frames):
            batch = film.next()
            memory = memories.recall(batch.remembered)
            seen = (batch.degraded, batch.guidance)
            without = network(*seen, torch.zeros_like(memory), batch.degradation).clamp(0, 1)
            restored = network(*seen, memory, batch.degradation).clamp(0, 1)
            known = memory[:, 3:].amax(dim=(1, 2, 3)) > 0
            changed = _changed(batch.clean, before)
            for place, mask in (("changed", changed), ("unchanged", 1 - changed)):
                for how, result in (("with memory", restored), ("without", without)):
                    errors[f"{place}, {how}"] += _errors(result, batch.clean, mask, known)
            memories.keep(restored)
            before = batch.clean
    print(f"{name}, {pictures_of(weights)} pictures\n\n| where | error | n |\n| --- | --- | --- |")
    for where, values in errors.items():
        print(f"| {where} | {255 * sum(values) / len(values):.2f} | {len(values)} |")


def _changed(now: Tensor, before: Tensor) -> Tensor:
    """N x 1 x h x w, 1 where the clean picture is another than in the last frame, and around."""
    difference = (now - before).abs().amax(dim=1, keepdim=True)
    return F.max_pool2d((difference > CHANGED).float(), AROUND, 1, AROUND // 2)


def _errors(restored: Tensor, clean: Tensor, mask: Tensor, known: Tensor) -> list[float]:
    """Of the frames that have a memory and enough such pixels."""
    count = mask.sum(dim=(1, 2, 3))
    sums = ((restored - clean).abs().mean(1, keepdim=True) * mask).sum(dim=(1, 2, 3))
    rows = known & (count > 50)
    values: list[float] = (sums[rows] / count[rows]).tolist()
    return values


if __name__ == "__main__":
    typer.run(main)
