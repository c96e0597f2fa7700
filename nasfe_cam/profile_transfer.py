"""A profile as one file to take along: to another computer, or as a copy for safety."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from engine.files import write_private_bytes
from nasfe_cam.errors import (
    ProfileDamaged,
    ProfileExists,
    ProfileFileExists,
    ProfileFileRefused,
    ProfileNotWritten,
)
from nasfe_cam.profile import Profile, checked_name
from nasfe_cam.profile_file import profile_from_bytes, profile_to_bytes
from nasfe_cam.profile_store import SUFFIX, ProfileStore, read_profile_file


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
        ProfileError: the profile cannot be read, or the file cannot be written.
    """
    profile = store.load(name)
    if not with_photos:
        bare = tuple(replace(photo, copy=None) for photo in profile.photos)
        profile = replace(profile, photos=bare)
    path = target / f"{profile.name}{SUFFIX}" if target.is_dir() else target
    if path.exists() and not overwrite:
        raise ProfileFileExists(path)
    try:
        write_private_bytes(path, profile_to_bytes(profile))
    except OSError as error:
        raise ProfileNotWritten(path, error.strerror or str(error)) from None
    return path


def import_profile(
    store: ProfileStore, source: Path, *, name: str | None = None, overwrite: bool = False
) -> Profile:
    """Take a profile over from a file, whatever the file is called.

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
        profile = profile_from_bytes(read_profile_file(source), source)
    except ProfileDamaged as error:
        raise ProfileFileRefused(source, error.reason) from None
    except OSError as error:
        raise ProfileFileRefused(source, error.strerror or str(error)) from None
    if name is not None:
        profile = replace(profile, name=name)
    if store.path_of(profile.name).exists() and not overwrite:
        raise ProfileExists(profile.name)
    store.save(profile)
    return profile
