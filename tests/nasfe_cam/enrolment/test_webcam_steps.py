"""What a person in front of the webcam is told, step by step."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from nasfe_cam.core import photo_errors
from nasfe_cam.core.photo_errors import PhotoError
from nasfe_cam.enrolment.examine import ExaminedFace
from nasfe_cam.enrolment.webcam_steps import (
    PATIENCE_SECONDS,
    SHOT_SECONDS,
    STEPS,
    Instruction,
    Step,
    WebcamSteps,
    advance,
)
from nasfe_cam.profiles.photo_quality import PhotoQuality

PERIOD = 0.1


def seen(
    yaw: float = 0, pitch: float = 0, smile: float = 0, sharpness: float = 500
) -> ExaminedFace:
    quality = PhotoQuality(400, sharpness, 130.0, 0.0, yaw, pitch, smile)
    return ExaminedFace(np.zeros((1, 1, 3), np.uint8), np.zeros(128, np.float32), quality)


STRAIGHT, LEFT, RIGHT, SMILING = seen(), seen(yaw=20), seen(yaw=-20), seen(smile=0.8)


class Camera:
    """Shows looks to the guide, ten a second."""

    def __init__(self) -> None:
        self.state = WebcamSteps()
        self.told: list[Instruction] = []
        self._time = 50.0

    def show(self, look: ExaminedFace | PhotoError, seconds: float) -> WebcamSteps:
        for _ in range(round(seconds / PERIOD)):
            self.state = advance(self.state, self._time, look)
            self._time += PERIOD
            if self.told[-1:] != [self.state.instruction]:
                self.told.append(self.state.instruction)
        return self.state

    def show_all(self, looks: Iterable[ExaminedFace | PhotoError], seconds: float) -> None:
        for look in looks:
            self.show(look, seconds)


@pytest.fixture
def camera() -> Camera:
    return Camera()


def test_the_poses_are_asked_for_one_after_another_and_each_is_taken(camera: Camera) -> None:
    camera.show_all([STRAIGHT, LEFT, RIGHT, SMILING], 1.5)
    assert camera.state.step is None
    assert [step for step, _ in camera.state.taken] == list(STEPS)
    assert [face for _, face in camera.state.taken] == [STRAIGHT, LEFT, RIGHT, SMILING]
    told = [instruction for instruction in camera.told if instruction is not Instruction.STAY]
    assert told == [
        Instruction.LOOK_STRAIGHT,
        Instruction.TURN_LEFT,
        Instruction.TURN_RIGHT,
        Instruction.SMILE,
        Instruction.DONE,
    ]


def test_the_clearest_look_of_a_second_is_taken(camera: Camera) -> None:
    best = seen(sharpness=700)
    camera.show_all([seen(sharpness=300), best, seen(sharpness=400)], SHOT_SECONDS / 2)
    assert camera.state.taken == ((Step.STRAIGHT, best),)


def test_a_good_moment_is_taken_even_if_it_passes(camera: Camera) -> None:
    camera.show(STRAIGHT, PERIOD)
    camera.show(photo_errors.NoFaceInPhoto(), SHOT_SECONDS + PERIOD)
    assert camera.state.taken == ((Step.STRAIGHT, STRAIGHT),)


@pytest.mark.parametrize(
    ("look", "instruction"),
    [
        (photo_errors.NoFaceInPhoto(), Instruction.SHOW_FACE),
        (photo_errors.SeveralFacesInPhoto(2), Instruction.BE_ALONE),
        (photo_errors.FaceTooSmall(50, 136), Instruction.COME_CLOSER),
        (photo_errors.PhotoTooDark(), Instruction.MORE_LIGHT),
        (photo_errors.PhotoTooBright(), Instruction.SOFTER_LIGHT),
        (photo_errors.PhotoBlurred(), Instruction.HOLD_STILL),
        (photo_errors.EyesClosed(), Instruction.OPEN_EYES),
        (photo_errors.EyesHidden(), Instruction.SHOW_EYES),
        (photo_errors.FaceCovered(), Instruction.UNCOVER),
        (photo_errors.FaceTurnedAway(), Instruction.TURN_BACK),
        (seen(pitch=25), Instruction.LIFT_CHIN),
        (seen(pitch=-25), Instruction.LOWER_CHIN),
    ],
)
def test_what_is_in_the_way_is_said_and_nothing_is_taken(
    camera: Camera, look: ExaminedFace | PhotoError, instruction: Instruction
) -> None:
    state = camera.show(look, 2)
    assert state.instruction is instruction and instruction.words.endswith(".")
    assert state.taken == () and state.best is None


@pytest.mark.parametrize(
    ("side", "other", "too_far", "ask"),
    [
        (Step.LEFT, RIGHT, seen(yaw=38), Instruction.TURN_LEFT),
        (Step.RIGHT, LEFT, seen(yaw=-38), Instruction.TURN_RIGHT),
    ],
)
def test_a_turn_to_the_wrong_side_or_too_far_is_corrected(
    camera: Camera, side: Step, other: ExaminedFace, too_far: ExaminedFace, ask: Instruction
) -> None:
    camera.show_all([STRAIGHT, LEFT][: STEPS.index(side)], 1.5)
    assert camera.state.step is side
    assert camera.show(other, 1).instruction is ask
    assert camera.show(too_far, 1).instruction is Instruction.TURN_BACK
    assert camera.state.step is side


def test_a_short_blink_changes_no_instruction(camera: Camera) -> None:
    camera.show(seen(yaw=15), 1)
    camera.show(photo_errors.EyesClosed(), 0.3)
    camera.show(seen(yaw=15), 0.3)
    assert camera.told == [Instruction.LOOK_STRAIGHT]


def test_a_step_that_does_not_succeed_is_left_out(camera: Camera) -> None:
    camera.show(STRAIGHT, 1.5)
    camera.show(STRAIGHT, 2 * PATIENCE_SECONDS + 1)
    assert camera.state.step is Step.SMILE
    camera.show(SMILING, 1.5)
    assert camera.state.step is None
    assert [step for step, _ in camera.state.taken] == [Step.STRAIGHT, Step.SMILE]


def test_with_nobody_there_it_ends_without_pictures(camera: Camera) -> None:
    camera.show(photo_errors.NoFaceInPhoto(), len(STEPS) * (PATIENCE_SECONDS + 1))
    assert camera.state.step is None and camera.state.taken == ()


def test_after_the_end_nothing_changes(camera: Camera) -> None:
    camera.show_all([STRAIGHT, LEFT, RIGHT, SMILING], 1.5)
    done = camera.state
    assert camera.show(STRAIGHT, 3) is done


def test_a_state_is_never_changed() -> None:
    before = WebcamSteps()
    advance(before, 0.0, STRAIGHT)
    assert before.began is None and before.best is None and before.taken == ()
