"""The work of enrolling, done in a background task."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.core.statement import Statement
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from ui.services.tasks import Task

if TYPE_CHECKING:
    from nasfe_cam.enrolment.enrol import Enrolment
    from nasfe_cam.enrolment.examine import ExaminedFace


@dataclass(frozen=True, slots=True, eq=False)
class Enrolled:
    """What the page shows of an enrolment.

    Attributes:
        name: of the profile, which is saved.
        count: photos that were taken.
        rejected: the others, each with its reason.
        suggestions: what would make the profile better.
    """

    name: str
    count: int
    rejected: dict[Path, PhotoError]
    suggestions: tuple[Statement, ...]


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
    from nasfe_cam.enrolment.enrol import enrol_faces
    from nasfe_cam.enrolment.networks import open_networks

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
        tuple(suggestion.statement for suggestion in enrolment.suggestions),
    )
