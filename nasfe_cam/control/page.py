"""Writes `docs/control.md` from the messages: `python -m nasfe_cam.control.page`."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from nasfe_cam.control import messages
from nasfe_cam.control.channel import MAXIMUM_MESSAGE_BYTES
from nasfe_cam.control.messages import PROTOCOL_VERSION, Message
from nasfe_cam.control.preview_feed import LARGEST_PREVIEW
from nasfe_cam.files import write_text
from nasfe_cam.setting_names import live_settings

_HEAD = """# Steering a running camera

Made from `nasfe_cam/control/messages.py` by `python -m nasfe_cam.control.page`; do not edit.

`nasfe-cam run` can be steered by other programs of the same user: `nasfe-cam
status`, `nasfe-cam set`, `nasfe-cam stop`, and the window. A program in Python uses
`nasfe_cam.control.client.CameraClient` or `nasfe_cam.control.supervisor.CameraSupervisor`.
While the camera runs,
{live} can be changed;
every other setting waits for its next start. A change lasts until the camera ends.

## Who gets in

Everything lies in one folder that only the user can enter (0700; on Linux
`$XDG_RUNTIME_DIR/nasfe-cam`), and nothing of it is a network connection:

| file | what |
| --- | --- |
| `control.sock` | the Unix socket (0600); on Windows a named pipe instead |
| `control.token` | 32 random bytes, new for every camera (0600) |
| `control.lock` | locked while a camera runs; tells a living camera from files left behind |
| `preview.ring` | the newest pictures, while somebody looks |
| `camera.log` | what a camera says that another program started |
| `restart.toml` | the settings with which a camera is started again after a crash |

Folder and socket keep other users out; the system's word about the user at the
other end is checked on top (Linux and macOS); and both sides prove that they know
the token, by the challenge of Python's `multiprocessing.connection`, without sending
it. One camera of a user can be steered; a second `nasfe-cam run` says so and ends,
unless it is started with `--no-control`.

## Messages

Version {version}. A message is a JSON object in UTF-8 of at most {kib} KiB, in the framing of
`multiprocessing.connection`. The client opens with `hello`. After that every request has an
`id` of the client's choice, which its one answer repeats; events come on their own. A
message that is not understood is answered by `failed` with `id` 0, and the connection
ends; the camera goes on.
"""

_PREVIEW = """
## Preview

After `show-preview` the camera writes every frame into the ring file of the answer, in
the layout of `nasfe_cam/output/ring_layout.py`: a picture of the ring holds the untouched
frame in its upper half and the restored frame of the same moment in its lower half, each
at most {width} x {height}. The newest picture wins, nobody waits for anybody, and a reader
follows a camera that comes back by itself. Without viewers there is no ring, and the
camera copies nothing.
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
