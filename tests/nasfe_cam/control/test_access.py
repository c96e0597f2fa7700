"""Other users, and programs without the token, cannot steer the camera."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.channel import open_channel
from nasfe_cam.control.protocol.errors import ControlRefused
from tests.nasfe_cam.control.conftest import ServedCamera

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets and users")
root_only = pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can act for two users"
)
NOBODY = 65534

# Everything is imported before the user is changed, since another user may not
# be able to read this checkout.
ATTACH_AS = """
import os, sys
from pathlib import Path
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.endpoint import Endpoint
from nasfe_cam.control.protocol.errors import ControlError
os.setgroups([]); os.setgid(int(sys.argv[1])); os.setuid(int(sys.argv[1]))
if len(sys.argv) > 3:
    # What another user would do who had learned the token.
    token = bytes.fromhex(sys.argv[3])
    Endpoint.token = lambda self: token
try:
    print(CameraClient.attach(Endpoint(Path(sys.argv[2]))).status().shown)
except ControlError as error:
    print(type(error).__name__, error)
"""

Start = Callable[..., "subprocess.Popen[str]"]


def said(process: subprocess.Popen[str]) -> str:
    output, errors = process.communicate(timeout=180)
    assert process.returncode == 0, errors
    return output


@root_only
def test_the_same_program_as_the_same_user_is_let_in(served: ServedCamera, start: Start) -> None:
    assert int(said(start("-c", ATTACH_AS, 0, served.endpoint.folder))) > 0


@root_only
def test_another_user_does_not_get_through_the_folder(served: ServedCamera, start: Start) -> None:
    answer = said(start("-c", ATTACH_AS, NOBODY, served.endpoint.folder))
    assert answer.startswith("ControlRefused") and "Permission denied" in answer
    assert served.flows()


@root_only
def test_another_user_is_refused_by_the_kernel_s_word_even_with_token_and_permissions(
    served: ServedCamera, start: Start
) -> None:
    folder = served.endpoint.folder
    folder.parent.chmod(0o755)
    folder.chmod(0o777)
    Path(served.endpoint.address).chmod(0o777)
    token = served.endpoint.token().hex()
    answer = said(start("-c", ATTACH_AS, NOBODY, folder, token))
    assert answer.startswith("ControlRefused")
    assert int(said(start("-c", ATTACH_AS, 0, folder, token))) > 0, "it was the user, not the token"


def test_a_wrong_token_is_refused_and_the_camera_goes_on(served: ServedCamera) -> None:
    good = served.endpoint.token()
    served.endpoint.token_file.write_bytes(b"x" * len(good))
    with pytest.raises(ControlRefused, match="token"):
        open_channel(served.endpoint)
    served.endpoint.token_file.write_bytes(good)
    CameraClient.attach(served.endpoint).close()
    assert served.flows()


def test_who_sends_a_request_instead_of_the_token_learns_nothing(served: ServedCamera) -> None:
    with Client(served.endpoint.address) as connection:
        challenge = connection.recv_bytes()
        assert b"CHALLENGE" in challenge
        connection.send_bytes(b'{"type":"stop","id":1}')
        assert b"FAILURE" in connection.recv_bytes()
        with pytest.raises(EOFError):
            connection.recv_bytes()
    assert served.flows()


def test_a_pickle_is_never_unpickled(served: ServedCamera, tmp_path: Path) -> None:
    mark = tmp_path / "unpickled"

    class Bomb:
        def __reduce__(self) -> tuple[Callable[[str], int], tuple[str]]:
            return os.system, (f"touch {mark}",)

    token = served.endpoint.token()
    with Client(served.endpoint.address, authkey=token) as connection:
        connection.send(Bomb())
        assert b"message-malformed" in connection.recv_bytes()
    assert not mark.exists() and served.flows()
