"""Settings are found by name, and what is written is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.config.names import (
    full_name,
    live_settings,
    setting_fields,
    setting_values,
    settings_file_text,
)
from nasfe_cam.config.settings import Settings, load_settings
from nasfe_cam.core.errors import SettingsError


def test_a_setting_is_found_with_and_without_its_section() -> None:
    assert full_name("restore.retouch") == full_name("retouch") == "restore.retouch"
    assert full_name("white-balance") == "restore.white_balance"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("strenght", "Unknown setting 'strenght'"),
        ("", "Unknown setting"),
        ("restore.", "Unknown setting"),
        ("width", r"source\.width, output\.width"),
    ],
)
def test_a_name_that_is_no_setting_is_refused_in_words(name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        full_name(name)


def test_light_retouch_profile_and_source_are_live_and_the_size_is_not() -> None:
    wanted = {
        "restore.light",
        "restore.retouch",
        "restore.white_balance",
        "restore.profile",
        "source.source",
    }
    assert wanted <= live_settings()
    assert "output.width" not in live_settings() and "output.width" in setting_fields()


@given(
    text=st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
    strength=st.integers(0, 100),
    loop=st.booleans(),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, strength: int, loop: bool
) -> None:
    values = {
        "source.source": text,
        "restore.retouch": strength,
        "source.loop": loop,
        "output.outputs": ("none", "file"),
        "output.file": f"{Path('a') / 'b.mp4'}",
    }
    settings = Settings().replaced(dict(values))
    path = tmp_path_factory.getbasetemp() / "settings.toml"
    path.write_text(settings_file_text(setting_values(settings)), encoding="utf-8", newline="")
    assert load_settings(path) == settings
