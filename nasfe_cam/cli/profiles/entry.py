"""What `nasfe-cam profiles` tells about a profile."""

from __future__ import annotations

from engine.errors import EngineError
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.core.errors import ProfileError, ProfileOutdated, ProfileTooNew
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore


def profile_entry(store: ProfileStore, name: str) -> dict[str, object]:
    """One profile, for JSON and tables; it may be unreadable.

    State is "ready", "outdated", "unreadable", or "unchecked" without an observer network.
    """
    state, message = "ready", ""
    profile: Profile | None = None
    try:
        profile = store.load(name)
        profile.require_extractor(find_model("observer.onnx").sha256)
    except (ProfileError, EngineError) as error:
        message = str(error)
        state = _state_after(error)
    return {
        "name": name,
        "created": "" if profile is None else profile.created.isoformat(),
        "photos": 0 if profile is None else profile.photo_count,
        "photos_kept": profile is not None and profile.can_be_rebuilt,
        "state": state,
        "message": message,
    }


def _state_after(error: ProfileError | EngineError) -> str:
    if isinstance(error, ProfileOutdated | ProfileTooNew):
        return "outdated"
    return "unreadable" if isinstance(error, ProfileError) else "unchecked"
