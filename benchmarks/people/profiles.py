"""What a profile is worth: nobody's, the person's own and a stranger's, on the same pictures.

    python -m benchmarks.people.profiles [--write]

Enrols every person (`benchmarks/people/enrolled_people.py` says who and from what), makes other
pictures of them bad, plays these through the camera's picture path three times, and
compares the face with the clean one. The stranger is the enrolled person who looks most
like them to SFace without being taken for them, which is in most cases one of their sex.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import typer
from numpy.typing import NDArray
from rich.console import Console
from rich.progress import track

from benchmarks.page_section import write_section
from benchmarks.people.enrolled_people import (
    Person,
    people_of_folders,
    people_of_test_crops,
    scenes,
)
from benchmarks.picture.clips import SETTINGS
from nasfe_cam.config.settings import Fit
from nasfe_cam.core.frame import Frame, Image
from nasfe_cam.enrolment.enrol import enrol
from nasfe_cam.enrolment.networks import EnrolmentNetworks, open_networks
from nasfe_cam.faces.recogniser import SAME_PERSON, cosine
from nasfe_cam.faces.tracker import FACE_OVAL
from nasfe_cam.measurement.fidelity import psnr
from nasfe_cam.pipeline.resize import fit
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.restoration.face_networks import face_networks
from nasfe_cam.restoration.face_processor import FaceProcessor
from nasfe_cam.sources.bad_webcam import BadWebcam

SECTION = "benchmarks/people/profiles.py"
ENROLMENT = Path(__file__).parents[2] / "docs" / "enrolment-measurements.md"
STRENGTHS = (60, 100)
# The face has faded in by then.
MEASURED = (5, 7)
BAD, NOBODY, OWN, STRANGER = range(4)
PICTURES = ("bad webcam", "no profile", "own profile", "stranger's profile")
MEASURES = ("PSNR of the face, dB", "cosine to the clean face", "cosine to the enrolment photos")
# Decimals of each measure.
PLACES = (2, 3, 3)
WIDTH, HEIGHT = 960, 540
RESAMPLES = 10_000

Scores = NDArray[np.float64]
"""Pictures x measures, or with people before them."""


def stranger_to(profile: Profile, others: Sequence[Profile]) -> Profile:
    """The most alike of those whom SFace holds for somebody else."""
    likeness = {other.name: cosine(profile.embedding, other.embedding) for other in others}
    strangers = [other for other in others if likeness[other.name] < SAME_PERSON]
    return max(strangers, key=lambda other: likeness[other.name])


class PicturePath:
    """Plays frames through the face path; loads observer and restorer once."""

    def __init__(self) -> None:
        self._networks = face_networks(SETTINGS)
        self._observer = self._networks.observer()
        self._restorer = self._networks.restorer()

    def play(self, bad: Sequence[Frame], profile: Profile | None) -> list[Image]:
        """What the camera shows of these frames, restored as this person or as nobody."""
        faces = FaceProcessor(
            SETTINGS,
            replace(
                self._networks,
                observer=lambda: self._observer,
                restorer=lambda: self._restorer,
                profile=profile,
            ),
        )
        shown = [faces.process(frame).frame.image for frame in bad]
        # The other networks are kept for the next frames.
        faces.finder.close()
        return shown

    def close(self) -> None:
        """Free the networks."""
        self._observer.close()
        self._restorer.close()


def scores_of(
    clean: Sequence[Image],
    shown: Sequence[Sequence[Image]],
    own: Profile,
    networks: EnrolmentNetworks,
) -> Scores:
    """Mean over the measured frames; `shown` has a series of frames for each of `PICTURES`."""
    found = []
    for number in MEASURED:
        truth = clean[number]
        landmarks = networks.finder.find(truth)[0].landmarks
        outline = np.round(landmarks[FACE_OVAL]).astype(np.int32)
        face = cv2.fillPoly(np.zeros(truth.shape[:2], np.uint8), [outline], 1).astype(bool)
        person = networks.recogniser.embed(truth, landmarks)
        rows = []
        for frames in shown:
            seen = networks.recogniser.embed(frames[number], landmarks)
            rows.append(
                [
                    psnr(truth[face], frames[number][face]),
                    cosine(seen, person),
                    cosine(seen, own.embedding),
                ]
            )
        found.append(rows)
    scores: Scores = np.mean(found, axis=0)
    return scores


def measure(
    person: Person,
    own: Profile,
    stranger: Profile,
    strength: float,
    networks: EnrolmentNetworks,
    path: PicturePath,
) -> Scores:
    """Mean over the person's scenes; strength of the bad webcam 0..1."""
    of_scenes = []
    for seed, scene in enumerate(scenes(person, networks.finder)):
        webcam = BadWebcam(scene, strength, seed)
        bad = [_fitted(frame) for frame in iter(webcam.read, None)]
        shown = [[frame.image for frame in bad]]
        shown += [path.play(bad, profile) for profile in (None, own, stranger)]
        clean = [_fitted(frame).image for frame in scene.frames]
        of_scenes.append(scores_of(clean, shown, own, networks))
    scores: Scores = np.mean(of_scenes, axis=0)
    return scores


def measured(
    people: Sequence[Person],
    profiles: dict[str, Profile],
    networks: EnrolmentNetworks,
    path: PicturePath,
) -> dict[int, Scores]:
    """By strength in percent, people x pictures x measures."""
    found: dict[int, list[Scores]] = {strength: [] for strength in STRENGTHS}
    for person in track(people, "Playing", console=Console(stderr=True)):
        own = profiles[person.name]
        stranger = stranger_to(own, list(profiles.values()))
        for strength, scores in found.items():
            scores.append(measure(person, own, stranger, strength / 100, networks, path))
    return {strength: np.stack(scores) for strength, scores in found.items()}


def interval(values: NDArray[np.float64]) -> tuple[float, float, float]:
    """Mean of one value per person, and its 95 % interval by resampling people."""
    rng = np.random.default_rng(1)
    drawn = values[rng.integers(0, len(values), (RESAMPLES, len(values)))].mean(axis=1)
    low, high = np.quantile(drawn, (0.025, 0.975)).tolist()
    return float(values.mean()), low, high


def means_table(results: dict[str, dict[int, Scores]]) -> str:
    """A row for each kind of people, strength and picture."""
    lines = [
        f"| people | strength | picture | {' | '.join(MEASURES)} |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for people, of_strengths in results.items():
        for strength, scores in of_strengths.items():
            for picture, name in enumerate(PICTURES):
                cells = []
                for number, places in enumerate(PLACES):
                    mean, low, high = interval(scores[:, picture, number])
                    cells.append(f"{mean:.{places}f} ({low:.{places}f} to {high:.{places}f})")
                lines.append(f"| {people} | {strength} | {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


def differences_table(results: dict[str, dict[int, Scores]]) -> str:
    """What the own profile adds to none and to a stranger's, and for how many people."""
    lines = [
        f"| people | strength | profiles | {' | '.join(MEASURES)} |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for people, of_strengths in results.items():
        for strength, scores in of_strengths.items():
            own, nobody, stranger = (scores[:, one] for one in (OWN, NOBODY, STRANGER))
            for name, gain in (("own - none", own - nobody), ("own - stranger's", own - stranger)):
                cells = []
                for number, places in enumerate(PLACES):
                    mean, low, high = interval(gain[:, number])
                    form = f"+.{places + 1}f"
                    better = int((gain[:, number] > 0).sum())
                    cells.append(
                        f"{mean:{form}} ({low:{form}} to {high:{form}}), {better} of {len(gain)}"
                    )
                lines.append(f"| {people} | {strength} | {name} | {' | '.join(cells)} |")
            best = (own > nobody) & (own > stranger)
            for name, holds in (
                ("own > both", best),
                ("own > none > stranger's", best & (nobody > stranger)),
            ):
                counts = " | ".join(f"{count} of {len(own)}" for count in holds.sum(axis=0))
                lines.append(f"| {people} | {strength} | {name} | {counts} |")
    return "\n".join(lines)


def verdict(results: dict[str, dict[int, Scores]]) -> str:
    """In words, what the differences show, whichever way they go."""
    groups = [scores for of_strengths in results.values() for scores in of_strengths.values()]
    lines = ["Counting only where the interval leaves out 0, the own profile", ""]
    for number, name in enumerate(MEASURES):
        said = []
        for other, what in ((NOBODY, "none"), (STRANGER, "a stranger's")):
            gains = [scores[:, OWN, number] - scores[:, other, number] for scores in groups]
            bounds = [interval(gain)[1:] for gain in gains]
            better, worse = sum(low > 0 for low, _ in bounds), sum(high < 0 for _, high in bounds)
            said.append(f"beats {what} in {better} of {len(groups)} cases and loses in {worse}")
        lines.append(f"- by {name.removesuffix(', dB')} {'; '.join(said)};")
    lines[-1] = lines[-1].removesuffix(";") + "."
    return "\n".join(lines)


def _fitted(frame: Frame) -> Frame:
    return replace(frame, image=fit(frame.image, WIDTH, HEIGHT, Fit.LETTERBOX))


def main(
    data: Path = typer.Option(Path("../shared/data"), help="The shared data."),
    test_people: int = typer.Option(12, min=2, help="How many people of the test crops."),
    write: bool = typer.Option(False, help="Write the tables into docs/enrolment-measurements.md."),
) -> None:
    """Enrol, play and compare."""
    with tempfile.TemporaryDirectory() as folder, open_networks() as networks:
        groups = {
            "enrolment sets": people_of_folders(data),
            "test crops": people_of_test_crops(data, test_people, Path(folder)),
        }
        profiles = {
            person.name: enrol(person.name, person.enrolled, networks).profile
            for people in groups.values()
            for person in people
        }
        path = PicturePath()
        results = {
            f"{len(people)}, {name}": measured(people, profiles, networks, path)
            for name, people in groups.items()
        }
        path.close()
    content = "\n\n".join([means_table(results), differences_table(results), verdict(results)])
    print(content)
    if write:
        write_section(SECTION, content, ENROLMENT)


if __name__ == "__main__":
    typer.run(main)
