"""Exports and imports profiles as files, for backup or another computer."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from nasfe_cam.core.atomic_files import output_file_error, write_private_bytes
from nasfe_cam.core.errors import (
    ProfileDamaged,
    ProfileExists,
    ProfileFileExists,
    ProfileFileRefused,
)
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import FileKind, kind_of
from nasfe_cam.profiles.codec import profile_from_bytes, profile_to_bytes
from nasfe_cam.profiles.profile import Profile, checked_name
from nasfe_cam.profiles.store import SUFFIX, ProfileStore, read_profile_file

_SIGNATURE = b"PK"
"""How a ZIP file begins, which a profile is (`nasfe_cam.profiles.codec`)."""


class ProfileFileMissing(ProfileFileRefused):
    code = "profile-file-missing"
    text = "There is no file {path}."
    remedy = "Check the path; nasfe-cam profiles export writes such a file."


class ProfileFileForeign(ProfileFileRefused):
    code = "profile-file-foreign"
    text = "{path} is not a file that nasfe-cam profiles export wrote."
    remedy = "Choose that file; to enrol from photos, use: nasfe-cam enrol"


def export_profile(
    store: ProfileStore,
    name: str,
    target: Path,
    *,
    with_photos: bool = True,
    overwrite: bool = False,
) -> Path:
    """Write a profile into one file, readable by its owner only.

    Args:
        store: where it is.
        name: of the profile.
        target: the file, or a folder in which the file is named like the profile.
        with_photos: with the copies of photos, if the profile keeps any.
        overwrite: replace a file that is there already.

    Returns:
        The file.

    Raises:
        ProfileError: the profile cannot be read, or there is such a file already.
        OutputFileFailed: the file cannot be written.
    """
    profile = store.load(name)
    if not with_photos:
        bare = tuple(replace(photo, copy=None) for photo in profile.photos)
        profile = replace(profile, photos=bare)
    path = target / f"{profile.name}{SUFFIX}" if kind_of(target) is FileKind.FOLDER else target
    if kind_of(path) is not FileKind.MISSING and not overwrite:
        raise ProfileFileExists(path)
    try:
        write_private_bytes(path, profile_to_bytes(profile))
    except OSError as error:
        raise output_file_error(path, error) from None
    return path


def import_profile(
    store: ProfileStore, source: Path, *, name: str | None = None, overwrite: bool = False
) -> Profile:
    """Import a profile from a file with any name.

    A profile made by another observer is taken over too: see `Profile.require_extractor`.

    Args:
        store: where it is to be.
        source: the file.
        name: for the profile; None keeps the one it was exported with.
        overwrite: replace a profile of that name.

    Returns:
        The profile as it was saved.

    Raises:
        ProfileNameRefused: `name` cannot be a profile's name.
        ProfileFileRefused: the file is missing, damaged or no profile.
        ProfileTooNew: it comes from a later version of the program.
        ProfileExists: there is a profile of that name already.
        ProfileNotWritten: it could not be saved.
    """
    if name is not None:
        name = checked_name(name)
    try:
        content = read_profile_file(source)
        if not content.startswith(_SIGNATURE):
            raise ProfileFileForeign(source, Reason.OTHER_KIND)
        profile = profile_from_bytes(content, source)
    except FileNotFoundError as error:
        raise ProfileFileMissing(source, reason_of(error)) from None
    except ProfileDamaged as error:
        raise ProfileFileRefused(source, error.reason) from None
    except OSError as error:
        raise ProfileFileRefused(source, reason_of(error)) from None
    if name is not None:
        profile = replace(profile, name=name)
    if store.has(profile.name) and not overwrite:
        raise ProfileExists(profile.name)
    store.save(profile)
    return profile
