"""The `nasfe-train` command."""

from __future__ import annotations

import sys

from nasfe_cam.cli.parser.lazy_commands import CommandEntry, group_of
from nasfe_cam.cli.parser.plain_help import PlainProgram
from nasfe_cam.core.errors import NasfeError

COMMANDS = (
    CommandEntry(
        "prepare",
        "train.cli.preparation.prepare:prepare",
        "Align the faces of all photos and store them for training.",
    ),
    CommandEntry(
        "synthesise",
        "train.cli.preparation.synthesise:synthesise",
        "Make faces, people with several photos and moving clips, to train on.",
    ),
    CommandEntry(
        "landmarks",
        "train.cli.preparation.landmarks:landmarks",
        "Find the 478 landmarks of all training and test crops, and keep them.",
    ),
    CommandEntry(
        "landmark-errors",
        "train.cli.preparation.landmark_errors:landmark_errors",
        "Degrade training crops, restore them with the shipped network, find landmarks on that.",
    ),
    CommandEntry(
        "guided",
        "train.cli.guided:guided",
        "Train on real crops and on whatever generated shards there are by then.",
    ),
    CommandEntry(
        "pack",
        "train.cli.guided:pack_command",
        "Pack crops and landmarks for a machine that is at hand for minutes only.",
    ),
    CommandEntry(
        "run",
        "train.cli.run:run",
        "Train the network of an experiment; an interrupted run goes on where it was.",
    ),
    CommandEntry(
        "search",
        "train.cli.search:search_command",
        "Search; an interrupted search goes on where it was.",
    ),
    CommandEntry(
        "draw",
        "train.cli.draw:draw",
        "Draw a genotype as a graph (needs the program dot of Graphviz) and its search as curves.",
    ),
    CommandEntry(
        "identifier",
        "train.cli.identifier:identifier",
        "Fine-tune VGG-16 up to pool3 as a face identifier; report Top-1 before and after.",
    ),
    CommandEntry(
        "classifier",
        "train.cli.classifier:classifier",
        "Train the three layers that judge blur, noise and low light.",
    ),
    CommandEntry(
        "export",
        "train.cli.shipping.export:export",
        "Write restorer, observer and manifest, if all runtimes agree on real crops.",
    ),
    CommandEntry(
        "export-guided",
        "train.cli.shipping.export_guided:export_guided_command",
        "Write a network with guidance and memory, if all runtimes agree on real crops.",
    ),
    CommandEntry(
        "export-paper",
        "train.cli.shipping.export_paper:export_paper",
        "Write another paper's network for the camera, with all that it needs beside it.",
    ),
    CommandEntry(
        "quantise",
        "train.cli.shipping.quantise:quantise_command",
        "Write the restorer in INT8 beside its ONNX file, if it loses at most 0.1 dB.",
    ),
    CommandEntry(
        "networks",
        "train.cli.networks:networks",
        "Print learnable parameters and multiply-accumulate operations of every network.",
    ),
    CommandEntry(
        "evaluate",
        "train.cli.evaluate:evaluate_command",
        "Measure restoration on test sets: PSNR, SSIM, LPIPS, NIQE, identity.",
    ),
    CommandEntry(
        "ablation",
        "train.cli.ablation:ablation",
        "Train every row of Table 6 at the same budget and measure it on Test-BN and Test-BNL.",
    ),
    CommandEntry(
        "paper-ablation",
        "train.cli.papers.ablation:paper_ablation",
        "Train every row of an ablation at the same budget, and measure it.",
    ),
    CommandEntry(
        "evaluate-real",
        "train.cli.evaluate_real:evaluate_real",
        "Measure what needs no clean picture: NIQE, and SFace's cosine to enrolment photos.",
    ),
    CommandEntry(
        "niqe",
        "train.cli.niqe:fit_niqe",
        "Fit the clean-picture model of NIQE on training faces, at both sizes of the tables.",
    ),
)

app = PlainProgram(
    group_of(COMMANDS),
    name="nasfe-train",
    help="Train, evaluate and export the networks of NASFE Camera.",
    no_args_is_help=True,
)


@app.callback()
def _root() -> None:
    """Train, evaluate and export the networks of NASFE Camera."""


def main() -> None:
    """Entry point: errors of our own family end with one line and exit code 2."""
    try:
        app()
    except NasfeError as error:
        print(f"nasfe-train: {error}", file=sys.stderr)
        sys.exit(2)
