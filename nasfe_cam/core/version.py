"""Which version of NASFE Camera this is."""

__version__ = "0.1.0"
