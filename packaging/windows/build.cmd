@echo off
rem Makes dist\nasfe-cam-setup.exe. Needed: Python 3.13 (older clocks are coarse), Inno Setup 6 (iscc on
rem the path), and Unity Capture's two filters in packaging\windows\UnityCapture.
setlocal
cd /d %~dp0..\..
set BIN=.venv\Scripts
if not exist %BIN%\python.exe py -3.13 -m venv .venv || exit /b 1
%BIN%\python -m pip install --quiet -c constraints.txt -e .[ui,packaging] || exit /b 1
set PYTHONPATH=%CD%
%BIN%\python packaging\icons.py build\nasfe-cam.ico || exit /b 1
%BIN%\pyinstaller --noconfirm packaging\pyinstaller\nasfe-cam.spec || exit /b 1
%BIN%\cyclonedx-py environment --pyproject pyproject.toml -o "dist\NASFE Camera\nasfe-cam.cdx.json" %BIN%\python.exe || exit /b 1
for /f "tokens=2" %%v in ('%BIN%\nasfe-cam --version') do set VERSION=%%v
iscc /DVersion=%VERSION% packaging\windows\nasfe-cam.iss
