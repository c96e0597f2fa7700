"""How a missing virtual camera is brought, by system."""

from __future__ import annotations

from nasfe_cam.core.statement import Sentence


class InstallStep(Sentence):
    """What to do where the virtual camera is not installed."""


class InstallByCommand(InstallStep):
    code = "install-by-command"
    remedy = "{command}"

    command: str


class InstallUnityCapture(InstallStep):
    code = "install-unity-capture"
    remedy = (
        "Install Unity Capture, then as administrator: "
        'regsvr32 "UnityCaptureFilter64bit.dll" "/i:UnityCaptureName={label}"'
    )

    label: str


class InstallObs(InstallStep):
    code = "install-obs"
    remedy = "Install OBS from https://obsproject.com and start its virtual camera once."
