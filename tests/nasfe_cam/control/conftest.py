"""A camera of stand-ins that is steered through real sockets."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.channel import Channel, open_channel
from nasfe_cam.control.protocol.endpoint import Claim, Endpoint
from nasfe_cam.control.protocol.messages import ErrorEvent, Event
from nasfe_cam.control.server.error_log import ErrorLog
from nasfe_cam.control.server.event_bus import EventBus
from nasfe_cam.control.server.server import ControlServer
from nasfe_cam.control.server.steered_camera import SteeredCamera
from nasfe_cam.pipeline.pipeline import Pipeline
from nasfe_cam.restoration.face_networks import FaceNetworks
from tests.nasfe_cam.stand_ins import (
    SETTINGS,
    Observer,
    Plug,
    Restorer,
    Sink,
    Tracker,
    eventually,
)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    """An endpoint in a folder of its own, whose path is short enough for a socket."""
    folder = Path(tempfile.mkdtemp(prefix="nasfe-"))
    yield Endpoint(folder / "nasfe-cam")
    shutil.rmtree(folder)


class ServedCamera:
    """A running pipeline of stand-ins, served at an endpoint."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        self.plug = Plug()
        self.output = Sink()
        self.errors = ErrorLog()
        self.announcer = EventBus()
        self.faults: list[Exception] = []
        source = self.plug.open()
        self.pipeline = Pipeline(
            SETTINGS,
            source,
            self.plug.open,
            FaceNetworks(
                Tracker,  # type: ignore[arg-type]
                Observer,  # type: ignore[arg-type]
                Restorer,  # type: ignore[arg-type]
                lambda: pytest.fail("nobody is enrolled"),
                lambda: pytest.fail("nobody is enrolled"),
            ),
            [self.output],
            self.report,
        )
        self.camera = SteeredCamera(
            self.pipeline,
            SETTINGS,
            self.errors,
            self.announcer,
            endpoint.preview_ring,
            self.report,
        )
        self.claim = Claim(endpoint)
        self.server = ControlServer(self.claim, self.camera)
        self.pipeline.start()

    def report(self, error: Exception) -> None:
        self.faults.append(error)
        self.announcer.tell(ErrorEvent(record=self.errors.add(error)))

    def flows(self) -> bool:
        """Whether new frames still reach the output."""
        before = len(self.output.frames)
        return eventually(lambda: len(self.output.frames) > before + 3)

    def close(self) -> None:
        self.server.close()
        self.claim.close()
        self.pipeline.stop()
        assert self.pipeline.wait(20)


@pytest.fixture
def served(endpoint: Endpoint) -> Iterator[ServedCamera]:
    camera = ServedCamera(endpoint)
    assert eventually(camera.output.is_restored)
    yield camera
    camera.close()


@pytest.fixture
def attach(served: ServedCamera) -> Iterator[Callable[..., CameraClient]]:
    """Connect to the served camera; closed when the test ends."""
    clients: list[CameraClient] = []

    def connect(
        on_event: Callable[[Event], None] = lambda event: None,
        on_lost: Callable[[], None] = lambda: None,
    ) -> CameraClient:
        clients.append(CameraClient.attach(served.endpoint, on_event, on_lost))
        return clients[-1]

    yield connect
    for client in clients:
        client.close()


@pytest.fixture
def raw(served: ServedCamera) -> Iterator[Callable[[], Channel]]:
    """An authenticated channel to the served camera on which nothing was said yet."""
    channels: list[Channel] = []

    def connect() -> Channel:
        channels.append(open_channel(served.endpoint))
        return channels[-1]

    yield connect
    for channel in channels:
        channel.close()
