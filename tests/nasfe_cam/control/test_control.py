"""Programs of the user ask and steer a running camera."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from nasfe_cam.control.client import CameraClient
from nasfe_cam.control.errors import (
    CameraNotRunning,
    ControlConnectionLost,
    ControlRefused,
    RequestRefused,
)
from nasfe_cam.control.messages import EndingEvent, EndReason, ErrorEvent, Event, StatusEvent
from nasfe_cam.errors import OutputError
from nasfe_cam.setting_names import live_settings, setting_fields
from tests.nasfe_cam.control.conftest import ServedCamera
from tests.nasfe_cam.stand_ins import eventually

Attach = Callable[..., CameraClient]


def test_the_status_tells_what_the_camera_does(served: ServedCamera, attach: Attach) -> None:
    client = attach()
    status = client.status()
    assert status.shown > 0 and status.restored > 0 and status.fps > 0
    assert status.device.startswith("none, f32") and status.device_reason == "test"
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


def test_more_programs_than_places_are_sent_away_until_one_is_free(
    served: ServedCamera, attach: Attach
) -> None:
    clients = [attach() for _ in range(16)]
    with pytest.raises(ControlRefused):
        CameraClient.attach(served.endpoint, patience=0)
    clients[0].close()
    CameraClient.attach(served.endpoint).close()
    assert served.flows()


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
    def test_strength_takes_effect_at_once_and_is_in_the_status(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        client = attach()
        client.change("restore.strength", 0)
        assert client.status().settings["restore.strength"] == 0
        assert eventually(served.output.is_untouched)
        client.change("restore.strength", "100")
        assert client.status().settings["restore.strength"] == 100
        assert eventually(served.output.is_brightened)

    def test_tone_match_takes_effect(self, served: ServedCamera, attach: Attach) -> None:
        attach().change("restore.tone_match", 0)
        assert eventually(lambda: served.output.frames[-1].image[5, 5].max() == 60)
        assert served.output.is_brightened()

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
        ("name", "value", "error", "words"),
        [
            ("restore.strength", 130, "SettingsError", "0 to 100"),
            ("restore.strength", "much", "SettingsError", "'much' is refused"),
            ("restore.colour", 1, "SettingUnknown", "restore.colour"),
            ("strength", 1, "SettingUnknown", "strength"),
            ("output.width", 640, "SettingNeedsRestart", "restore.strength"),
            ("source.source", "/no/clip.mp4", "SourceNotFound", "/no/clip.mp4"),
            ("source.source", "http://host/x", "SourceNotLocal", "network"),
            ("source.source", "a\x00b", "CameraNotFound", "nasfe-cam devices"),
            ("restore.profile", "Nobody", "ProfileMissing", "Nobody"),
            ("restore.profile", "../x", "ProfileNameRefused", "'/'"),
        ],
    )
    def test_what_cannot_be_is_refused_in_words_and_nothing_changes(
        self,
        served: ServedCamera,
        attach: Attach,
        name: str,
        value: object,
        error: str,
        words: str,
    ) -> None:
        client = attach()
        before = client.status().settings
        with pytest.raises(RequestRefused) as caught:
            client.change(name, value)  # type: ignore[arg-type]
        assert caught.value.error == error and words in str(caught.value)
        assert client.status().settings == before
        assert served.output.is_brightened() and served.flows()

    def test_every_setting_that_is_declared_live_can_be_changed(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        client = attach()
        for name in live_settings():
            try:
                client.change(name, "7")
            except RequestRefused as refused:
                assert refused.error in ("CameraNotFound", "ProfileMissing"), name


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
        served.report(OutputError("The disk is full. Free some space."))
        served.report(OutputError("The disk is still full. Free more space."))
        assert eventually(lambda: sum(isinstance(e, ErrorEvent) for e in events) == 2)
        newest, older = client.status().errors
        assert newest.text.startswith("The disk is still") and older.error == "OutputError"

    def test_errors_are_kept_in_bounds(self, served: ServedCamera, attach: Attach) -> None:
        for number in range(100):
            served.report(OutputError(f"{number}\n" + "x" * 10_000))
        errors = attach().status().errors
        assert len(errors) == 20 and errors[0].text.startswith("99 x")
        assert all(len(record.text) <= 500 for record in errors)

    def test_a_change_by_one_program_is_told_to_the_others(self, attach: Attach) -> None:
        events: list[Event] = []
        attach(events.append).subscribe(3600)
        attach().change("restore.strength", 33)

        def told() -> bool:
            return any(
                isinstance(event, StatusEvent) and event.status.settings["restore.strength"] == 33
                for event in events
            )

        assert eventually(told)

    def test_who_did_not_subscribe_is_told_nothing_but_the_end(
        self, served: ServedCamera, attach: Attach
    ) -> None:
        events: list[Event] = []
        client = attach(events.append)
        served.report(OutputError("The disk is full. Free some space."))
        client.change("restore.strength", 50)
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
