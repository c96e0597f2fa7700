"""Why a photo cannot be used for enrolment."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.statement import Plain


class PhotoError(NasfeError):
    """A photo cannot be used for enrolment."""


class PhotoUnreadable(PhotoError):
    code = "unreadable"
    text = "The photo cannot be read ({reason})."
    remedy = "Save it again as JPEG or PNG, or leave it out."

    reason: str


class NoFaceInPhoto(PhotoError):
    code = "no-face"
    text = "No face was found."
    remedy = "Choose a photo in which your face looks at the camera, unhidden."


class SeveralFacesInPhoto(PhotoError):
    """Attributes:
    count: how many of them are large enough to be meant.
    """

    code = "several-faces"
    text = "{count} faces are in it."
    remedy = "Say which one is yours, or choose a photo of you alone."

    count: int


class FaceTooSmall(PhotoError):
    code = "too-small"
    text = "The head takes {side} pixels, and {needed} are needed."
    remedy = "Choose a photo from closer by, or one with more pixels."

    side: int
    needed: int


class PhotoTooDark(PhotoError):
    code = "too-dark"
    text = "The face is too dark."
    remedy = "Choose a photo with light on your face."


class PhotoTooBright(PhotoError):
    code = "too-bright"
    text = "Parts of the face are burnt out to white."
    remedy = "Choose a photo with softer light."


class PhotoBlurred(PhotoError):
    code = "blurred"
    text = "The face is blurred."
    remedy = "Choose a sharp photo."


class FaceTurnedAway(PhotoError):
    code = "turned-away"
    text = "The head is turned or tilted too far."
    remedy = "Choose a photo that shows both eyes and cheeks."


class EyesClosed(PhotoError):
    code = "eyes-closed"
    text = "The eyes are closed."
    remedy = "Choose a photo with open eyes."


class EyesHidden(PhotoError):
    code = "eyes-hidden"
    text = "An eye is hidden, as by sunglasses, hair or a deep shadow."
    remedy = "Choose a photo that shows both eyes."


class FaceCovered(PhotoError):
    code = "covered"
    text = "Nose and mouth are covered, as by a mask or a scarf."
    remedy = "Choose a photo that shows your whole face."


class DuplicatePhoto(PhotoError):
    """Attributes:
    other: name of the photo that is used instead.
    """

    code = "duplicate"
    text = "It hardly differs from {other}."
    remedy = "Choose a photo from another day or in other light."

    other: str


class OtherPersonInPhoto(PhotoError):
    code = "other-person"
    text = "It shows another person than the other photos."
    remedy = "Leave it out, or enrol that person under a name of their own."


class BetterPhotosTaken(PhotoError):
    code = "not-needed"
    text = "{most} better photos were taken."
    remedy = "Nothing need be done about it."

    most: int


class NoPhotosFound(PhotoError):
    code = "no-photos"
    text = "There is no photo at {path}."
    remedy = "Give a folder with JPEG or PNG photos, or the photos."

    path: Path


class NoPhotoAccepted(PhotoError):
    """Attributes:
    rejected: every photo with its reason.
    """

    code = "none-accepted"
    text = "No photo can be used."
    remedy = "{reasons}"

    rejected: Sequence[tuple[Path, PhotoError]]

    @property
    def parameters(self) -> dict[str, Plain]:
        reasons = [f"{path.name}: {reason}" for path, reason in self.rejected[:3]]
        if len(self.rejected) > 3:
            reasons.append(f"And {len(self.rejected) - 3} more.")
        return {"count": len(self.rejected), "reasons": " ".join(reasons)}


class SeveralPeople(PhotoError):
    """Attributes:
    groups: the photos of each person.
    """

    code = "several-people"
    text = "The photos show different people, and none of them most often ({photos})."
    remedy = "Choose photos of one person."

    groups: Sequence[Sequence[Path]]

    @property
    def parameters(self) -> dict[str, Plain]:
        persons = [", ".join(path.name for path in group[:3]) for group in self.groups[:3]]
        return {"photos": "; ".join(persons)}
