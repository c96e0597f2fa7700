"""`nasfe-cam demo`: shows the effect on a clip, without a camera."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from nasfe_cam.cli.benchmark import BAD_WEBCAM, print_result
from nasfe_cam.cli.parser.options import with_settings
from nasfe_cam.cli.terminal import complain, shown
from nasfe_cam.config.settings import Settings
from nasfe_cam.core.atomic_files import output_file_error, write_text
from nasfe_cam.core.errors import NothingRestored
from nasfe_cam.measurement.benchmark import BUNDLED_CLIP, bad_clip, run_benchmark
from nasfe_cam.measurement.demo import make_demo
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.sources.base import Source
from nasfe_cam.sources.video import VideoSource

_BENCHMARK_FRAMES = 180
_WARM_UP_FRAMES = 30


@with_settings(
    "restore.light",
    "restore.retouch",
    "restore.white_balance",
    "restore.device",
    "restore.precision",
    "restore.threads",
    "output.width",
    "output.height",
    "output.fit",
)
def demo(
    settings: Settings,
    clip: Path = typer.Option(
        BUNDLED_CLIP, metavar="FILE", help="Clean clip with a face.", show_default="bundled"
    ),
    folder: Path = typer.Option(Path("nasfe-demo"), metavar="FOLDER", help="Folder for the files."),
    bad: int = BAD_WEBCAM,
) -> None:
    """Degrade a clip, restore it, and write both side by side with a report."""
    console = Console()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise output_file_error(folder, error) from None
    with Progress(console=console, transient=True) as progress:

        def report(error: Exception) -> None:
            complain(error, progress.console)

        networks = face_networks(settings, report=report, in_background=False)
        task = progress.add_task("restoring the clip", total=None)
        fidelity = make_demo(
            clip,
            folder,
            settings,
            networks,
            bad / 100,
            lambda done: progress.update(task, description=f"restoring the clip, frame {done}"),
        )
        progress.update(task, visible=False)
        measuring = progress.add_task("measuring the live path", total=_BENCHMARK_FRAMES)
        result = None
        # The files are made, and count for more than how busy the computer is now.
        with suppress(NothingRestored):
            result = run_benchmark(
                settings,
                bad_clip(_open(clip), settings, bad / 100),
                _BENCHMARK_FRAMES,
                _WARM_UP_FRAMES,
                report,
                lambda done: progress.update(measuring, completed=done),
            )
    document = {name: round(v, 3) for name, v in asdict(fidelity).items()}
    if result is None:
        console.print("The computer is too busy to measure its speed now.")
        console.print("Measure it later with: nasfe-cam benchmark")
    else:
        document = result.as_json() | document
        print_result(result, console)
    write_text(folder / "report.json", json.dumps(document, indent=2) + "\n")
    console.print(
        f"Against the clean clip: PSNR {fidelity.psnr_before:.2f} -> {fidelity.psnr_after:.2f} dB, "
        f"SSIM {fidelity.ssim_before:.3f} -> {fidelity.ssim_after:.3f}; in the face "
        f"{fidelity.face_psnr_before:.2f} -> {fidelity.face_psnr_after:.2f} dB, "
        f"{fidelity.face_ssim_before:.3f} -> {fidelity.face_ssim_after:.3f}"
    )
    for name in ("side-by-side.mp4", "before-after.png", "report.json"):
        console.print(f"  {shown(folder / name)}", soft_wrap=True)  # a path stays in one piece


def _open(clip: Path) -> Source:
    return VideoSource(clip, paced=False)
