"""Settings are typed, bounded and refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from nasfe_cam.config.settings import OutputKind, Settings, load_settings
from nasfe_cam.core.errors import SettingsError
from tools.docs.settings_page import settings_page


def write(folder: Path, text: str) -> Path:
    path = folder / "settings.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_and_options_are_laid_over_the_defaults(tmp_path: Path) -> None:
    path = write(tmp_path, "[source]\nwidth = 640\n[restore]\nretouch = 30\n")
    settings = load_settings(path, {"restore.retouch": 80, "output.outputs": ["none", "file"]})
    assert settings.source.width == 640
    assert settings.restore.retouch == 80
    assert settings.output.outputs == (OutputKind.NONE, OutputKind.FILE)
    assert settings.source.height == Settings().source.height


def test_an_unknown_key_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"restore\.strenght"):
        load_settings(write(tmp_path, "[restore]\nstrenght = 30\n"))


def test_a_value_out_of_range_is_refused_with_value_and_range(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"restore\.retouch = 130 .*auto, or 0 to 100"):
        load_settings(write(tmp_path, "[restore]\nretouch = 130\n"))
    with pytest.raises(SettingsError, match=r"output\.linger = 900 .*0 to 600"):
        load_settings(write(tmp_path, "[output]\nlinger = 900\n"))


@pytest.mark.parametrize(("strength", "retouch"), [(100, "auto"), (40, 40)])
def test_a_file_of_an_earlier_version_is_taken_up(
    tmp_path: Path, strength: int, retouch: object
) -> None:
    path = write(tmp_path, f"[restore]\nstrength = {strength}\ntone_match = 50\n")
    assert load_settings(path).restore.retouch == retouch


@pytest.mark.parametrize("text", ["[source", "source = 3", "\x00"])
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_missing_file_that_was_asked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path / "none.toml")


def test_a_copy_with_other_values_is_checked_like_a_file() -> None:
    assert Settings().replaced({"output.width": 640}).output.width == 640
    with pytest.raises(SettingsError, match=r"output\.width"):
        Settings().replaced({"output.width": 1})


def test_every_setting_has_words() -> None:
    for section in Settings.model_fields.values():
        for name, field in section.annotation.model_fields.items():  # type: ignore[union-attr]
            assert field.description and field.description.endswith("."), name


def test_the_settings_page_is_up_to_date(repository: Path) -> None:
    page = (repository / "docs" / "settings.md").read_text(encoding="utf-8")
    assert page == settings_page(), "run: python -m tools.docs.settings_page"
