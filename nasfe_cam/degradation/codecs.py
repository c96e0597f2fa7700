"""Compresses pictures with real codecs and decompresses them, in memory."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import av
import cv2
import numpy as np

from nasfe_cam.core.frame import Image

_FRAME_TIME = Fraction(1, 30)
# What programs for video calls use: no frame is looked at ahead, one key frame at the start.
_H264_OPTIONS = {"preset": "veryfast", "tune": "zerolatency", "g": "600"}


def through_jpeg(image: Image, quality: int) -> Image:
    """Compress one picture as the MJPG stream of a USB webcam does (4:2:0).

    Args:
        image: H x W x 3 uint8 BGR.
        quality: 1..100, of libjpeg.

    Returns:
        The same shape and colour order.
    """
    encoded, content = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
    assert encoded
    return np.asarray(cv2.imdecode(content, cv2.IMREAD_COLOR), np.uint8)


def through_h264(images: Sequence[Image], quantiser: int) -> list[Image]:
    """Compress a short clip as a video call does.

    The first picture is a key frame; the others are predicted from it, so that
    errors follow motion and faint noise stands still. A single picture is a key
    frame alone. The result depends on the arguments alone: one thread encodes.

    Args:
        images: frames of one size, H x W x 3 uint8 BGR.
        quantiser: constant rate factor of x264, 0..51; 23 is good, 40 is bad.

    Returns:
        As many pictures of the same size.
    """
    height, width = images[0].shape[:2]
    # Chroma has half the size, so both sides must be even.
    bottom, right = height % 2, width % 2
    encoder = av.CodecContext.create("libx264", "w")
    encoder.width, encoder.height = width + right, height + bottom
    encoder.pix_fmt, encoder.time_base = "yuv420p", _FRAME_TIME
    encoder.options = {**_H264_OPTIONS, "crf": str(quantiser)}
    decoder = av.CodecContext.create("h264", "r")
    encoder.thread_count = decoder.thread_count = 1
    seen: list[av.VideoFrame] = []
    for index, image in enumerate(images):
        even = cv2.copyMakeBorder(image, 0, bottom, 0, right, cv2.BORDER_REPLICATE)
        frame = av.VideoFrame.from_ndarray(np.asarray(even, np.uint8), format="bgr24")
        frame.pts, frame.time_base = index, _FRAME_TIME
        for packet in encoder.encode(frame):
            seen += decoder.decode(packet)
    for packet in encoder.encode(None):
        seen += decoder.decode(packet)
    seen += decoder.decode(None)
    pictures = [frame.to_ndarray(format="bgr24") for frame in seen]
    return [np.ascontiguousarray(picture[:height, :width], np.uint8) for picture in pictures]
