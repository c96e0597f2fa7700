"""Makes a profile from photos."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from nasfe_cam.core.photo_errors import (
    BetterPhotosTaken,
    DuplicatePhoto,
    NoPhotoAccepted,
    OtherPersonInPhoto,
    PhotoError,
)
from nasfe_cam.enrolment.advice import MOST_PHOTOS, Suggestion, suggestions
from nasfe_cam.enrolment.build_profile import make_profile
from nasfe_cam.enrolment.duplicates import duplicates
from nasfe_cam.enrolment.examine import ChooseFace, ExaminedFace, examine_file
from nasfe_cam.enrolment.identity_grouping import same_person
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.profiles.profile import Profile, checked_name

Progress = Callable[[int, int], None]
"""Told how many steps are done, and of how many; may raise to cancel."""

Rejected = dict[Path, PhotoError]


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What came of the photos.

    Attributes:
        profile: made from the accepted photos; not saved yet.
        accepted: these photos, in the order of `profile.photos`.
        rejected: the others, each with its reason.
        suggestions: which photos would make the profile better.
    """

    profile: Profile
    accepted: tuple[Path, ...]
    rejected: tuple[tuple[Path, PhotoError], ...]
    suggestions: tuple[Suggestion, ...]


def enrol(
    name: str,
    files: Sequence[Path],
    networks: EnrolmentNetworks,
    progress: Progress = lambda done, total: None,
    *,
    keep_photos: bool = False,
    choose: ChooseFace = lambda path, faces: None,
) -> Enrolment:
    """Make a profile from photos of one person.

    Args:
        name: of the profile.
        files: photos; those that cannot be used are set aside with a reason.
        networks: see `open_networks`.
        progress: told after every photo, and after every one taken into the profile.
        keep_photos: keep small aligned copies in the profile, so that it can be rebuilt.
        choose: asked which face is meant where a photo shows several large ones.

    Raises:
        ProfileNameRefused: before any photo is read.
        NoPhotoAccepted: not one photo can be used.
        SeveralPeople: the photos show different people, none of them most often.
        EngineRunFailed: a network could not run.
    """
    name = checked_name(name)
    total = len(files) + min(len(files), MOST_PHOTOS)
    faces: dict[Path, ExaminedFace] = {}
    rejected: Rejected = {}
    for done, file in enumerate(files):
        progress(done, total)
        try:
            faces[file] = examine_file(file, networks, choose)
        except PhotoError as error:
            rejected[file] = error
    enrolment = enrol_faces(
        name,
        faces,
        networks,
        rejected,
        lambda done: progress(len(files) + done, total),
        keep_photos=keep_photos,
    )
    place = {file: number for number, file in enumerate(files)}
    in_order = sorted(enrolment.rejected, key=lambda entry: place[entry[0]])
    return replace(enrolment, rejected=tuple(in_order))


def enrol_faces(
    name: str,
    faces: Mapping[Path, ExaminedFace],
    networks: EnrolmentNetworks,
    rejected: Mapping[Path, PhotoError],
    progress: Callable[[int], None] = lambda done: None,
    *,
    keep_photos: bool = False,
) -> Enrolment:
    """The second half of `enrol`, for pictures that were examined already.

    Args:
        name: of the profile.
        faces: by the name of the picture.
        networks: see `open_networks`.
        rejected: pictures that were refused before, for the report.
        progress: told how many of the faces are in the profile; may raise to cancel.
        keep_photos: as in `enrol`.

    Raises:
        ProfileNameRefused, NoPhotoAccepted, SeveralPeople, EngineRunFailed: as in `enrol`.
    """
    refused = dict(rejected)
    if not faces:
        raise NoPhotoAccepted(list(refused.items()))
    accepted, left_out = choose_photos(faces)
    refused |= left_out
    chosen = [faces[file] for file in accepted]
    done = 0

    def told() -> None:
        nonlocal done
        done += 1
        progress(done)

    progress(0)
    profile = make_profile(
        checked_name(name),
        chosen,
        networks.extractor,
        networks.extractor_sha256,
        keep_photos,
        told,
    )
    return Enrolment(
        profile,
        tuple(accepted),
        tuple(refused.items()),
        suggestions([face.quality for face in chosen]),
    )


def choose_photos(faces: Mapping[Path, ExaminedFace]) -> tuple[list[Path], Rejected]:
    """Which photos to enrol from, in the order given, and why not from each of the others.

    Raises:
        SeveralPeople: they show different people, none of them most often.
    """
    twins = duplicates(faces)
    rejected: Rejected = {file: DuplicatePhoto(other.name) for file, other in twins.items()}
    single = {file: face for file, face in faces.items() if file not in twins}
    same = same_person(single)
    rejected |= {file: OtherPersonInPhoto() for file in single if file not in same}
    by_score = sorted(same, key=lambda file: faces[file].quality.score, reverse=True)
    best = set(by_score[:MOST_PHOTOS])
    rejected |= {file: BetterPhotosTaken(MOST_PHOTOS) for file in same if file not in best}
    return [file for file in same if file in best], rejected
