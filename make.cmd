@echo off
rem What make does elsewhere, for Windows without make: "make demo", "make test", "make docs".
setlocal
set BIN=.venv\Scripts
if not exist %BIN%\python.exe py -3.13 -m venv .venv || exit /b 1
if "%1"=="demo" (
    %BIN%\python -m pip install --quiet -c constraints.txt -e . || exit /b 1
    %BIN%\nasfe-cam demo
    exit /b
)
if "%1"=="test" (
    %BIN%\python -m pip install --quiet -c constraints.txt -e .[ui,train,tensorrt,dev,docs] || exit /b 1
    %BIN%\ruff check || exit /b 1
    %BIN%\ruff format --check || exit /b 1
    %BIN%\mypy || exit /b 1
    %BIN%\lint-imports || exit /b 1
    %BIN%\python -m pytest
    exit /b
)
if "%1"=="docs" (
    %BIN%\python -m pip install --quiet -c constraints.txt -e .[docs] || exit /b 1
    %BIN%\python -m sphinx -W --keep-going -q -E -a -c website -d build/doctrees . build/site
    exit /b
)
echo usage: make demo ^| make test ^| make docs
exit /b 2
