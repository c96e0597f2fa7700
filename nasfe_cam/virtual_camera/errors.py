"""What can go wrong when the virtual camera is set up, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path

from nasfe_cam.core.errors import NasfeError
from nasfe_cam.virtual_camera.install_steps import InstallStep


class SetupError(NasfeError):
    """The virtual camera could not be set up or removed."""


class CameraNameRefused(SetupError):
    code = "camera-name-refused"
    text = "A virtual camera cannot have the name {label!r}."
    remedy = "Use up to 31 letters, digits, spaces, '.', '_', '-' and parentheses."

    label: str


class LoopbackModuleMissing(SetupError):
    code = "loopback-module-missing"
    text = "The kernel module v4l2loopback is not installed for the running kernel."
    remedy = "Install the package v4l2loopback of your distribution, and try again."


class SecureBootRefusesModule(SetupError):
    code = "secure-boot-refuses-module"
    text = (
        "Secure Boot is on and the kernel module v4l2loopback is not signed, so it cannot be "
        "loaded."
    )
    remedy = (
        "Make a signing key known to the firmware: sudo mokutil --import /var/lib/dkms/mok.pub, "
        "restart, and install the module again."
    )


class LoopbackOptionsTaken(SetupError):
    code = "loopback-options-taken"
    text = "{path} sets options of v4l2loopback already, and two files would be mixed."
    remedy = (
        'Add a device to it by hand: one more label "{label}" in card_label, one more 1 in '
        "exclusive_caps."
    )

    path: Path
    label: str


class UnityCaptureTaken(SetupError):
    code = "unity-capture-taken"
    text = "Another program has set up Unity Capture as {name!r}, and it can have one name only."
    remedy = "Use that camera, in the settings file: [output] label = {name!r}"

    name: str


class NobodyAsksForPassword(SetupError):
    code = "nobody-asks-for-password"
    text = "Neither pkexec nor sudo is there to ask for the administrator's password."
    remedy = "Type the command as root."


class AdministratorNeeded(SetupError):
    code = "administrator-needed"
    text = "The right password of an administrator was not given."
    remedy = "Try again, or ask whoever administers this computer."


class AdministratorDeclined(SetupError):
    code = "administrator-declined"
    text = "The change was not allowed, and nothing was changed."
    remedy = "Try again, and enter the password or choose Yes when you are asked."


class ModuleNotInstalled(SetupError):
    code = "module-not-installed"
    text = "The kernel module v4l2loopback could not be installed ({reason})."
    remedy = "Check the connection to the Internet, restart the computer, and try again."

    reason: str


class SetupFailed(SetupError):
    code = "setup-failed"
    text = "The virtual camera could not be changed ({reason})."
    remedy = "Close the programs that show a camera, and see: nasfe-cam camera status"

    reason: str


class CameraNotSetUpHere(SetupError):
    code = "camera-not-set-up-here"
    text = "On this system the virtual camera is set up by hand."
    remedy = "{step}"

    step: InstallStep
