"""Sentences that the window says in other words than the command line.

Its buttons help where the command line names a command or an option, and a person
reads quotation marks where a terminal shows `'`. By code; `tools/update_translations.py`
puts them into the English catalogue, in place of the words of the class.
"""

from __future__ import annotations

_NO_PROFILE = "The profile “{name}” cannot be used; the camera goes on without it. Enrol again."

WORDINGS = {
    "administrator-needed": (
        "The right password of an administrator was not given. Try again, or use the command "
        "below in a terminal."
    ),
    "camera-busy": (
        "Camera “{name}” gives no picture; another program may be using it. Close that program."
    ),
    "camera-crashed": "The camera stopped unexpectedly. It is being started again.",
    "camera-did-not-answer": "The camera did not answer within {seconds:g} seconds.",
    "camera-did-not-start": "The camera ended at its start (exit code {exit_code}).",
    "camera-forbidden": (
        "You may not open camera “{name}” ({path}). Add yourself to its group, usually with: "
        "sudo usermod -aG video $USER, then log in again."
    ),
    "camera-hung": ("The camera did not answer any more and was ended. It is being started again."),
    "camera-is-our-output": "“{label}” is the virtual camera that this program itself writes to.",
    "camera-lost": "Camera “{name}” stopped sending pictures. Plug it in again.",
    "camera-not-found": "Camera “{name}” was not found. Plug it in, or choose another.",
    "camera-not-running": "The camera is off.",
    "control-connection-lost": "The camera has ended.",
    "control-version-unknown": (
        "The running camera belongs to another version of NASFE Camera. End it where it was "
        "started, and start it here again."
    ),
    "engine-fell-back": (
        "The repair stopped running on {failed} ({reason}). It runs on {now} now, without a gap."
    ),
    "engine-run-failed": (
        "The repair stopped running on {device} ({reason}). The picture is shown unrepaired."
    ),
    "host-failed": (
        "The program that shows the virtual camera stopped ({reason}). It is started again."
    ),
    "nobody-asks-for-password": (
        "This desktop cannot ask for the password. Use the command below in a terminal."
    ),
    "output-file-failed": "{path} cannot be written ({reason}). Free some space there.",
    "picture-unreadable": "{path} cannot be shown ({reason}).",
    "profile-copies-unusable": (
        "No photo kept in the profile “{name}” can be used. The picture is repaired without them; "
        "enrol the person again to use their photos."
    ),
    "profile-damaged": _NO_PROFILE,
    "profile-deleted": "The profile “{name}” was deleted; the camera goes on without it.",
    "profile-exists": "There is a profile “{name}” already.",
    "profile-file-exists": "There is a file {path} already.",
    "profile-missing": _NO_PROFILE,
    "profile-outdated": _NO_PROFILE,
    "profile-outdated-with-photos": (
        "The profile “{name}” was made by another version; the camera goes on without it. "
        "Make it anew from the photos kept in it."
    ),
    "profile-too-new": (
        "The profile “{name}” comes from a newer version of NASFE Camera. Install that version, "
        "or enrol again."
    ),
    "profile-without-photos": (
        "The profile “{name}” keeps no photos to be made anew from. Please choose photos again."
    ),
    "source-not-found": "There is no file {path}.",
    "source-not-local": "{source} is a network address; nothing is ever read from a network.",
    "video-unreadable": "{path} cannot be shown ({reason}).",
    "virtual-camera-forbidden": (
        "You may not open the virtual camera “{label}” ({path}). Add yourself to its group, "
        "usually with: sudo usermod -aG video $USER, then log in again."
    ),
    "virtual-camera-missing": (
        "The virtual camera “{label}” is not installed, so other programs cannot see the picture."
    ),
    "virtual-camera-taken": (
        "The virtual camera “{label}” cannot be opened ({reason}). "
        "Close the program that writes to it."
    ),
    "unrestored-less-on-battery": "lighter repair to save the battery",
    "unrestored-less-while-busy": "lighter repair: the computer is busy",
    "unrestored-network-failed": "not repaired: the repair does not run",
    "unrestored-network-loading": "not repaired yet: the repair is starting",
    "unrestored-no-face-found": "not repaired: no face was found",
    "unrestored-no-face": "not repaired: no face that needs it was seen",
    "unrestored-retouch-zero": "not repaired: retouch is set to 0",
    "unrestored-too-busy": "not repaired: the computer is too busy",
}
