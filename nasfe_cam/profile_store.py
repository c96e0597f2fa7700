"""The profiles of this user: one file each, readable by nobody else."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import platformdirs

from nasfe_cam.errors import ProfileDamaged, ProfileMissing, ProfileNotWritten
from nasfe_cam.profile import (
    MAXIMUM_FILE_BYTES,
    Profile,
    checked_name,
    profile_from_bytes,
    profile_to_bytes,
)

SUFFIX = ".nasfe-profile"


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
        beside: Path | None = None
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            # The folder may be older than this program, or the umask tighter or looser.
            self.folder.chmod(0o700)
            # mkstemp makes the file 0600 from its first moment.
            descriptor, name = tempfile.mkstemp(suffix=".tmp", prefix=".", dir=self.folder)
            beside = Path(name)
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            if beside is not None:
                beside.unlink(missing_ok=True)
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
            ProfileOutdated: of another format, or made by another observer.
        """
        path = self.path_of(name)
        try:
            with path.open("rb") as file:
                content = file.read(MAXIMUM_FILE_BYTES + 1)
        except FileNotFoundError:
            raise ProfileMissing(name) from None
        except OSError as error:
            raise ProfileDamaged(path, error.strerror or str(error)) from None
        if len(content) > MAXIMUM_FILE_BYTES:
            raise ProfileDamaged(path, "it is too large")
        profile = profile_from_bytes(content, path)
        if extractor_sha256 is not None:
            profile.require_extractor(extractor_sha256)
        return profile

    def delete(self, name: str) -> None:
        """Remove the profile from the disk.

        Raises:
            ProfileNameRefused, ProfileMissing: there can be, or is, no such profile.
            ProfileNotWritten: it could not be removed.
        """
        path = self.path_of(name)
        try:
            path.unlink()
        except FileNotFoundError:
            raise ProfileMissing(name) from None
        except OSError as error:
            raise ProfileNotWritten(path, error.strerror or str(error)) from None
