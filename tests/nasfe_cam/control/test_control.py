"""Programs of the user ask and steer a running camera."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.config.names import live_settings, setting_fields
from nasfe_cam.config.shipped_models import find_model
from nasfe_cam.control.client.connection import CameraClient
from nasfe_cam.control.protocol.errors import (
    CameraNotRunning,
    ControlConnectionLost,
    RequestRefused,
)
from nasfe_cam.control.protocol.messages import (
    EndingEvent,
    EndReason,
    ErrorEvent,
    Event,
    StatusEvent,
)
from nasfe_cam.control.server.steered_camera import ProfileDeleted
from nasfe_cam.core.errors import OutputFileFailed
from nasfe_cam.profiles.codec import EMBEDDING_SHAPE, IDENTITY_SHAPE
from nasfe_cam.profiles.profile import Profile
from nasfe_cam.profiles.store import ProfileStore, profiles_folder
from nasfe_cam.sources.base import Source
from tests.nasfe_cam.control.conftest import ServedCamera
from tests.nasfe_cam.stand_ins import eventually
from tests.user_folders import move_user_folders

Attach = Callable[..., CameraClient]


def test_the_status_tells_what_the_camera_does(served: ServedCamera, attach: Attach) -> None:
    client = attach()
    status = client.status()
    assert status.shown > 0 and status.restored > 0 and status.fps > 0
    assert status.device is not None and status.device.startswith("none, f32")
    assert [reason.code for reason in status.device_reasons] == ["int8-in-hardware"]
    assert status.source == "stand-in" and not status.source_lost
    assert [output.name for output in status.outputs] == ["stand-in"]
    assert set(status.settings) == set(setting_fields())
    assert status.errors == () and status.viewers == 0
    assert eventually(lambda: client.status().shown > status.shown)


def test_several_programs_are_served_at_once(attach: Attach) -> None:
    clients = [attach() for _ in range(5)]
    assert all(client.status().shown > 0 for client in clients)
    clients[0].close()
    assert all(client.status().shown > 0 for client in clients[1:])


def test_one_more_program_than_there_are_places_may_say_stop_and_no_more(
    served: ServedCamera, attach: Attach
) -> None:
    for _ in range(16):
        attach()
    lost = threading.Event()
    visitor = attach(on_lost=lost.set)
    assert visitor.status().shown > 0
    assert lost.wait(20), "it would hold the last place for ever"
    visitor = attach()
    visitor.stop()
    assert eventually(lambda: served.pipeline.wait(0))


def test_a_person_whose_profile_is_deleted_is_forgotten(
    served: ServedCamera, attach: Attach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    move_user_folders(monkeypatch, tmp_path)
    store = ProfileStore(profiles_folder())
    random = np.random.default_rng(1)
    profile = Profile(
        name="Ada",
        created=datetime(2026, 11, 21, tzinfo=UTC),
        identity=random.normal(size=IDENTITY_SHAPE).astype(np.float32),
        embedding=np.full(EMBEDDING_SHAPE, 128**-0.5, np.float32),
        extractor_sha256=find_model("observer.onnx").sha256,
        photo_count=3,
    )
    store.save(profile)
    client = attach()
    client.change("restore.profile", "Ada")
    served.camera.forget_deleted_person()
    assert client.status().settings["restore.profile"] == "Ada"
    store.delete("Ada")
    served.camera.forget_deleted_person()
    assert client.status().settings["restore.profile"] == ""
    assert served.pipeline.controls.profile is None
    assert [type(fault) for fault in served.faults] == [ProfileDeleted]
    served.camera.forget_deleted_person()
    assert len(served.faults) == 1


def test_the_thread_that_waits_for_the_end_never_waits_for_a_source_that_hangs(
    served: ServedCamera, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening, go_on = threading.Event(), threading.Event()

    def hang(_: object) -> Source:
        opening.set()
        go_on.wait(60)
        return served.plug.open()

    monkeypatch.setattr("nasfe_cam.control.server.steered_camera.make_source", hang)
    change = threading.Thread(target=served.camera.change, args=("source.source", "1"))
    looking = threading.Thread(target=served.camera.forget_deleted_person, daemon=True)
    change.start()
    try:
        assert opening.wait(20)
        looking.start()
        looking.join(10)
        assert not looking.is_alive()
    finally:
        go_on.set()
        change.join(20)


def test_threads_may_share_a_client(attach: Attach) -> None:
    client = attach()
    shown: list[int] = []
    threads = [
        threading.Thread(target=lambda: shown.append(client.status().shown)) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert len(shown) == 8


class TestChanging:
    def test_retouch_takes_effect_at_once_and_is_in_the_status(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        client = attach()
        client.change("restore.retouch", 0)
        assert client.status().settings["restore.retouch"] == 0
        assert eventually(served.output.is_untouched)
        client.change("restore.retouch", "100")
        assert client.status().settings["restore.retouch"] == 100
        assert eventually(served.output.is_restored)

    def test_light_takes_effect(self, served: ServedCamera, attach: Attach) -> None:
        attach().change("restore.light", "auto")
        assert eventually(lambda: served.output.frames[-1].image[5, 5].min() > 140)
        assert served.output.is_restored()

    def test_another_source_is_shown(
        self, served: ServedCamera, attach: Attach, tmp_path: Path
    ) -> None:
        picture = tmp_path / "white.png"
        cv2.imwrite(str(picture), np.full((180, 320, 3), 200, np.uint8))
        client = attach()
        client.change("source.source", str(picture))
        assert eventually(lambda: served.output.frames[-1].image[5, 5].min() > 190)
        assert client.status().source == "white.png"
        assert served.flows() and served.faults == []

    @pytest.mark.parametrize(
        ("name", "value", "code", "words"),
        [
            ("restore.retouch", 130, "setting-refused", "auto, or 0 to 100"),
            ("restore.light", "much", "setting-refused", "'much' is refused"),
            ("output.auto_framing", "maybe", "setting-refused", "allowed are true and false"),
            ("restore.colour", 1, "setting-unknown", "restore.colour"),
            ("strength", 1, "setting-unknown", "strength"),
            ("output.width", 640, "setting-needs-restart", "restore.retouch"),
            ("source.source", "/no/clip.mp4", "source-not-found", str(Path("/no/clip.mp4"))),
            ("source.source", "http://host/x", "source-not-local", "network"),
            ("source.source", "a\x00b", "setting-refused", "a zero byte"),
            ("restore.profile", "Nobody", "profile-missing", "Nobody"),
            ("restore.profile", "../x", "profile-name-holds", "'/'"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words_and_nothing_changes(
        self,
        served: ServedCamera,
        attach: Attach,
        name: str,
        value: object,
        code: str,
        words: str,
    ) -> None:
        client = attach()
        before = client.status().settings
        with pytest.raises(RequestRefused) as caught:
            client.change(name, value)  # type: ignore[arg-type]
        assert caught.value.statement.code == code and words in str(caught.value)
        assert client.status().settings == before
        assert served.output.is_restored() and served.flows()

    def test_every_setting_that_is_declared_live_can_be_changed(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        client = attach()
        for name in live_settings():
            switch = isinstance(client.status().settings[name], bool)
            try:
                client.change(name, "false" if switch else "7")
            except RequestRefused as refused:
                # A machine that lists no cameras cannot tell a missing one from one in use.
                codes = ("camera-not-found", "camera-busy", "profile-missing")
                assert refused.statement.code in codes, name


class TestBeingTold:
    def test_a_subscriber_is_told_the_status_regularly(self, attach: Attach) -> None:
        events: list[Event] = []
        attach(events.append).subscribe(0.1)
        assert eventually(lambda: len(events) >= 3)
        shown = [event.status.shown for event in events if isinstance(event, StatusEvent)]
        assert len(shown) == len(events) and shown == sorted(shown) and shown[0] < shown[-1]

    def test_an_error_is_told_at_once_and_newest_first_afterwards(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        events: list[Event] = []
        client = attach(events.append)
        client.subscribe(3600)
        served.report(OutputFileFailed(Path("a.mp4"), "the disk is full"))
        served.report(OutputFileFailed(Path("a.mp4"), "the disk is still full"))
        assert eventually(lambda: sum(isinstance(e, ErrorEvent) for e in events) == 2)
        newest, older = client.status().errors
        assert "the disk is still full" in newest.error.text
        assert newest.error.parameters["reason"] == "the disk is still full"
        assert older.error.code == "output-file-failed"

    def test_errors_are_kept_in_bounds(self, served: ServedCamera, attach: Attach) -> None:
        for number in range(100):
            served.report(OutputFileFailed(Path(f"{number}\n" + "x" * 10_000), "no"))
        errors = attach().status().errors
        assert len(errors) == 20 and errors[0].error.text.startswith("99 x")
        assert all(len(record.error.text) <= 500 for record in errors)

    def test_a_change_by_one_program_is_told_to_the_others(self, attach: Attach) -> None:
        events: list[Event] = []
        attach(events.append).subscribe(3600)
        attach().change("restore.retouch", 33)

        def told() -> bool:
            return any(
                isinstance(event, StatusEvent) and event.status.settings["restore.retouch"] == 33
                for event in events
            )

        assert eventually(told)

    def test_who_did_not_subscribe_is_told_nothing_but_the_end(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        events: list[Event] = []
        client = attach(events.append)
        served.report(OutputFileFailed(Path("a.mp4"), "the disk is full"))
        client.change("restore.retouch", 50)
        client.stop()
        assert eventually(lambda: events == [EndingEvent(reason=EndReason.STOPPED)])


class TestEnding:
    def test_stop_ends_the_camera_and_everybody_is_told(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        other, first = attach(), attach()
        first.stop()
        assert served.pipeline.wait(20)
        assert eventually(lambda: other.end_reason is EndReason.STOPPED)
        served.camera.announce_end(EndReason.FINISHED)
        served.server.close()
        assert first.wait_until_gone(10) and other.wait_until_gone(10)
        assert other.end_reason is EndReason.STOPPED, "told once"

    def test_the_end_of_the_server_is_noticed_by_waiting_programs(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        lost = threading.Event()
        client = attach(on_lost=lost.set)
        served.server.close()
        assert lost.wait(10) and client.end_reason is None
        with pytest.raises(ControlConnectionLost):
            client.status()

    def test_a_client_that_lets_go_is_told_nothing(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        lost = threading.Event()
        client = attach(on_lost=lost.set)
        client.close()
        assert not lost.is_set() and served.flows()

    def test_afterwards_no_camera_runs(self, served: ServedCamera) -> None:
        served.server.close()
        served.claim.close()
        with pytest.raises(CameraNotRunning):
            CameraClient.attach(served.endpoint)
