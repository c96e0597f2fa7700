"""Settings are found by name, and what is written is read back."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasfe_cam.errors import SettingsError
from nasfe_cam.setting_names import (
    full_name,
    live_settings,
    setting_fields,
    setting_values,
    settings_file_text,
)
from nasfe_cam.settings import Settings, load_settings


def test_a_setting_is_found_with_and_without_its_section() -> None:
    assert full_name("restore.strength") == full_name("strength") == "restore.strength"
    assert full_name("tone-match") == "restore.tone_match"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("strenght", "Unknown setting 'strenght'"),
        ("", "Unknown setting"),
        ("restore.", "Unknown setting"),
        ("width", r"source\.width or output\.width"),
    ],
)
def test_a_name_that_is_no_setting_is_refused_in_words(name: str, words: str) -> None:
    with pytest.raises(SettingsError, match=words):
        full_name(name)


def test_strength_tone_profile_and_source_are_live_and_the_size_is_not() -> None:
    wanted = {"restore.strength", "restore.tone_match", "restore.profile", "source.source"}
    assert wanted <= live_settings()
    assert "output.width" not in live_settings() and "output.width" in setting_fields()


@given(
    text=st.text(st.characters(exclude_categories=["Cs"])),
    strength=st.integers(0, 100),
    loop=st.booleans(),
)
def test_what_is_written_is_read_back(
    tmp_path_factory: pytest.TempPathFactory, text: str, strength: int, loop: bool
) -> None:
    values = {
        "source.source": text,
        "restore.strength": strength,
        "source.loop": loop,
        "output.outputs": ("none", "file"),
        "output.file": f"{Path('a') / 'b.mp4'}",
    }
    settings = Settings().replaced(dict(values))
    path = tmp_path_factory.getbasetemp() / "settings.toml"
    path.write_text(settings_file_text(setting_values(settings)), encoding="utf-8", newline="")
    assert load_settings(path) == settings
