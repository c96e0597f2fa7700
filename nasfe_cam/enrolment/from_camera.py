"""Guides a person through enrolment with the webcam."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nasfe_cam.core.errors import EnrolmentCancelled
from nasfe_cam.core.frame import Frame
from nasfe_cam.core.photo_errors import NoFaceInPhoto, NoPhotoAccepted, PhotoError
from nasfe_cam.enrolment.enrol import Enrolment, enrol_faces
from nasfe_cam.enrolment.examine import ExaminedFace, examine
from nasfe_cam.enrolment.networks import EnrolmentNetworks
from nasfe_cam.enrolment.webcam_steps import WebcamSteps, advance
from nasfe_cam.profiles.profile import checked_name
from nasfe_cam.sources.base import Source


def enrol_from_camera(
    name: str,
    source: Source,
    networks: EnrolmentNetworks,
    show: Callable[[WebcamSteps, Frame], None],
    cancelled: Callable[[], bool] = lambda: False,
    *,
    keep_photos: bool = False,
) -> Enrolment:
    """Ask for a few poses, take the sharpest and best lit frame of each, and make a profile.

    Args:
        name: of the profile.
        source: an open camera, or a clip; it stays open.
        networks: see `open_networks`.
        show: told after every frame what to ask of the person; the frame is for a preview.
        cancelled: asked before every frame.
        keep_photos: as in `enrol`.

    Returns:
        The pictures are named after their step, such as "left".

    Raises:
        ProfileNameRefused: before the camera is read.
        EnrolmentCancelled: `cancelled` returned True.
        NoPhotoAccepted: no usable picture was seen in the time given.
        SeveralPeople: different people were seen.
        SourceError: the camera was lost.
        EngineRunFailed: a network could not run.
    """
    name = checked_name(name)
    state = WebcamSteps()
    trouble: PhotoError = NoFaceInPhoto()
    while state.step is not None:
        if cancelled():
            raise EnrolmentCancelled()
        frame = source.read()
        if frame is None:
            break
        seen: ExaminedFace | PhotoError
        try:
            seen = examine(frame.image, networks)
        except PhotoError as error:
            seen = trouble = error
        state = advance(state, frame.captured_at, seen)
        show(state, frame)
    faces = {Path(step.value): face for step, face in state.taken}
    if not faces:
        raise NoPhotoAccepted([(Path("camera"), trouble)])
    return enrol_faces(name, faces, networks, {}, keep_photos=keep_photos)
