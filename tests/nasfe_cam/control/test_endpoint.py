"""One camera has an endpoint, its user alone enters it, and what is left behind is taken up."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from nasfe_cam.control.protocol.channel import open_channel
from nasfe_cam.control.protocol.door import Door
from nasfe_cam.control.protocol.endpoint import Claim, Endpoint, is_claimed
from nasfe_cam.control.protocol.errors import (
    CameraNotRunning,
    CameraRunsAlready,
    ControlFolderUnsafe,
    ControlNotServed,
)

posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
root_only = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can act for two users"
)

HOLD = """
import sys, time
from pathlib import Path
from nasfe_cam.control.protocol.door import Door
from nasfe_cam.control.protocol.endpoint import Claim, Endpoint
claim = Claim(Endpoint(Path(sys.argv[1])))
door = Door(claim.endpoint, claim.token, lambda channel: None)
print("held", flush=True)
time.sleep(600)
"""


@posix_only
def test_folder_socket_and_token_are_for_their_owner_only(endpoint: Endpoint) -> None:
    before = os.umask(0)
    try:
        claim = Claim(endpoint)
        door = Door(endpoint, claim.token, lambda channel: None)
    finally:
        os.umask(before)
    assert stat.S_IMODE(endpoint.folder.stat().st_mode) == 0o700
    for path in (Path(endpoint.address), endpoint.token_file, endpoint.lock_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    door.close()
    claim.close()


@posix_only
def test_a_folder_that_was_open_to_others_is_closed_to_them(endpoint: Endpoint) -> None:
    endpoint.folder.mkdir(mode=0o755)
    endpoint.folder.chmod(0o777)
    Claim(endpoint).close()
    assert stat.S_IMODE(endpoint.folder.stat().st_mode) == 0o700


def test_every_camera_has_another_token(endpoint: Endpoint) -> None:
    first = Claim(endpoint)
    first.close()
    second = Claim(endpoint)
    assert len(first.token) >= 16 and first.token != second.token
    assert endpoint.token() == second.token
    second.close()


def test_a_second_camera_is_told_that_one_runs_and_which(endpoint: Endpoint) -> None:
    claim = Claim(endpoint)
    assert is_claimed(endpoint)
    with pytest.raises(CameraRunsAlready, match=str(os.getpid())):
        Claim(endpoint)
    assert endpoint.token() == claim.token, "the first one's token still holds"
    assert endpoint.lock_file.stat().st_size < 100
    claim.close()
    assert not is_claimed(endpoint)
    Claim(endpoint).close()


def test_asking_for_a_camera_that_never_ran_makes_no_files(endpoint: Endpoint) -> None:
    assert not is_claimed(endpoint)
    with pytest.raises(CameraNotRunning, match="nasfe-cam run"):
        open_channel(endpoint)
    assert not endpoint.folder.exists()


@posix_only
def test_what_a_killed_camera_left_behind_is_no_camera_and_is_taken_up(
    endpoint: Endpoint,
    start: Callable[..., subprocess.Popen[str]],
    wait_for: Callable[..., None],
) -> None:
    holder = start("-c", HOLD, endpoint.folder)
    assert holder.stdout is not None and holder.stdout.readline() == "held\n"
    assert is_claimed(endpoint)
    holder.kill()
    holder.wait()
    assert Path(endpoint.address).exists(), "the socket file stays behind"
    with pytest.raises(CameraNotRunning):
        open_channel(endpoint)
    claim = Claim(endpoint)
    entered: list[object] = []
    door = Door(endpoint, claim.token, entered.append)
    open_channel(endpoint).close()
    wait_for(lambda: entered)
    door.close()
    claim.close()
    assert not Path(endpoint.address).exists() and not endpoint.token_file.exists()


@posix_only
def test_a_link_in_the_place_of_the_token_or_lock_is_not_followed(endpoint: Endpoint) -> None:
    endpoint.folder.mkdir(mode=0o700)
    target = endpoint.folder / "target"
    target.write_text("precious")
    endpoint.lock_file.symlink_to(target)
    with pytest.raises(ControlNotServed):
        Claim(endpoint)
    assert target.read_text() == "precious"


@posix_only
def test_a_file_in_the_place_of_the_folder_is_refused_in_words(endpoint: Endpoint) -> None:
    endpoint.folder.write_text("")
    with pytest.raises((ControlFolderUnsafe, ControlNotServed)) as caught:
        Claim(endpoint)
    assert "\n" not in str(caught.value) and str(endpoint.folder) in str(caught.value)


@root_only
def test_the_folder_of_another_user_is_refused(endpoint: Endpoint) -> None:
    endpoint.folder.mkdir()
    os.chown(endpoint.folder, 65534, 65534)
    with pytest.raises(ControlFolderUnsafe, match="another user"):
        Claim(endpoint)


@root_only
def test_a_folder_that_another_user_could_replace_is_refused(endpoint: Endpoint) -> None:
    endpoint.folder.parent.chmod(0o777)
    with pytest.raises(ControlFolderUnsafe, match="other users can change it"):
        Claim(endpoint)
