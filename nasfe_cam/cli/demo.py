"""`nasfe-cam demo`: see the effect on a clip, without a camera."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typer
from rich.console import Console
from rich.progress import Progress

from nasfe_cam.benchmarking import BUNDLED_CLIP, bad_clip, run_benchmark
from nasfe_cam.cli.benchmark import print_result
from nasfe_cam.cli.options import with_settings
from nasfe_cam.demonstration import make_demo
from nasfe_cam.errors import OutputFileFailed
from nasfe_cam.files import write_text
from nasfe_cam.live import resources
from nasfe_cam.settings import Settings
from nasfe_cam.sources import Source
from nasfe_cam.sources.video import VideoSource

_BENCHMARK_FRAMES = 180
_WARM_UP_FRAMES = 30


@with_settings(
    "restore.strength",
    "restore.tone_match",
    "restore.device",
    "restore.precision",
    "restore.threads",
    "output.width",
    "output.height",
    "output.fit",
)
def demo(
    settings: Settings,
    clip: Path = typer.Option(BUNDLED_CLIP, help="Clean clip with a face.", show_default="bundled"),
    folder: Path = typer.Option(Path("nasfe-demo"), help="Where the files go."),
    bad: int = typer.Option(60, min=0, max=100, help="How bad the simulated webcam is."),
) -> None:
    """Make a clip bad, restore it, and write both side by side with a report."""
    console = Console()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputFileFailed(folder, error.strerror or str(error)) from None
    with Progress(console=console, transient=True) as progress:

        def report(error: Exception) -> None:
            progress.console.print(f"nasfe-cam: {error}")

        parts = resources(settings, lambda: _open(clip), report=report, in_background=False)
        task = progress.add_task("restoring the clip", total=None)
        fidelity = make_demo(
            clip,
            folder,
            settings,
            parts,
            bad / 100,
            lambda done: progress.update(task, description=f"restoring the clip, frame {done}"),
        )
        progress.update(task, visible=False)
        measuring = progress.add_task("measuring the live path", total=_BENCHMARK_FRAMES)
        result = run_benchmark(
            settings,
            bad_clip(_open(clip), settings, bad / 100),
            _BENCHMARK_FRAMES,
            _WARM_UP_FRAMES,
            report,
            lambda done: progress.update(measuring, completed=done),
        )
    document = result.as_json() | {name: round(v, 3) for name, v in asdict(fidelity).items()}
    write_text(folder / "report.json", json.dumps(document, indent=2) + "\n")
    print_result(result, console)
    console.print(
        f"Against the clean clip: PSNR {fidelity.psnr_before:.2f} -> {fidelity.psnr_after:.2f} dB, "
        f"SSIM {fidelity.ssim_before:.3f} -> {fidelity.ssim_after:.3f}; in the face "
        f"{fidelity.face_psnr_before:.2f} -> {fidelity.face_psnr_after:.2f} dB, "
        f"{fidelity.face_ssim_before:.3f} -> {fidelity.face_ssim_after:.3f}"
    )
    for name in ("side-by-side.mp4", "before-after.png", "report.json"):
        console.print(f"  {folder / name}", soft_wrap=True)  # a path stays in one piece


def _open(clip: Path) -> Source:
    return VideoSource(clip, paced=False)
