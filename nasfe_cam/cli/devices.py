"""`nasfe-cam devices`: cameras, the virtual camera and what can run the network."""

from __future__ import annotations

import json
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table

from engine.devices import Device, list_devices
from nasfe_cam.cli.terminal import shown
from nasfe_cam.config.settings import Settings
from nasfe_cam.sources.listing import CameraDescription, list_cameras
from nasfe_cam.sources.own_output import is_own_output
from nasfe_cam.virtual_camera.state import (
    VirtualCameraState,
    find_virtual_camera,
    install_step,
)

_MOST_SIZES = 3


def devices(
    label: str = typer.Option(
        Settings().output.label, metavar="TEXT", help="Name of the virtual camera to look for."
    ),
    as_json: bool = typer.Option(False, "--json", help="One JSON document on stdout."),
) -> None:
    """List the cameras, the virtual camera and the devices that can run the network."""
    cameras = [camera for camera in list_cameras() if not is_own_output(camera.name, label)]
    virtual = find_virtual_camera(label)
    computing = list_devices()
    if as_json:
        print(json.dumps(devices_as_json(cameras, virtual, computing), indent=2))
    else:
        _print(cameras, virtual, computing, Console())


def devices_as_json(
    cameras: Sequence[CameraDescription],
    virtual: VirtualCameraState,
    computing: Sequence[Device],
) -> dict[str, object]:
    """The devices, for programs."""
    return {
        "cameras": [
            {
                "number": camera.number,
                "name": camera.name,
                "path": None if camera.path is None else str(camera.path),
                "capture": camera.capture,
                "formats": [
                    {"code": pixels.code, "sizes": [list(size) for size in pixels.sizes]}
                    for pixels in camera.formats
                ],
            }
            for camera in cameras
        ],
        "virtual_camera": {
            "label": virtual.label,
            "present": virtual.present,
            "path": None if virtual.path is None else str(virtual.path),
            "exclusive_caps": virtual.exclusive_caps,
        },
        "engine_devices": [
            {
                "key": device.key,
                "name": device.name,
                "runtime": device.runtime,
                "arithmetic": list(device.arithmetic),
            }
            for device in computing
        ],
    }


def _print(
    cameras: Sequence[CameraDescription],
    virtual: VirtualCameraState,
    computing: Sequence[Device],
    console: Console,
) -> None:
    if cameras:
        table = Table("--source", "camera", "device", "pictures")
        for camera in cameras:
            pictures = _pictures(camera) if camera.capture else "[dim]gives none now[/dim]"
            table.add_row(str(camera.number), shown(camera.name), str(camera.path or ""), pictures)
        console.print(table)
    else:
        console.print("No camera was found. Plug one in, or check with: nasfe-cam doctor")
    if virtual.present:
        console.print(f"Virtual camera: {shown(virtual.label)} {virtual.path or ''}".rstrip())
    else:
        console.print(f"Virtual camera: {shown(virtual.label)} is not installed. Install it with:")
        console.print(f"  {shown(str(install_step(virtual)))}", soft_wrap=True)
    table = Table("device", "name", "runtime", "arithmetic")
    for device in computing:
        runtime = device.runtime or "none in this version"
        table.add_row(device.key, shown(device.name), runtime, ", ".join(device.arithmetic))
    console.print(table)


def _pictures(camera: CameraDescription) -> str:
    lines = []
    for pixels in camera.formats:
        largest = sorted(pixels.sizes, key=lambda size: -size[0] * size[1])[:_MOST_SIZES]
        lines.append(f"{pixels.code} " + ", ".join(f"{w}x{h}" for w, h in largest))
    return shown("\n".join(lines))
