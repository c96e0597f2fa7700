"""The profiles of this user: one file each, readable only by the user."""

from __future__ import annotations

import time
import unicodedata
from pathlib import Path

from nasfe_cam.core.atomic_files import (
    TEMPORARY_SUFFIX,
    left_behind,
    write_private_bytes,
)
from nasfe_cam.core.errors import (
    NasfeError,
    PathUnreachable,
    ProfileDamaged,
    ProfileMissing,
    ProfileNotWritten,
)
from nasfe_cam.core.permissions.owner_only import restrict_to_owner
from nasfe_cam.core.text.reasons import Reason, reason_of
from nasfe_cam.core.user_files import FileKind, UserFolder, kind_of, user_folder
from nasfe_cam.profiles.codec import (
    MAXIMUM_FILE_BYTES,
    profile_from_bytes,
    profile_to_bytes,
)
from nasfe_cam.profiles.profile import Profile, checked_name

SUFFIX = ".nasfe-profile"

# No save takes so long: what is older was left by a crash.
_LEFT_BEHIND_SECONDS = 3600.0


def profiles_folder() -> Path:
    """Where this user's profiles are; the folder need not exist."""
    return user_folder(UserFolder.DATA) / "profiles"


class ProfileStore:
    """The profiles in a folder, which is made owner-only when the first is saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, name: str) -> Path:
        """The file of a profile, whether or not it exists; raises ProfileNameRefused."""
        return self.folder / f"{checked_name(name)}{SUFFIX}"

    def names(self) -> list[str]:
        """Names of all profile files, in order; the files are not opened.

        Raises:
            PathUnreachable: the folder may not be looked at; there may be profiles in it.
        """
        if kind_of(self.folder) is FileKind.MISSING:
            return []
        try:
            paths = [path for path in self.folder.iterdir() if path.suffix == SUFFIX]
        except OSError as error:
            raise PathUnreachable(self.folder, reason_of(error)) from None
        return sorted(path.stem for path in paths if _is_listed(path))

    def has(self, name: str) -> bool:
        """Whether there is a file of this profile.

        Raises:
            ProfileNameRefused: there can be none.
            PathUnreachable: the folder may not be looked at.
        """
        return kind_of(self.path_of(name)) is not FileKind.MISSING

    def save(self, profile: Profile) -> Path:
        """Write the profile, whole or not at all, readable by its owner only.

        Returns:
            The file; an older profile of the same name is replaced.

        Raises:
            ProfileNameRefused: the name cannot be a file name.
            ProfileNotWritten: the folder cannot be written.
        """
        path = self.path_of(profile.name)
        content = profile_to_bytes(profile)
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The folder may be older than this program, or the umask tighter or looser.
            restrict_to_owner(self.folder)
            write_private_bytes(path, content)
        except OSError as error:
            raise ProfileNotWritten(path, reason_of(error)) from None
        return path

    def load(self, name: str, extractor_sha256: str | None = None) -> Profile:
        """Read and check one profile.

        Args:
            name: of the profile.
            extractor_sha256: of the observer.onnx in use; None accepts any.

        Raises:
            ProfileNameRefused, ProfileMissing: there can be, or is, no such profile.
            ProfileDamaged: the file is cut short, changed, or no profile.
            ProfileTooNew: of a later version of the program.
            ProfileOutdated: made by another observer.
        """
        path = self.path_of(name)
        try:
            content = read_profile_file(path)
        except FileNotFoundError:
            raise ProfileMissing(name) from None
        except OSError as error:
            raise ProfileDamaged(path, reason_of(error)) from None
        profile = profile_from_bytes(content, path)
        if profile.name != unicodedata.normalize("NFC", path.stem):
            raise ProfileDamaged(path, f"it is the profile of {profile.name!r} under another name")
        if extractor_sha256 is not None:
            profile.require_extractor(extractor_sha256)
        return profile

    def delete(self, name: str) -> None:
        """Remove the profile and the photos kept in it, and what crashes left beside it.

        Raises:
            ProfileNameRefused, ProfileMissing: there can be, or is, no such profile.
            ProfileNotWritten: it could not be removed.
        """
        path = self.path_of(name)
        oldest = time.time() - _LEFT_BEHIND_SECONDS
        found = False
        try:
            half_written = set(left_behind(path))
            for file in list(self.folder.glob(f".*{TEMPORARY_SUFFIX}")):
                is_own = file in half_written
                if is_own or file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)
                found = found or is_own
            path.unlink(missing_ok=found)
        except FileNotFoundError:
            raise ProfileMissing(name) from None
        except OSError as error:
            raise ProfileNotWritten(path, reason_of(error)) from None


def _is_listed(path: Path) -> bool:
    """Whether a file can be one of ours, by its name: one stranger never ends the list."""
    try:
        return checked_name(path.stem) != "" and kind_of(path) is FileKind.FILE
    except NasfeError:
        return False


def read_profile_file(path: Path) -> bytes:
    """The content of a file that may be a profile.

    Raises:
        ProfileDamaged: it is too large to be one, or no plain file.
        OSError: it cannot be read.
    """
    if kind_of(path) in (FileKind.FOLDER, FileKind.OTHER):
        raise ProfileDamaged(path, Reason.NOT_A_FILE)
    with path.open("rb") as file:
        content = file.read(MAXIMUM_FILE_BYTES + 1)
    if len(content) > MAXIMUM_FILE_BYTES:
        raise ProfileDamaged(path, Reason.TOO_LARGE)
    return content
