"""What can be wrong with a folder of faces, and with one photo in it."""

from __future__ import annotations

from pathlib import Path

from engine.errors import NasfeError
from nasfe_cam.errors import PhotoError

MAKE_ANEW = "Choose another --target, or delete this one."


class FacesError(NasfeError):
    """A folder of faces cannot be used."""


class FacesMissing(FacesError):
    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"There are no prepared faces in {folder}. Give --data a folder made by "
            "nasfe-train prepare, or one that is laid out like it."
        )


class FacesDamaged(FacesError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read ({reason}). Copy it again, or make it anew with: "
            "nasfe-train prepare"
        )


class PhotosMissing(FacesError):
    def __init__(self, source: Path) -> None:
        super().__init__(
            f"There are no photos in {source}. Give a folder that holds "
            "<identity>/<photo>.jpg, CelebA, VGGFace2 or LFW."
        )


class IdentitiesUnreadable(FacesError):
    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} cannot be read ({reason}). Each line must name a photo and a number, "
            "such as: 000001.jpg 2880"
        )


class NoPhotoUsable(FacesError):
    def __init__(self, count: int, rejected: Path) -> None:
        super().__init__(f"Not one of {count} photos can be used. Why is in {rejected}.")


class TargetRefused(FacesError):
    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(f"{target} cannot be prepared into: {reason}. {MAKE_ANEW}")


class TargetBusy(FacesError):
    def __init__(self, target: Path) -> None:
        super().__init__(
            f"Another nasfe-train prepare is writing to {target}. "
            "Wait for it, or choose another --target."
        )


class TargetNotWritten(FacesError):
    def __init__(self, target: Path, reason: str) -> None:
        super().__init__(
            f"{target} cannot be written ({reason}). Free some space or choose another "
            "--target; what is done already is kept, and the same command goes on from it."
        )


class PhotoTruncated(PhotoError):
    code = "truncated"

    def __init__(self) -> None:
        super().__init__("The file ends before the picture does. Copy it again, or leave it out.")


class PhotoTooLarge(PhotoError):
    code = "too-large"

    def __init__(self, stated: str) -> None:
        super().__init__(f"It is too large ({stated}). Scale it down, or leave it out.")


class PhotoTiny(PhotoError):
    code = "tiny"

    def __init__(self, width: int, height: int) -> None:
        super().__init__(f"It has {width} x {height} pixels, too few for a face.")


class PhotoGrey(PhotoError):
    code = "grey"

    def __init__(self) -> None:
        super().__init__("It is black and white; a network would learn to take colour away.")


class PhotoForPrint(PhotoError):
    code = "cmyk"

    def __init__(self) -> None:
        super().__init__("It is in CMYK, whose colours depend on a printer. Save it as RGB.")


class FaceTurnedAway(PhotoError):
    code = "turned-away"

    def __init__(self) -> None:
        super().__init__("The face is seen from the side.")


class FaceCutOff(PhotoError):
    code = "cut-off"

    def __init__(self, outside: float) -> None:
        super().__init__(f"{outside:.1%} of the head's square lie outside the photo.")


class PhotoRepeated(PhotoError):
    code = "repeated"

    def __init__(self, first: str) -> None:
        super().__init__(f"It is the same file as {first}.")


class PhotoWithoutIdentity(PhotoError):
    code = "no-identity"

    def __init__(self, list_name: str) -> None:
        super().__init__(f"{list_name} does not name it, so nobody knows whom it shows.")
