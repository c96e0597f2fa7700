"""What feeds the machine, told from stand-ins for the kernel's folder of power supplies."""

from __future__ import annotations

from pathlib import Path

import pytest

from nasfe_cam.pacing.power import on_battery

MOUSE = {"type": "Battery", "scope": "Device", "status": "Discharging", "online": "1"}
BATTERY = {"type": "Battery", "present": "1", "status": "Discharging"}
MAINS = {"type": "Mains", "online": "1"}


@pytest.mark.parametrize(
    ("supplies", "expected"),
    [
        ({}, False),
        ({"hidpp_battery_0": MOUSE}, False),
        ({"sony_controller_battery_1": MOUSE, "AC": {"type": "Mains", "online": "0"}}, False),
        ({"BAT0": BATTERY}, True),
        ({"BAT0": BATTERY, "hidpp_battery_0": MOUSE}, True),
        ({"BAT0": BATTERY, "ADP1": MAINS}, False),
        ({"BAT0": BATTERY, "ACAD": MAINS | {"online": "0"}}, True),
        ({"BAT0": BATTERY, "ucsi-source-psy-1": {"type": "USB", "online": "1"}}, False),
        ({"CMB0": BATTERY, "CMB1": BATTERY | {"status": "Full"}}, True),
        ({"BAT0": BATTERY | {"status": "Charging"}}, False),
        ({"BAT0": BATTERY | {"status": "Full"}}, False),
        ({"BAT0": BATTERY | {"present": "0"}}, False),
        ({"ups": {"type": "UPS", "status": "Discharging"}}, False),
        ({"BAT0": {}}, False),
    ],
)
def test_only_a_battery_of_the_machine_that_feeds_it_counts(
    tmp_path: Path, supplies: dict[str, dict[str, str]], expected: bool
) -> None:
    for name, said in supplies.items():
        (tmp_path / name).mkdir()
        for file, text in said.items():
            (tmp_path / name / file).write_text(f"{text}\n")
    assert on_battery(tmp_path, "linux") is expected


def test_without_the_folder_nobody_can_tell(tmp_path: Path) -> None:
    assert not on_battery(tmp_path / "none", "linux")
