"""`nasfe-cam status`, `set` and `stop`: steer the camera that runs."""

from __future__ import annotations

import time
from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from nasfe_cam.control.client import CameraClient
from nasfe_cam.control.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.errors import CameraDidNotAnswer
from nasfe_cam.control.messages import OutputStatus, Status
from nasfe_cam.setting_names import full_name, live_settings

# Finishing a video file can take some seconds.
_STOP_SECONDS = 60.0
_POLL_SECONDS = 0.05


def status(
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Say what the running camera does."""
    client = CameraClient.attach()
    try:
        now = client.status()
    finally:
        client.close()
    if as_json:
        print(now.model_dump_json(indent=2))
    else:
        _print(now, client.process, Console())


def set_setting(
    name: str = typer.Argument(..., help="Such as strength; with its section where needed."),
    value: str = typer.Argument(..., help="The new value."),
) -> None:
    """Change a setting of the running camera, until it ends: nasfe-cam set strength 60.

    docs/settings.md marks the settings that can be changed so.
    """
    dotted = full_name(name)
    if dotted == "source.source" and not value.isdecimal() and Path(value).is_file():
        # The camera may run in another folder than this command.
        value = str(Path(value).absolute())
    client = CameraClient.attach()
    try:
        client.change(dotted, value)
        now = client.status()
    finally:
        client.close()
    print(f"{dotted} = {now.settings[dotted]}")


def stop() -> None:
    """End the running camera orderly, and wait until it has ended."""
    endpoint = default_endpoint()
    client = CameraClient.attach(endpoint)
    client.stop()
    deadline = time.monotonic() + _STOP_SECONDS
    client.wait_until_gone(_STOP_SECONDS)
    client.close()
    while is_claimed(endpoint):
        if time.monotonic() > deadline:
            raise CameraDidNotAnswer(_STOP_SECONDS)
        time.sleep(_POLL_SECONDS)
    print("The camera has ended.")


def _print(now: Status, process: int, console: Console) -> None:
    rows = {
        "camera": f"process {process}, for {now.running_s:.0f} s, {now.memory_mb:.0f} MB",
        "picture": f"{now.fps:.1f} frames/s, {now.latency_ms.p50:.0f} ms from capture to output",
        "frames": f"{now.shown} shown, {now.restored} restored, "
        f"{sum(now.dropped.values())} dropped",
        "source": now.source + (" (lost, waiting for it)" if now.source_lost else ""),
        "device": f"{now.device}: {now.device_reason}",
        "preview": f"{now.viewers} watching",
    }
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    for key, words in rows.items():
        table.add_row(key, escape(words))
    for output in now.outputs:
        table.add_row("output", escape(_words(output)))
    for name in sorted(live_settings()):
        table.add_row(name, escape(str(now.settings[name])))
    console.print(table)
    for record in now.errors:
        clock = time.strftime("%H:%M:%S", time.localtime(record.at))
        console.print(f"{clock} {escape(record.text)}", soft_wrap=True)


def _words(output: OutputStatus) -> str:
    watchers = "" if output.watchers is None else f", {output.watchers} watching"
    return f"{output.name}: {output.condition}{watchers}"
