"""While nobody watches, the webcam is off; whoever comes sees a card and then themselves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.core.errors import (
    CameraBusy,
    CameraForbidden,
    CameraNotFound,
    SourceError,
)
from nasfe_cam.core.frame import Image
from nasfe_cam.sinks.notice_card import render_card
from tests.nasfe_cam.pipeline.test_pipeline import Rig, start
from tests.nasfe_cam.stand_ins import SETTINGS, Source, eventually

__all__ = ["start"]

IMPATIENT = SETTINGS.replaced({"output.release_after": 0.2})


def is_closed(source: Source) -> bool:
    return source.read() is None


def test_the_webcam_is_released_when_nobody_watches_and_opened_for_the_next(
    start: Callable[..., Rig],
) -> None:
    rig = start(settings=IMPATIENT)
    assert eventually(rig.output.is_restored)
    rig.output.watched = False
    assert eventually(lambda: rig.pipeline.capture.resting)
    assert is_closed(rig.source)
    assert not rig.flows(0.5)
    shown = len(rig.output.frames)
    rig.output.watched = True
    assert eventually(lambda: len(rig.output.frames) > shown + 20)
    assert rig.output.is_restored() and not rig.pipeline.capture.resting
    assert rig.errors == []


def test_a_short_absence_does_not_release_the_webcam(start: Callable[..., Rig]) -> None:
    rig = start(settings=SETTINGS.replaced({"output.release_after": 60}))
    rig.output.watched = False
    assert rig.flows() and not rig.pipeline.capture.resting
    assert len(rig.plug.opened) == 1


def test_zero_never_releases_the_webcam(start: Callable[..., Rig]) -> None:
    rig = start(settings=SETTINGS.replaced({"output.release_after": 0}))
    rig.output.watched = False
    assert rig.flows() and not rig.pipeline.capture.resting


def test_a_resting_camera_can_be_stopped(start: Callable[..., Rig]) -> None:
    rig = start(settings=IMPATIENT)
    rig.output.watched = False
    assert eventually(lambda: rig.pipeline.capture.resting)
    rig.pipeline.stop()
    assert rig.pipeline.wait(8)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (CameraBusy("c920"), "camera in use by another program"),
        (CameraForbidden("c920", Path("/dev/video0")), "no permission to use the camera"),
        (CameraNotFound("c920"), "camera unplugged - waiting for it"),
    ],
)
def test_the_card_says_why_the_webcam_cannot_be_opened_again(
    start: Callable[..., Rig], monkeypatch: pytest.MonkeyPatch, error: SourceError, words: str
) -> None:
    texts: list[str] = []

    def render(width: int, height: int, name: str, text: str) -> Image:
        texts.append(text)
        return render_card(width, height, name, text)

    monkeypatch.setattr("nasfe_cam.pipeline.notice.render_card", render)
    rig = start(settings=IMPATIENT)
    rig.output.watched = False
    assert eventually(lambda: rig.pipeline.capture.resting)
    rig.plug.error = error
    rig.plug.out.set()
    rig.output.watched = True
    assert eventually(lambda: len(texts) == 2)
    assert texts == ["camera starting", words]
    assert rig.flows(), "the card goes on"
