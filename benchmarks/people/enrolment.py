"""How long enrolment takes with large photos: 10 of 12 megapixels unless told otherwise.

    python -m benchmarks.people.enrolment

The photos are those of one person in shared/data and their mirror images, enlarged,
with the noise of a sensor, so that the files are as large as those of a telephone.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import cv2
import numpy as np
import typer

from nasfe_cam.core.frame import Image
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.networks import open_networks
from nasfe_cam.profiles.store import ProfileStore

PERSON = "deepface_p4"
LANDSCAPE = (4000, 3000)
NOISE = 6.0
QUALITY = 92


def telephone_photo(image: Image, seed: int) -> Image:
    """The picture at 12 megapixels, cut to 4:3 or 3:4, with fine noise."""
    width, height = LANDSCAPE if image.shape[1] > image.shape[0] else LANDSCAPE[::-1]
    scale = max(width / image.shape[1], height / image.shape[0])
    large = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    top, left = (large.shape[0] - height) // 3, (large.shape[1] - width) // 2
    cut = large[top : top + height, left : left + width]
    noise = np.random.default_rng(seed).normal(0, NOISE, cut.shape)
    return np.clip(cut + noise, 0, 255).astype(np.uint8)


def write_photos(originals: Path, folder: Path, count: int) -> list[Path]:
    """At most twice as many photos as there are originals."""
    images = [
        np.asarray(cv2.imread(str(file)), np.uint8) for file in sorted(originals.glob("*.jpg"))
    ]
    images += [np.ascontiguousarray(image[:, ::-1]) for image in images]
    files = []
    for number, image in enumerate(images[:count]):
        files.append(folder / f"{number:02}.jpg")
        photo = telephone_photo(image, number)
        cv2.imwrite(str(files[-1]), photo, [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return files


def main(
    data: Path = typer.Option(Path("../shared/data"), help="The shared data."),
    photos: int = typer.Option(10, min=1, max=12, help="How many photos."),
) -> None:
    """Print how many seconds each part takes."""
    with tempfile.TemporaryDirectory() as folder:
        files = write_photos(data / "enrol" / PERSON, Path(folder), photos)
        size = sum(file.stat().st_size for file in files) / 1e6
        began = time.perf_counter()
        with open_networks() as networks:
            loaded = time.perf_counter()
            steps: list[float] = []
            enrolment = enrol(
                "benchmark", files, networks, lambda *_: steps.append(time.perf_counter())
            )
            enrolled = time.perf_counter()
        ProfileStore(Path(folder) / "profiles").save(enrolment.profile)
        saved = time.perf_counter()
    print(f"{len(files)} photos, {size:.0f} MB, {len(enrolment.accepted)} taken")
    print("| part | seconds |")
    print("| --- | --- |")
    print(f"| loading the networks | {loaded - began:.2f} |")
    print(f"| looking at the photos | {steps[len(files)] - loaded:.2f} |")
    print(f"| features of those taken | {enrolled - steps[len(files)]:.2f} |")
    print(f"| writing the profile | {saved - enrolled:.2f} |")
    print(f"| all | {saved - began:.2f} |")
    print(f"Longest time between two steps of progress: {max(np.diff(steps)):.2f} s")


if __name__ == "__main__":
    typer.run(main)
