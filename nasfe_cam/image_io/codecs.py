"""Which kinds of compression are decoded: those that cameras, phones and editors write.

FFmpeg knows hundreds more, of old games and forgotten programs; nobody has such files but those
who look for faults in their decoders.
"""

from __future__ import annotations

MOST_PIXELS = 4096 * 4096
"""Of a moving picture. A decoder holds a dozen of them at once, and each is converted in time."""

DECODERS = frozenset(
    {
        # phones, cameras, web
        *("h264", "hevc", "av1", "libdav1d", "vp8", "vp9", "libvpx-vp9", "libvpx", "theora"),
        *("mpeg4", "h263", "mjpeg", "mjpegb", "gif"),
        # discs, recorders, television
        *("mpeg1video", "mpeg2video", "mpegvideo", "dvvideo", "vc1", "wmv1", "wmv2", "wmv3"),
        *("msmpeg4", "msmpeg4v1", "msmpeg4v2", "flv", "rv30", "rv40"),
        # editors and screen recorders
        *("prores", "dnxhd", "cfhd", "v210", "r210", "qtrle", "huffyuv", "ffvhuff", "ffv1"),
        *("utvideo", "magicyuv", "png", "rawvideo", "bmp"),
    }
)
"""By FFmpeg's names (`ffmpeg -decoders`)."""

WHITELIST = ",".join(sorted(DECODERS))
"""The same as FFmpeg's option `codec_whitelist` takes them; sound is none of our business."""
