"""Which face a photo is about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from nasfe_cam.core.photo_errors import NoFaceInPhoto, SeveralFacesInPhoto
from nasfe_cam.faces.tracker import Face

_PASSER_BY = 0.25

AnyFace = TypeVar("AnyFace", bound=Face)


def large_faces(faces: Sequence[AnyFace]) -> list[AnyFace]:
    """The faces that a photo may be about.

    Args:
        faces: the largest first. Faces with less than a quarter of its area are
            people in the background.
    """
    return [face for face in faces if face.area >= _PASSER_BY * faces[0].area]


def one_face(faces: Sequence[AnyFace]) -> AnyFace:
    """The face that the photo is about; arguments as in `large_faces`.

    Raises:
        NoFaceInPhoto, SeveralFacesInPhoto: there is not exactly one.
    """
    large = large_faces(faces)
    if not large:
        raise NoFaceInPhoto()
    if len(large) > 1:
        raise SeveralFacesInPhoto(len(large))
    return large[0]
