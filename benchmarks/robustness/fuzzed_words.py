"""Texts, numbers, settings files and messages that nobody should send, each from its number."""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from nasfe_cam.config.names import setting_fields, setting_values, settings_file_text
from nasfe_cam.config.settings import Settings

_TEXTS = (
    "", " ", ".", "..", "/", "~", "~root", "~nobody/x", "a", "-", "--help", "%s%n", "$HOME",
    "\0", "a\0b", "\n", "a\nb", "\x1b[31mred", "[/bold]", "[link=x]", "{path}", "é", "M\udcfcller",
    "\udcff", "\U0001f600", "\u202eabc", "Łódź", "x" * 255, "x" * 300, "é" * 200, "x" * 5000,
    "tcp://127.0.0.1:9/x", "http://127.0.0.1:9/x.mp4", "rtmp://127.0.0.1:9/x", "file:x", "pipe:1",
    "concat:a|b", "data:,x", "udp:x", "/dev/full", "/dev/zero", "/dev/null/x", "/dev/stdin",
    "/proc/self/mem", "/proc/version", "0", "-1", "99999", "1e999", "nan", "True", "auto",
    "CON", "nul.mp4", "a:b", "C:\\x", "\\\\server\\x", "../x", "a/../b", "a//b", "camera", "none",
)  # fmt: skip
_NUMBERS = (
    0, 1, -1, 2, 16, 100, 101, 255, 256, 2**31, 2**53, 2**63, 2**64, 10**300, -(10**30), 0.5,
    -0.0, 1e-320, 1e308, float("inf"), float("-inf"), float("nan"), True, False, None,
)  # fmt: skip


def _one(random: np.random.Generator, among: Any) -> Any:
    return among[int(random.integers(len(among)))]


def hostile_value(random: np.random.Generator, depth: int = 0) -> Any:
    """A value as a settings file or a message may hold it."""
    match int(random.integers(6 if depth < 3 else 4)):
        case 0 | 1:
            return _one(random, _TEXTS)
        case 2 | 3:
            return _one(random, _NUMBERS)
        case 4:
            return [hostile_value(random, depth + 1) for _ in range(int(random.integers(4)))]
        case _:
            return {
                str(_one(random, _TEXTS))[:50]: hostile_value(random, depth + 1)
                for _ in range(int(random.integers(3)))
            }


def settings_change(random: np.random.Generator) -> tuple[str, Any]:
    """Name and value of a setting; most names are true ones."""
    names = [*setting_fields(), "restore.strength", "source", "x.y", "", ".", "output.file.x"]
    return _one(random, names), hostile_value(random)


def settings_file(random: np.random.Generator) -> bytes:
    """A settings file that is whole, strange or damaged."""
    text = settings_file_text(setting_values(Settings()))
    lines = text.splitlines()
    for _ in range(int(random.integers(1, 4))):
        at = int(random.integers(len(lines)))
        match int(random.integers(40)):
            case 0:
                lines.insert(at, f"[{_one(random, _TEXTS)[:80]}]")
            case 1:
                lines.insert(at, f"{_one(random, _TEXTS)[:80]} = {_as_toml(hostile_value(random))}")
            case 2:
                lines[at] = lines[at].replace("=", _one(random, _TEXTS))
            case 3:
                lines[at] += _one(random, _TEXTS)
            case 4:
                lines.insert(at, "x = " + "[" * int(random.integers(1, 3000)))
            case 5:
                lines.insert(at, "x = " + "9" * int(random.integers(1, 6000)))
            case 6:
                lines.insert(at, ".".join("x" * int(random.integers(1, 4000))) + " = 1")
            case _:
                name, _, _ = lines[at].partition(" = ")
                if not name.startswith("["):
                    lines[at] = f"{name} = {_as_toml(hostile_value(random))}"
    data = bytearray("\n".join(lines).encode(errors="surrogateescape"))
    for _ in range(int(random.integers(3)) if not random.integers(4) else 0):
        data[int(random.integers(len(data)))] = int(random.integers(256))
    marks = (b"\xef\xbb\xbf", b"\xff\xfe", b"\0")
    return (_one(random, marks) if not random.integers(20) else b"") + bytes(data)


def _as_toml(value: Any) -> str:
    """As TOML where it has a word for it."""
    match value:
        case dict():
            inside = ", ".join(f"{json.dumps(key)} = {_as_toml(one)}" for key, one in value.items())
            return f"{{{inside}}}"
        case list():
            return f"[{', '.join(map(_as_toml, value))}]"
        case float():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "")
        case _:
            return json.dumps(value)


def message(random: np.random.Generator) -> bytes:
    """What another program might send in the place of a request; never a whole `stop`."""
    true = ("change-setting",) * 6 + ("get-status", "subscribe", "show-preview")
    strange = ("hello", "stop-not", 5, None, [], "status")
    fields: dict[str, Any] = {
        "type": _one(random, strange if not random.integers(10) else true),
        "id": int(random.integers(2**53)),
    }
    if not random.integers(12):
        fields["id"] = _one(random, (-1, "1", None, 1.5, True, 2**53 + 1, 10**300))
    if fields["type"] == "change-setting" or not random.integers(20):
        fields["name"], fields["value"] = settings_change(random)
    if fields["type"] == "subscribe":
        fields["period"] = _one(random, (1, 5, 60, hostile_value(random)))
    if fields["type"] == "show-preview":
        fields["on"] = _one(random, (True, False, hostile_value(random)))
    if not random.integers(20):
        fields[str(_one(random, _TEXTS))[:50]] = hostile_value(random)
    data = bytearray(json.dumps(fields).encode())
    match int(random.integers(20)):
        case 0:
            for _ in range(int(random.integers(1, 5))):
                data[int(random.integers(len(data)))] = int(random.integers(256))
        case 1:
            del data[int(random.integers(len(data))) :]
        case 2 if not random.integers(4):
            data = bytearray(b"[" * int(random.integers(1, 60_000)))
        case 3 if not random.integers(4):
            data = bytearray(random.bytes(int(random.integers(200))))
        case _:
            pass
    return bytes(data)


def output_name(random: np.random.Generator) -> str:
    """A name for a recording."""
    parts = [str(_one(random, _TEXTS)) for _ in range(int(random.integers(1, 4)))]
    ending = _one(
        random, ("", ".mp4", ".mp4", ".mkv", ".MP4", ".webm", ".mov", ".avi", ".txt", ".")
    )
    return _one(random, ("", "/", " ", ".")).join(parts) + ending
