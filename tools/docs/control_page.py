"""Writes `docs/control.md` from the messages: `python -m tools.docs.control_page`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from nasfe_cam.config.names import live_settings
from nasfe_cam.control.protocol import messages
from nasfe_cam.control.protocol.channel import MAXIMUM_MESSAGE_BYTES
from nasfe_cam.control.protocol.messages import PROTOCOL_VERSION, Message
from nasfe_cam.control.server.preview_feed import LARGEST_PREVIEW
from nasfe_cam.core.atomic_files import write_text

_HEAD = """# Controlling a running camera

Made from `nasfe_cam/control/protocol/messages.py` by
`python -m tools.docs.control_page`; do not edit.

Other programs of the same user can control `nasfe-cam run`: `nasfe-cam status`,
`nasfe-cam set`, `nasfe-cam stop`, and the window. A Python program uses `CameraClient` of
`nasfe_cam.control.client.connection` or `CameraSupervisor` of
`nasfe_cam.control.client.supervisor`.
While the camera runs,
{live} can be changed;
every other setting takes effect at its next start. A change lasts until the camera stops.

## Access

All files are in one folder that only the user can open (0700; on Linux
`$XDG_RUNTIME_DIR/nasfe-cam`). None of them is a network connection:

| file | what |
| --- | --- |
| `control.sock` | the Unix socket (0600); on Windows a named pipe instead |
| `control.token` | 32 random bytes, new for every camera (0600) |
| `control.lock` | locked while a camera runs; distinguishes a running camera from leftover files |
| `preview.ring` | the newest pictures, while a preview is shown |
| `camera.log` | the output of a camera that another program started |
| `camera-error.json` | the error with which such a camera ended, as an `Explanation` |
| `restart.toml` | the settings with which a camera is restarted after a crash |

The permissions of folder and socket keep other users out. On Linux and macOS the user at the
other end is also checked with the operating system. Both sides prove that they know the token
without sending it, by the challenge of Python's `multiprocessing.connection`. One camera per
user can be controlled; a second `nasfe-cam run` says so and stops, unless it is started with
`--no-control`.

## Messages

Version {version}. A message is a JSON object in UTF-8 of at most {kib} KiB, in the framing of
`multiprocessing.connection`. The client begins with `hello`. After that every request has an
`id` chosen by the client, which its one answer repeats; events are sent without a request. A
message that is not understood is answered by `failed` with `id` 0, and the connection is
closed; the camera keeps running.
"""

_PREVIEW = """
## Preview

After `show-preview` the camera writes every frame into the ring file named in the answer, in
the layout of `nasfe_cam/vcam_host/ring_layout.py`. Each picture of the ring holds the unrepaired
frame in its upper half and the restored frame of the same moment in its lower half, each at most
{width} x {height}. Readers take the newest picture, and neither side waits for the other; a reader
finds a restarted camera by itself. Without viewers there is no ring, and the camera copies
nothing.
"""

_GROUPS = (
    ("From the client: first", (messages.Hello,)),
    ("From the camera: the answer to it", get_args(messages.Answer)),
    ("From the client: requests", get_args(messages.Request)),
    ("From the camera: answers", get_args(messages.Reply)),
    ("From the camera: events", get_args(messages.Event)),
    (
        "Parts of messages",
        (
            messages.Status,
            messages.OutputStatus,
            messages.ErrorRecord,
            messages.Explanation,
            messages.Percentiles,
        ),
    ),
)
"""Every message once, in the order of the page."""


def control_page() -> str:
    """The page, as Markdown."""
    names = [f"`{name}`" for name in sorted(live_settings())]
    live = ", ".join(names[:-1]) + " and " + names[-1]
    parts = [_HEAD.format(live=live, version=PROTOCOL_VERSION, kib=MAXIMUM_MESSAGE_BYTES // 1024)]
    for title, kinds in _GROUPS:
        parts.append(
            f"\n### {title}\n\n| message | field | type | what |\n| --- | --- | --- | --- |"
        )
        for kind in kinds:
            parts += _rows(kind)
    width, height = LARGEST_PREVIEW
    parts.append(_PREVIEW.format(width=width, height=height))
    return "\n".join(parts)


def _rows(kind: type[Message]) -> list[str]:
    words = " ".join((kind.__doc__ or "").split())
    rows = [f"| **`{_name(kind)}`** | | | {words} |"]
    rows += [
        f"| | `{name}` | {_type(field)} | {field.description or ''} |"
        for name, field in kind.model_fields.items()
        if name not in ("type", "id")
    ]
    return rows


def _name(kind: type[Message]) -> str:
    field = kind.model_fields.get("type")
    return kind.__name__ if field is None else str(field.default)


def _type(field: FieldInfo) -> str:
    words = _words(field.annotation)
    bounds = {type(limit).__name__: limit for limit in field.metadata}
    if "Ge" in bounds and "Le" in bounds:
        words += f", {bounds['Ge'].ge:g} to {bounds['Le'].le:g}"
    return words


def _words(annotation: Any) -> str:
    plain = {
        int: "integer",
        float: "number",
        str: "text",
        bool: "true or false",
        type(None): "null",
    }
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in plain:
        return plain[annotation]
    if origin is Annotated:
        return _words(arguments[0])
    if origin in (Union, UnionType):
        return " or ".join(_words(argument) for argument in arguments)
    if origin is tuple:
        return f"list of {_words(arguments[0])}"
    if origin is dict:
        return f"object of {_words(arguments[1])}"
    if origin is Literal:
        return ", ".join(f'"{value}"' for value in arguments)
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return ", ".join(f'"{value}"' for value in annotation)
    return f"`{annotation.__name__}`"


if __name__ == "__main__":
    write_text(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/control.md"), control_page())
