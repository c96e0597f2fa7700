"""What can be wrong with a folder of faces, and with one photo in it."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.core.photo_errors import PhotoError

MAKE_ANEW = "Choose another --target, or delete this one."


class FacesError(NasfeError):
    """A folder of faces cannot be used."""


class FacesMissing(FacesError):
    code = "faces-missing"
    text = "There are no prepared faces in {folder}."
    remedy = "Give --data a folder made by nasfe-train prepare, or one that is laid out like it."

    folder: Path


class FacesDamaged(FacesError):
    code = "faces-damaged"
    text = "{path} cannot be read ({reason})."
    remedy = "Copy it again, or make it anew with: nasfe-train prepare"

    path: Path
    reason: str


class PhotosMissing(FacesError):
    code = "photos-missing"
    text = "There are no photos in {source}."
    remedy = "Give a folder that holds <identity>/<photo>.jpg, CelebA, VGGFace2 or LFW."

    source: Path


class IdentitiesUnreadable(FacesError):
    code = "identities-unreadable"
    text = "{path} cannot be read ({reason})."
    remedy = "Each line must name a photo and a number, such as: 000001.jpg 2880"

    path: Path
    reason: str


class NoPhotoUsable(FacesError):
    code = "no-photo-usable"
    text = "Not one of {count} photos can be used."
    remedy = "Why is in {rejected}."

    count: int
    rejected: Path


class TargetRefused(FacesError):
    code = "target-refused"
    text = "{target} cannot be prepared into: {reason}."
    remedy = MAKE_ANEW

    target: Path
    reason: str


class TargetBusy(FacesError):
    code = "target-busy"
    text = "Another nasfe-train prepare is writing to {target}."
    remedy = "Wait for it, or choose another --target."

    target: Path


class TargetNotWritten(FacesError):
    code = "target-not-written"
    text = "{target} cannot be written ({reason})."
    remedy = (
        "Free some space or choose another --target; what is done already is kept, and the same "
        "command goes on from it."
    )

    target: Path
    reason: str


class PhotoTruncated(PhotoError):
    code = "truncated"
    text = "The file ends before the picture does."
    remedy = "Copy it again, or leave it out."


class PhotoTooLarge(PhotoError):
    code = "too-large"
    text = "It is too large ({stated})."
    remedy = "Scale it down, or leave it out."

    stated: str


class PhotoTiny(PhotoError):
    code = "tiny"
    text = "It has {width} x {height} pixels, too few for a face."

    width: int
    height: int


class PhotoGrey(PhotoError):
    code = "grey"
    text = "It is black and white; a network would learn to take colour away."


class PhotoForPrint(PhotoError):
    code = "cmyk"
    text = "It is in CMYK, whose colours depend on a printer."
    remedy = "Save it as RGB."


class FaceTurnedAway(PhotoError):
    code = "from-the-side"
    text = "The face is seen from the side."


class FaceCutOff(PhotoError):
    code = "cut-off"
    text = "{outside:.1%} of the head's square lie outside the photo."

    outside: float


class PhotoRepeated(PhotoError):
    code = "repeated"
    text = "It is the same file as {first}."

    first: str


class PhotoWithoutIdentity(PhotoError):
    code = "no-identity"
    text = "{list_name} does not name it, so nobody knows whom it shows."

    list_name: str
