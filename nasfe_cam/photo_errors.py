"""Why a photo cannot be used for enrolment: the reason in one sentence, the remedy in another."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from engine.errors import NasfeError


class PhotoError(NasfeError):
    """A photo cannot be used for enrolment.

    Attributes:
        code: the reason in one word, for programs.
    """

    code: ClassVar[str] = "photo"


class PhotoUnreadable(PhotoError):
    code = "unreadable"

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The photo cannot be read ({reason}). Save it again as JPEG or PNG, or leave it out."
        )


class NoFaceInPhoto(PhotoError):
    code = "no-face"

    def __init__(self) -> None:
        super().__init__(
            "No face was found. Choose a photo in which your face looks at the camera, unhidden."
        )


class SeveralFacesInPhoto(PhotoError):
    """Attributes:
    count: how many of them are large enough to be meant.
    """

    code = "several-faces"

    def __init__(self, count: int) -> None:
        super().__init__(
            f"{count} faces are in it. Say which one is yours, or choose a photo of you alone."
        )
        self.count = count


class FaceTooSmall(PhotoError):
    code = "too-small"

    def __init__(self, side: int, needed: int) -> None:
        super().__init__(
            f"The head takes {side} pixels, and {needed} are needed. "
            "Choose a photo from closer by, or one with more pixels."
        )


class PhotoTooDark(PhotoError):
    code = "too-dark"

    def __init__(self) -> None:
        super().__init__("The face is too dark. Choose a photo with light on your face.")


class PhotoTooBright(PhotoError):
    code = "too-bright"

    def __init__(self) -> None:
        super().__init__(
            "Parts of the face are burnt out to white. Choose a photo with softer light."
        )


class PhotoBlurred(PhotoError):
    code = "blurred"

    def __init__(self) -> None:
        super().__init__("The face is blurred. Choose a sharp photo.")


class FaceTurnedAway(PhotoError):
    code = "turned-away"

    def __init__(self) -> None:
        super().__init__(
            "The head is turned or tilted too far. Choose a photo that shows both eyes and cheeks."
        )


class EyesClosed(PhotoError):
    code = "eyes-closed"

    def __init__(self) -> None:
        super().__init__("The eyes are closed. Choose a photo with open eyes.")


class EyesHidden(PhotoError):
    code = "eyes-hidden"

    def __init__(self) -> None:
        super().__init__(
            "An eye is hidden, as by sunglasses, hair or a deep shadow. "
            "Choose a photo that shows both eyes."
        )


class FaceCovered(PhotoError):
    code = "covered"

    def __init__(self) -> None:
        super().__init__(
            "Nose and mouth are covered, as by a mask or a scarf. "
            "Choose a photo that shows your whole face."
        )


class DuplicatePhoto(PhotoError):
    """Attributes:
    other: name of the photo that is used instead.
    """

    code = "duplicate"

    def __init__(self, other: str) -> None:
        super().__init__(
            f"It hardly differs from {other}. Choose a photo from another day or in other light."
        )
        self.other = other


class OtherPersonInPhoto(PhotoError):
    code = "other-person"

    def __init__(self) -> None:
        super().__init__(
            "It shows another person than the other photos. Leave it out, or enrol that "
            "person under a name of their own."
        )


class BetterPhotosTaken(PhotoError):
    code = "not-needed"

    def __init__(self, most: int) -> None:
        super().__init__(f"{most} better photos were taken. Nothing need be done about it.")


class NoPhotosFound(PhotoError):
    code = "no-photos"

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"There is no photo at {path}. Give a folder with JPEG or PNG photos, or the photos."
        )


class NoPhotoAccepted(PhotoError):
    """Attributes:
    rejected: every photo with its reason.
    """

    code = "none-accepted"

    def __init__(self, rejected: Sequence[tuple[Path, PhotoError]]) -> None:
        reasons = " ".join(f"{path.name}: {reason}" for path, reason in rejected[:3])
        more = f" And {len(rejected) - 3} more." if len(rejected) > 3 else ""
        super().__init__(f"No photo can be used. {reasons}{more}")
        self.rejected = tuple(rejected)


class SeveralPeople(PhotoError):
    code = "several-people"

    def __init__(self, groups: Sequence[Sequence[Path]]) -> None:
        persons = "; ".join(", ".join(path.name for path in group[:3]) for group in groups[:3])
        super().__init__(
            f"The photos show different people, and none of them most often ({persons}). "
            "Choose photos of one person."
        )
