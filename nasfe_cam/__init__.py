"""The live camera: capture, tracking, restoration, blending, outputs and the commands."""

__version__ = "0.1.0"
