"""Render the bundled demo clip and the reference photos for the enrolment demo.

    python -m tools.demo_clip.make_clip

Everything follows from `portrait.jpg` (CC0, beside this file) and the seed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np

from tools.demo_clip.geometry import HEIGHT, SUPERSAMPLING, WIDTH, Image, find_face
from tools.demo_clip.motion import FRAMES_PER_SECOND, enrolment_moments, plan
from tools.demo_clip.render import Renderer
from tools.demo_clip.scene import build_scene

HERE = Path(__file__).parent
ASSETS = HERE.parents[1] / "nasfe_cam" / "assets"
DEFAULT_SEED = 8

_REFERENCE_SIDE = 512
_REFERENCE_CROPS = ((0.495, 0.490, 880), (0.515, 0.500, 800), (0.500, 0.480, 960))
"""Centre (shares of the canvas) and side (canvas pixels) of each reference photo's square."""


def main() -> None:
    """Write `clips/portrait.mp4` and `clips/reference_*.jpg`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--output", type=Path, default=ASSETS / "clips")
    parser.add_argument("--crf", type=int, default=18, help="H.264 quality, lower is better")
    options = parser.parse_args()

    portrait = read_portrait(HERE / "portrait.jpg")
    # Two streams: another book on the shelf must not change the movement.
    for_scene, for_motion = np.random.default_rng(options.seed).spawn(2)
    face = find_face(portrait, ASSETS / "models" / "face_landmarker.task")
    renderer = Renderer(build_scene(portrait, for_scene), face)
    moments = plan(for_motion)

    options.output.mkdir(parents=True, exist_ok=True)
    write_references(options.output, renderer)
    clip = options.output / "portrait.mp4"
    write_clip(clip, (renderer.frame(moment) for moment in moments), options.crf)
    print(f"{clip}: {len(moments)} frames, {clip.stat().st_size / 1e6:.2f} MB")


def read_portrait(path: Path) -> Image:
    """H x W x 3 uint8 BGR."""
    portrait = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if portrait is None:
        raise OSError(f"cannot read {path}")
    return portrait.astype(np.uint8)


def write_clip(path: Path, frames: Iterable[Image], crf: int) -> None:
    """Encode HEIGHT x WIDTH x 3 uint8 BGR frames as H.264, BT.709, limited range."""
    with av.open(str(path), "w", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=FRAMES_PER_SECOND)
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.time_base = Fraction(1, FRAMES_PER_SECOND)
        # One thread: x264 with several encodes differently on machines with other core counts.
        stream.options = {"crf": str(crf), "preset": "slow", "threads": "1"}
        # Named, as players guess BT.601 or 709 from the size, and not all alike.
        stream.codec_context.color_range = 1
        stream.codec_context.colorspace = 1
        stream.codec_context.color_primaries = 1
        stream.codec_context.color_trc = 1
        for number, image in enumerate(frames):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame = frame.reformat(format="yuv420p", dst_colorspace="ITU709")
            frame.pts = number
            frame.time_base = Fraction(1, FRAMES_PER_SECOND)
            container.mux(stream.encode(frame))
        container.mux(stream.encode())


def write_references(folder: Path, renderer: Renderer) -> None:
    """Three 512 x 512 "other photos" of the person, for trying the enrolment."""
    for number, (moment, (x, y, side)) in enumerate(
        zip(enrolment_moments(), _REFERENCE_CROPS, strict=True), 1
    ):
        canvas = renderer.canvas(moment)
        left = round(x * WIDTH * SUPERSAMPLING - side / 2)
        top = round(y * HEIGHT * SUPERSAMPLING - side / 2)
        crop = canvas[top : top + side, left : left + side]
        photo = cv2.resize(crop, (_REFERENCE_SIDE,) * 2, interpolation=cv2.INTER_AREA)
        path = folder / f"reference_{number}.jpg"
        if not cv2.imwrite(str(path), photo, [cv2.IMWRITE_JPEG_QUALITY, 92]):
            raise OSError(f"cannot write {path}")


if __name__ == "__main__":
    main()
