"""The work of enrolling, done in a background task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nasfe_cam.errors import PhotoError
from nasfe_cam.profile_store import ProfileStore, profiles_folder
from ui.background import Task

if TYPE_CHECKING:
    from nasfe_cam.enrolment import Enrolment, ExaminedFace


@dataclass(frozen=True, slots=True, eq=False)
class Enrolled:
    """What the page shows of an enrolment.

    Attributes:
        name: of the profile, which is saved.
        count: photos that were taken.
        rejected: the others, each with its reason.
        suggestions: one sentence each.
    """

    name: str
    count: int
    rejected: dict[Path, PhotoError]
    suggestions: tuple[str, ...]


def enrol_work(
    task: Task,
    name: str,
    faces: Mapping[Path, ExaminedFace],
    rejected: Mapping[Path, PhotoError],
    keep_photos: bool,
) -> Enrolled:
    """Make a profile and save it; tells the number of faces that are done.

    Raises:
        NasfeError: see `nasfe_cam.enrolment.enrol_faces`, and `ProfileNotWritten`.
    """
    from nasfe_cam.enrolment import enrol_faces, open_networks

    with open_networks() as networks:
        enrolment = enrol_faces(name, faces, networks, rejected, task.tell, keep_photos=keep_photos)
    return save(enrolment)


def save(enrolment: Enrolment) -> Enrolled:
    """Save the profile; raises ProfileNotWritten."""
    ProfileStore(profiles_folder()).save(enrolment.profile)
    return Enrolled(
        enrolment.profile.name,
        len(enrolment.accepted),
        dict(enrolment.rejected),
        tuple(suggestion.words for suggestion in enrolment.suggestions),
    )
