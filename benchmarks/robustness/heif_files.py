"""HEIC and AVIF files as phones write them, made from a picture."""

from __future__ import annotations

import io
import os
import struct
from collections.abc import Sequence
from fractions import Fraction

import av
import numpy as np
from av.codec.context import CodecContext
from av.video.codeccontext import VideoCodecContext

from nasfe_cam.core.frame import Image

# The encoder of AV1 tells its settings at every start.
os.environ.setdefault("SVT_LOG", "1")

_HEVC = {"codec": "libx265", "item": b"hvc1", "setup": b"hvcC", "brand": b"heic"}
_AV1 = {"codec": "libsvtav1", "item": b"av01", "setup": b"av1C", "brand": b"avif"}
_OPTIONS = {
    "libx265": {
        "preset": "ultrafast",
        "crf": "4",
        "x265-params": "log-level=none",
    },
    "libsvtav1": {"preset": "10", "crf": "4"},
}


def heif(
    image: Image,
    *,
    kind: str = "heic",
    tile: int = 0,
    turns: Sequence[tuple[bytes, int]] = (),
    colour: tuple[int, int, int, bool] | None = (1, 13, 6, True),
    profile: bytes = b"",
) -> bytes:
    """A file that holds the picture.

    Args:
        image: H x W x 3 uint8 BGR, as stored.
        kind: "heic" or "avif".
        tile: side of the tiles it is stored in; 0 for one compressed picture.
        turns: names and values of properties such as (b"irot", 1).
        colour: primaries, transfer, matrix (6 or 1) and full range; None for no word on it.
        profile: ICC profile.
    """
    form = _HEVC if kind == "heic" else _AV1
    height, width = image.shape[:2]
    side = (width, height) if not tile else (tile, tile)
    columns, rows = -(-width // side[0]), -(-height // side[1])
    padded = np.pad(
        image, ((0, rows * side[1] - height), (0, columns * side[0] - width), (0, 0)), mode="edge"
    )
    setup, contents = b"", []
    for row in range(rows):
        for column in range(columns):
            part = padded[row * side[1] :, column * side[0] :][: side[1], : side[0]]
            setup, content = _compressed(np.ascontiguousarray(part), form, colour)
            contents.append(content)

    about = [_full(b"ispe", struct.pack(">II", width, height))]
    if colour is not None:
        numbers = struct.pack(">HHHB", *colour[:3], colour[3] << 7)
        about.append(_box(b"colr", b"nclx" + numbers))
    if profile:
        about.append(_box(b"colr", b"prof" + profile))
    about += [_box(name, bytes([value])) for name, value in turns]
    of_tiles = [_full(b"ispe", struct.pack(">II", *side)), _box(form["setup"], setup)]
    properties = about + of_tiles
    numbers_about = list(range(1, len(about) + 1))
    numbers_of_tiles = [len(about) + 1, len(about) + 2]
    if not tile:
        items = [(form["item"], [*numbers_about, len(about) + 2])]
    else:
        items = [(b"grid", numbers_about), *[(form["item"], numbers_of_tiles)] * len(contents)]
    grid = struct.pack(">BBBBHH", 0, 0, rows - 1, columns - 1, width, height) if tile else b""

    head = _box(b"ftyp", form["brand"] + bytes(4) + b"mif1" + form["brand"])
    at = len(head) + len(_meta(items, properties, grid, contents, 0)) + 8
    return head + _meta(items, properties, grid, contents, at) + _box(b"mdat", b"".join(contents))


def _meta(
    items: Sequence[tuple[bytes, Sequence[int]]],
    properties: Sequence[bytes],
    grid: bytes,
    contents: Sequence[bytes],
    at: int,
) -> bytes:
    kinds = b"".join(
        _box(b"infe", struct.pack(">IHH4sB", 2 << 24, number, 0, kind, 0))
        for number, (kind, _) in enumerate(items, 1)
    )
    places = []
    if grid:
        places.append((1, 0, len(grid)))
    for content in contents:
        places.append((0, at, len(content)))
        at += len(content)
    listed = b"".join(
        struct.pack(">HHHHII", number, *(where, 0, 1), offset, length)
        for number, (where, offset, length) in enumerate(places, 1)
    )
    associated = b"".join(
        struct.pack(">HB", number, len(which)) + bytes(which)
        for number, (_, which) in enumerate(items, 1)
    )
    parts = [
        _full(b"hdlr", bytes(4) + b"pict" + bytes(13)),
        _full(b"pitm", struct.pack(">H", 1)),
        _full(b"iinf", struct.pack(">H", len(items)) + kinds),
        _full(b"iloc", struct.pack(">BBH", 0x44, 0, len(places)) + listed, version=1),
        _box(
            b"iprp",
            _box(b"ipco", b"".join(properties))
            + _full(b"ipma", struct.pack(">I", len(items)) + associated),
        ),
    ]
    if grid:
        tiles = range(2, len(contents) + 2)
        named = struct.pack(f">HH{len(tiles)}H", 1, len(tiles), *tiles)
        parts += [_full(b"iref", _box(b"dimg", named)), _box(b"idat", grid)]
    return _full(b"meta", b"".join(parts))


def _compressed(
    image: Image, form: dict[str, object], colour: tuple[int, int, int, bool] | None
) -> tuple[bytes, bytes]:
    """What the decoder is told before, and the picture."""
    frame = av.VideoFrame.from_ndarray(image, format="bgr24").reformat(
        format="yuv420p",
        dst_colorspace="ITU709" if colour is not None and colour[2] == 1 else "ITU601",
        # HEVC without a word means the limited range.
        dst_color_range="JPEG" if colour is not None and colour[3] else "MPEG",
    )
    frame.pts, frame.time_base = 0, Fraction(1, 25)
    # What the compressed picture says itself is of no account.
    frame.colorspace, frame.color_range = 2, 0
    return _compressed_av1(frame) if form is _AV1 else _compressed_hevc(frame)


def _encoder(frame: av.VideoFrame, name: str) -> VideoCodecContext:
    encoder = CodecContext.create(name, "w")
    assert isinstance(encoder, VideoCodecContext)
    encoder.width, encoder.height, encoder.pix_fmt = frame.width, frame.height, "yuv420p"
    encoder.time_base, encoder.options = Fraction(1, 25), _OPTIONS[name]
    return encoder


def _compressed_hevc(frame: av.VideoFrame) -> tuple[bytes, bytes]:
    """ISO/IEC 14496-15, section 8.3.3.1; as much of it as decoders read."""
    encoder = _encoder(frame, "libx265")
    written = b"".join(bytes(packet) for packet in [*encoder.encode(frame), *encoder.encode()])
    units = [unit.rstrip(b"\0") for unit in written.split(b"\0\0\1") if unit.strip(b"\0")]
    setup = b"\1" + bytes(20) + b"\3" + bytes([3])
    for kind in (32, 33, 34):
        unit = next(unit for unit in units if unit[0] >> 1 & 63 == kind)
        setup += struct.pack(">BHH", kind, 1, len(unit)) + unit
    pictures = [unit for unit in units if unit[0] >> 1 & 63 < 32]
    return setup, b"".join(struct.pack(">I", len(unit)) + unit for unit in pictures)


def _compressed_av1(frame: av.VideoFrame) -> tuple[bytes, bytes]:
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libsvtav1", rate=25)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, "yuv420p"
        stream.options = _OPTIONS["libsvtav1"]
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    written = file.getvalue()
    start = written.index(b"av1C")
    (length,) = struct.unpack_from(">I", written, start - 4)
    file.seek(0)
    with av.open(file) as container:
        packet = next(one for one in container.demux(video=0) if one.size)
        return written[start + 4 : start - 4 + length], bytes(packet)


def _box(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + kind + body


def _full(kind: bytes, body: bytes, version: int = 0) -> bytes:
    return _box(kind, struct.pack(">I", version << 24) + body)
