"""Nothing that another program sends, or fails to send, disturbs the camera."""

from __future__ import annotations

import json
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Listener
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.channel import (
    MAXIMUM_MESSAGE_BYTES,
    Channel,
    connect_in_time,
    open_channel,
)
from nasfe_cam.control.protocol.endpoint import Claim, Endpoint
from nasfe_cam.control.protocol.errors import (
    CameraDidNotAnswer,
    ControlConnectionLost,
    ControlVersionUnknown,
    MessageMalformed,
)
from nasfe_cam.control.protocol.messages import (
    PROTOCOL_VERSION,
    Failed,
    Hello,
    Subscribe,
    Unwelcome,
    encode,
    parse_answer,
    parse_from_camera,
)
from nasfe_cam.core.errors import OutputFileFailed
from tests.nasfe_cam.control.conftest import ServedCamera
from tests.nasfe_cam.stand_ins import eventually

Raw = Callable[[], Channel]
# The fixtures hold a camera that every example is to meet in whatever state it is left.
fuzz = settings(
    max_examples=60,
    deadline=None,
    # A busy machine draws slowly, which says nothing about the camera.
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def greeted(raw: Raw) -> Channel:
    channel = raw()
    channel.send(encode(Hello()))
    assert channel.receive(10) is not None
    return channel


def drained(channel: Channel) -> list[bytes]:
    """All answers until the camera lets go."""
    answers = []
    with pytest.raises(ControlConnectionLost):
        while True:
            data = channel.receive(10)
            assert data is not None, "the camera neither answers nor lets go"
            answers.append(data)
    return answers


@pytest.fixture
def unharmed(served: ServedCamera) -> Iterator[ServedCamera]:
    """The camera goes on, serves others, and reported no fault."""
    yield served
    client = CameraClient.attach(served.endpoint)
    assert client.status().shown > 0
    client.close()
    assert served.output.is_restored() and served.flows()
    assert served.faults == []


@fuzz
@given(data=st.binary(max_size=200))
def test_garbage_in_the_place_of_a_hello(unharmed: ServedCamera, raw: Raw, data: bytes) -> None:
    channel = raw()
    channel.send(data)
    answers = [parse_from_camera(answer) for answer in drained(channel)]
    assert [type(answer) for answer in answers] == [Failed]


@fuzz
@given(
    message=st.binary(max_size=200)
    | st.fixed_dictionaries(
        {
            "type": st.sampled_from(["get-status", "change-setting", "subscribe", "show-preview"]),
            "id": st.integers() | st.text(),
        },
        optional={
            "name": st.text() | st.integers(),
            "value": st.none() | st.floats() | st.text() | st.lists(st.text()),
            "period": st.floats() | st.text(),
            "on": st.text() | st.integers(),
            "more": st.text(),
        },
    ).map(lambda fields: json.dumps(fields).encode())
)
def test_garbage_in_the_place_of_a_request(
    unharmed: ServedCamera, raw: Raw, message: bytes
) -> None:
    channel = greeted(raw)
    channel.send(message)
    answer = channel.receive(10)
    assert answer is not None
    parse_from_camera(answer)
    channel.close()


def test_a_message_of_any_size_above_the_limit_ends_the_connection(
    unharmed: ServedCamera, raw: Raw
) -> None:
    for size in (MAXIMUM_MESSAGE_BYTES + 1, 8 * 1024 * 1024):
        channel = greeted(raw)
        with pytest.raises(ControlConnectionLost):
            channel.send(b" " * size)
            channel.receive(10)


@pytest.mark.skipif(sys.platform == "win32", reason="writes into a Unix socket")
class TestBelowTheMessages:
    @pytest.mark.parametrize(
        "start",
        [
            b"",
            b"\x00",
            b"GET / HTTP/1.1\r\n\r\n",
            struct.pack("!i", -1) + struct.pack("!Q", 2**63),
            struct.pack("!i", -7),
            struct.pack("!i", 2**31 - 1),
            struct.pack("!i", 20) + b"x" * 20,
        ],
    )
    def test_garbage_in_the_place_of_the_token(self, unharmed: ServedCamera, start: bytes) -> None:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(unharmed.endpoint.address)
            connection.sendall(start)
            connection.shutdown(socket.SHUT_WR)
            connection.settimeout(10)
            with suppress(ConnectionResetError):
                while connection.recv(4096):
                    pass

    def test_a_length_of_gigabytes_is_not_waited_for(
        self, unharmed: ServedCamera, raw: Raw
    ) -> None:
        channel = greeted(raw)
        descriptor = channel._connection.fileno()
        os.write(descriptor, struct.pack("!i", -1) + struct.pack("!Q", 2**40))
        assert drained(channel) == []

    def test_silent_programs_do_not_keep_others_out(self, unharmed: ServedCamera) -> None:
        silent = [socket.socket(socket.AF_UNIX) for _ in range(5)]
        for connection in silent:
            connection.connect(unharmed.endpoint.address)
        CameraClient.attach(unharmed.endpoint).close()
        for connection in silent:
            connection.close()

    def test_who_stops_in_the_middle_of_a_message_is_let_go(
        self, unharmed: ServedCamera, raw: Raw
    ) -> None:
        channel = greeted(raw)
        os.write(channel._connection.fileno(), struct.pack("!i", 100) + b"{")
        assert drained(channel) == []

    def test_who_does_not_read_is_let_go_and_the_camera_never_waits_for_it(
        self, served: ServedCamera, raw: Raw
    ) -> None:
        channel = greeted(raw)
        channel.send(encode(Subscribe(id=1, period=0.1)))
        finished = threading.Event()

        def report() -> None:
            for number in range(3000):
                served.report(OutputFileFailed(Path(f"{number} " + "x" * 400), "no"))
            finished.set()

        threading.Thread(target=report, daemon=True).start()
        assert finished.wait(10), "reporting waited for the reader"
        assert served.flows()
        assert eventually(lambda: not served.server._sessions, 20)


@pytest.mark.skipif(sys.platform == "win32", reason="the backlog of a Unix socket")
def test_a_camera_that_lets_nobody_in_is_not_waited_for_for_ever(endpoint: Endpoint) -> None:
    claim = Claim(endpoint)
    with socket.socket(socket.AF_UNIX) as stuck:
        stuck.bind(endpoint.address)
        stuck.listen(0)
        waiting = []
        with pytest.raises(BlockingIOError):
            for _ in range(100):
                waiting.append(socket.socket(socket.AF_UNIX))
                waiting[-1].setblocking(False)
                waiting[-1].connect(endpoint.address)
        with pytest.raises(CameraDidNotAnswer):
            CameraClient.attach(endpoint, patience=0.2)
        for connection in waiting:
            connection.close()
    claim.close()


@pytest.mark.skipif(sys.platform == "win32", reason="the backlog of a Unix socket")
def test_a_full_queue_is_waited_for(endpoint: Endpoint) -> None:
    """Whoever calls with many others at once is let in when its turn comes."""
    claim = Claim(endpoint)
    with socket.socket(socket.AF_UNIX) as busy:
        busy.bind(endpoint.address)
        busy.listen(0)
        with socket.socket(socket.AF_UNIX) as first:
            first.connect(endpoint.address)
            let_in = threading.Timer(0.5, lambda: busy.accept()[0].close())
            let_in.start()
            connect_in_time(endpoint.address, 20).close()
            let_in.join()
    claim.close()


def test_a_camera_that_takes_the_call_and_says_nothing_is_not_waited_for(
    endpoint: Endpoint,
) -> None:
    claim = Claim(endpoint)
    stuck = Listener(endpoint.address)
    begun = time.monotonic()
    with pytest.raises(CameraDidNotAnswer):
        open_channel(endpoint)
    assert time.monotonic() - begun < 15
    stuck.close()
    claim.close()


@pytest.mark.skipif(sys.platform == "win32", reason="pipes deliver messages whole")
def test_the_hello_too_must_be_said_in_time(unharmed: ServedCamera, raw: Raw) -> None:
    """A message of which a byte comes now and then, from a program that knows the token."""
    channel = raw()
    began = time.monotonic()
    with suppress(OSError):
        while time.monotonic() - began < 30:
            os.write(channel._connection.fileno(), b"\0")
            time.sleep(0.3)
    assert time.monotonic() - began < 15


@pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")
def test_peers_that_trickle_bytes_keep_nobody_out(unharmed: ServedCamera) -> None:
    """As many as there are places, all the time, each with a byte of a message now and then."""
    peers = [socket.socket(socket.AF_UNIX) for _ in range(16)]
    ending = threading.Event()

    def trickle() -> None:
        while not ending.wait(0.5):
            for peer in peers:
                with suppress(OSError):
                    peer.send(b"\0")

    for peer in peers:
        peer.connect(unharmed.endpoint.address)
    trickling = threading.Thread(target=trickle, daemon=True)
    trickling.start()

    try:
        CameraClient.attach(unharmed.endpoint, patience=0).close()
    finally:
        ending.set()
        trickling.join()
        for peer in peers:
            peer.close()


def test_another_version_is_told_ours_and_let_go(unharmed: ServedCamera, raw: Raw) -> None:
    channel = raw()
    channel.send(b'{"type":"hello","version":99,"news":[1,2,3]}')
    (answer,) = drained(channel)
    assert parse_answer(answer) == Unwelcome(version=PROTOCOL_VERSION)


def test_a_client_says_which_version_it_met() -> None:
    ours, theirs = _pair()
    theirs.send(b'{"type":"unwelcome","version":99,"news":true}')
    with pytest.raises(ControlVersionUnknown, match="version 99") as caught:
        CameraClient(ours)
    assert caught.value.theirs == 99
    theirs.close()


def test_a_client_does_not_trust_what_a_camera_says() -> None:
    ours, theirs = _pair()
    theirs.send(b"\xff\xfe")
    with pytest.raises(MessageMalformed):
        CameraClient(ours)
    theirs.close()
    lost = threading.Event()
    ours, theirs = _pair()
    theirs.send(b'{"type":"welcome","version":2,"process":1,"folder":"/"}')
    client = CameraClient(ours, on_lost=lost.set)
    theirs.send(b'{"type":"done","id":4711}')
    theirs.send(b'{"type":"status","status":null}')
    assert lost.wait(10)
    client.close()
    theirs.close()


def _pair() -> tuple[Channel, Channel]:
    """Both ends of a channel; the second is a camera that the test plays."""
    ours, theirs = Pipe()
    return Channel(ours), Channel(theirs)
