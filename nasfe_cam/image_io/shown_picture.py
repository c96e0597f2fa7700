"""From a decoded picture of a video or a photo to the one that is to be shown.

What a file states about its pictures is obeyed here, and nowhere else: matrix, range, transfer and
primaries of the colours, the shape of a pixel, and how the picture is turned or mirrored.
"""

from __future__ import annotations

import struct
import tempfile
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple, cast

import av
import cv2
import numpy as np
from av.filter import Graph
from av.sidedata.sidedata import SideDataContainer
from av.sidedata.sidedata import Type as SideDataType
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.image_io.codecs import MOST_PIXELS
from nasfe_cam.image_io.colour import as_bgr
from nasfe_cam.image_io.wide_colour import (
    Primaries,
    Transfer,
    WideColour,
    to_screen,
    white_of,
)

# Of the widest pixels in use, those of anamorphic film, 2; what is beyond comes from damage.
_MOST_ASPECT = 4.0

# Numbers of ITU-T H.273, tables 2 to 4, which containers and codecs have in common.
_UNSTATED = 2
_BT709, _BT601, _BT2020 = 1, 6, 9
_TRANSFERS = {16: Transfer.PQ, 18: Transfer.HLG}
_PRIMARIES = {_BT2020: Primaries.BT2020, 11: Primaries.P3, 12: Primaries.P3}
# Players take larger pictures for BT.709 where the file says nothing.
_SD_WIDTH, _SD_HEIGHT = 1024, 576

_AS_IT_IS = (1, 0, 0, 1)
_QUARTERS = {90: (0, -1, 1, 0), 180: (-1, 0, 0, -1), 270: (0, 1, -1, 0)}
"""By degrees against the clock; see `upright`."""

_CUBE_SIDE = 33
_STRIP_ROWS = 256
_MEASURED_SIDE = 320


class PictureConverter:
    """Shows the pictures of one file; keeps what need not be found for each of them anew."""

    def __init__(self) -> None:
        self._statements: _Statements | None = None
        self._colours: tuple[WideColour, FloatArray] | None = None
        self._cube: tuple[tuple[object, ...], _ColourCube] | None = None

    def to_bgr(self, picture: VideoFrame, pixel_aspect: float = 1.0) -> Image:
        """The picture as it is to be shown.

        Args:
            picture: as decoded, mostly YUV; what it states of its colours may be completed.
            pixel_aspect: width of a stored pixel by its height, from `checked_aspect`.

        Returns:
            H x W x 3, uint8, BGR, for a usual screen (BT.709, SDR), C-contiguous, upright,
            of square pixels.

        Raises:
            ValueError: the pixels cannot be converted.
        """
        try:
            if self._statements is None:
                self._statements = _statements(picture)
            image = self._in_screen_colours(picture, self._statements.peak)
        except (av.FFmpegError, OSError) as error:
            raise ValueError(str(error)) from error
        return upright(in_square_pixels(image, pixel_aspect), self._statements.matrix)

    def _in_screen_colours(self, picture: VideoFrame, peak: float) -> NDArray[Any]:
        _complete(picture)
        colour = _stated_colour(picture, peak)
        if colour.is_usual:
            return picture.to_ndarray(format="bgr24")
        signal = picture.reformat(format="gbrp16le")
        if self._colours is None or self._colours[0] != colour:
            self._colours = colour, _cube_of(colour, signal)
            self._cube = None
        size = (signal.width, signal.height)
        if self._cube is None or self._cube[0] != size:
            self._cube = size, _ColourCube(self._colours[1], signal)
        return self._cube[1].applied_to(signal)


def from_primaries(image: Image, primaries: Primaries) -> Image:
    """A photo whose red, green and blue are others than those of a usual screen."""
    colour = WideColour(Transfer.SDR, primaries)
    if colour.is_usual:
        return image
    # In strips: FFmpeg's pictures of 16 bits would take five times the memory of a large photo.
    height = image.shape[0]
    rows = min(height, _STRIP_ROWS)
    shown = np.empty_like(image)
    cube: _ColourCube | None = None
    for top in (*range(0, height - rows, rows), height - rows):
        strip = VideoFrame.from_ndarray(image[top : top + rows], format="bgr24")
        strip = strip.reformat(format="gbrp16le")
        cube = cube or _ColourCube(_cube_of(colour, strip), strip)
        shown[top : top + rows] = cube.applied_to(strip)
    return shown


class _ColourCube:
    """Looks every pixel up in a cube of colours, by FFmpeg's filter."""

    def __init__(self, cube: FloatArray, picture: VideoFrame) -> None:
        self._graph = Graph()
        entry = self._graph.add_buffer(
            width=picture.width,
            height=picture.height,
            format=picture.format,
            time_base=Fraction(1, 1),
        )
        rows = "\n".join(" ".join(f"{value:.5f}" for value in row) for row in cube.tolist())
        with tempfile.TemporaryDirectory() as folder:
            # The filter that takes a picture instead of a file is wrong for planes of integers.
            path = Path(folder) / "colours.cube"
            path.write_text(f"LUT_3D_SIZE {_CUBE_SIDE}\n{rows}\n", encoding="ascii")
            look_up = self._graph.add("lut3d", file=str(path))
            entry.link_to(look_up)
            look_up.link_to(self._graph.add("buffersink"))
            self._graph.configure()

    def applied_to(self, picture: VideoFrame) -> NDArray[Any]:
        self._graph.vpush(picture)
        return self._graph.vpull().to_ndarray(format="bgr24")


def checked_aspect(stated: float) -> float:
    """The width of a pixel by its height; 1 where the file states nothing that can be."""
    return stated if 1 / _MOST_ASPECT <= stated <= _MOST_ASPECT else 1.0


def in_square_pixels(image: NDArray[Any], pixel_aspect: float) -> NDArray[Any]:
    """The picture in the shape in which it is to be shown; one direction is enlarged.

    Of a picture that would become too large, the other direction is reduced.
    """
    height, width = image.shape[:2]
    if pixel_aspect == 1:
        return image
    grows = max(pixel_aspect, 1 / pixel_aspect) * width * height <= MOST_PIXELS
    if (pixel_aspect > 1) == grows:
        width = max(1, round(width * pixel_aspect))
    else:
        height = max(1, round(height / pixel_aspect))
    return cv2.resize(image, (width, height), interpolation=cv2.INTER_LINEAR)


def upright(image: NDArray[Any], matrix: tuple[int, int, int, int]) -> Image:
    """The picture turned and mirrored by quarters, as a display matrix says.

    Args:
        image: H x W x 3.
        matrix: a, b, c, d: the pixel at (x, y) is shown at (a x + c y, b x + d y)
            (ISO/IEC 14496-12, section 6.2.2).
    """
    a, b, c, d = matrix
    if abs(b) + abs(c) > abs(a) + abs(d):
        image = cv2.transpose(image)
        right, down = c, b
    else:
        right, down = a, d
    if right < 0:
        image = cv2.flip(image, 1)
    if down < 0:
        image = cv2.flip(image, 0)
    return as_bgr(image)


class _Statements(NamedTuple):
    """What is stated beside the pixels, for the whole file.

    Attributes:
        matrix: see `upright`.
        peak: MaxCLL, nits (CTA-861.3); 0 if it is not stated.
    """

    matrix: tuple[int, int, int, int]
    peak: float


def _statements(picture: VideoFrame) -> _Statements:
    # A picture whose side data was looked at refers to itself: it would keep the decoder.
    small = picture.reformat(width=16, height=16, format="gray")
    try:
        beside = cast(SideDataContainer, small.side_data)
    except ValueError:
        # PyAV knows no name for some of it (EXIF), and then shows nothing at all.
        return _Statements(_QUARTERS.get(picture.rotation % 360, _AS_IT_IS), 0.0)
    matrix, peak = _AS_IT_IS, 0.0
    stated = _bytes_of(beside, SideDataType.DISPLAYMATRIX)
    if len(stated) >= 36:
        # Three rows of three, 16.16 fixed point; FFmpeg keeps them in the order of this machine.
        a, b, _, c, d = struct.unpack_from("=5i", stated)
        matrix = a, b, c, d
    stated = _bytes_of(beside, SideDataType.CONTENT_LIGHT_LEVEL)
    if len(stated) >= 4:
        peak = float(struct.unpack_from("=I", stated)[0])
    return _Statements(matrix, peak)


def _bytes_of(beside: SideDataContainer, kind: SideDataType) -> bytes:
    return bytes(beside[kind]) if kind in beside else b""


def _complete(picture: VideoFrame) -> None:
    """Fill in the matrix that a file without a word on it has everywhere."""
    if picture.colorspace == _UNSTATED and not picture.format.is_rgb:
        is_small = picture.width <= _SD_WIDTH and picture.height <= _SD_HEIGHT
        picture.colorspace = _BT601 if is_small else _BT709


def _stated_colour(picture: VideoFrame, peak: float) -> WideColour:
    transfer = _TRANSFERS.get(picture.color_trc, Transfer.SDR)
    usual = Primaries.BT709 if transfer is Transfer.SDR else Primaries.BT2020
    primaries = _PRIMARIES.get(picture.color_primaries, usual)
    if transfer is not Transfer.SDR and picture.color_primaries == _BT709:
        primaries = Primaries.BT709
    return WideColour(transfer, primaries, peak)


def _cube_of(colour: WideColour, picture: VideoFrame) -> FloatArray:
    """All colours converted, those of red next to each other: N^3 x 3, 0..1."""
    step = max(1, max(picture.width, picture.height) // _MEASURED_SIDE)
    numbers: NDArray[Any] = picture.to_ndarray()[::step, ::step]
    sample: FloatArray = (numbers / np.float32(65535)).astype(np.float32)
    steps = np.linspace(0, 1, _CUBE_SIDE, dtype=np.float32)
    blue, green, red = np.meshgrid(steps, steps, steps, indexing="ij")
    signal = np.stack([red, green, blue], axis=-1).reshape(-1, 3)
    return to_screen(colour, signal, white_of(colour, sample))
