"""What a file states about its pictures is obeyed, as FFmpeg itself does it."""

from __future__ import annotations

import shutil
import struct
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from av.filter import Graph

from nasfe_cam.core.errors import VideoUnreadable
from nasfe_cam.core.frame import Image
from nasfe_cam.image_io.shown_picture import (
    PictureConverter,
    from_primaries,
    in_square_pixels,
    upright,
)
from nasfe_cam.image_io.wide_colour import Primaries, Transfer, WideColour, to_screen, white_of
from nasfe_cam.sources.video import VideoSource
from tests.nasfe_cam.conftest import HOME

needs_ffmpeg = pytest.mark.skipif(
    shutil.which("ffmpeg") is None, reason="the program ffmpeg makes and converts these clips"
)

SKIN = np.array([[120, 150, 220], [60, 80, 140], [200, 200, 200], [30, 30, 30]], np.uint8)


def patches(width: int, height: int) -> Image:
    """Blue, green, red: skin, light and dark, white-grey and black, in stripes."""
    return np.repeat(SKIN, height // 4, axis=0)[:, np.newaxis].repeat(width, axis=1)


def ffmpeg(*arguments: object) -> bytes:
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin", *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def difference(image: Image, other: Image) -> float:
    return float(np.abs(image.astype(float) - other.astype(float)).mean())


def shown(path: Path) -> Image:
    source = VideoSource(path, paced=False)
    try:
        frame = source.read()
    finally:
        source.close()
    assert frame is not None
    return frame.image


def encode(path: Path, frames: list[av.VideoFrame], codec: str, **options: str) -> Path:
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=25)
        stream.width, stream.height = frames[0].width, frames[0].height
        stream.pix_fmt = frames[0].format.name
        stream.options = options
        for number, frame in enumerate(frames):
            frame.pts, frame.time_base = number, Fraction(1, 25)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


@pytest.fixture
def sdr(tmp_path: Path) -> Path:
    """A clip of BT.709 that says so."""
    picture = av.VideoFrame.from_ndarray(patches(256, 192), format="bgr24")
    lossless = encode(tmp_path / "plain.mkv", [picture.reformat(format="bgr0")] * 3, "ffv1")
    path = tmp_path / "sdr.mp4"
    ffmpeg(
        *("-i", lossless, "-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"),
        *("-colorspace", "bt709", "-color_trc", "bt709", "-color_primaries", "bt709"),
        *("-c:v", "libx264", "-crf", "8", path),
    )
    return path


@needs_ffmpeg
@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_clips_of_high_dynamic_range_have_the_colours_that_ffmpeg_gives_them(
    sdr: Path, tmp_path: Path, transfer: str
) -> None:
    path = tmp_path / "hdr.mp4"
    ffmpeg(
        *("-i", sdr, "-vf"),
        "zscale=t=linear,format=gbrpf32le,"
        f"zscale=t={transfer}:p=bt2020:m=bt2020nc:r=tv,format=yuv420p10le",
        *("-c:v", "libx265", "-x265-params"),
        f"log-level=none:crf=4:colorprim=bt2020:transfer={transfer}:colormatrix=bt2020nc",
        path,
    )
    tone_mapped = ffmpeg(
        *("-i", path, "-frames:v", 1, "-f", "rawvideo", "-pix_fmt", "bgr24", "-vf"),
        "zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,"
        "tonemap=mobius:param=0.8:desat=0:peak=10,zscale=t=bt709:m=bt709:r=tv,format=bgr24",
        "-",
    )
    by_ffmpeg = np.frombuffer(tone_mapped, np.uint8).reshape(192, 256, 3)

    image = shown(path)

    assert difference(image, by_ffmpeg) < 3
    assert difference(image, patches(256, 192)) < 5
    with av.open(str(path)) as container:
        as_before = next(container.decode(video=0)).to_ndarray(format="bgr24")
    assert difference(as_before, patches(256, 192)) > 20


@pytest.mark.parametrize(
    ("transfer", "signal", "nits"),
    [
        (Transfer.PQ, 0.5081, 100),
        (Transfer.PQ, 0.5807, 203),
        (Transfer.HLG, 0.75, 203),
        (Transfer.HLG, 1.0, 1000),
    ],
)
def test_the_light_of_signals_is_that_of_the_standards(
    transfer: Transfer, signal: float, nits: float
) -> None:
    """ITU-R BT.2408, table 1; and that white is found, from 100 to 203 nits."""
    grey = np.full((4, 4, 3), signal, np.float32)
    found = white_of(WideColour(transfer, Primaries.BT2020), grey)
    assert found == pytest.approx(min(nits, 203), rel=0.01)


def test_the_tone_curve_is_the_mobius_of_ffmpeg() -> None:
    light = np.linspace(0, 10, 256, dtype=np.float32)
    frame = av.VideoFrame.from_ndarray(
        np.repeat(light[np.newaxis, :, np.newaxis], 3, axis=2), format="gbrpf32le"
    )
    graph = Graph()
    graph.link_nodes(
        graph.add_buffer(width=256, height=1, format=frame.format, time_base=Fraction(1, 25)),
        graph.add("tonemap", tonemap="mobius", param="0.8", desat="0", peak="10"),
        graph.add("buffersink"),
    ).configure()
    graph.vpush(frame)
    expected = graph.vpull().to_ndarray()[0, :, 0].clip(0, 1)

    # Of PQ with a white of 100 nits, light of 1000 nits is the peak.
    share = (light / 100) ** (1305 / 8192)
    signal = ((107 / 128 + 2413 / 128 * share) / (1 + 2392 / 128 * share)) ** (2523 / 32)
    grey = np.repeat(signal[:, np.newaxis], 3, axis=1).astype(np.float32)
    curve = to_screen(WideColour(Transfer.PQ, Primaries.BT709), grey, 100.0)[:, 0] ** 2.4

    assert np.abs(curve - expected).max() < 0.005


def test_wide_primaries_alone_are_brought_to_those_of_a_screen(tmp_path: Path) -> None:
    """The red of BT.709, as numbers for the primaries of Display P3: 234, 51, 35."""
    red = np.full((64, 64, 3), (35, 51, 234), np.uint8)
    frame = av.VideoFrame.from_ndarray(red, format="bgr24").reformat(format="gbrp")
    frame.color_primaries = 12

    image = PictureConverter().to_bgr(frame)

    assert np.abs(image[32, 32].astype(int) - (0, 0, 255)).max() <= 12


@pytest.mark.parametrize(
    ("size", "matrix"), [((1280, 720), "ITU709"), ((1920, 1088), "ITU709"), ((640, 480), "ITU601")]
)
def test_a_clip_that_says_nothing_of_its_colours_is_read_as_players_read_it(
    tmp_path: Path, size: tuple[int, int], matrix: str
) -> None:
    plain = av.VideoFrame.from_ndarray(patches(*size), format="bgr24")
    frame = plain.reformat(format="yuv444p", dst_colorspace=matrix)
    frame.colorspace = 2
    path = encode(tmp_path / "untagged.mkv", [frame], "libx264", crf="2")
    with av.open(str(path)) as container:
        assert next(container.decode(video=0)).colorspace == 2

    assert difference(shown(path), patches(*size)) < 2


MATRICES = [
    (1, 0, 0, 1),
    (0, 1, -1, 0),
    (-1, 0, 0, -1),
    (0, -1, 1, 0),
    (-1, 0, 0, 1),
    (1, 0, 0, -1),
    (0, 1, 1, 0),
    (0, -1, -1, 0),
]


@pytest.mark.parametrize("matrix", MATRICES)
def test_turned_and_mirrored_clips_are_shown_upright(
    tmp_path: Path, matrix: tuple[int, int, int, int]
) -> None:
    stored = np.zeros((64, 96, 3), np.uint8)
    stored[:32, :48] = 255
    stored[32:, :48, 2] = 255
    frame = av.VideoFrame.from_ndarray(stored, format="bgr24").reformat(format="yuv444p")
    path = encode(tmp_path / "turned.mp4", [frame], "libx264", crf="2")
    content = bytearray(path.read_bytes())
    at = content.index(b"tkhd") + 4 + 40
    a, b, c, d = (value * 0x10000 for value in matrix)
    content[at : at + 36] = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 0x40000000)
    path.write_bytes(content)

    image = shown(path)

    a, b, c, d = matrix
    rows, columns = np.mgrid[:64, :96]
    # From the middle, so that nothing need be moved.
    across, down = 2 * columns - 95, 2 * rows - 63
    new_across, new_down = a * across + c * down, b * across + d * down
    expected = np.zeros((64, 96, 3) if a else (96, 64, 3), np.uint8)
    height, width = expected.shape[:2]
    expected[(new_down + height - 1) // 2, (new_across + width - 1) // 2] = stored
    assert image.shape == expected.shape
    assert difference(image, expected) < 3
    assert image.flags.c_contiguous
    if shutil.which("ffmpeg"):
        raw = ffmpeg("-i", path, "-f", "rawvideo", "-pix_fmt", "bgr24", "-frames:v", 1, "-")
        assert difference(image, np.frombuffer(raw, np.uint8).reshape(expected.shape)) < 3


def test_a_matrix_of_nothing_is_no_reason_to_fall() -> None:
    image = np.zeros((4, 6, 3), np.uint8)
    assert upright(image, (0, 0, 0, 0)).shape == (4, 6, 3)


def test_interlaced_clips_are_shown_without_combs(tmp_path: Path) -> None:
    """A white bar that moves by 12 pixels between the two halves of a picture."""
    frames = []
    for number in range(8):
        woven = np.full((96, 256), 30, np.uint8)
        for half in (0, 1):
            left = 20 + 24 * number + 12 * half
            woven[half::2, left : left + 30] = 220
        frame = av.VideoFrame.from_ndarray(woven, format="gray").reformat(format="yuv420p")
        frames.append(frame)
    path = encode(
        *(tmp_path / "interlaced.mp4", frames, "libx264"),
        **{"x264-params": "tff=1:interlaced=1:crf=4:bframes=0"},
    )

    def combs(image: Image) -> float:
        """How much lines differ from both neighbours."""
        lines = image.astype(float)
        middle = lines[1:-1] - (lines[:-2] + lines[2:]) / 2
        return float(np.abs(middle).mean())

    source = VideoSource(path, paced=False)
    images, moments = [], []
    while (frame := source.read()) is not None:
        images.append(frame.image)
        moments.append(source.position)
    source.close()
    with av.open(str(path)) as container:
        stored = [one.to_ndarray(format="bgr24") for one in container.decode(video=0)]

    assert len(images) == len(stored) == 8
    assert moments == pytest.approx([number / 25 for number in range(8)], abs=0.001)
    assert np.mean([combs(image) for image in stored[1:-1]]) > 8
    assert np.mean([combs(image) for image in images[1:-1]]) < 3


def test_wide_pixels_of_a_large_picture_make_it_no_larger_than_is_decoded() -> None:
    image = np.zeros((4096, 4000, 3), np.uint8)
    assert in_square_pixels(image, 4.0).shape[:2] == (1024, 4000)
    assert in_square_pixels(image, 0.25).shape[:2] == (4096, 1000)


def test_interlaced_pictures_too_small_to_be_filled_in_are_refused_in_words(tmp_path: Path) -> None:
    frame = av.VideoFrame(2, 2, "yuv420p")
    frame.time_base = Fraction(1, 25)
    graph = Graph()
    graph.link_nodes(
        graph.add_buffer(width=2, height=2, format=frame.format, time_base=frame.time_base),
        graph.add("setfield", "tff"),
        graph.add("buffersink"),
    ).configure()
    frames = []
    for _ in range(3):
        graph.vpush(frame)
        frames.append(graph.vpull())
    with pytest.raises(VideoUnreadable, match="lines cannot be filled in"):
        VideoSource(encode(tmp_path / "tiny.mkv", frames, "ffv1"), paced=False)


def test_a_large_photo_of_wide_colours_is_shown_like_its_parts() -> None:
    rows, columns = np.mgrid[:700, :40]
    photo = np.dstack([columns * 5, rows % 256, 255 - rows % 256]).astype(np.uint8)
    parts = [from_primaries(np.array([[pixel]]), Primaries.P3) for pixel in photo[[0, 300, 699], 7]]
    shown = from_primaries(photo, Primaries.P3)
    assert np.abs(shown[[0, 300, 699], 7].astype(int) - np.concatenate(parts)[:, 0]).max() <= 1
    assert difference(shown, photo) > 2


@pytest.mark.skipif(sys.platform != "linux", reason="asks Linux for the largest memory so far")
def test_a_large_photo_of_wide_colours_takes_little_memory_beside_itself() -> None:
    program = """
import resource
import numpy as np
from nasfe_cam.image_io.shown_picture import from_primaries
from nasfe_cam.image_io.wide_colour import Primaries
def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
from_primaries(np.zeros((64, 4000, 3), np.uint8), Primaries.P3)
photo = np.full((3000, 4000, 3), 90, np.uint8)
before = megabytes()
from_primaries(photo, Primaries.P3)
print(megabytes() - before)
"""
    command = [sys.executable, "-c", program]
    more = float(subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=HOME).stdout)
    # 36 MB of pixels; at once it took 180.
    assert more < 100
