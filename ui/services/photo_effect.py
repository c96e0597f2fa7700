"""What the photos of an enrolled person do, worked out in a background task."""

from __future__ import annotations

from dataclasses import dataclass

from PyQt6.QtGui import QImage

from nasfe_cam.config.settings import Settings
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from ui.services.photo_examination import small_picture
from ui.services.tasks import Task

SIDE = 320
"""Of each picture, in pixels."""


@dataclass(frozen=True, slots=True, eq=False)
class ShownEffect:
    """A `ProfileEffect` for the window.

    Attributes:
        bad, without, with_photos: a photo of the person as a bad webcam sees it, repaired,
            and repaired with the help of the other photos.
        likenesses: of these three to the photo, in percent.
    """

    bad: QImage
    without: QImage
    with_photos: QImage
    likenesses: tuple[int, int, int]


def effect_work(task: Task, name: str, settings: Settings) -> ShownEffect | None:
    """Work it out for a profile; None where it cannot be shown, as with a single photo.

    Raises:
        NasfeError: see `nasfe_cam.measurement.profile_effect`, and `ProfileStore.load`.
    """
    # Imported here: OpenCV and the networks take seconds.
    from nasfe_cam.measurement.profile_effect import profile_effect

    profile = ProfileStore(profiles_folder()).load(name)
    effect = profile_effect(profile, settings, lambda: task.tell(None))
    if effect is None:
        return None
    bad, without, with_photos = (round(100 * one) for one in effect.likenesses)
    return ShownEffect(
        small_picture(effect.bad, SIDE),
        small_picture(effect.without, SIDE),
        small_picture(effect.with_photos, SIDE),
        (bad, without, with_photos),
    )
