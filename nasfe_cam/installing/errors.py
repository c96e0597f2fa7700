"""What can go wrong when the virtual camera is set up, each error with its whole sentence."""

from __future__ import annotations

from pathlib import Path

from engine.errors import NasfeError


class SetupError(NasfeError):
    """The virtual camera could not be set up or removed."""


class CameraNameRefused(SetupError):
    def __init__(self, label: str) -> None:
        super().__init__(
            f"A virtual camera cannot have the name {label!r}. "
            "Use up to 31 letters, digits, spaces, '.', '_', '-' and parentheses."
        )


class LoopbackModuleMissing(SetupError):
    def __init__(self, package_command: str) -> None:
        super().__init__(
            "The kernel module v4l2loopback is not installed for the running kernel. "
            f"Install it with: {package_command}"
        )


class SecureBootRefusesModule(SetupError):
    def __init__(self) -> None:
        super().__init__(
            "Secure Boot is on and the kernel module v4l2loopback is not signed, so it cannot "
            "be loaded. Make a signing key known to the firmware: "
            "sudo mokutil --import /var/lib/dkms/mok.pub, restart, and install the module again."
        )


class LoopbackOptionsTaken(SetupError):
    def __init__(self, path: Path, label: str) -> None:
        super().__init__(
            f"{path} sets options of v4l2loopback already, and two files would be mixed. "
            f'Add a device to it by hand: one more label "{label}" in card_label, '
            "one more 1 in exclusive_caps."
        )


class AdministratorNeeded(SetupError):
    def __init__(self) -> None:
        super().__init__(
            "The rights of the administrator are needed and were not given. "
            "Try again with: sudo nasfe-cam camera install"
        )


class SetupFailed(SetupError):
    def __init__(self, reason: str) -> None:
        super().__init__(
            f"The virtual camera could not be changed ({reason.rstrip('.')}). "
            "Close the programs that show a camera, and see: nasfe-cam camera status"
        )


class CameraNotSetUpHere(SetupError):
    def __init__(self, step: str) -> None:
        super().__init__(f"On this system the virtual camera is set up by hand. {step}")
