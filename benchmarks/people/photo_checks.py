"""How often enrolment takes a good photo, and how often it refuses a bad one for its reason.

    python -m benchmarks.people.photo_checks

Prints the tables of docs/enrolment-measurements.md. Good photos are those of shared/data; bad
ones are made from them, but for the sunglasses, which are real.
"""

from __future__ import annotations

import tarfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import cv2
import numpy as np
import typer

from benchmarks.people import occluders
from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.enrolment.duplicates import SAME_PICTURE, fingerprint
from nasfe_cam.enrolment.examine import ExaminedFace, examine
from nasfe_cam.enrolment.networks import EnrolmentNetworks, open_networks
from nasfe_cam.enrolment.photos import read_photo
from nasfe_cam.faces.recogniser import SAME_PERSON, cosine

SUNGLASSES = Path(__file__).with_name("sunglasses.txt")
# The smallest crop that holds as many pixels of a head as a photo must.
SMALLEST_CROP = 200

Spoil = Callable[[Image, FloatArray], Image]


def gain(factor: float) -> Spoil:
    """More or less light, in linear light, cut at white."""
    return lambda image, _: np.clip(
        255 * ((image / 255) ** 2.2 * factor) ** (1 / 2.2), 0, 255
    ).astype(np.uint8)


def blurred(image: Image, _: FloatArray) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), image.shape[0] / 64), np.uint8)


def small(image: Image, _: FloatArray) -> Image:
    return resized(image, 100 / image.shape[0])


def two_faces(image: Image, _: FloatArray) -> Image:
    return np.asarray(np.hstack([image, image[:, ::-1]]), np.uint8)


def no_face(image: Image, _: FloatArray) -> Image:
    return np.asarray(cv2.GaussianBlur(image, (0, 0), image.shape[0] / 8), np.uint8)


def resized(image: Image, scale: float) -> Image:
    return np.asarray(
        cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8
    )


def jpeg(quality: int) -> Callable[[Image], Image]:
    def encode(image: Image) -> Image:
        _, data = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, quality])
        return np.asarray(cv2.imdecode(data, cv2.IMREAD_COLOR), np.uint8)

    return encode


SPOILS: dict[str, tuple[str, Spoil]] = {
    "no face": ("no-face", no_face),
    "twice beside each other": ("several-faces", two_faces),
    "head of 100 pixels": ("too-small", small),
    "1/20 of the light": ("too-dark", gain(0.05)),
    "4 times the light": ("too-bright", gain(4)),
    "out of focus": ("blurred", blurred),
    "sunglasses, drawn": ("eyes-hidden", occluders.sunglasses),
    "blue mask, drawn": ("covered", occluders.cloth((225, 205, 170))),
    "white mask, drawn": ("covered", occluders.cloth((215, 215, 215))),
    "black mask, drawn": ("covered", occluders.cloth((38, 36, 35))),
    "scarf, drawn": ("covered", occluders.cloth((60, 60, 160), (200, 200, 210))),
    "mug, drawn": ("covered", occluders.mug),
    "hand on the mouth, drawn": ("covered", occluders.hand),
    "phone before one half, drawn": ("eyes-hidden", occluders.phone),
}

COPIES: dict[str, Callable[[Image], Image]] = {
    "JPEG quality 30": jpeg(30),
    "half the size": lambda image: resized(image, 0.5),
    "a third of the size": lambda image: resized(image, 0.34),
    "edges cut off": lambda image: image[image.shape[0] // 12 :, image.shape[1] // 15 :].copy(),
    "a quarter brighter": lambda image: np.clip(image * 1.25, 0, 255).astype(np.uint8),
}


def crops(folder: Path, shards: str, names: set[str] | None = None) -> Iterator[tuple[str, Image]]:
    """The crops in the tar files that are large enough: all, or those named."""
    for shard in sorted(folder.glob(shards)):
        with tarfile.open(shard) as archive:
            for member in archive:
                if names is not None and member.name not in names:
                    continue
                content = archive.extractfile(member)
                assert content is not None
                image = cv2.imdecode(np.frombuffer(content.read(), np.uint8), cv2.IMREAD_COLOR)
                if image is not None and image.shape[0] >= SMALLEST_CROP:
                    yield member.name, np.asarray(image, np.uint8)


def verdict(image: Image, networks: EnrolmentNetworks) -> str | ExaminedFace:
    """The face, or the code of the reason why not."""
    try:
        return examine(image, networks)
    except PhotoError as error:
        return error.code


def print_acceptance(title: str, images: Iterator[Image], networks: EnrolmentNetworks) -> None:
    """One row of the first table."""
    found = [verdict(image, networks) for image in images]
    reasons = Counter(code for code in found if isinstance(code, str))
    taken = len(found) - sum(reasons.values())
    listed = ", ".join(f"{code} {count}" for code, count in reasons.most_common()) or "-"
    print(f"| {title} | {len(found)} | {taken / len(found):.1%} | {listed} |", flush=True)


def print_spoiled(faces: Sequence[Image], networks: EnrolmentNetworks) -> None:
    """The table of what is refused; each face is spoiled in every way."""
    print("| photo | refused for this reason | for another | accepted |")
    print("| --- | --- | --- | --- |")
    marked = [(face, networks.finder.find(face)[0].landmarks) for face in faces]
    for title, (code, spoil) in SPOILS.items():
        found = [verdict(spoil(face.copy(), marks), networks) for face, marks in marked]
        right = sum(result == code for result in found)
        taken = sum(isinstance(result, ExaminedFace) for result in found)
        shares = (count / len(found) for count in (right, len(found) - right - taken, taken))
        print("|", title, "|", " | ".join(f"{share:.0%}" for share in shares), "|", flush=True)


def likeness(first: ExaminedFace, second: ExaminedFace) -> float:
    """How much two pictures are one, as enrolment sees it."""
    return float(fingerprint(first.crop) @ fingerprint(second.crop))


def print_copies(
    people: dict[str, dict[str, ExaminedFace]],
    photos: dict[str, Image],
    networks: EnrolmentNetworks,
) -> None:
    """The table of duplicates, and which different photos are taken for copies."""
    print("| the same photo again | found |")
    print("| --- | --- |")
    originals = {name: face for faces in people.values() for name, face in faces.items()}
    for title, copy in COPIES.items():
        again = {name: verdict(copy(photos[name]), networks) for name in originals}
        found = [
            likeness(originals[name], face) >= SAME_PICTURE
            for name, face in again.items()
            if isinstance(face, ExaminedFace)
        ]
        print(f"| {title} | {np.mean(found):.0%} of {len(found)} |", flush=True)
    pairs = [
        (name, other)
        for faces in people.values()
        for name in faces
        for other in faces
        if name < other
    ]
    alike = [pair for pair in pairs if likeness(*(originals[name] for name in pair)) > SAME_PICTURE]
    print(f"\nOf {len(pairs)} pairs of photos of one person, {len(alike)} are mistaken for copies:")
    print(", ".join(f"{name} and {Path(other).name}" for name, other in alike) or "none")


def print_people(people: dict[str, dict[str, ExaminedFace]]) -> None:
    """How often a face is told from those of another person."""
    same, different = [], []
    names = sorted(people)
    for number, name in enumerate(names):
        own = [face.embedding for face in people[name].values()]
        same += [cosine(a, b) for i, a in enumerate(own) for b in own[:i]]
        for other in names[:number]:
            different += [cosine(a, b.embedding) for a in own for b in people[other].values()]
    shares = [float(np.mean(np.array(pairs) >= SAME_PERSON)) for pairs in (same, different)]
    print(
        f"\nTwo photos of the same person are recognised as such in {shares[0]:.1%} of {len(same)} "
        f"pairs; two photos of different people are mistaken for the same person in "
        f"{shares[1]:.1%} of {len(different)}."
    )


def main(data: Path = typer.Option(Path("../shared/data"), help="The shared data.")) -> None:
    """Print the tables of docs/enrolment-measurements.md."""
    files = sorted((data / "enrol").glob("*/*.jpg"))
    names = {f"{file.parent.name}/{file.name}": file for file in files}
    photos = {name: read_photo(file) for name, file in names.items()}
    worn = {line for line in SUNGLASSES.read_text().splitlines() if line and line[0] != "#"}
    with open_networks() as networks:
        print("| photos | number | accepted | refused |")
        print("| --- | --- | --- | --- |")
        print_acceptance("enrolment sets", iter(photos.values()), networks)
        bare = (
            image for name, image in crops(data / "faces", "faces-test-*.tar") if name not in worn
        )
        print_acceptance("test crops without sunglasses", bare, networks)
        with_glasses = (image for _, image in crops(data / "faces", "faces-*.tar", worn))
        print_acceptance("crops with sunglasses", with_glasses, networks)
        people: dict[str, dict[str, ExaminedFace]] = {}
        for name, image in photos.items():
            face = verdict(image, networks)
            if isinstance(face, ExaminedFace):
                people.setdefault(name.split("/")[0], {})[name] = face
        print()
        good = [face.crop for faces in people.values() for face in faces.values()]
        print_spoiled(good, networks)
        print()
        print_copies(people, photos, networks)
        print_people(people)


if __name__ == "__main__":
    typer.run(main)
