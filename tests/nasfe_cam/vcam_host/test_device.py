"""Finding the virtual camera and opening it in the order that keeps it usable."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest

from nasfe_cam.vcam_host import camera
from nasfe_cam.vcam_host.camera import (
    CameraGone,
    CameraTaken,
    Picture,
    PictureKind,
    VirtualCameraDevice,
)
from nasfe_cam.vcam_host.device import DeviceMissing, Keeper, find_loopback

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="v4l2loopback is Linux's")


@pytest.fixture
def video_class(tmp_path: Path) -> Path:
    """A sysfs folder with a webcam, two of our cameras and a device without a name."""
    for folder, name in [
        ("video0", "Integrated Webcam"),
        ("video10", "NASFE Camera"),
        ("video9", "NASFE Camera"),
        ("video3", "NASFE Camera 2"),
    ]:
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "name").write_text(name + "\n")
    (tmp_path / "video4").mkdir()
    return tmp_path


def test_the_device_is_found_by_its_whole_label_lowest_number_first(video_class: Path) -> None:
    assert find_loopback("NASFE Camera", video_class) == Path("/dev/video9")
    assert find_loopback("NASFE Camera 2", video_class) == Path("/dev/video3")


def test_a_label_that_no_device_has_is_missing(video_class: Path) -> None:
    with pytest.raises(DeviceMissing, match="'NASFE'"):
        find_loopback("NASFE", video_class)


def test_without_any_video_device_the_camera_is_missing(tmp_path: Path) -> None:
    with pytest.raises(DeviceMissing):
        find_loopback("NASFE Camera", tmp_path / "none")


@linux_only
def test_a_keeper_does_without_the_driver_understanding_it() -> None:
    Keeper(Path("/dev/null")).close()


@linux_only
def test_a_device_that_does_not_take_pictures_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyvirtualcam")
    monkeypatch.setattr(camera, "find_loopback", lambda label: Path("/dev/null"))
    with pytest.raises(CameraTaken) as caught:
        VirtualCameraDevice("NASFE Camera", 64, 48, 30)
    assert "/dev/null" in str(caught.value)
    assert "\n" not in str(caught.value)


class FakePyVirtualCam:
    """Stands in for `pyvirtualcam.Camera` and writes down what happens to it."""

    events: list[str]

    def __init__(self, width: int, height: int, fps: float, *, device: str, fmt: object) -> None:
        self.events.append(f"open {device} as {fmt}")

    def send(self, image: object) -> None:
        self.events.append("send")

    def close(self) -> None:
        self.events.append("close camera")


@linux_only
class TestOnALoopback:
    @pytest.fixture
    def device(self, tmp_path: Path) -> Path:
        path = tmp_path / "video10"
        path.touch()
        return path

    @pytest.fixture
    def events(self, monkeypatch: pytest.MonkeyPatch, device: Path) -> list[str]:
        pyvirtualcam = pytest.importorskip("pyvirtualcam")
        events: list[str] = []

        class FakeKeeper:
            def __init__(self, path: Path) -> None:
                events.append("open keeper")

            def size(self) -> tuple[int, int]:
                return 64, 48

            def mark_buffers(self) -> None:
                events.append("mark buffers")

            def close(self) -> None:
                events.append("close keeper")

        monkeypatch.setattr(FakePyVirtualCam, "events", events, raising=False)
        monkeypatch.setattr(pyvirtualcam, "Camera", FakePyVirtualCam)
        monkeypatch.setattr(camera, "Keeper", FakeKeeper)
        monkeypatch.setattr(camera, "find_loopback", lambda label: device)
        return events

    def test_the_keeper_opens_after_the_camera_and_closes_after_it(
        self, events: list[str], device: Path
    ) -> None:
        VirtualCameraDevice("NASFE Camera", 64, 48, 30).close()
        assert events == [
            f"open {device} as BGR",
            "open keeper",
            "close camera",
            "close keeper",
        ]

    def test_buffers_are_marked_before_each_picture_so_that_no_reader_stops_the_others(
        self, events: list[str]
    ) -> None:
        opened = VirtualCameraDevice("NASFE Camera", 64, 48, 30)
        opened.send(Picture(np.zeros((48, 64, 3), np.uint8), PictureKind.FRAME, 0))
        assert events[-2:] == ["mark buffers", "send"]

    def test_a_device_that_a_reader_holds_at_another_size_is_taken_and_let_go_of(
        self, events: list[str]
    ) -> None:
        with pytest.raises(CameraTaken, match="64x48"):
            VirtualCameraDevice("NASFE Camera", 128, 96, 30)
        assert events[-2:] == ["close camera", "close keeper"]

    def test_a_device_that_vanishes_is_noticed(self, events: list[str], device: Path) -> None:
        opened = VirtualCameraDevice("NASFE Camera", 64, 48, 30)
        device.unlink()
        picture = Picture(np.zeros((48, 64, 3), np.uint8), PictureKind.FRAME, 0)
        with pytest.raises(CameraGone):
            opened.send(picture)
