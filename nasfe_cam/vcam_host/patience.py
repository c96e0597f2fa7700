"""How long the virtual camera waits for frames; settings are declared with it, without numpy."""

from __future__ import annotations

# Long enough for a busy second of the worker to pass as a still picture, short
# enough that nobody talks to a frozen face.
STALE_SECONDS = 1.0
# A crashed worker is back after noticing, back-off and loading its networks, some
# five seconds; clients drop a camera that vanishes. Longer would only keep
# others from a camera whose owner is not coming back.
LINGER_SECONDS = 10.0
