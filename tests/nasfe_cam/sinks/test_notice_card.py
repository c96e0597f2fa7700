"""The notice card."""

from __future__ import annotations

import numpy as np
import pytest

from nasfe_cam.sinks.notice_card import render_card

SIZES = [(1280, 720), (640, 480), (320, 240), (360, 640), (1920, 400)]
LONG = "a very long line of text that could not stand in one row at its usual size"


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_card_has_the_size_of_the_camera(width: int, height: int) -> None:
    card = render_card(width, height, "NASFE Camera", "camera starting")
    assert card.shape == (height, width, 3)
    assert card.dtype == np.uint8


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_card_is_dark_with_something_bright_to_read(width: int, height: int) -> None:
    card = render_card(width, height, "NASFE Camera", "camera starting")
    assert card.mean() < 60
    assert card.max() > 200


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("text", ["camera starting", LONG])
def test_nothing_is_cut_off_at_the_edges(width: int, height: int, text: str) -> None:
    card = render_card(width, height, "NASFE Camera", text).astype(int)
    margin = width // 20
    for edge in (card[:, :margin], card[:, -margin:]):
        assert (np.ptp(edge, axis=1) == 0).all()
    empty = card[: height // 12]
    assert (np.ptp(empty, axis=1) == 0).all()


def test_name_and_text_can_be_told_from_the_picture() -> None:
    cards = [
        render_card(640, 360, name, text)
        for name, text in [("NASFE Camera", "a"), ("NASFE Camera", "b"), ("Other", "a")]
    ]
    assert (cards[0] != cards[1]).any()
    assert (cards[0] != cards[2]).any()


def test_the_content_is_centred() -> None:
    card = render_card(1280, 720, "NASFE Camera", "camera starting").astype(int)
    drawn = np.abs(card - card[:, :1]).sum(axis=2) > 40
    columns = np.flatnonzero(drawn.any(axis=0))
    assert abs((columns[0] + columns[-1]) / 2 - 640) < 12
