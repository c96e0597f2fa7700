"""Runs first in Windows' Python under Wine: takes away what Wine 8 does not have.

Python copies files by `CopyFile2` where there is one, and Wine ends the program that calls it.
"""

import _winapi

del _winapi.CopyFile2
