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
    NoCardToCompileFor,
    NvidiaCardMissing,
    NvidiaDriverUnusable,
    TensorRTMissing,
)
from nasfe_cam.config.errors import (
    SettingAmbiguous,
    SettingRefused,
    SettingsFileInvalid,
    SettingsFileUnreadable,
    SettingUnknown,
)
from nasfe_cam.config.names import live_settings
from nasfe_cam.config.settings import Settings, load_settings
from nasfe_cam.config.system_libraries import SystemLibraryMissing
from nasfe_cam.control.protocol.errors import (
    CameraCrashed,
    CameraDidNotAnswer,
    CameraDidNotEnd,
    CameraDidNotStart,
    CameraHung,
    CameraNotRunning,
    CameraProgramNotStarted,
    CameraRefusedToStart,
    CameraRunsAlready,
    CameraSilent,
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
from nasfe_cam.core.atomic_files import (
    DiskFull,
    OutputFileForbidden,
    OutputFileIsFolder,
    OutputFolderMissing,
)
from nasfe_cam.core.errors import (
    CameraBusy,
    CameraForbidden,
    CameraIsOurOutput,
    CameraLost,
    CameraNotFound,
    HomeUnknown,
    MemoryLimited,
    NothingRestored,
    OutputFileFailed,
    PathUnreachable,
    PictureUnreadable,
    SourceNotFound,
    SourceNotLocal,
    StandardOutputFailed,
    UnexpectedFault,
    UnexpectedFaultLogged,
    VideoUnreadable,
    VirtualCameraForbidden,
    VirtualCameraMissing,
    VirtualCameraTaken,
)
from nasfe_cam.core.text.reasons import Reason
from nasfe_cam.pipeline.bypass import StageHung
from nasfe_cam.pipeline.given_names import NetworkUnknown
from nasfe_cam.sinks.errors import (
    FramesNotHandedOver,
    OutputSizeFixed,
    RecordingExists,
    RecordingIsSource,
    RecordingKindUnknown,
    RecordingLost,
    RecordingNotLocal,
)
from nasfe_cam.sinks.host_supervisor import HostFailed
from nasfe_cam.sinks.preview import PreviewFailed
from nasfe_cam.virtual_camera.errors import (
    AdministratorDeclined,
    AdministratorNeeded,
    CameraNameRefused,
    CameraNotSetUpHere,
    LoopbackModuleMissing,
    LoopbackOptionsTaken,
    ModuleNotInstalled,
    NobodyAsksForPassword,
    SecureBootRefusesModule,
    SetupFailed,
    UnityCaptureTaken,
)
from nasfe_cam.virtual_camera.state import VirtualCameraState, install_step
from ui.dialogs.computer_check import ComputerNotChecked
from ui.services.camera_finder import CamerasNotListed
from ui.start import NoDisplay, WindowNotInstalled
from website.symptom import Symptom, raised_by

_LABEL = Settings().output.label
_RUNTIME = Path("/run/user/1000/nasfe-cam")
_CARD = "NVIDIA GeForce RTX 4070"

CAMERA_SYMPTOMS = (
    Symptom(
        f'The meeting does not list "{_LABEL}"',
        """`nasfe-cam camera status` says whether it is installed and prints the next step.
On Linux the camera is listed only while the program runs. Most meeting programs look for cameras
when they start: start the camera first, or close the meeting program and open it again.
Windows' own Settings and Camera app, and some other programs, may not list it since Windows 11
22H2: choose it in the meeting program.
[The virtual camera](virtual-camera.md) has the steps for each system.""",
        (
            VirtualCameraMissing(_LABEL),
            VirtualCameraForbidden(_LABEL, Path("/dev/video10")),
            VirtualCameraTaken(_LABEL, "another nasfe-cam uses it"),
            LoopbackModuleMissing(),
            SecureBootRefusesModule(),
            LoopbackOptionsTaken(Path("/etc/modprobe.d/obs.conf"), _LABEL),
            NobodyAsksForPassword(),
            AdministratorNeeded(),
            AdministratorDeclined(),
            ModuleNotInstalled("E: Unable to locate package v4l2loopback-dkms"),
            SetupFailed("the module is in use"),
            UnityCaptureTaken("Unity Video Capture"),
            CameraNameRefused("Camera #1"),
            CameraNotSetUpHere(install_step(VirtualCameraState(_LABEL, False), "darwin")),
        ),
    ),
    Symptom(
        "The webcam is not found, or gives no picture",
        """`nasfe-cam devices` lists the cameras with their numbers; `--source 1` takes the
second one. Only one program at a time can use a webcam: in the meeting, choose
"NASFE Camera" instead of the webcam.""",
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
        """A face that is already sharp and well lit is left as it is. Retouch may be set to 0
(`restore.retouch`), or light (`restore.light`). While the computer is busy or on battery, the
network restores fewer frames, and the others get what it made of an earlier one (`restore.rate`);
while it is too busy for more, only light is lifted. The window, `nasfe-cam run` and
`nasfe-cam status` say so. To see whether it works at all, run
`nasfe-cam run --simulate-bad-webcam 60 --output preview`.""",
        (
            EngineRunFailed("CPU", "out of memory"),
            StageHung("restore"),
            ModelFileMissing(Path("models/nasfe-lite.onnx")),
            ModelFileDamaged(Path("models/nasfe-lite.onnx"), "its checksum is another one"),
            ModelContractBroken(Path("mine.onnx"), "it has no input 'face'"),
            NetworkUnknown("nasfe-lit", "guided-unet"),
            NothingRestored(),
        ),
    ),
    Symptom(
        "The graphics card is not used",
        """The network then runs on the CPU. `nasfe-cam doctor` shows the device in use and why
no better one is used; [Engines](engines.md) explains it.""",
        (
            NvidiaCardMissing(),
            NoCardToCompileFor(),
            TensorRTMissing((_CARD,), "No module named 'tensorrt_rtx'"),
            NvidiaDriverUnusable((_CARD,), "its driver is too old"),
            EngineNotBuilt("nasfe-lite", _CARD, "out of memory"),
            EngineRefused(_CARD, "it was made for another driver"),
            ComputeCapabilityUnknown("6.1", ("7.5", "8.6", "8.9"), "TensorRT for RTX"),
            CudaCallFailed("cuMemAlloc", "out of memory"),
            EngineFellBack(_CARD, "cuStreamSynchronize: launch failed", "CPU"),
            EngineDisagrees(_CARD, "face", "CPU"),
            IntelDeviceUnusable("GPU", "none was found"),
            EngineCacheUnusable(Path("~/.cache/nasfe-cam/engines"), Reason.DISK_FULL),
            EngineBuildStopped(),
        ),
    ),
    Symptom(
        "The meeting freezes, or the output stops",
        """It should never: a picture that was not restored, the untouched one, or a card
with a word of explanation takes its place, and what stopped is started again.""",
        (
            HostFailed("exit code 1"),
            OutputFileFailed(Path("meeting.mp4"), Reason.BAD_MEDIUM),
            OutputFolderMissing(Path("new/meeting.mp4"), Reason.NOT_THERE),
            OutputFileForbidden(Path("/meeting.mp4"), Reason.FORBIDDEN),
            OutputFileIsFolder(Path("videos"), Reason.IS_A_FOLDER),
            DiskFull(Path("meeting.mp4"), Reason.DISK_FULL),
            RecordingLost(Path("meeting.mp4"), Reason.DISK_FULL),
            RecordingExists(Path("meeting.mp4")),
            RecordingIsSource(Path("meeting.mp4")),
            RecordingNotLocal("tcp://host/meeting.mp4"),
            RecordingKindUnknown(".webm"),
            FramesNotHandedOver(_RUNTIME, Reason.DISK_FULL),
            OutputSizeFixed("The virtual camera", "1920 x 1080 pixels after 1280 x 720"),
            PreviewFailed("no display"),
            PreviewNotShown(Reason.DISK_FULL),
        ),
    ),
    Symptom(
        "A video or picture cannot be shown as a camera",
        "`--source` takes a camera, or a local video (MP4 and others) or picture (JPEG, PNG, HEIC "
        "and others).",
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
            raised_by(lambda: load_settings(Path(os.devnull), {"output.linger": 900})),
            SettingRefused("restore.model", "3", "input should be a valid string"),
            SettingsFileUnreadable(Path("settings.toml"), Reason.FORBIDDEN),
            SettingsFileInvalid(Path("settings.toml"), "Expected '=' (at line 2, column 7)"),
            SettingUnknown("strenght"),
            SettingAmbiguous("width", ("output.width", "source.width")),
            SettingNeedsRestart("restore.device", tuple(sorted(live_settings()))),
        ),
    ),
    Symptom(
        "The running camera does not answer `status`, `set`, `stop` or the window",
        "[Controlling a running camera](control.md) lists the files that are used for it.",
        (
            CameraNotRunning(),
            CameraRunsAlready(4711),
            CameraDidNotAnswer(5),
            CameraDidNotStart(1),
            CameraProgramNotStarted("Cannot allocate memory"),
            CameraRefusedToStart(CameraBusy("USB Camera").statement),
            CameraSilent(),
            CameraHung(),
            CameraCrashed(),
            ControlConnectionLost(),
            ControlRefused("it belongs to another user"),
            ControlFolderUnsafe(_RUNTIME, "others may write to it"),
            ControlNotServed(_RUNTIME, Reason.DISK_FULL),
            ControlVersionUnknown(2, 1),
            MessageMalformed("it is no JSON"),
            RequestRefused(CameraNotFound("USB Camera").statement),
        ),
    ),
    Symptom(
        "The window does not open",
        """A second start shows the window that is open already; look for it in the tray.
[Installation](install.md) names the packages that the window needs.""",
        (
            SystemLibraryMissing("libxcb-cursor.so.0"),
            WindowNotInstalled(),
            NoDisplay("there is no display here"),
        ),
    ),
    Symptom(
        "A command ends at once, or says nothing",
        """Every command ends with exit code 2 and one line that names the cause; a fault of the
program itself is one line too, with the file that holds its details.""",
        (
            PathUnreachable(Path("/home/other/photos"), Reason.FORBIDDEN),
            HomeUnknown(),
            StandardOutputFailed(Reason.DISK_FULL),
            MemoryLimited(2000, 5000),
            CameraDidNotEnd(30.0),
        ),
    ),
    Symptom(
        "The window says that something could not be done",
        'Its page "Check this computer" shows what `nasfe-cam doctor` finds.',
        (
            ComputerNotChecked(),
            UnexpectedFault("RuntimeError: no such thing"),
            UnexpectedFaultLogged("RuntimeError: no such thing", _RUNTIME / "faults.log"),
        ),
    ),
)
