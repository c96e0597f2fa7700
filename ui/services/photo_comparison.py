"""Compares the photos of one enrolment with each other, before there is a profile."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from nasfe_cam.core.photo_errors import PhotoError, SeveralPeople

if TYPE_CHECKING:
    from nasfe_cam.enrolment.examine import ExaminedFace


def left_out(faces: Mapping[Path, ExaminedFace]) -> dict[Path, PhotoError]:
    """The photos that enrolment would leave out beside the others; all, where it would refuse.

    Args:
        faces: those that can be used each for itself, by the photo.
    """
    if len(faces) < 2:
        return {}
    # Imported here: it needs OpenCV, which is loaded by whoever found the faces.
    from nasfe_cam.enrolment.enrol import choose_photos

    try:
        return choose_photos(faces)[1]
    except SeveralPeople as error:
        return dict.fromkeys(faces, error)
