"""From what the user writes to the source that is opened, or the error that is read."""

from __future__ import annotations

import os
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.config.settings import SourceSettings
from nasfe_cam.core.errors import (
    CameraBusy,
    CameraForbidden,
    CameraIsOurOutput,
    CameraNotFound,
    PictureUnreadable,
    SourceNotFound,
    SourceNotLocal,
    VideoUnreadable,
)
from nasfe_cam.sources.camera_lookup import find_camera
from nasfe_cam.sources.factory import open_source
from nasfe_cam.sources.listing import list_cameras
from nasfe_cam.sources.own_output import is_own_output
from nasfe_cam.sources.picture import PictureSource
from nasfe_cam.sources.v4l2 import Abilities, DeviceFolders, PixelFormat
from nasfe_cam.sources.video import VideoSource
from nasfe_cam.sources.webcam import WebcamSource
from nasfe_cam.vcam_host.device import find_loopback

OURS = "NASFE Camera"
FORMATS = (PixelFormat("MJPG", ((1280, 720), (640, 480))),)


class StandIn:
    """A capture that gives the same picture for ever, or does not open."""

    def __init__(self, opens: bool = True) -> None:
        self.opens = opens
        self.released = False

    def isOpened(self) -> bool:
        return self.opens

    def set(self, prop: int, value: float) -> bool:
        return True

    def get(self, prop: int) -> float:
        return 30.0

    def read(self) -> tuple[bool, np.ndarray]:
        return True, np.zeros((48, 64, 3), np.uint8)

    def release(self) -> None:
        self.released = True


@pytest.fixture
def machine(tmp_path: Path) -> DeviceFolders:
    """A webcam with its second device, a capture card, our own output and a subdevice."""
    folders = DeviceFolders(tmp_path / "class", tmp_path / "dev")
    folders.nodes.mkdir()
    names = {
        "video0": "HD Pro Webcam C920",
        "video1": "HD Pro Webcam C920",
        "video2": "Capture Card C9",
        "video10": OURS,
        "v4l-subdev0": "Sensor",
    }
    for node, name in names.items():
        (folders.names / node).mkdir(parents=True)
        (folders.names / node / "name").write_text(f"{name}\n")
        (folders.nodes / node).touch()
    return folders


def query(path: Path) -> Abilities | None:
    if path.name == "video1":
        return Abilities(capture=False, formats=())
    return Abilities(capture=True, formats=FORMATS)


def find(wanted: str, machine: DeviceFolders, own_label: str = OURS) -> str:
    address = find_camera(wanted, own_label, folders=machine, query=query, platform="linux")
    return Path(str(address.device)).name


@pytest.mark.parametrize(
    ("wanted", "device"),
    [
        ("0", "video0"),
        (" 2 ", "video2"),
        ("HD Pro Webcam C920", "video0"),
        ("Capture Card C9", "video2"),
        ("c920", "video0"),
        ("capture", "video2"),
    ],
)
def test_a_camera_is_found_by_number_and_by_name(machine, wanted, device):
    assert find(wanted, machine) == device


def add(machine: DeviceFolders, node: str, name: str) -> None:
    (machine.names / node).mkdir()
    (machine.names / node / "name").write_text(f"{name}\n")
    (machine.nodes / node).touch()


def test_a_whole_name_wins_over_a_longer_one_with_a_lower_number(machine):
    add(machine, "video20", "Capture Card")

    assert find("Capture Card", machine) == "video20"


def test_a_shortened_name_prefers_another_camera_to_our_own_output(machine):
    add(machine, "video20", "NASFE Camera of a friend")

    assert find("nasfe", machine) == "video20"


def test_a_camera_is_found_by_path_and_by_a_link_to_it(machine, tmp_path):
    link = tmp_path / "by-id"
    link.symlink_to(machine.nodes / "video2")

    assert find(str(machine.nodes / "video0"), machine) == "video0"
    assert find(str(link), machine) == "video2"


def test_a_device_file_without_a_name_is_used_all_the_same(machine):
    (machine.nodes / "video5").touch()

    assert find("5", machine) == "video5"


def test_the_second_device_of_a_webcam_is_never_taken_for_a_camera(machine):
    (machine.names / "video0" / "name").unlink()

    with pytest.raises(CameraNotFound):
        find("HD Pro Webcam C920", machine)
    with pytest.raises(CameraNotFound):
        find("1", machine)


@pytest.mark.parametrize("wanted", ["7", "Logitech", "", "99999999999999999999", "٣", "x" * 5000])
def test_a_camera_that_is_not_there_is_named_in_the_error(machine, wanted):
    with pytest.raises(CameraNotFound, match="nasfe-cam devices") as caught:
        find(wanted, machine)
    assert repr(wanted) in str(caught.value)


@pytest.mark.parametrize("wanted", ["10", OURS, "nasfe"])
def test_our_own_virtual_camera_is_refused(machine, wanted):
    with pytest.raises(CameraIsOurOutput, match=f"'{OURS}' is the virtual camera"):
        find(wanted, machine)


def test_our_own_virtual_camera_is_refused_by_path_and_link(machine, tmp_path):
    link = tmp_path / "by-id"
    link.symlink_to(machine.nodes / "video10")

    for path in (machine.nodes / "video10", link):
        with pytest.raises(CameraIsOurOutput):
            find(str(path), machine)


def test_our_own_virtual_camera_is_known_by_its_label_cut_by_the_kernel(machine):
    label = "A camera with quite a long name of more than 31 letters"
    (machine.names / "video10" / "name").write_text(label[:31] + "\n")

    with pytest.raises(CameraIsOurOutput):
        find("10", machine, own_label=label)


def test_another_virtual_camera_may_be_used(machine):
    assert find("10", machine, own_label="Another label") == "video10"


def test_a_device_that_may_not_be_opened_says_what_to_do(machine, monkeypatch):
    monkeypatch.setattr(os, "access", lambda *_: False)

    with pytest.raises(CameraForbidden, match="usermod"):
        find("0", machine)


GREY = Abilities(capture=True, formats=(PixelFormat("GREY", ()), PixelFormat("Y16", ())))
COLOUR = Abilities(capture=True, formats=(PixelFormat("MJPG", ()),))
NONE = Abilities(capture=False, formats=())


@pytest.mark.parametrize(
    ("cameras", "found"),
    [
        ({"video2": ("HD Pro Webcam C920", COLOUR)}, "video2"),
        ({"video0": ("Integrated IR Camera", GREY), "video2": ("Integrated", COLOUR)}, "video2"),
        ({"video0": ("Loopback", NONE), "video1": ("Webcam", COLOUR)}, "video1"),
        ({"video0": (OURS, COLOUR), "video1": ("Webcam", COLOUR)}, "video1"),
        ({"video0": ("Webcam", COLOUR), "video1": ("Other", COLOUR)}, "video0"),
        ({"video0": ("Cannot be asked", None), "video1": ("Webcam", COLOUR)}, "video1"),
        ({"video3": ("Cannot be asked", None)}, "video3"),
    ],
)
def test_the_default_camera_is_the_first_that_gives_colour(tmp_path, cameras, found):
    folders = DeviceFolders(tmp_path / "names", tmp_path / "nodes")
    folders.names.mkdir()
    folders.nodes.mkdir()
    for node, (name, _) in cameras.items():
        add(folders, node, name)
    address = find_camera(
        "0", OURS, folders=folders, query=lambda path: cameras[path.name][1], platform="linux"
    )
    assert address.device == str(folders.nodes / found)


@pytest.mark.parametrize("label", ["Kamera für Ällä und Örjan im Büro", "é" * 40, "a" * 30 + "é"])
def test_our_own_camera_is_known_by_a_label_that_the_kernel_cut_in_a_letter(tmp_path, label):
    kept = label.encode()[:31]
    (tmp_path / "video9").mkdir()
    (tmp_path / "video9" / "name").write_bytes(kept + b"\n")
    assert find_loopback(label, tmp_path) == Path("/dev/video9")
    assert is_own_output(kept.decode(errors="replace").strip(), label, "linux")


def open_(source: str, machine: DeviceFolders, opens: bool = True, **options):
    return open_source(
        SourceSettings(source=source, **options),
        OURS,
        folders=machine,
        query=query,
        capture_factory=lambda device: StandIn(opens),
        platform="linux",
    )


def test_a_number_opens_the_camera(machine):
    source = open_("0", machine)

    assert isinstance(source, WebcamSource)
    assert source.describe().name == "HD Pro Webcam C920"
    source.close()


def test_a_camera_that_is_used_elsewhere_is_busy_and_not_missing(machine):
    with pytest.raises(CameraBusy, match="HD Pro Webcam C920"):
        open_("0", machine, opens=False)


def test_our_own_output_is_never_opened(machine):
    with pytest.raises(CameraIsOurOutput):
        open_source(
            SourceSettings(source=OURS),
            OURS,
            folders=machine,
            query=query,
            capture_factory=lambda device: pytest.fail("it was opened"),
            platform="linux",
        )


def test_a_machine_without_cameras_says_so(tmp_path):
    nothing = DeviceFolders(tmp_path / "no", tmp_path / "none")

    with pytest.raises(CameraNotFound, match="No camera '0' was found"):
        open_("0", nothing)
    assert list_cameras(nothing, query, platform="linux") == []


def test_files_are_told_apart_by_their_content(machine, make_video, tmp_path):
    picture = tmp_path / "wrongly.mp4"
    picture.write_bytes(cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes())

    assert isinstance(open_(str(picture), machine), PictureSource)
    assert isinstance(open_(str(make_video("clip.dat.mkv")), machine), VideoSource)


def test_the_settings_reach_the_source(machine, make_video, tmp_path):
    clip = make_video(count=2)
    source = open_source(SourceSettings(source=str(clip), loop=True), OURS, paced=False)
    assert all(source.read() is not None for _ in range(6))
    picture = tmp_path / "picture.png"
    picture.write_bytes(cv2.imencode(".png", np.zeros((4, 4, 3), np.uint8))[1].tobytes())

    assert open_(str(picture), machine, fps=12.5).describe().fps == 12.5


def test_a_home_folder_is_understood(machine, make_video, monkeypatch):
    monkeypatch.setenv("HOME", str(make_video().parent))

    assert isinstance(open_("~/clip.mkv", machine), VideoSource)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.mp4",
        "HTTPS://example.org/a.mp4",
        "rtsp://10.0.0.1/stream",
        "udp://@:1234",
        "file:///etc/hostname",
    ],
)
def test_network_addresses_are_refused(machine, address):
    with pytest.raises(SourceNotLocal, match="nothing is ever read from a network"):
        open_(address, machine)


@pytest.mark.parametrize("name", ["clip.mp4", "photo.jpg", "/no/such/thing", "~nobody-here/x"])
def test_a_missing_file_is_not_called_a_camera(machine, name):
    with pytest.raises(SourceNotFound, match="There is no file"):
        open_(name, machine)


def test_a_missing_device_is_not_called_a_file(machine):
    with pytest.raises(CameraNotFound):
        open_("/dev/video61", machine)


def test_folders_and_pipes_are_refused_without_waiting(machine, tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)

    for path in (tmp_path, pipe):
        with pytest.raises(VideoUnreadable, match="a folder or a device"):
            open_(str(path), machine)


def test_a_damaged_picture_is_refused_as_a_picture(machine, tmp_path):
    path = tmp_path / "damaged.jpg"
    path.write_bytes(b"nothing")

    with pytest.raises(PictureUnreadable):
        open_(str(path), machine)


def test_the_list_shows_every_video_device_and_what_it_can_do(machine):
    cameras = list_cameras(machine, query, platform="linux")

    assert [(camera.number, camera.name, camera.capture) for camera in cameras] == [
        (0, "HD Pro Webcam C920", True),
        (1, "HD Pro Webcam C920", False),
        (2, "Capture Card C9", True),
        (10, OURS, True),
    ]
    assert cameras[0].path == machine.nodes / "video0"
    assert cameras[0].formats == FORMATS


def test_a_device_that_cannot_be_asked_is_listed_without_pictures(machine):
    """The nodes are plain files here, which know no V4L2."""
    cameras = list_cameras(machine, platform="linux")

    assert [camera.capture for camera in cameras] == [False] * 4
