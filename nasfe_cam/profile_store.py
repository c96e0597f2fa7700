"""The profiles of this user: one file each, readable by nobody else."""

from __future__ import annotations

import re
import time
import unicodedata
from pathlib import Path

import platformdirs

from engine.files import PRIVATE_SUFFIX, write_private_bytes
from nasfe_cam.errors import ProfileDamaged, ProfileMissing, ProfileNotWritten
from nasfe_cam.profile import Profile, checked_name
from nasfe_cam.profile_file import MAXIMUM_FILE_BYTES, profile_from_bytes, profile_to_bytes

SUFFIX = ".nasfe-profile"

# No save takes so long: what is older was left by a crash.
_LEFT_BEHIND_SECONDS = 3600.0


def profiles_folder() -> Path:
    """Where this user's profiles are; the folder need not exist."""
    return platformdirs.user_data_path("nasfe-cam") / "profiles"


class ProfileStore:
    """The profiles in a folder, which is made owner-only when the first is saved."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path_of(self, name: str) -> Path:
        """The file of a profile, whether or not it exists; raises ProfileNameRefused."""
        return self.folder / f"{checked_name(name)}{SUFFIX}"

    def names(self) -> list[str]:
        """Names of all profile files, in order; the files are not opened."""
        try:
            return sorted(path.stem for path in self.folder.glob(f"*{SUFFIX}") if path.is_file())
        except OSError:
            return []

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
            self.folder.chmod(0o700)
            write_private_bytes(path, content)
        except OSError as error:
            raise ProfileNotWritten(path, error.strerror or str(error)) from None
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
            raise ProfileDamaged(path, error.strerror or str(error)) from None
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
        half_written = re.compile(
            re.escape(f".{path.name}.") + r"[^.]*" + re.escape(PRIVATE_SUFFIX)
        )
        oldest = time.time() - _LEFT_BEHIND_SECONDS
        found = False
        try:
            for file in list(self.folder.glob(f".*{PRIVATE_SUFFIX}")):
                is_own = half_written.fullmatch(file.name) is not None
                if is_own or file.stat().st_mtime < oldest:
                    file.unlink(missing_ok=True)
                found = found or is_own
            path.unlink(missing_ok=found)
        except FileNotFoundError:
            raise ProfileMissing(name) from None
        except OSError as error:
            raise ProfileNotWritten(path, error.strerror or str(error)) from None


def read_profile_file(path: Path) -> bytes:
    """The content of a file that may be a profile.

    Raises:
        ProfileDamaged: it is too large to be one, or no plain file.
        OSError: it cannot be read.
    """
    if path.exists() and not path.is_file():
        raise ProfileDamaged(path, "it is a folder or a device, not a file")
    with path.open("rb") as file:
        content = file.read(MAXIMUM_FILE_BYTES + 1)
    if len(content) > MAXIMUM_FILE_BYTES:
        raise ProfileDamaged(path, "it is too large")
    return content
