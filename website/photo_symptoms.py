"""The symptoms of enrolment and of the profiles it makes."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.control.server.steered_camera import ProfileDeleted
from nasfe_cam.core.errors import (
    EnrolmentCancelled,
    NothingToEnrol,
    ProfileCopiesUnusable,
    ProfileDamaged,
    ProfileExists,
    ProfileFileExists,
    ProfileFileRefused,
    ProfileMissing,
    ProfileNameBegins,
    ProfileNameEmpty,
    ProfileNameEndsWithSpace,
    ProfileNameHolds,
    ProfileNameReserved,
    ProfileNameTooLong,
    ProfileNotWritten,
    ProfileOutdated,
    ProfileOutdatedWithPhotos,
    ProfileTooNew,
    ProfileWithoutPhotos,
)
from nasfe_cam.core.photo_errors import (
    BetterPhotosTaken,
    DuplicatePhoto,
    EyesClosed,
    EyesHidden,
    FaceCovered,
    FaceTooSmall,
    FaceTurnedAway,
    NoFaceInPhoto,
    NoPhotoAccepted,
    NoPhotosFound,
    OtherPersonInPhoto,
    PhotoBlurred,
    PhotoTooBright,
    PhotoTooDark,
    PhotoUnreadable,
    SeveralFacesInPhoto,
    SeveralPeople,
)
from nasfe_cam.core.text.reasons import Reason
from nasfe_cam.enrolment.face_checks import SMALLEST_SIDE
from nasfe_cam.profiles.transfer import ProfileFileForeign, ProfileFileMissing
from website.symptom import Symptom

_HOLIDAY = Path("holiday.jpg")

PHOTO_SYMPTOMS = (
    Symptom(
        "A photo is refused when enrolling",
        """The other photos are used; one good photo is enough to begin.
[Enrolment](enrolment.md) lists the limits, and how often they are wrong.""",
        (
            NoFaceInPhoto(),
            SeveralFacesInPhoto(3),
            FaceTooSmall(90, SMALLEST_SIDE),
            PhotoTooDark(),
            PhotoTooBright(),
            PhotoBlurred(),
            FaceTurnedAway(),
            EyesClosed(),
            EyesHidden(),
            FaceCovered(),
            DuplicatePhoto("holiday.jpg"),
            OtherPersonInPhoto(),
            BetterPhotosTaken(10),
            PhotoUnreadable("it ends too early"),
        ),
    ),
    Symptom(
        "Nobody can be enrolled",
        "Nothing was changed; a profile that was there before is still there.",
        (
            NothingToEnrol(),
            NoPhotosFound(Path("photos")),
            NoPhotoAccepted(((_HOLIDAY, PhotoTooDark()),)),
            SeveralPeople(((_HOLIDAY,), (Path("office.jpg"),))),
            EnrolmentCancelled(),
        ),
    ),
    Symptom(
        "A profile cannot be used, moved or written",
        """`nasfe-cam profiles list` shows all of them and what is wrong with them. The camera
goes on without a profile that it cannot read.""",
        (
            ProfileMissing("me"),
            ProfileDeleted("me"),
            ProfileNameEmpty(""),
            ProfileNameTooLong("a name of more than sixty-four letters"),
            ProfileNameHolds("a/b", "/"),
            ProfileNameBegins(".me", "."),
            ProfileNameEndsWithSpace("me "),
            ProfileNameReserved("con"),
            ProfileExists("me"),
            ProfileDamaged(Path("me.nasfe-profile"), "its checksum is another one"),
            ProfileOutdated("me"),
            ProfileOutdatedWithPhotos("me"),
            ProfileTooNew("me", 3),
            ProfileWithoutPhotos("me"),
            ProfileFileMissing(Path("me.nasfe-profile"), Reason.NOT_THERE),
            ProfileFileForeign(Path("me.jpg"), "another kind of file"),
            ProfileCopiesUnusable("me"),
            ProfileFileRefused(Path("me.nasfe-profile"), "it holds compressed parts"),
            ProfileFileExists(Path("me.nasfe-profile")),
            ProfileNotWritten(Path("me.nasfe-profile"), Reason.DISK_FULL),
        ),
    ),
)
