"""Finds the person who is in most of the photos."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from nasfe_cam.core.photo_errors import SeveralPeople
from nasfe_cam.enrolment.examine import ExaminedFace
from nasfe_cam.faces.recogniser import SAME_PERSON, cosine


def same_person(faces: Mapping[Path, ExaminedFace]) -> list[Path]:
    """The files that show the person who is seen most often; raises SeveralPeople."""
    remaining = dict(faces)
    groups: list[list[Path]] = []
    while remaining:
        # The face that is like most others stands for its group.
        centre = max(remaining, key=lambda file: _support(file, remaining))
        group = [file for file in remaining if _alike(remaining[centre], remaining[file])]
        groups.append(group)
        for file in group:
            del remaining[file]
    groups.sort(key=len, reverse=True)
    if len(groups) > 1 and len(groups[0]) == len(groups[1]):
        raise SeveralPeople(groups)
    return groups[0]


def _support(file: Path, faces: Mapping[Path, ExaminedFace]) -> tuple[int, float]:
    own = faces[file].embedding
    likenesses = [cosine(own, other.embedding) for other in faces.values()]
    return sum(likeness >= SAME_PERSON for likeness in likenesses), sum(likenesses)


def _alike(first: ExaminedFace, second: ExaminedFace) -> bool:
    return first is second or cosine(first.embedding, second.embedding) >= SAME_PERSON
