"""Decodes HEIC and AVIF photos with the decoders of FFmpeg that PyAV carries."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import av
import numpy as np
from av.codec.context import CodecContext
from av.packet import Packet
from av.video.codeccontext import VideoCodecContext
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nasfe_cam.core.frame import Image
from nasfe_cam.image_io.heif_boxes import HeifDamaged, HeifPicture
from nasfe_cam.image_io.shown_picture import PictureConverter, upright

# Numbers of FFmpeg for the range, and of ITU-T H.273 for the matrix.
_LIMITED, _FULL = 1, 2
_UNSTATED, _BT601 = 2, 6
# Codecs work in blocks; what is beyond the picture is cut off after decoding.
_BLOCK = 128


def decode_heif(picture: HeifPicture, most_pixels: int) -> Image:
    """The picture, upright.

    Args:
        picture: from `parse_heif`.
        most_pixels: that its tiles together may have, twice.

    Returns:
        H x W x 3, uint8, BGR, 0..255, for a usual screen, C-contiguous.

    Raises:
        HeifDamaged: it cannot be decoded.
    """
    width, height = picture.tile_size
    rows = len(picture.tiles) // picture.columns
    if width * picture.columns < picture.width or height * rows < picture.height:
        raise HeifDamaged("its tiles do not cover it")
    if width * height * len(picture.tiles) > 2 * most_pixels:
        raise HeifDamaged("its tiles are much larger than it")
    converter = PictureConverter()
    whole: NDArray[Any] = np.zeros((picture.height, picture.width, 3), np.uint8)
    done = 0
    try:
        for number, frame in enumerate(_decoded(picture)):
            _state(frame, picture)
            tile = converter.to_bgr(frame)
            row, column = divmod(number, picture.columns)
            place = whole[row * height :, column * width :][: tile.shape[0], : tile.shape[1]]
            if column + 1 < picture.columns:
                place = place[:, :width]
            place[...] = tile[: place.shape[0], : place.shape[1]]
            done += 1
    except (av.FFmpegError, ValueError) as error:
        raise HeifDamaged(str(error)) from None
    if done != len(picture.tiles):
        raise HeifDamaged("tiles of it are missing")
    for turn in picture.turns:
        whole = upright(whole, turn)
    return np.ascontiguousarray(whole)


def _decoded(picture: HeifPicture) -> Iterator[VideoFrame]:
    width, height = picture.tile_size
    most_pixels = (width + _BLOCK) * (height + _BLOCK)
    for (decoder, setup), alike in groupby(picture.tiles, lambda one: (one.decoder, one.setup)):
        context = CodecContext.create(decoder, "r")
        assert isinstance(context, VideoCodecContext)
        context.extradata = setup or None
        context.options = {"max_pixels": str(most_pixels)}
        context.thread_count = 1
        for tile in alike:
            yield from context.decode(Packet(tile.content))
        yield from context.decode(None)


def _state(frame: VideoFrame, picture: HeifPicture) -> None:
    """What the file states goes before what the compressed picture states."""
    colour = picture.colour
    if colour is not None:
        frame.color_primaries, frame.color_trc = colour.primaries, colour.transfer
        frame.colorspace = colour.matrix
        frame.color_range = _FULL if colour.is_full else _LIMITED
    # Without a word, pictures are those of JPEG, of any size (ISO/IEC 23000-22, section 7.3.6.4).
    if frame.colorspace == _UNSTATED and not frame.format.is_rgb:
        frame.colorspace = _BT601
    if not frame.color_range:
        frame.color_range = _FULL
