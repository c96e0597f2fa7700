"""Enrolment with the webcam: decides from each picture what to ask for next.

A pure state machine: `advance` maps a state and one look at the camera to the
next state. It knows no camera, no window and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from nasfe_cam.core.photo_errors import (
    EyesClosed,
    EyesHidden,
    FaceCovered,
    FaceTooSmall,
    FaceTurnedAway,
    PhotoBlurred,
    PhotoError,
    PhotoTooBright,
    PhotoTooDark,
    SeveralFacesInPhoto,
)
from nasfe_cam.core.statement import Statement
from nasfe_cam.enrolment.examine import ExaminedFace
from nasfe_cam.profiles.photo_quality import PhotoQuality


class Step(StrEnum):
    """One picture to be taken; left and right are the person's own."""

    STRAIGHT = "straight"
    LEFT = "left"
    RIGHT = "right"
    SMILE = "smile"


class Instruction(StrEnum):
    """What the person should do; the value is for programs, `words` are for people."""

    SHOW_FACE = "show-face"
    BE_ALONE = "be-alone"
    COME_CLOSER = "come-closer"
    MORE_LIGHT = "more-light"
    SOFTER_LIGHT = "softer-light"
    HOLD_STILL = "hold-still"
    OPEN_EYES = "open-eyes"
    SHOW_EYES = "show-eyes"
    UNCOVER = "uncover"
    LOOK_STRAIGHT = "look-straight"
    TURN_LEFT = "turn-left"
    TURN_RIGHT = "turn-right"
    TURN_BACK = "turn-back"
    LIFT_CHIN = "lift-chin"
    LOWER_CHIN = "lower-chin"
    SMILE = "smile"
    STAY = "stay"
    DONE = "done"

    @property
    def words(self) -> str:
        """One sentence."""
        return _WORDS[self]

    @property
    def statement(self) -> Statement:
        """The sentence as data."""
        return Statement(f"instruction-{self.value}", {}, self.words)


STEPS = tuple(Step)

SHOT_SECONDS = 1.0
"""The best frame of so long a time is taken."""

PATIENCE_SECONDS = 20.0
"""A step that does not succeed in this time is left out."""

# Shorter than that, a frame or two are no reason to say something else.
_SETTLING_SECONDS = 0.4
_STRAIGHT_YAW, _SMILING_YAW = 9.0, 14.0
_LEAST_TURN, _LARGEST_TURN = 12.0, 35.0
_LARGEST_PITCH = 20.0
_LEAST_SMILE = 0.4

_WORDS = {
    Instruction.SHOW_FACE: "Sit in front of the camera, so that your whole face is in the picture.",
    Instruction.BE_ALONE: "Make sure that nobody else is in the picture.",
    Instruction.COME_CLOSER: "Come a little closer to the camera.",
    Instruction.MORE_LIGHT: "It is too dark: face a window, or switch on a lamp in front of you.",
    Instruction.SOFTER_LIGHT: "The light on your face is too strong: turn away from it a little.",
    Instruction.HOLD_STILL: "Hold still.",
    Instruction.OPEN_EYES: "Keep your eyes open.",
    Instruction.SHOW_EYES: "Take off your sunglasses, or turn to the light.",
    Instruction.UNCOVER: "Uncover your mouth and chin.",
    Instruction.LOOK_STRAIGHT: "Look straight at the camera.",
    Instruction.TURN_LEFT: "Turn your head a little to your left.",
    Instruction.TURN_RIGHT: "Turn your head a little to your right.",
    Instruction.TURN_BACK: "That is too far: turn back a little.",
    Instruction.LIFT_CHIN: "Lift your chin a little.",
    Instruction.LOWER_CHIN: "Lower your chin a little.",
    Instruction.SMILE: "Look at the camera once more, and smile.",
    Instruction.STAY: "Good, stay like that.",
    Instruction.DONE: "Thank you, that is all.",
}

_ASKED = {
    Step.STRAIGHT: Instruction.LOOK_STRAIGHT,
    Step.LEFT: Instruction.TURN_LEFT,
    Step.RIGHT: Instruction.TURN_RIGHT,
    Step.SMILE: Instruction.SMILE,
}

_REMEDIES: dict[type[PhotoError], Instruction] = {
    SeveralFacesInPhoto: Instruction.BE_ALONE,
    FaceTooSmall: Instruction.COME_CLOSER,
    PhotoTooDark: Instruction.MORE_LIGHT,
    PhotoTooBright: Instruction.SOFTER_LIGHT,
    PhotoBlurred: Instruction.HOLD_STILL,
    FaceTurnedAway: Instruction.TURN_BACK,
    EyesClosed: Instruction.OPEN_EYES,
    EyesHidden: Instruction.SHOW_EYES,
    FaceCovered: Instruction.UNCOVER,
}


@dataclass(frozen=True, slots=True, eq=False)
class WebcamSteps:
    """The state of the guided enrolment.

    Attributes:
        step: the picture to be taken now; None when all is done.
        instruction: what to tell the person.
        taken: the pictures so far.
        began: when the step began, in seconds; None before the first look.
        best: the best look of this picture so far.
        best_since: when the first look that would do was seen.
        wanted: the instruction that follows if it stays right for a moment.
        wanted_since: since when it has been right.
    """

    step: Step | None = STEPS[0]
    instruction: Instruction = Instruction.LOOK_STRAIGHT
    taken: tuple[tuple[Step, ExaminedFace], ...] = ()
    began: float | None = None
    best: ExaminedFace | None = None
    best_since: float = 0.0
    wanted: Instruction = Instruction.LOOK_STRAIGHT
    wanted_since: float = 0.0


def advance(state: WebcamSteps, time: float, seen: ExaminedFace | PhotoError) -> WebcamSteps:
    """The state after one more look at the camera.

    Args:
        state: the one before; `WebcamSteps()` to begin with.
        time: of this look, in seconds; never falls.
        seen: what `nasfe_cam.enrolment.examine` returned or raised.
    """
    step = state.step
    if step is None:
        return state
    if state.began is None:
        state = replace(state, began=time, wanted_since=time)
    advice = _advice(step, seen)
    if advice is None and isinstance(seen, ExaminedFace):
        state = _with_look(state, time, seen)
    began = time if state.began is None else state.began
    if state.best is not None and time - state.best_since >= SHOT_SECONDS:
        return _next_step(state, time)
    if time - began >= PATIENCE_SECONDS:
        return _next_step(state, time)
    return _told(state, time, Instruction.STAY if advice is None else advice)


def _advice(step: Step, seen: ExaminedFace | PhotoError) -> Instruction | None:
    """What must change before this picture can be taken; None if nothing."""
    if isinstance(seen, PhotoError):
        return _REMEDIES.get(type(seen), Instruction.SHOW_FACE)
    return _pose_advice(step, seen.quality)


def _pose_advice(step: Step, quality: PhotoQuality) -> Instruction | None:
    if quality.pitch > _LARGEST_PITCH:
        return Instruction.LIFT_CHIN
    if quality.pitch < -_LARGEST_PITCH:
        return Instruction.LOWER_CHIN
    if step in (Step.LEFT, Step.RIGHT):
        turn = quality.yaw if step is Step.LEFT else -quality.yaw
        if turn < _LEAST_TURN:
            return _ASKED[step]
        return Instruction.TURN_BACK if turn > _LARGEST_TURN else None
    if step is Step.SMILE:
        smiles = quality.smile >= _LEAST_SMILE and abs(quality.yaw) <= _SMILING_YAW
        return None if smiles else Instruction.SMILE
    return None if abs(quality.yaw) <= _STRAIGHT_YAW else Instruction.LOOK_STRAIGHT


def _with_look(state: WebcamSteps, time: float, seen: ExaminedFace) -> WebcamSteps:
    if state.best is None:
        return replace(state, best=seen, best_since=time)
    if seen.quality.clarity > state.best.quality.clarity:
        return replace(state, best=seen)
    return state


def _next_step(state: WebcamSteps, time: float) -> WebcamSteps:
    """Take the best look, if there is one, and go on."""
    assert state.step is not None
    taken = state.taken if state.best is None else (*state.taken, (state.step, state.best))
    following = STEPS.index(state.step) + 1
    step = STEPS[following] if following < len(STEPS) else None
    instruction = Instruction.DONE if step is None else _ASKED[step]
    return WebcamSteps(step, instruction, taken, began=time, wanted=instruction, wanted_since=time)


def _told(state: WebcamSteps, time: float, instruction: Instruction) -> WebcamSteps:
    if instruction is not state.wanted:
        state = replace(state, wanted=instruction, wanted_since=time)
    if time - state.wanted_since >= _SETTLING_SECONDS:
        state = replace(state, instruction=instruction)
    return state
