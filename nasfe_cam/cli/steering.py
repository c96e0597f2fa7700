"""`nasfe-cam status`, `set` and `stop`: control the running camera."""

from __future__ import annotations

import shutil
import textwrap
import time
from pathlib import Path

import typer

from nasfe_cam.config.names import full_name, live_settings
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.client.launcher import end_without_socket
from nasfe_cam.control.client.unrestored import why_unrestored
from nasfe_cam.control.protocol.endpoint import default_endpoint, is_claimed
from nasfe_cam.control.protocol.errors import CameraDidNotAnswer
from nasfe_cam.control.protocol.messages import OutputStatus, Status
from nasfe_cam.core.errors import PathUnreachable
from nasfe_cam.core.text.foreign import readable
from nasfe_cam.core.user_files import FileKind, kind_of

# Finishing a video file can take some seconds.
_STOP_SECONDS = 60.0
_POLL_SECONDS = 0.05


def status(
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """Show the state of the running camera."""
    client = CameraClient.attach()
    try:
        now = client.status()
    finally:
        client.close()
    if as_json:
        print(now.model_dump_json(indent=2))
    else:
        _print(now, client.process)


def set_setting(
    name: str = typer.Argument(
        ..., metavar="NAME", help="Name, such as retouch; with its section if needed."
    ),
    value: str = typer.Argument(..., metavar="VALUE", help="The new value."),
) -> None:
    """Change a setting of the running camera until it stops, such as: nasfe-cam set retouch 60.

    docs/settings.md marks the settings that can be changed live.
    """
    dotted = full_name(name)
    if dotted == "source.source" and not value.isdecimal() and _is_file(Path(value)):
        # The camera may run in another folder than this command.
        value = str(Path(value).absolute())
    client = CameraClient.attach()
    try:
        client.change(dotted, value)
        now = client.status()
    finally:
        client.close()
    print(f"{dotted} = {readable(str(now.settings[dotted]))}")


def _is_file(path: Path) -> bool:
    try:
        return kind_of(path) is FileKind.FILE
    except PathUnreachable:
        # The camera says why.
        return False


def stop() -> None:
    """Stop the running camera, and wait until it has stopped; one that hangs is ended by force."""
    endpoint = default_endpoint()
    deadline = time.monotonic() + _STOP_SECONDS
    try:
        client = CameraClient.attach(endpoint)
        client.stop()
        client.wait_until_gone(_STOP_SECONDS)
        client.close()
    except CameraDidNotAnswer:
        end_without_socket(endpoint)
    while is_claimed(endpoint):
        if time.monotonic() > deadline:
            raise CameraDidNotAnswer(_STOP_SECONDS)
        time.sleep(_POLL_SECONDS)
    print("The camera has stopped.")


def _print(now: Status, process: int) -> None:
    why = why_unrestored(now)
    rows = [
        *([] if why is None else [("note", str(why))]),
        ("camera", f"process {process}, for {now.running_s:.0f} s, {now.memory_mb:.0f} MB"),
        ("picture", f"{now.fps:.1f} frames/s, {now.latency_ms.p50:.0f} ms from capture to output"),
        (
            "frames",
            f"{now.shown} shown, {now.restored + now.carried} restored, "
            f"{sum(now.dropped.values())} dropped",
        ),
        ("source", now.source + (" (lost, waiting for it)" if now.source_lost else "")),
        ("device", _device_words(now)),
        ("preview", f"{now.viewers} watching"),
        *(("output", _words(output)) for output in now.outputs),
        *((name, str(now.settings[name]) or "(none)") for name in sorted(live_settings())),
    ]
    margin = 2 + max(len(key) for key, _ in rows)
    width = max(shutil.get_terminal_size().columns, 2 * margin)
    for key, words in rows:
        print(_row(key.ljust(margin), readable(words), width))
    for record in now.errors:
        clock = time.strftime("%H:%M:%S", time.localtime(record.at))
        print(f"{clock} {readable(record.error.text)}")


def _row(head: str, words: str, width: int) -> str:
    """A line of a table, wrapped where it is too long; of Rich, loading takes longer than this."""
    return textwrap.fill(
        words,
        width,
        initial_indent=head,
        subsequent_indent=" " * len(head),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _device_words(now: Status) -> str:
    if now.device is None:
        return "none yet: the network is being loaded"
    return f"{now.device}: {'; '.join(reason.text for reason in now.device_reasons)}"


def _words(output: OutputStatus) -> str:
    watchers = "" if output.watchers is None else f", {output.watchers} watching"
    return f"{output.name}: {output.condition}{watchers}"
