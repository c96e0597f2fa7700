"""Cameras where there is no V4L2; the systems themselves are played."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import cv2_enumerate_cameras
import pytest
from cv2_enumerate_cameras.camera_info import CameraInfo

from nasfe_cam.core.errors import CameraIsOurOutput, CameraNotFound
from nasfe_cam.diagnostics.cameras import check_cameras
from nasfe_cam.diagnostics.checks import Status
from nasfe_cam.sources.camera_lookup import find_camera
from nasfe_cam.sources.listing import list_cameras

OURS = "NASFE Camera"
OBS = "OBS Virtual Camera"
INTERFACES = {"win32": cv2.CAP_DSHOW, "darwin": cv2.CAP_AVFOUNDATION}


def has_cameras(monkeypatch: pytest.MonkeyPatch, platform: str, *names: str) -> None:
    """Let the system have these cameras, numbered by the interface that OpenCV opens them with."""

    has_devices(monkeypatch, {INTERFACES[platform]: [(name, None) for name in names]})


def has_devices(
    monkeypatch: pytest.MonkeyPatch, devices: dict[int, list[tuple[str, str | None]]]
) -> None:
    """Let the system have these, each with name and path, by interface."""

    def cameras(interface: int) -> Iterator[CameraInfo]:
        for number, (name, path) in enumerate(devices[interface]):
            yield CameraInfo(number, name, path, None, None, interface)

    monkeypatch.setattr(cv2_enumerate_cameras, "supported_backends", tuple(devices))
    monkeypatch.setattr(cv2_enumerate_cameras, "cameras_generator", cameras)


@pytest.mark.parametrize("platform", INTERFACES)
def test_cameras_are_listed_with_number_and_name(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    has_cameras(monkeypatch, platform, "C920", OURS)
    listed = [(one.number, one.name, one.capture) for one in list_cameras(platform=platform)]
    assert listed == [(0, "C920", True), (1, OURS, True)]


@pytest.mark.parametrize(
    ("wanted", "number"), [("0", 0), ("2", 2), ("C920", 2), ("c92", 0), ("capture", 3), ("9", 9)]
)
def test_a_camera_is_found_by_number_and_by_name(
    monkeypatch: pytest.MonkeyPatch, wanted: str, number: int
) -> None:
    has_cameras(monkeypatch, "win32", "C920 Pro", OURS, "C920", "Capture Card")
    assert find_camera(wanted, OURS, platform="win32").device == number


def at(place: str, kind: str) -> str:
    """The path of a USB device as an interface of that kind states it."""
    return rf"\\?\{place}#{{{kind}}}\global"


def test_windows_opens_a_webcam_by_media_foundation_first_and_lists_it_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    left, right = r"usb#vid_046d&pid_0825&mi_00#7&1&0", r"usb#vid_046d&pid_0825&mi_00#8&2&0"
    has_devices(
        monkeypatch,
        {
            cv2.CAP_DSHOW: [
                (OURS, None),
                ("C270", at(left, "65e8773d")),
                ("C270", at(right.upper(), "65e8773d")),
            ],
            cv2.CAP_MSMF: [
                ("C270", at(right, "e5323777")),
                ("C270", at(left, "e5323777")),
                ("Phone", at("swd#phone", "e5323777")),
            ],
        },
    )
    cameras = list_cameras(platform="win32")
    assert [(one.number, one.name) for one in cameras] == [
        (0, OURS),
        (1, "C270"),
        (2, "C270"),
        (3, "Phone"),
    ]
    found = [find_camera(str(number), "other", platform="win32") for number in range(4)]
    assert [(one.device, one.second) for one in found] == [
        (0, None),
        (cv2.CAP_MSMF + 1, 1),
        (cv2.CAP_MSMF + 0, 2),
        (cv2.CAP_MSMF + 2, None),
    ]


def test_media_foundation_is_not_asked_where_there_is_no_device(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    has_cameras(monkeypatch, "win32", OURS, OBS)
    listed = cv2_enumerate_cameras.enumerate_cameras

    def asked(interface: int) -> object:
        assert interface == cv2.CAP_DSHOW
        return listed(interface)

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", asked)
    assert [one.name for one in list_cameras(platform="win32")] == [OURS, OBS]


@pytest.mark.parametrize("wanted", ["", "Logitech", "C:\\camera"])
def test_a_camera_that_is_not_there_is_named_in_the_error(
    monkeypatch: pytest.MonkeyPatch, wanted: str
) -> None:
    has_cameras(monkeypatch, "win32", "C920")
    with pytest.raises(CameraNotFound, match="nasfe-cam devices"):
        find_camera(wanted, OURS, platform="win32")


@pytest.mark.parametrize(
    ("platform", "name"),
    [("win32", OURS), ("win32", "A name of more than the 31 letters of Linux"), ("darwin", OBS)],
)
def test_our_own_output_is_known_by_its_name(
    monkeypatch: pytest.MonkeyPatch, platform: str, name: str
) -> None:
    label = OURS if platform == "darwin" else name
    has_cameras(monkeypatch, platform, "C920", name)
    for wanted in ("1", name):
        with pytest.raises(CameraIsOurOutput):
            find_camera(wanted, label, platform=platform)
    cameras = list_cameras(platform=platform)
    check = check_cameras(cameras, label, platform)
    assert (check.status, check.line) == (Status.OK, "0: C920")
    assert check_cameras(cameras[1:], label, platform).status is Status.PROBLEM


def test_the_camera_of_obs_may_be_used_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    has_cameras(monkeypatch, "win32", OBS)
    assert find_camera("obs", OURS, platform="win32").name == OBS


@pytest.mark.parametrize("error", [ImportError, OSError, NotImplementedError])
def test_a_number_is_tried_where_the_system_cannot_be_asked(
    monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fails(interface: int) -> list[CameraInfo]:
        raise error

    monkeypatch.setattr(cv2_enumerate_cameras, "enumerate_cameras", fails)
    assert find_camera("2", OURS, platform="win32").device == 2
    assert list_cameras(platform="win32") == []
    with pytest.raises(CameraNotFound):
        find_camera("c920", OURS, platform="win32")
