"""From a generated picture to an aligned crop with landmarks, or to nothing where it failed."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from nasfe_cam.core.frame import FloatArray, Image
from nasfe_cam.faces.alignment import crop_transform, warp_crop
from nasfe_cam.faces.landmark_network import (
    LEFT_EYE,
    RIGHT_EYE,
    FaceRegion,
    LandmarkNetwork,
    region_around,
)
from nasfe_cam.faces.recogniser import Recogniser, cosine
from nasfe_cam.faces.tracker import face_of
from train.data.preparation.aligned_crops import FURTHEST_TURN
from train.synthesis.generator import SIDE, FaceGenerator
from train.synthesis.subjects import Kind, Subject

# Where FFHQ's alignment puts the face (Karras and others, 2019, appendix).
_FIRST_LOOK = FaceRegion((SIDE / 2, SIDE * 0.56), SIDE * 0.85, 0.0)
# Half the size: the landmark network takes 256 x 256.
_LOOKED_AT = 0.5
# SFace's cosine to the subject's first picture. Its own bound for one person, 0.363, lets people
# of another sex pass here: looked at.
LEAST_COSINE = {Kind.PERSON: 0.6, Kind.CLIP: 0.6}
# Mean movement of the landmarks between two frames of a clip, as a part of the crop's side.
LARGEST_STEP = 0.02
FEWEST = {Kind.SINGLE: 1, Kind.PERSON: 2, Kind.CLIP: 8}


@dataclass(frozen=True, slots=True, eq=False)
class GeneratedFace:
    """One picture that passed.

    Attributes:
        picture: 1024 x 1024 x 3 uint8 BGR.
        landmarks: 478 x 2 float32, in its pixels.
    """

    picture: Image
    landmarks: FloatArray

    def crop(self, side: int) -> Image:
        """Cut out as the camera cuts: side x side x 3 uint8 BGR."""
        return warp_crop(self.picture, crop_transform(self.landmarks, side), side)

    def unit_landmarks(self) -> FloatArray:
        """478 x 2 float32, 0..1 from edge to edge of the crop, whatever its size."""
        transform = crop_transform(self.landmarks, 1)
        inside = self.landmarks @ transform[:, :2].T + transform[:, 2]
        return np.asarray(inside + 0.5, np.float32)


class FaceMaker:
    """Makes the pictures of subjects, and keeps what shows a face, and the same person.

    Args:
        generator: makes pictures.
        mesh: finds landmarks.
        recogniser: tells people apart.
    """

    def __init__(
        self, generator: FaceGenerator, mesh: LandmarkNetwork, recogniser: Recogniser
    ) -> None:
        self._generator = generator
        self._mesh = mesh
        self._recogniser = recogniser

    def make(self, subject: Subject) -> list[tuple[Kind, list[GeneratedFace]]]:
        """The pictures of one subject that passed, together with what they are.

        Of a clip, those before the first failure. Photos that have become another person's are
        single faces, and so are those of a person of whom too few are left.
        """
        faces: list[GeneratedFace] = []
        others: list[GeneratedFace] = []
        known: FloatArray | None = None
        for latent in subject.latents:
            face = self._look(self._generator.picture(latent))
            same = face is not None
            if face is not None and subject.kind is not Kind.SINGLE:
                seen = self._recogniser.embed(face.picture, face.landmarks)
                known = seen if known is None else known
                same = cosine(known, seen) >= LEAST_COSINE[subject.kind]
            if face is not None and subject.kind is Kind.CLIP and faces:
                step = np.abs(face.unit_landmarks() - faces[-1].unit_landmarks()).mean()
                same = same and step <= LARGEST_STEP
            if subject.kind is Kind.CLIP and not same:
                break
            if face is not None:
                (faces if same else others).append(face)
        if len(faces) < FEWEST[subject.kind]:
            others, faces = others + faces[:1], []
        groups = [(Kind.SINGLE, [face]) for face in others]
        return [(subject.kind, faces), *groups] if faces else groups

    def look(self, latent: FloatArray) -> tuple[FloatArray, FloatArray] | None:
        """Unit landmarks and embedding of the face of a latent vector; None where it failed."""
        face = self._look(self._generator.picture(latent))
        if face is None:
            return None
        return face.unit_landmarks(), self._recogniser.embed(face.picture, face.landmarks)

    def _look(self, picture: Image) -> GeneratedFace | None:
        small = np.asarray(
            cv2.resize(picture, None, fx=_LOOKED_AT, fy=_LOOKED_AT, interpolation=cv2.INTER_AREA),
            np.uint8,
        )
        region = _FIRST_LOOK.scaled(_LOOKED_AT)
        mesh: FloatArray | None = None
        # Twice, as the tracker does: the second look has the face where the network expects it.
        for _ in range(2):
            mesh = self._mesh.find(small, region)
            if mesh is None:
                return None
            region = region_around(mesh, mesh[LEFT_EYE], mesh[RIGHT_EYE])
        if mesh is None or face_of(mesh).turn > FURTHEST_TURN:
            return None
        half = np.float32(0.5)
        return GeneratedFace(picture, (mesh + half) / np.float32(_LOOKED_AT) - half)
