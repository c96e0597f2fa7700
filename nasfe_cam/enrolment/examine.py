"""Finds, checks and describes the face in one picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.core.photo_errors import SeveralFacesInPhoto
from nasfe_cam.enrolment.face_checks import check_face, measure_quality
from nasfe_cam.enrolment.meant_face import large_faces, one_face
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.photos import read_photo, read_reduced_photo
from nasfe_cam.faces.alignment import crop_transform, scale_of, warp_crop
from nasfe_cam.faces.still_detector import LONGEST_SIDE, PhotoFace
from nasfe_cam.profiles.photo_quality import PhotoQuality

ChooseFace = Callable[[Path, Sequence[PhotoFace]], PhotoFace | None]
"""Asked which of several large faces of a photo is meant; None leaves the photo out."""


@dataclass(frozen=True, slots=True, eq=False)
class ExaminedFace:
    """A face that may be enrolled.

    Attributes:
        crop: S x S x 3 uint8 BGR, aligned.
        embedding: 128 float32 of length 1.
        quality: what was measured of the photo.
    """

    crop: Image
    embedding: FloatArray
    quality: PhotoQuality


def examine(
    image: Image, networks: EnrolmentNetworks, face: PhotoFace | None = None
) -> ExaminedFace:
    """Look at one picture, a photo or a frame of the webcam.

    Args:
        image: H x W x 3 uint8 BGR, upright.
        networks: see `open_networks`.
        face: which of `large_faces` is meant; None if there should be just one.

    Raises:
        PhotoError: it cannot be used; which subclass says why.
        EngineRunFailed: a network could not run.
    """
    if face is None:
        face = one_face(networks.finder.find(image))
    return _describe(image, networks, face, 1)


def examine_file(path: Path, networks: EnrolmentNetworks, choose: ChooseFace) -> ExaminedFace:
    """Look at a photo; a large one is decoded with no more pixels than its face needs.

    Args:
        path: the photo.
        networks: see `open_networks`.
        choose: asked if there are several large faces.

    Raises:
        PhotoError: it cannot be used; which subclass says why.
        EngineRunFailed: a network could not run.
    """
    image, shrink = read_reduced_photo(path, LONGEST_SIDE)
    face = _meant_face(path, networks.finder.find(image), choose)
    size = networks.extractor.size
    if shrink > 1 and _head_side(face, size) < size:
        whole = read_photo(path)
        factor = np.divide(whole.shape[1::-1], image.shape[1::-1], dtype=np.float32)
        face = face.in_other_pixels(factor, np.zeros(2, np.float32))
        image, shrink = whole, 1
    return _describe(image, networks, face, shrink)


def _meant_face(path: Path, faces: Sequence[PhotoFace], choose: ChooseFace) -> PhotoFace:
    candidates = large_faces(faces)
    if len(candidates) < 2:
        return one_face(faces)
    chosen = choose(path, candidates)
    if chosen is None:
        raise SeveralFacesInPhoto(len(candidates))
    return chosen


def _describe(
    image: Image, networks: EnrolmentNetworks, face: PhotoFace, shrink: int
) -> ExaminedFace:
    """`image` has 1 / `shrink` of the photo's width and height."""
    size = networks.extractor.size
    transform = crop_transform(face.landmarks, size)
    crop = warp_crop(image, transform, size)
    in_crop = (face.landmarks @ transform[:, :2].T + transform[:, 2]).astype(np.float32)
    side = round(_head_side(face, size) * shrink)
    check_face(crop, in_crop, side, face)
    return ExaminedFace(
        crop,
        networks.recogniser.embed(image, face.landmarks),
        measure_quality(crop, side, face),
    )


def _head_side(face: PhotoFace, size: int) -> float:
    return size / scale_of(crop_transform(face.landmarks, size))
