"""Reads what a HEIC or AVIF file says of its picture (ISO/IEC 23008-12), without decoding it.

Phones store a photo as tiles of some hundred pixels, each compressed like a picture of a video.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

B = TypeVar("B", bytes, memoryview)

_BRANDS = frozenset(
    (b"heic", b"heix", b"heim", b"heis", b"mif1", b"mif2", b"avif", b"hevc", b"msf1", b"avis")
)
_KINDS = {b"hvc1": "hevc", b"av01": "libdav1d"}
_MOST_TILES = 1024
_MOST_BOXES = 10_000
# A phone writes one of each; every one goes over the whole picture.
_MOST_TURNS = 4
_LARGEST_PROFILE = 1 << 20


@dataclass(frozen=True, slots=True)
class HeifColour:
    """Numbers of ITU-T H.273 for primaries, transfer and matrix, and whether the range is full."""

    primaries: int
    transfer: int
    matrix: int
    is_full: bool


@dataclass(frozen=True, slots=True)
class HeifTile:
    """One compressed picture.

    Attributes:
        decoder: FFmpeg's name of it.
        setup: what the decoder needs before the picture.
        content: the compressed picture.
    """

    decoder: str
    setup: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class HeifPicture:
    """The picture that a file is about.

    Attributes:
        width, height: pixels as stored, before it is turned.
        columns: how many tiles stand beside each other.
        tiles: row by row.
        tile_size: width and height of a tile.
        turns: display matrices in the order in which they are to be applied.
        colour: if it is stated.
        profile: ICC profile, or nothing.
    """

    width: int
    height: int
    columns: int
    tiles: tuple[HeifTile, ...]
    tile_size: tuple[int, int]
    turns: tuple[tuple[int, int, int, int], ...]
    colour: HeifColour | None
    profile: bytes = b""


class HeifDamaged(ValueError):
    """The file is cut short, or says what cannot be."""


def is_heif(start: bytes) -> bool:
    """Whether a file that starts so is a HEIC, HEIF or AVIF picture."""
    return start[4:8] == b"ftyp" and start[8:12] in _BRANDS


def parse_heif(data: bytes) -> HeifPicture:
    """The main picture of a file; nothing is decoded, and no more is copied than the file has.

    Raises:
        HeifDamaged: there is none that can be shown.
    """
    try:
        return _File(data).picture()
    except (struct.error, IndexError, KeyError, OverflowError) as error:
        raise HeifDamaged(f"{type(error).__name__}: {error}") from None


@dataclass(slots=True)
class _Item:
    kind: bytes = b""
    properties: list[int] = field(default_factory=list)
    parts: list[tuple[int, int, int]] = field(default_factory=list)
    """Where: 0 for in the file and 1 for in the box of data; offset; length, 0 up to the end."""


class _File:
    """The boxes of a file that tell of its items."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._items: dict[int, _Item] = {}
        self._tiles_of: dict[int, list[int]] = {}
        self._properties: list[tuple[bytes, bytes]] = []
        self._own_data = b""
        self._primary = -1
        self._parts = 0
        found = (body for kind, body in _boxes(memoryview(data)) if kind == b"meta")
        meta = bytes(next(found, b""))
        if not meta:
            raise HeifDamaged("it holds no picture of its own")
        readers = {
            b"pitm": self._read_primary,
            b"iinf": self._read_kinds,
            b"iloc": self._read_places,
            b"iref": self._read_references,
            b"iprp": self._read_properties,
        }
        for kind, body in _boxes(memoryview(meta)[4:]):
            if kind == b"idat":
                self._own_data = bytes(body)
            elif kind in readers:
                readers[kind](bytes(body))

    def picture(self) -> HeifPicture:
        item = self._items[self._primary]
        stated = self._stated(item)
        if item.kind == b"grid":
            columns, width, height, numbers = self._grid()
        else:
            (width, height), columns, numbers = _size(stated), 1, [self._primary]
        of_a_tile = self._stated(self._items[numbers[0]])
        tiles: list[HeifTile] = []
        for number in numbers:
            tiles.append(self._tile(number))
            # Many may name the same place.
            if sum(len(tile.content) for tile in tiles) > len(self._data):
                raise HeifDamaged("its tiles are larger than the file")
        turns = tuple(_turns(stated))
        if len(turns) > _MOST_TURNS:
            raise HeifDamaged("it is turned too often")
        every = stated + [one for one in of_a_tile if one[0] == b"colr"]
        return HeifPicture(
            width=width,
            height=height,
            columns=columns,
            tiles=tuple(tiles),
            tile_size=_size(of_a_tile),
            turns=turns,
            colour=_colour(every),
            profile=_profile(every),
        )

    def _grid(self) -> tuple[int, int, int, list[int]]:
        layout = self._content(self._items[self._primary])
        rows, columns = layout[2] + 1, layout[3] + 1
        width, height = struct.unpack_from(">II" if layout[1] & 1 else ">HH", layout, 4)
        numbers = self._tiles_of[self._primary]
        if len(numbers) != rows * columns or len(numbers) > _MOST_TILES:
            raise HeifDamaged(f"{len(numbers)} tiles are not {rows} x {columns}")
        return columns, width, height, numbers

    def _tile(self, number: int) -> HeifTile:
        item = self._items[number]
        if item.kind not in _KINDS:
            raise HeifDamaged(f"its compression is {item.kind!r}")
        setup = next((body for kind, body in self._stated(item) if kind in (b"hvcC", b"av1C")), b"")
        return HeifTile(_KINDS[item.kind], setup, self._content(item))

    def _stated(self, item: _Item) -> list[tuple[bytes, bytes]]:
        return [self._properties[number - 1] for number in item.properties if number > 0]

    def _content(self, item: _Item) -> bytes:
        content = bytearray()
        for where, offset, length in item.parts:
            source = self._own_data if where == 1 else self._data
            end = offset + length if length else len(source)
            if where > 1 or end > len(source) or len(content) + end - offset > len(self._data):
                raise HeifDamaged("a part of it is missing")
            content += source[offset:end]
        return bytes(content)

    def _read_primary(self, body: bytes) -> None:
        (self._primary,) = struct.unpack_from(">I" if body[0] else ">H", body, 4)

    def _read_kinds(self, body: bytes) -> None:
        for kind, entry in _boxes(body[8 if body[0] else 6 :]):
            if kind == b"infe" and entry[0] >= 2:
                wide = entry[0] >= 3
                (number,) = struct.unpack_from(">I" if wide else ">H", entry, 4)
                at = 10 if wide else 8
                self._item(number).kind = entry[at : at + 4]

    def _read_places(self, body: bytes) -> None:
        version = body[0]
        sizes = (body[4] >> 4, body[4] & 15, body[5] >> 4, body[5] & 15 if version else 0)
        reader = _Reader(body, 6)
        for _ in range(reader.number(4 if version == 2 else 2)):
            item = self._item(reader.number(4 if version == 2 else 2))
            where = reader.number(2) & 15 if version else 0
            reader.number(2)
            base = reader.number(sizes[2])
            for _ in range(self._counted_parts(reader.number(2))):
                reader.number(sizes[3])
                offset, length = reader.number(sizes[0]), reader.number(sizes[1])
                item.parts.append((where, base + offset, length))

    def _read_references(self, body: bytes) -> None:
        wide = 4 if body[0] else 2
        for kind, entry in _boxes(body[4:]):
            reader = _Reader(entry, 0)
            origin, count = reader.number(wide), reader.number(2)
            if kind == b"dimg":
                self._tiles_of[origin] = [reader.number(wide) for _ in range(count)]

    def _read_properties(self, body: bytes) -> None:
        for kind, inner in _boxes(body):
            if kind == b"ipco":
                self._properties = list(_boxes(inner))
            elif kind == b"ipma":
                self._read_associations(inner)

    def _read_associations(self, body: bytes) -> None:
        wide_item, wide_index = 4 if body[0] else 2, body[3] & 1
        reader = _Reader(body, 4)
        for _ in range(reader.number(4)):
            item = self._item(reader.number(wide_item))
            for _ in range(reader.number(1)):
                mask = 0x7FFF if wide_index else 0x7F
                item.properties.append(reader.number(2 if wide_index else 1) & mask)

    def _counted_parts(self, count: int) -> int:
        """Of all items together: a part may take no byte in the file, and a list of it many."""
        self._parts += count
        if self._parts > _MOST_BOXES:
            raise HeifDamaged("it lists too many parts")
        return count

    def _item(self, number: int) -> _Item:
        if len(self._items) > _MOST_BOXES:
            raise HeifDamaged("it lists too many parts")
        return self._items.setdefault(number, _Item())


class _Reader:
    """Numbers one after the other; raises IndexError at the end."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data = data
        self._at = at

    def number(self, size: int) -> int:
        taken = self._data[self._at : self._at + size]
        if len(taken) < size:
            raise IndexError("it ends too early")
        self._at += size
        return int.from_bytes(taken, "big")


def _boxes(data: B) -> Iterator[tuple[bytes, B]]:
    at, count = 0, 0
    while at + 8 <= len(data) and count < _MOST_BOXES:
        length, kind = struct.unpack_from(">I4s", data, at)
        head = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, at + 8)
            head = 16
        end = at + length if length else len(data)
        if end < at + head or end > len(data):
            return
        yield kind, data[at + head : end]
        at, count = end, count + 1


def _size(stated: list[tuple[bytes, bytes]]) -> tuple[int, int]:
    body = next((body for kind, body in stated if kind == b"ispe"), b"")
    width, height = struct.unpack_from(">II", body, 4)
    return width, height


def _turns(stated: list[tuple[bytes, bytes]]) -> Iterator[tuple[int, int, int, int]]:
    """Quarters against the clock, and mirrors: 0 exchanges top and bottom, 1 left and right."""
    quarters = ((1, 0, 0, 1), (0, -1, 1, 0), (-1, 0, 0, -1), (0, 1, -1, 0))
    for kind, body in stated:
        if kind == b"irot":
            yield quarters[body[0] & 3]
        elif kind == b"imir":
            yield (-1, 0, 0, 1) if body[0] & 1 else (1, 0, 0, -1)


def _colour(stated: list[tuple[bytes, bytes]]) -> HeifColour | None:
    for kind, body in stated:
        if kind == b"colr" and body[:4] == b"nclx":
            primaries, transfer, matrix, full = struct.unpack_from(">HHHB", body, 4)
            return HeifColour(primaries, transfer, matrix, full >= 0x80)
    return None


def _profile(stated: list[tuple[bytes, bytes]]) -> bytes:
    for kind, body in stated:
        if kind == b"colr" and body[:4] in (b"prof", b"rICC"):
            return body[4 : 4 + _LARGEST_PROFILE]
    return b""
