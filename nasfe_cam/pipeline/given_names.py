"""What a command was asked for by name is there, or the command does not start."""

from __future__ import annotations

from collections.abc import Set

from engine.errors import ModelFileMissing
from nasfe_cam.config.settings import Settings
from nasfe_cam.config.shipped_models import models_folder
from nasfe_cam.core.errors import NasfeError, ProfileError, ProfileMissing, ProfileNameRefused
from nasfe_cam.pipeline.factory import read_profile
from nasfe_cam.restoration.restorer import restorer_network


class NetworkUnknown(NasfeError):
    code = "network-unknown"
    text = "There is no network {name!r}."
    remedy = "Check the name after --model; the one that comes with the program is {shipped}."

    name: str
    shipped: str


def require_given(settings: Settings, given: Set[str]) -> None:
    """Refuse a network or a profile that is not there.

    One that only the settings file names is reported while the camera runs: what was
    deleted since must not keep anybody out of a meeting.

    Args:
        settings: of the command.
        given: dotted names of the settings that its options gave.

    Raises:
        NetworkUnknown, EngineError: the network is not there, or cannot be read.
        ProfileMissing, ProfileNameRefused: there is no such profile.
    """
    restore = settings.restore
    if given & {"restore.model", "restore.models"}:
        try:
            restorer_network(restore.model, models_folder(restore.models))
        except ModelFileMissing:
            raise NetworkUnknown(restore.model, Settings().restore.model) from None
    if "restore.profile" in given:
        try:
            read_profile(restore)
        except (ProfileMissing, ProfileNameRefused):
            raise
        except ProfileError:
            # It is there: the camera says what is wrong with it, and keeps nobody waiting.
            return
