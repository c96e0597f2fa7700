"""Text that came from outside: names of files, cameras and people, and what libraries say.

A file name on Linux is any bytes. Python holds those that are no UTF-8 as surrogates
(`os.fsdecode`), which no JSON, TOML or terminal takes, and a name may hold control
characters that a terminal would obey.
"""

from __future__ import annotations

import unicodedata

_SURROGATES = range(0xDC80, 0xDD00)
# Private use, plane 16: in no name that anybody can read.
_STAND_INS = range(0x10FC80, 0x10FD00)
_TO_STAND_INS = dict(zip(_SURROGATES, _STAND_INS, strict=True))
_FROM_STAND_INS = dict(zip(_STAND_INS, _SURROGATES, strict=True))
# Cc: control characters; Cs: half letters; Zl and Zp: line ends.
_UNREADABLE = ("Cc", "Cs", "Zl", "Zp")
# They turn the direction of what stands around them.
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def readable(text: str) -> str:
    """The text as it may be shown: one line that is whole, and that no terminal obeys."""
    if text.isascii() and text.isprintable():
        return text
    shown = ""
    for letter in text:
        if letter.isspace() and letter != "\N{NO-BREAK SPACE}":
            shown += " "
        elif (
            unicodedata.category(letter) in _UNREADABLE
            or letter in _TURNING
            or ord(letter) in _FROM_STAND_INS
        ):
            shown += "\N{REPLACEMENT CHARACTER}"
        else:
            shown += letter
    return shown


def sendable(text: str) -> str:
    """The text with stand-ins for bytes that are no UTF-8, so that JSON and TOML can hold it."""
    if text.isascii():
        return text
    standing_in = text.translate(_TO_STAND_INS)
    # Half letters that no file name can hold.
    return standing_in.encode("utf-8", errors="replace").decode("utf-8")


def received(text: str) -> str:
    """The text that `sendable` was given."""
    return text if text.isascii() else text.translate(_FROM_STAND_INS)
