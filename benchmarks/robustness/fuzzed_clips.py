"""Small clips of every kind that is decoded, to be damaged."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from io import BytesIO

import av
import numpy as np

WIDTH, HEIGHT, FRAMES = 64, 48, 6

# Name, FFmpeg's container, encoder, pixel format, options.
_KINDS = (
    ("a.mp4", "mp4", "libx264", "yuv420p", {"preset": "ultrafast"}),
    ("b.mov", "mov", "prores_ks", "yuv422p10le", {}),
    ("c.mkv", "matroska", "libx264", "yuv444p", {"preset": "ultrafast"}),
    ("d.hevc", "hevc", "libx265", "yuv420p10le", {"preset": "ultrafast"}),
    ("e.webm", "webm", "libvpx-vp9", "yuv420p", {"deadline": "realtime", "cpu-used": "8"}),
    ("f.webm", "webm", "libvpx", "yuv420p", {"deadline": "realtime", "cpu-used": "8"}),
    ("g.avi", "avi", "mpeg4", "yuv420p", {}),
    ("h.avi", "avi", "mjpeg", "yuvj420p", {}),
    ("i.mkv", "matroska", "ffv1", "yuv420p", {}),
    ("j.ts", "mpegts", "mpeg2video", "yuv420p", {"flags": "+ildct+ilme"}),
    ("k.mpg", "mpeg", "mpeg1video", "yuv420p", {}),
    ("l.flv", "flv", "flv", "yuv420p", {}),
    ("m.wmv", "asf", "wmv2", "yuv420p", {}),
    ("n.nut", "nut", "rawvideo", "yuv420p", {}),
    ("o.avi", "avi", "png", "rgb24", {}),
    ("p.gif", "gif", "gif", "rgb8", {}),
    ("q.mov", "mov", "qtrle", "rgb24", {}),
    ("r.avi", "avi", "huffyuv", "yuv422p", {}),
    ("s.mp4", "mp4", "libsvtav1", "yuv420p", {"preset": "12", "svtav1-params": "lp=1"}),
)


@cache
def whole_clips() -> list[tuple[str, bytes]]:
    """Name and content of one clip of every kind that this build of FFmpeg can write."""
    clips = []
    for name, container, encoder, pixels, options in _KINDS:
        if encoder in av.codecs_available:
            clips.append((name, _clip(container, encoder, pixels, options)))
    return clips


def _clip(container: str, encoder: str, pixels: str, options: dict[str, str]) -> bytes:
    file = BytesIO()
    rows, columns = np.mgrid[:HEIGHT, :WIDTH]
    with av.open(file, "w", format=container) as opened:
        stream = opened.add_stream(encoder, rate=25)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, pixels
        stream.options = options
        for number in range(FRAMES):
            image = np.dstack([columns * 4, rows * 5, columns + rows + 20 * number]) % 256
            frame = av.VideoFrame.from_ndarray(image.astype(np.uint8), format="bgr24")
            frame.pts, frame.time_base = number, Fraction(1, 25)
            opened.mux(stream.encode(frame.reformat(format=pixels)))
        opened.mux(stream.encode())
    return file.getvalue()
