# Sourced: where Windows lies, and how Wine behaves there.
# NASFE_WINDOWS: the folder for downloads and for Windows itself; about 2 GB.
export NASFE_WINDOWS=${NASFE_WINDOWS:-/var/tmp/nasfe-cam-windows}
WINDOWS_PYTHON=$NASFE_WINDOWS/prefix/drive_c/python
export HOME=$NASFE_WINDOWS/home WINEPREFIX=$NASFE_WINDOWS/prefix WINEARCH=win64 WINEDEBUG=-all
export PATH=/usr/lib/wine:$PATH
# No .NET, no browser, no entries in the menus of this machine.
export WINEDLLOVERRIDES="mscoree,mshtml,winemenubuilder.exe=d"
# Linux asks a program to apply for AMX, which Wine does not do: its instructions are illegal there.
export ONEDNN_MAX_CPU_ISA=AVX512_CORE_BF16
# Without compiled files every start would compile what it imports, which takes ten times as long.
unset PYTHONDONTWRITEBYTECODE PYTHONUNBUFFERED PYTHONPATH VIRTUAL_ENV
