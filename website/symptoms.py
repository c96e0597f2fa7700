"""The symptoms of the camera and the window, in the order in which users meet them."""

from __future__ import annotations

import os
from pathlib import Path

from engine.errors import (
    ComputeCapabilityUnknown,
    CudaCallFailed,
    EngineBuildStopped,
    EngineCacheUnusable,
    EngineDisagrees,
    EngineFellBack,
    EngineNotBuilt,
    EngineRefused,
    EngineRunFailed,
    IntelDeviceUnusable,
    ModelContractBroken,
    ModelFileDamaged,
    ModelFileMissing,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    TensorRTMissing,
)
from nasfe_cam.control.errors import (
    CameraDidNotAnswer,
    CameraDidNotStart,
    CameraNotRunning,
    CameraRunsAlready,
    ControlConnectionLost,
    ControlFolderUnsafe,
    ControlNotServed,
    ControlRefused,
    ControlVersionUnknown,
    MessageMalformed,
    PreviewNotShown,
    RequestRefused,
    SettingNeedsRestart,
)
from nasfe_cam.errors import (
    CameraBusy,
    CameraForbidden,
    CameraIsOurOutput,
    CameraLost,
    CameraNotFound,
    NothingRestored,
    OutputFileFailed,
    PictureUnreadable,
    SourceNotFound,
    SourceNotLocal,
    VideoUnreadable,
    VirtualCameraForbidden,
    VirtualCameraMissing,
    VirtualCameraTaken,
)
from nasfe_cam.installing.errors import (
    AdministratorNeeded,
    CameraNameRefused,
    CameraNotSetUpHere,
    LoopbackModuleMissing,
    LoopbackOptionsTaken,
    SecureBootRefusesModule,
    SetupFailed,
)
from nasfe_cam.outputs.errors import FramesNotHandedOver, OutputSizeFixed
from nasfe_cam.outputs.output_supervisor import OutputProgramFailed
from nasfe_cam.outputs.preview import PreviewFailed
from nasfe_cam.setting_names import SettingAmbiguous, SettingUnknown, live_settings
from nasfe_cam.settings import Settings, load_settings
from nasfe_cam.virtual_camera_state import VirtualCameraState, install_step
from ui.background import UnexpectedFault
from ui.checking import ComputerNotChecked
from ui.finding_cameras import CamerasNotListed
from website.symptom import Symptom, raised_by

_LABEL = Settings().output.label
_RUNTIME = Path("/run/user/1000/nasfe-cam")
_CARD = "NVIDIA GeForce RTX 4070"

CAMERA_SYMPTOMS = (
    Symptom(
        f'The meeting does not list "{_LABEL}"',
        """`nasfe-cam camera status` says whether it is installed and prints the command that
helps. It is listed only while the program runs; most meetings look for cameras when they
start, so start the camera first, or close the meeting and open it again.
[The virtual camera](virtual-camera.md) says what is done on which system.""",
        (
            VirtualCameraMissing(_LABEL),
            VirtualCameraForbidden(_LABEL, Path("/dev/video10")),
            VirtualCameraTaken(_LABEL, "another nasfe-cam uses it"),
            LoopbackModuleMissing("sudo apt install v4l2loopback-dkms"),
            SecureBootRefusesModule(),
            LoopbackOptionsTaken(Path("/etc/modprobe.d/obs.conf"), _LABEL),
            AdministratorNeeded(),
            SetupFailed("the module is in use"),
            CameraNameRefused("Camera #1"),
            CameraNotSetUpHere(install_step(VirtualCameraState(_LABEL, False), "darwin")),
        ),
    ),
    Symptom(
        "The webcam is not found, or gives no picture",
        """`nasfe-cam devices` lists the cameras with their numbers; `--source 1` takes the
second one. A webcam serves one program at a time: close the meeting that shows it itself,
and choose "NASFE Camera" there.""",
        (
            CameraNotFound("USB Camera"),
            CameraBusy("USB Camera"),
            CameraLost("USB Camera"),
            CameraForbidden("USB Camera", Path("/dev/video0")),
            CameraIsOurOutput(_LABEL),
            CamerasNotListed(),
        ),
    ),
    Symptom(
        "The picture is shown, but the face is not restored",
        """A face that is sharp and well lit already is left alone, and a setting may say so
(`restore.strength`). While the machine is busy or on battery, fewer frames are restored
(`restore.rate`); the line of `nasfe-cam run` says so, and `nasfe-cam status` counts them. To
see whether it works at all: `nasfe-cam run --simulate-bad-webcam 60 --output preview`.""",
        (
            EngineRunFailed("CPU", "out of memory"),
            ModelFileMissing(Path("models/nasfe-lite.onnx")),
            ModelFileDamaged(Path("models/nasfe-lite.onnx"), "its checksum is another one"),
            ModelContractBroken(Path("mine.onnx"), "it has no input 'face'"),
            NothingRestored(),
        ),
    ),
    Symptom(
        "The graphics card does not help",
        """The CPU serves then, without a gap. `nasfe-cam doctor` says what runs the network
and why nothing better does; [Engines](engines.md) explains it.""",
        (
            NvidiaCardMissing(),
            TensorRTMissing((_CARD,), "No module named 'tensorrt_rtx'"),
            NvidiaDriverUnusable((_CARD,), "its driver is too old"),
            EngineNotBuilt("nasfe-lite", _CARD, "out of memory"),
            EngineRefused(_CARD, "it was made for another driver"),
            ComputeCapabilityUnknown("6.1", ("7.5", "8.6", "8.9"), "TensorRT for RTX"),
            CudaCallFailed("cuMemAlloc", "out of memory"),
            EngineFellBack(_CARD, "cuStreamSynchronize: launch failed", "CPU"),
            EngineDisagrees(_CARD, "face", "CPU"),
            IntelDeviceUnusable("GPU", "none was found"),
            EngineCacheUnusable(Path("~/.cache/nasfe-cam/engines"), "No space left on device"),
            EngineBuildStopped(),
        ),
    ),
    Symptom(
        "The meeting freezes, or the output stops",
        """It should never: a picture that was not restored, the untouched one, or a card
with a word of explanation takes its place, and what stopped is started again.""",
        (
            OutputProgramFailed("exit code 1"),
            OutputFileFailed(Path("meeting.mp4"), "No space left on device"),
            FramesNotHandedOver(_RUNTIME, "No space left on device"),
            OutputSizeFixed("The virtual camera", "1920 x 1080 pixels after 1280 x 720"),
            PreviewFailed("no display"),
            PreviewNotShown("The camera has stopped."),
        ),
    ),
    Symptom(
        "A video or picture cannot be shown as a camera",
        "`--source` takes a camera, or a local video (MP4 and others) or picture (JPEG, PNG).",
        (
            SourceNotFound(Path("clip.mp4")),
            SourceNotLocal("https://example.org/clip.mp4"),
            VideoUnreadable(Path("clip.mp4"), "it has no pictures"),
            PictureUnreadable(Path("portrait.jpg"), "it ends too early"),
        ),
    ),
    Symptom(
        "A setting is refused",
        """[Settings](settings.md) lists all of them with what is allowed. The file is not
changed by a refusal.""",
        (
            raised_by(lambda: load_settings(Path(os.devnull), {"restore.strength": 130})),
            SettingUnknown("strenght"),
            SettingAmbiguous("width", ("output.width", "source.width")),
            SettingNeedsRestart("restore.device", tuple(sorted(live_settings()))),
        ),
    ),
    Symptom(
        "The running camera does not answer `status`, `set`, `stop` or the window",
        "[Steering a running camera](control.md) says which files this goes through.",
        (
            CameraNotRunning(),
            CameraRunsAlready(4711),
            CameraDidNotAnswer(5),
            CameraDidNotStart(1, ""),
            ControlConnectionLost(),
            ControlRefused("it belongs to another user"),
            ControlFolderUnsafe(_RUNTIME, "others may write to it"),
            ControlNotServed(_RUNTIME, "No space left on device"),
            ControlVersionUnknown(2, 1),
            MessageMalformed("it is no JSON"),
            RequestRefused("CameraNotFound", str(CameraNotFound("USB Camera"))),
        ),
    ),
    Symptom(
        "The window says that something could not be done",
        'Its page "Check this computer" shows what `nasfe-cam doctor` finds.',
        (
            ComputerNotChecked(),
            UnexpectedFault(RuntimeError("no such thing")),
        ),
    ),
)
